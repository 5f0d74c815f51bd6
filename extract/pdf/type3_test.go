package pdf

import (
	"fmt"
	"strings"
	"testing"
)

// typeThree is the page of ruled in a Type 3 font, whose glyphs are drawings: box is what each says of its own extent,
// ink where it is drawn, and matrix and widths scale it.
func typeThree(matrix, box, ink string, width int) []byte {
	objects := []string{
		"<</Type/Catalog/Pages 2 0 R>>",
		"<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[" + a4 + "]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
		stream("", []byte(ruled)),
	}
	names := strings.Fields("one two three four")
	procs, widths := "", ""
	for i, n := range names {
		procs += fmt.Sprintf("/%s %d 0 R", n, 7+i)
		widths += fmt.Sprintf("%d ", width)
	}
	objects = append(objects,
		"<</Type/Font/Subtype/Type3/FontBBox[0 0 0 0]/FontMatrix["+matrix+"]/FirstChar 49/LastChar 52/Widths["+widths+"]"+
			"/Encoding<</Type/Encoding/Differences[49/one/two/three/four]>>/CharProcs<<"+procs+">>/ToUnicode 6 0 R/Resources<<>>>>",
		stream("", []byte("/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <FF> endcodespacerange "+
			"1 beginbfrange <31> <34> <0031> endbfrange endcmap end")))
	for range names {
		objects = append(objects, stream("", []byte(fmt.Sprintf("%d 0 %s d1 %s re f", width, box, ink))))
	}
	return assemble(objects, "")
}

// TestTypeThree: a glyph of a Type 3 font may say that it lies in its neighbour's cell. A cell has the number that is
// printed in it, or is in doubt and told.
func TestTypeThree(t *testing.T) {
	for name, body := range map[string][]byte{
		"plain":                            typeThree("0.001 0 0 0.001 0 0", "0 0 500 700", "50 0 400 700", 500),
		"no extent":                        typeThree("0.001 0 0 0.001 0 0", "0 0 0 0", "50 0 400 700", 500),
		"an extent to the right cell":      typeThree("0.001 0 0 0.001 0 0", "0 0 20000 700", "50 0 400 700", 500),
		"an extent in the right cell":      typeThree("0.001 0 0 0.001 0 0", "9000 0 9500 700", "50 0 400 700", 500),
		"an extent in the row above":       typeThree("0.001 0 0 0.001 0 0", "0 2000 500 2700", "50 0 400 700", 500),
		"glyphs of hundredths":             typeThree("0.01 0 0 0.01 0 0", "0 0 50 70", "5 0 40 70", 50),
		"glyphs upside down":               typeThree("0.001 0 0 -0.001 0 0", "0 -700 500 0", "50 -700 400 700", 500),
		"glyphs shifted by the font's own": typeThree("0.001 0 0 0.001 10 0", "0 0 500 700", "50 0 400 700", 500),
	} {
		d, err := Read(t.Context(), "type3.pdf", body, Options{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		right, told := 0, len(d.Problems)
		for _, g := range grids(d) {
			for i := range g.Cells {
				c := &g.Cells[i]
				want := fmt.Sprint(11 + 2*c.Row + c.Col)
				switch {
				case squeeze(c.Text) == want:
					right++
				case c.Doubt != "":
				default:
					t.Errorf("%s: row %d, column %d is %q, want %s", name, c.Row, c.Col, c.Text, want)
				}
			}
		}
		if right < 4 && told == 0 {
			t.Errorf("%s: %d of 4 numbers, and nothing is told", name, right)
		}
	}
}
