package report

import (
	"slices"
	"strings"
)

// matchRows tells which row of the form each row is: by its exact label, then by joining the pieces of a row that a page or a line end
// cut, then by the damaged label with the rows before and after as evidence. What is left has no key.
func matchRows(rows []*requestRow) {
	for _, r := range rows {
		r.exact()
	}
	for i := 0; i < len(rows); i++ {
		r := rows[i]
		if r.key == "" && !r.group && !amongRowsWithoutLabels(rows, i) {
			join(rows[i:])
		}
		if r.key != "" {
			absorb(rows[i:])
			overPage(rows[i:])
			fromPageBefore(rows[:i+1])
		}
	}
	for i, r := range rows {
		if r.key == "" && !r.group {
			r.near(rows[:i], rows[i+1:])
		}
	}
}

// exact looks the row's label up: the innermost one, then the labels run together.
func (r *requestRow) exact() {
	if len(r.labels) == 0 {
		r.group = len(r.values) == 0 && !hasValues(r.line) || filled(r.line) == 0
		return
	}
	texts := make([]string, len(r.labels))
	for i, c := range r.labels {
		texts[i] = c.text()
	}
	leaf := texts[len(texts)-1]
	for _, t := range []string{leaf, strings.Join(texts, ""), strings.Join(texts[max(0, len(texts)-2):], "")} {
		if key, ok := rowOf(lex.find(t)); ok && !r.elsewhere(key, t) {
			r.key = key
			return
		}
	}
	for _, h := range lex.find(leaf) {
		if h.role == reqGroup {
			r.group = true
			return
		}
	}
	r.group = pieceOfGroup(normalise(leaf)) && filled(r.values) == 0 && !hasValues(r.line)
}

// elsewhere tells a row 其他 of another group than （六）其他处理, which local forms add under 不予公开 and the like: by the group over it, or by
// its number.
func (r *requestRow) elsewhere(key, text string) bool {
	if key != "requests.other" && key != "requests.other.remaining" {
		return false
	}
	if key == "requests.other.remaining" && slices.ContainsFunc(r.line, func(c *cell) bool { k, ok := c.key(reqRow); return ok && k == "requests.other" }) {
		return false // whatever its number
	}
	if num, _ := splitOrdinal(text); num.level == 3 && (key == "requests.other" || num.n != 3) {
		return true
	}
	groups := 0
	for _, c := range r.line {
		if g, ok := c.key(reqGroup); ok && c.col < r.labels[len(r.labels)-1].col {
			groups++
			if slices.Contains(lex.path[hit{reqRow, key}], g) {
				groups = -1 << 20
			}
		}
	}
	return groups > 0
}

func rowOf(hits []hit) (string, bool) {
	for _, h := range hits {
		if h.role == reqRow {
			return h.key, true
		}
	}
	return "", false
}

// pieceOfGroup recognises a piece of a label over rows, such as one character of the vertical 三、本年度办理结果.
func pieceOfGroup(text string) bool {
	if text == "" {
		return true
	}
	for i := range lex.byRole[reqGroup] {
		e := &lex.byRole[reqGroup][i]
		if strings.Contains(string(e.text), text) || strings.Contains(normalise(e.key), text) {
			return true
		}
	}
	return false
}

// join tries the row with one or two that follow it: their labels together may be a label of the form.
func join(rows []*requestRow) {
	r := rows[0]
	leaf, text := leafText(r.labels), allText(r.labels)
	if text == "" && !hasValues(r.line) {
		return
	}
	for n := 1; n <= 2 && n < len(rows); n++ {
		next := rows[n]
		if next.key != "" && n == 1 && text != "" && len(next.labels) > 0 {
			if _, whole := lex.full[next.key]; whole && normalise(leafText(next.labels)) == lex.full[next.key] {
				return
			}
		}
		leaf += leafText(next.labels)
		text += allText(next.labels)
		key, ok := rowOf(lex.find(leaf))
		if !ok {
			key, ok = rowOf(lex.find(text))
		}
		if !ok || next.key != "" && overlap(rows[:n+1]) {
			continue // the second: two rows of the form, the first without its label
		}
		r.key, r.group = key, false
		for _, p := range rows[1 : n+1] {
			p.key, p.group = "", true
			r.parts = append(r.parts, p)
		}
		return
	}
}

func allText(labels []*cell) (text string) {
	for _, c := range labels {
		text += c.text()
	}
	return text
}

// overlap tells whether two of the rows have a number under one column.
func overlap(rows []*requestRow) bool {
	seen := map[string]bool{}
	for _, r := range rows {
		for j, c := range r.values {
			if c == nil || c.kind == empty {
				continue
			}
			if key := r.h.columns[j].key; seen[key] {
				return true
			} else {
				seen[key] = true
			}
		}
	}
	return false
}

func withNumbers(rows []*requestRow) (n int) {
	for _, r := range rows {
		if hasValues(r.line) {
			n++
		}
	}
	return n
}

// absorb takes the rows that hold the rest of a label into the row whose label they end.
func absorb(rows []*requestRow) {
	r := rows[0]
	full := lex.full[r.key]
	for _, next := range rows[1:] {
		rest := normalise(leafText(next.labels))
		if next.key != "" || rest == "" || next.group && !strings.Contains(full, rest) {
			return
		}
		if !strings.HasSuffix(full, rest) && !(len(rest) >= 6 && strings.Contains(full, rest)) {
			return
		}
		if hasValues(next.line) && (hasValues(r.line) || withNumbers(r.parts) > 0) {
			return
		}
		next.group = true
		r.parts = append(r.parts, next)
	}
}

// overPage takes the numbers that a row has on the next page, where a page cut it and its label stands on the first one. A number that
// both pieces have under one column is told by withPiece.
func overPage(rows []*requestRow) {
	r := rows[0]
	for _, next := range rows[1:] {
		if next.key != "" || len(next.labels) > 0 {
			return
		}
		if filled(next.line) == 0 {
			continue
		}
		if !turnsPage(r, next) || rowsWithoutLabels(rows[1:]) {
			return
		}
		r.takePiece(next)
		return
	}
}

// rowsWithoutLabels tells whether several rows in a run have numbers and no label. A page break cuts one row, so these belong to a part of
// the table that stands on another page than its labels, as where a sheet was printed over several pages side by side.
func rowsWithoutLabels(rows []*requestRow) bool {
	n := 0
	for _, r := range rows {
		if r.key != "" || len(r.labels) > 0 {
			break
		}
		if filled(r.line) > 0 {
			n++
		}
	}
	return n > 1
}

// takePiece adds a piece of the row from another page. Where the piece's own columns are open the whole row is.
func (r *requestRow) takePiece(p *requestRow) {
	if p.values == nil || p.doubt != "" {
		r.doubt = "numbers of this row stand on another page, and their columns cannot be told"
		return
	}
	p.group = true
	r.parts = append(r.parts, p)
}

// amongRowsWithoutLabels tells whether row i is one of several in a run that have numbers and no label.
func amongRowsWithoutLabels(rows []*requestRow, i int) bool {
	return len(rows[i].labels) == 0 && (rowsWithoutLabels(rows[i:]) || rowsWithoutLabels(backwards(rows[:i+1])))
}

func backwards(rows []*requestRow) []*requestRow {
	out := slices.Clone(rows)
	slices.Reverse(out)
	return out
}

// fromPageBefore takes the numbers that the last row holds on the page before, where its label stands on the second page.
func fromPageBefore(rows []*requestRow) {
	r := rows[len(rows)-1]
	for i := len(rows) - 2; i >= 0; i-- {
		before := rows[i]
		if before.key != "" || len(before.labels) > 0 {
			return
		}
		if filled(before.line) == 0 {
			continue
		}
		if turnsPage(before, r) && !rowsWithoutLabels(backwards(rows[:len(rows)-1])) {
			r.takePiece(before)
		}
		return
	}
}

// turnsPage tells whether row b stands on the page after that of row a.
func turnsPage(a, b *requestRow) bool {
	last, first := 0, 0
	for _, c := range a.line {
		if c.row == a.row {
			last = max(last, c.src.Place.Page)
		}
	}
	for _, c := range b.line {
		if c.row == b.row && c.kind != empty && (first == 0 || c.src.Place.Page < first) {
			first = c.src.Place.Page
		}
	}
	return last > 0 && first == last+1
}

// near matches a damaged label among the rows that can stand between the known ones before and after.
func (r *requestRow) near(before, after []*requestRow) {
	if len(r.labels) == 0 {
		return
	}
	low, high := -1, 1<<30
	for i := len(before) - 1; i >= 0 && low < 0; i-- {
		if before[i].key != "" {
			low = lex.order[hit{reqRow, before[i].key}]
		}
	}
	for _, a := range after {
		if a.key != "" {
			high = lex.order[hit{reqRow, a.key}]
			break
		}
	}
	possible := func(h hit) bool {
		if h.role == reqGroup {
			return true
		}
		o := lex.order[h]
		return low >= high || o > low && o < high
	}
	text := leafText(r.labels)
	h, _, ok := lex.damaged(text, possible, reqRow, reqGroup)
	switch {
	case ok && h.role == reqRow && r.elsewhere(h.key, text):
	case ok && h.role == reqRow:
		r.key = h.key
	case ok:
		r.group = true
	}
}
