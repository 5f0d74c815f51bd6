package html

import (
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/celltext"
	"github.com/gongkai-data/gongkai/extract/heading"
	"github.com/gongkai-data/gongkai/extract/html/style"
)

// rawCell is a <td> or <th> before it has a place on the lattice.
type rawCell struct {
	node             *html.Node
	path             string
	rows, cols       int // spans as written, at least 1; rows 0 means to the end of its row group
	lines            []string
	image            string
	doubt            string       // why its text may not be what the page shows
	deleted          bool         // it holds a number that is marked as deleted
	nested           []*html.Node // tables inside that are more than one cell
	pieces           bool         // one of them is numbers and nothing else
	row, col         int          // where it was placed
	rowSpan, colSpan int
}

// filled reports a cell with something in it.
func (c *rawCell) filled() bool { return len(c.lines) > 0 || c.image != "" || len(c.nested) > 0 }

// text is the cell's own text, tables inside left out.
func (c *rawCell) text() string { return celltext.Join(c.lines) }

// size is the length of the own text in bytes.
func (c *rawCell) size() int {
	n := 0
	for _, l := range c.lines {
		n += len(l)
	}
	return n
}

// headings returns the section headings among the cell's lines, as bits.
func (c *rawCell) headings() uint8 {
	var m uint8
	for _, l := range c.lines {
		m |= heading.Bit(strings.ReplaceAll(l[:min(len(l), lineBytes)], " ", ""))
	}
	return m
}

// cellReader collects what stands in one cell.
type cellReader struct {
	cell   *rawCell
	line   inline
	survey *surveyed
	ground style.Ground // of the cell
}

func (r *cellReader) read(n *html.Node) {
	if first := twin(n, r.survey); first != nil {
		r.element(first)
		return
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch c.Type {
		case html.TextNode:
			r.line.add(c.Data)
		case html.ElementNode:
			r.element(c)
		}
	}
}

func (r *cellReader) element(n *html.Node) {
	look := r.survey.looks[n]
	if r.unshown(n, look) {
		return
	}
	r.besides(n, look)
	if r.control(n) || skipped(n) {
		return
	}
	if size := attr(n, "size"); n.DataAtom == atom.Font && look.Size == 0 && (size == "1" || size == "-2") {
		look.Size = 10
	}
	if look.Size > 0 {
		defer func(size float64) { r.line.size = size }(r.line.size)
		r.line.size = look.Size
	}
	r.doubts(n, look)
	if raised(n, look) {
		r.line.raise()
		defer r.line.lower()
	}
	switch {
	case isBlock(n), struck(n, look), look.Ink == style.Light, look.Doubtful, look.Apart: // meant to be read or not, it is not one number with its neighbour
		r.endLine()
		defer r.endLine()
	case look.Unknown:
		r.line.unsure = true
		defer func() { r.line.unsure = true }()
	}
	r.read(n)
}

// unshown takes an element whose text is not that of the cell, and reports whether it is one.
func (r *cellReader) unshown(n *html.Node, look style.Look) bool {
	switch {
	case r.survey.isHidden(n):
		if look.Pictured && !look.Gone || !look.Gone && r.survey.bares(n) {
			r.line.write(celltext.Object)
		}
	case n.DataAtom == atom.Del:
		r.endLine() // what stands on both sides of it is no one number
		if holdsFigure(n) {
			r.cell.deleted = true
		}
	default:
		return false
	}
	return true
}

// besides notes that more is shown than the text of an element, or something else.
func (r *cellReader) besides(n *html.Node, look style.Look) {
	switch {
	case look.Altered, n.DataAtom == atom.Bdo:
		r.line.write(0x202e)
	case look.Generated, n.DataAtom == atom.Q, fillable(n) && r.survey.scripted(n), shadow(n) != nil, folded(n):
		r.line.write(celltext.Object)
	case look.Pictured && strings.TrimSpace(innerText(n)) == "":
		r.line.write(celltext.Object)
	case n.DataAtom == atom.Li && r.survey.numbered(n):
		switch text := innerText(n); {
		case text == "":
			r.line.add(r.survey.itemNumber(n))
			r.cell.doubt = extract.CountedByViewer
		case text[0] >= '0' && text[0] <= '9':
			r.line.write(celltext.Object) // its number is shown where text begins
		}
	case n.DataAtom == atom.Ruby:
		if base, above := rubyParts(n); base == "" && above != "" {
			r.line.write(celltext.Object)
		}
	}
}

// rubyParts are the text of a <ruby> and what stands above it.
func rubyParts(n *html.Node) (base, above string) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode:
			base += strings.TrimSpace(c.Data)
		case c.DataAtom == atom.Rp:
		case c.DataAtom == atom.Rt, c.Data == "rtc":
			above += innerText(c)
		default:
			base += innerText(c)
		}
	}
	return base, above
}

// doubts notes that the number in an element may not hold, or may not be what is shown.
func (r *cellReader) doubts(n *html.Node, look style.Look) {
	if look.Ground == style.NoGround {
		look.Ground = r.ground
	}
	light := look.Ink == style.Light && look.Ground != style.OtherGround
	if r.cell.doubt != "" || !(light || look.Doubtful || struck(n, look)) || !holdsFigure(n) {
		return
	}
	switch {
	case light:
		r.cell.doubt = extract.InGroundColour
	case look.Doubtful:
		r.cell.doubt = perhapsUnseen
	case struck(n, look):
		r.cell.doubt = extract.StruckThrough
	}
}

// Doubts that the style of a cell raises.
const (
	perhapsUnseen = "the number may be masked or clipped, so what is shown may be less or nothing"
	besideDeleted = "another number in the cell is marked as deleted"
	hiddenColumn  = "the style of the page takes the column away, which some browsers do and some do not"
)

func holdsFigure(n *html.Node) bool { return strings.ContainsAny(innerText(n), "0123456789") }

// control reads what is no text itself: fields, pictures, tables and what scripts write. It reports whether it did.
func (r *cellReader) control(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Br:
		r.endLine()
	case atom.Img:
		if src := source(n); src != "" && !tiny(n) {
			r.line.write(celltext.Object)
			if r.cell.image == "" {
				r.cell.image = src
			}
		}
	case atom.Input:
		r.field(shownValue(n)) // a number beside the field is another one
	case atom.Select:
		r.field(selected(n))
	case atom.Math, atom.Svg, atom.Object, atom.Canvas, atom.Embed, atom.Video, atom.Progress, atom.Meter:
		r.line.write(celltext.Object)
	case atom.Iframe:
		if holdsPage(n) {
			return false
		}
		r.line.write(celltext.Object)
	case atom.Script:
		if c := n.FirstChild; c != nil && strings.Contains(c.Data, "document.write") {
			r.line.write(celltext.Object)
		}
	case atom.Table:
		if single(n) {
			return false
		}
		r.endLine()
		r.cell.nested = append(r.cell.nested, n)
		r.cell.pieces = r.cell.pieces || !strings.ContainsFunc(innerText(n), unicode.IsLetter) && strings.ContainsAny(innerText(n), "0123456789")
	case atom.Button, atom.Textarea:
		r.endLine()
		r.read(n)
		r.endLine()
	default:
		return false
	}
	return true
}

func (r *cellReader) field(text string) {
	r.endLine()
	r.line.add(text)
	r.endLine()
}

// selected is the text of the option that a choice shows: the selected one, else the first. One that shows several
// shows no number.
func selected(choice *html.Node) string {
	first, chosen, several := "", "", false
	for o := range choice.Descendants() {
		if o.DataAtom != atom.Option {
			continue
		}
		text := innerText(o)
		if label := attr(o, "label"); label != "" {
			text = label
		}
		if first == "" {
			first = text
		}
		if has(o, "selected") {
			chosen = text
		}
	}
	if n := attr(choice, "size"); n != "" && n != "1" || has(choice, "multiple") {
		several = true
	}
	switch {
	case several:
		return string(celltext.Object)
	case chosen != "":
		return chosen
	}
	return first
}

// twin returns the first child of n where its children are elements of different classes with one text: the same number
// written twice, for two kinds of screens, whose style is in a file that is not known.
func twin(n *html.Node, s *surveyed) (first *html.Node) {
	text, count := "", 0
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode && strings.TrimSpace(c.Data) == "", c.Type == html.CommentNode:
			continue
		case c.Type != html.ElementNode || !s.looks[c].Unknown:
			return nil
		case s.isHidden(c):
			return nil // what is hidden is known
		}
		t := innerText(c)
		if first == nil {
			first, text = c, t
		} else if t != text || attr(c, "class") == attr(first, "class") {
			return nil
		}
		count++
	}
	if count < 2 || text == "" {
		return nil
	}
	return first
}

// tiny reports a picture that only keeps a distance.
func tiny(img *html.Node) bool {
	for _, key := range []string{"width", "height"} {
		if n, err := strconv.Atoi(strings.TrimSuffix(attr(img, key), "px")); err == nil && n <= 3 {
			return true
		}
	}
	return false
}

func (r *cellReader) endLine() {
	if r.line.doubt != "" {
		r.cell.doubt, r.line.doubt = r.line.doubt, ""
	}
	if s := strings.TrimSpace(r.line.take()); s != "" && (r.cell.image == "" || strings.Trim(s, string(celltext.Object)+" ") != "") {
		r.cell.lines = append(r.cell.lines, s)
	}
}

// single reports a table of one cell: a frame around a text, not a table.
func single(table *html.Node) bool {
	cells := 0
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		for c := n.FirstChild; c != nil && cells < 2; c = c.NextSibling {
			switch c.DataAtom {
			case atom.Td, atom.Th:
				cells++
				walk(c)
			case atom.Tbody, atom.Thead, atom.Tfoot, atom.Tr, atom.Table, atom.Div, atom.P, atom.Span, atom.Center:
				walk(c)
			}
		}
	}
	walk(table)
	return cells < 2
}
