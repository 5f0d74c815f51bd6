package sample

import (
	"archive/zip"
	"bytes"
	"fmt"
	"html"
	"strings"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// banner stands on every page of the site.
const banner = "样例数据：除栖霞市寺口镇2020年报告外，地名和数字均为虚构（sample: invented places and figures, but for one real report）"

// mark stands in documents that are no pages: short enough not to count as text that they have in common.
const mark = "（样例：地名和数字均为虚构）"

// document writes a report in its look.
func (r *Report) document() []byte {
	switch r.look {
	case "txt":
		return r.plainText()
	case "docx":
		return r.word()
	}
	return r.page()
}

// page is an article page of a content management system; the tables of a Word look carry what Word leaves in pages.
func (r *Report) page() []byte {
	open, end, cell := "<p>", "</p>", "%s"
	if r.look == "word" {
		open, end = `<p class=MsoNormal style="text-indent:32.0pt;line-height:28.0pt"><span style="font-size:16.0pt;font-family:仿宋_GB2312">`, "</span></p>"
		cell = `<p class=MsoNormal align=center><span lang=EN-US>%s<o:p></o:p></span></p>`
	}
	var b strings.Builder
	for _, block := range r.blocks() {
		if block.table == nil {
			b.WriteString(open + html.EscapeString(block.text) + end + "\n")
			continue
		}
		b.WriteString("<table border=\"1\" cellspacing=\"0\"><tbody>\n")
		for _, line := range block.table {
			b.WriteString("<tr>")
			for _, p := range line {
				b.WriteString("<td")
				if p.rows > 1 {
					fmt.Fprintf(&b, ` rowspan="%d"`, p.rows)
				}
				if p.cols > 1 {
					fmt.Fprintf(&b, ` colspan="%d"`, p.cols)
				}
				b.WriteString(">" + fmt.Sprintf(cell, html.EscapeString(p.text)) + "</td>")
			}
			b.WriteString("</tr>\n")
		}
		b.WriteString("</tbody></table>\n")
	}
	if r.look == "gbk" {
		return gbk(fmt.Sprintf(`<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"><title>%s-样例县信息公开</title><!--Announced by Visual SiteBuilder 9--></head>
<body><div>%s</div><div><a href="../../../index.html">首页</a> &gt; <a href="../../nb.htm">年度报告</a></div>
<form name="_newscontent_fromname"><h2>%s</h2><p>%s</p><div id="vsb_content"><div class="v_news_content">
%s</div></div></form></body></html>
`, r.Title(), banner, r.Title(), r.Published, b.String()))
	}
	return []byte(fmt.Sprintf(`<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="SiteName" content="样例政府信息公开网"><meta name="ColumnName" content="政府信息公开年报"><meta name="ArticleTitle" content="%s"><meta name="PubDate" content="%s 09:30"><meta name="ContentSource" content="%s"><title>%s - 样例政府信息公开网</title></head>
<body>
<div class="banner">%s</div>
<div class="nav"><a href="../../../index.html">首页</a> <a href="../index.html">政府信息公开年报</a></div>
<div class="main"><h1>%s</h1>
<p class="info">发布时间：%s 来源：%s</p>
<div class="TRS_Editor">
%s</div></div>
<div class="footer">样例网站，仅用于演示</div>
</body></html>
`, r.Title(), r.Published, r.Name, r.Title(), banner, r.Title(), r.Published, r.Name, b.String()))
}

func gbk(page string) []byte {
	body, err := simplifiedchinese.GB18030.NewEncoder().String(page)
	if err != nil {
		panic("sample: " + err.Error()) // the tables hold nothing that GB 18030 lacks
	}
	return []byte(body)
}

// plainText is a text document; cells stand between tabs.
func (r *Report) plainText() []byte {
	var b strings.Builder
	b.WriteString(r.Title() + "\n\n" + mark + "\n\n")
	for _, block := range r.blocks() {
		if block.table == nil {
			b.WriteString(block.text + "\n\n")
			continue
		}
		for _, cells := range block.table.full() {
			b.WriteString(strings.Join(cells, "\t") + "\n")
		}
		b.WriteByte('\n')
	}
	return []byte(b.String())
}

// word is a Word document with what such a document must have and no more.
func (r *Report) word() []byte {
	var b strings.Builder
	paragraph := func(text string) string {
		return `<w:p><w:r><w:t xml:space="preserve">` + html.EscapeString(text) + `</w:t></w:r></w:p>`
	}
	b.WriteString(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>`)
	b.WriteString(paragraph(r.Title()) + paragraph(mark))
	for _, block := range r.blocks() {
		if block.table == nil {
			b.WriteString(paragraph(block.text))
			continue
		}
		wordTable(&b, block.table, paragraph)
	}
	b.WriteString(`</w:body></w:document>`)
	var file bytes.Buffer
	z := zip.NewWriter(&file)
	for _, part := range [][2]string{
		{"[Content_Types].xml", `<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`},
		{"_rels/.rels", `<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`},
		{"word/document.xml", b.String()},
	} {
		w, err := z.CreateHeader(&zip.FileHeader{Name: part[0], Method: zip.Store}) // stored: the bytes must not change with the compressor
		if err == nil {
			_, err = w.Write([]byte(part[1]))
		}
		if err != nil {
			panic("sample: " + err.Error()) // memory takes every write
		}
	}
	if err := z.Close(); err != nil {
		panic("sample: " + err.Error())
	}
	return file.Bytes()
}

// wordTable writes a table: what a span covers below is a cell that continues it.
func wordTable(b *strings.Builder, g grid, paragraph func(string) string) {
	b.WriteString(`<w:tbl><w:tblGrid>` + strings.Repeat(`<w:gridCol w:w="900"/>`, len(g.full()[0])) + `</w:tblGrid>`)
	open := map[int]piece{} // spans from above by column; rows counts those left
	for _, line := range g {
		b.WriteString("<w:tr>")
		width := len(g.full()[0])
		for x := 0; x < width; {
			p, down := open[x], true
			if p.rows == 0 {
				p, line, down = line[0], line[1:], false
			}
			b.WriteString("<w:tc><w:tcPr>")
			if p.cols > 1 {
				fmt.Fprintf(b, `<w:gridSpan w:val="%d"/>`, p.cols)
			}
			text := p.text
			switch {
			case down:
				b.WriteString("<w:vMerge/>")
				text = ""
			case p.rows > 1:
				b.WriteString(`<w:vMerge w:val="restart"/>`)
			}
			b.WriteString("</w:tcPr>" + paragraph(text) + "</w:tc>")
			delete(open, x)
			if p.rows--; p.rows > 0 {
				open[x] = p
			}
			x += p.cols
		}
		b.WriteString("</w:tr>")
	}
	b.WriteString("</w:tbl>")
}
