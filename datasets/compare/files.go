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

	"github.com/gongkai-data/gongkai/datasets/chart"
	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/datasets/export"
	"github.com/gongkai-data/gongkai/datasets/query"
	"github.com/xuri/excelize/v2"
)

// header names the columns of the long form, one line per report and measure.
// value is what was published, unless the corrected values were chosen.
var header = []string{"place", "issuer_id", "year", "measure", "label_zh", "label_en", "unit", "value", "state", "comparability", "marks", "failed_checks", "numerator", "denominator", "report_id", "url",
	"published_value", "corrected_value", "flagged", "quality", "complete", "correction_reason", "correction_evidence", "correction_author", "corrected_on"}

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
			complete := ""
			if c.Complete != nil {
				complete = strconv.FormatBool(*c.Complete)
			}
			by := func(field func(query.Correction) string) string {
				var all []string
				for _, one := range cell.Corrections {
					all = append(all, field(one))
				}
				return strings.Join(all, "; ")
			}
			line := []any{c.Place, c.IssuerID, year, r.Measure, r.LabelZH, r.LabelEN, cell.Unit, orEmpty(cell.Value), cell.State, cell.Comparability, strings.Join(cell.Marks, " "),
				strings.Join(cell.Failed, ";"), orEmpty(cell.Numerator), orEmpty(cell.Denominator), c.ReportID, c.URL,
				orEmpty(cell.Published), orEmpty(cell.Corrected), strconv.FormatBool(cell.Flagged), c.Quality, complete,
				by(func(c query.Correction) string { return c.Reason }), by(func(c query.Correction) string { return c.Evidence }), by(func(c query.Correction) string { return c.Author }),
				by(func(c query.Correction) string { return c.CorrectedOn })}
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

// WriteCSV writes the long form with a byte order mark so that spreadsheets show Chinese. Text that a spreadsheet would
// run as a formula gets a leading apostrophe. The value is the number itself, a rate as a share of 1.
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
				line[i] = export.Inert(f)
			}
		}
		return out.Write(line)
	}); err != nil {
		return err
	}
	out.Flush()
	return out.Error()
}

// WriteXLSX writes a workbook: the table as shown, and the long form with numbers as numbers. Texts are cells of type
// text, so none is a formula.
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

// shownSheet lays the table out as the page does: a value and, beside it, its marks. The labels and the places stay in
// view.
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
	units := map[string]int{}
	styles := func(unit string) (int, error) { // the number with its unit behind it
		if id, known := units[unit]; known {
			return id, nil
		}
		format := thousands + ` "` + codebook.LookupUnit(unit).Behind("zh") + `"`
		id, err := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
		units[unit] = id
		return id, err
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
			case c.Unit == codebook.Share:
				value.StyleID = percent
			case r.Unit != c.Unit && codebook.LookupUnit(c.Unit).Behind("zh") != "" && c.Value != nil:
				if value.StyleID, err = styles(c.Unit); err != nil {
					return err
				}
			case c.Value != nil && *c.Value != math.Trunc(*c.Value):
				value.StyleID = exact
			}
			line = append(line, value, c.besides(t.Values))
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
	for _, line := range t.CorrectionLines("zh") {
		rows = append(rows, []any{line})
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

// besides is what a sheet shows beside a value: its marks, and the other of two values.
func (c Cell) besides(v query.Values) string {
	marks := strings.Join(c.Marks, " ")
	other, words := c.Corrected, "更正 corrected "
	if v == query.Corrected {
		other, words = c.Published, "公布 published "
	}
	if len(c.Corrections) == 0 || other == nil {
		return marks
	}
	return marks + " " + words + Number(*other, c.Unit)
}

// Chart is the chart of one row: a line for each place, with the note on what the marks mean. Amounts of money are
// drawn in one unit; a value that cannot be told in the unit of the chart (a number of items, an amount whose unit is
// not stated) is left out, and the note says so.
func (t Table) Chart(row int, language string) chart.Lines {
	r := t.Rows[row]
	unit := r.chartUnit()
	l := chart.Lines{Title: r.Label(language), Unit: unitLine(unit, language)}
	at := map[string]int{}
	var notes chartNotes
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
			if v, same := codebook.Convert(*cell.Value, cell.Unit, unit); same {
				if unit == codebook.Share {
					v *= 100
				}
				p.Value = &v
				notes.doubt, notes.broken = notes.doubt || p.Doubt, notes.broken || p.Break
				notes.corrected = notes.corrected || t.Values == query.Corrected && len(cell.Corrections) > 0
			} else {
				notes.other = true
			}
		}
		l.Series[k].Points = append(l.Series[k].Points, p)
	}
	l.Note = notes.text(language)
	if t.Sampled() {
		l.Note = strings.TrimSuffix(pick(language, "样例：虚构的地方和数字", "Sample: invented places and figures")+" · "+l.Note, " · ")
	}
	return l
}

// chartUnit is the unit of the latest columns that have a value; of amounts of money the larger of the units there are.
func (r Row) chartUnit() string {
	unit := r.Unit
	for _, c := range r.Cells {
		if c.Value == nil || c.Unit == "" {
			continue
		}
		factor, same := codebook.Convert(1, c.Unit, unit)
		if !same || factor > 1 || unit == codebook.Mixed {
			unit = c.Unit
		}
	}
	return unit
}

// chartNotes are what the note below a chart has to explain.
type chartNotes struct{ doubt, broken, corrected, other bool }

func (n chartNotes) text(language string) string {
	var notes []string
	for _, note := range []struct {
		is     bool
		zh, en string
	}{
		{n.corrected, "含更正值；公布值见表", "With corrected values; the table holds what was published"},
		{n.doubt, "空心点：有标记的数值，见表", "Open mark: a value with a mark, see the table"},
		{n.broken, "虚线：口径改变，两侧不可比", "Dashed rule: the form counts something else on each side"},
		{n.other, "单位不同的数值未画出，见表", "Values in another unit are not drawn, see the table"},
	} {
		if note.is {
			notes = append(notes, pick(language, note.zh, note.en))
		}
	}
	return strings.Join(notes, " · ")
}

func unitLine(unit, language string) string {
	if unit == codebook.Share {
		return pick(language, "单位：%", "per cent")
	}
	return pick(language, "单位：", "") + codebook.LookupUnit(unit).Called(language)
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
