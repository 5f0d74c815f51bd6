package fit

import (
	"slices"

	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/items"
	"github.com/gongkai-data/gongkai/normalize/number"
)

const mergedValue = "one cell spans this number and that of another cell of the form, so whose it is cannot be told"

// merged doubts the number of an item that serves several cells of the form: a value that spans two rows, or two
// applicants, belongs to neither alone. A merged dash or blank says the same of both and stands for each.
func (f *fitter) merged() {
	served := make(map[*items.Item]int, len(f.found))
	for i := range f.found {
		served[f.found[i].item]++
	}
	for i := range f.found {
		n := &f.found[i]
		if served[n.item] < 2 || n.value.State == number.Blank || n.value.State == number.NotApplicable {
			continue
		}
		n.doubt = mergedValue
		f.problemText(extract.AmbiguousReading, n.item, n.Cell, "%s: %s", n.Cell, mergedValue)
	}
}

// tell reports every fact that is unreadable on a row of which no problem speaks.
func (f *fitter) tell(n found, out *extract.Fact, told map[[2]int]bool) {
	if out.State != extract.Unreadable || told[[2]int{out.TableNo, out.RowNo}] {
		return
	}
	if n.doubt == "" {
		f.unread(extract.AmbiguousReading, n, n.value)
		return
	}
	f.problemText(extract.AmbiguousReading, n.item, n.Cell, "%s: %s", n.Cell, n.doubt)
}

// toldRows lists the rows of tables that problems speak of.
func (f *fitter) toldRows() map[[2]int]bool {
	told := map[[2]int]bool{}
	for _, p := range f.problems {
		told[[2]int{p.TableNo, p.RowNo}] = true
	}
	return told
}

// reach is where the numbers may belong that ended in no fact: rows of grids and paragraphs of flattened tables, each
// with such a number.
type reach struct {
	rows       map[*items.Sheet]map[int]*items.Item
	paragraphs map[int]*items.Item
}

// withinReach makes the blank cells unreadable that a lost number could belong to: a blank beside a number that found
// no place is no blank.
func (f *fitter) withinReach() {
	lost := append(f.lost, f.strays()...)
	if len(lost) == 0 {
		return
	}
	read := make(map[*items.Item]bool, len(f.found))
	for i := range f.found {
		read[f.found[i].item] = true
	}
	if lost = slices.DeleteFunc(lost, func(c *items.Item) bool { return read[c] }); len(lost) == 0 {
		return
	}
	out := f.reachOf(lost)
	for i := range f.found {
		n := &f.found[i]
		if n.item.Kind != items.Blank || n.doubt != "" || n.item.Cell.Image != "" || n.value.State != number.Blank {
			continue
		}
		c := out.at(n.item)
		if c == nil {
			continue
		}
		n.doubt = "a number beside the blank cell was read as nothing and may be its own"
		f.problemText(extract.AmbiguousReading, n.item, n.Cell, "%s: %s: %q", n.Cell, n.doubt, c.Text)
	}
}

// strays returns the numbers that stand alone in their column of a form table, as before the labels of a row: serial
// numbers do not.
func (f *fitter) strays() (out []*items.Item) {
	for s := range f.seen {
		if s.No == 0 {
			continue
		}
		in := map[int]int{}
		isNumber := func(c *items.Item) bool { return c.Kind == items.Value && c.Number.State == number.Reported }
		for _, c := range s.Items {
			if isNumber(c) {
				in[c.Col]++
			}
		}
		for _, c := range s.Items {
			if isNumber(c) && in[c.Col] == 1 {
				out = append(out, c)
			}
		}
	}
	return out
}

// reachOf says how far the lost numbers reach: over their own row and, where no label starts in it, as when a rule or a
// page cut a row, to the nearest rows above and below that hold facts.
func (f *fitter) reachOf(lost []*items.Item) reach {
	out := reach{map[*items.Sheet]map[int]*items.Item{}, map[int]*items.Item{}}
	facts := map[*items.Sheet]map[int]bool{}
	for _, n := range f.found {
		s := n.item.Sheet
		if facts[s] == nil {
			facts[s] = map[int]bool{}
		}
		for row := n.item.Row; row < n.item.Below(); row++ {
			facts[s][row] = true
		}
	}
	for _, c := range lost {
		for s, end := range f.ends {
			if end == c {
				out.row(s, lastRow(facts[s]), c)
			}
		}
		if c.At > 0 {
			for at := c.At - 1; at <= c.At+1; at++ {
				out.paragraphs[at] = c
			}
			continue
		}
		from, to := c.Row, c.Below()
		if !labelled(c.Sheet, from, to) {
			for from--; from > 0 && !facts[c.Sheet][from]; from-- {
			}
			for to++; to < c.Sheet.Rows && !facts[c.Sheet][to-1]; to++ {
			}
		}
		for row := from; row < to; row++ {
			out.row(c.Sheet, row, c)
		}
	}
	return out
}

// row notes that a lost number may belong to a row.
func (r *reach) row(s *items.Sheet, row int, c *items.Item) {
	if r.rows[s] == nil {
		r.rows[s] = map[int]*items.Item{}
	}
	r.rows[s][row] = c
}

func lastRow(rows map[int]bool) (last int) {
	for row := range rows {
		last = max(last, row)
	}
	return last
}

// at returns a lost number that may belong to the item, or nil.
func (r reach) at(c *items.Item) *items.Item {
	if c.At > 0 {
		return r.paragraphs[c.At]
	}
	for row := c.Row; row < c.Below(); row++ {
		if l := r.rows[c.Sheet][row]; l != nil {
			return l
		}
	}
	return nil
}

// labelled reports whether a label stands in the rows that none around them shares.
func labelled(s *items.Sheet, from, to int) bool {
	return slices.ContainsFunc(s.Items, func(c *items.Item) bool {
		return c.Kind == items.Word && c.Row >= from && c.Below() <= to
	})
}
