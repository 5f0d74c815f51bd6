package geometry

import (
	"errors"
	"strconv"
	"strings"

	"github.com/gongkai-data/gongkai/extract"
)

// ErrTooLarge is returned by engines for a page beyond their limits.
var ErrTooLarge = errors.New("the page has more content than any report")

// MaxPages is how many pages are read of one document.
const MaxPages = 400

// FlattenedPages is the key of Document.Meta that lists the pages whose form fields and annotations are part of what
// was read.
const FlattenedPages = "pdf_flattened_pages"

// Layout reads page after page, keeps of each only its lines and tables, and composes the document.
func Layout(reader, title string, pages int, read func(n int) (*Page, error)) *extract.Document {
	d := &extract.Document{Reader: reader, Title: title}
	if pages > MaxPages {
		d.Problems = append(d.Problems, extract.Tell(extract.Truncated, "pdf_pages_cut", pages, MaxPages))
		pages = MaxPages
	}
	var sheets []*Sheet
	number := 0 // of the sheet at hand; a page that could not be read has one too
	var flattened []string
	for n := 1; n <= pages; n++ {
		p, err := read(n)
		if err != nil {
			number++
			kind := extract.UnreadableDocument
			if errors.Is(err, ErrTooLarge) {
				kind = extract.Truncated
			}
			d.Problems = append(d.Problems, onPage(n, extract.Tell(kind, "pdf_page_failed", err)))
			continue
		}
		if p.Flattened {
			flattened = append(flattened, strconv.Itoa(n))
		}
		if p.Unformed {
			d.Problems = append(d.Problems, onPage(n, extract.Tell(extract.Truncated, "pdf_forms_unshown")))
		}
		if p.Lost {
			d.Problems = append(d.Problems, onPage(n, extract.Tell(extract.DamagedText, "pdf_font_missing")))
		}
		recognised := false
		for _, half := range Halves(p) {
			number++
			half.Number = number
			sheet := ReadPage(half, false)
			sheet.Page = n
			recognised = recognised || sheet.Recognised
			sheets = append(sheets, sheet)
		}
		if recognised {
			d.Problems = append(d.Problems, onPage(n, extract.Tell(extract.AmbiguousReading, "pdf_recognised")))
		}
	}
	if len(flattened) > 0 {
		d.Meta = map[string]string{FlattenedPages: strings.Join(flattened, ",")}
	}
	d.Blocks = Compose(sheets)
	for _, s := range sheets {
		for _, l := range s.Straddle {
			d.Problems = append(d.Problems, inCell(d, l.Place(s.Page), l.Text, extract.Tell(extract.AmbiguousReading, "pdf_over_border", l.Text)))
		}
		for _, h := range s.Hidden {
			d.Problems = append(d.Problems, inCell(d, h.Place(s.Page), h.Text, extract.Tell(extract.AmbiguousReading, "pdf_painted_over", h.Text)))
		}
	}
	pictures, other := 0, 0
	for _, b := range d.Blocks {
		if b.Kind == extract.Image {
			pictures++
		} else {
			other++
		}
	}
	if pictures > 0 && other == 0 {
		d.Problems = append(d.Problems, onPage(1, extract.Tell(extract.UnreadableDocument, "scanned")))
	}
	return d
}

// onPage places a problem on a page.
func onPage(n int, p extract.Problem) extract.Problem {
	p.Page = n
	return p
}

// inCell places a problem of a text in the cell that holds the middle of its place.
func inCell(d *extract.Document, at extract.Place, raw string, p extract.Problem) extract.Problem {
	p.Page, p.Locator, p.Raw = at.Page, at.Locator(), raw
	x, y := (at.Box[0]+at.Box[2])/2, (at.Box[1]+at.Box[3])/2
	for n, g := range Grids(d) {
		for _, c := range g.Cells {
			if b := c.Place.Box; c.Place.Page == at.Page && x >= b[0] && x <= b[2] && y >= b[1] && y <= b[3] {
				p.TableNo, p.RowNo, p.ColumnNo = n+1, c.Row+1, c.Col+1
				return p
			}
		}
	}
	return p
}

// Grids returns the grids of a document in order.
func Grids(d *extract.Document) []*extract.Grid {
	var out []*extract.Grid
	for _, b := range d.Blocks {
		if b.Grid != nil {
			out = append(out, b.Grid)
		}
	}
	return out
}
