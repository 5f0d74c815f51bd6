package web

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/chart"
	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/datasets/export"
	"github.com/gongkai-data/gongkai/datasets/gazetteer"
	"github.com/gongkai-data/gongkai/datasets/query"
	"github.com/gongkai-data/gongkai/datasets/schema"
)

// isRule reports whether the code book has a rule.
func isRule(id string) bool {
	return slices.ContainsFunc(codebook.Rules(), func(x codebook.Rule) bool { return x.ID == id })
}

// isClass reports whether the code book has a class of rules.
func isClass(id string) bool {
	return slices.ContainsFunc(codebook.Classes(), func(x codebook.Class) bool { return x.ID == id })
}

// year reads a year of the address; 0 for none.
func (r *request) year(name string) (int32, error) {
	s := r.URL.Query().Get(name)
	if s == "" {
		return 0, nil
	}
	y, err := strconv.ParseInt(s, 10, 16)
	if err != nil || y < 0 {
		return 0, badRequest(fmt.Errorf("%s: %q", r.T("no_year"), s))
	}
	return int32(y), nil
}

type checkList struct {
	Filter  query.CheckFilter
	Rules   []codebook.Rule
	Classes []codebook.Class
	Years   []int32
	Checks  []schema.Check
	Names   map[string]string
	Pager   pager
	Query   string
}

func (r *request) checkFilter() (query.CheckFilter, error) {
	q := r.URL.Query()
	f := query.CheckFilter{Rule: q.Get("rule"), Class: q.Get("class"), Outcome: q.Get("outcome")}
	if f.Rule != "" && !isRule(f.Rule) || f.Class != "" && !isClass(f.Class) || f.Outcome != "" && !slices.Contains([]string{"fail", "pass", "not_assessable"}, f.Outcome) {
		return f, badRequest(fmt.Errorf("%s", r.T("no_rule")))
	}
	var err error
	if f.Year, err = r.year("year"); err != nil {
		return f, err
	}
	f.Area, err = r.areaOf()
	return f, err
}

func (r *request) checks() error {
	f, err := r.checkFilter()
	if err != nil {
		return err
	}
	page := r.pageNumber()
	rows, more, err := r.failedChecks(f, (page-1)*perPage)
	if err != nil {
		return err
	}
	l := checkList{Filter: f, Rules: codebook.Rules(), Classes: codebook.Classes(), Years: r.release.Years(), Checks: rows, Names: map[string]string{}, Pager: pager{Page: page, From: (page-1)*perPage + 1, To: (page-1)*perPage + len(rows)}}
	if page > 1 {
		l.Pager.Before = page - 1
	}
	if more {
		l.Pager.After = page + 1
	}
	for _, c := range rows {
		if is := r.release.Issuer(c.IssuerID); is != nil {
			l.Names[c.IssuerID] = is.Name
		}
	}
	q := r.URL.Query()
	q.Del("page")
	l.Query = q.Encode()
	r.title = r.T("checks")
	return r.render("checks", l)
}

// failedChecks are those of one page, and whether more follow. A static site has all pages of a list written, so the
// list is read once for them and not from its beginning for each.
func (r *request) failedChecks(f query.CheckFilter, skip int) (rows []schema.Check, more bool, err error) {
	if r.static == nil {
		return r.release.FailedChecks(r.Context(), f, skip, perPage)
	}
	all, kept := r.static.failed.Get(f)
	if !kept {
		if all, _, err = r.release.FailedChecks(r.Context(), f, 0, 0); err != nil {
			return nil, false, err
		}
		r.static.failed.Add(f, all)
	}
	from, to := min(skip, len(all)), min(skip+perPage, len(all))
	return all[from:to], to < len(all), nil
}

// maxDownload bounds the lines of one download of checks; the Parquet files hold all.
const maxDownload = 100_000

func (r *request) checksCSV() error {
	f, err := r.checkFilter()
	if err != nil {
		return err
	}
	r.attach("checks.csv", "text/csv; charset=utf-8")
	return writeCSV(r.body, []string{"report_id", "issuer_id", "issuer_name", "year", "rule", "class", "expression", "lhs", "rhs", "delta", "outcome", "note"}, func(line func(...string) error) error {
		n := 0
		for c, err := range r.release.EachCheck(r.Context(), f) {
			if err != nil {
				return err
			}
			if n++; n > maxDownload {
				break
			}
			name, year := "", ""
			if is := r.release.Issuer(c.IssuerID); is != nil {
				name = is.Name
			}
			if c.Year != nil {
				year = strconv.Itoa(int(*c.Year))
			}
			if err := line(c.ReportID, c.IssuerID, name, year, c.Rule, classOf(c).ID, c.Expression, plain(c.LHS), plain(c.RHS), plain(c.Delta), c.Outcome, c.Note); err != nil {
				return err
			}
		}
		return nil
	})
}

func plain(v *float64) string {
	if v == nil {
		return ""
	}
	return strconv.FormatFloat(*v, 'f', -1, 64)
}

// writeCSV writes text fields; a field that is no number is kept from running as a formula.
func writeCSV(w io.Writer, header []string, lines func(func(...string) error) error) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	if err := out.Write(header); err != nil {
		return err
	}
	if err := lines(func(fields ...string) error {
		for i, f := range fields {
			if _, err := strconv.ParseFloat(f, 64); err != nil {
				fields[i] = export.Inert(f)
			}
		}
		return out.Write(fields)
	}); err != nil {
		return err
	}
	out.Flush()
	return out.Error()
}

// coverageLine is the reports of one area by year.
type coverageLine struct {
	Division *gazetteer.Division // nil: of no known division
	Issuers  int
	Years    []int // reports, beside the years of the list
}

func (r *request) coverage() error {
	area, err := r.areaOf()
	if err != nil {
		return err
	}
	years := r.release.Years()
	data := struct {
		Area    string
		Name    string
		Above   []*gazetteer.Division
		Years   []int32
		Lines   []coverageLine
		Reasons []query.Gap
	}{Area: area, Name: r.Area(area), Years: years}
	if data.Reasons, err = r.release.Gaps(r.Context(), area); err != nil {
		return err
	}
	if area != "" {
		data.Above = gazetteer.Ancestors(area)
	}
	for _, a := range r.areasBelow(area) {
		issuers, reports := r.release.ReportsByYear(a.Division)
		data.Lines = append(data.Lines, coverageLine{a.Division, issuers, reports})
	}
	if issuers, reports := r.release.UnplacedByYear(); area == "" && issuers > 0 {
		data.Lines = append(data.Lines, coverageLine{nil, issuers, reports})
	}
	r.title = r.T("coverage")
	return r.render("coverage", data)
}

// Shade is the step, 0 to 5, of a tile: the share of issuers that have a report.
func (r *request) Shade(n, of int) int {
	if n == 0 || of == 0 {
		return 0
	}
	return 1 + min(4, n*4/of)
}

type rankList struct {
	*query.Ranking
	Few      bool
	Rows     []query.Ranked
	Pager    pager
	Kinds    []string
	Years    []int32
	Measures []query.Measure
	Query    string
	Switch   []choice
}

func (r *request) ranking() (*query.Ranking, error) {
	q := r.URL.Query()
	area, err := r.areaOf()
	if err != nil {
		return nil, err
	}
	year, err := r.year("year")
	if err != nil {
		return nil, err
	}
	kind, measure := q.Get("kind"), q.Get("m")
	chosen, err := r.values()
	if err != nil {
		return nil, err
	}
	s := r.release.Summary()
	if year == 0 {
		year = fullYear(s)
	}
	if kind == "" && len(s.Kinds) > 0 {
		kind = s.Kinds[0]
	}
	if measure == "" {
		measure = "requests.received"
	}
	if kind != "" && !slices.Contains(s.Kinds, kind) {
		return nil, badRequest(fmt.Errorf("%s", r.T("no_kind")))
	}
	k, err := r.release.Rank(r.Context(), area, kind, measure, year, chosen)
	if errors.Is(err, query.ErrMeasure) {
		return nil, badRequest(fmt.Errorf("%s", r.T("no_measure")))
	}
	return k, err
}

// fullYear is the latest year with at least two thirds of the reports of the year with the most: the last one is often
// only begun.
func fullYear(s *query.Summary) int32 {
	most, year := 0, int32(0)
	for _, n := range s.ByYear {
		most = max(most, n)
	}
	for _, y := range s.Years {
		if 3*s.ByYear[y] >= 2*most {
			year = y
		}
	}
	return year
}

func (r *request) rank() error {
	k, err := r.ranking()
	few := errors.Is(err, query.ErrFew)
	if err != nil && !few {
		return err
	}
	page := r.pageNumber()
	l := rankList{Ranking: k, Few: few, Kinds: r.release.Summary().Kinds, Years: r.release.Years(), Measures: query.Measures()}
	l.Rows = part(k.Ranked, page)
	l.Pager = pages(page, len(l.Rows), len(k.Ranked))
	q := r.URL.Query()
	q.Del("page")
	l.Query = q.Encode()
	l.Switch = r.switchOf(slices.ContainsFunc(k.Ranked, func(p query.Ranked) bool { return len(p.Cell.Corrections) > 0 }), "rank", q, k.Values)
	r.title = r.T("rank")
	return r.render("rank", l)
}

func (r *request) rankSVG() error {
	k, err := r.ranking()
	if errors.Is(err, query.ErrFew) {
		return notFound("%s", r.T("few"))
	}
	if err != nil {
		return err
	}
	h := chart.Histogram{Title: k.Measure.Label(r.lang), Unit: fmt.Sprintf(r.T("distribution_of"), k.Summary.N, k.Year) + " · " + r.axis(k.Unit)}
	scale := 1.0
	if k.Unit == codebook.Share {
		scale = 100
	}
	h.Note = r.SampleMark()
	for _, b := range k.Summary.Bins {
		h.Bins = append(h.Bins, chart.Bin{From: b.From * scale, To: b.To * scale, Count: b.Count})
	}
	if is := r.release.Issuer(r.URL.Query().Get("mark")); is != nil {
		for _, p := range k.Ranked {
			if p.Issuer == is {
				v := p.Value * scale
				h.Mark, h.Note = &v, strings.TrimSuffix(r.Plain(is.Name)+" · "+h.Note, " · ")
			}
		}
	}
	r.w.Header().Set("Content-Type", "image/svg+xml")
	r.svgPolicy()
	return chart.WriteSVG(r.body, h)
}

// axis names the unit of an axis.
func (r *request) axis(unit string) string {
	if unit == codebook.Share {
		return "%"
	}
	return codebook.LookupUnit(unit).Called(r.lang)
}

func (r *request) rankCSV() error {
	k, err := r.ranking()
	if err != nil && !errors.Is(err, query.ErrFew) {
		return err
	}
	r.attach("ranking.csv", "text/csv; charset=utf-8")
	return writeCSV(r.body, []string{"rank", "issuer_id", "issuer_name", "year", "measure", "value", "unit", "published_value", "corrected_value", "numerator", "denominator", "small_sample", "flagged", "failed_checks", "quality", "complete", "report_id"}, func(line func(...string) error) error {
		for _, p := range k.Ranked {
			quality, complete := "", ""
			if _, ref := r.release.Report(p.Report); ref != nil {
				if quality = ref.Quality; ref.Complete != nil {
					complete = strconv.FormatBool(*ref.Complete)
				}
			}
			rank := ""
			if p.Rank > 0 {
				rank = strconv.Itoa(p.Rank)
			}
			if err := line(rank, p.Issuer.ID, p.Issuer.Name, strconv.Itoa(int(k.Year)), k.Measure.ID, plain(p.Cell.Value), p.Cell.Unit, plain(p.Cell.Published), plain(p.Cell.CorrectedValue), plain(p.Cell.Numerator), plain(p.Cell.Denominator),
				strconv.FormatBool(p.Cell.Small), strconv.FormatBool(p.Cell.Flagged()), strings.Join(p.Cell.Failed, ";"), quality, complete, p.Report); err != nil {
				return err
			}
		}
		return nil
	})
}
