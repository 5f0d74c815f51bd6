package pdf

import (
	"testing"

	"github.com/gongkai-data/gongkai/extract"
)

// A number outside of ruled tables that the second reader has with other digits is in doubt, and one that it alone has
// is no blank.
func TestPiecesDiffer(t *testing.T) {
	page := func(texts ...string) *extract.Document {
		d := &extract.Document{Blocks: []extract.Block{{Kind: extract.Paragraph}}}
		for i, text := range texts {
			if text != "" {
				x := 100 + 50*float64(i)
				d.Blocks[0].Pieces = append(d.Blocks[0].Pieces, extract.Piece{Text: text, Line: 7, From: x / 10, To: x/10 + 2, Place: extract.Place{Page: 1, Box: [4]float64{x, 700, x + 20, 710}}})
			}
		}
		return d
	}
	d := &difference{main: page("规章", "12", "", "45"), other: page("规章", "12", "3", "46")}
	d.run()
	said := map[string]string{}
	for _, p := range d.main.Blocks[0].Pieces {
		said[p.Text] = p.Doubt
	}
	if said["45"] != extract.DigitsDiffer || said["12"] != "" || said["45"] == "" || said["3"] == "" || len(d.problems) != 2 || d.agreed != 1 {
		t.Errorf("doubts %q, problems %+v, %d agree", said, d.problems, d.agreed)
	}
}
