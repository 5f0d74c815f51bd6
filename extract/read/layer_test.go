package read

import (
	"testing"

	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/pdf/geometry"
)

// TestThirdReading: the text that a scan carries adds a reading, lifts a doubt or makes one, and is never taken for
// what stands there.
func TestThirdReading(t *testing.T) {
	box := geometry.Box{X0: 10, Y0: 10, X1: 60, Y1: 30}
	cell := func(text string) extract.Cell {
		return extract.Cell{Text: text, Place: extract.Place{Page: 1, Box: [4]float64{20, 12, 50, 28}}}
	}
	for name, c := range map[string]struct {
		read  geometry.TableCell
		layer []extract.Cell
		want  geometry.TableCell
	}{
		"adds a reading":       {geometry.TableCell{Text: "\uFFFD", Readings: "34\n84", Doubt: "d"}, []extract.Cell{cell("31")}, geometry.TableCell{Text: "\uFFFD", Readings: "34\n84\n31", Doubt: "d"}},
		"none where none is":   {geometry.TableCell{Text: "\uFFFD", Doubt: "d"}, []extract.Cell{cell("31")}, geometry.TableCell{Text: "\uFFFD", Doubt: "d"}},
		"lifts a doubt":        {geometry.TableCell{Text: "34", Doubt: "d"}, []extract.Cell{cell("34")}, geometry.TableCell{Text: "34"}},
		"makes a doubt":        {geometry.TableCell{Text: "34"}, []extract.Cell{cell("84")}, geometry.TableCell{Text: "34", Doubt: layerDiffers}},
		"two numbers say none": {geometry.TableCell{Text: "34"}, []extract.Cell{cell("84"), cell("1")}, geometry.TableCell{Text: "34"}},
		"no blank any more":    {geometry.TableCell{}, []extract.Cell{cell("84")}, geometry.TableCell{Text: "\uFFFD", Doubt: layerDiffers}},
	} {
		c.read.Box = box
		s := &geometry.Sheet{Tables: []*geometry.Table{{Cells: []geometry.TableCell{c.read}}}}
		third(s, c.layer)
		got := s.Tables[0].Cells[0]
		if got.Text != c.want.Text || got.Readings != c.want.Readings || got.Doubt != c.want.Doubt {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

// TestLayeredPages: only a document all of whose pages carry recognised text is read anew.
func TestLayeredPages(t *testing.T) {
	told := func(pages ...int) (out []extract.Problem) {
		for _, n := range pages {
			out = append(out, onPage(n, extract.Tell(extract.AmbiguousReading, "pdf_recognised")))
		}
		return out
	}
	blocks := []extract.Block{{Place: extract.Place{Page: 1}}, {Place: extract.Place{Page: 2}}}
	if got := layeredPages(&extract.Document{Blocks: blocks, Problems: told(2, 1)}); len(got) != 2 || got[0] != 1 {
		t.Errorf("both pages: %v", got)
	}
	if got := layeredPages(&extract.Document{Blocks: blocks, Problems: told(1)}); got != nil {
		t.Errorf("one of two pages: %v", got)
	}
}
