package fit

import (
	"math"
	"slices"
	"strings"
)

// candidate is a label that a row may have, and how well its text fits.
type candidate struct {
	node  *node
	score float64
	exact bool
	alone bool // no other label of the form is written so
}

// candidates lists the rows and groups of the form that the label of a row can be, the likeliest first.
func (f *fitter) candidates(fam *family, r *row) (out []candidate) {
	if len(r.labels) == 0 {
		return nil
	}
	leaf := r.leafText()
	if hits := f.exactHits(fam, r); len(hits) > 0 {
		for _, n := range hits {
			out = append(out, candidate{n, 1, true, len(hits) == 1})
		}
		return out
	}
	for _, n := range fam.all {
		if n.axis != rowAxis || n.leaf() && (!f.takes(r.h, n) || f.elsewhere(r, n, leaf)) {
			continue
		}
		if s := likelihood(leaf, n, &f.set); s >= f.set.Likely {
			out = append(out, candidate{node: n, score: s})
		}
	}
	return out
}

// exactHits returns the rows whose label a row bears: the innermost one, or the labels run together. Where the group of
// one of several stands over the row, it is that one.
func (f *fitter) exactHits(fam *family, r *row) []*node {
	texts := make([]string, len(r.labels))
	for i, c := range r.labels {
		texts[i] = c.Text
	}
	leaf := texts[len(texts)-1]
	for _, t := range []string{leaf, strings.Join(texts, ""), strings.Join(texts[max(0, len(texts)-2):], "")} {
		hits := slices.DeleteFunc(f.rowHits(fam, r, t), func(n *node) bool { return f.elsewhere(r, n, t) })
		if own := slices.DeleteFunc(slices.Clone(hits), func(n *node) bool { return !f.groupOver(r, n) }); len(own) == 1 {
			return own
		}
		if len(hits) > 0 {
			return hits
		}
	}
	return nil
}

// likelihood is how well a damaged text fits a label: the likeness to its nearest wording, more where the numbering
// agrees or the text is a whole beginning or end of it, and nothing where the text has words that speak against it.
func likelihood(text string, n *node, s *Settings) float64 {
	num, bare := splitOrdinal(text)
	got := []rune(fold(bare))
	if len(got) < 2 {
		if half(num, string(got), []*node{n}) != nil {
			return s.Likely
		}
		return 0
	}
	best := 0.0
	for _, w := range n.words {
		v := likeness(got, w)
		if v >= s.Near && num != (ordinal{}) && num == n.num {
			v += s.Numbering
		}
		if len(got) >= 3 && (strings.HasPrefix(string(w), string(got)) || strings.HasSuffix(string(w), string(got))) {
			v = max(v, s.Likely+s.Margin)
		} else if reworded(got, w) || opposed(string(got), string(w)) {
			continue
		}
		best = max(best, v)
	}
	return min(best, 1-s.Margin)
}

// align gives rows without a node the label that they bear, as the likeliest sequence of all rows: rows stand in the
// order of the form, some are missing, some are printed twice, some are foreign. A label is given only where every
// other one, and none, makes the whole less likely by a margin.
func (f *fitter) align(fam *family, rows []*row) {
	open := make([][]candidate, len(rows))
	any := false
	for i, r := range rows {
		switch {
		case r.node != nil:
			open[i] = []candidate{{r.node, 1, true, true}}
		case r.group:
		default:
			open[i] = f.candidates(fam, r)
			any = any || len(open[i]) > 0
		}
	}
	if !any {
		return
	}
	a := aligner{set: &f.set, fam: fam, open: open}
	a.run()
	for i, r := range rows {
		if r.node != nil || len(open[i]) == 0 {
			continue
		}
		if n := a.choice(i); n != nil && n.leaf() {
			r.node = n
		} else if n != nil {
			r.group = true
		}
	}
}

// aligner is the dynamic program of align. Its state behind a row is the last row of the form that was read, 0 for
// none.
type aligner struct {
	set      *Settings
	fam      *family
	open     [][]candidate
	forward  [][]float64 // best sum of the rows before i that ends in a state
	backward [][]float64 // best sum of the rows from i on that begins in a state
}

func (a *aligner) run() {
	n := len(a.fam.rows) + 1
	a.forward = make([][]float64, len(a.open)+1)
	a.backward = make([][]float64, len(a.open)+1)
	for i := range a.forward {
		a.forward[i], a.backward[i] = make([]float64, n), make([]float64, n)
	}
	for k := 1; k < n; k++ {
		a.forward[0][k] = math.Inf(-1)
	}
	for i, cs := range a.open {
		for k, v := range a.forward[i] {
			a.forward[i+1][k] = v - a.skip(i)
		}
		for _, c := range cs {
			if to, v := a.into(i, c); v > a.forward[i+1][to] {
				a.forward[i+1][to] = v
			}
		}
	}
	for i := len(a.open) - 1; i >= 0; i-- {
		for k := range n {
			best := a.backward[i+1][k] - a.skip(i)
			for _, c := range a.open[i] {
				best = max(best, c.score-a.step(k, c)+a.backward[i+1][a.state(k, c)])
			}
			a.backward[i][k] = best
		}
	}
}

// skip is the cost of no label for row i: one whose text is that of one label only has it.
func (a *aligner) skip(i int) float64 {
	if len(a.open[i]) == 1 && a.open[i][0].alone {
		return 1
	}
	return 0
}

// state is that behind a candidate: groups leave it as it is.
func (a *aligner) state(before int, c candidate) int {
	if !c.node.leaf() {
		return before
	}
	return slices.Index(a.fam.rows, c.node) + 1
}

// step is the cost of a candidate behind a state.
func (a *aligner) step(before int, c candidate) float64 {
	to := a.state(before, c)
	switch {
	case !c.node.leaf():
		return 0
	case to > before:
		return a.set.Missing * math.Min(float64(to-before-1), a.set.MostMissing)
	case to == before && c.exact:
		return 0
	case c.alone:
		return a.set.OutOfOrder
	}
	return math.Inf(1)
}

// into is the best sum that ends with a candidate for row i.
func (a *aligner) into(i int, c candidate) (to int, best float64) {
	best = math.Inf(-1)
	for k, v := range a.forward[i] {
		if s := v + c.score - a.step(k, c); s > best {
			best, to = s, a.state(k, c)
		}
	}
	return to, best
}

// choice returns the label of row i that makes the whole likelier than every other by the margin, or nil.
func (a *aligner) choice(i int) *node {
	none := math.Inf(-1)
	for k, v := range a.forward[i] {
		none = max(none, v+a.backward[i+1][k]-a.skip(i))
	}
	var best *node
	top, second := none, math.Inf(-1)
	for _, c := range a.open[i] {
		total := math.Inf(-1)
		for k, v := range a.forward[i] {
			total = max(total, v+c.score-a.step(k, c)+a.backward[i+1][a.state(k, c)])
		}
		if total > top {
			best, top, second = c.node, total, top
		} else {
			second = max(second, total)
		}
	}
	if best == nil || top-second < a.set.Margin-1e-9 {
		return nil
	}
	return best
}
