package web

import (
	"slices"
	"strconv"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/datasets/query"
	"github.com/gongkai-data/gongkai/datasets/schema"
)

// version is one version of a report, as the pages of all its versions list it.
type version struct {
	query.ReportOf
	Row    schema.Report
	Here   bool // the page is its own
	Latest bool
}

// revision is what changed from one version of a report to the next.
type revision struct {
	From, To version
	Header   []changed // of what is said of the report as a whole
	Cells    []cellChange
}

// changed is one thing that is said of a report in the words of the page, before and after; empty where it was not
// known.
type changed struct{ What, Old, New string }

// cellChange is one cell that two versions do not state alike; nil where a version lacks it.
type cellChange struct {
	Indicator string
	Applicant string
	Old, New  *schema.Fact
}

// versions lists the versions of a report, and what changed from the one before it and to the one after it. Of a report
// of one version both are empty.
func (r *request) versions(of query.ReportOf, row schema.Report, facts []schema.Fact) ([]version, []revision, error) {
	chain := r.release.Versions(of.Ref.ID)
	if len(chain) < 2 {
		return nil, nil, nil
	}
	all := make([]version, len(chain))
	here := 0
	for i, o := range chain {
		v := version{ReportOf: o, Here: o.Ref.ID == of.Ref.ID, Latest: i == len(chain)-1}
		if v.Here {
			here, v.Row = i, row
		} else {
			var err error
			if v.Row, err = r.release.ReportRow(r.Context(), o); err != nil {
				return nil, nil, err
			}
		}
		all[i] = v
	}
	var revisions []revision
	for i := max(1, here); i <= min(here+1, len(all)-1); i++ {
		other := all[i-1]
		if i == here+1 {
			other = all[i]
		}
		theirs, err := r.release.Facts(r.Context(), other.Issuer, other.Ref)
		if err != nil {
			return nil, nil, err
		}
		old, now := theirs, facts
		if i == here+1 {
			old, now = facts, theirs
		}
		v := revision{From: all[i-1], To: all[i], Cells: cellChanges(old, now)}
		v.Header = r.headerChanges(v.From.Row, v.To.Row)
		revisions = append(revisions, v)
	}
	return all, revisions, nil
}

// headerChanges are the things that two versions do not say alike of the report as a whole.
func (r *request) headerChanges(old, now schema.Report) []changed {
	day := func(d *schema.Date) string {
		if d == nil {
			return ""
		}
		return d.String()
	}
	rows := []changed{
		{"published", day(old.PublishedOn), day(now.PublishedOn)},
		{"fetched", old.FetchedAt.Format("2006-01-02"), now.FetchedAt.Format("2006-01-02")},
		{"title", r.Plain(old.Title), r.Plain(now.Title)},
		{"issuer", r.Plain(old.IssuerName), r.Plain(now.IssuerName)},
		{"original_address", r.Plain(old.URL), r.Plain(now.URL)},
		{"cells", strconv.Itoa(int(old.CellsReported)), strconv.Itoa(int(now.CellsReported))},
		{"quality", old.Quality, now.Quality},
		{"text_length", r.characters(old), r.characters(now)},
	}
	return slices.DeleteFunc(rows, func(c changed) bool { return c.Old == c.New })
}

// characters is the length of a report's text as the page writes it; empty where there is no archive to read it from.
func (r *request) characters(row schema.Report) string {
	if r.server.opt.Evidence == nil {
		return ""
	}
	if err := r.server.showing.Acquire(r.Context(), 1); err != nil {
		return ""
	}
	defer r.server.showing.Release(1)
	n, err := r.server.opt.Evidence.Characters(r.Context(), row)
	if err != nil {
		r.server.opt.Log.Warn("the text of a version cannot be read", "report", row.ReportID, "error", err)
		return ""
	}
	return grouped(strconv.Itoa(n))
}

// cellChanges are the cells that two versions do not state alike, in the order of the code book. A cell that a version
// prints twice is known by its first reading.
func cellChanges(old, now []schema.Fact) []cellChange {
	type key struct{ indicator, applicant string }
	at := map[key]int{}
	var all []cellChange
	put := func(facts []schema.Fact, into func(*cellChange) **schema.Fact) {
		for i := range facts {
			f := &facts[i]
			k := key{indicator: f.Indicator}
			if f.Applicant != nil {
				k.applicant = *f.Applicant
			}
			n, known := at[k]
			if !known {
				n = len(all)
				at[k] = n
				all = append(all, cellChange{Indicator: k.indicator, Applicant: k.applicant})
			}
			if to := into(&all[n]); *to == nil {
				*to = f
			}
		}
	}
	put(old, func(c *cellChange) **schema.Fact { return &c.Old })
	put(now, func(c *cellChange) **schema.Fact { return &c.New })
	all = slices.DeleteFunc(all, func(c cellChange) bool { return c.Old != nil && c.New != nil && alike(c.Old, c.New) })
	applicant := func(id string) int {
		return slices.IndexFunc(codebook.Applicants, func(a codebook.Applicant) bool { return a.ID == id })
	}
	slices.SortStableFunc(all, func(a, b cellChange) int {
		if d := order(a.Indicator) - order(b.Indicator); d != 0 {
			return d
		}
		return applicant(a.Applicant) - applicant(b.Applicant)
	})
	return all
}

// alike reports whether two cells state the same: the same number, or none in the same way.
func alike(a, b *schema.Fact) bool {
	if a.Value != nil && b.Value != nil {
		return *a.Value == *b.Value && a.Unit == b.Unit
	}
	return a.Value == nil && b.Value == nil && a.State == b.State && (a.State != "unreadable" || a.Raw == b.Raw)
}
