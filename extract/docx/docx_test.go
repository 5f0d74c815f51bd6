package docx

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/gongkai-data/gongkai/extract"
)

const wordNS = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="x" xmlns:a="y" xmlns:v="z"`

// pack makes a package of parts, given as name and content in turn.
func packOf(t testing.TB, parts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(parts); i += 2 {
		w, err := z.Create(parts[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(parts[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// word wraps a body in a document and a package.
func wordDoc(t testing.TB, body string, more ...string) []byte {
	return packOf(t, append([]string{"word/document.xml", `<?xml version="1.0"?><w:document ` + wordNS + `><w:body>` + body + `</w:body></w:document>`}, more...)...)
}

func p(text string) string { return `<w:p><w:r><w:t>` + text + `</w:t></w:r></w:p>` }

// tc writes a cell: its properties, then its paragraphs.
func tc(properties string, texts ...string) string {
	s := `<w:tc><w:tcPr>` + properties + `</w:tcPr>`
	for _, t := range texts {
		s += p(t)
	}
	return s + `</w:tc>`
}

func tr(cells ...string) string   { return `<w:tr>` + strings.Join(cells, "") + `</w:tr>` }
func table(rows ...string) string { return `<w:tbl>` + strings.Join(rows, "") + `</w:tbl>` }

const (
	restart = `<w:vMerge w:val="restart"/>`
	goesOn  = `<w:vMerge/>`
)

func span2(n int) string { return fmt.Sprintf(`<w:gridSpan w:val="%d"/>`, n) }

func fieldMark(kind string) string { return `<w:r><w:fldChar w:fldCharType="` + kind + `"/></w:r>` }

func show(d *extract.Document) string {
	var b strings.Builder
	for _, k := range d.Blocks {
		switch k.Kind {
		case extract.Paragraph:
			fmt.Fprintf(&b, "%s\n", k.Text)
		case extract.Image:
			fmt.Fprintf(&b, "IMG %s\n", k.Source)
		case extract.Table:
			fmt.Fprintf(&b, "GRID %dx%d", k.Grid.Rows, k.Grid.Cols)
			row := -1
			for _, c := range k.Grid.Cells {
				if c.Row != row {
					row = c.Row
					b.WriteString("\n ")
				}
				fmt.Fprintf(&b, " [%d", c.Col)
				if c.RowSpan != 1 || c.ColSpan != 1 {
					fmt.Fprintf(&b, " %dx%d", c.RowSpan, c.ColSpan)
				}
				fmt.Fprintf(&b, " %s%s]", strings.ReplaceAll(c.Text, "\n", "/"), c.Image)
			}
			b.WriteString("\n")
		}
	}
	return b.String()
}

func TestBodies(t *testing.T) {
	for _, c := range []struct{ name, body, want string }{
		{"paragraphs and runs", `<w:p><w:r><w:t>一、</w:t></w:r><w:r><w:t>总体</w:t></w:r><w:r><w:br/><w:t>二</w:t></w:r></w:p>`, "一、总体\n二\n"},
		{"tracked changes and hidden text", `<w:p><w:ins><w:r><w:t>12</w:t></w:r></w:ins><w:del><w:r><w:delText>34</w:delText></w:r></w:del><w:r><w:rPr><w:vanish/></w:rPr><w:t>56</w:t></w:r></w:p>`, "12\n"},
		{"note mark and struck number", `<w:p><w:r><w:t>5</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>1</w:t></w:r></w:p><w:p><w:r><w:rPr><w:strike/></w:rPr><w:t>4</w:t></w:r><w:r><w:t>6</w:t></w:r></w:p>`, "5[^1]\n4\n6\n"},
		{"merged cells", table(tr(tc(restart, "甲"), tc(span2(2), "乙")), tr(tc(goesOn, "不见"), tc("", "11"), tc("", "12"))),
			"GRID 2x3\n  [0 2x1 甲] [1 1x2 乙]\n  [1 11] [2 12]\n"},
		{"cell that continues nothing", table(tr(tc("", "甲"), tc("", "11")), tr(tc(goesOn, "乙"), tc("", "21"))), "GRID 2x2\n  [0 甲] [1 11]\n  [0 乙] [1 21]\n"},
		{"grid before", table(tr(tc("", "甲"), tc("", "11")), `<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>`+tc("", "21")+`</w:tr>`), "GRID 2x2\n  [0 甲] [1 11]\n  [1 21]\n"},
		{"deleted and hidden rows", table(tr(tc("", "甲"), tc("", "11")), `<w:tr><w:trPr><w:del w:id="1"/></w:trPr>`+tc("", "x")+tc("", "99")+`</w:tr>`, `<w:tr><w:trPr><w:hidden/></w:trPr>`+tc("", "y")+tc("", "98")+`</w:tr>`, tr(tc("", "乙"), tc("", "21"))),
			"GRID 2x2\n  [0 甲] [1 11]\n  [0 乙] [1 21]\n"},
		{"labels and values over paragraphs", table(tr(tc("", "本年新", "制作数量"), tc("", "", "12", "")), tr(tc("", "乙"), tc("", "3", "4"))), "GRID 2x2\n  [0 本年新制作数量] [1 12]\n  [0 乙] [1 3/4]\n"},
		{"frame around the report", table(tr(`<w:tc>` + p("一、总体情况") + table(tr(tc("", "甲"), tc("", "11")), tr(tc("", "乙"), tc("", "21"))) + p("无") + `</w:tc>`)), "一、总体情况\nGRID 2x2\n  [0 甲] [1 11]\n  [0 乙] [1 21]\n无\n"},
		{"table within a table", table(tr(tc("", "甲"), tc("", "11")), tr(`<w:tc>`+table(tr(tc("", "丙"), tc("", "31")))+`</w:tc>`, tc("", "21"))), "GRID 2x2\n  [0 甲] [1 11]\n  [0 ] [1 21]\nGRID 1x2\n  [0 丙] [1 31]\n"},
		{"report in one table", table(tr(tc(span2(2), "一、总体情况")), tr(tc(span2(2), strings.Repeat("全镇认真落实条例要求", 15)+"。")), tr(tc("", "规章"), tc("", "11")), tr(tc("", "文件"), tc("", "21")), tr(tc(span2(2), "六、其他需要报告的事项")), tr(tc(span2(2), "无"))),
			"一、总体情况\n" + strings.Repeat("全镇认真落实条例要求", 15) + "。\nGRID 2x2\n  [0 规章] [1 11]\n  [0 文件] [1 21]\n六、其他需要报告的事项\n无\n"},
		{"text box, once", `<w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx><w:txbxContent>` + p("框") + `</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>` + p("框") + `</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent><w:t>文</w:t></w:r></w:p>`, "文\n框\n"},
		{"alternatives around runs, paragraphs and rows", `<w:p><mc:AlternateContent><mc:Choice Requires="w14"><w:r><w:t>12</w:t></w:r></mc:Choice><mc:Choice><w:r><w:t>13</w:t></w:r></mc:Choice><mc:Fallback><w:r><w:t>14</w:t></w:r></mc:Fallback></mc:AlternateContent></w:p>` +
			`<w:p><w:r><mc:AlternateContent><mc:Fallback><w:t>15</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>` + table(`<mc:AlternateContent><mc:Choice>`+tr(tc("", "甲"), `<x:later>`+tc("", "11")+`</x:later>`)+`</mc:Choice></mc:AlternateContent>`), "12\n15\nGRID 1x2\n  [0 甲] [1 11]\n"},
		{"a field in the instruction of another", `<w:p>` + fieldMark("begin") + `<w:r><w:instrText>= </w:instrText></w:r>` + fieldMark("begin") + `<w:r><w:instrText>REF b</w:instrText></w:r>` + fieldMark("separate") + `<w:r><w:t>12</w:t></w:r>` + fieldMark("end") +
			`<w:r><w:instrText>+3</w:instrText></w:r>` + fieldMark("separate") + `<w:r><w:t>15</w:t></w:r>` + fieldMark("end") + `</w:p><w:p>` + fieldMark("begin") + `<w:r><w:t>7</w:t></w:r></w:p><w:p><w:r><w:t>8</w:t></w:r></w:p>`, "15\n7\n8\n"},
		{"a field without a result", table(tr(tc("", "甲"), `<w:tc><w:p>`+fieldMark("begin")+`<w:r><w:instrText> EQ \o\ac(○,3) </w:instrText></w:r>`+fieldMark("end")+fieldMark("begin")+`<w:r><w:instrText> XE "a" </w:instrText></w:r>`+fieldMark("end")+`</w:p></w:tc>`)), "GRID 1x2\n  [0 甲] [1 \ufffd]\n"},
		{"a note mark that is raised", `<w:p><w:r><w:t>5</w:t></w:r><w:r><w:rPr><w:position w:val="12"/></w:rPr><w:t>1</w:t></w:r></w:p>`, "5[^1]\n"},
		{"a symbol is no blank", table(tr(tc("", "甲"), `<w:tc><w:p><w:r><w:sym w:font="Wingdings" w:char="F08C"/></w:r></w:p></w:tc>`)), "GRID 1x2\n  [0 甲] [1 \uf08c]\n"},
		{"hidden by style", `<w:p><w:r><w:rPr><w:rStyle w:val="gone"/></w:rPr><w:t>12</w:t></w:r><w:r><w:rPr><w:rStyle w:val="gone"/><w:vanish w:val="0"/></w:rPr><w:t>13</w:t></w:r></w:p><w:p><w:pPr><w:pStyle w:val="gone"/></w:pPr><w:r><w:t>14</w:t></w:r></w:p>`, "13\n"},
		{"a deleted cell", table(tr(tc("", "甲"), tc(`<w:cellDel w:id="4"/>`, "12"), tc("", "13"))), "GRID 1x2\n  [0 甲] [1 13]\n"},
		{"content controls", `<w:sdt><w:sdtContent>` + p("一") + table(`<w:sdt><w:sdtContent>`+tr(`<w:sdt><w:sdtContent>`+tc("", "甲")+`</w:sdtContent></w:sdt>`, tc("", "11"))+`</w:sdtContent></w:sdt>`) + `</w:sdtContent></w:sdt>`, "一\nGRID 1x2\n  [0 甲] [1 11]\n"},
		{"tabs as cells", `<w:p><w:r><w:t>规章</w:t><w:tab/><w:t>11</w:t><w:tab/><w:t>12</w:t></w:r></w:p><w:p><w:r><w:t>文件</w:t><w:tab/><w:t>21</w:t><w:tab/><w:t>22</w:t></w:r></w:p>`, "GRID 2x3\n  [0 规章] [1 11] [2 12]\n  [0 文件] [1 21] [2 22]\n"},
		{"pictures", `<w:p><w:r><w:drawing><a:blip r:embed="rId1"/></w:drawing></w:r></w:p>` + table(tr(tc("", "甲"), `<w:tc><w:p><w:r><w:pict><v:imagedata r:id="rId2"/></w:pict></w:r></w:p></w:tc>`)), "IMG word/media/1.png\nGRID 1x2\n  [0 甲] [1 http://x/2.png]\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			rels := `<Relationships><Relationship Id="rId1" Target="media/1.png"/><Relationship Id="rId2" TargetMode="External" Target="http://x/2.png"/></Relationships>`
			styles := `<w:styles ` + wordNS + `><w:style w:styleId="seen"><w:rPr><w:vanish w:val="0"/></w:rPr></w:style><w:style w:styleId="gone"><w:rPr><w:vanish/></w:rPr></w:style></w:styles>`
			doc, err := Read(context.Background(), wordDoc(t, c.body, "word/_rels/document.xml.rels", rels, "word/styles.xml", styles), Options{})
			if err != nil || len(doc.Problems) > 0 {
				t.Fatal(err, doc.Problems)
			}
			if got := show(doc); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

func TestDocumentsInside(t *testing.T) {
	doc, err := Read(context.Background(), wordDoc(t, p("一、总体情况")+`<w:altChunk r:id="rId9"/>`), Options{})
	if err != nil || len(doc.Problems) != 1 || doc.Problems[0].Kind != extract.Truncated {
		t.Fatal(err, doc.Problems)
	}
}

func TestNumbering(t *testing.T) {
	list := func(level int, text string) string {
		return fmt.Sprintf(`<w:p><w:pPr><w:numPr><w:ilvl w:val="%d"/><w:numId w:val="7"/></w:numPr></w:pPr><w:r><w:t>%s</w:t></w:r></w:p>`, level, text)
	}
	numbers := `<w:numbering ` + wordNS + `><w:abstractNum w:abstractNumId="3"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl></w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="3"/></w:num></w:numbering>`
	doc, err := Read(context.Background(), wordDoc(t, list(0, "总体情况")+list(1, "属于国家秘密")+list(1, "5")+list(0, "主动公开")+list(1, "其他")+list(9, "无"), "word/numbering.xml", numbers), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := show(doc), "一、总体情况\n1.属于国家秘密\n2. 5\n二、主动公开\n1.其他\n无\n"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// What a cell shows beside its text, or in place of it, makes it no blank and no plain number.
func TestCellsThatShowMore(t *testing.T) {
	const numbers = `<w:numbering ` + wordNS + `><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="12"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1"/></w:lvl></w:abstractNum>` +
		`<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl></w:abstractNum><w:abstractNum w:abstractNumId="3"><w:lvl w:ilvl="0"><w:numFmt w:val="none"/><w:lvlText w:val="48"/></w:lvl></w:abstractNum>` +
		`<w:abstractNum w:abstractNumId="4"><w:lvl w:ilvl="0"><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1"/></w:lvl></w:abstractNum>` +
		`<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num><w:num w:numId="3"><w:abstractNumId w:val="3"/></w:num><w:num w:numId="4"><w:abstractNumId w:val="4"/></w:num></w:numbering>`
	const styles = `<w:styles ` + wordNS + `><w:style w:styleId="a"><w:rPr><w:strike/></w:rPr><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style><w:style w:styleId="b"><w:basedOn w:val="a"/></w:style>` +
		`<w:style w:styleId="c"><w:basedOn w:val="b"/><w:rPr><w:strike w:val="0"/></w:rPr><w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr></w:style><w:style w:styleId="v"><w:rPr><w:vanish/></w:rPr></w:style><w:style w:styleId="w"><w:basedOn w:val="v"/></w:style></w:styles>`
	run := func(properties, text string) string {
		return `<w:r><w:rPr>` + properties + `</w:rPr><w:t>` + text + `</w:t></w:r>`
	}
	numbered := func(id, text string) string {
		return `<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="` + id + `"/></w:numPr></w:pPr>` + run("", text) + `</w:p>`
	}
	prompt := func(inside string) string {
		return `<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>` + inside + `</w:sdtContent></w:sdt>`
	}
	deleted := `<w:del w:id="1"><w:r><w:delText>12</w:delText></w:r></w:del>`
	for _, c := range []struct{ name, cell, want string }{
		{"an automatic number", numbered("1", ""), "12?"},
		{"an automatic number before another", numbered("1", "5"), "12 5"},
		{"a bullet", numbered("2", ""), ""},
		{"a bullet before a number", numbered("2", "5"), "5"},
		{"a number as a mark", numbered("3", ""), "\ufffc?"},
		{"a number as a mark before another", numbered("3", "5"), "\ufffc 5"},
		{"an automatic number in Roman", numbered("4", ""), "\ufffc?"},
		{"a label after one in Roman", numbered("4", "其他"), "其他"},
		{"an automatic number by style", `<w:p><w:pPr><w:pStyle w:val="b"/></w:pPr></w:p>`, "12?"},
		{"a style without", `<w:p><w:pPr><w:pStyle w:val="c"/></w:pPr>` + run("", "7") + `</w:p>`, "7"},
		{"struck", `<w:p>` + run(`<w:strike/>`, "12") + `</w:p>`, "12?"},
		{"struck by style", `<w:p><w:pPr><w:pStyle w:val="b"/><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr>` + run("", "12") + `</w:p>`, "12?"},
		{"struck by style, and not", `<w:p><w:pPr><w:pStyle w:val="b"/><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr>` + run(`<w:strike w:val="0"/>`, "12") + `</w:p>`, "12"},
		{"struck beside another", `<w:p>` + run(`<w:dstrike/>`, "12") + run("", "15") + `</w:p>`, "12/15?"},
		{"deleted by a tracked change", `<w:p>` + deleted + `</w:p>`, "\ufffc"},
		{"deleted and replaced", `<w:p>` + deleted + `<w:ins w:id="2">` + run("", "15") + `</w:ins></w:p>`, "15"},
		{"deleted words", `<w:p><w:del w:id="1"><w:r><w:delText>无</w:delText></w:r></w:del></w:p>`, ""},
		{"the prompt of a control", `<w:p>` + prompt(run("", "0")) + `</w:p>`, "\ufffd"},
		{"the prompt of a control around a paragraph", prompt(p("填写数字，如12")), "\ufffd"},
		{"a control with a value", `<w:p><w:sdt><w:sdtPr><w:showingPlcHdr w:val="0"/></w:sdtPr><w:sdtContent>` + run("", "12") + `</w:sdtContent></w:sdt></w:p>`, "12"},
		{"a gloss above nothing", `<w:p><w:r><w:ruby><w:rt><w:r><w:t>12</w:t></w:r></w:rt><w:rubyBase><w:r><w:t></w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>`, "\ufffd"},
		{"a shape", `<w:p><w:r><w:drawing><a:wsp/></w:drawing></w:r></w:p>`, "\ufffc"},
		{"a gloss", `<w:p><w:r><w:ruby><w:rt><w:r><w:t>十二</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>12</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>`, "12"},
		{"letters of a point", `<w:p>` + run("", "1") + run(`<w:sz w:val="2"/>`, "2") + `</w:p>`, "1\ufffd"},
		{"white", `<w:p>` + run(`<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="auto"/>`, "2") + `</w:p>`, "\ufffd"},
		{"white on blue", `<w:p>` + run(`<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="0000FF"/>`, "2") + `</w:p>`, "2"},
		{"hidden by the style of a style", `<w:p>` + run("", "1") + run(`<w:rStyle w:val="w"/>`, "2") + `</w:p>`, "1"},
	} {
		body := table(tr(tc("", "甲"), `<w:tc>`+c.cell+`</w:tc>`), tr(tc("", "乙"), tc("", "21")))
		doc, err := Read(context.Background(), wordDoc(t, body, "word/styles.xml", styles, "word/numbering.xml", numbers), Options{})
		if err != nil || len(doc.Problems) > 0 {
			t.Fatal(err, doc.Problems)
		}
		cell := doc.Blocks[0].Grid.At(0, 1)
		got := strings.ReplaceAll(cell.Text, "\n", "/")
		if cell.Doubt != "" {
			got += "?"
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestPlacesAndTitle(t *testing.T) {
	doc, err := Read(context.Background(), wordDoc(t, p("一")+table(tr(tc("", "甲"), tc("", "11")))+table(tr(tc("", "乙"), tc("", "21"))), "docProps/core.xml", `<cp:coreProperties xmlns:cp="a" xmlns:dc="b"><dc:title> 年报 </dc:title></cp:coreProperties>`), Options{})
	if err != nil || doc.Title != "年报" || doc.Reader != "docx" {
		t.Fatal(err, doc.Title, doc.Reader)
	}
	if got := doc.Blocks[2].Grid.Cells[1].Place.Locator(); got != "word/document.xml/body/tbl[2]/tr[1]/tc[2]" {
		t.Error(got)
	}
}

// What is wrong with a file is a problem of that document, found soon and in bounded memory.
func TestHostile(t *testing.T) {
	good := wordDoc(t, p("一、总体情况")+table(tr(tc("", "甲"), tc("", "11"))))
	for _, c := range []struct {
		name, kind string
		body       []byte
		limit      int64
	}{
		{"no ZIP", extract.UnreadableDocument, []byte("PK\x03\x04 nothing"), 4 << 20},
		{"cut in the middle", extract.UnreadableDocument, good[:len(good)/2], 4 << 20},
		{"no document", extract.UnreadableDocument, packOf(t, "_rels/.rels", "<Relationships/>"), 4 << 20},
		{"empty body", extract.UnreadableDocument, wordDoc(t, ""), 4 << 20},
		{"not XML", extract.UnreadableDocument, packOf(t, "word/document.xml", "\x00\x01\x02"), 4 << 20},
		{"XML that ends early", extract.Truncated, packOf(t, "word/document.xml", `<w:document `+wordNS+`><w:body>`+p("一")+`<w:p><w:r>`), 4 << 20},
		{"entities of its own", extract.UnreadableDocument, packOf(t, "word/document.xml", `<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><w:document `+wordNS+`><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>`), 4 << 20},
		{"deep nesting", extract.Truncated, wordDoc(t, p("一")+strings.Repeat("<w:sdt>", 100_000)), 4 << 20},
		{"deep tables", extract.Truncated, wordDoc(t, p("一")+strings.Repeat("<w:tbl><w:tr><w:tc>", 10_000)), 4 << 20},
		{"a bomb", extract.Truncated, wordDoc(t, p("一")+`<w:p><w:r><w:t>`+strings.Repeat(" ", 5<<20)+`</w:t></w:r></w:p>`), 4 << 20},
		{"a bomb in one paragraph", extract.Truncated, wordDoc(t, p("一")+p(strings.Repeat("0", 30<<20))), 64 << 20},
	} {
		t.Run(c.name, func(t *testing.T) {
			start := time.Now()
			doc, err := Read(context.Background(), c.body, Options{MaxPart: c.limit})
			if err != nil {
				t.Fatal(err)
			}
			if time.Since(start) > 5*time.Minute {
				t.Error("took too long")
			}
			if len(doc.Problems) == 0 || doc.Problems[0].Kind != c.kind || (doc.Reader == "") != (c.kind == extract.UnreadableDocument) {
				t.Errorf("reader %q, problems %v", doc.Reader, doc.Problems)
			}
		})
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(`<w:document><w:body>` + p("一") + table(tr(tc(restart, "甲"), tc(span2(2), "11")), tr(tc(goesOn), tc("", "21"), tc("", "22"))) + `</w:body></w:document>`))
	f.Add([]byte(`<w:document><w:body><w:tbl><w:tr><w:trPr><w:gridBefore w:val="9"/></w:trPr><w:tc/><w:tc><w:tcPr><w:gridSpan w:val="-1"/></w:tcPr><w:tbl/></w:tc></w:tr></w:tbl></w:body></w:document>`))
	f.Fuzz(func(t *testing.T, document []byte) {
		doc, err := Read(context.Background(), packOf(t, "word/document.xml", string(document)), Options{MaxPart: 1 << 20})
		if err != nil {
			t.Fatal(err)
		}
		for _, b := range doc.Blocks {
			if b.Grid == nil {
				continue
			}
			g, covered := b.Grid, map[[2]int]bool{}
			for _, c := range g.Cells {
				if c.RowSpan < 1 || c.ColSpan < 1 || c.Row+c.RowSpan > g.Rows || c.Col+c.ColSpan > g.Cols {
					t.Fatalf("cell %+v in a grid of %d x %d", c, g.Rows, g.Cols)
				}
				for r := range c.RowSpan {
					for k := range c.ColSpan {
						at := [2]int{c.Row + r, c.Col + k}
						if covered[at] {
							t.Fatalf("two cells cover %v", at)
						}
						covered[at] = true
					}
				}
			}
		}
	})
}
