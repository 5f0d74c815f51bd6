package read

import (
	"context"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/mention"
	"github.com/gongkai-data/gongkai/extract/pdf"
	"github.com/gongkai-data/gongkai/extract/pdf/geometry"
	"github.com/gongkai-data/gongkai/extract/report"
	"github.com/gongkai-data/gongkai/extract/scan"
)

// degraded says which wears each form is put through: 64 pages in all. The bounds (extract/scan/settings.go) were
// chosen on the fax, the coarse scan and the bad photograph of form-3, the bad photograph of form-5 and the old scanner
// of form-1; the other 48 pages were not looked at before.
var degraded = []struct {
	form  string
	wears []int
}{
	{"form-3", []int{3, 2, 4, 6}},
	{"form-5", []int{6, 5, 0, 7}},
	{"form-1", []int{1, 0, 7, 3}},
	{"form-4", []int{4, 1, 2, 5}},
}

// leastDegraded is the share of the cells of worn pages that are read at least, tables left out whose published sums
// fail.
const leastDegraded = 0.97

// TestDegraded draws pages whose cells are known (testdata/scans) and does to them what scanners, fax machines, cameras
// and offices do. No number may be wrong. Two pages by default; GONGKAI_SCANS=all tries all 64, and =NAME:WEAR,… some;
// see testdata/scans/README.md for the figures.
func TestDegraded(t *testing.T) {
	withOCR(t)
	only, whole := os.Getenv("GONGKAI_SCANS"), true
	if only == "" {
		only, whole = "form-3:coarse", false
	}
	var all tally
	pages := 0
	for _, d := range degraded {
		for _, k := range d.wears {
			w := wears[k]
			if only != "all" && !strings.Contains(","+only+",", ","+d.form+":"+w.name+",") {
				continue
			}
			file := filepath.Join("testdata", "scans", d.form+".pdf")
			body, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			one := tally{whole: whole}
			doc, n := worn(t, body, w, uint64(k), whole)
			r := report.Build(doc)
			mention.Find(r)
			confirmByText(r)
			one.count(t, d.form+" "+w.name, file, r)
			t.Logf("%s, %s: %d pages, %d of %d cells, %d wrong; of tables whose sums fail %d", d.form, w.name, n, one.exact, one.cells, one.wrong, one.failing)
			pages += n
			all.cells, all.exact, all.wrong = all.cells+one.cells, all.exact+one.exact, all.wrong+one.wrong
		}
	}
	t.Logf("%d pages: %d of %d cells exact, %d wrong", pages, all.exact, all.cells, all.wrong)
	if only == "all" && float64(all.exact) < leastDegraded*float64(all.cells) || all.cells == 0 {
		t.Errorf("%d of %d cells exact", all.exact, all.cells)
	}
}

// worn draws the pages of a PDF, the first only unless the whole is asked for, wears them down, and reads them as
// pictures.
func worn(t *testing.T, body []byte, w wear, seed uint64, whole bool) (*extract.Document, int) {
	t.Helper()
	ctx := context.Background()
	random := rand.New(rand.NewPCG(seed, 7))
	var sheets []*geometry.Sheet
	for n := 1; whole || n == 1; n++ {
		page, err := pdf.Picture(ctx, body, n, w.dpi, pdf.Options{})
		if err != nil {
			break
		}
		s, err := scan.Page(ctx, w.down(t, page, random), float64(w.dpi))
		if err != nil {
			t.Fatalf("page %d: %v", n, err)
		}
		s.Number, s.Page = n, n
		sheets = append(sheets, s)
	}
	pages := len(sheets)
	return &extract.Document{Reader: scan.Reader, MediaType: "image/tiff", Blocks: geometry.Compose(sheets)}, pages
}
