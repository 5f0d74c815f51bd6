package pipeline

import (
	"cmp"
	"slices"

	"github.com/gongkai-data/gongkai/crawl"
	"github.com/gongkai-data/gongkai/datasets/gazetteer"
	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/normalize/issuer"
)

// issuerYear keys what coverage counts.
type issuerYear struct {
	issuer string
	year   int32
}

// expectation is a body of which a site should hold reports.
type expectation struct{ id, name, code string }

// coverage gathers, while reports are written, whose reports were found and on which site.
type coverage struct {
	found map[issuerYear]bool
	sites map[string]map[string]expectation // by the seed's address and issuer_id
	seeds map[string]string                 // seed by the address of a document
}

func newCoverage(docs []document) *coverage {
	c := &coverage{found: map[issuerYear]bool{}, sites: map[string]map[string]expectation{}, seeds: map[string]string{}}
	for _, d := range docs {
		if d.capture.Seed != nil {
			c.seeds[d.capture.URL] = *d.capture.Seed
		}
	}
	return c
}

// add notes a report.
func (c *coverage) add(r schema.Report) {
	if r.Year != nil {
		c.found[issuerYear{r.IssuerID, *r.Year}] = true
	}
	site, ok := c.seeds[r.URL]
	if !ok {
		return
	}
	if c.sites[site] == nil {
		c.sites[site] = map[string]expectation{}
	}
	e := expectation{id: r.IssuerID, name: r.IssuerName}
	if r.DivisionCode != nil {
		e.code = *r.DivisionCode
	}
	c.sites[site][r.IssuerID] = e
}

// gaps are the coverage rows of what the crawl's ledger expects and no report answers: for each site the seed's own body, the towns of its county,
// and every body of which the site held a report of another year.
func (c *coverage) gaps(ledger crawl.Ledger, resolver *issuer.Resolver) []schema.Coverage {
	var rows []schema.Coverage
	told := map[issuerYear]bool{}
	for _, site := range ledger.Sites {
		for _, e := range c.expected(site, resolver) {
			for _, year := range site.Years {
				k := issuerYear{e.id, int32(year)}
				if c.found[k] || told[k] {
					continue
				}
				told[k] = true
				reason, ok := site.GapByYear[year]
				if !ok {
					reason = site.Gap
				}
				rows = append(rows, schema.Coverage{IssuerID: e.id, IssuerName: e.name, DivisionCode: orNull(e.code), Year: &k.year, Status: reason.Status, Detail: reason.Detail})
			}
		}
	}
	return rows
}

func (c *coverage) expected(site crawl.SiteLedger, resolver *issuer.Resolver) []expectation {
	all := map[string]expectation{}
	if site.Name != "" {
		own := resolver.Resolve(issuer.Input{Name: site.Name, Title: site.Name, SeedName: site.Name, SeedCode: site.DivisionCode})
		e := expectation{id: own.ID, name: site.Name}
		if own.DivisionCode != nil {
			e.code = *own.DivisionCode
		}
		all[e.id] = e
	}
	if d, ok := gazetteer.Lookup(site.DivisionCode); ok && site.DivisionCode != "" {
		if _, named := all[d.Code]; !named && site.Name == "" {
			all[d.Code] = expectation{d.Code, d.Name, d.Code}
		}
		if d.Level == gazetteer.County {
			for _, town := range gazetteer.Children(d.Code) {
				if !town.Pseudo && town.ValidTo == "" {
					all[town.Code] = expectation{town.Code, town.Name, town.Code}
				}
			}
		}
	}
	for id, e := range c.sites[site.Site] {
		all[id] = e
	}
	out := make([]expectation, 0, len(all))
	for _, e := range all {
		out = append(out, e)
	}
	slices.SortFunc(out, func(a, b expectation) int { return cmp.Compare(a.id, b.id) })
	return out
}
