package bundle

import (
	"archive/zip"
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// zipOf makes a zip file of names and texts; a name that begins with = is written in GBK.
func zipOf(t testing.TB, files ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		h := &zip.FileHeader{Name: files[i], Method: zip.Deflate}
		if name, gbk := strings.CutPrefix(files[i], "="); gbk {
			encoded, err := simplifiedchinese.GBK.NewEncoder().String(name)
			if err != nil {
				t.Fatal(err)
			}
			h.Name, h.NonUTF8 = encoded, true
		}
		w, err := z.CreateHeader(h)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(files[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestDocuments(t *testing.T) {
	body := zipOf(t, "=年报/青山县2021年年报.txt", "甲", "../../b#1?.TXT", "乙", "a.exe", "x", "__MACOSX/a.txt", "x", ".hidden.txt", "x", "inner.zip", "PK")
	got := map[string]string{}
	if err := Documents(body, func(d Document) error { got[d.Name] = string(d.Body); return nil }); err != nil {
		t.Fatal(err)
	}
	if len(got) != 2 || got["年报/青山县2021年年报.txt"] != "甲" || got["b%231%3F.TXT"] != "乙" {
		t.Errorf("documents %v", got)
	}
	for name, want := range got {
		zip, part, ok := Split(Address("http://a.b/c.zip", name))
		text, err := Open(body, part)
		if !ok || zip != "http://a.b/c.zip" || err != nil || string(text) != want {
			t.Errorf("%s opened again: %q, %v", name, text, err)
		}
	}
	if _, err := Open(body, "nothing.txt"); err == nil {
		t.Error("a document that is not there was opened")
	}
	for name, other := range map[string][]byte{"a document": zipOf(t, "[Content_Types].xml", "x", "a.txt", "x"), "no zip file": []byte("PK"), "an OFD": zipOf(t, "OFD.xml", "x")} {
		if names := Names(other); len(names) > 0 {
			t.Errorf("%s holds %v", name, names)
		}
	}
}

// What unpacks to too much is left out and told.
func TestLimits(t *testing.T) {
	huge := strings.Repeat("0", maxDocument+1)
	n := 0
	err := Documents(zipOf(t, "a.txt", huge, "b.txt", "乙"), func(Document) error { n++; return nil })
	if n != 1 || !errors.Is(err, ErrLimit) {
		t.Errorf("%d documents, error %v", n, err)
	}
	var files []string
	for i := range MaxDocuments + 5 {
		files = append(files, strings.Repeat("a", i+1)+".txt", "x")
	}
	n = 0
	err = Documents(zipOf(t, files...), func(Document) error { n++; return nil })
	if n != MaxDocuments || !errors.Is(err, ErrLimit) {
		t.Errorf("%d documents, error %v", n, err)
	}
	broken := zipOf(t, "a.txt", strings.Repeat("年报", 100), "b.txt", "乙")
	at := bytes.Index(broken, []byte("a.txt")) + 12
	copy(broken[at:], "\xff\xff\xff\xff")
	var names []string
	err = Documents(broken, func(d Document) error { names = append(names, d.Name); return nil })
	if err == nil || !slices.Equal(names, []string{"b.txt"}) {
		t.Errorf("read %v, error %v", names, err)
	}
}

func FuzzDocuments(f *testing.F) {
	f.Add(zipOf(f, "=年报.txt", "甲", "b.pdf", "乙"))
	f.Fuzz(func(t *testing.T, body []byte) {
		_ = Documents(body, func(d Document) error {
			if text, err := Open(body, d.Name); err == nil && !bytes.Equal(text, d.Body) {
				t.Fatalf("%s is another document when it is opened by its name", d.Name)
			}
			return nil
		})
	})
}
