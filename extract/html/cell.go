package html

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/gongkai-data/gongkai/extract/celltext"
	"github.com/gongkai-data/gongkai/extract/heading"
)

// rawCell is a <td> or <th> before it has a place on the lattice.
type rawCell struct {
	node             *html.Node
	path             string
	rows, cols       int // spans as written, at least 1; rows 0 means to the end of its row group
	lines            []string
	image            string
	nested           []*html.Node // tables inside that are more than one cell
	row, col         int          // where it was placed
	rowSpan, colSpan int
}

// filled tells a cell with something in it.
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
}

func (r *cellReader) read(n *html.Node) {
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
	if skipped(n) || r.survey.isHidden(n) {
		return
	}
	switch n.DataAtom {
	case atom.Br:
		r.endLine()
		return
	case atom.Img:
		if src := source(n); src != "" && !tiny(n) {
			r.line.write(celltext.Object)
			if r.cell.image == "" {
				r.cell.image = src
			}
		}
		return
	case atom.Input:
		r.endLine() // a number beside the field is another one
		r.line.add(shownValue(n))
		r.endLine()
		return
	case atom.Table:
		if !single(n) {
			r.endLine()
			r.cell.nested = append(r.cell.nested, n)
			return
		}
	}
	if raised(n) {
		r.line.raise()
	}
	if struck(n) || faint(n) || boxed(n) { // meant to be read or not, it is not one number with its neighbour
		r.endLine()
		defer r.endLine()
	}
	if !isBlock(n) {
		r.read(n)
		return
	}
	r.endLine()
	r.read(n)
	r.endLine()
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
	if s := strings.TrimSpace(r.line.take()); s != "" && (r.cell.image == "" || strings.Trim(s, string(celltext.Object)+" ") != "") {
		r.cell.lines = append(r.cell.lines, s)
	}
}

// single tells a table of one cell: a frame around a text, not a table.
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
