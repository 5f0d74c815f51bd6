package geometry

import "testing"

func TestFrameOfAStampIsNoCell(t *testing.T) {
	s := ruledPage()
	s.Paths = append(s.Paths, Path{Subpaths: [][]Point{rectangle(Box{180, 648, 260, 692})}, Stroke: true, StrokeColor: Color{R: 255, A: 255}, LineWidth: 2})
	if got := cellsOf(t, &s.Page); got != ruledText {
		t.Errorf("%s, want %s", got, ruledText)
	}
	// The frame of the table itself is none, nor is a frame around one cell.
	for _, b := range []Box{{100, 640, 300, 700}, {200, 660, 300, 680}, {60, 600, 400, 800}} {
		s := ruledPage()
		s.Paths = append(s.Paths, Path{Subpaths: [][]Point{rectangle(b)}, Stroke: true, StrokeColor: ink, LineWidth: 1})
		edges := Edges(Rules(s.Paths))
		if got := dropOverlays(edges); len(got) != len(edges) {
			t.Errorf("%v: %d of %d edges kept", b, len(got), len(edges))
		}
	}
}

// TestHiddenText: what nobody sees on the page is in no cell; white on a dark ground and text recognised in a picture
// are.
func TestHiddenText(t *testing.T) {
	for name, c := range map[string]struct {
		change func(s *sketch)
		want   string
	}{
		"white on white": {func(s *sketch) { lastGlyph(s, func(g *Glyph) { g.White = true }) }, ruledText},
		"without ink":    {func(s *sketch) { lastGlyph(s, func(g *Glyph) { g.Unseen = true }) }, ruledText},
		"white on a shade": {func(s *sketch) {
			lastGlyph(s, func(g *Glyph) { g.White = true })
			s.Paths = append(s.Paths, fill(Color{B: 90, A: 255}, Box{200, 641, 299, 659}))
		}, "[行政处罚决定][651] / [行政强制决定][84] / [行政许可决定][94877]"},
		"in a picture": {func(s *sketch) { lastGlyph(s, func(g *Glyph) { g.Unseen = true }); s.Images = []Box{{0, 0, 595, 842}} }, "[行政处罚决定][651] / [行政强制决定][84] / [行政许可决定][94877]"},
	} {
		s := ruledPage()
		s.text(230, 645, 10, "7")
		c.change(s)
		if got := cellsOf(t, &s.Page); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// lastGlyph changes the last glyph.
func lastGlyph(s *sketch, f func(*Glyph)) { f(&s.Glyphs[len(s.Glyphs)-1]) }
