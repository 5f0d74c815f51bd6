package read

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/pdf"
)

// TestTurnedPage: a page that was laid on the scanner turned is read as if it lay right, and its cells are where they
// stand on the picture. A quarter turn by default; GONGKAI_SCANS=all tries all.
func TestTurnedPage(t *testing.T) {
	withOCR(t)
	body, err := os.ReadFile(filepath.Join("testdata", "scans", "form-3.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	page, err := pdf.Picture(context.Background(), body, 2, 130, pdf.Options{})
	if err != nil {
		t.Fatal(err)
	}
	turns := []int{1}
	if os.Getenv("GONGKAI_SCANS") == "all" {
		turns = []int{0, 1, 2, 3}
	}
	for _, n := range turns {
		var file bytes.Buffer
		if err := png.Encode(&file, quarters(page, n)); err != nil {
			t.Fatal(err)
		}
		r, err := Report(context.Background(), "page.png", file.Bytes(), Options{})
		if err != nil {
			t.Fatal(err)
		}
		one := tally{}
		one.count(t, "turned page", filepath.Join("testdata", "scans", "form-3.pdf"), r)
		t.Logf("%d quarter turns: %d of %d cells", n, one.exact, one.cells)
		if one.exact < 20 || one.exact < one.cells*9/10 {
			t.Errorf("%d quarter turns: %d of %d cells", n, one.exact, one.cells)
		}
		b := page.Bounds().Size()
		if n&1 == 1 {
			b.X, b.Y = b.Y, b.X
		}
		inked(t, n, r.Facts, file.Bytes(), 11.69*72/float64(max(b.X, b.Y)))
	}
}

// inked wants ink where the facts stand. points is how many points a pixel measures.
func inked(t *testing.T, turns int, facts []extract.Fact, file []byte, points float64) {
	t.Helper()
	page, err := png.Decode(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range facts {
		if f.Value == nil {
			continue
		}
		var p [4]float64
		var number int
		if _, err := fmt.Sscanf(f.Locator, "%d:%g,%g,%g,%g", &number, &p[0], &p[1], &p[2], &p[3]); err != nil {
			t.Fatalf("%s stands at %q: %v", f.Indicator, f.Locator, err)
		}
		height := float64(page.Bounds().Dy()) * points
		ink := 0
		for y := int((height-p[3])/points) + 4; y < int((height-p[1])/points)-4; y++ {
			for x := int(p[0]/points) + 4; x < int(p[2]/points)-4; x++ {
				if c, _, _, _ := page.At(x, y).RGBA(); c < 0x8000 {
					ink++
				}
			}
		}
		if ink < 10 {
			t.Fatalf("%d quarter turns: %s has no ink at %v", turns, f.Indicator, p)
		}
	}
}

// quarters turns a picture clockwise.
func quarters(p *image.RGBA, turns int) *image.RGBA {
	for range turns {
		out := image.NewRGBA(image.Rect(0, 0, p.Rect.Dy(), p.Rect.Dx()))
		for y := range p.Rect.Dy() {
			for x := range p.Rect.Dx() {
				out.SetRGBA(p.Rect.Dy()-1-y, x, p.RGBAAt(x, y))
			}
		}
		p = out
	}
	return p
}
