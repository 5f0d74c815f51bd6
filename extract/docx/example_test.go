package docx_test

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"

	"github.com/gongkai-data/gongkai/extract/docx"
)

// A row whose first cell spans two columns, above one of two cells; the locator names part, table, row and cell.
func ExampleRead() {
	const body = `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>
<w:p><w:r><w:t>二、主动公开政府信息情况</w:t></w:r></w:p>
<w:tbl><w:tblGrid><w:gridCol w:w="4000"/><w:gridCol w:w="4000"/></w:tblGrid>
<w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p><w:r><w:t>第二十条第（五）项</w:t></w:r></w:p></w:tc></w:tr>
<w:tr><w:tc><w:p><w:r><w:t>行政许可</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>1,024</w:t></w:r></w:p></w:tc></w:tr>
</w:tbl></w:body></w:document>`
	var file bytes.Buffer
	parts := zip.NewWriter(&file)
	part, err := parts.Create("word/document.xml")
	if err == nil {
		_, err = part.Write([]byte(body))
	}
	if err == nil {
		err = parts.Close()
	}
	if err != nil {
		fmt.Println(err)
		return
	}
	doc, err := docx.Read(context.Background(), file.Bytes(), docx.Options{})
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
			fmt.Println(c.Row, c.Col, c.ColSpan, c.Text, c.Place.Locator())
		}
	}
	// Output:
	// 二、主动公开政府信息情况
	// 0 0 2 第二十条第（五）项 word/document.xml/body/tbl[1]/tr[1]/tc[1]
	// 1 0 1 行政许可 word/document.xml/body/tbl[1]/tr[2]/tc[1]
	// 1 1 1 1,024 word/document.xml/body/tbl[1]/tr[2]/tc[2]
}
