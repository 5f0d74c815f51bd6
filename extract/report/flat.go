package report

import (
	"unicode/utf8"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/normalize/number"
)

// flatState reads form tables that the source flattened to paragraphs: one cell, one row or one run-together row a line.
//
// The structure is gone, the order of the cells is not. So the pieces are fitted to the form: header labels give the columns, each row label
// takes the numbers up to the next label, and the row is read only when there are exactly as many as columns. Anything else (blanks that
// left no trace, numbers run together, repeated lines that were dropped) allows more than one reading and is unreadable.
type flatState struct {
	paragraphs            []extract.Place
	first                 int          // paragraph with which the table that is open began
	taken                 map[int]bool // paragraphs that belong to a table
	family                family
	title                 string
	head                  []token // header labels gathered
	gathering             bool    // still in the header
	template              string  // of the header of section two
	noted                 bool    // its form table is counted
	columns               []column
	guessed               bool    // see header
	group                 *token  // label 其他处理 that no number followed
	row                   *token  // row label that takes the numbers
	rowKey                string  // its row of the form
	values                []token // numbers gathered
	unit                  string  // of the row, in the 2014 form
	stat                  statState
	form                  *codebook.Form // of the header of section two
	unlabelled, confirmed bool           // the open row has no label, and the next row tells which it is: see unnamed
	endsPadded            bool           // see unpad
	blank                 bool           // the last piece was an empty cell
	led, unled            int            // rows with and without an empty cell before their label
	chapter               bool           // the last label heads a chapter of the 2014 form, whose row has dashes for numbers
	pieces                []token        // text that may be pieces of a row label
	glue                  glue
}

// paragraph takes the next paragraph of the document and tells whether it belongs to a flattened table.
func (f *flatState) paragraph(w *walker, text string, at int, place extract.Place) {
	for len(f.paragraphs) <= at {
		f.paragraphs = append(f.paragraphs, extract.Place{})
	}
	f.paragraphs[at] = place
	if f.family == noFamily {
		f.first = at
	}
	tokens, ok := tokenize(text, at)
	if !ok && f.family != noFamily {
		if t, is := withoutNote(text, at); is {
			tokens, ok = []token{t}, true // 上一年项目数量 (指2019年事项数)
		}
	}
	if !ok {
		if f.family == noFamily || utf8.RuneCountInString(text) > longestText {
			f.end(w)
			return
		}
		if h, is := asHeading(text); is && h.rank > 0 {
			f.end(w)
			return
		}
		tokens = []token{{tokenText, text, nil, at}}
	}
	for _, t := range tokens {
		f.token(w, t)
	}
}

// end closes the table that is open.
func (f *flatState) end(w *walker) {
	f.close(w)
	f.noGroup(w, "")
	f.family, f.title, f.head, f.columns, f.gathering = noFamily, "", nil, nil, false
	f.stat = statState{}
	f.endsPadded, f.led, f.unled = false, 0, 0
}

func (t token) is(r role) bool {
	for _, h := range t.hits {
		if h.role == r {
			return true
		}
	}
	return false
}

func (t token) key(r role) string {
	for _, h := range t.hits {
		if h.role == r {
			return h.key
		}
	}
	return ""
}

// token moves the table on by one piece.
func (f *flatState) token(w *walker, t token) {
	defer func() { f.blank = t.kind == tokenBlank }()
	switch t.kind {
	case tokenNumber, tokenBlank:
		if f.family == litigation && f.row == nil {
			if t.kind == tokenBlank && f.gathering && !f.headerWhole() {
				return // what bars leave between the rows of the header
			}
			if !f.open(w) {
				return
			}
		}
		if f.row != nil {
			f.values = append(f.values, t)
			f.take(t)
		} else if t.kind == tokenNumber && f.unnamed(w, t) {
			f.take(t)
		} else if f.chapter && number.Parse(t.text).State == number.NotApplicable {
			f.take(t)
		} else if f.family != noFamily && t.kind == tokenNumber {
			f.take(t)
			w.problem(extract.LeftoverCell, f.cell(t, number.Value{}), "a number of a flattened table without a row label before it")
		}
		return
	case tokenText:
		if isTitle(t.text) { // its end is lost: which table it heads the columns tell
			f.enter(w, services)
			f.title, f.head, f.columns = "", nil, nil
			f.take(t)
			return
		}
		f.text(w, t)
		return
	}
	switch {
	case t.is(servTitle):
		f.enter(w, services)
		f.title, f.head, f.columns = t.key(servTitle), nil, nil
	case t.is(litGroup) || t.is(litSuit) || t.is(litResult) && (f.family == litigation || !t.is(reqRow) && !t.is(reqColumn)):
		if f.family != litigation || !f.gathering {
			f.enter(w, litigation)
			f.head, f.columns, f.gathering = nil, nil, true
		}
		f.head = append(f.head, t)
	case t.is(reqCorner) || t.is(reqSpan) || t.is(reqColumn) && (f.family == requests && f.gathering || !t.is(reqRow)):
		if f.family != requests || !f.gathering {
			f.enter(w, requests)
			f.head, f.columns, f.gathering = nil, nil, true
		}
		f.head = append(f.head, t)
	case t.is(statColumn) || t.is(statHead) && f.family != services:
		if f.family != statistics {
			f.enter(w, statistics)
			f.stat = statState{}
		}
	case t.is(servColumn) || t.is(servCorner):
		if f.family != services || !f.gathering {
			f.enter(w, services)
			f.head, f.columns, f.gathering = nil, nil, true
		}
		if t.is(servColumn) {
			f.head = append(f.head, t)
		}
	case f.family == services && t.is(servRow), f.family == requests && t.is(reqRow), f.family == statistics && t.is(statRow):
		f.begin(w, t)
	case f.family == requests && t.is(reqGroup), f.family == statistics && t.is(statGroup):
		f.close(w)
		f.chapter = f.family == statistics
	default:
		if f.family != noFamily {
			f.text(w, t)
		}
		return
	}
	if f.family != noFamily {
		f.take(t)
	}
}

func (f *flatState) take(t token) {
	if f.taken == nil {
		f.taken = map[int]bool{}
	}
	f.taken[t.at] = true
}

func (f *flatState) enter(w *walker, to family) {
	f.close(w)
	f.family, f.gathering = to, false
}

// text takes a piece that is no label: a unit, a piece of a label over rows, a piece of a row label, or a damaged label.
func (f *flatState) text(w *walker, t token) {
	if f.family == statistics && f.row != nil && len(f.values) == 0 && isUnit(t.text) {
		f.unit = statedUnit(t.text)
		f.take(t)
		return
	}
	if f.gathering && (f.family == services || f.family == litigation || f.family == requests) && len(f.values) == 0 {
		if f.family == services && utf8.RuneCountInString(t.text) < 24 {
			f.head = append(f.head, t)
			f.take(t)
			return
		}
	}
	if f.row != nil && wordedNumber.MatchString(t.text) && len(lex.find(t.text)) == 0 {
		f.values = append(f.values, t) // 减少45: a cell that is no number keeps its place
		f.take(t)
		return
	}
	if f.gathering && f.family != services && pieceOfHeader(f.family, t.text) {
		f.head = append(f.head, t)
		f.take(t)
		return
	}
	f.close(w)
	if normalise(t.text) == "" || f.family == requests && pieceOfGroup(normalise(t.text)) {
		if f.family == requests {
			f.take(t)
		}
		return
	}
	f.begin(w, t)
}

// open solves the header when the first row begins, and tells whether there is one.
func (f *flatState) open(w *walker) bool {
	if f.family == statistics {
		f.columns = []column{{}}
		return true
	}
	if !f.gathering {
		return len(f.columns) > 0
	}
	f.gathering = false
	gathered := f.head
	f.head = joinTokens(f.head)
	cells := f.headCells(f.head)
	f.columns = nil
	switch f.family {
	case services:
		s := servState{title: f.title}
		keys, form, doubt := s.solve(cells)
		for i, c := range cells {
			f.columns = append(f.columns, column{key: keys[i], cell: c, path: []string{c.text()}, unit: statedUnit(c.text())})
			if keys[i] == "" || doubt {
				w.problem(extract.AmbiguousLabel, c, "a column header of a flattened table that the form does not have in this wording")
			}
		}
		f.template, f.form = "", form
		if form != nil {
			f.template = templateOf(form, cells)
		}
		f.noted = false
	case requests:
		s := reqState{headCells: cells}
		for _, c := range cells {
			c.t = noTable() // their positions tell nothing
		}
		if h := s.solve(); h != nil {
			f.columns, f.guessed = h.columns, h.guessed
		}
		w.use("", codebook.Requests)
	case litigation:
		h := solveFlatLitigation(cells)
		f.guessed = false
		if h == nil && wholeInPieces(gathered) {
			h, f.guessed = formOrder(cells[0]), true
		}
		if h == nil {
			w.problem(extract.UnmatchedLabel, cells[0], "the header of section four in a flattened table is not whole")
			return false
		}
		f.columns = h
		w.use("", codebook.Litigation)
		f.row, f.rowKey = &f.head[0], ""
	}
	return len(f.columns) > 0
}

// headerWhole tells whether the labels gathered are all of section four's header.
func (f *flatState) headerWhole() bool {
	return solveFlatLitigation(f.headCells(joinTokens(f.head))) != nil || wholeInPieces(f.head)
}

// headCells wraps the labels of a header as cells.
func (f *flatState) headCells(head []token) []*cell {
	cells := make([]*cell, len(head))
	for i, t := range head {
		cells[i] = f.cell(t, number.Value{})
		cells[i].hits = t.hits
	}
	return cells
}

func solveFlatLitigation(cells []*cell) []column {
	var groups, results []*cell
	for _, c := range cells {
		switch {
		case c.is(litGroup):
			groups = append(groups, c)
		case c.is(litResult):
			results = append(results, c)
		}
	}
	columns, ok := groupsInOrder(groups, results)
	if !ok {
		return nil
	}
	return columns
}

// cell wraps a piece as a cell, so that facts and problems can point at it.
func (f *flatState) cell(t token, v number.Value) *cell {
	return &cell{src: &extract.Cell{Text: t.text, Place: f.paragraphs[t.at]}, t: noTable(), kind: value, value: v, at: t.at + 1}
}
