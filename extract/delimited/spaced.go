package delimited

import (
	"strings"
	"unicode/utf8"

	"github.com/gongkai-data/gongkai/extract"
)

// gapped is a line cut at its gaps: runs of two spaces or more, an ideographic space counting as two. The line's ends
// may be gaps too.
type gapped struct {
	texts  []string
	starts []int // in characters, of each text
	gaps   []int // width of the gap before each text, and last that at the line's end
}

// cutGaps cuts a line at its gaps.
func cutGaps(text string) gapped {
	text = strings.TrimRight(text, "\r\n")
	var g gapped
	start, end, width := 0, 0, 0 // text[start:end] is the current text, width the white space since its end
	n := -1                      // characters before the one at hand
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		at := i
		i += size
		n++
		w := spaceWidth(r)
		if w > 0 {
			width += w
			continue
		}
		if at == 0 || width >= 2 || end == 0 {
			if end > start {
				g.texts = append(g.texts, text[start:end])
			}
			if end > start || len(g.texts) == 0 {
				g.gaps = append(g.gaps, width)
			}
			start = at
			g.starts = append(g.starts, n)
		}
		end, width = i, 0
	}
	if end > start {
		g.texts = append(g.texts, text[start:end])
	}
	g.gaps = append(g.gaps, width)
	return g
}

// pieces returns the texts of a line with the characters from which and to which they stand.
func (it *item) pieces() []extract.Piece {
	g := it.gapped
	if len(g.texts) == 0 {
		g = cutGaps(it.Text)
	}
	if len(g.texts) != len(g.starts) {
		return nil
	}
	out := make([]extract.Piece, len(g.texts))
	for i, text := range g.texts {
		out[i] = extract.Piece{Text: text, Place: it.Place, Line: it.Place.LineStart, From: float64(g.starts[i]), To: float64(g.starts[i] + utf8.RuneCountInString(text))}
	}
	return out
}

func spaceWidth(r rune) int {
	switch r {
	case ' ', '\u00a0':
		return 1
	case '\u3000':
		return 2
	}
	return 0
}

// expand puts the empty cells into the lines of a run where the widths of the gaps tell them: when all gaps are made of
// the smallest one, and most are that one itself, a wider gap has empty cells in it (tabs that were saved as spaces),
// each of no width or holding one space. Else the gaps only align columns, blanks cannot be seen, and expand returns
// false.
func expand(run []item) bool {
	base, indent := 1<<30, 1<<30
	for i := range run {
		gaps := run[i].gapped.gaps
		indent = min(indent, gaps[0])
		for _, w := range gaps[1 : len(gaps)-1] {
			base = min(base, w)
		}
	}
	for blank := range 2 {
		if rows, ok := fill(run, base, indent, blank); ok {
			for i := range run {
				run[i].fields = rows[i]
			}
			return true
		}
	}
	return false
}

// fill gives the cells of every line if k separators of width base around k-1 blanks of width blank explain all its
// gaps.
func fill(run []item, base, indent, blank int) ([][]string, bool) {
	rows := make([][]string, len(run))
	most, all := 0, 0
	for i := range run {
		it := &run[i]
		last := len(it.gapped.gaps) - 1
		for k, w := range it.gapped.gaps {
			empty := 0
			switch {
			case k == 0 && (w-indent)%(base+blank) == 0:
				empty = (w - indent) / (base + blank)
			case k == last: // space at the end of a line is empty cells only where it is as regular as the rest
				if w%(base+blank) == 0 {
					empty = w / (base + blank)
				}
			case k > 0 && (w+blank)%(base+blank) == 0:
				empty = (w+blank)/(base+blank) - 1
				all++
				if w == base {
					most++
				}
			default:
				return nil, false
			}
			if len(rows[i])+empty+1 > widestSpaced {
				return nil, false
			}
			rows[i] = append(rows[i], make([]string, empty)...)
			if k < last {
				rows[i] = append(rows[i], it.fields[k])
			}
		}
	}
	return rows, most*10 >= all*6
}

// widestSpaced is the most columns of a table made of spaces; the widest form has 15 and may carry an empty one.
const widestSpaced = 20

// longestAligned is the longest cell, in characters, of a table that is aligned by spaces; the longest label of the
// form has 38.
const longestAligned = 60

// isAligned tells rows of a table from prose with gaps in it: at least two lines, short cells, and numbers at the end
// of at least a third of the lines or one line of numbers alone.
func isAligned(run []item) bool {
	numbers, row := 0, false
	for _, it := range run {
		all := len(it.fields) >= 3
		for _, f := range it.fields {
			if utf8.RuneCountInString(f) > longestAligned || strings.HasSuffix(f, "：") || strings.HasSuffix(f, ":") {
				return false // a text, or a word before what it introduces (联系电话：  12345)
			}
			all = all && isNumber(f)
		}
		row = row || all
		if isNumber(it.fields[len(it.fields)-1]) {
			numbers++
		}
	}
	if numbers == 1 && len(run) == 2 && !row { // a header and its row, which then have the same cells
		return len(run[0].fields) == len(run[1].fields)
	}
	return len(run) >= 2 && (numbers*3 >= len(run) || row)
}

// isNumber tells a cell that holds a number, perhaps with a unit, or a sign for none.
func isNumber(s string) bool {
	if n := strings.TrimRight(s, "条件项次个份宗万元 "); n != "" && n != s && strings.Trim(n, "0123456789０１２３４５６７８９.．,，+-－") == "" {
		return true
	}
	return s == "无" || s != "" && strings.Trim(s, "0123456789０１２３４５６７８９.．,，+-－—/") == ""
}
