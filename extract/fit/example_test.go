package fit_test

import (
	"fmt"

	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/fit"
)

// A table whose first column header lost its end, below text.
func ExampleForm_Read() {
	grid := &extract.Grid{Rows: 2, Cols: 2, Cells: []extract.Cell{
		{Row: 0, Col: 0, RowSpan: 1, ColSpan: 1, Text: "信息内容"}, {Row: 0, Col: 1, RowSpan: 1, ColSpan: 1, Text: "本年处理决定数"},
		{Row: 1, Col: 0, RowSpan: 1, ColSpan: 1, Text: "行政许可"}, {Row: 1, Col: 1, RowSpan: 1, ColSpan: 1, Text: "1,024"},
	}}
	reading := fit.Standard().Read([]extract.Block{{Kind: extract.Table, Grid: grid}}, func(string) bool { return false }, func() int { return 0 })
	for _, f := range reading.Facts() {
		fmt.Println(f.Indicator, *f.Value, f.State)
	}
	// Output: licensing.decisions 1024 reported
}
