// Package fit finds which piece of a page is which cell of the legal form.
//
// The form is data (datasets/codebook), what a reader saw is items (extract/items). Lines of items are given to the
// tables of the form by the words they hold; header words to columns and lines to rows, by text, by the groups over
// them and by order; values to the positions where they stand, or where positions were lost to every position where
// they could. The form's own sums choose between positions, and never between digits. What allows two readings is
// unreadable, and every item ends in a fact, a label or a problem.
package fit

import (
	"slices"
	"sync"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/fence"
	"github.com/gongkai-data/gongkai/extract/items"
	"github.com/gongkai-data/gongkai/normalize/identity"
	"github.com/gongkai-data/gongkai/normalize/rule"
)

// Form is a book made ready for fitting. It may be used from several goroutines.
type Form struct {
	lex  *lexicon
	sums []rule.Identity
	set  Settings
}

// NewForm makes a book ready.
func NewForm(b *codebook.Book, s Settings) *Form {
	sums := slices.DeleteFunc(identity.Of(b), func(i rule.Identity) bool { return i.AtMost })
	return &Form{lex: newLexicon(b), sums: sums, set: s}
}

// Standard returns the form of the three generations that the state has issued, made ready by the first call.
var Standard = sync.OnceValue(func() *Form { return NewForm(codebook.Standard, DefaultSettings()) })

// Cell names one cell of the forms. Applicant is empty where the table has no applicant columns.
type Cell struct{ Indicator, Applicant string }

// String prints the cell as checks name it: indicator, or indicator/applicant.
func (c Cell) String() string {
	if c.Applicant == "" {
		return c.Indicator
	}
	return c.Indicator + "/" + c.Applicant
}

// fitter reads one document.
type fitter struct {
	*Form
	heading   func(string) bool // reports whether a text heads a section
	year      func() int        // the year that the report is of, or 0
	accounted map[*items.Item]bool
	worded    map[*items.Item]bool        // words that stand where values belong
	origin    map[*items.Item]*items.Item // of a word that was put together of pieces
	found     []found
	at        map[Cell]int
	twice     map[Cell]bool // cells given more than once, and whether alike each time
	overlaps  map[pair]agreement
	problems  []extract.Problem
	uses      []use
	seen      map[*items.Sheet]bool // sheets in which a table of the form was found
	taken     map[int]bool
	pieces    map[pieceKey]bool
	lost      []*items.Item                // numbers that a problem was told about and that may have ended in no fact
	above     map[*items.Sheet]string      // the line right above a grid
	ends      map[*items.Sheet]*items.Item // a number alone below a table of text
	captions  []Caption
	known     map[string][]*node   // texts of the document that were looked up
	undated   map[*items.Item]bool // values of which it is open whether they are of the report's year
	led       map[*items.Item]bool // labels in text that an empty cell stands before
	glued     []Cell               // read as one digit each, where the digits could be a longer number beside empty cells
	spread    [][]*items.Item      // lines of text that are digits apart
	ahead     []*family            // tables of text with numbers before their first label
	beyond    int                  // rows of text with digits side by side and more numbers than columns
	beside    []*items.Item        // numbers of rows of text with digits side by side that no sum confirms
	short     bool                 // a row of text has fewer digits than columns: this document has empty cells
	trace     *Trace               // nil unless asked for
}

// usualCells is how many cells a report has.
const usualCells = 256

// use is a table of the form that the document has.
type use struct {
	template, table string
	section         int
}

// Read fits the blocks of a document to the form. isHeading reports whether a text heads a section of the report; year
// is the year that the report is of, or 0, and is asked only where tables state years.
func (f *Form) Read(blocks []extract.Block, isHeading func(string) bool, year func() int) *Reading {
	return f.fit(blocks, isHeading, year, nil)
}

func (f *Form) fit(blocks []extract.Block, isHeading func(string) bool, year func() int, trace *Trace) *Reading {
	r := &fitter{Form: f, trace: trace, heading: isHeading, year: sync.OnceValue(year), accounted: make(map[*items.Item]bool, usualCells), worded: map[*items.Item]bool{}, origin: map[*items.Item]*items.Item{}, at: make(map[Cell]int, usualCells), found: make([]found, 0, usualCells),
		twice: map[Cell]bool{}, overlaps: map[pair]agreement{}, seen: map[*items.Sheet]bool{}, taken: map[int]bool{}, above: map[*items.Sheet]string{}, ends: map[*items.Sheet]*items.Item{}, led: map[*items.Item]bool{}, undated: map[*items.Item]bool{}, known: map[string][]*node{}, pieces: map[pieceKey]bool{}}
	lines := r.lines(blocks)
	r.classify(lines)
	r.withoutEvidence(lines)
	r.otherYears(lines)
	r.walk(lines)
	r.partialGroups()
	r.doubtGlued()
	r.doubtSpread(blocks)
	r.doubtAhead()
	r.doubtOtherYears(blocks)
	r.merged()
	r.contradicted()
	r.resolve()
	r.doubtRecognised()
	r.nameTables(lines)
	r.leftovers(lines)
	r.strayRows(blocks)
	r.withinReach()
	if trace != nil {
		trace.sums(r)
	}
	out := &Reading{Taken: r.taken, Captions: r.captions, f: r}
	out.Templates, out.Tables = r.generations()
	return out
}

// cell names the cell where a row and a column of the form meet; the zero cell where no generation has both.
func (f *fitter) cell(fam *family, row, col *node) Cell {
	for _, form := range fam.forms {
		r, c := "", ""
		if row != nil {
			if !hasLabel(form.Rows, row.key) {
				continue
			}
			r = row.key
		} else if len(form.Rows) != 1 || form.Rows[0].Key != "" {
			continue
		}
		if col != nil && col.key != wholeValue {
			if !hasLabel(form.Columns, col.key) {
				continue
			}
			c = col.key
		} else if len(form.Columns) != 1 {
			continue
		}
		out := Cell{}
		out.Indicator, out.Applicant = form.Indicator(r, c)
		return out
	}
	return Cell{}
}

func hasLabel(labels []codebook.Label, key string) bool {
	return slices.ContainsFunc(labels, func(l codebook.Label) bool { return l.Key == key })
}

// lines makes the lines of a document: the rows of its grids, and its lines of text where these may hold a flattened
// table.
func (f *fitter) lines(blocks []extract.Block) (out []*line) {
	no := 0
	text := &stream{f: f}
	for i := range blocks {
		b := &blocks[i]
		switch {
		case b.Kind == extract.Paragraph:
			text.paragraph(b, i, &out)
		case b.Kind == extract.Table && b.Grid != nil:
			no++
			text.end(&out)
			var made []*line
			p := fence.Run("a table", func() { made = f.gridLines(blocks, i, no) })
			if p != nil {
				p.TableNo, p.Page, p.Locator = no, b.Place.Page, b.Place.Locator()
				f.problems = append(f.problems, *p)
				continue
			}
			out = append(out, made...)
		}
	}
	text.end(&out)
	return out
}

// gridLines makes lines of the grid of a block.
func (f *fitter) gridLines(blocks []extract.Block, at, no int) []*line {
	g := blocks[at].Grid
	s := items.FromGrid(no, g, false)
	if s == nil {
		f.problemText(extract.AmbiguousReading, nil, Cell{}, "table %d has %d × %d positions and was not read", no, g.Rows, g.Cols)
		return nil
	}
	if f.transposed(s) {
		s = items.FromGrid(no, g, true)
	}
	f.ownYear(s)
	if at > 0 && blocks[at-1].Kind == extract.Paragraph {
		f.above[s] = blocks[at-1].Text
	}
	f.cutOff(blocks, at, s)
	return f.sheetLines(s)
}

// fenced reads a table so that a fault of the program in it leaves the others: nothing is published from a half-read
// one.
func (f *fitter) fenced(fam *family, blocks []*block) {
	if fam == nil {
		return
	}
	if n := rowsOf(blocks); n > f.set.MaxRows {
		f.tooLong(blocks, n)
		return
	}
	found, uses := len(f.found), len(f.uses)
	p := fence.Run("a table", func() { f.read(fam, blocks) })
	if p == nil {
		return
	}
	for _, n := range f.found[found:] {
		delete(f.at, n.Cell)
	}
	f.found, f.uses = f.found[:found], f.uses[:uses]
	for _, b := range blocks {
		for _, r := range b.rows {
			for _, c := range r.own {
				f.used(c)
				if p.Locator == "" {
					p.TableNo, p.Page, p.Locator = c.Sheet.No, c.Cell.Place.Page, c.Cell.Place.Locator()
				}
			}
		}
	}
	f.problems = append(f.problems, *p)
}

func rowsOf(blocks []*block) (n int) {
	for _, b := range blocks {
		n += len(b.rows)
	}
	return n
}

// tooLong reports a table that has more rows than any of the form can have and is not read.
func (f *fitter) tooLong(blocks []*block, n int) {
	told := false
	for _, b := range blocks {
		for _, r := range b.rows {
			for _, c := range r.own {
				if !told && c.Kind != items.Blank {
					told = true
					f.problemText(extract.AmbiguousReading, c, Cell{}, "a table of the form with %d rows was not read", n)
				}
				f.used(c)
			}
		}
	}
}

// read reads the blocks of one table of the form, or of the tables of section two that follow each other.
func (f *fitter) read(fam *family, blocks []*block) {
	if f.trace != nil {
		defer func() { f.trace.tables(f, fam, blocks) }()
	}
	var last *header
	for _, b := range blocks {
		f.solve(fam, b, last)
		if b.h != nil {
			last = b.h
		}
		for _, r := range b.rows {
			r.h = b.h
			f.noteWorded(r)
			r.labels = f.labelsOf(r.line)
		}
		f.placeBlock(b.rows)
	}
	if len(fam.tables) > 1 {
		for _, b := range blocks {
			f.match(fam, b.rows)
			f.emit(fam, b, b.rows)
		}
		return
	}
	var rows []*row
	for _, b := range blocks {
		rows = append(rows, b.rows...)
	}
	f.match(fam, rows)
	f.emitAll(fam, blocks, rows)
}

// solve finds the columns of a block. One without a header of its own has that of the block before.
func (f *fitter) solve(fam *family, b *block, last *header) {
	if len(b.words) > 0 {
		b.h = f.solveHeader(fam, b.words, b.table)
		if b.table != "" && (b.h == nil || unread(b.h) > 0) { // a caption that a page break repeated, a damaged or a wrong one
			if h := f.solveHeader(fam, b.words, ""); h != nil && (b.h == nil || unread(h) < unread(b.h)) {
				b.h, b.table = h, ""
			}
		}
		for _, words := range [][]*items.Item{f.withoutRepeated(b.earlier, b.words), b.earlier} {
			if b.h == nil && len(words) > 0 {
				b.h = f.solveHeader(fam, words, b.table)
			}
		}
		for _, w := range b.words {
			if b.h != nil && b.h.anchored && headOnly(f.hits(w)) {
				b.h.skip = append(b.h.skip, w)
			}
		}
	}
	if fam.ordered() && len(b.words) > 0 && len(b.rows) > 0 && (b.h == nil || b.h.named() < len(fam.columns)) && b.rows[0].sheet.Placement != items.Drawn {
		if h := f.guessHeader(fam, b); h != nil {
			b.h = h
		}
	}
	if b.h == nil {
		b.h = last
	}
	if b.h == nil && len(fam.columns) == 1 && fam.columns[0].key == wholeValue {
		b.h = &header{fam: fam, form: fam.forms[0], columns: []column{{node: fam.columns[0], from: 0, to: 1}}, template: fam.forms[0].Template}
	}
}

func headOnly(hits []*node) bool {
	return len(hits) > 0 && !slices.ContainsFunc(hits, func(n *node) bool { return n.axis != headAxis })
}

func unread(h *header) (n int) { return len(h.columns) - h.named() }

// withoutRepeated puts the two halves of a header together that a page cut: earlier as far as it stands on the first
// page, below it what follows the rows that the second page repeats. It returns nil when no row is repeated or the
// halves stand in different grids.
func (f *fitter) withoutRepeated(earlier, words []*items.Item) []*items.Item {
	if len(earlier) == 0 || len(words) == 0 || earlier[0].Sheet != words[0].Sheet {
		return nil
	}
	own := map[int]bool{} // rows with a label that earlier has not
	for _, c := range words {
		own[c.Row] = own[c.Row] || !slices.ContainsFunc(earlier, func(e *items.Item) bool { return e.Col == c.Col && fold(e.Text) == fold(c.Text) })
	}
	repeated := 0
	for _, again := range own {
		if !again {
			repeated++
		}
	}
	if repeated == 0 {
		return nil
	}
	out := slices.Clone(earlier)
	for _, c := range words {
		if own[c.Row] {
			moved := *c
			moved.Row -= repeated
			f.origin[&moved] = c
			out = append(out, &moved)
		}
	}
	return out
}

// placeBlock places the rows of a block sheet by sheet.
func (f *fitter) placeBlock(rows []*row) {
	for start := 0; start < len(rows); {
		end := start + 1
		for end < len(rows) && rows[end].sheet == rows[start].sheet {
			end++
		}
		if rows[start].h != nil {
			f.place(rows[start:end])
		}
		start = end
	}
}
