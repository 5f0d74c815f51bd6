package sheet

import (
	"bytes"
	"errors"
	"strings"

	"github.com/gongkai-data/gongkai/extract/word"
	"github.com/xuri/excelize/v2"
)

// maxSteps bounds the search for formulas in one sheet: cells looked up, times the merged areas that the library goes
// through for each.
const maxSteps = 50_000_000

var errFormulas = errors.New("it has more empty cells beside formulas than the limit")

// formulas puts the formula itself into each cell that has one and keeps no value of it: whoever opens the workbook
// sees a number there, so the cell is no blank, and which number is not for us to work out.
func formulas(f *excelize.File, name string, shown [][]string, merged int) error {
	width, steps := 0, 0
	for _, row := range shown {
		width = max(width, len(row))
	}
	for r, row := range shown {
		for c := range min(width, word.MaxCols) {
			if at(shown, r, c) != "" {
				continue
			}
			if steps += 1 + merged; steps > maxSteps {
				return errFormulas
			}
			cell, err := excelize.CoordinatesToCellName(c+1, r+1)
			if err != nil {
				return err
			}
			formula, err := f.GetCellFormula(name, cell)
			if err != nil {
				return err
			}
			if formula != "" {
				row = append(row, make([]string, max(c+1-len(row), 0))...) // empty cells at the end of a row are left out
				shown[r] = row
				row[c] = "=" + strings.TrimPrefix(formula, "=")
			}
		}
	}
	return nil
}

// anyFormula reports whether a sheet of the workbook has one.
func anyFormula(f *excelize.File) (found bool) {
	f.Pkg.Range(func(name, content any) bool {
		xml, ok := content.([]byte)
		path, _ := name.(string)
		found = strings.Contains(path, "worksheets/") && (!ok || bytes.Contains(xml, []byte("<f>")) || bytes.Contains(xml, []byte("<f ")) || bytes.Contains(xml, []byte(":f>")) || bytes.Contains(xml, []byte(":f ")))
		return !found
	})
	return found
}
