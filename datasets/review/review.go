// Package review lists what of a dataset most needs a person's look: what could not be read, whose a report is, checks
// that fail, and checks that pass by a thin margin only.
package review

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/store"
)

// Kinds of an Item.
const (
	Problem     = "problem"      // a thing that could not be read, or was read with doubt
	Identity    = "identity"     // whose report it is, or of which year, is not settled
	FailedCheck = "failed_check" // a rule fails on what was published, or on what was read
	ThinMargin  = "thin_margin"  // a rule holds by a second reading only, or around cells that hold no number
)

// Item is one thing to look at.
type Item struct {
	Weight     int      `json:"weight"` // the more, the earlier: see weights
	Kind       string   `json:"kind"`
	What       string   `json:"what"`            // kind of the problem, or the rule
	Class      string   `json:"class,omitempty"` // of the rule, see codebook.Classes
	Says       string   `json:"says,omitempty"`  // what it means that the rule fails
	ReportID   string   `json:"report_id"`
	IssuerName string   `json:"issuer_name"`
	Year       *int32   `json:"year"`
	Cells      []string `json:"cells"` // indicator or indicator/applicant
	Detail     string   `json:"detail"`
	URL        string   `json:"url"`

	size float64 // of two failures of one rule the larger comes first
}

// weights order what is found: first what may hide a wrong number or a wrong report, then what the publisher may have
// to answer for, last what is mostly a matter of counting. A kind or rule that is not listed gets the weight of its
// Kind.
var weights = map[string]int{
	Identity: 90, Problem: 60, FailedCheck: 40, ThinMargin: 15,

	"unreadable_document": 100, "correction_refused": 95, "ambiguous_issuer": 92, "unknown_year": 91,
	"readers_disagree": 85, "ambiguous_reading": 80, "table_is_image": 78, "truncated": 76, "leftover_cell": 70, "unmatched_label": 68, "ambiguous_label": 68,
	"report.year_mismatch": 66, "report.copied": 64, "requests.balance": 58, "requests.sum": 58, "requests.row": 56, "litigation.sum": 54, "stat2014.sum": 54,
	"series.outlier": 50, "unresolved_issuer": 48, "no_table": 52, "text_vs_table": 46, "carry_over": 44, "report.duplicate": 42, "aggregate.sum": 36, "in_force": 34, "mentions.sum": 24, "mentions.share": 20,
}

func weight(what, kind string) int {
	if w, ok := weights[what]; ok {
		return w
	}
	return weights[kind]
}

// slip is added to a check that fails by one: a digit misread or a case counted twice looks like this.
const slip = 3

// Options select items. The zero value selects the fifty that need it most.
type Options struct {
	Reports []string // report_id; empty means all
	Years   []int32
	Kinds   []string // kinds of Item; empty means all
	Limit   int      // at most so many; 0 means 50, negative all
}

// List returns the items of a dataset that need a look most, in order. It holds no more of them in memory than twice
// the limit.
func List(ctx context.Context, d *store.Dataset, opt Options) ([]Item, error) {
	if opt.Limit == 0 {
		opt.Limit = 50
	}
	l := &list{opt: opt}
	if err := l.gather(ctx, d); err != nil {
		return nil, fmt.Errorf("listing what to review: %w", err)
	}
	l.trim()
	return l.items, l.name(ctx, d)
}

type list struct {
	opt   Options
	items []Item
}

func (l *list) gather(ctx context.Context, d *store.Dataset) error {
	q := store.Query{Years: l.opt.Years, Reports: l.opt.Reports}
	for r, err := range store.Rows[schema.Report](ctx, d, schema.Reports, q) {
		if err != nil {
			return err
		}
		switch r.IssuerState {
		case "ambiguous":
			l.add(Item{Kind: Identity, What: "ambiguous_issuer", ReportID: r.ReportID, Year: r.Year, Detail: "several bodies bear the name " + r.IssuerName})
		case "unresolved":
			l.add(Item{Kind: Identity, What: "unresolved_issuer", ReportID: r.ReportID, Year: r.Year, Detail: "no division of the gazetteer fits the name " + r.IssuerName + "; an override file may settle it"})
		}
		if r.Year == nil {
			l.add(Item{Kind: Identity, What: "unknown_year", ReportID: r.ReportID, Detail: "neither title nor text tells the year: " + r.Title})
		}
		if r.Quality == "D" {
			l.add(Item{Kind: Problem, What: "no_table", ReportID: r.ReportID, Year: r.Year, Detail: "no table was read: " + r.Title})
		}
	}
	for p, err := range store.Rows[schema.Problem](ctx, d, schema.Problems, q) {
		if err != nil {
			return err
		}
		detail := p.Detail
		if p.Raw != nil {
			detail += ": " + *p.Raw
		}
		l.add(Item{Kind: Problem, What: p.Kind, ReportID: p.ReportID, Year: p.Year, Cells: cellOf(p), Detail: detail})
	}
	for c, err := range store.Rows[schema.Check](ctx, d, schema.Checks, q) {
		if err != nil {
			return err
		}
		switch {
		case c.Outcome == "fail":
			l.add(failed(c))
		case c.Outcome == "pass" && thin(c):
			l.add(Item{Kind: ThinMargin, What: c.Rule, Weight: weights[ThinMargin], ReportID: c.ReportID, Year: c.Year, Cells: c.Cells, Detail: c.Expression + ": " + c.Note})
		}
	}
	return nil
}

// cellOf names the cell that a problem is about, where it is known.
func cellOf(p schema.Problem) []string {
	if p.Indicator == nil {
		return nil
	}
	return []string{schema.CellName(*p.Indicator, p.Applicant)}
}

// thin reports whether a check that passes does so by a second reading or around cells without a number: its note says
// so.
func thin(c schema.Check) bool {
	if c.Note == "" {
		return false
	}
	for _, prefix := range []string{"requests.", "litigation.", "stat2014.", "text_vs_table", "mentions.sum"} {
		if strings.HasPrefix(c.Rule, prefix) {
			return true
		}
	}
	return false
}

func failed(c schema.Check) Item {
	known := codebook.LookupRule(c.Rule)
	i := Item{Kind: FailedCheck, What: c.Rule, Class: known.Class.ID, Weight: weight(c.Rule, FailedCheck), ReportID: c.ReportID, Year: c.Year, Cells: c.Cells, Says: known.Fails("en"), Detail: c.Expression}
	if c.LHS != nil && c.RHS != nil {
		i.Detail += fmt.Sprintf(" (%g and %g)", *c.LHS, *c.RHS)
		delta := math.Abs(*c.LHS - *c.RHS)
		i.size = delta / math.Max(1, math.Max(math.Abs(*c.LHS), math.Abs(*c.RHS)))
		if delta == 1 {
			i.Weight += slip
		}
	}
	if c.Note != "" {
		i.Detail += ": " + c.Note
	}
	return i
}

func (l *list) add(i Item) {
	if len(l.opt.Kinds) > 0 && !slices.Contains(l.opt.Kinds, i.Kind) {
		return
	}
	if i.Weight == 0 {
		i.Weight = weight(i.What, i.Kind)
	}
	if i.Cells == nil {
		i.Cells = []string{}
	}
	if l.items = append(l.items, i); l.opt.Limit > 0 && len(l.items) >= 2*l.opt.Limit+1000 {
		l.trim()
	}
}

// trim keeps the first items.
func (l *list) trim() {
	slices.SortFunc(l.items, func(a, b Item) int {
		return cmp.Or(cmp.Compare(b.Weight, a.Weight), cmp.Compare(b.size, a.size), cmp.Compare(a.ReportID, b.ReportID), cmp.Compare(a.What, b.What),
			cmp.Compare(a.Detail, b.Detail), slices.Compare(a.Cells, b.Cells))
	})
	if l.opt.Limit > 0 && len(l.items) > l.opt.Limit {
		l.items = slices.Clone(l.items[:l.opt.Limit])
	}
}

// name fills in issuer and address of the items kept.
func (l *list) name(ctx context.Context, d *store.Dataset) error {
	wanted := map[string][]int{}
	for i := range l.items {
		wanted[l.items[i].ReportID] = append(wanted[l.items[i].ReportID], i)
	}
	if len(wanted) == 0 {
		return nil
	}
	for r, err := range store.Rows[schema.Report](ctx, d, schema.Reports, store.Query{Years: l.opt.Years, Reports: l.opt.Reports, Columns: []string{"report_id", "issuer_name", "url"}}) {
		if err != nil {
			return fmt.Errorf("naming the reports to review: %w", err)
		}
		for _, i := range wanted[r.ReportID] {
			l.items[i].IssuerName, l.items[i].URL = r.IssuerName, r.URL
		}
	}
	return nil
}
