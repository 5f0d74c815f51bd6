package main

import (
	"context"
	"encoding/base64"
	"net/http"
	"strings"

	"github.com/PuerkitoBio/goquery"
	pagetree "github.com/gongkai-data/gongkai/extract/html/tree"
	"github.com/gongkai-data/gongkai/extract/read"
)

// shownPicture marks a picture that show has put into a page.
const shownPicture = "data-gongkai-picture"

// show has the picture that a cell of a page was recognised in stand in the page itself: the frame's policy lets
// nothing be fetched. All other pictures of the page stay out.
func (d original) show(ctx context.Context, doc *goquery.Document, cell *goquery.Selection) {
	img := cell
	if !img.Is("img") {
		img = cell.Find("img").First()
	}
	if img.Length() == 0 {
		return
	}
	source := pagetree.PictureSource(img.Nodes[0])
	picture := read.DataPicture(source)
	if picture == nil && d.again.Picture != nil && source != "" {
		picture = d.again.Picture(ctx, pagetree.Whole(doc.Nodes[0], d.again.Address)(source))
	}
	kind := http.DetectContentType(picture)
	if picture == nil || !strings.HasPrefix(kind, "image/") {
		return
	}
	img.SetAttr("src", "data:"+kind+";base64,"+base64.StdEncoding.EncodeToString(picture)).SetAttr(shownPicture, "")
}
