package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"html"
	"image"
	"image/color"
	"image/png"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/datasets/web"
	"github.com/gongkai-data/gongkai/extract/charset"
	"github.com/gongkai-data/gongkai/extract/ofd"
	"github.com/gongkai-data/gongkai/extract/pdf"
	nethtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// anchors are the names of the cells of a report by their place in its document: one page of a document shows them all,
// so that a link can lead to each.
type anchors map[string][]string

func anchorsOf(facts []schema.Fact) anchors {
	out := anchors{}
	for _, f := range facts {
		out[f.Locator] = append(out[f.Locator], web.CellAnchor(f.Indicator, f.Applicant))
	}
	return out
}

// take writes the elements that open the anchors of a place, and the ends that close them.
func (a anchors) take(locator string) (open, end string) {
	for _, name := range a[locator] {
		open += `<span class="cell" id="` + html.EscapeString(name) + `">`
		end += "</span>"
	}
	delete(a, locator)
	return open, end
}

// Whole makes a page of the whole document with every cell of the report as an anchor.
func (e *evidence) Whole(ctx context.Context, r schema.Report, facts []schema.Fact) (web.View, error) {
	v, d, err := e.viewing(ctx, r)
	if err != nil {
		return web.View{}, err
	}
	inner, err := v.whole(ctx, d, facts)
	if err != nil {
		return web.View{}, err
	}
	return framed(inner), nil
}

// wholeHTML names the elements that hold cells.
func wholeHTML(ctx context.Context, d original, facts []schema.Fact) (string, error) {
	doc, err := d.parsed()
	if err != nil {
		return "", err
	}
	found := map[*nethtml.Node][]string{} // all are found before any is changed, for places count elements
	for locator, names := range anchorsOf(facts) {
		n := elementAt(doc, locator)
		if n == nil {
			return "", errors.Join(web.ErrNoEvidence, fmt.Errorf("the archived page has no element %q", locator))
		}
		found[n] = append(found[n], names...)
	}
	doc.Find("[data-gongkai]").RemoveAttr("data-gongkai")
	for n := range found {
		d.show(ctx, doc, doc.FindNodes(n))
	}
	for n, names := range found {
		slices.Sort(names)
		n.Attr = append(slices.DeleteFunc(n.Attr, func(a nethtml.Attribute) bool { return a.Key == "id" || a.Key == "style" }), named(names[0])...)
		for _, name := range names[1:] {
			anchor := &nethtml.Node{Type: nethtml.ElementNode, Data: "span", Attr: named(name)}
			if n.DataAtom == atom.Img { // which holds nothing
				n.Parent.InsertBefore(anchor, n)
			} else {
				n.InsertBefore(anchor, n.FirstChild)
			}
		}
	}
	return harmless(doc)
}

// named are the attributes of an element that is an anchor.
func named(name string) []nethtml.Attribute {
	return []nethtml.Attribute{{Key: "id", Val: name}, {Key: "data-gongkai", Val: "cell"}}
}

// elementAt finds the element of a locator by its steps (html or #id, then NAME:nth-child(N)): a search over the page
// for each of two hundred cells would take seconds. A locator of another shape is searched.
func elementAt(doc *goquery.Document, locator string) *nethtml.Node {
	first, rest, _ := strings.Cut(locator, " > ")
	start := doc.Find(first).Nodes
	if len(start) == 0 {
		return nil
	}
	n := start[0]
	for rest != "" && n != nil {
		var step string
		step, rest, _ = strings.Cut(rest, " > ")
		_, number, ok := strings.Cut(strings.TrimSuffix(step, ")"), ":nth-child(")
		k, err := strconv.Atoi(number)
		if !ok || err != nil {
			if found := doc.Find(locator).Nodes; len(found) > 0 {
				return found[0]
			}
			return nil
		}
		for n = n.FirstChild; n != nil; n = n.NextSibling {
			if n.Type == nethtml.ElementNode {
				if k--; k == 0 {
					break
				}
			}
		}
	}
	return n
}

func wholeText(_ context.Context, d original, facts []schema.Fact) (string, error) {
	text, _ := charset.Decode(d.body, d.contentType)
	at := anchorsOf(facts)
	from := map[int][]string{} // locators by their first line
	for locator := range at {
		var first, last int
		if _, err := fmt.Sscanf(locator, "line:%d-%d", &first, &last); err == nil {
			from[first] = append(from[first], locator)
		}
	}
	var b strings.Builder
	b.WriteString("<pre>")
	line := 0
	for l := range strings.Lines(string(text)) {
		line++
		ends := ""
		slices.Sort(from[line])
		for _, locator := range from[line] {
			open, end := at.take(locator)
			b.WriteString(open)
			ends += end
		}
		b.WriteString(html.EscapeString(l) + ends)
	}
	b.WriteString("</pre>")
	return b.String(), nil
}

// pagesOf are the pages that cells stand on, ascending; the first where none is named.
func pagesOf(facts []schema.Fact) []int {
	pages := map[int]bool{}
	for _, f := range facts {
		if f.Page != nil {
			pages[int(*f.Page)] = true
		}
	}
	if len(pages) == 0 {
		return []int{1}
	}
	return slices.Sorted(maps.Keys(pages))
}

// wholeDPI is the resolution of the pages of a whole PDF: enough to read, a third of the bytes of the view of one cell.
const wholeDPI = 80

// wholePDF draws the pages that cells stand on, with the place of each cell over them.
func wholePDF(ctx context.Context, d original, facts []schema.Fact) (string, error) {
	var b strings.Builder
	for _, n := range pagesOf(facts) {
		picture, err := pdf.Render(ctx, d.body, n, wholeDPI)
		if err != nil {
			return "", fmt.Errorf("drawing page %d: %w", n, err)
		}
		var file bytes.Buffer
		if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&file, reduced(picture)); err != nil {
			return "", fmt.Errorf("drawing page %d: %w", n, err)
		}
		width, height := float64(picture.Bounds().Dx())*72/wholeDPI, float64(picture.Bounds().Dy())*72/wholeDPI
		fmt.Fprintf(&b, `<div class="page"><img alt="%d" src="data:image/png;base64,%s">`, n, base64.StdEncoding.EncodeToString(file.Bytes()))
		b.WriteString(anchorsOver(facts, n, width, height))
		b.WriteString("</div>\n")
	}
	return b.String(), nil
}

// reduced is a picture in sixteen steps a channel, where it then has so few colours that a palette holds them: a page
// of print takes a third of the bytes.
func reduced(picture image.Image) image.Image {
	b := picture.Bounds()
	out := image.NewPaletted(b, nil)
	known := map[color.RGBA]uint8{}
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			r, g, bl, _ := picture.At(x, y).RGBA()
			c := color.RGBA{step(r), step(g), step(bl), 255}
			k, ok := known[c]
			if !ok {
				if len(out.Palette) == 256 {
					return picture
				}
				k = uint8(len(out.Palette))
				known[c], out.Palette = k, append(out.Palette, c)
			}
			out.Pix[out.PixOffset(x, y)] = k
		}
	}
	return out
}

// step is the nearest of sixteen values of a channel, of 16 bits before, of 8 after.
func step(v uint32) uint8 { return uint8((v*15+0x7fff)/0xffff) * 0x11 }

// wholeOFD draws the pages that cells stand on; the names of the cells lead to their page.
func wholeOFD(ctx context.Context, d original, facts []schema.Fact) (string, error) {
	var b strings.Builder
	for _, n := range pagesOf(facts) {
		page, err := ofd.Page(ctx, d.body, n)
		if err != nil {
			return "", fmt.Errorf("drawing page %d: %w", n, err)
		}
		for i := range facts {
			if p, _, err := pageOf(&facts[i]); err == nil && p == n {
				fmt.Fprintf(&b, `<a id="%s"></a>`, html.EscapeString(web.CellAnchor(facts[i].Indicator, facts[i].Applicant)))
			}
		}
		b.WriteString(page.Picture("") + "\n")
	}
	return b.String(), nil
}
