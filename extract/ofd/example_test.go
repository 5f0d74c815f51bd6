package ofd_test

import (
	"context"
	"fmt"
	"os"

	"github.com/gongkai-data/gongkai/extract/ofd"
)

// A page of the state's own format: text and rules of a page become cells as those of a PDF do.
func ExampleRead() {
	body, err := os.ReadFile("../read/testdata/formats/hongze-2024.clean.ofd")
	if err != nil {
		fmt.Println(err)
		return
	}
	doc, err := ofd.Read(context.Background(), body)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(doc.Reader, len(doc.Problems))
	for _, b := range doc.Blocks {
		if b.Grid == nil {
			continue
		}
		for _, c := range b.Grid.Cells[:min(4, len(b.Grid.Cells))] {
			fmt.Println(c.Row, c.Col, c.ColSpan, c.Text, c.Place.Locator())
		}
		break
	}
	// Output:
	// ofd 0
	// 0 0 4 第二十条第（一）项 1:56.7,595.3,538.6,612.3
	// 1 0 1 信息内容 1:56.7,578.3,177.2,595.3
	// 1 1 1 本年制发件数 1:177.2,578.3,297.6,595.3
	// 1 2 1 本年废止件数 1:297.6,578.3,418.1,595.3
}
