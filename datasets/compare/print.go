package compare

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"

	"github.com/jedib0t/go-pretty/v6/text"
)

// labelWidth is the widest that the labels of the lines become, in cells of a terminal.
const labelWidth = 42

// WriteText prints the table for a terminal, Chinese widths respected, with the meaning of the marks used and the source of each column below.
// Where the table is wider than width (0: any) it is printed in pieces, each with the labels.
func (t Table) WriteText(w io.Writer, language string, width int) error {
	var b strings.Builder
	names := t.names()
	for from := 0; from < len(t.Columns); {
		to := from + 1
		piece := t.piece(names, language, from, to)
		for to < len(t.Columns) {
			longer := t.piece(names, language, from, to+1)
			if width > 0 && text.LongestLineLen(longer) > width {
				break
			}
			piece, to = longer, to+1
		}
		for at := to - 1; to < len(t.Columns) && !t.First(to) && at > from; at-- {
			if t.First(at) { // a place is kept whole where it can be
				piece, to = t.piece(names, language, from, at), at
			}
		}
		b.WriteString(piece)
		b.WriteString("\n")
		from = to
	}
	for _, m := range t.Footnotes() {
		mark := m.Mark
		if mark == MarkBlank {
			mark = blankWord(language)
		}
		fmt.Fprintf(&b, "%s  %s\n", mark, pick(language, m.ZH, m.EN))
	}
	for i, c := range t.Columns {
		fmt.Fprintf(&b, "[%d] %s %s: ", i+1, names[i], yearText(c.Year, language))
		if c.Sample {
			b.WriteString(SampleMark(language) + pick(language, "；", "; "))
		}
		if language == "zh" {
			fmt.Fprintf(&b, "质量 %s", c.Quality)
			if c.Template != "" {
				fmt.Fprintf(&b, "，%s 年表样", c.Template)
			}
			fmt.Fprintf(&b, "，%s\n", visible(c.URL))
			continue
		}
		fmt.Fprintf(&b, "quality %s", c.Quality)
		if c.Template != "" {
			fmt.Fprintf(&b, ", form of %s", c.Template)
		}
		fmt.Fprintf(&b, ", %s\n", visible(c.URL))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// visible takes control and direction characters out of foreign text, which could run a terminal's commands or turn the line round.
func visible(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029' {
			return -1
		}
		return r
	}, s)
}

// names are what the columns are called: the place, with its ID where another place of the table has the same name.
func (t Table) names() []string {
	ids := map[string]string{}
	twice := map[string]bool{}
	for _, c := range t.Columns {
		if id, known := ids[c.Place]; known && id != c.IssuerID {
			twice[c.Place] = true
		}
		ids[c.Place] = c.IssuerID
	}
	var out []string
	for _, c := range t.Columns {
		name := visible(c.Place)
		if twice[c.Place] {
			name += " " + c.IssuerID
		}
		out = append(out, name)
	}
	return out
}

func pick(language, zh, en string) string {
	if language == "zh" {
		return zh
	}
	return en
}

func blankWord(language string) string { return pick(language, "空白", MarkBlank) }

// Number prints a value of a unit: a share as a percentage with one decimal, all else as it is.
func Number(v float64, unit string) string {
	if unit == "percent" {
		return strconv.FormatFloat(v*100, 'f', 1, 64) + "%"
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}

// Text prints the value with its marks.
func (c Cell) Text(unit, language string) string {
	var out []string
	if c.Value != nil {
		out = append(out, Number(*c.Value, unit))
	}
	for _, m := range c.Marks {
		if m == MarkBlank {
			m = blankWord(language)
		}
		out = append(out, m)
	}
	return strings.Join(out, " ")
}

func yearText(y *int32, language string) string {
	if y == nil {
		return pick(language, "年份不明", "year unknown")
	}
	return strconv.Itoa(int(*y))
}

// UnitText is the unit in brackets, nothing for a count or a percentage.
func UnitText(unit, language string) string {
	switch unit {
	case "CNY":
		return pick(language, "（元）", " (yuan)")
	case "CNY_10k":
		return pick(language, "（万元）", " (10,000 yuan)")
	case "unstated":
		return pick(language, "（单位未注明）", " (unit not stated)")
	}
	return ""
}
