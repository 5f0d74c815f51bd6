package rule

import (
	"strings"
)

// Identity is one sum over the cells of a report: the left side equals the right, or is at most the right.
type Identity struct {
	Rule string
	// Left holds the wordings of the left side that the generations of the form have, the preferred one first: a page
	// may print one row, the rows that took its place, or both.
	Left   [][]Term
	Right  []Term
	AtMost bool
}

// Term is one cell of a side.
type Term struct {
	Key
	Minus  bool // it is subtracted
	Before bool // it is the cell of the report of the year before
}

// acrossYears reports whether the identity needs the report of the year before.
func (i Identity) acrossYears() bool {
	for _, t := range i.Left[0] {
		if t.Before {
			return true
		}
	}
	return false
}

// Report tries every identity that needs one report only, in the order given. Identities none of whose cells are on the
// page are left out.
func Report(t Table, identities []Identity) []Check {
	var checks []Check
	for _, i := range identities {
		if i.acrossYears() {
			continue
		}
		if c, ok := t.identity(i); ok {
			checks = append(checks, c)
		}
	}
	return checks
}

// identity tries the wording of the left side of which most cells are on the page and then fewest lack. Where it fails,
// and another one that is on the page with a cell of its own makes the sum, that one passes with a note.
func (t Table) identity(i Identity) (Check, bool) {
	best, right := i.Left[t.nearest(i.Left)], keys(i.Right)
	c, ok := t.equation(i.Rule, keys(best), right)
	if !ok {
		return c, false
	}
	if i.AtMost {
		c.atMost()
		return c, true
	}
	if c.Outcome == Pass || len(i.Left) == 1 {
		return c, true
	}
	for _, left := range i.Left {
		own, other := without(t.present(left), best), without(t.present(best), left)
		if len(own) == 0 {
			continue
		}
		if alt, ok := t.equation(i.Rule, keys(left), right); ok && alt.Outcome == Pass {
			alt.Remark = Remark{"passes_with", []string{join(own), join(other)}}
			return alt, true
		}
	}
	return c, true
}

// nearest returns the index of the wording that the page has.
func (t Table) nearest(wordings [][]Term) (best int) {
	for i, w := range wordings {
		n, m := len(t.present(w)), len(t.present(wordings[best]))
		if n > m || n == m && len(w) < len(wordings[best]) {
			best = i
		}
	}
	return best
}

// present returns the keys of a side that are on the page.
func (t Table) present(side []Term) (out []Key) {
	for _, term := range side {
		if _, there := t[term.Key]; there {
			out = append(out, term.Key)
		}
	}
	return out
}

// without returns the keys that a side does not have.
func without(all []Key, side []Term) (out []Key) {
next:
	for _, k := range all {
		for _, term := range side {
			if term.Key == k {
				continue next
			}
		}
		out = append(out, k)
	}
	return out
}

func keys(side []Term) []Key {
	out := make([]Key, len(side))
	for i, term := range side {
		out[i] = term.Key
	}
	return out
}

// atMost judges an equation as an upper bound.
func (c *Check) atMost() {
	c.Expression = strings.Replace(c.Expression, " = ", " <= ", 1)
	if c.LHS != nil && c.RHS != nil {
		if c.Outcome = Pass; *c.LHS > *c.RHS && !Equal(*c.LHS, *c.RHS) {
			c.Outcome = Fail
		}
	}
}
