package geometry

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// Sheet is one page after the steps that need that page alone: its tables, and the lines outside of them.
type Sheet struct {
	Number        int // in the order of reading
	Page          int // on which it is displayed, and how far from its left edge
	Left          float64
	Bottom        float64 // how far it lies above the page's lower edge, for a picture on it
	Width, Height float64
	Lines         []Line // from top to bottom
	Tables        []*Table
	Images        []Box
	Across        []Rule // horizontal rules that bound no cell of a table
	Straddle      []Straddle
	Hidden        []Hidden // numbers that something was painted over
	Recognised    bool     // text of it was recognised in a picture, by who made the document
	Pictured      bool     // all of it was recognised in a picture by us
	back          turned   // leads to the page as displayed, where text runs sideways there
	Edges         []Rule   // of which its lattices were made, for Draw; nil unless asked for
}

// ReadPage climbs the ladder on one page. With keep, the edges of its lattices stay in the sheet for Draw.
func ReadPage(p *Page, keep bool) *Sheet {
	seen := *p
	var recognised bool
	var hidden []Hidden
	seen.Glyphs, recognised, hidden = dropHidden(p)
	seen.Glyphs = dropSeals(&seen)
	p, back := Upright(&seen)
	for i := range hidden {
		hidden[i].Box = back.back().box(hidden[i].Box)
	}
	rules := Rules(p.Paths)
	edges := BoxRules(p, dropOverlays(Edges(rules)))
	lattices := Lattices(edges)
	assigned := Assign(p.Glyphs, lattices)
	// A drawing without a single character inside is no table (frames, seals, charts' boxes).
	var kept []*Lattice
	var cells [][][]Glyph
	for i, l := range lattices {
		if slices.ContainsFunc(assigned.Cells[i], func(g []Glyph) bool { return len(g) > 0 }) {
			kept, cells = append(kept, l), append(cells, assigned.Cells[i])
		}
	}
	s := &Sheet{Number: p.Number, Page: p.Number, Left: p.Left, Width: p.Width, Height: p.Height, Lines: Lines(assigned.Free), Images: p.Images,
		Tables: Tables(p.Number, kept, cells), Straddle: assigned.Straddle, Recognised: recognised, back: back}
	s.Hidden = s.unveil(hidden)
	s.doubtStraddled()
	s.doubtDrawn(p)
	s.doubtStruck(rules)
	for _, e := range edges {
		x, y := (e.From+e.To)/2, e.At
		if e.Horizontal && !slices.ContainsFunc(kept, func(l *Lattice) bool { return x >= l.Box.X0-1 && x <= l.Box.X1+1 && y >= l.Box.Y0-1 && y <= l.Box.Y1+1 }) {
			s.Across = append(s.Across, e)
		}
	}
	if keep {
		s.Edges = edges
	}
	return s
}

// unveil returns the numbers in cells that were painted over. A cell whose number lies under anything but white shows
// something in its place, which nothing tells unless a number was painted on that.
func (s *Sheet) unveil(hidden []Hidden) (told []Hidden) {
	for _, h := range hidden {
		if !strings.ContainsFunc(h.Text, unicode.IsDigit) {
			continue
		}
		x, y := h.Box.Center()
		for _, t := range s.Tables {
			for i := range t.Cells {
				if c := &t.Cells[i]; c.Box.Contains(x, y) {
					told = append(told, h)
					if !h.Bare && c.Text == "" && c.Doubt == "" {
						c.Doubt = "something was painted over the number that stands here"
					}
				}
			}
		}
	}
	return told
}

// doubtStraddled doubts the cells into which a number runs that was given to another one: an empty one may be its own,
// and in a filled one the digits of both stand side by side, so that neither is sure of its own.
func (s *Sheet) doubtStraddled() {
	for _, n := range s.Straddle {
		x, y := n.Box.Center()
		for _, t := range s.Tables {
			var owner *TableCell
			shared := false
			for i := range t.Cells {
				c := &t.Cells[i]
				switch {
				case c.Box.Contains(x, y):
					owner = c
				case y <= c.Box.Y0 || y >= c.Box.Y1 || min(n.Box.X1, c.Box.X1)-max(n.Box.X0, c.Box.X0) <= 0.5*n.Box.Height():
				case c.Text == "":
					c.doubt("a number that was read in the cell beside it runs into this one")
				case strings.ContainsFunc(c.Text, unicode.IsDigit):
					c.doubt(overBorder)
					shared = true
				}
			}
			if shared && owner != nil {
				owner.doubt(overBorder)
			}
		}
	}
}

const overBorder = "a number stands over the border between this cell and the one beside it"

// doubt puts the cell in doubt, if it is not yet.
func (c *TableCell) doubt(why string) {
	if c.Doubt == "" {
		c.Doubt = why
	}
}

// number gives the tables of a sheet that was read as a picture the number of their page.
func (s *Sheet) number() {
	for _, t := range s.Tables {
		t.Page = s.Number
		for i := range t.Cells {
			t.Cells[i].Page = s.Number
		}
	}
}

// doubt puts all cells of the sheet in doubt.
func (s *Sheet) doubt(why string) {
	for _, t := range s.Tables {
		for i := range t.Cells {
			t.Cells[i].Doubt = why
		}
	}
}

// item is a line, a table or a picture of a sheet in reading order.
type item struct {
	line    *Line
	table   *Table
	picture *Box
	top     float64
}

func (s *Sheet) items() []item {
	var out []item
	for i := range s.Lines {
		out = append(out, item{line: &s.Lines[i], top: s.Lines[i].Y + s.Lines[i].Size*0.8})
	}
	for _, t := range s.Tables {
		out = append(out, item{table: t, top: t.Box.Y1})
	}
	for i, b := range s.Images {
		// Seals, emblems and rules are pictures too; a table or a scanned page takes a good part of the page.
		if w, h := min(b.X1, s.Width)-max(b.X0, 0), min(b.Y1, s.Height)-max(b.Y0, 0); w > s.Width*settings.PicturePart[0] && h > s.Height*settings.PicturePart[1] && w*h > s.Width*s.Height*settings.PicturePart[2] {
			out = append(out, item{picture: &s.Images[i], top: b.Y1})
		}
	}
	slices.SortStableFunc(out, func(a, b item) int { return cmp.Compare(b.top, a.top) })
	return out
}
