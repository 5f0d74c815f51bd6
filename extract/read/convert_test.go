package read

import (
	"context"
	"os"
	"os/exec"
	"testing"

	"github.com/gongkai-data/gongkai/extract"
)

func TestOpenGroups(t *testing.T) {
	for body, want := range map[string]int{`{\rtf1 a{b}c}`: 0, `{\rtf1 a{b`: 2, `{\rtf1 \{ \\{x}`: 1, `{\rtf1 \bin3 {{{}`: 0, `{\rtf1 x} tail`: 0, `{\rtf1 \binary{x}}`: 0} {
		if got := openGroups([]byte(body)); got != want {
			t.Errorf("%s: %d groups open, want %d", body, got, want)
		}
	}
}

func needSoffice(t *testing.T) {
	t.Helper()
	if _, err := exec.LookPath("soffice"); err != nil {
		t.Skip("needs LibreOffice (soffice)")
	}
}

// A document that was cut is read as far as it goes, and told.
func TestCutRTF(t *testing.T) {
	needSoffice(t)
	body, err := os.ReadFile("testdata/formats/hongze-2024.word.office.rtf")
	if err != nil {
		t.Fatal(err)
	}
	r, err := Report(context.Background(), "cut.rtf", body[:len(body)/2], Options{})
	if err != nil {
		t.Fatal(err)
	}
	told := map[string]bool{}
	for _, p := range r.Problems {
		told[p.Kind] = true
	}
	if !told[extract.Truncated] && !told[extract.UnreadableDocument] {
		t.Errorf("problems %v", r.Problems)
	}
}

// Without LibreOffice a document says what to install.
func TestWithoutLibreOffice(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	r, err := Report(context.Background(), "a.rtf", []byte(`{\rtf1\ansi x}`), Options{})
	if err != nil || len(r.Problems) != 1 || r.Problems[0].Code != "office.missing" || r.MediaType != "application/rtf" {
		t.Errorf("error %v, media type %s, problems %v", err, r.MediaType, r.Problems)
	}
}
