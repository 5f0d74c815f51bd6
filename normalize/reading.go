// Package normalize turns one Report as published into comparable rows: who published it, for which year, on which
// form, which rules hold. It never alters a published value; it adds columns beside it.
package normalize

import (
	"cmp"
	"math"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/foreign"
	"github.com/gongkai-data/gongkai/extract/lazyregexp"
	"github.com/gongkai-data/gongkai/extract/title"
	"github.com/gongkai-data/gongkai/normalize/identity"
	"github.com/gongkai-data/gongkai/normalize/rule"
)

// Reading is one report with everything that can be told from it alone.
type Reading struct {
	*extract.Report
	Parsed   title.Parsed // year, issuer name and the evidence for each
	Template string       // "2008", "2014", "2019", "2021", "mixed"; empty where no table header and no outline tells
	Checks   []Check
}

// Check is one rule tried on a report. A nil side holds no number.
type Check struct {
	Rule       string   `json:"rule"`
	Class      string   `json:"class"` // arithmetic, years, text, unusual, copy, aggregate: see codebook.Classes
	Expression string   `json:"expression"`
	LHS        *float64 `json:"lhs"`
	RHS        *float64 `json:"rhs"`
	Delta      *float64 `json:"delta"`
	Outcome    string   `json:"outcome"` // pass, fail, not_assessable
	Note       string   `json:"note"`
	Cells      []string `json:"cells"`
}

// Read finds year, issuer name and template, and tries every rule that needs this report only. In r it sets
// Fact.FailedChecks, adds to Problems, and adds to Expected the cells of tables that the report should have and lacks.
func Read(r *extract.Report) *Reading {
	// Copies in traditional script keep their text as published; the names of bodies and years are looked for in
	// simplified script.
	plain, _ := foreign.Simplify([]byte(r.Title + "\n" + r.Text))
	heading, text, _ := strings.Cut(string(plain), "\n")
	out := &Reading{Report: r, Parsed: title.FromReport(heading, text, r.Meta), Template: templateOf(r)}
	for _, d := range out.Parsed.Doubts {
		out.doubtIdentity(d.Code, d.Args...)
	}
	if out.Parsed.Year == nil && len(out.Parsed.Doubts) == 0 {
		out.doubtIdentity("year_untold")
	}
	if out.Parsed.IssuerName == "" {
		out.doubtIdentity("issuer_untold")
	}
	if word := cmp.Or(out.Parsed.Part, out.Parsed.NotReport); word != "" {
		code := "title_says"
		if !out.IsReport() {
			code = "no_report"
		}
		out.doubtIdentity(code, word)
	}
	out.missingTables()
	table := Table(r.Facts)
	for _, c := range rule.Report(table, identity.All) {
		out.add(fromRule(c))
	}
	out.add(mentionChecks(r.Mentions)...)
	out.add(textChecks(r.Mentions, table)...)
	return out
}

var (
	formOnly = lazyregexp.New(`范文|范本|模板|样本|样式|格式|解读|图解|[读看]懂|图说|长图`)
	outline  = 3 // sections that a paper has which is a report in spite of its title (关于印发2012年…年度报告的通知)
)

// IsReport reports whether this is an annual report. A rule, a form, a guide or an explanation that speaks of annual
// reports is none, unless it holds the table with numbers or, where its title only announces, the outline of a report;
// a report on half a year is none whatever it holds.
func (r *Reading) IsReport() bool {
	switch {
	case r.Parsed.Part != "":
		return false
	case r.Parsed.NotReport == "":
		return true
	}
	for i := range r.Facts {
		if r.Facts[i].Value != nil {
			return true
		}
	}
	return !formOnly.MatchString(r.Parsed.NotReport) && len(r.Sections) >= outline
}

// Leads lists the addresses that a page without a report of its own leads to.
func (r *Reading) Leads() (out []string) {
	for _, p := range r.Problems {
		if p.Kind == extract.DocumentElsewhere {
			out = append(out, p.Args...)
		}
	}
	return out
}

// add appends checks and marks the facts of failing ones.
func (r *Reading) add(checks ...Check) {
	for _, c := range checks {
		c.Class = codebook.LookupRule(c.Rule).Class.ID
		r.Checks = append(r.Checks, c)
		if c.Outcome == rule.Fail {
			r.flag(c)
		}
	}
}

// flag writes the rule's name on every fact that took part in a failing check.
func (r *Reading) flag(c Check) {
	cells := make(map[string]bool, len(c.Cells))
	for _, k := range c.Cells {
		cells[k] = true
	}
	for i := range r.Facts {
		f := &r.Facts[i]
		if !cells[KeyOf(f).String()] {
			continue
		}
		if n := len(f.FailedChecks); n == 0 || f.FailedChecks[n-1] != c.Rule {
			f.FailedChecks = append(f.FailedChecks, c.Rule)
		}
	}
}

// KeyOf names the cell of the form that a fact holds.
func KeyOf(f *extract.Fact) rule.Key { return cellKey(f.Indicator, f.Applicant) }

func cellKey(indicator string, applicant *string) rule.Key {
	k := rule.Key{Indicator: indicator}
	if applicant != nil {
		k.Applicant = *applicant
	}
	return k
}

// Table gives the facts as plain values for the rules: NaN for a cell without a number.
func Table(facts []extract.Fact) rule.Table {
	t := make(rule.Table, len(facts))
	for i := range facts {
		v := math.NaN()
		if facts[i].Value != nil {
			v = *facts[i].Value
		}
		t[KeyOf(&facts[i])] = v
	}
	return t
}

func fromRule(c rule.Check) Check {
	out := Check{Rule: c.Rule, Expression: c.Expression, LHS: c.LHS, RHS: c.RHS, Delta: c.Delta(), Outcome: c.Outcome, Cells: make([]string, len(c.Cells))}
	if c.Remark.Code != "" {
		out.Note = codebook.Note(c.Remark.Code, c.Remark.Args...)
	}
	for i, k := range c.Cells {
		out.Cells[i] = k.String()
	}
	return out
}

// oldOutline matches the headings of the outline that 条例2008 第三十二条 asked for and the later ones do not have.
var oldOutline = lazyregexp.New(`(?m)^\s*[一二三四五六七、．.（）()\s]*(概述|概\s*况|.{0,14}收费及减免.{0,6}|.{0,14}收费.{0,4}减免.{0,6})\s*$`)

// templateOf joins what the tables' headers tell. A report without any form table is of the first generation when it
// follows that outline.
func templateOf(r *extract.Report) string {
	seen := ""
	for _, t := range r.Templates {
		switch {
		case t == "" || t == seen:
		case seen == "":
			seen = t
		default:
			return "mixed"
		}
	}
	if seen == "" && len(r.Facts) == 0 && oldOutline.MatchString(r.Text) {
		return "2008"
	}
	return seen
}

// Quality grades a reading as the dataset contract says: A, B, C or D.
func (r *Reading) Quality() string {
	reported := r.CellsReported()
	switch {
	case reported == 0:
		return "D"
	case reported < r.Expected || !r.Complete():
		return "C"
	case r.ChecksFailed() > 0:
		return "B"
	}
	return "A"
}

// CellsReported counts the cells of the forms that were read; a blank or a dash is a reading.
func (r *Reading) CellsReported() int {
	n := 0
	for i := range r.Facts {
		switch r.Facts[i].State {
		case extract.Reported, extract.Blank, extract.NotApplicable:
			if !strings.HasPrefix(r.Facts[i].Indicator, "processing_fee.") {
				n++
			}
		}
	}
	return n
}

// ChecksFailed counts the checks that fail and speak against a number of the report: the form's own sums.
func (r *Reading) ChecksFailed() int { return r.failing(true) }

// Notes counts the checks of the other classes that fail.
func (r *Reading) Notes() int { return r.failing(false) }

func (r *Reading) failing(against bool) int {
	n := 0
	for _, c := range r.Checks {
		if c.Outcome == rule.Fail && codebook.LookupRule(c.Rule).Class.Against == against {
			n++
		}
	}
	return n
}
