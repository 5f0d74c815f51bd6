package fallback

import (
	"os"
	"strings"
	"testing"
)

func document(t *testing.T, name, password string) (*Document, error) {
	t.Helper()
	body, err := os.ReadFile("../" + name)
	if err != nil {
		t.Fatal(err)
	}
	return Open(body, password)
}

// written is the text of a page, its glyphs in the order of the file.
func written(t *testing.T, d *Document, n int) string {
	t.Helper()
	page, err := d.Page(n)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, g := range page.Glyphs {
		if g.Box.X1 < g.Box.X0 || g.Box.Y1 < g.Box.Y0 || g.X < 0 || g.X > page.Width || g.Size <= 0 {
			t.Errorf("%q stands at %+v of a page of %g by %g", g.Text, g.Box, page.Width, page.Height)
		}
		b.WriteString(g.Text)
	}
	return b.String()
}

// A locked file opens with its password only, and the numbers of its table are read, each at its place, with the rules
// between them.
func TestEncrypted(t *testing.T) {
	if _, err := document(t, "testdata/encrypted.pdf", ""); err == nil {
		t.Error("a locked file opens without its password")
	}
	d, err := document(t, "testdata/encrypted.pdf", "1234")
	if err != nil || d.Pages != 1 {
		t.Fatalf("%+v, %v", d, err)
	}
	s := written(t, d, 1)
	for _, want := range []string{"11", "12", "13", "14"} {
		if !strings.Contains(s, want) {
			t.Errorf("%q lacks %s", s, want)
		}
	}
	page, err := d.Page(1)
	if err != nil || len(page.Paths) == 0 {
		t.Errorf("no rules, %v", err)
	}
}

// Chinese text of a browser's PDF comes as Unicode, also where fonts are subsets without names of characters.
func TestChinese(t *testing.T) {
	d, err := document(t, "../read/testdata/corpus/chromium-05.pdf", "")
	if err != nil {
		t.Fatal(err)
	}
	all := ""
	for n := range d.Pages {
		all += written(t, d, n+1)
	}
	for _, want := range []string{"政府信息公开", "自然人", "总计"} {
		if !strings.Contains(all, want) {
			t.Errorf("the document lacks %s", want)
		}
	}
	if strings.Contains(all, "\uFFFD") {
		t.Error("characters are not decoded")
	}
}

// What is no PDF is an error, and so is a page that is not there.
func TestRefused(t *testing.T) {
	for _, body := range []string{"", "%PDF-1.7\n", "<html>"} {
		func() {
			defer func() { _ = recover() }() // a damaged file may end so: the reader runs in a child process
			if d, err := Open([]byte(body), ""); err == nil && d.Pages > 0 {
				t.Errorf("%q opens", body)
			}
		}()
	}
	d, err := document(t, "testdata/encrypted.pdf", "1234")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Page(7); err == nil {
		t.Error("there is a page 7 of one")
	}
}
