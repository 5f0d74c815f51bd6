package txt_test

import (
	"context"
	"fmt"

	"github.com/gongkai-data/gongkai/extract/txt"
)

// A heading, and a table that a text export wrote one row a line.
func ExampleRead() {
	doc, err := txt.Read(context.Background(), []byte("二、主动公开政府信息情况\n信息内容\t本年处理决定数量\n行政许可\t1,024\n"), txt.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(doc.Blocks[0].Text)
	for _, c := range doc.Blocks[1].Grid.Cells {
		fmt.Println(c.Place.Locator(), c.Text)
	}
	// Output:
	// 二、主动公开政府信息情况
	// line:2-2 信息内容
	// line:2-2 本年处理决定数量
	// line:3-3 行政许可
	// line:3-3 1,024
}
