package pdf

import (
	"context"
	"image/color"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/extract"
)

func TestRead(t *testing.T) {
	body := onePage(a4, stream("", []byte(ruled)))
	for name, c := range map[string]struct {
		opt  Options
		said string
	}{
		"both": {Options{}, "agrees on all 4 cells"},
		"one":  {Options{OneReader: true}, "off"},
	} {
		d, err := Read(context.Background(), name, body, c.opt)
		if err != nil {
			t.Fatal(err)
		}
		g := grids(d)
		if len(g) != 1 || !slices.Equal(rows(g[0]), []string{"11|12", "13|14"}) {
			t.Fatalf("%s: grids %+v, problems %+v", name, g, d.Problems)
		}
		if d.Reader != "pdfium" || d.MediaType != "application/pdf" || d.Meta[verdict] != c.said || len(d.Problems) > 0 {
			t.Errorf("%s: %q %q %q %+v", name, d.Reader, d.MediaType, d.Meta[verdict], d.Problems)
		}
		if got := g[0].Cells[3].Place.Locator(); !strings.HasPrefix(got, "1:200.0,660.0,") {
			t.Errorf("%s: the last cell stands at %s", name, got)
		}
	}
}

func TestRotatedPage(t *testing.T) {
	// The content is turned so that the page displays upright.
	turned := onePage("0 0 842 595]/Rotate 90/Unused[0", stream("", []byte("0 1 -1 0 842 0 cm "+ruled)))
	d, err := Read(context.Background(), "rotated", turned, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if g := grids(d); len(g) != 1 || !slices.Equal(rows(g[0]), []string{"11|12", "13|14"}) || !strings.HasPrefix(d.Meta[verdict], "agrees on all") {
		t.Errorf("%+v %q %+v", g, d.Meta[verdict], d.Problems)
	}
}

func TestEncrypted(t *testing.T) {
	body, err := os.ReadFile("testdata/encrypted.pdf") // user password 1234, see testdata/README.md
	if err != nil {
		t.Fatal(err)
	}
	d, err := Read(context.Background(), "encrypted.pdf", body, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(d.Problems) != 1 || !strings.Contains(d.Problems[0].Detail, "password") {
		t.Errorf("%+v", d.Problems)
	}
	if d, err = Read(context.Background(), "encrypted.pdf", body, Options{Password: "1234"}); err != nil {
		t.Fatal(err)
	}
	if g := grids(d); len(g) != 1 || !slices.Equal(rows(g[0]), []string{"11|12", "13|14"}) {
		t.Errorf("with the password: %+v %+v", g, d.Problems)
	}
}

func TestScanned(t *testing.T) {
	image := stream("/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8", []byte{200})
	body := assemble([]string{
		"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[" + a4 + "]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>",
		stream("", []byte("595 0 0 842 0 0 cm /I Do")), image,
	}, "")
	d, err := Read(context.Background(), "scan", body, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(d.Blocks) != 1 || d.Blocks[0].Kind != extract.Image || len(d.Problems) != 1 || !strings.Contains(d.Problems[0].Detail, "scanned") {
		t.Errorf("%+v %+v", d.Blocks, d.Problems)
	}
}

func TestRender(t *testing.T) {
	body := onePage(a4, stream("", []byte(ruled)))
	picture, err := Render(context.Background(), body, 1, 72, [4]float64{200, 660, 300, 680})
	if err != nil {
		t.Fatal(err)
	}
	if b := picture.Bounds(); b.Dx() != 595 || b.Dy() != 842 {
		t.Errorf("the picture is %v", b)
	}
	if got := color.RGBAModel.Convert(picture.At(250, 842-681)).(color.RGBA); got.R < 200 || got.G > 50 {
		t.Errorf("no red frame above the cell: %v", got)
	}
	for _, page := range []int{0, 2} {
		if _, err := Render(context.Background(), body, page, 72); err == nil {
			t.Errorf("page %d was drawn", page)
		}
	}
}

func document(cells ...string) *extract.Document {
	g := &extract.Grid{Rows: 1, Cols: len(cells)}
	for i, text := range cells {
		x := float64(100 * i)
		g.Cells = append(g.Cells, extract.Cell{Col: i, RowSpan: 1, ColSpan: 1, Text: text, Place: extract.Place{Page: 1, Box: [4]float64{x, 0, x + 100, 20}}})
	}
	return &extract.Document{Blocks: []extract.Block{{Kind: extract.Table, Grid: g}}}
}

func TestSettle(t *testing.T) {
	damaged := strings.Repeat("\uFFFD", 20)
	for name, c := range map[string]struct {
		main, other *extract.Document
		text        string // of the first cell
		problems    int
		said        string
	}{
		"agree":               {document("12", "规章"), document("12", "规 章"), "12", 0, "agrees on all 2 cells"},
		"differ":              {document("12", "规章"), document("13", "规章"), "12", 1, "differs in 1 of 2 cells"},
		"blank against one":   {document("", "规章"), document("5", "规章"), "5", 1, "differs in 1 of 2 cells"},
		"characters left out": {document("101", "规章"), document("1019", "规章"), "1019", 1, "differs in 1 of 2 cells"},
		"half of the text":    {document("12"), document("12", "规章规章"), "12", 1, "used"},
		"half, undecodable":   {document("12"), document("12", damaged), "12", 1, "abstains: it cannot decode the text that PDFium does not find"},
		"cannot say":          {document("12", "规章规章规章"), document("\uFFFD", "规章规章规章"), "12", 0, "agrees on 1 of 2 cells, abstains on the rest"},
		"blind":               {document(damaged), document("12 规章"), "12 规章", 1, "used"},
		"blind in a cell":     {document("\uFFFD", strings.Repeat("规章", 40)), document("7", strings.Repeat("规章", 40)), "7", 1, "differs in 1 of 2 cells"},
		"both blind":          {document(damaged), document(damaged), damaged, 1, "abstains: it cannot decode 100% of the text"},
		"no second":           {document("12"), nil, "12", 0, "off"},
		"second dead":         {document("12"), unreadable("pdf_unreadable", "crashed"), "12", 0, "abstains: crashed"},
		"broken number":       {document("15\n8"), document("158"), "158", 0, "agrees on all 1 cells"},
		"two numbers":         {document("15\n8"), document("15\n8"), "15\n8", 0, "agrees on all 1 cells"},
	} {
		d := settle(c.main, c.other)
		if got := d.Blocks[0].Grid.Cells[0].Text; got != c.text || len(d.Problems) != c.problems || d.Meta[verdict] != c.said {
			t.Errorf("%s: %q, %q, %+v", name, got, d.Meta[verdict], d.Problems)
		}
		if doubt := d.Blocks[0].Grid.Cells[0].Doubt != ""; doubt != strings.HasPrefix(c.said, "differs") {
			t.Errorf("%s: the number's cell is in doubt: %v", name, doubt)
		}
	}
}

// TestReplacementText: the characters of a span with a replacement text (ActualText) keep their places, so that equal
// digits are no double print.
func TestReplacementText(t *testing.T) {
	content := strings.Replace(ruled, "(11) Tj", "/Span <</ActualText (11)>> BDC (11) Tj EMC", 1)
	d, err := Read(t.Context(), "span.pdf", onePage(a4, stream("", []byte(content))), Options{OneReader: true})
	if err != nil {
		t.Fatal(err)
	}
	if got := rows(grids(d)[0]); !strings.Contains(strings.Join(got, "/"), "11") {
		t.Errorf("%q", got)
	}
}

// TestFontNotInTheFile: a composite font that is not embedded and has a predefined CMap. PDFium shows none of its text,
// the second reader decodes it.
func TestFontNotInTheFile(t *testing.T) {
	for encoding, text := range map[string]string{"UniGB-UCS2-H": "89C47AE0002000310032", "GBK-EUC-H": "B9E6D5C2203132"} {
		body := assemble([]string{
			"<</Type/Catalog/Pages 2 0 R>>",
			"<</Type/Pages/Kids[3 0 R]/Count 1>>",
			"<</Type/Page/Parent 2 0 R/MediaBox[" + a4 + "]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
			stream("", []byte("BT /F 12 Tf 100 700 Td <"+text+"> Tj ET")),
			"<</Type/Font/Subtype/Type0/BaseFont/SimSun/Encoding/" + encoding + "/DescendantFonts[<</Type/Font/Subtype/CIDFontType2/BaseFont/SimSun" +
				"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/W[1[500]]/DW 1000>>]>>",
		}, "")
		o, err := readWith(t.Context(), fallbackRole, body, Options{Timeout: defaultTimeout})
		if err != nil || len(o.Blocks) != 1 || strings.ReplaceAll(o.Blocks[0].Text, " ", "") != "规章12" {
			t.Errorf("%s: %+v %v", encoding, o, err)
		}
	}
}

// TestRoundSeal: the control points of a circle's curves are no rules, which would part the cells that it lies over.
func TestRoundSeal(t *testing.T) {
	const circle = "1 0 0 RG 3 w 250 680 m 250 707 227 730 200 730 c 173 730 150 707 150 680 c 150 653 173 630 200 630 c 227 630 250 653 250 680 c s "
	for _, content := range []string{ruled, ruled + circle} {
		d, err := Read(t.Context(), "seal.pdf", onePage(a4, stream("", []byte(content))), Options{})
		if err != nil {
			t.Fatal(err)
		}
		if g := grids(d); len(g) != 1 || g[0].Rows != 2 || g[0].Cols != 2 || len(d.Problems) > 0 {
			t.Errorf("%q %v", rows(g[0]), d.Problems)
		}
	}
}

// TestFormFields: the values of a form's fields stand over the page; a viewer shows them, so a cell with one is not
// blank.
func TestFormFields(t *testing.T) {
	body := assemble([]string{
		"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[6 0 R 8 0 R]>>>>",
		"<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[" + a4 + "]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>/Annots[6 0 R 8 0 R]>>",
		stream("", []byte(strings.Replace(ruled, "(11) Tj", "( ) Tj", 1))),
		"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
		"<</Type/Annot/Subtype/Widget/FT/Tx/T(a)/V(57)/F 4/Rect[130 682 190 698]/AP<</N 7 0 R>>>>",
		stream("/Type/XObject/Subtype/Form/BBox[0 0 60 16]/Resources<</Font<</F 5 0 R>>>>", []byte("BT /F 10 Tf 10 4 Td (57) Tj ET")),
		"<</Type/Annot/Subtype/Widget/FT/Tx/T(b)/V(9)/F 4/Rect[10 10 20 20]>>",
	}, "")
	d, err := Read(t.Context(), "form.pdf", body, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got := rows(grids(d)[0])[0]; got != "57|12" {
		t.Errorf("%q", got)
	}
	if len(d.Problems) != 1 || d.Problems[0].Kind != extract.Truncated {
		t.Errorf("a field without an appearance: %+v", d.Problems)
	}
}
