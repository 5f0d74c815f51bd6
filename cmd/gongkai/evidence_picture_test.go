package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"image"
	"image/png"
	"os"
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/extract/pdf"
	"golang.org/x/image/tiff"
)

// A number that was recognised in a picture is marked on it, where it stands: boxes are from the bottom left.
func TestShowPicture(t *testing.T) {
	page := image.NewGray(image.Rect(0, 0, 827, 1169)) // A4 at 100 dots an inch: 595.4 by 841.7 points
	var asPNG, asTIFF bytes.Buffer
	if err := png.Encode(&asPNG, page); err != nil {
		t.Fatal(err)
	}
	if err := tiff.Encode(&asTIFF, page, nil); err != nil {
		t.Fatal(err)
	}
	one := int32(1)
	fact := schema.Fact{Indicator: "review.total", Locator: "1:59.5,757.5,119.1,799.6", Page: &one} // a tenth of the page from its top
	const place = "left:9.99%;top:5.00%;width:10.01%;height:5.00%"
	for name, body := range map[string][]byte{"PNG": asPNG.Bytes(), "TIFF": asTIFF.Bytes()} {
		v, err := showPicture(context.Background(), original{body: body}, &fact)
		if err != nil || !strings.Contains(string(v.Body), place) || !strings.Contains(string(v.Body), "data:image/png;base64,") || strings.Count(string(v.Body), "gongkai-cell\"") != 1 {
			t.Errorf("%s: %.600s %v", name, v.Body, err)
		}
		inner, err := wholePicture(context.Background(), original{body: body}, []schema.Fact{fact})
		if err != nil || !strings.Contains(inner, `style="`+place) {
			t.Errorf("%s: whole: %.300s %v", name, inner, err)
		}
	}
	if _, err := showPicture(context.Background(), original{body: asPNG.Bytes()[:20]}, &fact); err == nil {
		t.Error("a damaged picture is shown")
	}
}

// The anchors of cells stand over the cells of a drawn page: boxes are from the bottom left.
func TestWholePDFPlaces(t *testing.T) {
	body, err := os.ReadFile("../../extract/read/testdata/scans/form-1.pdf")
	if err != nil {
		t.Fatal(err)
	}
	picture, err := pdf.Render(context.Background(), body, 1, wholeDPI)
	if err != nil {
		t.Fatal(err)
	}
	height := float64(picture.Bounds().Dy()) * 72 / wholeDPI
	one := int32(1)
	inner, err := wholePDF(context.Background(), original{body: body}, []schema.Fact{{Indicator: "review.total", Locator: "1:50,700,100,720", Page: &one}})
	if err != nil {
		t.Fatal(err)
	}
	if want := over([4]float64{50, 700, 100, 720}, float64(picture.Bounds().Dx())*72/wholeDPI, height); !strings.Contains(inner, want) || !strings.Contains(want, "top:14.") {
		t.Errorf("not at %s", want)
	}
}

// The picture within a page that a number was recognised in is shown in its place, and no other.
func TestShowPictureInPage(t *testing.T) {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 8, 8))); err != nil {
		t.Fatal(err)
	}
	source := "data:image/png;base64," + base64.StdEncoding.EncodeToString(b.Bytes())
	page := `<table><tr><td><img src="` + source + `"></td><td><img src="other.png"></td></tr></table><img id="x" src="` + source + `">`
	for _, locator := range []string{"td:first-child", "td:first-child > img"} {
		v, err := showHTML(context.Background(), original{body: []byte(page)}, &schema.Fact{Locator: locator})
		if err != nil {
			t.Fatal(err)
		}
		if text := string(v.Body); strings.Count(text, source) != 1 || strings.Contains(text, "other.png") || strings.Count(text, `id="gongkai-cell"`) != 1 {
			t.Errorf("%s: %s", locator, text)
		}
	}
}
