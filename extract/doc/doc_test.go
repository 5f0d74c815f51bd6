package doc

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/docx"
)

func fromFile(t testing.TB, name string) []byte {
	t.Helper()
	body, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return body
}

// plain is a block without its place, comparable.
type plain struct {
	kind  extract.BlockKind
	text  string
	cells []extract.Cell
}

func plainBlocks(t testing.TB, d *extract.Document, err error) []plain {
	t.Helper()
	if err != nil || d.Reader == "" || len(d.Problems) > 0 {
		t.Fatalf("reader %q, error %v, problems %v", d.Reader, err, d.Problems)
	}
	var out []plain
	for _, b := range d.Blocks {
		p := plain{kind: b.Kind, text: b.Text}
		if b.Kind == extract.Image {
			continue // the picture of a shape has no counterpart in OOXML
		}
		if b.Grid != nil {
			for _, c := range b.Grid.Cells {
				c.Place = extract.Place{}
				p.cells = append(p.cells, c)
			}
		}
		out = append(out, p)
	}
	return out
}

func sameBlocks(t *testing.T, got, want []plain) {
	t.Helper()
	for i := range max(len(got), len(want)) {
		if i >= len(got) || i >= len(want) {
			t.Fatalf("%d blocks, want %d", len(got), len(want))
		}
		if got[i].kind != want[i].kind || got[i].text != want[i].text || len(got[i].cells) != len(want[i].cells) {
			t.Fatalf("block %d: got %+v, want %+v", i, got[i], want[i])
		}
		for k, c := range got[i].cells {
			if c != want[i].cells[k] {
				t.Errorf("block %d: cell %+v, want %+v", i, c, want[i].cells[k])
			}
		}
	}
}

// testdata/shown has cells that show more than their text, or something in its place: automatic numbers, struck and
// deleted ones, letters that are white, tiny or set below the line. LibreOffice wrote the .doc from the .docx.
func TestCellsThatShowMore(t *testing.T) {
	binary, err := Read(context.Background(), fromFile(t, "testdata/shown.doc"))
	got := plainBlocks(t, binary, err)
	open, err := docx.Read(context.Background(), fromFile(t, "testdata/shown.docx"), docx.Options{})
	sameBlocks(t, got, plainBlocks(t, open, err))
	want := []string{"12?", "13 5", "", "5", "12?", "12\n15?", "\ufffc", "15", "1\ufffd", "2", "1\ufffd", "5[^1]", "\ufffc?", "7"}
	for row, w := range want {
		c := binary.Blocks[0].Grid.At(row, 1)
		text := c.Text
		if c.Doubt != "" {
			text += "?"
		}
		if text != w {
			t.Errorf("row %d: %q, want %q", row, text, w)
		}
	}
}

// testdata/devices has what the two formats can say: lists with automatic numbers, hidden and deleted text, fields,
// cells merged across and down, raised notes, empty cells, a table in a table, a text box, line breaks, struck text.
// LibreOffice wrote the .doc from the .docx.
func TestDevices(t *testing.T) {
	binary, err := Read(context.Background(), fromFile(t, "testdata/devices.doc"))
	got := plainBlocks(t, binary, err)
	open, err := docx.Read(context.Background(), fromFile(t, "testdata/devices.docx"), docx.Options{})
	sameBlocks(t, got, plainBlocks(t, open, err))
	if at := binary.Blocks[5].Grid.Cells[10].Place.Locator(); binary.Blocks[5].Grid.Cells[10].Text != "12" || at != "WordDocument/characters[174-176]" {
		t.Errorf("the cell of 12 stands at %s", at)
	}
}

// LibreOffice is the second reader: what it makes of a DOCX in Word's binary format reads as the DOCX does.
func TestAgainstLibreOffice(t *testing.T) {
	office, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("needs LibreOffice (soffice)")
	}
	files, err := filepath.Glob("../read/testdata/corpus/*.docx")
	if err != nil || len(files) == 0 {
		t.Fatal("no DOCX in the corpus", err)
	}
	dir := t.TempDir()
	args := append([]string{"-env:UserInstallation=file://" + filepath.Join(dir, "profile"), "--headless", "--convert-to", "doc:MS Word 97", "--outdir", dir}, files...)
	if out, err := exec.Command(office, args...).CombinedOutput(); err != nil {
		t.Fatalf("LibreOffice: %v\n%s", err, out)
	}
	for _, name := range files {
		if _, err := os.Stat(filepath.Join(dir, strings.TrimSuffix(filepath.Base(name), "x"))); err != nil && strings.Contains(name, "cut") {
			continue // LibreOffice does not open what is cut
		}
		t.Run(filepath.Base(name), func(t *testing.T) {
			binary, err := Read(context.Background(), fromFile(t, filepath.Join(dir, strings.TrimSuffix(filepath.Base(name), "x"))))
			got := plainBlocks(t, binary, err)
			open, err := docx.Read(context.Background(), fromFile(t, name), docx.Options{})
			sameBlocks(t, got, plainBlocks(t, open, err))
		})
	}
}

// What is wrong with a file is one problem of that document.
func TestDamaged(t *testing.T) {
	good := fromFile(t, "testdata/devices.doc")
	at := bytes.Index(good, []byte("\xec\xa5")) // the header, FIB
	if at < 0 {
		t.Fatal("no header found")
	}
	change := func(offset int, b ...byte) []byte {
		c := bytes.Clone(good)
		copy(c[at+offset:], b)
		return c
	}
	for name, body := range map[string][]byte{
		"nothing":             {},
		"no compound file":    []byte("plain"),
		"cut":                 good[:len(good)/2],
		"encrypted":           change(0x0B, good[at+0x0B]|1),
		"an old Word":         change(2, 0x65, 0),
		"no pieces":           change(fibPairs+8*pairClx, 0xFF, 0xFF, 0xFF, 0x7F),
		"no paragraph pages":  change(fibPairs+8*pairPapx, 0xFF, 0xFF, 0xFF, 0x7F),
		"a negative length":   change(fibTexts, 0xFF, 0xFF, 0xFF, 0xFF),
		"the wrong table":     change(0x0B, good[at+0x0B]^2),
		"no text of its own":  change(fibTexts, 0, 0, 0, 0),
		"another application": change(0, 'x', 'y'),
	} {
		t.Run(name, func(t *testing.T) {
			d, err := Read(context.Background(), body)
			if err != nil || d.Reader != "" || len(d.Blocks) > 0 && d.Reader != "" || len(d.Problems) != 1 || d.Problems[0].Kind != extract.UnreadableDocument {
				t.Errorf("reader %q, error %v, problems %v", d.Reader, err, d.Problems)
			}
		})
	}
	d, err := Read(context.Background(), change(fibTexts, 0, 0, 1, 0))
	if err != nil || len(d.Problems) == 0 || d.Problems[0].Kind != extract.Truncated {
		t.Errorf("more promised than there is: error %v, problems %v", err, d.Problems)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(fromFile(f, "testdata/devices.doc"))
	f.Fuzz(func(t *testing.T, body []byte) {
		d, err := Read(context.Background(), body)
		if err != nil {
			t.Fatal(err)
		}
		if d.Reader == "" && len(d.Problems) == 0 {
			t.Fatal("nothing was read and nothing told")
		}
		for _, b := range d.Blocks {
			if b.Grid == nil {
				continue
			}
			covered := map[[2]int]bool{}
			for _, c := range b.Grid.Cells {
				if c.RowSpan < 1 || c.ColSpan < 1 || c.Row+c.RowSpan > b.Grid.Rows || c.Col+c.ColSpan > b.Grid.Cols {
					t.Fatalf("cell %+v in a grid of %d x %d", c, b.Grid.Rows, b.Grid.Cols)
				}
				for i := range c.RowSpan * c.ColSpan {
					at := [2]int{c.Row + i/c.ColSpan, c.Col + i%c.ColSpan}
					if covered[at] {
						t.Fatalf("two cells cover %v", at)
					}
					covered[at] = true
				}
			}
		}
	})
}

// A file that was cut is never read as if it were whole.
func TestCut(t *testing.T) {
	for _, name := range []string{"testdata/devices.doc", "../read/testdata/formats/hongze-2024.word.wps"} {
		whole := fromFile(t, name)
		full, err := Read(context.Background(), whole)
		if err != nil {
			t.Fatal(err)
		}
		for n := 512; n < len(whole); n += 509 {
			d, err := Read(context.Background(), whole[:n])
			if err != nil {
				t.Fatal(err)
			}
			if len(d.Problems) == 0 && len(d.Blocks) != len(full.Blocks) {
				t.Errorf("%s cut at %d of %d: %d of %d blocks and no problem", name, n, len(whole), len(d.Blocks), len(full.Blocks))
			}
		}
	}
}
