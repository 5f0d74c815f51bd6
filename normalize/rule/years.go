package rule

import "math"

// Years tries the identities that need the reports of one issuer for year N (before) and year N+1 (after), in the order
// given. An identity is left out where either report lacks one of its cells.
//
// A failure is a flag, not proof of an error: documents that lapse (失效), for instance, are in no column of the form.
func Years(before, after Table, identities []Identity) []Check {
	var checks []Check
	for _, i := range identities {
		if !i.acrossYears() {
			continue
		}
		if c, ok := overYears(i, before, after); ok {
			checks = append(checks, c)
		}
	}
	return checks
}

func overYears(i Identity, before, after Table) (Check, bool) {
	c := Check{Rule: i.Rule, Outcome: NotAssessable}
	l, ok := c.total(i.Left[0], before, after)
	if !ok {
		return Check{}, false
	}
	c.Expression += " = "
	r, ok := c.total(i.Right, before, after)
	if !ok {
		return Check{}, false
	}
	if math.IsNaN(l) || math.IsNaN(r) {
		c.Remark = Remark{Code: "cell_without_number"}
		return c, true
	}
	c.LHS, c.RHS = &l, &r
	if c.Outcome = Fail; Equal(l, r) {
		c.Outcome = Pass
	}
	return c, true
}

// total adds a side up and writes it into the check. It is NaN where a cell holds no number; ok is false where a report
// lacks a cell.
func (c *Check) total(side []Term, before, after Table) (sum float64, ok bool) {
	for n, term := range side {
		table := after
		if term.Before {
			table = before
		} else {
			c.Cells = append(c.Cells, term.Key)
		}
		v, there := table[term.Key]
		if !there {
			return 0, false
		}
		sign := " + "
		if term.Minus {
			sign, v = " - ", -v
		}
		if n > 0 {
			c.Expression += sign
		}
		c.Expression += term.String()
		if term.Before {
			c.Expression += " of the year before"
		}
		sum += v
	}
	return sum, true
}
