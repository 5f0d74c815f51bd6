package export

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/store"
	"github.com/xuri/excelize/v2"
)

// sheetRows is the number of rows a sheet of XLSX holds, the header among them (ECMA-376).
const sheetRows = 1_048_576

// XLSX writes one workbook with a sheet per table. It returns ErrTooManyRows where a table has more rows than a sheet
// holds: select years or issuers then. Numbers are numbers, text is text and never a formula, null is an empty cell.
func XLSX(ctx context.Context, d *store.Dataset, name string, s Selection) (err error) {
	tables, err := s.tables(ctx, d)
	if err != nil {
		return err
	}
	book := excelize.NewFile()
	defer func() { err = errors.Join(err, book.Close()) }()
	for i, t := range tables {
		if i == 0 {
			err = book.SetSheetName(book.GetSheetName(0), t.table.Name)
		} else {
			_, err = book.NewSheet(t.table.Name)
		}
		if err == nil {
			err = sheet(book, t)
		}
		if err != nil {
			return fmt.Errorf("writing the sheet %s: %w", t.table.Name, err)
		}
	}
	if err := book.SaveAs(name); err != nil {
		return fmt.Errorf("writing %s: %w", name, err)
	}
	return nil
}

func sheet(book *excelize.File, t rows) error {
	w, err := book.NewStreamWriter(t.table.Name)
	if err != nil {
		return err
	}
	header := make([]any, len(t.table.Columns))
	for i, c := range t.table.Columns {
		header[i] = c.Name
	}
	if err := w.SetRow("A1", header); err != nil {
		return err
	}
	n := 1
	for cells, err := range t.each {
		if err != nil {
			return err
		}
		if n++; n > sheetRows {
			return fmt.Errorf("%w (%d): select years or issuers", ErrTooManyRows, sheetRows-1)
		}
		for i, c := range cells {
			cells[i] = sheetCell(c)
		}
		if err := w.SetRow(fmt.Sprintf("A%d", n), cells); err != nil {
			return err
		}
	}
	return w.Flush()
}

// sheetCell gives excelize a number, a bool or text. A text longer than a cell holds is cut with an ellipsis, as Excel
// itself would refuse it.
func sheetCell(cell any) any {
	switch v := cell.(type) {
	case nil, bool, int32, int64, float64:
		return v
	case time.Time, schema.Date, []int32:
		return text(v)
	}
	s := []rune(text(cell))
	if len(s) > excelize.TotalCellChars {
		s = append(s[:excelize.TotalCellChars-1], '…')
	}
	return string(s)
}
