package compare

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/datasets/query"
	"github.com/jedib0t/go-pretty/v6/text"
)

// labelWidth is the widest that the labels of the lines become, in cells of a terminal.
const labelWidth = 42

// WriteText prints the table for a terminal, Chinese widths respected, with the meaning of the marks used and the
// source of each column below. Where the table is wider than width (0: any) it is printed in pieces, each with the
// labels.
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
		fmt.Fprintf(&b, "%s  %s\n", markText(m.Mark, language), pick(language, m.ZH, m.EN))
	}
	for _, line := range t.CorrectionLines(language) {
		b.WriteString(line + "\n")
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

// visible takes control and direction characters out of foreign text, which could run a terminal's commands or turn the
// line round.
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
	if unit == codebook.Share {
		return strconv.FormatFloat(v*100, 'f', 1, 64) + "%"
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}

// Amount prints a value with its unit behind it, where a bare number does not say enough: 7730.28 万元.
func Amount(v float64, unit, language string) string {
	return strings.TrimSuffix(Number(v, unit)+" "+codebook.LookupUnit(unit).Behind(language), " ")
}

// Text prints what was published with its marks, and behind it what it was corrected to. The unit stands behind the
// number where that of the row is not the cell's.
func (c Cell) Text(unit, language string) string {
	print := func(v float64) string {
		if unit == c.Unit {
			return Number(v, c.Unit)
		}
		return Amount(v, c.Unit, language)
	}
	var out []string
	if c.Published != nil {
		out = append(out, print(*c.Published))
	}
	for _, m := range c.published() {
		out = append(out, markText(m, language))
	}
	if len(c.Corrections) > 0 {
		right := "?"
		if c.Corrected != nil {
			right = print(*c.Corrected)
		}
		out = append(out, MarkCorrected+" "+right)
	}
	return strings.Join(out, " ")
}

// published are the marks of what was published, but for the one of a correction.
func (c Cell) published() []string {
	of := c.of.In(query.Published)
	return slices.DeleteFunc(Marks(&of), func(m string) bool { return m == MarkCorrected })
}

// markText is a mark as it is printed.
func markText(mark, language string) string {
	if mark == MarkBlank {
		return blankWord(language)
	}
	return mark
}

// CorrectionLines say of every correction in the table what it corrects, by whom, when, why and after which source.
func (t Table) CorrectionLines(language string) (out []string) {
	names := t.names()
	told := map[string]bool{}
	for i := range t.Columns {
		for _, r := range t.Rows {
			for _, c := range r.Cells[i].Corrections {
				key := c.ReportID + c.Indicator
				if told[key] {
					continue
				}
				told[key] = true
				in, _ := codebook.Lookup(c.Indicator)
				out = append(out, fmt.Sprintf("%s [%d] %s %s, %s: %s → %s; %s (%s, %s) %s", MarkCorrected, i+1, names[i], yearText(t.Columns[i].Year, language), pick(language, in.LabelZH, in.LabelEN),
					numberOr(c.PublishedValue, pick(language, "无数字", "no number")), numberOr(c.CorrectedValue, "?"), visible(c.Reason), visible(c.Author), c.CorrectedOn, visible(c.Evidence)))
			}
		}
	}
	return out
}

func numberOr(v *float64, none string) string {
	if v == nil {
		return none
	}
	return strconv.FormatFloat(*v, 'f', -1, 64)
}

func yearText(y *int32, language string) string {
	if y == nil {
		return pick(language, "年份不明", "year unknown")
	}
	return strconv.Itoa(int(*y))
}

// UnitText is the unit in brackets behind the label of a row; nothing for a count or a share, and where each value
// names its own.
func UnitText(unit, language string) string {
	u := codebook.LookupUnit(unit)
	if u.Behind(language) == "" {
		return ""
	}
	return pick(language, "（"+u.Called(language)+"）", " ("+u.Called(language)+")")
}
