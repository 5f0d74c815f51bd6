package geometry

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Line is glyphs on one baseline, left to right.
type Line struct {
	Glyphs []Glyph
	Box    Box
	Y      float64 // baseline
	Size   float64 // em of its tallest common glyph
	Spread bool    // one number whose digits stand apart
}

// Lines groups glyphs by baseline, from top to bottom. Doubled glyphs (bold faked by printing twice) are dropped.
func Lines(glyphs []Glyph) []Line { return baselines(single(glyphs)) }

// baselines groups glyphs, none of them doubled.
func baselines(glyphs []Glyph) []Line {
	sorted := slices.Clone(glyphs)
	slices.SortStableFunc(sorted, func(a, b Glyph) int { return cmp.Compare(b.Y, a.Y) })
	var out []Line
	for start := 0; start < len(sorted); {
		end := start + 1
		size := em(sorted[start])
		last := sorted[start].Y
		for end < len(sorted) && last-sorted[end].Y <= settings.Baseline*max(size, em(sorted[end])) && sorted[start].Y-sorted[end].Y <= settings.Drift*size {
			last = sorted[end].Y
			end++
		}
		out = append(out, newLine(sorted[start:end]))
		start = end
	}
	return out
}

func newLine(glyphs []Glyph) Line {
	slices.SortStableFunc(glyphs, func(a, b Glyph) int { return cmp.Compare(a.X, b.X) })
	l := Line{Glyphs: glyphs, Y: glyphs[len(glyphs)/2].Y}
	for _, g := range glyphs {
		l.Box = l.Box.Union(g.Box)
		l.Size = max(l.Size, em(g))
	}
	return l
}

// single drops a glyph printed again within a fraction of its size, as producers do to fake bold type and shadows.
func single(glyphs []Glyph) []Glyph {
	seen := make(printings, len(glyphs))
	out := make([]Glyph, 0, len(glyphs))
	for _, g := range glyphs {
		step := max(em(g)*settings.Twin, 0.5)
		x, y := int(math.Floor(g.X/step)), int(math.Floor(g.Y/step))
		if !seen.near(g.Text, x, y) {
			seen.add(g.Text, x, y)
			out = append(out, g)
		}
	}
	return out
}

// printings holds the places of texts: a bit for each place of a square of eight by eight, since most questions are about
// places of one square.
type printings map[square]uint64

type square struct {
	text string
	x, y int
}

func squareOf(text string, x, y int) square { return square{text, x >> 3, y >> 3} }

func bitOf(x, y int) uint64 { return 1 << (x&7<<3 | y&7) }

func (p printings) add(text string, x, y int) { p[squareOf(text, x, y)] |= bitOf(x, y) }

// near reports whether a text was added at a place or at one of the eight around it.
func (p printings) near(text string, x, y int) bool {
	at := squareOf(text, x, y)
	bits := p[at]
	for n := range 9 {
		i, j := x-1+n/3, y-1+n%3
		if i>>3 != at.x || j>>3 != at.y {
			at.x, at.y = i>>3, j>>3
			bits = p[at]
		}
		if bits&bitOf(i, j) != 0 {
			return true
		}
	}
	return false
}

// em estimates the type size of a glyph. Fonts' own ascents mislead, so digits and ideographs are measured: digits
// stand about 0.68 em high, an ideograph fills 0.9 em.
func em(g Glyph) float64 {
	r, _ := utf8.DecodeRuneInString(g.Text)
	size := g.Size
	if h := g.Box.Height(); r >= '0' && r <= '9' && h > 0 && h < size {
		size = min(size, h/settings.Digit)
	}
	if w := max(g.Box.Width(), g.Box.Height()); w > 0.5*size && han(r) {
		size = min(size, w/settings.Ideograph)
	}
	return min(max(size, 2), 200)
}

// han reports whether a rune is an ideograph; nearly all of them stand in the first block.
func han(r rune) bool { return r >= 0x4E00 && r <= 0x9FFF || unicode.Is(unicode.Han, r) }

// String returns the text of the line. Spaces stand between words of Latin letters and digits only, where the gap is a
// space wide; between Chinese characters a gap is justification, unless it is wider than two characters.
func (l Line) String() string {
	var b strings.Builder
	for i, g := range l.Glyphs {
		if i > 0 && !l.Spread && spaced(l.Glyphs[i-1], g) {
			b.WriteByte(' ')
		}
		b.WriteString(g.Text)
	}
	return b.String()
}

// spaced takes a space that the engine saw only where the gap is wide enough for one, and one that it did not see where
// the gap is a whole em.
func spaced(a, b Glyph) bool {
	gap := b.Box.X0 - a.Box.X1
	size := max(em(a), em(b))
	if wide(lastRune(a.Text)) || wide(firstRune(b.Text)) {
		return gap > settings.HanSpace*size
	}
	if mark(lastRune(a.Text)) || mark(firstRune(b.Text)) {
		return false // "- 13", "867. 71": a sign or a point parts no numbers
	}
	return b.Space && gap > settings.Space*min(em(a), em(b)) || gap > size
}

func firstRune(s string) rune { r, _ := utf8.DecodeRuneInString(s); return r }
func lastRune(s string) rune  { r, _ := utf8.DecodeLastRuneInString(s); return r }

// wide reports the characters that Chinese setting puts no spaces around: ideographs, full-width forms, CJK
// punctuation, quotes.
func wide(r rune) bool {
	return han(r) || r >= 0x3000 && r <= 0x30FF || r >= 0xFE30 && r <= 0xFE4F || r >= 0xFF00 && r <= 0xFFEF ||
		r >= 0x2010 && r <= 0x2027 || r >= 0x2E80 && r <= 0x2FDF || r >= 0xE000 && r <= 0xF8FF || r == unicode.ReplacementChar
}

// JoinLines puts the lines of one paragraph or cell together; room is the width that a full line has. Chinese joins
// without a space, Latin words with one. A number broken because its line was full goes on; two numbers one above the
// other stay apart by a line end, for nobody can know that they are one.
func JoinLines(lines []Line, room float64) string {
	var b strings.Builder
	for i, l := range lines {
		s := l.String()
		if i > 0 {
			prev := lines[i-1]
			a, z := lastRune(prev.String()), firstRune(s)
			switch {
			case wide(a) || wide(z):
			case numeric(a) && numeric(z):
				if prev.Glyphs[0].Lead+prev.pitch()*float64(len(prev.Glyphs)+1) <= room {
					b.WriteByte('\n')
				}
			default:
				b.WriteByte(' ')
			}
		}
		b.WriteString(s)
	}
	return b.String()
}

// pitch is the mean advance of the glyphs of a line.
func (l Line) pitch() float64 {
	n := len(l.Glyphs)
	if n < 2 {
		return settings.Advance * em(l.Glyphs[0])
	}
	return (l.Glyphs[n-1].X - l.Glyphs[0].X) / float64(n-1)
}

func numeric(r rune) bool { return unicode.IsDigit(r) || mark(r) }

func mark(r rune) bool { return strings.ContainsRune(".,+-%/−—–", r) }
