package pdf

import (
	"bytes"
	"compress/zlib"
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/gongkai-data/gongkai/datasets/shared"
	"github.com/gongkai-data/gongkai/extract"
)

// assemble writes a PDF from numbered objects (the first is object 1) with a right cross-reference table.
func assemble(objects []string, trailer string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n")
	offsets := make([]int, len(objects))
	for i, o := range objects {
		offsets[i] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, o := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, trailer, start)
	return b.Bytes()
}

func stream(dict string, data []byte) string {
	return fmt.Sprintf("<<%s/Length %d>>\nstream\n%s\nendstream", dict, len(data), data)
}

func deflate(data []byte) []byte {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	w.Write(data)
	w.Close()
	return b.Bytes()
}

// onePage is a page with the given content stream object.
func onePage(box, content string) []byte {
	return assemble([]string{
		"<</Type/Catalog/Pages 2 0 R>>",
		"<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[" + box + "]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>/XObject<</X 6 0 R>>>>>>",
		content,
		"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
		stream("/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>", []byte("/X Do /X Do")),
	}, "")
}

const a4 = "0 0 595 842"

// ruled is the content of a small ruled table with the numbers 11 to 14.
const ruled = "100 700 m 300 700 l S 100 680 m 300 680 l S 100 660 m 300 660 l S 100 660 m 100 700 l S 200 660 m 200 700 l S 300 660 m 300 700 l S " +
	"BT /F 10 Tf 140 686 Td (11) Tj 100 0 Td (12) Tj -100 -20 Td (13) Tj 100 0 Td (14) Tj ET "

func hostile() map[string][]byte {
	good := onePage(a4, stream("", []byte(ruled)))
	files := map[string][]byte{
		"self form":         onePage(a4, stream("", []byte("/X Do"))),
		"absurd page size":  onePage("0 0 900000000 900000000", stream("", []byte(ruled))),
		"negative box":      onePage("0 0 -1 0", stream("", []byte(ruled))),
		"infinite numbers":  onePage(a4, stream("", []byte("1e300 0 0 1e300 1e300 1e300 cm "+ruled))),
		"deep q":            onePage(a4, stream("", []byte(strings.Repeat("q ", 2_000_000)))),
		"deep arrays":       onePage(a4, stream("", []byte(strings.Repeat("[", 2_000_000)))),
		"deep dictionaries": assemble([]string{strings.Repeat("<</A ", 500_000), "<</Type/Pages/Kids[]/Count 0>>"}, ""),
		"many rules":        onePage(a4, stream("/Filter/FlateDecode", deflate([]byte(strings.Repeat("10 10 m 500 10 l S 10 11 m 10 800 l S ", 300_000))))),
		"many glyphs":       onePage(a4, stream("/Filter/FlateDecode", deflate([]byte("BT /F 1 Tf "+strings.Repeat("1 0 Td (12345678901234567890) Tj ", 200_000)+"ET")))),
		"bomb":              onePage(a4, stream("/Filter/FlateDecode", deflate(make([]byte, 300<<20)))),
		"bomb twice":        onePage(a4, stream("/Filter[/FlateDecode/FlateDecode]", deflate(deflate(make([]byte, 1<<29))))),
		"page loop":         assemble([]string{"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2000000000>>"}, ""),
		"prev loop":         bytes.Replace(good, []byte("trailer\n<<"), []byte(fmt.Sprintf("trailer\n<</Prev %d", bytes.Index(good, []byte("xref\n0")))), 1),
		"huge size":         hugeSize(),
		"many pages":        manyPages(100_000),
		"wide cmap range":   onePage(a4, stream("", []byte("BT /F 10 Tf (\x01\x02) Tj ET"))),
	}
	for percent := 5; percent < 100; percent += 5 {
		files[fmt.Sprintf("cut at %d%%", percent)] = good[:len(good)*percent/100]
	}
	return files
}

// hugeSize is a cross-reference stream that claims nine thousand million objects.
func hugeSize() []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n")
	at := b.Len()
	fmt.Fprintf(&b, "3 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n", stream("/Type/XRef/Size 9000000000/W[1 4 2]/Root 1 0 R/Index[0 9000000000]", make([]byte, 70)), at)
	return b.Bytes()
}

func manyPages(n int) []byte {
	var kids strings.Builder
	for range n {
		kids.WriteString("3 0 R ")
	}
	return assemble([]string{
		"<</Type/Catalog/Pages 2 0 R>>",
		fmt.Sprintf("<</Type/Pages/Kids[%s]/Count %d>>", kids.String(), n),
		"<</Type/Page/Parent 2 0 R/MediaBox[" + a4 + "]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
		stream("", []byte(ruled)),
		"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
	}, "")
}

func TestHostile(t *testing.T) {
	for name, body := range hostile() {
		if !measured && (strings.HasPrefix(name, "bomb") || strings.HasPrefix(name, "many") || strings.HasPrefix(name, "deep")) {
			continue // these measure limits, which the race detector lifts
		}
		t.Run(name, func(t *testing.T) { survive(t, body) })
	}
	checkMemory(t)
}

// TestTruncatedReal cuts a real file at every twentieth: what is read must be flagged.
func TestTruncatedReal(t *testing.T) {
	body := readFile(t, shared.Path(t, "real/hongze-2024.pdf"))
	for percent := 0; percent < 100; percent += 5 {
		d := survive(t, body[:len(body)*percent/100])
		if len(d.Problems) == 0 {
			t.Errorf("cut at %d%%: no problem", percent)
		}
	}
}

// survive reads a document and checks that it neither crashes nor hangs, and that a document without blocks has a
// problem.
func survive(t *testing.T, body []byte) *extract.Document {
	t.Helper()
	start := time.Now()
	d, err := Read(context.Background(), "hostile.pdf", body, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if took := time.Since(start); took > 5*time.Minute {
		t.Errorf("took %v", took)
	}
	if d.Reader == "" && len(d.Problems) == 0 {
		t.Error("nothing was read and no problem says so")
	}
	return d
}

func TestBitFlips(t *testing.T) {
	good := onePage(a4, stream("", []byte(ruled)))
	r := rand.New(rand.NewPCG(1, 2))
	rounds := 60
	if testing.Short() {
		rounds = 10
	}
	for range rounds {
		body := bytes.Clone(good)
		for range 1 + r.IntN(20) {
			body[r.IntN(len(body))] ^= 1 << r.IntN(8)
		}
		survive(t, body)
	}
}

func TestNoPDF(t *testing.T) {
	for name, c := range map[string]struct {
		body []byte
		want string
	}{
		"empty":    {nil, "empty"},
		"zip":      {[]byte("PK\x03\x04rest"), "ZIP"},
		"blank":    {[]byte("  \n\x00\x00"), "blanks"},
		"web page": {[]byte("<!DOCTYPE html><html>"), "web page"},
		"other":    {[]byte("hello"), "not a PDF"},
		"headless": {[]byte("%PDF-1.4\n"), "PDF"},
	} {
		d, err := Read(context.Background(), name, c.body, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if len(d.Problems) == 0 || d.Problems[0].Kind != extract.UnreadableDocument || !strings.Contains(d.Problems[0].Detail, c.want) || d.Reader != "" {
			t.Errorf("%s: reader %q, problems %+v", name, d.Reader, d.Problems)
		}
	}
}

func TestCancel(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Read(ctx, "x.pdf", onePage(a4, stream("", []byte(ruled))), Options{}); err == nil {
		t.Error("no error after the context ended")
	}
}

func FuzzRead(f *testing.F) {
	f.Add(onePage(a4, stream("", []byte(ruled))))
	f.Add(onePage(a4, stream("/Filter/FlateDecode", deflate([]byte(ruled)))))
	f.Add(hugeSize())
	f.Fuzz(func(t *testing.T, body []byte) { survive(t, body) })
}

// FuzzContent puts the bytes where they do most: into the content stream of a page.
func FuzzContent(f *testing.F) {
	f.Add([]byte(ruled))
	f.Fuzz(func(t *testing.T, content []byte) { survive(t, onePage(a4, stream("", content))) })
}
