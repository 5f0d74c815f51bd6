package crawl

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gongkai-data/gongkai/crawl/frontier"
	"github.com/gongkai-data/gongkai/crawl/title"
	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/datasets/schema"
)

// Ledger says what the latest run expected and found, and why each gap is one.
type Ledger struct {
	Run      int64
	Finished bool
	Sites    []SiteLedger // by seed address
}

// SiteLedger is the ledger of one seed.
type SiteLedger struct {
	Site         string
	Name         string // of the issuer, as the seed file gives it
	DivisionCode string
	Years        []int          // expected, ascending
	Gap          Reason         // why a report that was not found on this site was not: holds where no listed one is known
	Listed       []ListedReport // reports that were listed but could not be had, by issuer and year
	Found        []LedgerReport // by year and address
	Columns      []Column       // lists of reports that were walked through, by address
}

// Column is a list of reports and what is known of its end.
type Column = frontier.Listing

// Reason is a status of the coverage table and what a person should know.
type Reason struct {
	Status string // of schema's coverage statuses, never found
	Detail string
}

// ListedReport is a report that a list promised and that could not be had.
type ListedReport struct {
	Issuer string // as its title writes it, empty where it names none
	Year   int    // 0 where nothing says of which year it is
	Reason Reason
}

// Why is the reason why no report of an issuer and a year was found: that of the one that was listed. A listed report
// that names nobody is of the site's own body, as a title on its own site; of the others on the site it says nothing.
func (s SiteLedger) Why(issuer string, year int) Reason {
	reason, exact := s.Gap, false
	for _, r := range s.Listed {
		if r.Year == year && r.Issuer == issuer {
			return r.Reason
		}
		if r.Year == year && r.Issuer == "" && issuer == s.Name {
			reason, exact = r.Reason, true
		}
		if !exact && r.Year == 0 && (r.Issuer == "" || issuer == "" || r.Issuer == issuer) { // of whichever year
			reason = r.Reason
		}
	}
	return reason
}

// LedgerReport is a report that was found.
type LedgerReport struct {
	URL    string
	Title  string
	Issuer string // as the title writes it, or empty
	Year   int    // as title, address or page tell, 0 when they do not
	Kind   string // page, document
}

// ReadLedger reads the ledger of the latest run from a frontier. A frontier without a run gives an empty ledger. now
// decides which years are over.
func ReadLedger(ctx context.Context, location string, now time.Time) (Ledger, error) {
	db, err := frontier.Open(ctx, location)
	if err != nil {
		return Ledger{}, fmt.Errorf("ledger: %w", err)
	}
	l, err := readLedger(ctx, db, now)
	if e := db.Close(); err == nil && e != nil {
		err = fmt.Errorf("ledger: close the frontier: %w", e)
	}
	return l, err
}

func readLedger(ctx context.Context, db *frontier.DB, now time.Time) (Ledger, error) {
	runs, err := db.Runs(ctx)
	if err != nil || len(runs) == 0 {
		return Ledger{}, err
	}
	run := runs[len(runs)-1]
	l := Ledger{Run: run.ID, Finished: !run.FinishedAt.IsZero()}
	seeds, err := db.Seeds(ctx, run.ID)
	if err != nil {
		return l, err
	}
	tallies := map[string]*tally{}
	for _, s := range seeds {
		tallies[s.Site] = &tally{}
	}
	if err := db.EachTask(ctx, run.ID, func(t frontier.Task) error {
		if c := tallies[t.Seed]; c != nil {
			return c.count(t)
		}
		return nil
	}); err != nil {
		return l, err
	}
	reports, err := db.Reports(ctx, run.ID)
	if err != nil {
		return l, err
	}
	listings, err := db.Listings(ctx, run.ID)
	if err != nil {
		return l, err
	}
	for _, c := range listings {
		if t := tallies[c.Seed]; t != nil {
			t.columns = append(t.columns, c)
		}
	}
	for _, s := range seeds {
		t := tallies[s.Site]
		site := SiteLedger{Site: s.Site, Name: s.Name, DivisionCode: s.DivisionCode, Gap: t.reason(s.Site), Listed: t.listed, Columns: t.columns}
		for _, r := range reports {
			if r.Seed == s.Site {
				site.Found = append(site.Found, LedgerReport{r.URL, r.Title, title.Issuer(r.Title), r.Year, r.Kind})
			}
		}
		site.Years = expectedYears(s, site.Found, now)
		l.Sites = append(l.Sites, site)
	}
	return l, nil
}

// expectedYears are those of the seed file; without them those from the first report found to the last year that is
// over.
func expectedYears(s frontier.Seed, found []LedgerReport, now time.Time) []int {
	first, last := s.FirstYear, s.LastYear
	if first == 0 {
		last = now.In(beijing).Year() - 1
		first = last
		for _, r := range found {
			if r.Year >= firstReportYear {
				first = min(first, r.Year)
			}
		}
	}
	var years []int
	for y := first; y <= last; y++ {
		years = append(years, y)
	}
	return years
}

// tally gathers from a seed's tasks why something may be missing.
type tally struct {
	open    int
	columns []Column
	worst   Reason // of the ways to the reports
	weight  int
	listed  []ListedReport
}

func (c *tally) count(t frontier.Task) error {
	if t.State == "open" {
		c.open++
		return nil
	}
	var h hint
	if err := json.Unmarshal([]byte(t.Hint), &h); err != nil {
		return fmt.Errorf("ledger: read the hint of %s: %w", t.URL, err)
	}
	reason, ok := gapReason(t.Outcome, t.Detail)
	if !ok || h.Twin {
		return nil
	}
	if h.Read && reason.Status == schema.CoverageNotFound { // what was misread is not gone
		reason = Reason{schema.CoverageUnreadable, codebook.Note("misread_address", t.Detail)}
	}
	reason.Detail += " (" + t.URL + ")"
	switch t.Role {
	case frontier.Start, frontier.Way, frontier.Column:
		weight := map[frontier.Role]int{frontier.Start: 3, frontier.Column: 2, frontier.Way: 1}[t.Role]
		if reason.Status == schema.CoverageNotFound {
			weight = 0 // pages that are gone are no way any more
			if t.Role == frontier.Start {
				weight, reason = 3, Reason{schema.CoverageNotTried, codebook.Note("site_answers", t.Detail) + " (" + t.URL + ")"}
			}
		}
		if weight > c.weight {
			c.worst, c.weight = reason, weight
		}
	case frontier.Article, frontier.Entry, frontier.Attachment:
		if h.Year != 0 || reason.Status != schema.CoverageNotFound { // what is gone and names no year promised nothing
			c.list(ListedReport{title.Issuer(h.Title), h.Year, reason})
		}
	}
	return nil
}

// list keeps one reason for an issuer and a year: the one that a person can do something about.
func (c *tally) list(r ListedReport) {
	at, ok := slices.BinarySearchFunc(c.listed, r, func(a, b ListedReport) int { return cmp.Or(strings.Compare(a.Issuer, b.Issuer), a.Year-b.Year) })
	switch {
	case !ok:
		c.listed = slices.Insert(c.listed, at, r)
	case c.listed[at].Reason.Status == schema.CoverageNotFound:
		c.listed[at] = r
	}
}

// gapReason turns the outcome of a visit into the reason for a gap; false when the outcome explains none.
func gapReason(outcome, detail string) (Reason, bool) {
	switch outcome {
	case schema.OutcomeRobots:
		return Reason{schema.CoverageForbidden, codebook.Note("robots_forbids")}, true
	case schema.OutcomeChallenge, schema.OutcomeNeedsBrowser, schema.OutcomeNeedsPerson:
		return Reason{schema.CoverageBlocked, outcome + ": " + strings.TrimPrefix(detail, outcome+": ")}, true
	case schema.OutcomeUnreachable, schema.OutcomeTimeout, schema.OutcomeTLSError:
		return Reason{schema.CoverageUnreachable, codebook.Note("unreachable", detail)}, true
	case frontier.NotTried:
		return Reason{schema.CoverageNotTried, codebook.Note("not_asked", strings.TrimPrefix(detail, outcome+": "))}, true
	case schema.OutcomeTooLarge, schema.OutcomeNotADocument:
		return Reason{schema.CoverageUnreadable, outcome + ": " + detail}, true
	case schema.OutcomeHTTPError, schema.OutcomeSoft404:
		switch _, status, _ := strings.Cut(detail, "status "); {
		case strings.HasPrefix(status, "401"), strings.HasPrefix(status, "403"), strings.HasPrefix(status, "421"):
			return Reason{schema.CoverageBlocked, codebook.Note("refused", detail)}, true
		case strings.HasPrefix(status, "5"), strings.HasPrefix(status, "429"), strings.HasPrefix(status, "408"):
			return Reason{schema.CoverageUnreachable, codebook.Note("unreachable", detail)}, true
		}
		return Reason{schema.CoverageNotFound, codebook.Note("gone", detail)}, true
	}
	return Reason{}, false
}

// reason is why a report is missing that no list named. Only where every list was read to its end is it said that there
// is none.
func (c *tally) reason(site string) Reason {
	var read, unread []Column
	for _, l := range c.columns {
		switch {
		case l.Complete:
			read = append(read, l)
		case l.Family != elsewhere && l.Family != string(frontier.Way):
			unread = append(unread, l)
		}
	}
	if len(read)+len(unread) == 0 { // what else there may be matters only where there is no column here
		unread = c.columns
	}
	switch {
	case c.open > 0:
		return Reason{schema.CoverageNotTried, codebook.Note("run_goes_on", strconv.Itoa(c.open))}
	case c.weight > 1 || c.weight > 0 && len(c.columns) == 0: // where columns were read, one closed way among many explains nothing
		return c.worst
	case len(unread) > 0:
		return Reason{unread[0].Status, codebook.Note("list_unread", describe(unread, func(l Column) string { return l.Why + " (go on at " + l.Next + ")" }))}
	case len(read) == 0:
		return Reason{schema.CoverageNotTried, codebook.Note("no_column", site)}
	}
	return Reason{schema.CoverageNotFound, codebook.Note("no_report_of_year", strconv.Itoa(len(read)),
		describe(read, func(l Column) string { return l.URL + " (" + l.Why + ")" }))}
}

// describe reports the first lists and says how many more there are.
func describe(columns []Column, what func(Column) string) string {
	const first = 3
	var parts []string
	for _, l := range columns[:min(len(columns), first)] {
		parts = append(parts, what(l))
	}
	text := strings.Join(parts, "; ")
	if n := len(columns) - first; n > 0 {
		text += fmt.Sprintf("; and %d more", n)
	}
	return text
}
