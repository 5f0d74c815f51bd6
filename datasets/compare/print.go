package compare

import (
	"encoding/csv"
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
		header = append(header, fmt.Sprintf("%s\n%s [%d]", c.Place, yearText(c.Year), i+1))
		configs = append(configs, table.ColumnConfig{Number: i + 2, Align: text.AlignRight, AlignHeader: text.AlignRight, WidthMaxEnforcer: text.WrapSoft, WidthMax: 24})
	}
	tw.AppendHeader(header)
	tw.SetColumnConfigs(configs)
	tw.Style().Format.Header = text.FormatDefault
	for _, r := range t.Rows {
		row := table.Row{r.LabelEN + unitText(r.Unit)}
		for _, c := range r.Cells {
			row = append(row, cellText(c))
		}
		tw.AppendRow(row)
	}
	var b strings.Builder
	b.WriteString(tw.Render())
	b.WriteString("\n")
	for _, m := range []struct{ mark, meaning string }{
		{MarkFlagged, "as published, but a rule of the form fails on it (see checks)"},
		{MarkBlank, "the cell is empty as published; blank is not zero"},
		{MarkDash, "a dash as published"},
		{MarkUnreadable, "something is there that could not be read (see problems)"},
	} {
		if t.uses(m.mark) {
			fmt.Fprintf(&b, "%s  %s\n", m.mark, m.meaning)
		}
	}
	for i, c := range t.Columns {
		form := ""
		if c.Template != "" {
			form = ", form of " + c.Template
		}
		fmt.Fprintf(&b, "[%d] %s %s: quality %s%s, %s\n", i+1, c.Place, yearText(c.Year), c.Quality, form, c.URL)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (t Table) uses(mark string) bool {
	return slices.ContainsFunc(t.Rows, func(r Row) bool {
		return slices.ContainsFunc(r.Cells, func(c Cell) bool { return c.Mark == mark })
	})
}

// WriteCSV writes one line per report and indicator, with a byte order mark so that spreadsheets show Chinese.
// Text that a spreadsheet would run as a formula gets a leading apostrophe.
func (t Table) WriteCSV(w io.Writer) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	if err := out.Write([]string{"place", "year", "indicator", "label_zh", "label_en", "unit", "value", "mark", "failed_checks", "report_id", "url"}); err != nil {
		return err
	}
	for i, c := range t.Columns {
		for _, r := range t.Rows {
			cell, value := r.Cells[i], ""
			if cell.Value != nil {
				value = number(*cell.Value)
			}
			if err := out.Write([]string{inert(c.Place), yearText(c.Year), r.Indicator, r.LabelZH, r.LabelEN, r.Unit, value, cell.Mark, strings.Join(cell.Flagged, ";"), c.ReportID, inert(c.URL)}); err != nil {
				return err
			}
		}
	}
	out.Flush()
	return out.Error()
}

func inert(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}

func cellText(c Cell) string {
	if c.Value == nil {
		return c.Mark
	}
	return strings.TrimSpace(number(*c.Value) + " " + c.Mark)
}

func number(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

func yearText(y *int32) string {
	if y == nil {
		return "year unknown"
	}
	return strconv.Itoa(int(*y))
}

func unitText(unit string) string {
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
