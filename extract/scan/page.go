package scan

import (
	"image"
	"strings"

	"github.com/gongkai-data/gongkai/extract/ocr"
	"github.com/gongkai-data/gongkai/extract/pdf/geometry"
	"github.com/gongkai-data/gongkai/extract/scan/bitmap"
)

// smallTable is how many cells a table has at most each of whose numbers is recognised twice by each model: such tables
// have few sums, or none.
const smallTable = 60

// most bounds the cells and lines of one page that are recognised; a form has some 250.
const most = 1500

// read reads the picture of a page, and by how many quarter turns clockwise it was turned to be read. points is how
// many points a pixel of it measures.
func read(models *ocr.Pair, picture image.Image, points float64) (*geometry.Sheet, int, error) {
	r, turns, err := upright(models, picture)
	if err != nil {
		return nil, 0, err
	}
	size := picture.Bounds().Size()
	if turns&1 == 1 {
		size.X, size.Y = size.Y, size.X
	}
	s, err := r.sheet(float64(size.X)*points, float64(size.Y)*points, points)
	return s, turns, err
}

// sheet reads the page. Its size is in points.
func (r *reader) sheet(width, height, points float64) (*geometry.Sheet, error) {
	page := r.page
	place := func(x0, y0, x1, y1 float64) geometry.Box {
		a, b, c, d := page.Place(image.Rect(int(x0), int(y0), int(x1+0.5), int(y1+0.5)))
		return geometry.Box{X0: a * points, Y0: height - d*points, X1: c * points, Y1: height - b*points}
	}
	s := &geometry.Sheet{Width: width, Height: height, Pictured: true}
	left := most
	for _, t := range page.Tables {
		if left -= len(t.Cells); left < 0 {
			return nil, errTooMuch
		}
		table, err := r.table(t, points, place)
		if err != nil {
			return nil, err
		}
		if table != nil {
			s.Tables = append(s.Tables, table)
		}
	}
	r.doubtPoor(s)
	if len(r.free) > left {
		return nil, errTooMuch
	}
	for _, box := range r.free {
		l, err := r.running(box)
		if err != nil {
			return nil, err
		}
		if set := l.glyphs(place); len(set.Glyphs) > 0 {
			s.Lines = append(s.Lines, set)
		}
	}
	return s, nil
}

// table reads a table; nil for a drawing without a character. Its columns, by which the parts of a table on several
// pages are put together, are those of the straightened page.
func (r *reader) table(t bitmap.Table, points float64, place func(x0, y0, x1, y1 float64) geometry.Box) (*geometry.Table, error) {
	r.small = len(t.Cells) <= smallTable
	out := &geometry.Table{OpenTop: t.OpenTop, OpenBottom: t.OpenBottom}
	frame := place(float64(t.X[0]), float64(t.Y[0]), float64(t.X[len(t.X)-1]), float64(t.Y[len(t.Y)-1]))
	out.Box = frame
	straight := r.page.Unit() * points
	across := make([]float64, len(t.X)) // on the page, where a sheet that lies askew makes a tall table reach further out
	for i, x := range t.X {
		across[i] = frame.X0 + float64(x-t.X[0])/float64(t.X[len(t.X)-1]-t.X[0])*frame.Width()
		out.X = append(out.X, float64(x)*straight)
	}
	for _, y := range t.Y {
		share := float64(y-t.Y[0]) / float64(t.Y[len(t.Y)-1]-t.Y[0])
		out.Y = append(out.Y, frame.Y1-share*frame.Height())
	}
	any := false
	for _, c := range t.Cells {
		what, err := r.cell(c)
		if err != nil {
			return nil, err
		}
		cell := geometry.TableCell{Doubt: what.doubt, Recognised: true, Readings: strings.Join(what.readings, "\n")}
		cell.Region = geometry.Region{Row: c.Row, Col: c.Col, RowSpan: c.RowSpan, ColSpan: c.ColSpan,
			Box: geometry.Box{X0: across[c.Col], Y0: out.Y[c.Row+c.RowSpan], X1: across[c.Col+c.ColSpan], Y1: out.Y[c.Row]}}
		for _, l := range what.lines {
			if set := l.glyphs(place); len(set.Glyphs) > 0 {
				any = true
				cell.Lines = append(cell.Lines, set)
			}
		}
		out.Cells = append(out.Cells, cell)
	}
	if !any {
		return nil, nil
	}
	out.SetText()
	return out, nil
}

// doubtPoor doubts all numbers of a page that is hard to read.
func (r *reader) doubtPoor(s *geometry.Sheet) {
	share := float64(r.differ) / float64(max(r.asked, 1))
	if r.asked < few || share <= poor {
		return
	}
	for _, t := range s.Tables {
		for i := range t.Cells {
			c := &t.Cells[i]
			if len(c.Lines) == 0 || !c.Lines[0].Spread {
				continue
			}
			if share > bad {
				l := &c.Lines[0]
				l.Glyphs = l.Glyphs[:1]
				l.Glyphs[0].Text = unread
				c.Lines, c.Text, c.Readings = c.Lines[:1], unread, ""
			}
			c.Doubt = hard
		}
	}
}
