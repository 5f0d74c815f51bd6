package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"html"
	"image/png"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/PuerkitoBio/goquery"
	"github.com/gongkai-data/gongkai/cmd/gongkai/pipeline"
	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/datasets/web"
	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/charset"
	"github.com/gongkai-data/gongkai/extract/ofd"
	"github.com/gongkai-data/gongkai/extract/pdf"
	"github.com/gongkai-data/gongkai/extract/read"
	"github.com/gongkai-data/gongkai/store"
	lru "github.com/hashicorp/golang-lru/v2"
)

// evidence shows the archived document behind a number: it composes the archive with the readers for package web.
type evidence struct {
	archive  *store.Archive
	readings store.Objects                       // the converted copies among them are looked at
	bodies   *lru.Cache[string, []byte]          // a reader looks at several numbers of one report
	reports  *lru.Cache[string, *extract.Report] // so does the writer of a site
}

func newEvidence(ctx context.Context, location string) (*evidence, error) {
	archive, err := store.Open(ctx, location, store.Options{ReadOnly: true, Software: software()})
	if err != nil {
		return nil, err
	}
	readings, err := store.OpenObjects(ctx, location, "readings")
	if err != nil {
		return nil, errors.Join(err, archive.Close())
	}
	e := &evidence{archive: archive, readings: readings}
	var errBodies, errReports error
	e.bodies, errBodies = lru.New[string, []byte](4)
	e.reports, errReports = lru.New[string, *extract.Report](8)
	return e, errors.Join(errBodies, errReports)
}

// Close closes the archive and ends the readers' processes. It does nothing where there is no archive.
func (e *evidence) Close() error {
	if e == nil {
		return nil
	}
	read.Close()
	return errors.Join(e.readings.Close(), e.archive.Close())
}

// captureOf is the capture that a report was read from.
func captureOf(r schema.Report) schema.Capture {
	return schema.Capture{URL: r.URL, FinalURL: r.FinalURL, SHA256: &r.SHA256, MediaType: r.MediaType, Charset: r.Charset, WarcFile: r.WarcFile, WarcOffset: r.WarcOffset, FetchedAt: r.FetchedAt}
}

// again are the options of reading the document of a report once more.
func (e *evidence) again(r schema.Report) read.Options {
	return pipeline.Again(e.archive, e.readings, captureOf(r))
}

// Original opens the document at the place in the archive that its report names.
func (e *evidence) Original(ctx context.Context, r schema.Report) (io.ReadCloser, error) {
	return pipeline.Body(ctx, e.archive, captureOf(r))
}

// maxKept is the size in bytes of the largest document that is kept in memory.
const maxKept = 4 << 20

// bytes reads the document whole.
func (e *evidence) bytes(ctx context.Context, r schema.Report) ([]byte, error) {
	if b, ok := e.bodies.Get(r.ReportID); ok {
		return b, nil
	}
	body, err := e.Original(ctx, r)
	if err != nil {
		return nil, err
	}
	defer body.Close()
	b, err := io.ReadAll(io.LimitReader(body, read.DefaultMaxBytes+1))
	if err != nil {
		return nil, fmt.Errorf("reading the archived document of %s: %w", r.ReportID, err)
	}
	if len(b) <= maxKept {
		e.bodies.Add(r.ReportID, b)
	}
	return b, nil
}

// report reads the document again; a few are kept.
func (e *evidence) report(ctx context.Context, r schema.Report) (*extract.Report, error) {
	if report, kept := e.reports.Get(r.ReportID); kept {
		return report, nil
	}
	body, err := e.bytes(ctx, r)
	if err != nil {
		return nil, err
	}
	report, err := read.Report(ctx, r.URL, body, e.again(r))
	if err != nil {
		return nil, fmt.Errorf("reading %s again: %w", r.ReportID, err)
	}
	e.reports.Add(r.ReportID, report)
	return report, nil
}

// Labels returns the labels of the cell.
func (e *evidence) Labels(ctx context.Context, r schema.Report, f schema.Fact) ([]string, error) {
	report, err := e.report(ctx, r)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(report.Facts, func(x extract.Fact) bool {
		return x.Indicator == f.Indicator && sameText(x.Applicant, f.Applicant) && x.Locator == f.Locator && x.RowNo == int(f.RowNo) && x.ColumnNo == int(f.ColumnNo)
	})
	if i < 0 {
		return nil, nil
	}
	return report.Facts[i].LabelPath, nil
}

// Characters counts those of the report's text.
func (e *evidence) Characters(ctx context.Context, r schema.Report) (int, error) {
	report, err := e.report(ctx, r)
	if err != nil {
		return 0, err
	}
	return utf8.RuneCountInString(report.Text), nil
}

func sameText(a, b *string) bool { return a == b || a != nil && b != nil && *a == *b }

// original is an archived document that is to be shown.
type original struct {
	name        string // its address
	contentType string // with the charset, where both are known
	body        []byte
	again       read.Options // of reading it once more
}

// viewer shows the documents of one kind: with one cell marked, or as the inner part of a page on which every cell is
// an anchor.
type viewer struct {
	one   func(ctx context.Context, d original, f *schema.Fact) (web.View, error)
	whole func(ctx context.Context, d original, facts []schema.Fact) (string, error)
}

// Documents that no browser shows are shown as they were read.
var (
	pageViewer   = viewer{showHTML, wholeHTML}
	asReadViewer = viewer{showDocument, wholeDocument}
	imageViewer  = viewer{showPicture, wholePicture}
)

// viewers are the kinds by media type.
var viewers = map[string]viewer{
	"application/pdf":          {showPDF, wholePDF},
	"application/ofd":          {showOFD, wholeOFD},
	"text/html":                pageViewer,
	"application/xhtml+xml":    pageViewer,
	"text/plain":               {showText, wholeText},
	"image/png":                imageViewer,
	"image/jpeg":               imageViewer,
	"image/gif":                imageViewer,
	"image/tiff":               imageViewer,
	"image/bmp":                imageViewer,
	"image/webp":               imageViewer,
	"application/msword":       asReadViewer,
	"application/rtf":          asReadViewer,
	"application/vnd.ms-excel": asReadViewer,
	"application/vnd.oasis.opendocument.text":                                 asReadViewer,
	"application/vnd.oasis.opendocument.spreadsheet":                          asReadViewer,
	"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet":       asReadViewer,
	"application/vnd.openxmlformats-officedocument.wordprocessingml.document": asReadViewer,
}

// viewing reads the document of a report and finds its viewer.
func (e *evidence) viewing(ctx context.Context, r schema.Report) (viewer, original, error) {
	body, err := e.bytes(ctx, r)
	if err != nil {
		return viewer{}, original{}, err
	}
	media := ""
	if r.MediaType != nil {
		media = *r.MediaType
	}
	v, ok := viewers[media]
	if !ok {
		return viewer{}, original{}, fmt.Errorf("%w: %s", web.ErrNoEvidence, media)
	}
	return v, original{r.URL, contentType(r), body, e.again(r)}, nil
}

// Show draws the page of a PDF, or makes a page of HTML, of a text or of a Word document that holds nothing live, with
// the cell marked.
func (e *evidence) Show(ctx context.Context, r schema.Report, f *schema.Fact) (web.View, error) {
	v, d, err := e.viewing(ctx, r)
	if err != nil {
		return web.View{}, err
	}
	return v.one(ctx, d, f)
}

func contentType(r schema.Report) string {
	if r.MediaType == nil || r.Charset == nil {
		return ""
	}
	return *r.MediaType + "; charset=" + *r.Charset
}

// pageOf is the page that a fact stands on, the first where there is none, and the box of its cell in points.
func pageOf(f *schema.Fact) (page int, mark [][4]float64, err error) {
	if f == nil || f.Page == nil {
		return 1, nil, nil
	}
	page, box, err := boxOf(f.Locator)
	if err != nil {
		return 0, nil, err
	}
	return page, append(mark, box), nil
}

// boxOf is the page and the box, in points, of a locator of a drawn document.
func boxOf(locator string) (page int, box [4]float64, err error) {
	if _, err := fmt.Sscanf(locator, "%d:%f,%f,%f,%f", &page, &box[0], &box[1], &box[2], &box[3]); err != nil {
		return 0, box, fmt.Errorf("reading the place %q: %w", locator, err)
	}
	return page, box, nil
}

// showOFD draws the page of an OFD document from its glyphs and rules.
func showOFD(ctx context.Context, d original, f *schema.Fact) (web.View, error) {
	n, mark, err := pageOf(f)
	if err != nil {
		return web.View{}, err
	}
	page, err := ofd.Page(ctx, d.body, n)
	if err != nil {
		return web.View{}, fmt.Errorf("drawing page %d: %w", n, err)
	}
	return framed(page.Picture("gongkai-cell", mark...)), nil
}

func showPDF(ctx context.Context, d original, f *schema.Fact) (web.View, error) {
	page, mark, err := pageOf(f)
	if err != nil {
		return web.View{}, err
	}
	picture, err := pdf.Render(ctx, d.body, page, 110, mark...)
	if err != nil {
		return web.View{}, fmt.Errorf("drawing page %d: %w", page, err)
	}
	var b bytes.Buffer
	if err := png.Encode(&b, picture); err != nil {
		return web.View{}, fmt.Errorf("drawing page %d: %w", page, err)
	}
	return web.View{MediaType: "image/png", Body: b.Bytes()}, nil
}

const markStyle = "outline:4px solid #c2410c;outline-offset:-2px;background:#fff3b0;color:#000"

// live are the elements that could act or fetch. The frame's policy forbids both already; without them there is nothing
// to forbid.
const live = "script,style,link,meta,base,iframe,frame,object,embed,applet,noscript,input,button,select,textarea,video,audio,source,svg,math,template"

// parsed parses an archived page.
func (d original) parsed() (*goquery.Document, error) {
	text, _ := charset.Decode(d.body, d.contentType)
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(text))
	if err != nil {
		return nil, fmt.Errorf("reading the archived page: %w", err)
	}
	doc.Find("[" + shownPicture + "]").RemoveAttr(shownPicture)
	return doc, nil
}

func showHTML(ctx context.Context, d original, f *schema.Fact) (web.View, error) {
	doc, err := d.parsed()
	if err != nil {
		return web.View{}, err
	}
	if f != nil && f.Locator != "" {
		// the place is found before anything is taken out, for it counts elements
		cell := doc.Find(f.Locator).First()
		if cell.Length() == 0 {
			return web.View{}, errors.Join(web.ErrNoEvidence, fmt.Errorf("the archived page has no element %q", f.Locator))
		}
		d.show(ctx, doc, cell)
		cell.SetAttr("id", "gongkai-cell")
		cell.SetAttr("style", markStyle)
		cell.SetAttr("data-gongkai", "cell")
	}
	inner, err := harmless(doc)
	if err != nil {
		return web.View{}, err
	}
	return framed(inner), nil
}

// harmless prints a page without what could act or fetch; elements that mark cells keep their names.
func harmless(doc *goquery.Document) (string, error) {
	doc.Find("form").Each(func(_ int, s *goquery.Selection) { s.ReplaceWithSelection(s.Contents()) }) // some sites set the whole article in one
	doc.Find("input:not([type=hidden]),textarea").Each(func(_ int, s *goquery.Selection) {
		s.ReplaceWithHtml(html.EscapeString(s.AttrOr("value", s.Text()))) // a number may stand in a field
	})
	doc.Find(live).Remove()
	doc.Find("*").Each(func(_ int, s *goquery.Selection) {
		_, marked := s.Attr("data-gongkai")
		_, picture := s.Attr(shownPicture)
		for _, a := range slices.Clone(s.Nodes[0].Attr) {
			switch key := strings.ToLower(a.Key); {
			case picture && key == "src":
			case marked && (key == "style" || key == "id"), key == "colspan", key == "rowspan", key == "lang", key == "dir", key == "align", key == "valign":
			default:
				s.RemoveAttr(a.Key)
			}
		}
	})
	inner, err := doc.Find("body").Html()
	if err != nil {
		return "", fmt.Errorf("printing the archived page: %w", err)
	}
	return inner, nil
}

// framed is a page for the text of a document, in plain dress.
func framed(inner string) web.View {
	page := `<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>存档副本 archived copy</title><style>body{font:15px/1.6 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;margin:1rem;color:#22262b;background:#fff}table{border-collapse:collapse}td,th{border:1px solid #aab2ba;padding:.2rem .5rem}pre{white-space:pre-wrap}#gongkai-cell,:target{scroll-margin:7rem}.page{position:relative;width:max-content;max-width:100%}.page img{display:block;max-width:100%}.page i{position:absolute}mark,:target{` +
		markStyle + `}.page i:target{background:none}</style></head><body>` + inner + `</body></html>`
	return web.View{MediaType: "text/html; charset=utf-8", Body: []byte(page)}
}

func showText(_ context.Context, d original, f *schema.Fact) (web.View, error) {
	text, _ := charset.Decode(d.body, d.contentType)
	from, to := 0, 0
	if f != nil {
		if _, err := fmt.Sscanf(f.Locator, "line:%d-%d", &from, &to); err != nil {
			return web.View{}, errors.Join(web.ErrNoEvidence, fmt.Errorf("reading the place %q: %w", f.Locator, err))
		}
	}
	var b strings.Builder
	b.WriteString("<pre>")
	line := 0
	for l := range strings.Lines(string(text)) {
		line++
		if line == from {
			b.WriteString(`<mark id="gongkai-cell">`)
		}
		b.WriteString(html.EscapeString(l))
		if line == to && from > 0 {
			b.WriteString("</mark>")
		}
	}
	b.WriteString("</pre>")
	return framed(b.String()), nil
}
