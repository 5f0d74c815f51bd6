package geometry

import (
	"strings"

	"github.com/gongkai-data/gongkai/extract"
)

// doubtStruck doubts the cells with a digit that a rule runs through: the number may no longer hold.
func (s *Sheet) doubtStruck(rules []Rule) {
	for _, r := range rules {
		if !r.Horizontal || r.Dot {
			continue
		}
		x := (r.From + r.To) / 2
		for _, t := range s.Tables {
			if r.At <= t.Box.Y0 || r.At >= t.Box.Y1 || x <= t.Box.X0 || x >= t.Box.X1 {
				continue
			}
			for i := range t.Cells {
				if c := &t.Cells[i]; c.Box.Contains(x, r.At) && c.struckBy(r) {
					c.doubt(extract.StruckThrough)
				}
			}
		}
	}
}

func (c *TableCell) struckBy(r Rule) bool {
	for _, l := range c.Lines {
		for _, g := range l.Glyphs {
			b := g.Box
			through := r.At >= b.Y0+settings.Struck[0]*b.Height() && r.At <= b.Y0+settings.Struck[1]*b.Height()
			if through && strings.ContainsAny(g.Text, "0123456789") && r.From <= b.X0+b.Width()/3 && r.To >= b.X1-b.Width()/3 {
				return true
			}
		}
	}
	return false
}
