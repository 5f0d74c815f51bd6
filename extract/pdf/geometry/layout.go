package geometry

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/gongkai-data/gongkai/extract"
)

// ErrTooLarge is returned by engines for a page beyond their limits.
var ErrTooLarge = errors.New("the page has more content than any report")

// MaxPages is how many pages are read of one document.
const MaxPages = 400

// FlattenedPages is the key of Document.Meta that lists the pages whose form fields and annotations are part of what was read.
const FlattenedPages = "pdf_flattened_pages"

// Layout reads page after page, keeps of each only its lines and tables, and composes the document.
func Layout(reader, title string, pages int, read func(n int) (*Page, error)) *extract.Document {
	d := &extract.Document{Reader: reader, Title: title}
	if pages > MaxPages {
		d.Problems = append(d.Problems, extract.Problem{Kind: extract.Truncated, Detail: fmt.Sprintf("the document has %d pages; the first %d were read", pages, MaxPages)})
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
			d.Problems = append(d.Problems, extract.Problem{Kind: kind, Detail: err.Error(), Page: n})
			continue
		}
		if p.Flattened {
			flattened = append(flattened, strconv.Itoa(n))
		}
		if p.Unformed {
			d.Problems = append(d.Problems, extract.Problem{Kind: extract.Truncated, Page: n, Detail: "the page has form fields whose values have no appearance; they were not read, so blank cells may be none"})
		}
		if p.Lost {
			d.Problems = append(d.Problems, extract.Problem{Kind: extract.DamagedText, Page: n, Detail: "the page shows text that no characters can be found for: its font is not in the file"})
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
			d.Problems = append(d.Problems, extract.Problem{Kind: extract.AmbiguousReading, Page: n, Detail: "the page is a picture; its text was recognised by a program, which may misread numbers"})
		}
	}
	if len(flattened) > 0 {
		d.Meta = map[string]string{FlattenedPages: strings.Join(flattened, ",")}
	}
	d.Blocks = Compose(sheets)
	for _, s := range sheets {
		for _, l := range s.Straddle {
			d.Problems = append(d.Problems, inCell(d, l.Place(s.Page), extract.Problem{Kind: extract.AmbiguousReading, Raw: l.Text, Code: "pdf_over_border", Args: []string{l.Text},
				Detail: fmt.Sprintf("the number %s stands over a cell border; it was given to the cell that its middle lies in", l.Text)}))
		}
		for _, h := range s.Hidden {
			d.Problems = append(d.Problems, inCell(d, h.Place(s.Page), extract.Problem{Kind: extract.AmbiguousReading, Raw: h.Text, Code: "pdf_painted_over", Args: []string{h.Text},
				Detail: fmt.Sprintf("%s was painted over and is not seen on the page; what is seen there was read", h.Text)}))
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
		d.Problems = append(d.Problems, extract.Problem{Kind: extract.UnreadableDocument, Detail: "scanned: the document holds pictures of pages and no text", Page: 1})
	}
	return d
}

// inCell places a problem in the cell that holds the middle of its place.
func inCell(d *extract.Document, at extract.Place, p extract.Problem) extract.Problem {
	p.Page, p.Locator = at.Page, at.Locator()
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
