package mention

import (
	"fmt"
	"math/bits"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/grammar"
	"github.com/gongkai-data/gongkai/extract/mention/pattern"
)

// subject is what the rows of a table are tried on: a number, a label, a clause.
type subject interface {
	words() *pattern.Text
	unitOf() uint8           // the unit of units.csv, 0 for none
	place() (start, end int) // what a pattern with # stands around
	fired(rule string)
}

// facts are what the columns of a table may ask of its subject: whether something holds (in "when"), and the ranges of
// text that other columns look at. Flags cost nothing to ask, so they are asked once for all rows; finds have to look
// for something, and are asked by the rows that come so far.
type facts[S subject] struct {
	flags map[string]func(S) bool
	finds map[string]func(S) bool
	spans map[string]func(S) span
}

// row is one rule.
type row[S subject] struct {
	rule       string
	around     *pattern.Around
	units      *[256]bool // nil where it holds for all
	butUnits   bool       // units are those that it does not hold for
	flags      []flagTerm[S]
	finds      []flagTerm[S]
	conditions []spanTerm[S]
	does       string
}

type flagTerm[S subject] struct {
	name string
	not  bool
	of   func(S) bool
}

// spanTerm asks whether a pattern stands in a range, or a named condition holds of it.
type spanTerm[S subject] struct {
	column string
	span   func(S) span
	term
}

// rules are the rows of a table in their order; the first that holds decides.
type rules[S subject] struct {
	table string
	rows  []row[S]
	index index[S]
}

// notRules are the columns of a table that are no conditions on ranges of text.
var notRules = map[string]bool{"rule": true, "pattern": true, "unit": true, "when": true, "does": true, "example": true, "counter": true, "why": true}

// compile reads a table. Its faults are those of the program, so it panics.
func compile[S subject](table string, f facts[S]) *rules[S] {
	t := read(table)
	all := &rules[S]{table: table}
	for _, cells := range t.Rows {
		r, err := compileRow(t, cells, f)
		if err != nil {
			panic(fmt.Sprintf("mention: %s.csv: %s: %v", table, cells[0], err))
		}
		all.rows = append(all.rows, r)
	}
	all.index = newIndex(all.rows)
	return all
}

func read(table string) grammar.Table {
	t, err := grammar.Read(table)
	if err != nil {
		panic("mention: " + err.Error())
	}
	return t
}

func compileRow[S subject](t grammar.Table, cells []string, f facts[S]) (row[S], error) {
	r := row[S]{rule: t.Name + ": " + cells[0]}
	for i, column := range t.Header {
		cell := cells[i]
		if cell == "" {
			continue
		}
		var err error
		switch column {
		case "pattern":
			r.around, err = pattern.NewAround(cell, lists)
		case "unit":
			err = r.setUnits(cell)
		case "when":
			err = r.setFacts(cell, f)
		case "does":
			r.does = cell
		default:
			if !notRules[column] {
				err = r.setCondition(column, cell, f.spans)
			}
		}
		if err != nil {
			return r, fmt.Errorf("%s: %w", column, err)
		}
	}
	return r, nil
}

func (r *row[S]) setUnits(cell string) error {
	cell, r.butUnits = strings.CutPrefix(cell, "!")
	r.units = new([256]bool)
	for _, u := range strings.Fields(cell) {
		id, known := unitIDs[u]
		if !known {
			return fmt.Errorf("units.csv has no %q", u)
		}
		r.units[id] = true
	}
	return nil
}

func (r *row[S]) setFacts(cell string, f facts[S]) error {
	for _, name := range strings.Fields(cell) {
		name, not := strings.CutPrefix(name, "!")
		if of := f.flags[name]; of != nil {
			r.flags = append(r.flags, flagTerm[S]{name: name, not: not, of: of})
		} else if of := f.finds[name]; of != nil {
			r.finds = append(r.finds, flagTerm[S]{name: name, not: not, of: of})
		} else {
			return fmt.Errorf("%q is not known", name)
		}
	}
	return nil
}

// setCondition reads a cell such as 复议 & !诉讼 & =request: all of its terms hold.
func (r *row[S]) setCondition(column, cell string, spans map[string]func(S) span) error {
	of, known := spans[column]
	if !known {
		return fmt.Errorf("the column is not known")
	}
	for _, s := range strings.Split(cell, " & ") {
		term, err := compileTerm(s)
		if err != nil {
			return err
		}
		r.conditions = append(r.conditions, spanTerm[S]{column: column, span: of, term: term})
	}
	return nil
}

// decide returns the first row that holds of s, nil where none does.
func (t *rules[S]) decide(s S) (first *row[S]) {
	t.each(s, func(r *row[S]) bool {
		first = r
		return false
	})
	return first
}

// each calls f with each row that holds of s, until f returns false.
func (t *rules[S]) each(s S, f func(*row[S]) bool) {
	for block, may := range t.index.may(s) {
		for ; may != 0; may &= may - 1 {
			r := &t.rows[64*block+bits.TrailingZeros64(may)]
			if !r.holds(s) {
				continue
			}
			if s.fired(r.rule); !f(r) {
				return
			}
		}
	}
}

// does returns what the first row that holds of s does, "" where none holds.
func (t *rules[S]) does(s S) string {
	if r := t.decide(s); r != nil {
		return r.does
	}
	return ""
}

// holds reports whether a row that the index lets through holds of s: what the index asked is not asked again.
func (r *row[S]) holds(s S) bool {
	for _, f := range r.finds {
		if f.of(s) == f.not {
			return false
		}
	}
	if r.around != nil {
		start, end := s.place()
		if _, _, ok := r.around.Match(s.words(), start, end); !ok {
			return false
		}
	}
	for i := range r.conditions {
		c := &r.conditions[i]
		if c.holds(s.words(), c.span(s)) == c.not {
			return false
		}
	}
	return true
}

// term is one part of a condition: a pattern that stands in a range, or =NAME, a condition of names.csv; ! denies it.
type term struct {
	not     bool
	pattern *pattern.Pattern
	named   *named
}

func compileTerm(s string) (term, error) { return compileTermOf(s, names()) }

// compileTermOf compiles a term that may name one of the conditions known so far.
func compileTermOf(s string, known map[string]*named) (t term, err error) {
	if rest, not := strings.CutPrefix(s, "!"); not && !strings.HasPrefix(rest, "(") {
		s, t.not = rest, true
	}
	if name, is := strings.CutPrefix(s, "="); is {
		if t.named = known[name]; t.named == nil {
			return t, fmt.Errorf("names.csv has no %q", name)
		}
		return t, nil
	}
	t.pattern, err = pattern.New(s, lists)
	return t, err
}
