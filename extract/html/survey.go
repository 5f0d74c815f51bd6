package html

import (
	"math/bits"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/gongkai-data/gongkai/extract/heading"
	"github.com/gongkai-data/gongkai/extract/html/style"
)

// surveyed is what one pass over the tree finds out before anything is read.
type surveyed struct {
	meta     map[string]string
	titles   []string // candidates, best first: ArticleTitle, UCAPTITLE, h1 to h3, <title>
	ids      map[string]int
	hidden   map[*html.Node]veiled // what each hidden element holds
	visible  uint8                 // headings that stand in the open
	menus    map[*html.Node]bool   // lists of links to other pages
	best     *html.Node            // smallest element with most of the section headings, one that is shown before one that is not
	bestMask uint8
	bestVeil bool // best stands in a hidden element

	looks    map[*html.Node]style.Look // of the elements that do not show plainly
	sheets   *style.Sheets
	in       inherited
	section  uint8  // heading that the text goes on under, as a bit
	tables   uint8  // sections with a table in the open; 0x80 is the text before any heading
	line     []byte // first bytes of the current line
	links    int    // depth of <a href>
	veiled   int    // depth of hidden elements
	titleTag string
	scripts  strings.Builder // the scripts in the page
	quoted   map[string]bool // what they hold in quotes; nil until it is asked for
	ucap     string
}

// enough is how many of the six section headings make an element the report.
const enough = 4

// lineBytes is as much of a line as a heading can need.
const lineBytes = 120

func survey(root *html.Node) *surveyed {
	s := &surveyed{meta: map[string]string{}, ids: map[string]int{}, hidden: map[*html.Node]veiled{}, menus: map[*html.Node]bool{}, line: make([]byte, 0, lineBytes+utf8.UTFMax),
		looks: map[*html.Node]style.Look{}, sheets: sheets(root), in: inherited{em: 16}, section: outside}
	s.visit(root)
	return s
}

// outside stands for the text before any heading.
const outside = 0x80

// veiled is what a hidden element holds.
type veiled struct {
	headings uint8
	tables   uint8 // sections with a table in it
}

// frame is what an element holds.
type frame struct {
	mask  uint8 // section headings
	grids uint8 // sections with a table
	size  int   // bytes of text outside links
	table bool
	menu
}

func (s *surveyed) visit(n *html.Node) frame {
	var f frame
	if n.Type == html.TextNode {
		if s.links == 0 {
			f.size = len(n.Data)
			f.outside = len(strings.TrimSpace(n.Data))
			s.add(n.Data)
		} else {
			f.inside = len(strings.TrimSpace(n.Data))
		}
		return f
	}
	if n.Type == html.ElementNode {
		if !s.note(n) {
			return f
		}
	}
	block := n.Type == html.ElementNode && isBlock(n)
	if block {
		f.mask |= s.flush()
	}
	link := n.DataAtom == atom.A && attr(n, "href") != ""
	look := s.look(n)
	_, pane := s.hidden[n]
	veil := pane || veils(n, look)
	if link {
		s.links++
	}
	if veil {
		f.mask |= s.flush()
		s.veiled++
	}
	if n.DataAtom == atom.Table {
		f.grids |= s.section
		if s.veiled == 0 {
			s.tables |= s.section
		}
	}
	around := s.in
	s.in.enter(n, look)
	if isCell(n) {
		s.settle(n, look)
	}
	for _, c := range covered(n) {
		s.hidden[c] = veiled{}
	}
	if n.FirstChild != nil && n.FirstChild.NextSibling != nil {
		for _, c := range hiddenPanes(n, s.look) {
			s.hidden[c] = veiled{}
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		in := s.visit(c)
		f.mask |= in.mask
		f.grids |= in.grids
		f.size += in.size
		f.table = f.table || in.table
		f.take(in.menu)
	}
	s.in = around
	if link {
		s.links--
		f.count()
	}
	if f.is(n) && f.mask == 0 && !f.table {
		s.menus[n] = true
	}
	if block || veil {
		f.mask |= s.flush()
	}
	if veil {
		s.veiled--
		s.hidden[n] = veiled{f.mask, f.grids}
	}
	f.table = f.table || n.DataAtom == atom.Table
	if block && bits.OnesCount8(f.mask) >= enough && (f.table || f.size > 600) {
		s.compare(n, f.mask, veil || s.veiled > 0)
	}
	return f
}

// look says how an element shows.
func (s *surveyed) look(n *html.Node) style.Look {
	if n.Type != html.ElementNode {
		return style.Look{}
	}
	if l, ok := s.looks[n]; ok {
		return l
	}
	l := s.sheets.Of(n, s.in.em)
	if l != (style.Look{}) {
		s.looks[n] = l
	}
	return l
}

// inherited is what an element hands down to those in it.
type inherited struct {
	em       float64 // size of the letters, in CSS pixels
	ink      style.Ink
	ground   style.Ground
	struck   bool
	doubtful bool
}

func (in *inherited) enter(n *html.Node, l style.Look) {
	if l == (style.Look{}) && n.DataAtom != atom.S && n.DataAtom != atom.Strike {
		return
	}
	if l.Size > 0 {
		in.em = l.Size
	}
	if l.Ink != style.InheritedInk {
		in.ink = l.Ink
	}
	if l.Ground != style.NoGround {
		in.ground = l.Ground
	}
	in.struck = in.struck || struck(n, l)
	in.doubtful = in.doubtful || l.Doubtful
}

// settle gives a cell what the elements around it hand down.
func (s *surveyed) settle(cell *html.Node, l style.Look) {
	if s.in.ink == style.InheritedInk && s.in.ground == style.NoGround && !s.in.struck && !s.in.doubtful {
		return
	}
	l.Ink, l.Ground, l.Struck, l.Doubtful = s.in.ink, s.in.ground, s.in.struck, s.in.doubtful
	s.looks[cell] = l
}

// compare takes an element for the report when it has more headings than the best so far. A hidden one is last year's,
// or a draft, where another is shown; alone it is the report, which a script will show.
func (s *surveyed) compare(n *html.Node, mask uint8, veil bool) {
	shown := s.best != nil && s.bestVeil && !veil && mask&s.visible == mask
	more := bits.OnesCount8(mask) > bits.OnesCount8(s.bestMask) && (s.best == nil || s.bestVeil || !veil)
	if shown || more {
		s.best, s.bestMask, s.bestVeil = n, mask, veil
	}
}

// isHidden reports an element that its own attributes take off the page; only elements that the survey came by are
// known.
func (s *surveyed) isHidden(n *html.Node) bool {
	if len(s.hidden) == 0 {
		return false
	}
	_, is := s.hidden[n]
	return is
}

// note takes ids, page tags and titles, and reports whether the element's children are to be visited.
func (s *surveyed) note(n *html.Node) bool {
	if id := attr(n, "id"); id != "" {
		s.ids[id]++
	}
	switch n.DataAtom {
	case atom.Script:
		s.noteScript(n)
		return false
	case atom.Style, atom.Noscript, atom.Template, atom.Svg, atom.Math, atom.Select, atom.Object:
		return false
	case atom.Iframe:
		return holdsPage(n)
	case atom.Meta:
		name := strings.ToLower(strings.TrimSpace(attr(n, "name")))
		if v := strings.TrimSpace(attr(n, "content")); name != "" && v != "" && s.meta[name] == "" {
			s.meta[name] = v
		}
		return false
	case atom.Title:
		if s.titleTag == "" {
			s.titleTag = innerText(n)
		}
		return false
	case atom.H1, atom.H2, atom.H3:
		if len(s.titles) < 8 {
			s.titles = append(s.titles, innerText(n))
		}
	default:
		if n.Data == "ucaptitle" && s.ucap == "" {
			s.ucap = innerText(n)
		}
	}
	return true
}

// bestTitle prefers a title that names a report and its year.
func (s *surveyed) bestTitle() string {
	all := append([]string{s.meta["articletitle"], s.ucap}, s.titles...)
	all = append(all, s.titleTag)
	best, bestScore := "", 0
	for _, t := range all {
		if t == "" {
			continue
		}
		score := 1
		if strings.Contains(t, "年报") || strings.Contains(t, "报告") || strings.Contains(t, "信息公开") {
			score += 2
		}
		if strings.Contains(t, "20") {
			score++
		}
		if score > bestScore && utf8.RuneCountInString(t) <= 100 {
			best, bestScore = t, score
		}
	}
	return best
}

// add keeps the first bytes of the line that the text continues on.
func (s *surveyed) add(text string) {
	for i := 0; i < len(text) && len(s.line) < lineBytes; i++ {
		c := text[i]
		if c <= ' ' {
			continue
		}
		s.line = append(s.line, c)
	}
}

// flush ends a line and tells which section heading it is, as a bit.
func (s *surveyed) flush() uint8 {
	if len(s.line) == 0 {
		return 0
	}
	m := heading.Bit(string(s.line))
	s.line = s.line[:0]
	if m != 0 {
		s.section = m
	}
	if s.veiled == 0 {
		s.visible |= m
	}
	return m
}

// innerText is the cleaned text of an element.
func innerText(n *html.Node) string {
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(n)
	return strings.Join(strings.Fields(b.String()), " ")
}

// isBlock reports elements that start and end a line.
func isBlock(n *html.Node) bool {
	switch n.DataAtom {
	case atom.P, atom.Div, atom.Br, atom.Hr, atom.Table, atom.Tbody, atom.Thead, atom.Tfoot, atom.Tr, atom.Td, atom.Th, atom.Caption,
		atom.Ul, atom.Ol, atom.Li, atom.Dl, atom.Dt, atom.Dd, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6,
		atom.Section, atom.Article, atom.Main, atom.Aside, atom.Header, atom.Footer, atom.Nav, atom.Form, atom.Fieldset, atom.Legend,
		atom.Blockquote, atom.Iframe, atom.Pre, atom.Center, atom.Address, atom.Figure, atom.Figcaption, atom.Body, atom.Html, atom.Details, atom.Summary,
		atom.Xmp, atom.Listing, atom.Plaintext, atom.Dir, atom.Menu:
		return true
	}
	return n.Data == "ucapcontent" || n.Data == "ucaptitle"
}
