package store

import (
	"encoding/json"
	"flag"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var freeze = flag.Bool("freeze", false, "write testdata/archive-1 anew; only when the format of the archive gets a new version")

// TestFrozenArchive opens an archive that was written when the format was fixed: what was once archived stays readable.
func TestFrozenArchive(t *testing.T) {
	frozen := filepath.Join("testdata", "archive-1")
	if *freeze {
		a := openTest(t, t.TempDir(), Options{Software: "gongkai/frozen", Operator: "nobody@example.com"})
		fill(t, a)
		must(t, a.Close(), os.MkdirAll(frozen, 0o755), os.Rename(onlyFile(t, a.dir), filepath.Join(frozen, "gongkai-frozen.warc.gz")))
	}
	dir := t.TempDir()
	must(t, os.CopyFS(dir, os.DirFS(frozen)))
	a := openTest(t, dir, Options{ReadOnly: true})
	sound(t, a)
	var got strings.Builder
	for _, c := range list(t, a) {
		text, err := json.Marshal(c)
		must(t, err)
		got.Write(text)
		body := "(none)"
		if c.SHA256 != nil {
			body = bodyOf(t, a, c)
		}
		got.WriteString(" " + body + "\n")
	}
	golden := filepath.Join(frozen, "captures.txt")
	if *freeze {
		must(t, os.WriteFile(golden, []byte(got.String()), 0o644))
	}
	want, err := os.ReadFile(golden)
	must(t, err)
	if got.String() != string(want) {
		t.Errorf("the frozen archive now reads\n%swant\n%s", got.String(), want)
	}
	warcioCheck(t, dir)
}

// TestChunked reads a body that another maker of WARC files stored with its transfer coding.
func TestChunked(t *testing.T) {
	r, err := DecodeBody(http.Header{"Transfer-Encoding": {"Chunked"}}, strings.NewReader("3\r\n年\r\n3;x=y\r\n报\r\n0\r\n\r\n"), 100)
	must(t, err)
	b, err := io.ReadAll(r)
	if err != nil || string(b) != "年报" {
		t.Errorf("%q, %v", b, err)
	}
}
