package main

import (
	"context"
	"encoding/base64"
	"fmt"
	"html"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/datasets/web"
	"github.com/gongkai-data/gongkai/extract/scan"
)

// over is the style of what lies over the picture of a page where a box is, in shares of the page, whose size is in
// points as the box is, from its bottom left.
func over(box [4]float64, width, height float64) string {
	return fmt.Sprintf("left:%.2f%%;top:%.2f%%;width:%.2f%%;height:%.2f%%", 100*box[0]/width, 100*(height-box[3])/height, 100*(box[2]-box[0])/width, 100*(box[3]-box[1])/height)
}

// anchorsOver writes the anchors of the cells that stand on page n over its picture.
func anchorsOver(facts []schema.Fact, n int, width, height float64) string {
	var b strings.Builder
	for i := range facts {
		page, box, err := pageOf(&facts[i])
		if err != nil || page != n || len(box) == 0 {
			continue
		}
		fmt.Fprintf(&b, `<i id="%s" style="%s"></i>`, html.EscapeString(web.CellAnchor(facts[i].Indicator, facts[i].Applicant)), over(box[0], width, height))
	}
	return b.String()
}

// showPicture shows a document that is a picture, with the cell marked on it.
func showPicture(_ context.Context, d original, f *schema.Fact) (web.View, error) {
	n, mark, err := pageOf(f)
	if err != nil {
		return web.View{}, err
	}
	p, err := scan.Show(d.body, n-1)
	if err != nil {
		return web.View{}, fmt.Errorf("showing picture %d: %w", n, err)
	}
	cell := ""
	if len(mark) > 0 {
		cell = `<mark id="gongkai-cell" style="position:absolute;background:none;` + over(mark[0], p.Width, p.Height) + `"></mark>`
	}
	return framed(onPicture(n, p, cell)), nil
}

// wholePicture shows the pictures that cells stand on.
func wholePicture(_ context.Context, d original, facts []schema.Fact) (string, error) {
	var b strings.Builder
	for _, n := range pagesOf(facts) {
		p, err := scan.Show(d.body, n-1)
		if err != nil {
			return "", fmt.Errorf("showing picture %d: %w", n, err)
		}
		b.WriteString(onPicture(n, p, anchorsOver(facts, n, p.Width, p.Height)) + "\n")
	}
	return b.String(), nil
}

// onPicture is a picture with what lies over it.
func onPicture(n int, p scan.Shown, inner string) string {
	return fmt.Sprintf(`<div class="page"><img alt="%d" src="data:%s;base64,%s">%s</div>`, n, html.EscapeString(p.MediaType), base64.StdEncoding.EncodeToString(p.Body), inner)
}
