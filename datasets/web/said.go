package web

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/datasets/query"
	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/extract/lazyregexp"
)

// Said is a note of the dataset in the language of the page.
func (r *request) Said(s string) string { return codebook.NoteIn(r.lang, r.Plain(s)) }

// cellName matches the name of a cell in the expression of a check: review.total, requests.received/business.
var cellName = lazyregexp.New(`[a-z0-9_]+(?:\.[a-z0-9_]+)+(?:/[a-z_]+)?`)

// Words is the expression of a check in words: the labels of its cells, what they share named once.
func (r *request) Words(expression string) string {
	expression = r.Said(expression)
	indicators, applicants := map[string]bool{}, map[string]bool{}
	names := cellName.FindAllString(expression, -1)
	for _, name := range names {
		indicator, applicant, _ := strings.Cut(name, "/")
		indicators[indicator], applicants[applicant] = true, true
	}
	shared := ""
	word := func(indicator, applicant string) string {
		if applicant == "" || applicant == codebook.Total {
			return r.Label(indicator)
		}
		return r.Label(indicator) + " · " + r.Applicant(applicant)
	}
	first, applicant, _ := strings.Cut(strings.Join(names[:min(1, len(names))], ""), "/")
	switch {
	case len(names) > 1 && len(indicators) == 1 && len(applicants) > 1:
		shared = r.Label(first)
		word = func(_, applicant string) string { return r.Applicant(applicant) }
	case len(names) > 1 && len(applicants) == 1 && applicant != "" && applicant != codebook.Total:
		shared = r.Applicant(applicant)
		word = func(indicator, _ string) string { return r.Label(indicator) }
	}
	out := cellName.ReplaceAllStringFunc(expression, func(name string) string {
		indicator, applicant, _ := strings.Cut(name, "/")
		if _, known := codebook.Lookup(indicator); !known {
			if _, known := query.LookupMeasure(indicator); !known {
				return name
			}
		}
		return word(indicator, applicant)
	})
	out = strings.NewReplacer(" of the year before", r.Pick("（上年）", " (year before)"), "text: ", r.Pick("正文：", "text: "),
		"text_new_share", r.T("new_text_share")).Replace(out)
	if shared != "" {
		out = shared + r.Pick("：", ": ") + out
	}
	return out
}

// Label names an indicator or a measure.
func (r *request) Label(indicator string) string {
	if m, ok := query.LookupMeasure(indicator); ok {
		return m.Label(r.lang)
	}
	return indicator
}

// Applicant names a column of the requests table.
func (r *request) Applicant(id string) string {
	for _, a := range codebook.Applicants {
		if a.ID == id {
			return r.Pick(a.LabelZH, a.LabelEN)
		}
	}
	return id
}

// Relation is the sign between the two sides of a check, as they are and not as they should be.
func (r *request) Relation(c schema.Check) string {
	switch {
	case c.LHS == nil || c.RHS == nil || *c.LHS == *c.RHS:
		return "="
	case strings.Contains(c.Expression, "<=") && *c.LHS < *c.RHS:
		return "<"
	case strings.Contains(c.Expression, "<="):
		return ">"
	case strings.Contains(c.Expression, ">=") && *c.LHS < *c.RHS:
		return "<"
	case strings.Contains(c.Expression, ">="):
		return ">"
	case c.Outcome == "pass":
		return "≈" // within what rounding allows
	}
	return "≠"
}

// Where puts the place of a cell in words.
func (r *request) Where(f schema.Fact) string {
	s := r.T("where_text")
	if f.TableNo > 0 {
		s = fmt.Sprintf(r.T("where_cell"), f.TableNo, f.RowNo, f.ColumnNo)
	}
	if f.Page != nil {
		s = fmt.Sprintf(r.T("where_page"), *f.Page) + s
	}
	return s
}

// Passing says how many checks hold.
func (r *request) Passing(n int) string {
	if n == 1 {
		return r.T("passed_one")
	}
	return fmt.Sprintf(r.T("passed"), n)
}

// Count words a number of reports.
func (r *request) Count(n int) string {
	if n == 1 {
		return r.T("n_report")
	}
	return fmt.Sprintf(r.T("n_reports"), grouped(strconv.Itoa(n)))
}

// Grades are the grades of quality, best first.
func (r *request) Grades() []string { return []string{"A", "B", "C", "D"} }

// Grade explains a grade, without its letter.
func (r *request) Grade(g string) string {
	return strings.TrimLeft(strings.TrimPrefix(r.T("quality_"+g), g), "：: ")
}
