package fit

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/extract/items"
	"github.com/gongkai-data/gongkai/normalize/number"
)

// column is one value column of a table, from its header.
type column struct {
	node     *node   // of the form; nil for a header that the form does not have there, or while any tells
	any      []*node // the rows name the group, and one of these is the column: 结果维持 without 行政复议 over it
	item     *items.Item
	from, to int // positions
	text     string
	unit     string // of money, where the header states one
	doubt    string // why the values below are in doubt; empty: they are not
	confirm  bool   // it is determined by elimination only, so a sum of the row has to confirm each number
}

// header is the solved header of a table.
type header struct {
	fam      *family
	form     *codebook.Form // of which the columns are
	sheet    *items.Sheet
	words    []*items.Item
	columns  []column
	anchored bool          // the positions of the columns are those of the values below; otherwise only their order is known
	guessed  bool          // their order is the form's, and the page leaves another one open
	turned   bool          // a row below adds up with its first number for the total, and not as it stands
	moved    bool          // rows below add up with their numbers under other columns, and not as they stand
	skip     []*items.Item // head words over what is no value
	template string
}

const guessedOrder = "the header leaves open which column is whose, and the row's sum does not tell"

// solveHeader finds the columns that header words name. table is the table that a caption names, or empty.
func (f *fitter) solveHeader(fam *family, words []*items.Item, table string) *header {
	if len(words) > f.set.MaxWords {
		return nil
	}
	words = f.joinPieces(fam, f.overPages(fam, words))
	words = withoutRepeats(f, fam, words)
	if len(fam.rows) == 0 {
		words = f.wholeAbove(words)
	}
	var best *header
	bestN, bestDoubt := -1, false
	for _, form := range fam.forms {
		if table != "" && form.Table != table {
			continue
		}
		h, doubt := f.solveForm(fam, form, words)
		if h == nil {
			continue
		}
		n := h.named()
		if n > bestN || n == bestN && n > 0 && (bestDoubt && !doubt || f.closer(form, best.form, words)) {
			best, bestN, bestDoubt = h, n, doubt
		}
	}
	if best == nil || bestN == 0 {
		return nil
	}
	if bestDoubt {
		for _, c := range best.columns {
			if c.node != nil && len(f.hits(c.item)) == 0 {
				f.problem(problemCut, c.item, Cell{}, c.node.text)
			}
		}
	}
	best.template = f.templateOf(best)
	return best
}

func (h *header) named() (n int) {
	for _, c := range h.columns {
		if c.node != nil || len(c.any) > 0 {
			n++
		}
	}
	return n
}

// closer prefers the form whose own wording the headers have (本年处理决定数量 against 处理决定数量), then the one with fewer columns
// missing.
func (f *fitter) closer(form, than *codebook.Form, words []*items.Item) bool {
	a, b := exactColumns(form, words), exactColumns(than, words)
	if len(form.Columns) != len(than.Columns) && a == b {
		return len(form.Columns) < len(than.Columns)
	}
	return a > b
}

func exactColumns(form *codebook.Form, words []*items.Item) (n int) {
	columns := make([]string, len(form.Columns))
	for i, k := range form.Columns {
		columns[i] = fold(k.Text())
	}
	for _, w := range words {
		text := fold(w.Text)
		for _, c := range columns {
			if c == text {
				n++
			}
		}
	}
	return n
}

// templateOf is the generation that the columns tell, or empty: 处理决定数量 alone stands on the 2019 form, and on the 2021
// form with a word lost.
func (f *fitter) templateOf(h *header) string {
	if len(h.columns) == 1 && f.sharedColumn(h.columns[0].node) && !strings.Contains(fold(h.columns[0].text), "本年") {
		return ""
	}
	return h.form.Template
}

// sharedColumn reports whether the forms of two generations have the column in wordings that differ by a lost word.
func (f *fitter) sharedColumn(n *node) bool {
	if n == nil {
		return false
	}
	template := ""
	for _, form := range n.family.forms {
		if slices.ContainsFunc(form.Columns, func(l codebook.Label) bool { return l.Key == n.key }) {
			if template != "" && template != form.Template {
				return true
			}
			template = form.Template
		}
	}
	return false
}

// solveForm reads the words as the header of one form. Doubt says that a word was decided by its place among the others
// only.
func (f *fitter) solveForm(fam *family, form *codebook.Form, words []*items.Item) (h *header, doubt bool) {
	h = &header{fam: fam, form: form, sheet: words[len(words)-1].Sheet, words: words}
	s := &solver{f: f, fam: fam, form: form, words: words, taken: map[*node]bool{}, damaged: map[*items.Item]*node{}, known: make(map[*items.Item][]*node, len(words))}
	oneSheet := !slices.ContainsFunc(words, func(w *items.Item) bool { return w.Sheet != h.sheet })
	leaves := s.leaves()
	if len(leaves) == 0 {
		if len(fam.rows) > 0 || !s.wholeInPieces() {
			return nil, false
		}
		h.columns, h.guessed = numbered(s.formOrder()), true
		return h, false
	}
	if s.ambiguous {
		columns, ok := []column(nil), false
		if oneSheet && h.sheet.Placement != items.Stream {
			columns, ok = s.byPosition()
		}
		if ok && anchored(columns) && !s.cutByLines(columns) {
			h.columns, h.anchored = columns, true
			return h, false
		}
		exchanged := s.groupsExchanged()
		if columns, ok = s.byGroups(); ok && !exchanged {
			h.columns = numbered(columns)
			return h, false
		}
		if columns, ok = s.resultsOnly(); ok && oneSheet && anchored(columns) {
			h.columns, h.anchored = columns, true
			return h, false
		}
		if !exchanged && (s.wholeInPieces() || h.sheet.Placement == items.Stream && s.allGroups()) {
			h.columns, h.guessed = numbered(s.formOrder()), true
			return h, false
		}
		return nil, false
	}
	h.columns = s.columns()
	doubt = s.doubt
	if fam.grouped() {
		s.byElimination(h.columns)
		h.guessed = h.sheet.Placement == items.Stream && slices.ContainsFunc(h.columns, func(c column) bool { return c.node == nil && len(c.any) == 0 })
		if blank := s.blankHeaders(h.columns); len(blank) > 0 {
			h.columns, h.guessed = append(h.columns, blank...), true
		}
		covered := !oneSheet || s.covered(h.columns)
		h.anchored = oneSheet && h.sheet.Placement != items.Stream && anchored(h.columns) && adjacent(h.columns) && covered
		if !h.anchored {
			var guessed bool
			h.columns, guessed = s.inReadingOrder(h.columns)
			h.guessed = h.guessed || guessed || !covered
			h.columns = numbered(h.columns)
			if h.sheet.Placement == items.Stream && fam.ordered() && s.scrambled(h.columns) {
				for i := range h.columns {
					h.columns[i].doubt = displaced
				}
			}
		} else {
			slices.SortFunc(h.columns, func(a, b column) int { return a.from - b.from })
		}
		return h, doubt
	}
	if h.anchored = h.sheet.Placement != items.Stream && anchored(h.columns); !h.anchored {
		h.columns = numbered(h.columns)
	}
	return h, doubt
}

// grouped reports whether groups stand over the columns of the family's tables.
func (fam *family) grouped() bool {
	return slices.ContainsFunc(fam.columns, func(n *node) bool { return n.parent != nil })
}

// solver holds what is found while one header is read as one form.
type solver struct {
	f         *fitter
	fam       *family
	form      *codebook.Form
	words     []*items.Item
	taken     map[*node]bool
	ambiguous bool // a word is a column of several groups
	damaged   map[*items.Item]*node
	known     map[*items.Item][]*node // the columns that a word can be, looked up once
	doubt     bool
}

func (s *solver) on(n *node) bool {
	return n.family == s.fam && n.axis == columnAxis && n.leaf() &&
		slices.ContainsFunc(s.form.Columns, func(l codebook.Label) bool { return l.Key == n.key || l.Key == "" && n.key == wholeValue })
}

// candidates returns the columns that a word can be.
func (s *solver) candidates(w *items.Item) []*node {
	out, known := s.known[w]
	if !known {
		out = s.search(w)
		s.known[w] = out
	}
	return out
}

func (s *solver) search(w *items.Item) (out []*node) {
	for _, n := range s.f.hits(w) {
		if s.on(n) {
			out = append(out, n)
		}
	}
	if len(out) > 0 || len(s.f.hits(w)) > 0 || len(s.fam.rows) > 0 {
		return out
	}
	if near := s.near(w); near != nil && near.leaf() {
		for _, n := range s.fam.columns {
			if n.text == near.text && s.on(n) {
				out = append(out, n)
			}
		}
	}
	return out
}

// group returns the group over columns that a word is, or nil.
func (s *solver) group(w *items.Item) *node {
	for _, n := range s.f.hits(w) {
		if n.family == s.fam && n.axis == columnAxis && !n.leaf() {
			return n
		}
	}
	if len(s.f.hits(w)) > 0 || len(s.fam.rows) > 0 {
		return nil
	}
	if n := s.near(w); n != nil && !n.leaf() {
		return n
	}
	return nil
}

// near is the label of the header that a damaged word is most likely; of columns with one label the first.
func (s *solver) near(w *items.Item) *node {
	n, known := s.damaged[w]
	if !known {
		var among []*node
		seen := map[string]bool{}
		for _, n := range s.fam.all {
			if n.axis == columnAxis && !seen[n.text] {
				seen[n.text] = true
				among = append(among, n)
			}
		}
		n = nearest(w.Text, among, &s.f.set)
		s.damaged[w] = n
	}
	return n
}

func (s *solver) leaves() (out []*items.Item) {
	for _, w := range s.words {
		c := s.candidates(w)
		if len(c) > 0 {
			out = append(out, w)
		}
		s.ambiguous = s.ambiguous || len(c) > 1
	}
	return out
}

func newColumn(n *node, w *items.Item) column {
	return column{node: n, item: w, from: w.Col, to: w.End(), text: w.Text, unit: statedUnit(w.Text)}
}

// columns gives each word the column it names: exactly, damaged, or cut short with its place to tell. A word that names
// none keeps a column without a node, so that what stands below it is told and does not disturb the others.
func (s *solver) columns() (out []column) {
	known := make([]*node, len(s.words))
	for i, w := range s.words {
		for _, n := range s.candidates(w) {
			if !s.taken[n] {
				known[i], s.taken[n] = n, true
				break
			}
		}
	}
	skip := make([]bool, len(s.words))
	for i, w := range s.words {
		hits := s.f.hits(w)
		if known[i] != nil || len(hits) > 0 {
			skip[i] = known[i] == nil && (s.group(w) != nil || slices.ContainsFunc(hits, func(n *node) bool { return n.axis == headAxis || n.axis == titleAxis }))
			continue
		}
		n := nearest(w.Text, s.open(), &s.f.set)
		switch {
		case n == nil:
		case n.axis == columnAxis && n.leaf():
			known[i], s.taken[n] = n, true
		default:
			skip[i] = true
		}
	}
	next := 0
	for i, w := range s.words {
		if known[i] != nil {
			next = s.index(known[i]) + 1
			continue
		}
		if len(s.f.hits(w)) > 0 || skip[i] || s.fam.grouped() && w.Spans > 2 {
			skip[i] = skip[i] || s.fam.grouped() && w.Spans > 2
			continue
		}
		if n := s.cut(w, next); n != nil {
			known[i], s.taken[n], next = n, true, s.index(n)+1
		}
	}
	for i, w := range s.words {
		switch {
		case known[i] != nil:
			c := newColumn(known[i], w)
			if s.fam.grouped() && len(s.f.hits(w)) == 0 && strings.HasPrefix(fold(known[i].text), fold(w.Text)) {
				c.doubt = "the column's header is cut, so the number may be cut too"
			}
			out = append(out, c)
		case skip[i]:
		case len(out) == 0 && (overLabels(w) || s.fam.grouped() && w.Row == 0 || w.Sheet.Placement == items.Stream && s.headBehind(i)):
		default:
			out = append(out, newColumn(nil, w))
		}
	}
	return out
}

// headBehind reports whether the word over the labels of the rows stands behind word i: what stands before it is over
// no numbers.
func (s *solver) headBehind(i int) bool {
	return slices.ContainsFunc(s.words[i+1:], func(w *items.Item) bool {
		return slices.ContainsFunc(s.f.hits(w), func(n *node) bool { return n.axis == headAxis })
	})
}

func (s *solver) index(n *node) int {
	return slices.IndexFunc(s.form.Columns, func(l codebook.Label) bool { return l.Key == n.key })
}

// open lists the labels that a damaged word of the header can be.
func (s *solver) open() (out []*node) {
	for _, n := range s.fam.all {
		if s.on(n) && !s.taken[n] || n.axis == titleAxis || n.axis == columnAxis && !n.leaf() {
			out = append(out, n)
		}
	}
	return out
}

// cut finds the column of which a word is the beginning: the next one on the form, or in a table with groups the only
// one.
func (s *solver) cut(w *items.Item, next int) *node {
	text := fold(w.Text)
	var found *node
	for j := range s.form.Columns {
		l := s.form.Columns[j]
		n := s.node(l.Key)
		if n == nil || s.taken[n] || len(l.Replaces) > 0 || text == "" || !strings.HasPrefix(fold(l.Text()), text) {
			continue
		}
		if !s.fam.grouped() {
			if j < next || utf8.RuneCountInString(text) < 2 {
				continue
			}
			s.doubt = true
			return n
		}
		if found != nil {
			return nil
		}
		found = n
	}
	return found
}

func (s *solver) node(key string) *node {
	for _, n := range s.fam.columns {
		if n.key == key {
			return n
		}
	}
	return nil
}

// overLabels reports whether a label stands right below a header word.
func overLabels(w *items.Item) bool {
	below := w.Sheet.At(w.Below(), w.Col)
	return below != nil && below.Kind == items.Word
}

// statedUnit reads a unit of money out of a header or a unit cell.
func statedUnit(text string) string {
	s := fold(text)
	switch {
	case strings.Contains(s, "万元"):
		return number.CNY10k
	case strings.HasSuffix(s, "元"):
		return number.CNY
	}
	return ""
}
