package geometry

import (
	"slices"
)

// segment is a piece of a line parted from the rest by more than a character's width.
type segment struct {
	Line
	line int // index of its line in the sheet
	text string
}

// valueText reports whether s is the text of a value cell: a number, with a unit or without.
func valueText(s string) bool { return plainNumber(s) || plainNumber(bare(s)) }

// segments cuts a line at wide gaps. Numbers are parted by narrower ones.
func segments(l Line, index int) []segment {
	var out []segment
	start := 0
	size, pitch := emOf(l.Glyphs), digitPitch(l.Glyphs)
	for i := 1; i <= len(l.Glyphs); i++ {
		if i < len(l.Glyphs) {
			if a, b := l.Glyphs[i-1], l.Glyphs[i]; !apart(a, b, size, pitch) {
				continue
			}
		}
		s := segment{Line: newLine(slices.Clone(l.Glyphs[start:i])), line: index}
		s.text = s.String()
		if n := len(out); n > 0 && !valueText(s.text) && labelled(out[n-1].text) && s.Box.X0-out[n-1].Box.X1 <= settings.Column*size {
			// A label that goes on behind a number within it: 计 1 条）.
			s.Line = newLine(append(slices.Clone(out[n-1].Glyphs), s.Glyphs...))
			s.text = s.String()
			out = out[:n-1]
		}
		out = append(out, s)
		start = i
	}
	return out
}

// apart reports whether two neighbours on a line belong to different columns; size is the em of the line and pitch the
// advance of its digits. Digits are set solid: a wider step parts two numbers, however narrow the gap.
func apart(a, b Glyph, size, pitch float64) bool {
	gap := b.Box.X0 - a.Box.X1
	x, y := lastRune(a.Text), firstRune(b.Text)
	switch {
	case x >= '0' && x <= '9' && numeric(y):
		return b.X-a.X > settings.DigitStep*pitch
	case numeric(x) && numeric(y):
		return gap > size || b.Space && gap > settings.NumberColumn*size
	case wide(x) && numeric(y) && b.Space && b.X-(a.X+size) > settings.LabelNumber*size:
		return true // a label that runs close up to its number
	}
	return gap > settings.Column*size
}

// digitPitch is the median step from digit to digit on a line, as far as it can be one within a number.
func digitPitch(glyphs []Glyph) float64 {
	var steps []float64
	widest := 0.0
	for i, g := range glyphs {
		if r := firstRune(g.Text); r < '0' || r > '9' {
			continue
		}
		widest = max(widest, settings.DigitRoom*em(g))
		if i > 0 {
			if r, step := lastRune(glyphs[i-1].Text), g.X-glyphs[i-1].X; r >= '0' && r <= '9' && step < settings.DigitRoom*em(g) {
				steps = append(steps, step)
			}
		}
	}
	if len(steps) == 0 {
		return widest
	}
	slices.Sort(steps)
	return steps[len(steps)/2]
}

// emOf is the type size of a line: the median of its ideographs, else of all its glyphs. Brackets and points have too
// little ink to measure.
func emOf(glyphs []Glyph) float64 {
	all := make([]float64, 0, len(glyphs))
	ideographs := false
	for _, g := range glyphs {
		switch is := han(firstRune(g.Text)); {
		case is && !ideographs:
			ideographs, all = true, append(all[:0], em(g))
		case is == ideographs:
			all = append(all, em(g))
		}
	}
	slices.Sort(all)
	return all[len(all)/2]
}
