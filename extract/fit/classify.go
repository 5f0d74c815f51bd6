package fit

import (
	"math"
	"slices"
	"strings"

	"github.com/gongkai-data/gongkai/extract/items"
	"github.com/gongkai-data/gongkai/normalize/number"
)

// line is a row of a sheet, or a part of one where the page sets two tables side by side.
type line struct {
	sheet *items.Sheet
	row   int
	all   []*items.Item // that cover the row
	own   []*items.Item // that start in it
	fam   *family       // the tables it belongs to; nil for none
	head  bool          // it is of the header
	loose bool          // it is a part of a row that the header does not stand over
}

// phases of a line: outside of the form, or header or body of a family.
type phase struct {
	fam  *family
	head bool
}

// evidence is what the items of a line say.
type evidence struct {
	rowSure, rowMaybe, colSure, colMaybe, titles, groups int // words by what they can be in the family
	numbers, strange, heading, elsewhere                 int
}

// classify says for every line which tables of the form it belongs to, by the cheapest sequence of headers and bodies
// over all lines.
func (f *fitter) classify(lines []*line) {
	if len(lines) == 0 {
		return
	}
	s := &f.set
	phases := []phase{{}}
	for _, fam := range f.lex.families {
		phases = append(phases, phase{fam, true}, phase{fam, false})
	}
	score := make([]float64, len(phases))
	back := make([][]uint8, len(lines))
	for j := range phases[1:] {
		score[j+1] = math.Inf(-1)
	}
	for i, l := range lines {
		back[i] = make([]uint8, len(phases))
		next := make([]float64, len(phases))
		var before *line
		if i > 0 {
			before = lines[i-1]
		}
		blank := l.blank()
		for j, p := range phases {
			best := math.Inf(-1)
			for k, q := range phases {
				if v := score[k] - f.transition(q, p, before, l); v > best {
					best, back[i][j] = v, uint8(k)
				}
			}
			next[j] = best
			if !blank {
				next[j] += f.emission(l, p)
			} else if p.fam != nil && !p.head && len(p.fam.rows) == 0 && l.sheet.No > 0 {
				next[j] += s.BlankRow
			}
		}
		score = next
	}
	at := 0
	for j, v := range score {
		if v > score[at] {
			at = j
		}
	}
	for i := len(lines) - 1; i >= 0; i-- {
		lines[i].fam, lines[i].head = phases[at].fam, phases[at].head
		at = int(back[i][at])
	}
}

// withoutEvidence takes runs of lines back that no word says to be of their table, but words that other tables have
// too.
func (f *fitter) withoutEvidence(lines []*line) {
	for start := 0; start < len(lines); {
		end := start
		sure := false
		for end < len(lines) && lines[end].fam == lines[start].fam {
			sure = sure || lines[end].fam != nil && slices.ContainsFunc(lines[end].own, func(i *items.Item) bool { return f.ownWord(i, lines[end].fam) })
			end++
		}
		if !sure {
			for _, l := range lines[start:end] {
				l.fam = nil
			}
		}
		start = end
	}
}

// ownWord reports whether an item is a label that the family has and no other.
func (f *fitter) ownWord(i *items.Item, fam *family) bool {
	hits := f.hits(i)
	if len(hits) == 0 {
		return fam.section == 2 && isTitle(i.Text)
	}
	return !slices.ContainsFunc(hits, func(n *node) bool { return n.family != fam || n.axis == headAxis || n.key == wholeValue })
}

func (l *line) blank() bool {
	for _, i := range l.own {
		if i.Kind != items.Blank {
			return false
		}
	}
	return true
}

// transition is the cost of phase p behind phase q.
func (f *fitter) transition(q, p phase, before, l *line) float64 {
	s := f.set
	boundary := before == nil || before.sheet != l.sheet
	switch {
	case p.fam == nil && q.fam == nil:
		return 0
	case p.fam == nil:
		if boundary {
			return 0
		}
		return s.Switch
	case q.fam == p.fam && boundary && !p.head && !q.head && !(l.sheet.Placement == items.Drawn && l.sheet.Grid.Continues) && !f.mentions(l.sheet, p.fam):
		return s.NextSheet
	case q.fam == p.fam && p.head && !q.head && !boundary:
		return s.Switch
	case q.fam == p.fam:
		return 0
	case p.head:
		return s.Switch
	}
	return s.Headless
}

// mentions reports whether a sheet has a label of the family that no other family has.
func (f *fitter) mentions(sheet *items.Sheet, fam *family) bool {
	return slices.ContainsFunc(sheet.Items, func(i *items.Item) bool { return f.ownWord(i, fam) })
}

func (f *fitter) hits(i *items.Item) []*node {
	if i.Kind != items.Word {
		return nil
	}
	return f.find(i.Text)
}

// emission is how well a line fits a phase.
func (f *fitter) emission(l *line, p phase) float64 {
	e := f.evidence(l, p.fam)
	s := f.set
	if p.fam == nil {
		return float64(e.heading)*s.Sure - 0.1*float64(e.elsewhere)
	}
	numbers := math.Min(float64(e.numbers), float64(s.MaxNumbers))
	score := -s.Strange*float64(e.strange) - s.Sure*float64(e.heading) - s.Strange*float64(e.elsewhere)
	if p.head {
		return score + s.Sure*float64(e.colSure+e.titles) + s.Maybe*float64(e.colMaybe) - s.Against*numbers - s.Sure*float64(e.rowSure)
	}
	score += s.Sure*float64(e.rowSure) + s.Maybe*float64(e.rowMaybe) + s.Number*numbers
	if e.groups > 0 && e.numbers > 0 { // its rows name what the form names above the columns
		return score + s.Maybe
	}
	return score - s.Against*float64(e.colSure+e.titles)
}

func (f *fitter) evidence(l *line, fam *family) (e evidence) {
	words := 0
	for _, i := range l.own {
		switch i.Kind {
		case items.Blank:
			continue
		case items.Value:
			if i.Number.State != number.NotApplicable {
				e.numbers++
			} else if e.numbers < 2 {
				e.numbers++
			}
			continue
		}
		words++
		if fam != nil {
			f.weigh(&e, f.hits(i), i, fam)
		} else if len(f.hits(i)) > 0 {
			e.elsewhere++
		}
	}
	if words == 1 && e.numbers == 0 && f.headed(l.own) && !f.isRow(l.own) {
		e.heading = 1
	}
	return e
}

// weigh counts one word of a line.
func (f *fitter) weigh(e *evidence, hits []*node, i *items.Item, fam *family) {
	row, column, title, group, other := false, false, false, false, false
	for _, h := range hits {
		if h.family != fam {
			other = true
			continue
		}
		switch h.axis {
		case rowAxis:
			row = true
		case columnAxis:
			column = true
			group = group || !h.leaf()
		case titleAxis:
			title = true
		case headAxis:
			column = true
			other = true
		}
	}
	title = title || len(hits) == 0 && fam.section == 2 && isTitle(i.Text)
	switch {
	case title:
		e.titles++
	case row && (column || other):
		e.rowMaybe++
		if column {
			e.colMaybe++
		}
	case row:
		e.rowSure++
	case column && other:
		e.colMaybe++
	case column:
		e.colSure++
	case len(hits) > 0:
		e.elsewhere++
	case f.piece(i.Text, fam, columnAxis):
		e.colMaybe++
	case f.piece(i.Text, fam, rowAxis):
		e.rowMaybe++
	default:
		e.strange++
	}
	if group {
		e.groups++
	}
}

// isRow reports whether a word of the line is the label of a row.
func (f *fitter) isRow(own []*items.Item) bool {
	return slices.ContainsFunc(own, func(i *items.Item) bool {
		return slices.ContainsFunc(f.hits(i), func(n *node) bool { return n.axis == rowAxis && n.leaf() })
	})
}

// piece reports whether a text of two characters or more is a part of a label of an axis.
func (f *fitter) piece(text string, fam *family, a axis) bool {
	key := pieceKey{text, fam, a}
	if is, known := f.pieces[key]; known {
		return is
	}
	t := fold(text)
	is := len([]rune(t)) >= 2 && slices.ContainsFunc(fam.all, func(n *node) bool {
		return n.axis == a && slices.ContainsFunc(n.words, func(w []rune) bool { return strings.Contains(string(w), t) })
	})
	f.pieces[key] = is
	return is
}

type pieceKey struct {
	text string
	fam  *family
	axis axis
}

// headed reports whether a line is the heading of a section.
func (f *fitter) headed(own []*items.Item) bool {
	for _, i := range own {
		if i.Kind != items.Blank {
			return f.heading(i.Text)
		}
	}
	return false
}
