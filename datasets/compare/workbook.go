package compare

import (
	"errors"
	"fmt"
	"io"
	"math"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/datasets/query"
	"github.com/xuri/excelize/v2"
)

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
	look, err := newStyles(f)
	if err != nil {
		return err
	}
	s, err := f.NewStreamWriter(sheet)
	if err != nil {
		return err
	}
	places, years, sources := t.heads(look)
	rows := [][]any{places, years}
	for _, r := range t.Rows {
		line := []any{r.LabelZH + UnitText(r.Unit, "zh"), r.LabelEN + UnitText(r.Unit, "en")}
		for _, c := range r.Cells {
			style, err := look.of(r, c)
			if err != nil {
				return err
			}
			line = append(line, excelize.Cell{StyleID: style, Value: orEmpty(c.Value)}, c.besides(t.Values))
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

// heads are the lines above the values and the one of their sources below.
func (t Table) heads(look *styles) (places, years, sources []any) {
	places, years, sources = []any{"", ""}, []any{"", ""}, []any{"来源 source", ""}
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
		places, years = append(places, excelize.Cell{StyleID: look.bold, Value: place}, ""), append(years, excelize.Cell{StyleID: look.bold, Value: year}, "")
		sources = append(sources, visible(c.URL), "")
	}
	return places, years, sources
}

// exactNumber shows every digit of a number, grouped by thousands.
const exactNumber = "#,##0.##########"

// styles are those of a workbook.
type styles struct {
	file                          *excelize.File
	bold, grouped, exact, percent int
	units                         map[string]int // a number with its unit behind it
}

func newStyles(f *excelize.File) (*styles, error) {
	s := &styles{file: f, units: map[string]int{}}
	exact, tenths := exactNumber, "0.0%"
	for _, of := range []struct {
		id    *int
		style excelize.Style
	}{
		{&s.bold, excelize.Style{Font: &excelize.Font{Bold: true}}},
		{&s.grouped, excelize.Style{NumFmt: 3}}, // #,##0
		{&s.exact, excelize.Style{CustomNumFmt: &exact}},
		{&s.percent, excelize.Style{CustomNumFmt: &tenths}},
	} {
		var err error
		if *of.id, err = f.NewStyle(&of.style); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// of is the style of a cell's value in its row: one in another unit than its row says which.
func (s *styles) of(r Row, c Cell) (int, error) {
	switch unit := codebook.LookupUnit(c.Unit).Behind("zh"); {
	case c.Unit == codebook.Share:
		return s.percent, nil
	case c.Value == nil:
		return s.grouped, nil
	case r.Unit != c.Unit && unit != "":
		id, known := s.units[c.Unit]
		if known {
			return id, nil
		}
		format := exactNumber + ` "` + unit + `"`
		id, err := s.file.NewStyle(&excelize.Style{CustomNumFmt: &format})
		s.units[c.Unit] = id
		return id, err
	case *c.Value != math.Trunc(*c.Value):
		return s.exact, nil
	}
	return s.grouped, nil
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
