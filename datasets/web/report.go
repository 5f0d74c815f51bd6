package web

import (
	"errors"
	"io"
	"maps"
	"slices"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/datasets/query"
	"github.com/gongkai-data/gongkai/datasets/schema"
)

func (r *request) report() error {
	is, ref, row, err := r.reportOf()
	if err != nil {
		return err
	}
	facts, err := r.release.Facts(r.Context(), is, ref)
	if err != nil {
		return err
	}
	checks, err := r.release.Checks(r.Context(), is, ref)
	if err != nil {
		return err
	}
	mentions, err := r.release.Mentions(r.Context(), is, ref)
	if err != nil {
		return err
	}
	problems, err := r.release.Problems(r.Context(), ref)
	if err != nil {
		return err
	}
	texts, err := r.release.Texts(r.Context(), is, ref)
	if err != nil {
		return err
	}
	shared, err := r.release.Reuse(r.Context(), is, ref)
	if err != nil {
		return err
	}
	data := struct {
		Issuer      *query.Issuer
		Before      *query.Ref // of the year before
		Row         schema.Report
		Requests    []cellLine // one cell for each applicant
		Cells       []cellLine // one cell
		Failed      []failure  // checks that speak against a number
		Notes       []failure  // others that fail
		Corrections []correctionOf
		Passed      int
		Mentions    []schema.Mention
		Texts       []sectionText
		Problems    []schema.Problem
		Versions    []version // where there are several
		Changes     []revision
		Later       string // the report that supersedes it
		Archive     bool
		Shown       string // ending of what the archived copy is shown as; empty where it cannot be
		Reason      string // why it cannot be shown
		Recognised  bool   // a number was recognised in a picture
	}{Issuer: is, Row: row, Mentions: mentions, Recognised: slices.ContainsFunc(facts, recognised), Before: is.Before(ref), Texts: r.sectionTexts(texts, shared), Problems: problems, Later: r.release.Superseded(ref.ID), Archive: r.server.opt.Evidence != nil, Shown: wholeAs(row.MediaType)}
	if data.Versions, data.Changes, err = r.versions(query.ReportOf{Issuer: is, Ref: ref}, row, facts); err != nil {
		return err
	}
	if data.Archive && r.static != nil {
		data.Archive, data.Shown, data.Reason = r.onSite(row, data.Shown, facts)
		r.shown = data.Shown
	}
	r.problems = problems
	data.Failed, data.Notes = failuresOf(checks)
	for _, c := range checks {
		if c.Outcome == "pass" {
			data.Passed++
		}
	}
	for _, c := range r.release.Corrections(ref.ID) {
		data.Corrections = append(data.Corrections, correctionOf{c, row.IssuerName, row.Year, unitIn(facts, c)})
	}
	lines := cellLines(facts)
	for k := range lines {
		if r.static == nil || len(data.Versions) > 0 || r.isNamed(lines[k]) {
			lines[k].Anchor = lines[k].Indicator.ID
		}
	}
	if r.static != nil {
		if err := r.alsoNamed(lines, query.ReportOf{Issuer: is, Ref: ref}, facts); err != nil {
			return err
		}
	}
	for _, line := range lines {
		if line.One == nil {
			data.Requests = append(data.Requests, line)
		} else {
			data.Cells = append(data.Cells, line)
		}
	}
	r.title = r.Plain(row.Title)
	return r.render("report", data)
}

// isNamed reports whether pages of a static site may lead to a line: it is a headline measure, or something is said of
// it.
func (r *request) isNamed(l cellLine) bool {
	said := slices.Contains(query.Headline, l.Indicator.ID) || l.One != nil && telling(*l.One) ||
		slices.ContainsFunc(r.problems, func(p schema.Problem) bool { return p.Indicator != nil && *p.Indicator == l.Indicator.ID }) ||
		slices.ContainsFunc(r.release.Corrections(l.first().ReportID), func(c query.Correction) bool { return c.Indicator == l.Indicator.ID })
	for _, f := range l.Applicants {
		said = said || telling(f)
	}
	return said
}

// alsoNamed names the lines of a report after the headline measures that begin with them: on a static site the numbers
// of a place lead to them.
func (r *request) alsoNamed(lines []cellLine, report query.ReportOf, facts []schema.Fact) error {
	for _, m := range headline() {
		if len(lines) == 0 || slices.ContainsFunc(lines, func(l cellLine) bool { return l.Indicator.ID == m.ID }) {
			continue
		}
		cell, err := r.release.CellOf(r.Context(), report, m, facts)
		if err != nil {
			return err
		}
		k := 0
		if len(cell.Parts) > 0 {
			k = max(0, slices.IndexFunc(lines, func(l cellLine) bool { return l.Indicator.ID == cell.Parts[0] }))
		}
		lines[k].Also = append(lines[k].Also, m.ID)
	}
	return nil
}

// onSite reports what a static site has of a report's document, which it holds as files: its bytes, and the ending of
// what it is shown as. A document that cannot be read or drawn is told on the page and does not end the site.
func (r *request) onSite(row schema.Report, shown string, facts []schema.Fact) (held bool, ending, reason string) {
	if r.static.isLost(row.ReportID, func() bool { return r.readable(row) }) {
		return false, "", r.T("not_shown_here")
	}
	if shown == "" {
		return true, "", ""
	}
	if _, err := r.server.whole(r.Context(), r.tag, row, facts); err != nil {
		r.server.opt.Log.Warn("a document cannot be shown", "report", row.ReportID, "error", err)
		r.static.cannotShow(row.ReportID)
		return true, "", r.T("not_shown_here")
	}
	return true, shown, ""
}

// readable reports whether the archive holds the bytes of a report's document, whole.
func (r *request) readable(row schema.Report) bool {
	body, err := r.server.opt.Evidence.Original(r.Context(), row)
	if err == nil {
		_, err = io.Copy(io.Discard, body)
		err = errors.Join(err, body.Close())
	}
	if err != nil {
		r.server.opt.Log.Warn("a document cannot be read", "report", row.ReportID, "error", err)
	}
	return err == nil
}

// cellLine is the published cells of one indicator: one, or one for each applicant.
type cellLine struct {
	Indicator  codebook.Indicator
	Applicants map[string]schema.Fact
	One        *schema.Fact
	Anchor     string   // its name on the page; empty where nothing leads to it
	Also       []string // other measures that it stands for on a static site
}

// first is the cell that the line begins with.
func (l cellLine) first() schema.Fact {
	if l.One != nil {
		return *l.One
	}
	for _, a := range codebook.Applicants {
		if f, ok := l.Applicants[a.ID]; ok {
			return f
		}
	}
	return l.Applicants[slices.Min(slices.Collect(maps.Keys(l.Applicants)))] // of another form than ours
}

// cellLines puts the facts of a report under their indicators, in the order of the code book.
func cellLines(facts []schema.Fact) []cellLine {
	at := map[string]int{}
	var out []cellLine
	for i := range facts {
		f := &facts[i]
		k, ok := at[f.Indicator]
		if !ok {
			in, known := codebook.Lookup(f.Indicator)
			if !known {
				in = codebook.Indicator{ID: f.Indicator, LabelZH: f.Indicator, LabelEN: f.Indicator}
			}
			k = len(out)
			at[f.Indicator] = k
			out = append(out, cellLine{Indicator: in, Applicants: map[string]schema.Fact{}})
		}
		if f.Applicant == nil {
			if out[k].One == nil {
				out[k].One = f
			}
		} else if _, twice := out[k].Applicants[*f.Applicant]; !twice {
			out[k].Applicants[*f.Applicant] = *f
		}
	}
	slices.SortStableFunc(out, func(a, b cellLine) int { return order(a.Indicator.ID) - order(b.Indicator.ID) })
	return out
}

// order is the place of an indicator in the code book; 0 for one that it lacks.
func order(indicator string) int {
	at, _ := codebook.Position(indicator)
	return at
}

// Applicants are the columns of the requests table.
func (r *request) Applicants() []codebook.Applicant { return codebook.Applicants }
