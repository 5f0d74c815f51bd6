package ofd

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gongkai-data/gongkai/extract"
)

// container makes an OFD of one page of 210 by 297 mm from the content of its page and more files (name, text, ...).
func ofdOf(t testing.TB, content string, more ...string) []byte {
	t.Helper()
	files := append([]string{
		"OFD.xml", `<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016"><ofd:DocBody><ofd:DocInfo><ofd:Title>题</ofd:Title></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>`,
		"Doc_0/Document.xml", `<Document><CommonData><PageArea><PhysicalBox>0 0 210 297</PhysicalBox></PageArea><PublicRes>Res.xml</PublicRes><TemplatePage ID="9" BaseLoc="Tpls/T.xml"/></CommonData>` +
			`<Pages><Page ID="1" BaseLoc="Pages/P.xml"/></Pages><Annotations>Annots.xml</Annotations></Document>`,
		"Doc_0/Res.xml", `<Res><DrawParams><DrawParam ID="5" LineWidth="0.2"><StrokeColor Value="0 0 0"/></DrawParam><DrawParam ID="6" Relative="5"><FillColor Value="255 255 255"/></DrawParam></DrawParams>` +
			`<CompositeGraphicUnits><CompositeGraphicUnit ID="7"><Content><TextObject Boundary="0 0 50 10" Size="4"><TextCode X="0" Y="5" DeltaX="4">组合</TextCode></TextObject></Content></CompositeGraphicUnit></CompositeGraphicUnits></Res>`,
		"Doc_0/Tpls/T.xml", `<Page><Content><Layer><TextObject Boundary="10 280 50 10" Size="3"><TextCode X="0" Y="5" DeltaX="g 2 3">模板页</TextCode></TextObject></Layer></Content></Page>`,
		"Doc_0/Annots.xml", `<Annotations><Page PageID="1"><FileLoc>Annot_1.xml</FileLoc></Page></Annotations>`,
		"Doc_0/Annot_1.xml", `<PageAnnot><Annot Visible="false"><Appearance Boundary="10 10 50 10"><TextObject Size="4"><TextCode X="0" Y="5">藏</TextCode></TextObject></Appearance></Annot>` +
			`<Annot><Appearance Boundary="10 20 50 10"><TextObject Size="4"><TextCode X="0" Y="5" DeltaX="4">注释</TextCode></TextObject></Appearance></Annot></PageAnnot>`,
		"Doc_0/Pages/P.xml", `<Page><Template TemplateID="9"/><Content><Layer DrawParam="5">` + content + `</Layer></Content></Page>`,
	}, more...)
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		if i+2 < len(files) && slices.Contains(files[i+2:], files[i]) {
			continue // a later file of the same name takes its place
		}
		w, err := z.Create(files[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(files[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// text sets characters of 4 mm at a place in mm.
func text(x, y float64, s string) string {
	return fmt.Sprintf(`<TextObject Boundary="0 0 210 297" Size="4"><TextCode X="%g" Y="%g" DeltaX="g 40 4">%s</TextCode></TextObject>`, x, y, s)
}

// box draws a rectangle in mm.
func box(x, y, w, h float64) string {
	return fmt.Sprintf(`<PathObject Boundary="%g %g %g %g"><AbbreviatedData>M 0 0 L %g 0 L %g %g L 0 %g C</AbbreviatedData></PathObject>`, x, y, w, h, w, w, h, h)
}

// table draws cells of 30 by 8 mm with their texts from the top left corner x, y.
func table(x, y float64, rows ...[]string) string {
	var b strings.Builder
	for r, row := range rows {
		for c, s := range row {
			left, top := x+30*float64(c), y+8*float64(r)
			b.WriteString(box(left, top, 30, 8) + text(left+1, top+6, s))
		}
	}
	return b.String()
}

func readTest(t testing.TB, body []byte) *extract.Document {
	t.Helper()
	d, err := Read(context.Background(), body)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// shown is every text of a document in order; the cells of a table as row,col=text.
func shown(d *extract.Document) string {
	var out []string
	for _, b := range d.Blocks {
		switch {
		case b.Grid != nil:
			for _, c := range b.Grid.Cells {
				out = append(out, fmt.Sprintf("%d,%d=%s", c.Row, c.Col, c.Text))
			}
		case b.Kind == extract.Paragraph:
			out = append(out, b.Text)
		}
	}
	return strings.Join(out, " ")
}

func TestPage(t *testing.T) {
	grid := table(20, 60, []string{"规章", "12"}, []string{"文件", "305"})
	cells := "0,0=规章 0,1=12 1,0=文件 1,1=305"
	for _, c := range []struct{ name, content, want string }{
		{"table", grid, "注释 " + cells + " 模板页"},
		{"scaled and moved", `<TextObject Boundary="20 100 100 20" CTM="2 0 0 2 0 0" Size="2"><TextCode X="0" Y="5" DeltaX="2 1 1 1 2">收12件</TextCode></TextObject>`, "注释 收12件 模板页"},
		{"downwards", `<TextObject Boundary="20 100 100 80" Size="4"><TextCode X="0" Y="5" DeltaY="4 4">竖排字</TextCode></TextObject>`, "注释 竖 排 字 模板页"},
		{"two runs of one object", `<TextObject Boundary="20 100 100 20" Size="4"><TextCode X="0" Y="5" DeltaX="4">共收</TextCode><TextCode X="8" Y="5" DeltaX="2">12</TextCode></TextObject>`, "注释 共收12 模板页"},
		{"a drawing used more than once", `<CompositeObject ResourceID="7" Boundary="20 100 50 10"/>`, "注释 组合 模板页"},
		{"not visible", `<TextObject Visible="false" Boundary="20 100 50 10" Size="4"><TextCode X="0" Y="5">9</TextCode></TextObject>`, "注释 模板页"},
		{"nested blocks", `<PageBlock><PageBlock>` + text(20, 100, "内") + `</PageBlock></PageBlock>`, "注释 内 模板页"},
		{"entities", text(20, 100, "&lt;1&gt;"), "注释 <1> 模板页"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := readTest(t, ofdOf(t, c.content))
			if got := strings.Join(strings.Fields(shown(d)), " "); got != c.want || d.Reader != "ofd" || d.Title != "题" {
				t.Errorf("%q (reader %s, title %s), want %q; problems %v", got, d.Reader, d.Title, c.want, d.Problems)
			}
		})
	}
	d := readTest(t, ofdOf(t, grid))
	for _, b := range d.Blocks {
		if b.Grid != nil {
			if at := b.Grid.Cells[3].Place.Box; at[0] < 140 || at[0] > 143 || at[3] < 648 || at[3] > 650 { // 50 mm from the left, 68 mm from the top
				t.Errorf("the cell of 305 stands at %v", at)
			}
		}
	}
}

// A number that is drawn as outlines must not leave its cell blank.
func TestOutlines(t *testing.T) {
	digit := `<PathObject Boundary="55 62 3 4" Fill="true" Stroke="false"><AbbreviatedData>M 0 0 L 2 0 L 1 4 C</AbbreviatedData></PathObject>`
	d := readTest(t, ofdOf(t, table(20, 60, []string{"规章", ""}, []string{"文件", "305"})+digit))
	if got := shown(d); !strings.Contains(got, "0,1=\uFFFD") {
		t.Errorf("read %q, problems %v", got, d.Problems)
	}
	background := `<PathObject Boundary="50 60 30 8" Fill="true" Stroke="false"><AbbreviatedData>M 0 0 L 30 0 L 30 8 L 0 8 C</AbbreviatedData></PathObject>`
	d = readTest(t, ofdOf(t, background+table(20, 60, []string{"规章", ""}, []string{"文件", "305"})))
	if got := shown(d); strings.Contains(got, "\uFFFD") {
		t.Errorf("a background was taken for text: %q", got)
	}
	d = readTest(t, ofdOf(t, strings.Repeat(digit, 500), "Doc_0/Annots.xml", "<Annotations/>", "Doc_0/Tpls/T.xml", "<Page/>"))
	if d.Reader != "" || len(d.Problems) != 1 || d.Problems[0].Code != "ofd.outlines" {
		t.Errorf("reader %q, problems %v", d.Reader, d.Problems)
	}
}

func TestDeltas(t *testing.T) {
	for in, want := range map[string][]float64{"": nil, "1 2.5": {1, 2.5}, "g 3 4": {4, 4, 4}, "1 g 2 3 4": {1, 3, 3, 4}, "g 2": {0, 2}, "x": {0}, "g -1 5 2": {2}} {
		if got := deltas(in); !slices.Equal(got, want) {
			t.Errorf("deltas(%q) = %v, want %v", in, got, want)
		}
	}
	if n := len(deltas("g 2000000000 1")); n != maxDeltas {
		t.Errorf("%d deltas", n)
	}
}

// What is wrong with a file is told, soon and in bounded memory.
func TestHostile(t *testing.T) {
	good := ofdOf(t, text(20, 100, "好"))
	nested := strings.Repeat("<PageBlock>", 90) + strings.Repeat("</PageBlock>", 90)
	loop := `<Res><CompositeGraphicUnits><CompositeGraphicUnit ID="7"><Content>` + strings.Repeat(`<CompositeObject ResourceID="7"/>`, 10) + `</Content></CompositeGraphicUnit></CompositeGraphicUnits></Res>`
	for _, c := range []struct {
		name string
		body []byte
		code string
	}{
		{"no ZIP", []byte("PK\x03\x04 nothing"), "ofd.container"},
		{"cut", good[:len(good)/2], "ofd.container"},
		{"no document", ofdOf(t, "", "OFD.xml", "<OFD/>"), "ofd.container"},
		{"a page that is missing", ofdOf(t, "", "Doc_0/Document.xml", `<Document><CommonData/><Pages><Page BaseLoc="gone.xml"/></Pages></Document>`), "ofd.pages"},
		{"encrypted", ofdOf(t, "", "Encryptions.xml", "<x/>"), "ofd.container"},
		{"a bomb", ofdOf(t, text(0, 0, strings.Repeat(" ", 40<<20))), "ofd.pages"},
		{"a text cut in pieces by comments", ofdOf(t, text(0, 0, strings.Repeat("a<!---->", 2_000_000))), "ofd.pages"},
		{"too deep", ofdOf(t, strings.Repeat("<PageBlock>", 500)+strings.Repeat("</PageBlock>", 500)), "ofd.pages"},
		{"blocks nested in blocks", ofdOf(t, nested), "ofd.pages"},
		{"a drawing of itself", ofdOf(t, `<CompositeObject ResourceID="7"/>`, "Doc_0/Res.xml", loop), "ofd.pages"},
		{"a huge page", ofdOf(t, "", "Doc_0/Document.xml", `<Document><CommonData><PageArea><PhysicalBox>0 0 1e9 1e9</PhysicalBox></PageArea></CommonData><Pages><Page BaseLoc="Pages/P.xml"/></Pages></Document>`), "ofd.pages"},
		{"no text", ofdOf(t, "", "Doc_0/Annots.xml", "<Annotations/>", "Doc_0/Tpls/T.xml", "<Page/>"), "ofd.empty"},
	} {
		t.Run(c.name, func(t *testing.T) {
			start := time.Now()
			d := readTest(t, c.body)
			if d.Reader != "" || len(d.Problems) != 1 || d.Problems[0].Kind != extract.UnreadableDocument || d.Problems[0].Code != c.code {
				t.Errorf("reader %q, problems %v", d.Reader, d.Problems)
			}
			if took := time.Since(start); took > 5*time.Minute {
				t.Errorf("took %v", took)
			}
		})
	}
	d := readTest(t, ofdOf(t, text(20, 100, "好"), "Doc_0/Annots.xml", "<Annotations>"))
	if d.Reader != "ofd" || len(d.Problems) != 1 || d.Problems[0].Kind != extract.Truncated {
		t.Errorf("damaged annotations: reader %q, problems %v", d.Reader, d.Problems)
	}
}

func TestPicture(t *testing.T) {
	body := ofdOf(t, table(20, 60, []string{"规章", "12"}, []string{"&lt;文件", "305"}))
	p, err := Page(context.Background(), body, 1)
	if err == nil {
		svg := p.Picture("cell", [4]float64{141, 648, 226, 671})
		for _, want := range []string{`id="cell"`, ">3</text>", "<path d=\"M", "&lt;"} {
			if !strings.Contains(svg, want) {
				t.Errorf("the picture lacks %s", want)
			}
		}
	}
	over, coverErr := Page(context.Background(), ofdOf(t, table(20, 60, []string{"规章", "12"})+whiteBox+text(51, 66, "7")), 1)
	if coverErr != nil {
		t.Fatal(coverErr)
	}
	if svg := over.Picture("cell"); strings.Contains(svg, ">2</text>") || !strings.Contains(svg, ">7</text>") {
		t.Error("the picture shows a number that was painted over, or lacks the one that is seen")
	}
	if _, missing := Page(context.Background(), body, 2); err != nil || missing == nil {
		t.Errorf("page 1: %v, page 2: %v", err, missing)
	}
}

func FuzzRead(f *testing.F) {
	body, err := os.ReadFile("../read/testdata/formats/sikou-2020.clean.ofd")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(body)
	f.Add(ofdOf(f, table(20, 60, []string{"规章", "12"})))
	f.Fuzz(func(t *testing.T, body []byte) {
		if d := readTest(t, body); d.Reader == "" && len(d.Problems) == 0 {
			t.Fatal("nothing was read and nothing told")
		}
	})
}

// FuzzContent changes what stands on a page; the container stays whole.
func FuzzContent(f *testing.F) {
	f.Add(table(20, 60, []string{"规章", "12"}))
	f.Add(`<PathObject><AbbreviatedData>M 0 0 B 1 2 3 4 5 6 A 1 1 0 0 1 9 9 C L</AbbreviatedData></PathObject><ImageObject CTM="1 0 0 1 0 0"/>`)
	f.Fuzz(func(t *testing.T, content string) {
		if d := readTest(t, ofdOf(t, content)); d.Reader == "" && len(d.Problems) == 0 {
			t.Fatal("nothing was read and nothing told")
		}
	})
}
