package pdf_test

import (
	"context"
	"fmt"
	"os"

	"github.com/gongkai-data/gongkai/extract/pdf"
)

// The first rows of the first table of a printed report. The locator of a cell is its page and its box, in points from
// the lower left corner.
func ExampleRead() {
	body, err := os.ReadFile("../../datasets/sample/site/fa/info/1103/files/2022.pdf")
	if err != nil {
		fmt.Println(err)
		return
	}
	doc, err := pdf.Read(context.Background(), "2022.pdf", body, pdf.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(doc.Reader)
	for _, b := range doc.Blocks {
		if b.Grid == nil {
			continue
		}
		for _, c := range b.Grid.Cells {
			if c.Row > 2 {
				break
			}
			fmt.Println(c.Row, c.Col, c.ColSpan, c.Text, c.Place.Locator())
		}
		break
	}
	// Output:
	// pdfium
	// 0 0 4 第二十条第（一）项 1:74.0,193.9,499.2,221.6
	// 1 0 1 信息内容 1:74.0,166.3,180.3,193.9
	// 1 1 1 本年制发件数 1:180.3,166.3,286.6,193.9
	// 1 2 1 本年废止件数 1:286.6,166.3,392.9,193.9
	// 1 3 1 现行有效件数 1:392.9,166.3,499.2,193.9
	// 2 0 1 规章 1:74.0,138.6,180.3,166.3
	// 2 1 1 436 1:180.3,138.6,286.6,166.3
	// 2 2 1 398 1:286.6,138.6,392.9,166.3
	// 2 3 1 170 1:392.9,138.6,499.2,166.3
}
