package compare

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"
)

// WriteText prints the table for a terminal, Chinese widths respected, with the meaning of the marks used and the source of each column below.
func (t Table) WriteText(w io.Writer) error {
	tw := table.NewWriter()
	tw.SetStyle(table.StyleLight)
	header := table.Row{""}
	configs := []table.ColumnConfig{{Number: 1, WidthMax: 44}}
	for i, c := range t.Columns {
		header = append(header, fmt.Sprintf("%s\n%s [%d]", visible(c.Place), yearText(c.Year), i+1))
		configs = append(configs, table.ColumnConfig{Number: i + 2, Align: text.AlignRight, AlignHeader: text.AlignRight, WidthMaxEnforcer: text.WrapSoft, WidthMax: 24})
	}
	tw.AppendHeader(header)
	tw.SetColumnConfigs(configs)
	tw.Style().Format.Header = text.FormatDefault
	for _, r := range t.Rows {
		row := table.Row{r.LabelEN + UnitText(r.Unit)}
		for _, c := range r.Cells {
			row = append(row, c.Text(r.Unit))
		}
		tw.AppendRow(row)
	}
	var b strings.Builder
	b.WriteString(tw.Render())
	b.WriteString("\n")
	for _, m := range t.Footnotes() {
		fmt.Fprintf(&b, "%s  %s\n", m.Mark, m.EN)
	}
	for i, c := range t.Columns {
		form := ""
		if c.Template != "" {
			form = ", form of " + c.Template
		}
		fmt.Fprintf(&b, "[%d] %s %s: quality %s%s, %s\n", i+1, visible(c.Place), yearText(c.Year), c.Quality, form, visible(c.URL))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// visible takes control and direction characters out of foreign text, which could run a terminal's commands or turn the line round.
func visible(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x7f && r < 0xa0 || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 || r == 0x200e || r == 0x200f {
			return -1
		}
		return r
	}, s)
}

// Footnotes are the meanings of the marks that the table uses.
func (t Table) Footnotes() []Meaning {
	var out []Meaning
	for _, m := range Meanings {
		if slices.ContainsFunc(t.Rows, func(r Row) bool {
			return slices.ContainsFunc(r.Cells, func(c Cell) bool { return slices.Contains(c.Marks, m.Mark) })
		}) {
			out = append(out, m)
		}
	}
	return out
}

// Text prints the value with its marks.
func (c Cell) Text(unit string) string {
	out := append([]string{}, c.Marks...)
	if c.Value != nil {
		out = slices.Insert(out, 0, Number(*c.Value, unit))
	}
	return strings.Join(out, " ")
}

// Number prints a value of a unit: a share as a percentage with one decimal, all else as it is.
func Number(v float64, unit string) string {
	if unit == "percent" {
		return strconv.FormatFloat(v*100, 'f', 1, 64) + "%"
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}

func yearText(y *int32) string {
	if y == nil {
		return "year unknown"
	}
	return strconv.Itoa(int(*y))
}

// UnitText is the unit in brackets, nothing for a count or a percentage.
func UnitText(unit string) string {
	switch unit {
	case "CNY":
		return " (yuan)"
	case "CNY_10k":
		return " (10,000 yuan)"
	case "unstated":
		return " (unit not stated)"
	}
	return ""
}
