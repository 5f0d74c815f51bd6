package html_test

import (
	"context"
	"fmt"

	"github.com/gongkai-data/gongkai/extract/html"
)

// A cell that spans two columns, above two.
func ExampleRead() {
	page := `<html><body><p>二、主动公开政府信息情况</p><table><tr><td colspan="2">第二十条第（五）项</td></tr><tr><td>行政许可</td><td>1,024</td></tr></table></body></html>`
	doc, err := html.Read(context.Background(), []byte(page), html.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, b := range doc.Blocks {
		if b.Grid == nil {
			fmt.Println(b.Text)
			continue
		}
		for _, c := range b.Grid.Cells {
			fmt.Println(c.Row, c.Col, c.ColSpan, c.Text)
		}
	}
	// Output:
	// 二、主动公开政府信息情况
	// 0 0 2 第二十条第（五）项
	// 1 0 1 行政许可
	// 1 1 1 1,024
}
