package fit

import (
	"slices"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/codebook"
)

// axis is where on a form a label stands.
type axis uint8

const (
	rowAxis    axis = iota
	columnAxis      // 自然人, 结果维持
	titleAxis       // 第二十条第（一）项, the text of the corner cell
	headAxis        // 信息内容, 序号: a header over what is no value
)

// node is a label of the form: of a row, of a column, of a group of them, or a caption. The generations of one table
// share their nodes.
type node struct {
	family   *family
	axis     axis
	key      string // of the row or column; empty for a group
	text     string // as the form prints it
	path     []string
	parent   *node
	children []*node
	order    int // among the nodes of its axis
	num      ordinal
	words    [][]rune // wordings, folded and without numbering
	tables   []string // names of the tables that have it
	serial   bool     // of a head: the numbers below it count the rows
	optional bool     // it stands in place of other labels, or beside them
}

// wholeValue is the key of the one column of a table whose column the code book does not name.
const wholeValue = "value"

// leaf reports whether the form has numbers under the label.
func (n *node) leaf() bool { return n.key != "" }

// under reports whether n is a or stands below it.
func (n *node) under(a *node) bool {
	for ; n != nil; n = n.parent {
		if n == a {
			return true
		}
	}
	return false
}

// family is the tables of one section of the form, which share headers and captions.
type family struct {
	section       int
	tables        []string
	forms         []*codebook.Form
	rows, columns []*node // leaves, in the order of the form
	all           []*node
}

// lexicon holds every label of a book by its folded text.
type lexicon struct {
	book     *codebook.Book
	families []*family
	exact    map[string][]*node
	prefixes map[string]bool // every beginning of every label
}

func newLexicon(b *codebook.Book) *lexicon {
	l := &lexicon{book: b, exact: map[string][]*node{}, prefixes: map[string]bool{}}
	for _, f := range b.Forms {
		l.addForm(l.familyOf(f.Section), f)
	}
	for _, f := range l.families {
		for _, n := range f.all {
			if n.axis == rowAxis && n.leaf() {
				f.rows = append(f.rows, n)
			}
			if n.axis == columnAxis && n.leaf() {
				f.columns = append(f.columns, n)
			}
		}
		byOrder := func(a, b *node) int { return a.order - b.order }
		slices.SortStableFunc(f.rows, byOrder)
		slices.SortStableFunc(f.columns, byOrder)
	}
	for text := range l.exact {
		for i := range text {
			l.prefixes[text[:i]] = true
		}
		l.prefixes[text] = true
	}
	return l
}

func (l *lexicon) familyOf(section int) *family {
	for _, f := range l.families {
		if f.section == section {
			return f
		}
	}
	f := &family{section: section}
	l.families = append(l.families, f)
	return f
}

func (l *lexicon) addForm(fam *family, f *codebook.Form) {
	fam.forms = append(fam.forms, f)
	if !slices.Contains(fam.tables, f.Table) {
		fam.tables = append(fam.tables, f.Table)
	}
	for _, t := range f.Titles {
		n := fam.node(titleAxis, nil, f.Table, f.Table, 0)
		n.tables = []string{f.Table}
		l.add(n, t)
	}
	for _, h := range f.Heads {
		l.add(fam.node(headAxis, nil, h, h, 0), h)
	}
	for _, h := range f.Serials {
		n := fam.node(headAxis, nil, h, h, 0)
		n.serial = true
		l.add(n, h)
	}
	l.addAxis(fam, f, rowAxis, f.Rows)
	l.addAxis(fam, f, columnAxis, f.Columns)
	for _, g := range f.Groups {
		for _, n := range fam.all {
			if n.text == g.Text() && !n.leaf() {
				for _, a := range g.Aliases {
					l.add(n, a)
				}
			}
		}
	}
}

func (l *lexicon) addAxis(fam *family, f *codebook.Form, a axis, labels []codebook.Label) {
	for i, label := range labels {
		if label.Text() == "" {
			continue
		}
		var parent *node
		for _, g := range label.Path[:len(label.Path)-1] {
			parent = fam.node(a, parent, "", g, i)
			if len(parent.words) == 0 {
				l.add(parent, g)
			}
			if a == columnAxis && parent.parent != nil {
				l.add(parent, parent.parent.text+g)
			}
		}
		key := label.Key
		if key == "" {
			key = wholeValue
		}
		n := fam.node(a, parent, key, label.Text(), i)
		n.path = label.Path
		n.order = i
		n.optional = n.optional || len(label.Replaces) > 0
		if !slices.Contains(n.tables, f.Table) {
			n.tables = append(n.tables, f.Table)
		}
		l.add(n, label.Text())
		for _, alias := range label.Aliases {
			l.add(n, alias)
		}
		if parent != nil && a == rowAxis {
			l.add(n, parent.text+label.Text()) // group and label run together in one cell
		}
	}
}

// node finds or makes a node: a leaf by its key, a group by its text and what it stands under.
func (fam *family) node(a axis, parent *node, key, text string, order int) *node {
	for _, n := range fam.all {
		if n.axis == a && (key != "" && n.key == key || key == "" && n.parent == parent && fold(n.text) == fold(text)) {
			if n.parent == nil && parent != nil {
				n.parent = parent
				parent.children = append(parent.children, n)
			}
			return n
		}
	}
	n := &node{family: fam, axis: a, key: key, text: text, parent: parent, order: order}
	n.num, _ = splitOrdinal(text)
	fam.all = append(fam.all, n)
	if parent != nil {
		parent.children = append(parent.children, n)
	}
	return n
}

func (l *lexicon) add(n *node, wording string) {
	_, bare := splitOrdinal(wording)
	text := fold(bare)
	if text == "" {
		return
	}
	for _, t := range []string{text, fold(wording)} {
		if !slices.Contains(l.exact[t], n) {
			l.exact[t] = append(l.exact[t], n)
		}
	}
	if !slices.ContainsFunc(n.words, func(w []rune) bool { return string(w) == text }) {
		n.words = append(n.words, []rune(text))
	}
}

// find returns the labels that a text is. Each text of a document is looked up once.
func (f *fitter) find(text string) []*node {
	hits, known := f.known[text]
	if !known {
		hits = f.lex.search(text)
		f.known[text] = hits
	}
	return hits
}

// search returns the labels that a text is, with and without its numbering, notes in brackets and 其中.
func (l *lexicon) search(text string) []*node {
	whole := fold(text)
	if hits, ok := l.exact[whole]; ok {
		return hits
	}
	if _, bare := splitOrdinal(text); len(bare) != len(text) {
		if hits, ok := l.exact[fold(bare)]; ok {
			return hits
		}
	}
	if bare := withoutBrackets(text); bare != text && !gains(whole, fold(bare), otherYear) {
		if hits, ok := l.exact[fold(bare)]; ok {
			return hits // 规章(…应提供相关数据), 本年(2023)制发件数
		}
	}
	for _, lead := range []string{"其中", "含"} {
		if len(whole) > len(lead) && whole[:len(lead)] == lead {
			if hits, ok := l.exact[whole[len(lead):]]; ok {
				return hits
			}
		}
	}
	return nil
}

// nearest finds the label that a damaged text most likely is, among the nodes given. It answers only when one label is
// near and clearly nearer than every other.
//
// Characters that a page lost or added count less than characters that it changed: text damage loses characters, while
// another character is usually another label (行政处罚, 行政处理). A numbering that agrees with the form's is evidence.
func nearest(text string, among []*node, s *Settings) *node {
	num, bare := splitOrdinal(text)
	got := []rune(fold(bare))
	if len(got) < 2 {
		return half(num, string(got), among)
	}
	var best *node
	score, second := 0.0, 0.0
	var wording []rune
	var cut []*node // labels of which the text is the beginning or the end
	for _, n := range among {
		top := 0.0
		for _, w := range n.words {
			if len(got) >= 3 && (strings.HasPrefix(string(w), string(got)) || strings.HasSuffix(string(w), string(got))) && !slices.Contains(cut, n) {
				cut = append(cut, n)
			}
			v := likeness(got, w)
			if v >= s.Near && num != (ordinal{}) && num == n.num {
				v += s.Numbering
			}
			if v > top {
				top = v
				if v > score {
					wording = w
				}
			}
		}
		switch {
		case top < s.Near:
		case top > score:
			best, score, second = n, top, score
		default:
			second = max(second, top)
		}
	}
	if len(cut) == 1 && (score < s.Likely || best == cut[0]) {
		return cut[0]
	}
	if best == nil || score < s.Likely || score-second < s.Margin || reworded(got, wording) || opposed(string(got), string(wording)) {
		return nil
	}
	return best
}

// half finds the label of two characters that lost one, by its numbering: （七）计, 3.其.
func half(num ordinal, got string, among []*node) (best *node) {
	if num == (ordinal{}) || got == "" {
		return nil
	}
	for _, n := range among {
		if n.num == num && slices.ContainsFunc(n.words, func(w []rune) bool { return len(w) == 2 && strings.Contains(string(w), got) }) {
			if best != nil {
				return nil
			}
			best = n
		}
	}
	return best
}

// withoutBrackets removes what stands in brackets: filling notes, years, units.
func withoutBrackets(s string) string {
	var b strings.Builder
	depth := 0
	for _, r := range s {
		switch r {
		case '（', '(', '【', '[', '〔':
			depth++
		case '）', ')', '】', ']', '〕':
			depth = max(depth-1, 0)
		default:
			if depth == 0 {
				b.WriteRune(r)
			}
		}
	}
	return b.String()
}
