package geometry

import (
	"math"
	"slices"

	"github.com/gongkai-data/gongkai/extract"
)

// Text outside of ruled tables may be a table without rules, or with horizontal ones only. Which pieces of it are cells
// and which of them are one label only the form tells, so each line keeps its pieces with their places, and the strips
// between horizontal rules that they stand in.

// mostAcross is how many rules part the rows of a page, at most; a drawing has more.
const mostAcross = 1000

// strips numbers the strips of all sheets of a document.
type strips struct {
	number map[strip]int
}

type strip struct {
	page        int
	top, bottom float64
}

// of returns the number of the strip that the point stands in, or 0 where no rule is drawn above or none below it.
func (n *strips) of(s *Sheet, x, y float64) int {
	if len(s.Across) > mostAcross {
		return 0
	}
	k := strip{s.Number, math.Inf(1), math.Inf(-1)}
	for _, r := range s.Across {
		switch {
		case r.From-settings.Reach > x || r.To+settings.Reach < x:
		case r.At > y:
			k.top = min(k.top, r.At)
		default:
			k.bottom = max(k.bottom, r.At)
		}
	}
	if math.IsInf(k.top, 1) || math.IsInf(k.bottom, -1) {
		return 0
	}
	if n.number[k] == 0 {
		n.number[k] = len(n.number) + 1
	}
	return n.number[k]
}

// unit is the type size of the lines that stand in columns: the width of an ideograph of theirs, in points.
func unit(sheets []*Sheet) float64 {
	var sizes, all []float64
	for _, s := range sheets {
		for i, l := range s.Lines {
			all = append(all, l.Size)
			if len(segments(l, i)) > 2 {
				sizes = append(sizes, emOf(l.Glyphs))
			}
		}
	}
	if len(sizes) == 0 {
		sizes = all
	}
	if len(sizes) == 0 {
		return 1
	}
	slices.Sort(sizes)
	return sizes[len(sizes)/2]
}

// pieces returns the texts of a line that stand clear of each other.
func (n *strips) pieces(s *Sheet, l Line, line int, unit float64) []extract.Piece {
	var out []extract.Piece
	for _, g := range cutNarrow(segments(l, line)) {
		x, _ := g.Box.Center()
		p := extract.Piece{Text: g.text, Place: place(s.Number, g.Box), Line: line, From: g.Box.X0 / unit, To: g.Box.X1 / unit, Strip: n.of(s, x, g.Y+0.3*g.Size)}
		if s.Recognised {
			p.Doubt = inPicture
		}
		out = append(out, p)
	}
	return out
}

// cutNarrow parts the labels of narrow neighbour columns, which the space between two cells keeps less than a character
// apart: in text set solid the few gaps are borders. Text with spread characters stays whole.
func cutNarrow(line []segment) []segment {
	var extra []float64
	sizes := make([]float64, len(line))
	for k, g := range line {
		sizes[k] = emOf(g.Glyphs)
		for i := 1; i < len(g.Glyphs); i++ {
			extra = append(extra, g.Glyphs[i].X-g.Glyphs[i-1].X-sizes[k])
		}
	}
	if len(extra) < 3 {
		return line
	}
	slices.Sort(extra)
	if extra[len(extra)/2] > settings.SolidGap*line[0].Size {
		return line
	}
	var out []segment
	for k, g := range line {
		start := 0
		for i := 1; i < len(g.Glyphs); i++ {
			a, b := g.Glyphs[i-1], g.Glyphs[i]
			if wide(lastRune(a.Text)) && !mark(lastRune(a.Text)) && b.X-a.X-sizes[k] > settings.NarrowGap*sizes[k] {
				out = append(out, piece(g, start, i))
				start = i
			}
		}
		out = append(out, piece(g, start, len(g.Glyphs)))
	}
	return out
}

func piece(p segment, from, to int) segment {
	if from == 0 && to == len(p.Glyphs) {
		return p
	}
	s := segment{Line: newLine(slices.Clone(p.Glyphs[from:to])), line: p.line}
	s.text = s.String()
	return s
}
