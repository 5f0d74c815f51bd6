package sheet_test

import (
	"bytes"
	"context"
	"fmt"

	"github.com/gongkai-data/gongkai/extract/sheet"
	"github.com/xuri/excelize/v2"
)

// A workbook of one sheet: a merged cell above two others; the locator names sheet and cell.
func ExampleRead() {
	book := excelize.NewFile()
	defer book.Close()
	for _, err := range []error{
		book.SetCellValue("Sheet1", "A1", "第二十条第（五）项"), book.MergeCell("Sheet1", "A1", "B1"),
		book.SetCellValue("Sheet1", "A2", "行政许可"), book.SetCellValue("Sheet1", "B2", 1024),
	} {
		if err != nil {
			fmt.Println(err)
			return
		}
	}
	var file bytes.Buffer
	if err := book.Write(&file); err != nil {
		fmt.Println(err)
		return
	}
	doc, err := sheet.Read(context.Background(), file.Bytes())
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, b := range doc.Blocks {
		if b.Grid == nil {
			continue
		}
		for _, c := range b.Grid.Cells {
			fmt.Println(c.Row, c.Col, c.ColSpan, c.Text, c.Place.Locator())
		}
	}
	// Output:
	// 0 0 2 第二十条第（五）项 Sheet1!A1
	// 1 0 1 行政许可 Sheet1!A2
	// 1 1 1 1024 Sheet1!B2
}
