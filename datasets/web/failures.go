package web

import (
	"html/template"
	"slices"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/datasets/schema"
)

// failure is the failed checks of one class, in the words of the code book.
type failure struct {
	Class  codebook.Class
	Checks []schema.Check
}

// failuresOf sorts the failed checks of a report by class: first those that speak against a number, then what is worth
// a look.
func failuresOf(checks []schema.Check) (against, notes []failure) {
	for _, class := range codebook.Classes() {
		f := failure{Class: class}
		for _, c := range checks {
			if c.Outcome == "fail" && classOf(c).ID == class.ID {
				f.Checks = append(f.Checks, c)
			}
		}
		switch {
		case len(f.Checks) == 0:
		case class.Against:
			against = append(against, f)
		default:
			notes = append(notes, f)
		}
	}
	return against, notes
}

// classOf is the class of a check's rule. A check of an older release says none.
func classOf(c schema.Check) codebook.Class {
	if i := slices.IndexFunc(codebook.Classes(), func(x codebook.Class) bool { return x.ID == c.Class }); i >= 0 {
		return codebook.Classes()[i]
	}
	return codebook.LookupRule(c.Rule).Class
}

// Fails words what a class of failed checks says of a number.
func (r *request) Fails(c codebook.Class) string { return r.Pick(c.FailsZH, c.FailsEN) }

// Outcome words how a check came out: one that fails in the words of its rule, for only some failures speak against a
// number.
func (r *request) Outcome(c schema.Check) string {
	if c.Outcome == "fail" {
		return codebook.LookupRule(c.Rule).Fails(r.lang)
	}
	return r.T("outcome_" + c.Outcome)
}

// Tone is the class of the page's style for a check: only a failure that speaks against the number is coloured.
func (r *request) Tone(c schema.Check) string {
	if c.Outcome == "fail" && !classOf(c).Against {
		return "noted"
	}
	return c.Outcome
}

// Told words a problem in the language of the page, with the labels of the cells that it names. One of a code that this
// program does not know, as a newer one may have written it, keeps its English words.
func (r *request) Told(p schema.Problem) template.HTML {
	if p.Code != nil {
		if s, ok := codebook.Say(r.lang, *p.Code, p.Args...); ok {
			return template.HTML(template.HTMLEscapeString(r.labelled(r.Plain(s)))) //nolint:gosec // escaped
		}
	}
	return template.HTML(`<span lang="en">` + template.HTMLEscapeString(r.Plain(p.Detail)) + `</span>`) //nolint:gosec // escaped
}

// labelled puts labels in the place of the names of cells.
func (r *request) labelled(s string) string {
	return cellName.ReplaceAllStringFunc(s, func(name string) string {
		indicator, applicant, _ := strings.Cut(name, "/")
		if _, known := codebook.Lookup(indicator); !known {
			return name
		}
		if applicant == "" || applicant == codebook.Total {
			return r.Label(indicator)
		}
		return r.Label(indicator) + " · " + r.Applicant(applicant)
	})
}

// cellProblems are the problems that name a cell.
func cellProblems(all []schema.Problem, indicator string, applicant *string) []schema.Problem {
	var out []schema.Problem
	for _, p := range all {
		if p.Indicator != nil && *p.Indicator == indicator && (p.Applicant == nil || applicant != nil && *p.Applicant == *applicant) {
			out = append(out, p)
		}
	}
	return out
}
