package read

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/base64"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/pdf"
)

// tablePicture is a picture of the table of section four.
func tablePicture(t *testing.T) []byte {
	t.Helper()
	body, err := os.ReadFile(filepath.Join("testdata", "scans", "form-3.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	page, err := pdf.Picture(context.Background(), body, 3, 200, pdf.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := png.Encode(&out, page.SubImage(image.Rect(100, 990, 1560, 1350))); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// wordOf is a Word document with a heading and a picture.
func wordOf(t *testing.T, picture []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, part := range [][2]string{
		{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`},
		{"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`},
		{"word/_rels/document.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="p1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="media/image1.png"/></Relationships>`},
		{"word/document.xml", `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body>` +
			`<w:p><w:r><w:t>四、政府信息公开行政复议、行政诉讼情况</w:t></w:r></w:p><w:p><w:r><w:drawing><a:blip r:embed="p1"/></w:drawing></w:r></w:p></w:body></w:document>`},
		{"word/media/image1.png", string(picture)},
	} {
		w, err := z.Create(part[0])
		if err == nil {
			_, err = w.Write([]byte(part[1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestPicturesOfTables: a picture that stands in place of a table in a page or a Word document is read as a scan, and
// the places of its cells name it. Without the models it is told.
func TestPicturesOfTables(t *testing.T) {
	const head = `<!DOCTYPE html><meta charset="utf-8"><h1>霏安区2020年政府信息公开工作年度报告</h1><p>四、政府信息公开行政复议、行政诉讼情况</p>`
	picture := tablePicture(t)
	inline := `<img src="data:image/png;base64,` + base64.StdEncoding.EncodeToString(picture) + `">`
	kinds := []struct {
		name, locator string
		body          []byte
	}{
		{"a page that holds it", "img", []byte(head + "<p>" + inline + "</p>")},
		{"a page that holds it in a cell", "td", []byte(head + "<table><tr><td>" + inline + "</td></tr></table>")},
		{"a page that names it", "img", []byte(head + `<p><img src="../img/t.png"></p>`)},
		{"a Word document", "word/document.xml", wordOf(t, picture)},
	}
	t.Run("without models", func(t *testing.T) {
		for _, k := range kinds {
			r, err := Report(context.Background(), k.name, k.body, Options{})
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range r.Facts {
				if f.State != extract.InImage {
					t.Errorf("%s: %s is %s", k.name, f.Indicator, f.State)
				}
			}
		}
	})
	withOCR(t)
	beside := func(_ context.Context, address string) []byte {
		if address != "http://a.invalid/img/t.png" {
			t.Errorf("asked for %s", address)
		}
		return picture
	}
	for _, k := range kinds {
		r, err := Report(context.Background(), k.name, k.body, Options{Address: "http://a.invalid/r/1.html", Picture: beside})
		if err != nil {
			t.Fatal(err)
		}
		if named := k.name == "a page that names it"; named != (len(r.Companions) == 1 && len(r.Companions[0].SHA256) == 64) {
			t.Errorf("%s: companions %v", k.name, r.Companions)
		}
		read := 0
		for _, f := range r.Facts {
			if f.ReadBy != extract.ReadByOCR || f.State == extract.Blank || !strings.Contains(f.Locator, k.locator) || f.Page != nil {
				t.Errorf("%s: %s is %s, read by %s at %s", k.name, f.Indicator, f.State, f.ReadBy, f.Locator)
			}
			if f.Value != nil {
				read++
			}
			if f.Indicator == "review.upheld" && (f.Value == nil || *f.Value != 122) {
				t.Errorf("%s: %s is %q, not 122", k.name, f.Indicator, f.Raw)
			}
		}
		if read < 14 {
			t.Errorf("%s: %d of 15 cells read, %+v", k.name, read, r.Problems)
		}
	}
}
