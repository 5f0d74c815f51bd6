// Package diff tells what changed between two releases of the dataset: reports and cells added, removed and changed.
//
// Reports are matched by issuer and year, not by report_id, so that a corrected report shows as its changed cells.
package diff

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"

	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/store"
)

// Kinds of change.
const (
	Added   = "added"
	Removed = "removed"
	Changed = "changed"
)

// issuerYear keys a report over releases.
type issuerYear struct {
	issuer string
	year   int32
}

// Datasets yields the changes from old to new by year and issuer. Memory holds the list of reports of both and the
// cells of one issuer at a time. Reports whose year is unknown are matched by report_id alone.
func Datasets(ctx context.Context, old, new *store.Dataset) iter.Seq2[schema.Change, error] {
	return func(yield func(schema.Change, error) bool) {
		before, err := latest(ctx, old)
		if err == nil {
			var after map[issuerYear]schema.Report
			if after, err = latest(ctx, new); err == nil {
				err = compare(ctx, old, new, before, after, yield)
			}
		}
		if err != nil && err != errStopped {
			yield(schema.Change{}, err)
		}
	}
}

var errStopped = errors.New("the reader of the changes has stopped")

// latest lists the latest version of each report of a release.
func latest(ctx context.Context, d *store.Dataset) (map[issuerYear]schema.Report, error) {
	out := map[issuerYear]schema.Report{}
	superseded := map[string]bool{}
	for r, err := range store.Rows[schema.Report](ctx, d, schema.Reports, store.Query{}) {
		if err != nil {
			return nil, fmt.Errorf("listing the reports: %w", err)
		}
		if r.Supersedes != nil {
			superseded[*r.Supersedes] = true
		}
		k := issuerYear{r.IssuerID, 0}
		if r.Year != nil {
			k.year = *r.Year
		} else {
			k.issuer = r.ReportID
		}
		if have, ok := out[k]; !ok || superseded[have.ReportID] {
			out[k] = r
		}
	}
	return out, nil
}

func compare(ctx context.Context, old, new *store.Dataset, before, after map[issuerYear]schema.Report, yield func(schema.Change, error) bool) error {
	keys := map[issuerYear]bool{}
	for k := range before {
		keys[k] = true
	}
	for k := range after {
		keys[k] = true
	}
	sorted := make([]issuerYear, 0, len(keys))
	for k := range keys {
		sorted = append(sorted, k)
	}
	slices.SortFunc(sorted, func(a, b issuerYear) int {
		return cmp.Or(cmp.Compare(a.year, b.year), cmp.Compare(a.issuer, b.issuer))
	})
	var left, right *cells
	defer func() { left.stop(); right.stop() }()
	for i, k := range sorted {
		b, inOld := before[k]
		a, inNew := after[k]
		switch {
		case !inOld:
			if !yield(ofReport(Added, a, nil, &a.ReportID), nil) {
				return errStopped
			}
			continue
		case !inNew:
			if !yield(ofReport(Removed, b, &b.ReportID, nil), nil) {
				return errStopped
			}
			continue
		case k.year == 0:
			continue // the same bytes read by both; their cells lie in no partition of a year
		}
		if i == 0 || left == nil || left.year != k.year {
			left.stop()
			right.stop()
			left, right = open(ctx, old, k.year), open(ctx, new, k.year)
		}
		had, err := left.of(b)
		if err != nil {
			return err
		}
		has, err := right.of(a)
		if err != nil {
			return err
		}
		for _, c := range cellChanges(b, a, had, has) {
			if !yield(c, nil) {
				return errStopped
			}
		}
	}
	return nil
}

func ofReport(change string, r schema.Report, old, new *string) schema.Change {
	return schema.Change{Change: change, IssuerID: r.IssuerID, IssuerName: r.IssuerName, Year: r.Year, OldReport: old, NewReport: new}
}

// cellKey names a cell of a report.
type cellKey struct{ indicator, applicant string }

func keyOf(f schema.Fact) cellKey {
	if f.Applicant == nil {
		return cellKey{f.Indicator, ""}
	}
	return cellKey{f.Indicator, *f.Applicant}
}

// cellChanges lists the cells that differ in value or state, or in the raw text where no number was read.
func cellChanges(before, after schema.Report, had, has map[cellKey]schema.Fact) []schema.Change {
	keys := map[cellKey]bool{}
	for k := range had {
		keys[k] = true
	}
	for k := range has {
		keys[k] = true
	}
	var out []schema.Change
	for k := range keys {
		o, inOld := had[k]
		n, inNew := has[k]
		c := ofReport(Changed, after, &before.ReportID, &after.ReportID)
		c.Indicator = &k.indicator
		if k.applicant != "" {
			c.Applicant = &k.applicant
		}
		switch {
		case !inOld:
			c.Change = Added
		case !inNew:
			c.Change = Removed
		case o.State == n.State && equal(o.Value, n.Value) && (o.Value != nil || o.Raw == n.Raw):
			continue
		}
		if inOld {
			c.OldValue, c.OldState, c.OldRaw = o.Value, &o.State, &o.Raw
		}
		if inNew {
			c.NewValue, c.NewState, c.NewRaw = n.Value, &n.State, &n.Raw
		}
		out = append(out, c)
	}
	slices.SortFunc(out, func(a, b schema.Change) int {
		return cmp.Or(cmp.Compare(*a.Indicator, *b.Indicator), cmp.Compare(applicant(a), applicant(b)))
	})
	return out
}

func applicant(c schema.Change) string {
	if c.Applicant == nil {
		return ""
	}
	return *c.Applicant
}

func equal(a, b *float64) bool {
	if a == nil || b == nil {
		return a == b
	}
	return *a == *b
}

// cells walks the facts of one year of a release, issuer by issuer.
type cells struct {
	year  int32
	next  func() (schema.Fact, error, bool)
	close func()
	ahead *schema.Fact
}

func open(ctx context.Context, d *store.Dataset, year int32) *cells {
	c := &cells{year: year}
	c.next, c.close = iter.Pull2(store.Rows[schema.Fact](ctx, d, schema.Facts, store.Query{Years: []int32{year}}))
	return c
}

func (c *cells) stop() {
	if c != nil {
		c.close()
	}
}

// of returns the cells of a report. Reports must be asked for in the order of their issuers, which is that of the file.
func (c *cells) of(r schema.Report) (map[cellKey]schema.Fact, error) {
	out := map[cellKey]schema.Fact{}
	for {
		if c.ahead == nil {
			f, err, ok := c.next()
			if !ok {
				return out, nil
			}
			if err != nil {
				return nil, fmt.Errorf("reading the cells of %d: %w", c.year, err)
			}
			c.ahead = &f
		}
		if c.ahead.IssuerID > r.IssuerID {
			return out, nil
		}
		if c.ahead.ReportID == r.ReportID {
			out[keyOf(*c.ahead)] = *c.ahead
		}
		c.ahead = nil
	}
}
