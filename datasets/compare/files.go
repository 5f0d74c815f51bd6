package compare

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/gongkai-data/gongkai/datasets/chart"
	"github.com/xuri/excelize/v2"
)

// header names the columns of the long form, one line per report and measure.
var header = []string{"place", "issuer_id", "year", "measure", "label_zh", "label_en", "unit", "value", "state", "comparability", "marks", "failed_checks", "numerator", "denominator", "report_id", "url"}

// header names the columns of the long form. One that marks the sample is there only where an invented place is.
func (t Table) header() []string {
	if t.Sampled() {
		return append(slices.Clone(header), "sample")
	}
	return header
}

// long calls each with every line of the long form; a number is a float64, all else text.
func (t Table) long(each func([]any) error) error {
	sampled := t.Sampled()
	for i, c := range t.Columns {
		for _, r := range t.Rows {
			cell := r.Cells[i]
			var year any = ""
			if c.Year != nil {
				year = float64(*c.Year)
			}
			line := []any{c.Place, c.IssuerID, year, r.Measure, r.LabelZH, r.LabelEN, r.Unit, orEmpty(cell.Value), cell.State, cell.Comparability, strings.Join(cell.Marks, " "),
				strings.Join(cell.Flagged, ";"), orEmpty(cell.Numerator), orEmpty(cell.Denominator), c.ReportID, c.URL}
			if sampled {
				line = append(line, map[bool]string{true: "invented", false: ""}[c.Sample])
			}
			if err := each(line); err != nil {
				return err
			}
		}
	}
	return nil
}

func orEmpty(v *float64) any {
	if v == nil {
		return ""
	}
	return *v
}

// WriteCSV writes the long form with a byte order mark so that spreadsheets show Chinese. Text that a spreadsheet would run as a formula gets a
// leading apostrophe. The value is the number itself, a rate as a share of 1.
func (t Table) WriteCSV(w io.Writer) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	header := t.header()
	if err := out.Write(header); err != nil {
		return err
	}
	line := make([]string, len(header))
	if err := t.long(func(fields []any) error {
		for i, f := range fields {
			switch f := f.(type) {
			case float64:
				line[i] = strconv.FormatFloat(f, 'f', -1, 64)
			case string:
				line[i] = Inert(f)
			}
		}
		return out.Write(line)
	}); err != nil {
		return err
	}
	out.Flush()
	return out.Error()
}

// Inert keeps a spreadsheet from running a text as a formula; some take the wide signs of Chinese text for the narrow ones.
func Inert(s string) string {
	if first, _ := utf8.DecodeRuneInString(s); s != "" && strings.ContainsRune("=+-@\t\r\n＝＋－＠", first) {
		return "'" + s
	}
	return s
}

// WriteXLSX writes a workbook: the table as shown, and the long form with numbers as numbers. Texts are cells of type text, so none is a formula.
func (t Table) WriteXLSX(w io.Writer) error {
	f := excelize.NewFile()
	defer f.Close()
	const shown, all = "比较 comparison", "数据 data"
	if err := f.SetSheetName("Sheet1", shown); err != nil {
		return err
	}
	if _, err := f.NewSheet(all); err != nil {
		return err
	}
	if err := t.shownSheet(f, shown); err != nil {
		return fmt.Errorf("writing the workbook: %w", err)
	}
	s, err := f.NewStreamWriter(all)
	if err != nil {
		return err
	}
	header := t.header()
	row, n := make([]any, len(header)), 1
	for i, h := range header {
		row[i] = h
	}
	if err := s.SetRow("A1", row); err != nil {
		return err
	}
	if err := t.long(func(fields []any) error {
		n++
		cell, err := excelize.CoordinatesToCellName(1, n)
		if err != nil {
			return err
		}
		for i := range fields {
			if text, ok := fields[i].(string); ok {
				if fields[i] = visible(text); text == "" {
					fields[i] = nil // an empty cell, not a text of no characters
				}
			}
		}
		return s.SetRow(cell, fields)
	}); err != nil {
		return fmt.Errorf("writing the workbook: %w", err)
	}
	if err := s.Flush(); err != nil {
		return err
	}
	_, err = f.WriteTo(w)
	return err
}

// shownSheet lays the table out as the page does: a value and, beside it, its marks. The labels and the places stay in view.
func (t Table) shownSheet(f *excelize.File, sheet string) error {
	bold, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return err
	}
	thousands := "#,##0.##########"
	grouped, err := f.NewStyle(&excelize.Style{NumFmt: 3}) // #,##0
	if err != nil {
		return err
	}
	exact, err := f.NewStyle(&excelize.Style{CustomNumFmt: &thousands})
	if err != nil {
		return err
	}
	tenths := "0.0%"
	percent, err := f.NewStyle(&excelize.Style{CustomNumFmt: &tenths})
	if err != nil {
		return err
	}
	s, err := f.NewStreamWriter(sheet)
	if err != nil {
		return err
	}
	places, years, sources := []any{"", ""}, []any{"", ""}, []any{"来源 source", ""}
	for i, c := range t.Columns {
		place := ""
		if t.First(i) {
			place = visible(c.Place)
			if c.Sample {
				place += "（样例 sample）"
			}
		}
		var year any = yearText(c.Year, "en")
		if c.Year != nil {
			year = *c.Year
		}
		places, years, sources = append(places, excelize.Cell{StyleID: bold, Value: place}, ""), append(years, excelize.Cell{StyleID: bold, Value: year}, ""), append(sources, visible(c.URL), "")
	}
	rows := [][]any{places, years}
	for _, r := range t.Rows {
		line := []any{r.LabelZH + UnitText(r.Unit, "zh"), r.LabelEN + UnitText(r.Unit, "en")}
		for _, c := range r.Cells {
			value := excelize.Cell{StyleID: grouped, Value: orEmpty(c.Value)}
			switch {
			case r.Unit == "percent":
				value.StyleID = percent
			case c.Value != nil && *c.Value != math.Trunc(*c.Value):
				value.StyleID = exact
			}
			line = append(line, value, strings.Join(c.Marks, " "))
		}
		rows = append(rows, line)
	}
	rows = append(rows, sources)
	if t.Sampled() {
		rows = append(rows, []any{"样例 sample", "样例：所标地方和数字均为虚构", "Sample: the places marked and their figures are invented"})
	}
	for _, m := range t.Footnotes() {
		rows = append(rows, []any{m.Mark, m.ZH, m.EN})
	}
	if err := s.SetColWidth(1, 2, 36); err != nil {
		return err
	}
	for i := range t.Columns {
		if err := errors.Join(s.SetColWidth(3+2*i, 3+2*i, 12), s.SetColWidth(4+2*i, 4+2*i, 6)); err != nil {
			return err
		}
	}
	if err := s.SetPanes(&excelize.Panes{Freeze: true, XSplit: 2, YSplit: 2, TopLeftCell: "C3", ActivePane: "bottomRight"}); err != nil {
		return err
	}
	for i, r := range rows {
		cell, err := excelize.CoordinatesToCellName(1, i+1)
		if err != nil {
			return err
		}
		for k := range r {
			switch c := r[k].(type) {
			case string:
				if c == "" {
					r[k] = nil
				}
			case excelize.Cell:
				if c.Value == "" {
					r[k] = nil
				}
			}
		}
		if err := s.SetRow(cell, r); err != nil {
			return err
		}
	}
	return s.Flush()
}

// Chart is the chart of one row: a line for each place, with the note on what the marks mean.
func (t Table) Chart(row int, language string) chart.Lines {
	r := t.Rows[row]
	l := chart.Lines{Title: r.Label(language), Unit: unitLine(r.Unit, language)}
	scale := 1.0
	if r.Unit == "percent" {
		scale = 100
	}
	at := map[string]int{}
	doubt, broken := false, false
	for i, c := range t.Columns {
		if c.Year == nil {
			continue
		}
		k, ok := at[c.IssuerID]
		if !ok {
			k = len(l.Series)
			at[c.IssuerID] = k
			l.Series = append(l.Series, chart.Series{Name: c.Place})
		}
		cell := r.Cells[i]
		p := chart.Point{Year: int(*c.Year), Break: cell.Comparability == "break", Form: c.Template, Doubt: len(cell.Marks) > 0}
		if cell.Value != nil {
			v := *cell.Value * scale
			p.Value = &v
			doubt, broken = doubt || p.Doubt, broken || p.Break
		}
		l.Series[k].Points = append(l.Series[k].Points, p)
	}
	l.Note = chartNote(doubt, broken, language)
	if t.Sampled() {
		l.Note = strings.TrimSuffix(pick(language, "样例：虚构的地方和数字", "Sample: invented places and figures")+" · "+l.Note, " · ")
	}
	return l
}

func chartNote(doubt, broken bool, language string) string {
	var notes []string
	if doubt {
		notes = append(notes, map[string]string{"zh": "空心点：有标记的数值，见表", "en": "Open mark: a value with a mark, see the table"}[language])
	}
	if broken {
		notes = append(notes, map[string]string{"zh": "虚线：口径改变，两侧不可比", "en": "Dashed rule: the form counts something else on each side"}[language])
	}
	return strings.Join(notes, " · ")
}

func unitLine(unit, language string) string {
	zh := map[string]string{"count": "单位：件（项）", "percent": "单位：%", "CNY": "单位：元", "CNY_10k": "单位：万元", "unstated": "单位未注明"}
	en := map[string]string{"count": "count", "percent": "per cent", "CNY": "yuan", "CNY_10k": "10,000 yuan", "unstated": "unit not stated"}
	if language == "zh" {
		return zh[unit]
	}
	return en[unit]
}

// WriteSVG draws the first row that has a number.
func (t Table) WriteSVG(w io.Writer, language string) error {
	for i, r := range t.Rows {
		for _, c := range r.Cells {
			if c.Value != nil {
				return chart.WriteSVG(w, t.Chart(i, language))
			}
		}
	}
	return chart.ErrEmpty
}
