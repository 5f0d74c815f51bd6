package report

import (
	"fmt"
	"math"
	"sort"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/normalize/number"
)

// factKey names one cell of the forms.
type factKey struct{ indicator, applicant string }

// found is a fact before it is published: where it stands and what it is.
type found struct {
	factKey
	cell  *cell
	path  []string // label path as published
	unit  string   // stated by the header or the row; empty: the code book's
	doubt string   // why the cell allows two readings; empty: it does not
	rest  string   // text of a further cell that may hold the end of the number
}

// results collects what the readings of the tables yield, and keeps the promise that no cell disappears.
type results struct {
	facts     []found
	at        map[factKey]int
	problems  []extract.Problem
	templates []string // per form table met, in order
	tables    []string // their names
	uses      map[formUse]bool
	twice     map[factKey]bool // cells that were given more than once
	met       map[pair]met
	lost      []*cell // numbers of form tables that a problem was told about and that may have ended in no fact
}

// formUse is a form table that the document uses.
type formUse struct{ template, table string }

func newResults() *results {
	return &results{at: map[factKey]int{}, uses: map[formUse]bool{}, twice: map[factKey]bool{}, met: map[pair]met{}}
}

// add takes a cell as a fact. A second, different value for the same cell of the form makes the first unreadable: nothing decides between them.
func (r *results) add(f found) {
	f.cell.used = true
	i, twice := r.at[f.factKey]
	if !twice {
		r.at[f.factKey] = len(r.facts)
		r.facts = append(r.facts, f)
		return
	}
	first := &r.facts[i]
	a, b := first.cell.value, f.cell.value
	same := a.State == b.State && a.Value == b.Value && (a.State != number.Unreadable || first.cell.text() == f.cell.text())
	r.meet(first, &f, same)
	switch {
	case first.cell == f.cell && first.doubt == "":
		return
	case same && first.doubt == "" && f.doubt == "":
		return
	case a.State == number.Blank && first.doubt == "":
		*first = f // a row printed twice, once without its numbers
		return
	case b.State == number.Blank && f.doubt == "":
		return
	}
	if first.doubt == "" {
		first.doubt = "the document gives this cell twice, differently"
	}
	r.problemAt(extract.DuplicateFact, f.factKey, f.cell, "%s: %q here, %q before", f.factKey, f.cell.text(), first.cell.text())
}

func (k factKey) String() string {
	if k.applicant == "" {
		return k.indicator
	}
	return k.indicator + "/" + k.applicant
}

// problem records what could not be read at a cell; the cell then counts as accounted for.
func (r *results) problem(kind string, c *cell, format string, args ...any) {
	p := extract.Problem{Kind: kind, Detail: fmt.Sprintf(format, args...)}
	if c != nil {
		c.used = true
		p.TableNo, p.RowNo, p.ColumnNo = c.t.no, c.src.Row+1, c.src.Col+1
		p.Page, p.Locator, p.Raw = c.src.Place.Page, c.src.Place.Locator(), c.text()
		if c.t.no == 0 { // a piece of a flattened table
			p.RowNo, p.ColumnNo = 0, 0
		}
		if c.kind == value && (kind == extract.LeftoverCell || kind == extract.UnmatchedLabel) {
			r.lost = append(r.lost, c)
		}
	}
	r.problems = append(r.problems, p)
}

// problemAt records what is wrong with the number of one cell of the form.
func (r *results) problemAt(kind string, k factKey, c *cell, format string, args ...any) {
	r.problem(kind, c, format, args...)
	p := &r.problems[len(r.problems)-1]
	p.Indicator = k.indicator
	if a := k.applicant; a != "" {
		p.Applicant = &a
	}
}

// leftovers reports every cell of a form table that ended nowhere.
func (r *results) leftovers(tables []*table) {
	for _, t := range tables {
		for i := range t.cells {
			if c := &t.cells[i]; !c.used && c.kind != empty {
				r.problem(extract.LeftoverCell, c, "this cell stands in a table of the form and was read as nothing")
			}
		}
	}
}

// use notes a form table of the document. Template is empty where the headers do not tell.
func (r *results) use(template, table string) {
	r.templates = append(r.templates, template)
	r.tables = append(r.tables, table)
	r.uses[formUse{template, table}] = true
}

// publish turns what was found into facts, ordered by table, row and column.
func (r *results) publish() []extract.Fact {
	facts := make([]extract.Fact, 0, len(r.facts))
	for _, f := range r.facts {
		facts = append(facts, r.fact(f))
	}
	told := r.toldRows()
	for i, f := range r.facts {
		r.tell(f, &facts[i], told)
	}
	sort.SliceStable(facts, func(i, j int) bool {
		a, b := &facts[i], &facts[j]
		if a.TableNo != b.TableNo {
			return a.TableNo != 0 && (b.TableNo == 0 || a.TableNo < b.TableNo)
		}
		if a.RowNo != b.RowNo {
			return a.RowNo < b.RowNo
		}
		return a.ColumnNo < b.ColumnNo
	})
	return facts
}

func (r *results) fact(f found) extract.Fact {
	c, v := f.cell, f.cell.value
	in, _ := codebook.Lookup(f.indicator)
	out := extract.Fact{Indicator: f.indicator, State: v.State, Raw: c.text(), Unit: in.Unit, TableNo: c.t.no, Locator: c.src.Place.Locator(), LabelPath: f.path, ReadBy: extract.ReadByText}
	if c.t.no > 0 {
		out.RowNo, out.ColumnNo = c.src.Row+1, c.src.Col+1
	}
	if f.applicant != "" {
		a := f.applicant
		out.Applicant = &a
	}
	if p := c.src.Place.Page; p > 0 {
		out.Page = &p
	}
	if f.unit != "" {
		out.Unit = f.unit
	}
	if c.src.Image != "" && c.kind == empty {
		out.State, out.Locator = extract.InImage, c.src.Image
		return out
	}
	money := in.Unit == number.CNY || in.Unit == number.CNY10k || in.Unit == "unstated"
	switch {
	case f.doubt != "":
		out.State = extract.Unreadable
		return out
	case v.State == number.Unreadable:
		r.problemAt(extract.UnreadNumber, f.factKey, c, "%s: %s", f.factKey, v.Problem)
		return out
	case v.State != number.Reported:
		return out
	}
	switch {
	case v.Unit == number.CNY || v.Unit == number.CNY10k:
		if !money {
			out.State = extract.Unreadable
			r.problemAt(extract.UnreadNumber, f.factKey, c, "%s is a count, and the cell holds an amount of money", f.factKey)
			return out
		}
		out.Unit = v.Unit
	case v.Unit == number.Count && money:
		out.State = extract.Unreadable
		r.problemAt(extract.UnreadNumber, f.factKey, c, "%s is an amount of money, and the cell holds a count", f.factKey)
		return out
	}
	if v.Problem != "" {
		r.problemAt(extract.UnreadNumber, f.factKey, c, "%s: %s", f.factKey, v.Problem)
	}
	if out.Unit == number.Count && v.Value != math.Trunc(v.Value) {
		out.State = extract.Unreadable
		r.problemAt(extract.UnreadNumber, f.factKey, c, "%s is a count, and the cell holds a fraction; the point may separate thousands", f.factKey)
		return out
	}
	n := v.Value
	out.Value = &n
	return out
}
