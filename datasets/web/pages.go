package web

import (
	"net/url"
	"slices"
	"strconv"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/datasets/compare"
	"github.com/gongkai-data/gongkai/datasets/gazetteer"
	"github.com/gongkai-data/gongkai/datasets/query"
	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/store"
)

// perPage is the length of a list on a page.
const perPage = 50

// maxPlaces is the number of places that a comparison takes.
const maxPlaces = 8

// pageNumber reads page=, from 1.
func (r *request) pageNumber() int {
	n, err := strconv.Atoi(r.URL.Query().Get("page"))
	if err != nil || n < 1 {
		return 1
	}
	return min(n, 100_000)
}

// pager says where a page of a list is.
type pager struct {
	Page, Before, After int
	From, To, Total     int
}

func pages(page, shown, total int) pager {
	p := pager{Page: page, From: (page-1)*perPage + 1, To: (page-1)*perPage + shown, Total: total}
	if page > 1 {
		p.Before = page - 1
	}
	if p.To < total {
		p.After = page + 1
	}
	return p
}

func part[E any](all []E, page int) []E {
	from := min((page-1)*perPage, len(all))
	return all[from:min(from+perPage, len(all))]
}

// areaCount is a division with the number of issuers in it.
type areaCount struct {
	Division *gazetteer.Division
	Issuers  int
}

func (r *request) home() error {
	r.title = r.T("name")
	return r.render("home", struct {
		Summary  *query.Summary
		Areas    []areaCount
		Unplaced int
		Examples []*query.Issuer
	}{r.release.Summary(), r.areasBelow(""), len(r.release.Unplaced()), r.release.Summary().Fullest})
}

// areasBelow lists the divisions directly below an area that have issuers.
func (r *request) areasBelow(code string) []areaCount {
	children := r.release.Summary().Provinces
	if code != "" {
		children = gazetteer.Children(code)
	}
	var out []areaCount
	counts := r.release.Summary().Areas
	for _, d := range children {
		if n := query.Digits[d.Level]; n > 0 && counts[d.Code[:n]] > 0 {
			out = append(out, areaCount{d, counts[d.Code[:n]]})
		}
	}
	return out
}

func (r *request) search() error {
	text := r.URL.Query().Get("q")
	r.title = r.T("search")
	page := r.pageNumber()
	hits, total := r.release.Search(text, page*perPage)
	data := struct {
		Text  string
		Hits  []query.Hit
		Pager pager
		Near  []*query.Issuer
	}{Text: text}
	data.Hits = part(hits, page)
	data.Pager = pages(page, len(data.Hits), total)
	if total == 0 {
		data.Near = r.release.Nearest(text, 5)
	}
	return r.render("search", data)
}

// issuerOf finds the issuer that the address names.
func (r *request) issuerOf() (*query.Issuer, error) {
	if is := r.release.Issuer(r.PathValue("issuer")); is != nil {
		return is, nil
	}
	return nil, notFound("%s", r.T("no_issuer"))
}

func headline() []query.Measure {
	ms, err := compare.Measures(query.Headline)
	if err != nil {
		panic("web: the headline measures: " + err.Error()) // a mistake in the code, seen by every test
	}
	return ms
}

// charted are the measures that a place's page draws.
var charted = []string{"requests.received", "requests.resolved", "grant_rate", "review.total", "suit.total", "normative_documents.in_force"}

func (r *request) place() error {
	is, err := r.issuerOf()
	if err != nil {
		return err
	}
	r.concerns(r.reportsOf(is)...)
	t, err := compare.Of(r.Context(), r.release, []*query.Issuer{is}, nil, headline())
	if err != nil {
		return err
	}
	chosen, err := r.values()
	if err != nil {
		return err
	}
	using := t.Using(chosen)
	rows, err := r.release.Headers(r.Context(), is)
	if err != nil {
		return err
	}
	fresh, err := r.release.NewText(r.Context(), is)
	if err != nil {
		return err
	}
	missing, err := r.release.Missing(r.Context(), is)
	if err != nil {
		return err
	}
	var drawn []compare.Row
	for _, row := range using.Rows {
		n := 0
		for _, c := range row.Cells {
			if c.Value != nil {
				n++
			}
		}
		if n > 1 && slices.Contains(charted, row.Measure) {
			drawn = append(drawn, row)
		}
	}
	corrections := corrected(t)
	r.title = r.Plain(is.Name)
	return r.render("place", struct {
		Issuer      *query.Issuer
		Table       compare.Table
		Given       string // the query that keeps the choice of values
		Switch      []choice
		Corrections []correctionOf
		Charts      []compare.Row
		NewText     []newText
		Reports     []schema.Report
		Replaced    []*query.Ref // reports of this issuer that those of another supersede
		Missing     []schema.Coverage
		Gaps        []int32
		Peers       []*query.Issuer
		Became      *query.Succession // nil where the body still is
		Was         []query.Succession
	}{is, t, given(chosen).Encode(), r.switchOf(len(corrections) > 0, "place/"+url.PathEscape(is.ID), nil, chosen), corrections, drawn, newTexts(is, fresh), rows, r.release.Replaced(is), missing, gaps(is, missing), r.release.Peers(is, "same-county", maxPlaces-1), r.became(is), r.release.Was(is)})
}

// became is what a body became, nil where it still is.
func (r *request) became(is *query.Issuer) *query.Succession {
	if s, ok := r.release.Became(is); ok {
		return &s
	}
	return nil
}

// Pair is the address of the comparison of a body with its successor, side by side.
func (r *request) Pair(a, b *query.Issuer) string {
	return r.address("/"+r.lang+"/compare", url.Values{"p": {a.ID, b.ID}})
}

// gaps are the years between the first and the last report that no row of coverage explains.
func gaps(is *query.Issuer, missing []schema.Coverage) []int32 {
	var out []int32
	for i := 1; i < len(is.Reports); i++ {
		for y := is.Reports[i-1].Year + 1; is.Reports[i-1].Year != 0 && y < is.Reports[i].Year; y++ {
			if !slices.ContainsFunc(missing, func(c schema.Coverage) bool { return c.Year != nil && *c.Year == y }) {
				out = append(out, y)
			}
		}
	}
	return out
}

func (r *request) area() error {
	code := r.PathValue("code")
	page := r.pageNumber()
	data := struct {
		Code     string
		Name     string
		Above    []*gazetteer.Division
		Areas    []areaCount
		Issuers  []*query.Issuer
		Years    []int32
		Pager    pager
		Unplaced bool
	}{Code: code, Years: r.release.Years()}
	var all []*query.Issuer
	switch d, ok := gazetteer.Lookup(code); {
	case code == "unplaced":
		data.Unplaced, data.Name, all = true, r.T("unplaced"), r.release.Unplaced()
	case code == "all":
		data.Code, data.Name, data.Areas, all = "", r.T("country"), r.areasBelow(""), r.release.Issuers()
	case !ok || len(code) > 12:
		return notFound("%s", r.T("no_area"))
	default:
		data.Code, data.Name, data.Above, data.Areas, all = d.Code, d.Name, gazetteer.Ancestors(d.Code), r.areasBelow(d.Code), r.release.Below(d.Code)
	}
	data.Issuers = part(all, page)
	data.Pager = pages(page, len(data.Issuers), len(all))
	r.title = data.Name
	return r.render("area", data)
}

func (r *request) codebook() error {
	r.title = r.T("codebook")
	panel, err := schema.NewPanel(nil)
	if err != nil {
		return err
	}
	return r.render("codebook", struct {
		Indicators []codebook.Indicator
		Applicants []codebook.Applicant
		Parts      []codebook.Part
		Tables     []*schema.Table
		Version    string
	}{codebook.All(), codebook.Applicants, codebook.Crosswalk(), schema.All(panel), schema.Version})
}

func (r *request) data() error {
	r.title = r.T("data")
	m := r.release.Data.Manifest()
	tables := map[string]*schema.Table{}
	for _, t := range schema.All(r.release.Data.Panel()) {
		tables[t.Name] = t
	}
	type file struct {
		store.ManifestItem
		About *schema.Table
	}
	var files []file
	for _, f := range m.Files {
		files = append(files, file{f, tables[f.Table]})
	}
	return r.render("data", struct {
		Manifest store.Manifest
		Files    []file
	}{m, files})
}

func (r *request) about() error {
	r.title = r.T("about")
	return r.render("about", compare.Meanings)
}

// maxMeasures bounds the lines of one comparison.
const maxMeasures = 40
