package html

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/celltext"
	"github.com/gongkai-data/gongkai/extract/delimited"
	"github.com/gongkai-data/gongkai/extract/html/tree"
	characters "github.com/gongkai-data/gongkai/extract/text"
)

// walker turns elements into blocks, in reading order.
type walker struct {
	doc    *extract.Document
	survey *surveyed
	path   []byte           // CSS path of the element being read
	lines  []delimited.Line // lines since the last table or picture
	line   inline
	gap    bool // an empty line stands before the next one
	images []extract.Block

	markdown bool // the lines of the source are lines of the page
	// openCell is the cell within which the source ends, nil where it ends elsewhere.
	openCell *html.Node
}

// read reads one container into the document.
func (w *walker) read(n *html.Node) {
	w.path = rootPath(n, w.survey.ids)
	if n.DataAtom == atom.Table {
		w.table(n)
	} else {
		w.children(n)
	}
	w.endSegment()
}

// children reads what is inside an element, keeping the path up to date.
func (w *walker) children(n *html.Node) {
	k := 0
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch c.Type {
		case html.TextNode:
			w.text(c.Data, n.DataAtom == atom.Pre || n.DataAtom == atom.Textarea || n.DataAtom == atom.Xmp || n.DataAtom == atom.Listing)
		case html.ElementNode:
			k++
			w.child(c, k)
		}
	}
}

func (w *walker) child(c *html.Node, k int) {
	look := w.survey.looks[c]
	if skipped(c) || w.survey.isHidden(c) && !w.onlyHere(c) || !isBlock(c) && struck(c, look) || w.survey.menus[c] {
		return
	}
	cell := drawnCell(c, look)
	if isBlock(c) && !cell {
		w.endLine() // while the path is that of the line
	}
	size := len(w.path)
	w.path = step(w.path, c, k)
	if cell {
		w.children(c)
		w.line.endCell()
	} else {
		w.element(c)
	}
	w.path = w.path[:size]
}

// skipped reports elements whose content is not text of the page.
func skipped(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Iframe:
		return !holdsPage(n)
	case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Head, atom.Svg, atom.Math, atom.Select, atom.Button,
		atom.Object, atom.Nav, atom.Audio, atom.Video, atom.Canvas, atom.Del, atom.Map, atom.Rt, atom.Rp,
		atom.Datalist, atom.Noembed, atom.Noframes, atom.Embed, atom.Progress, atom.Meter:
		return true
	case atom.Dialog:
		return !has(n, "open")
	}
	return n.Data == "rtc"
}

// holdsPage reports a frame whose page stands in its srcdoc, and so below it in the tree.
func holdsPage(n *html.Node) bool { return has(n, "srcdoc") }

// onlyHere reports a hidden element that holds a section, or the table of one, which stands nowhere in the open: pages
// show one section at a time behind tabs.
func (w *walker) onlyHere(n *html.Node) bool {
	v := w.survey.hidden[n]
	return v.headings&^w.survey.visible != 0 || v.tables&^w.survey.tables != 0
}

func (w *walker) element(n *html.Node) {
	switch n.DataAtom {
	case atom.Br:
		return // child has ended the line
	case atom.Img:
		if src := source(n); src != "" {
			w.images = append(w.images, extract.Block{Kind: extract.Image, Source: src, Text: celltext.Clean(attr(n, "alt")), Place: extract.Place{Path: string(w.path)}})
		}
		return
	case atom.Input:
		w.line.add(shownValue(n))
		return
	case atom.Table:
		w.fenced(n)
		return
	}
	if raised(n, w.survey.looks[n]) {
		w.line.raise()
		defer w.line.lower()
	}
	if !isBlock(n) {
		w.children(n)
		return
	}
	w.children(n)
	w.endLine()
}

func (w *walker) text(s string, keepLines bool) {
	if !keepLines && !w.markdown && !exported(s) {
		w.line.add(s)
		return
	}
	for i, l := range strings.Split(s, "\n") {
		if i > 0 {
			w.endLine()
		}
		if l = strings.TrimSuffix(l, "\r"); keepLines {
			l = strings.ReplaceAll(l, "  ", "\u00a0\u00a0") // here a browser shows every space
		}
		if w.markdown {
			l = celltext.Unmark(l)
		}
		w.line.add(l)
	}
}

// exported reports a text with line ends in which the lines hold cells: the source was pasted as text, so its line ends
// count although a browser would not show them.
func exported(s string) bool {
	if !strings.Contains(s, "\n") || !delimited.HasCells(s) {
		return false
	}
	rows := 0
	for l := range strings.SplitSeq(s, "\n") {
		if l = strings.Trim(l, " \t\r"); strings.Count(l, "|") >= 1 || strings.Count(l, "\t") >= 1 {
			rows++
		}
	}
	return rows >= 2
}

// endLine closes the current line; a line without text is a gap.
func (w *walker) endLine() {
	text := w.line.take()
	if strings.TrimLeft(text, " \t\u3000\u00a0") == "" {
		w.gap = true
	} else {
		w.lines = append(w.lines, delimited.Line{Text: text, Gap: w.gap, Place: extract.Place{Path: string(w.path)}})
		w.gap = false
	}
	if len(w.images) > 0 {
		images := w.images
		w.images = nil
		w.endSegment()
		w.doc.Blocks = append(w.doc.Blocks, images...)
	}
}

// endSegment turns the lines so far into blocks: before a table or a picture and at the end.
func (w *walker) endSegment() {
	if len(w.line.buf) > 0 || len(w.images) > 0 {
		w.endLine()
	}
	if len(w.lines) > 0 {
		w.doc.Blocks = append(w.doc.Blocks, delimited.Blocks(w.lines)...)
		w.lines = w.lines[:0]
	}
}

// source is the address of a picture; pages that load pictures late keep it in another attribute.
func source(n *html.Node) string {
	s := tree.PictureSource(n)
	if strings.HasPrefix(s, "data:") {
		s, _, _ = strings.Cut(s, ",") // an embedded picture: its type says enough
	}
	return s
}

// shownValue is the text that a form field shows.
func shownValue(n *html.Node) string {
	value := attr(n, "value")
	switch strings.ToLower(attr(n, "type")) {
	case "hidden", "checkbox", "radio", "file":
		return ""
	case "password", "range", "color", "date", "time", "month", "week", "datetime-local", "image": // shown in another way than it is written
		if value != "" || has(n, "src") {
			return string(celltext.Object)
		}
		return ""
	}
	return value // a browser shows a field of a type that it does not know as one of text
}

// inline collects the text of one line and collapses its white space as a browser does, except that a tab within a line
// of the source stays, for it separates cells, and that a line end between Han characters is nothing.
type inline struct {
	buf     []byte
	space   bool // white space waits to be written
	newline bool // it holds a line end
	tabs    int  // it holds tabs
	wide    int  // it holds spaces that a browser keeps
	raised  bool // a superscript begins
	note    int  // where its text begins, behind a digit; 0: it has not begun
	unsure  bool // an element begins or ends whose style is not known
	doubt   string
	size    float64 // of the letters to come, in CSS pixels; 0 is that of the page
	last    float64 // of those before
	ended   int     // cells that ended since the last text
}

func (l *inline) add(s string) {
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			switch {
			case c == '\n':
				l.space, l.newline = true, true
			case c == '\t':
				l.space = true
				l.tabs++
			case c == ' ' || c == '\r' || c == '\f':
				l.space = true
			case c == '\v':
				l.write(unicode.ReplacementChar)
			default:
				l.gap(rune(c))
				l.buf = append(l.buf, c)
			}
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r > 0x3000 && r < 0xfe00: // nearly all of a Chinese page
			l.gap(r)
			l.buf = append(l.buf, s[i:i+n]...)
		case characters.Space(r):
			l.space = true
			l.wide++
			if r == '\u3000' {
				l.wide++
			}
		case characters.Harmless(r):
		case unicode.IsSpace(r):
			l.write(unicode.ReplacementChar) // trimming would take it for a space, and nobody sees one
		default:
			l.gap(r)
			l.buf = append(l.buf, s[i:i+n]...)
		}
		i += n
	}
}

// write adds one character.
func (l *inline) write(r rune) {
	l.gap(r)
	l.buf = utf8.AppendRune(l.buf, r)
}

// gap writes the white space that waits, before the character next.
func (l *inline) gap(next rune) {
	if l.ended > 0 {
		l.writeEnds(l.ended)
		l.space, l.newline, l.tabs, l.wide = false, false, 0, 0
	}
	if !l.space && len(l.buf) > 0 {
		l.join(next)
	}
	l.raised, l.unsure, l.last = false, false, l.size
	if !l.space {
		return
	}
	l.writeGap(next)
	l.space, l.newline, l.tabs, l.wide = false, false, 0, 0
}

func (l *inline) writeGap(next rune) {
	switch {
	case l.tabs > 0 && !l.newline:
		for range min(l.tabs, 64) {
			l.buf = append(l.buf, '\t')
		}
	case l.wide >= 2 && !l.newline:
		for range min(l.wide, 128) {
			l.buf = append(l.buf, ' ')
		}
	case len(l.buf) == 0:
	case l.newline && next >= 0x2e80:
		if last, _ := utf8.DecodeLastRune(l.buf); last < 0x2e80 {
			l.buf = append(l.buf, ' ')
		}
	default:
		l.buf = append(l.buf, ' ')
	}
}

// endCell ends a cell of a table that is drawn by style: a tab before whatever comes after it.
func (l *inline) endCell() { l.ended++ }

// writeEnds writes the tabs of the cells that ended.
func (l *inline) writeEnds(n int) {
	for range max(min(n, 64), 0) {
		l.buf = append(l.buf, '\t')
	}
	l.ended = 0
}

// join looks at two characters that stand side by side: 5 with a note 1 set above must not become 51.
func (l *inline) join(next rune) {
	c := l.buf[len(l.buf)-1]
	before, behind := c >= '0' && c <= '9', next >= '0' && next <= '9'
	switch {
	case l.raised && (before || c >= 0x80 && next >= '0' && next <= '9'):
		l.note = len(l.buf)
	case !before || !behind:
	case l.unsure:
		l.doubt = "the digits are set in styles that the page keeps in another file, so the last of them may be the mark of a note, or all of them two numbers"
	case l.size != l.last && (or(l.size, 16) < 0.8*or(l.last, 16) || or(l.last, 16) < 0.8*or(l.size, 16)):
		l.doubt = "the digits are of different sizes, so some of them may be the mark of a note"
	}
}

func or(size, otherwise float64) float64 {
	if size == 0 {
		return otherwise
	}
	return size
}

// raise marks that a superscript begins, and lower that it ends.
func (l *inline) raise() { l.raised = true }

func (l *inline) lower() {
	l.raised = false
	if l.note > 0 {
		l.buf = append(l.buf[:l.note], celltext.Mark(string(l.buf[l.note:]))...)
		l.note = 0
	} else if n := len(l.buf); n > 0 && l.buf[n-1] >= '0' && l.buf[n-1] <= '9' {
		l.unsure = true // a mark before the number
	}
}

// take returns the line and begins a new one. Tabs and kept spaces at its end stay.
func (l *inline) take() string {
	if (l.tabs > 0 || l.wide > 1) && !l.newline && len(l.buf) > 0 {
		l.writeGap(0)
	}
	if l.note > 0 {
		l.lower()
	}
	l.writeEnds(l.ended - 1)
	s := string(l.buf)
	l.buf, l.space, l.newline, l.tabs, l.wide, l.raised = l.buf[:0], false, false, 0, 0, false
	l.unsure = false
	return s
}
