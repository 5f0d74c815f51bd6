package ofd

import (
	"bytes"
	"image"
	colours "image/color"
	"image/jpeg"
	"image/png"
	"math"
	"os"
	"slices"
	"strings"
	"testing"
)

// plainPage has no template and no annotations.
func plainPage(t *testing.T, content string, more ...string) string {
	t.Helper()
	d := readTest(t, ofdOf(t, content, append([]string{"Doc_0/Annots.xml", "<Annotations/>", "Doc_0/Tpls/T.xml", "<Page/>"}, more...)...))
	return strings.Join(strings.Fields(shown(d)), " ")
}

const whiteBox = `<PathObject Boundary="50.5 60.5 29 7" Fill="true" Stroke="false"><FillColor Value="255 255 255"/><AbbreviatedData>M 0 0 L 29 0 L 29 7 L 0 7 C</AbbreviatedData></PathObject>`

// What was painted over is not read, and what was clipped away neither; what merely has clips is.
func TestSeen(t *testing.T) {
	old := table(20, 60, []string{"规章", "12"}, []string{"文件", "305"})
	clipped := func(boundary, clip, s string) string {
		return `<TextObject Boundary="` + boundary + `" Size="4"><Clips><Clip><Area><Path Boundary="` + clip + `"><AbbreviatedData>M 0 0 L 20 0 L 20 9 L 0 9 C</AbbreviatedData></Path></Area></Clip></Clips>` +
			`<TextCode X="0" Y="5" DeltaX="2">` + s + `</TextCode></TextObject>`
	}
	for _, c := range []struct{ name, content, want string }{
		{"a number painted over and set anew", old + whiteBox + text(51, 66, "7"), "0,0=规章 0,1=7 1,0=文件 1,1=305"},
		{"a background painted before", whiteBox + old, "0,0=规章 0,1=12 1,0=文件 1,1=305"},
		{"a cover of which only a part is painted", old + strings.Replace(whiteBox, "<FillColor", `<Clips><Clip><Area><Path Boundary="0 0 1 1"><AbbreviatedData>M 0 0 L 1 0 L 1 1 C</AbbreviatedData></Path></Area></Clip></Clips><FillColor`, 1), "0,0=规章 0,1=12 1,0=文件 1,1=305"},
		{"clipped away", clipped("20 100 60 9", "120 0 60 9", "99") + text(20, 120, "好"), "好"},
		{"within its clip", clipped("20 100 60 9", "0 0 60 9", "99"), "99"},
		{"a clip measured on the page", clipped("20 100 60 9", "20 100 60 9", "99"), "99"},
		{"one distance for all", `<TextObject Boundary="20 100 60 40" Size="4"><TextCode X="3" Y="5" DeltaX="12">一二三</TextCode></TextObject>`, "一 二 三"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := plainPage(t, c.content); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
	over := old + `<ImageObject Boundary="50.5 60.5 29 7" CTM="29 0 0 7 0 0" ResourceID="3"/>`
	res := `<Res BaseLoc="Res"><MultiMedias><MultiMedia ID="3" Type="Image"><MediaFile>image</MediaFile></MultiMedia></MultiMedias></Res>`
	for _, c := range []struct {
		name   string
		write  func(*bytes.Buffer) error
		hidden bool
	}{
		{"a JPEG", func(b *bytes.Buffer) error { return jpeg.Encode(b, image.NewGray(image.Rect(0, 0, 4, 4)), nil) }, true},
		{"an opaque PNG", func(b *bytes.Buffer) error { return png.Encode(b, image.NewGray(image.Rect(0, 0, 4, 4))) }, true},
		{"a PNG with transparency", func(b *bytes.Buffer) error { return png.Encode(b, image.NewNRGBA(image.Rect(0, 0, 4, 4))) }, false},
		{"a PNG with a transparent colour", func(b *bytes.Buffer) error {
			return png.Encode(b, image.NewPaletted(image.Rect(0, 0, 4, 4), colours.Palette{colours.Transparent, colours.Black}))
		}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			var b bytes.Buffer
			if err := c.write(&b); err != nil {
				t.Fatal(err)
			}
			if got := plainPage(t, over, "Doc_0/Res.xml", res, "Doc_0/Res/image", b.String()); strings.Contains(got, "0,1=12") == c.hidden {
				t.Errorf("read %q", got)
			}
		})
	}
}

// Each document of a container has IDs of its own.
func TestTwoDocuments(t *testing.T) {
	page := func(s string) string {
		return `<Page><Template TemplateID="9"/><Content><Layer>` + s + `</Layer></Content></Page>`
	}
	body := ofdOf(t, "",
		"OFD.xml", `<OFD><DocBody><DocRoot>Doc_0/Document.xml</DocRoot></DocBody><DocBody><DocRoot>Doc_1/Document.xml</DocRoot></DocBody></OFD>`,
		"Doc_0/Annots.xml", "<Annotations/>", "Doc_0/Pages/P.xml", page(text(20, 100, "甲")),
		"Doc_0/Tpls/T.xml", `<Page><PageRes>Own.xml</PageRes><Content><Layer><CompositeObject ResourceID="8" Boundary="20 200 50 10"/></Layer></Content></Page>`,
		"Doc_0/Tpls/Own.xml", `<Res><CompositeGraphicUnits><CompositeGraphicUnit ID="8"><Content>`+text(0, 5, "题。")+`</Content></CompositeGraphicUnit></CompositeGraphicUnits></Res>`,
		"Doc_1/Document.xml", `<Document><CommonData><PageArea><PhysicalBox>0 0 210 297</PhysicalBox></PageArea><TemplatePage ID="9" BaseLoc="T.xml"/></CommonData><Pages><Page ID="1" BaseLoc="P.xml"/></Pages></Document>`,
		"Doc_1/T.xml", `<Page><Content><Layer>`+text(20, 200, "二")+`</Layer></Content></Page>`, "Doc_1/P.xml", page(text(20, 100, "乙")))
	d := readTest(t, body)
	if got := shown(d); got != "甲 题。乙 二" || len(d.Problems) > 0 {
		t.Errorf("read %q, problems %v", got, d.Problems)
	}
	d = readTest(t, ofdOf(t, text(20, 100, "甲")+`<CompositeObject ResourceID="404" Boundary="0 0 9 9"/>`))
	if len(d.Problems) != 1 || d.Problems[0].Code != "ofd.unit" {
		t.Errorf("a drawing that is missing: problems %v", d.Problems)
	}
}

// A run without a place of its own begins where the one before it begins (11.3).
func TestRunsBelowEachOther(t *testing.T) {
	body := ofdOf(t, `<TextObject Boundary="20 100 60 40" Size="4"><TextCode X="3" Y="5" DeltaX="4">上行</TextCode><TextCode Y="20" DeltaX="4">下行</TextCode></TextObject>`)
	p, err := Page(t.Context(), body, 1)
	if err != nil {
		t.Fatal(err)
	}
	at := map[string]float64{}
	for _, g := range p.Glyphs {
		at[g.Text] = g.X
	}
	if at["上"] != at["下"] || at["上"] == 0 {
		t.Errorf("上 at %v, 下 at %v", at["上"], at["下"])
	}
}

// Where characters and glyphs are not one to one, the distances count glyphs.
func TestTransforms(t *testing.T) {
	transform := func(at, from, to string) *node {
		return &node{attrs: map[string]string{"CodePosition": at, "CodeCount": from, "GlyphCount": to}}
	}
	for _, c := range []struct {
		deltas     []float64
		transforms []*node
		want       []float64
	}{
		{[]float64{1, 2, 3}, nil, []float64{1, 2, 3}},
		{[]float64{1, 2, 3}, []*node{transform("0", "4", "4")}, []float64{1, 2, 3}},
		{[]float64{1, 2}, []*node{transform("1", "2", "1")}, []float64{1, 0, 2, 0}},
		{[]float64{1, 2, 3, 4}, []*node{transform("1", "1", "2")}, []float64{1, 5, 4, 0}},
		{[]float64{1, 2, 3}, []*node{transform("1", "2", "1")}, []float64{1, 2, 3}},
		{[]float64{1, 2}, []*node{transform("3", "2", "1")}, []float64{1, 2}},
	} {
		if got := perCharacter(c.deltas, c.transforms, 4); !slices.Equal(got, c.want) {
			t.Errorf("%v: %v, want %v", c.deltas, got, c.want)
		}
	}
}

// The files of testdata/ofdrw are written by ofdrw, as its generate.java says: a table under a transformation, two
// annotations, one of which paints over a cell, and running text.
func TestOfdrw(t *testing.T) {
	for name, want := range map[string]string{
		"canvas_ctm":  "0,0=规章 0,1=12 1,0=文件 1,1=305 0,0=再 0,1=7 1,0=又 1,1=80",
		"annotations": "0,0=规章 0,1=9 1,0=文件 1,1=305 水印仅供查阅",
		"flow":        "一、总体情况本年度主动公开信息1234条，同比增长5.5%。收到申请12件",
	} {
		body, err := os.ReadFile("testdata/ofdrw/" + name + ".ofd")
		if err != nil {
			t.Fatal(err)
		}
		d := readTest(t, body)
		told := len(d.Problems) == 1 && d.Problems[0].Code == "pdf_painted_over"
		if got := shown(d); got != want || told != (name == "annotations") || !told && len(d.Problems) > 0 {
			t.Errorf("%s: %q, want %q; problems %v", name, got, want, d.Problems)
		}
	}
}

// The middle of a half circle lies a radius away from its chord, on the side that its direction says.
func TestArc(t *testing.T) {
	for _, c := range []struct{ large, clockwise, x, y float64 }{{0, 1, 5, -5}, {0, 0, 5, 5}, {1, 1, 5, -5}} {
		points := arc(0, 0, []float64{5, 5, 0, c.large, c.clockwise, 10, 0})
		found := false
		for _, p := range points {
			found = found || math.Abs(p.X-c.x) < 1e-6 && math.Abs(p.Y-c.y) < 1e-6
		}
		if !found {
			t.Errorf("clockwise %v: %v", c.clockwise, points)
		}
	}
	for _, p := range arc(0, 0, []float64{5, 5, 0, 1, 1, 5, 5}) { // three quarters of a circle about 5, 0
		if r := math.Hypot(p.X-5, p.Y); math.Abs(r-5) > 1e-6 && math.Abs(math.Hypot(p.X, p.Y-5)-5) > 1e-6 {
			t.Errorf("%v lies %v from the centre", p, r)
		}
	}
}
