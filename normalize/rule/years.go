package rule

// Years tries the identities that need the reports of one issuer for year N (before) and year N+1 (after).
func Years(before, after Table) []Check {
	var checks []Check
	for _, a := range append(append([]string{}, Applicants...), Total) {
		out, in := Key{"requests.carried_out", a}, Key{"requests.carried_in", a}
		if c, ok := pair("carry_over", before, out, after, in); ok {
			checks = append(checks, c)
		}
	}
	for _, kind := range []string{"regulations", "normative_documents"} {
		if c, ok := inForce(kind, before, after); ok {
			checks = append(checks, c)
		}
	}
	return checks
}

// pair compares one cell of the year before with one of the year after.
func pair(rule string, before Table, b Key, after Table, a Key) (Check, bool) {
	l, r := before.side([]Key{b}), after.side([]Key{a})
	if len(l.keys) == 0 || len(r.keys) == 0 {
		return Check{}, false
	}
	c := Check{Rule: rule, Expression: b.String() + " of the year before = " + a.String(), Cells: []Key{a}, Outcome: NotAssessable}
	if l.numbers == 0 || r.numbers == 0 {
		c.Note = "a cell holds no number"
		return c, true
	}
	c.LHS, c.RHS = &l.sum, &r.sum
	if c.Outcome = Fail; Equal(l.sum, r.sum) {
		c.Outcome = Pass
	}
	return c, true
}

// inForce is in_force of N+1 = in_force of N + issued − repealed of N+1 (2021 form). Documents that lapse (失效) are in no column, so a failure is a flag, not proof of an error.
func inForce(kind string, before, after Table) (Check, bool) {
	stock, issued, repealed := Key{kind + ".in_force", ""}, Key{kind + ".issued", ""}, Key{kind + ".repealed", ""}
	old, now := before.side([]Key{stock}), after.side([]Key{stock, issued, repealed})
	if len(old.keys) == 0 || len(now.keys) < 3 {
		return Check{}, false
	}
	c := Check{Rule: "in_force", Cells: now.keys, Outcome: NotAssessable,
		Expression: stock.String() + " of the year before + " + issued.String() + " - " + repealed.String() + " = " + stock.String()}
	if old.numbers == 0 || now.numbers < 3 {
		c.Note = "a cell holds no number"
		return c, true
	}
	l, r := old.sum+after[issued]-after[repealed], after[stock]
	c.LHS, c.RHS = &l, &r
	if c.Outcome = Fail; Equal(l, r) {
		c.Outcome = Pass
	}
	return c, true
}
