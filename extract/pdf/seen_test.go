package pdf

import (
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/extract"
)

// under is a page on which the first number of the small table, 11, stands in a layer, in a form or plainly, with the
// pieces that a test gives.
type under struct {
	before, after string // content before and after the table
	page          string // further entries of the page
	catalog       string
	objects       []string // further objects, from number 8 on; the resources name 8 as /Y, and /L as the layer 9
}

func (u under) pdf() []byte {
	mask := stream("/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8", []byte{255})
	page := "/MediaBox[" + a4 + "]"
	if strings.Contains(u.page, "/MediaBox") {
		page = ""
	}
	return assemble(append([]string{
		"<</Type/Catalog/Pages 2 0 R" + u.catalog + ">>",
		"<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R" + page + "/Contents 4 0 R" + u.page + "/Resources<</Font<</F 5 0 R>>/XObject<</W 6 0 R/Y 8 0 R>>/ExtGState<</M 7 0 R>>/Properties<</L 9 0 R>>>>>>",
		stream("", []byte(u.before+" "+ruled+u.after)),
		"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
		mask,
		"<</Type/ExtGState/BM/Multiply>>",
	}, u.objects...), "")
}

// TestWhatIsSeen: a number that something was painted over is not there, the one painted on it is; one that is clipped
// away, outside of the page, without ink or in a layer that is off is not there either.
func TestWhatIsSeen(t *testing.T) {
	const box, new = "q 1 1 1 rg 105 682 90 16 re f Q ", "BT /F 10 Tf 0 g 141 686 Td (18) Tj ET "
	form := func(content string) string {
		return stream("/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</Font<</F 5 0 R>>>>", []byte(content))
	}
	empty := form("")
	layer := "<</Type/OCG/Name(old)>>"
	off := "/OCProperties<</OCGs[9 0 R]/D<</OFF[9 0 R]>>>>"
	for name, c := range map[string]struct {
		under
		want  string // the first row
		doubt bool   // the first cell is in doubt
		told  bool
	}{
		"as it is":                {under{}, "11|12", false, false},
		"white box":               {under{after: box + new}, "18|12", false, true}, // the first digits are one over the other
		"white box, nothing else": {under{after: box}, "12", false, true},
		"grey box":                {under{after: "q .9 g 105 682 90 16 re f Q " + new}, "18|12", false, true},
		"black box":               {under{after: "q 0 g 105 682 90 16 re f Q "}, "12", true, true},
		"polygon":                 {under{after: "q 1 g 105 682 m 195 682 l 195 698 l 105 698 l h f Q " + new}, "18|12", false, true},
		"ellipse":                 {under{after: "q 1 g 105 690 m 105 705 195 705 195 690 c 195 675 105 675 105 690 c f Q " + new}, "18|12", false, true},
		"box before the text":     {under{before: "q 1 1 1 rg 105 682 90 16 re f Q "}, "11|12", false, false},
		"marker":                  {under{after: "q /M gs 1 1 0 rg 105 682 90 16 re f Q "}, "11|12", false, false},
		"white picture":           {under{after: "q 90 0 0 16 105 682 cm /W Do Q " + new}, "18|12", false, true},
		"box in a form":           {under{after: "/Y Do ", objects: []string{form(box + new)}}, "18|12", false, true},
		"annotation": {under{page: "/Annots[10 0 R]", objects: []string{empty, layer, "<</Type/Annot/Subtype/Square/F 4/Rect[105 682 195 698]/AP<</N 11 0 R>>>>",
			stream("/Type/XObject/Subtype/Form/BBox[0 0 90 16]/Resources<</Font<</F 5 0 R>>>>", []byte("1 g 0 0 90 16 re f 0 g BT /F 10 Tf 36 4 Td (18) Tj ET"))}}, "18|12", false, true},
		"hidden annotation": {under{page: "/Annots[10 0 R]", objects: []string{empty, layer, "<</Type/Annot/Subtype/Square/F 2/Rect[105 682 195 698]/AP<</N 11 0 R>>>>",
			stream("/Type/XObject/Subtype/Form/BBox[0 0 90 16]/Resources<</Font<</F 5 0 R>>>>", []byte("1 g 0 0 90 16 re f"))}}, "11|12", false, false},
		"clipped away":     {under{after: "q 0 0 50 50 re W n BT /F 10 Tf 152 686 Td (7) Tj ET Q "}, "11|12", false, false},
		"clipped to it":    {under{after: "q 100 660 100 40 re W n BT /F 10 Tf 152 686 Td (7) Tj ET Q "}, "117|12", false, false},
		"no ink":           {under{after: "BT 3 Tr /F 10 Tf 152 686 Td (7) Tj ET "}, "11|12", false, false},
		"white on white":   {under{after: "BT 1 g /F 10 Tf 152 686 Td (7) Tj ET "}, "11|12", false, false},
		"layer off":        {under{after: "/OC /L BDC BT /F 10 Tf 152 686 Td (7) Tj ET EMC ", catalog: off, objects: []string{empty, layer}}, "11|12", false, false},
		"layer on":         {under{after: "/OC /L BDC BT /F 10 Tf 152 686 Td (7) Tj ET EMC ", catalog: "/OCProperties<</OCGs[9 0 R]/D<<>>>>", objects: []string{empty, layer}}, "117|12", false, false},
		"form, layer off":  {under{after: "/Y Do ", catalog: off, objects: []string{strings.Replace(form(new), "/Subtype/Form", "/Subtype/Form/OC 9 0 R", 1), layer}}, "11|12", false, false},
		"outside the crop": {under{page: "/MediaBox[0 0 595 842]/CropBox[90 500 500 800]", after: "BT /F 10 Tf 20 686 Td (7) Tj ET "}, "11|12", false, false},
		"user unit":        {under{page: "/MediaBox[0 0 595 842]/UserUnit 2", after: box + new}, "18|12", false, true},
		"turned page":      {under{page: "/MediaBox[0 0 842 595]/Rotate 90", before: "0 1 -1 0 842 0 cm", after: box + new}, "18|12", false, true},
		"turned crop":      {under{page: "/MediaBox[0 0 842 595]/CropBox[50 20 800 590]/Rotate 90", before: "0 1 -1 0 842 0 cm", after: box + new}, "18|12", false, true},
		"upside down":      {under{page: "/MediaBox[0 0 595 842]/Rotate 180", before: "-1 0 0 -1 595 842 cm", after: box + new}, "18|12", false, true},
		"turned back":      {under{page: "/MediaBox[0 0 842 595]/Rotate 270", before: "0 -1 1 0 0 595 cm", after: box + new}, "18|12", false, true},
	} {
		t.Run(name, func(t *testing.T) {
			d, err := Read(t.Context(), name, c.pdf(), Options{})
			if err != nil {
				t.Fatal(err)
			}
			g := grids(d)
			if len(g) != 1 {
				t.Fatalf("%d grids, problems %+v", len(g), d.Problems)
			}
			if got := rows(g[0])[0]; got != c.want {
				t.Errorf("reads %q, want %q; %s %+v", got, c.want, d.Meta[verdict], d.Problems)
			}
			if (g[0].Cells[0].Doubt != "") != c.doubt {
				t.Errorf("doubt %q", g[0].Cells[0].Doubt)
			}
			told := false
			for _, p := range d.Problems {
				told = told || p.Code == "pdf_painted_over" && p.TableNo == 1 && p.RowNo == 1 && p.ColumnNo == 1
				if p.Kind == extract.ReadersDisagree {
					t.Errorf("the readers disagree: %+v", p)
				}
			}
			if told != c.told {
				t.Errorf("told %v: %+v", told, d.Problems)
			}
		})
	}
}
