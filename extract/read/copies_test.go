package read

import (
	"context"
	"io/fs"
	"os"
	"testing"
)

// shelf keeps copies in memory.
type shelf map[string][]byte

func (s shelf) Get(_ context.Context, name string) ([]byte, error) {
	if body, ok := s[name]; ok {
		return body, nil
	}
	return nil, fs.ErrNotExist
}

func (s shelf) Put(_ context.Context, name string, body []byte) error {
	s[name] = body
	return nil
}

// TestConvertedCopies: a copy that is kept is read in place of converting anew, also where LibreOffice is not there any
// more; a torn one is not.
func TestConvertedCopies(t *testing.T) {
	rtf, copied := []byte(`{\rtf1\ansi x}`), wordOf(t, []byte("no picture"))
	name := copyName(sniff(rtf), rtf)
	t.Setenv("PATH", t.TempDir())
	for _, c := range []struct {
		kept   shelf
		reader string
	}{{shelf{name: copied}, "rtf"}, {shelf{name: copied[:len(copied)/2]}, ""}, {shelf{}, ""}} {
		d, err := Document(context.Background(), "a.rtf", rtf, Options{Copies: c.kept})
		if err != nil || d.Reader != c.reader || d.MediaType != "application/rtf" {
			t.Errorf("error %v, reader %q in place of %q, %v", err, d.Reader, c.reader, d.Problems)
		}
	}
}

// TestCopiesAreKept: what LibreOffice makes is kept under the document's digest.
func TestCopiesAreKept(t *testing.T) {
	needSoffice(t)
	body, err := os.ReadFile("testdata/formats/hongze-2024.word.office.rtf")
	if err != nil {
		t.Fatal(err)
	}
	kept := shelf{}
	first, err := Report(context.Background(), "a.rtf", body, Options{Copies: kept})
	if err != nil || len(kept) != 1 || kept[copyName(sniff(body), body)] == nil {
		t.Fatalf("error %v, %d copies", err, len(kept))
	}
	t.Setenv("PATH", t.TempDir())
	again, err := Report(context.Background(), "a.rtf", body, Options{Copies: kept})
	if err != nil || len(first.Facts) < 100 || len(again.Facts) != len(first.Facts) || again.Facts[0].Locator != first.Facts[0].Locator {
		t.Errorf("error %v, %d cells, then %d", err, len(first.Facts), len(again.Facts))
	}
}
