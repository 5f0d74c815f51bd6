package pipeline

import (
	"cmp"
	"maps"
	"slices"

	"github.com/gongkai-data/gongkai/crawl"
	"github.com/gongkai-data/gongkai/datasets/codebook"
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
	blind map[string]bool                   // addresses of documents that could not be read
}

func newCoverage(docs []document) *coverage {
	c := &coverage{found: map[issuerYear]bool{}, sites: map[string]map[string]expectation{}, seeds: map[string]string{}, blind: map[string]bool{}}
	for _, d := range docs {
		if d.capture.Seed != nil {
			c.seeds[d.capture.URL] = *d.capture.Seed
		}
	}
	return c
}

// add notes a report.
func (c *coverage) add(r schema.Report, unreadable bool) {
	if unreadable {
		c.blind[r.URL] = true
	}
	if r.Year != nil {
		c.found[issuerYear{r.IssuerID, *r.Year}] = true
	}
	site, ok := c.seeds[r.URL]
	if !ok || r.IssuerName == "" {
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

// gaps are the coverage rows of what the crawl's ledger expects and no report answers: for each site the seed's own
// body, the towns of its county, and every body of which the site held or listed a report.
func (c *coverage) gaps(ledger crawl.Ledger, resolver *issuer.Resolver) []schema.Coverage {
	var rows []schema.Coverage
	told := map[issuerYear]bool{}
	for _, site := range ledger.Sites {
		site.Listed = append(c.unread(site), site.Listed...)
		listed := map[issuerYear]crawl.Reason{}
		all, own := c.expected(site, resolver)
		for _, r := range site.Listed {
			if r.Issuer == "" {
				continue
			}
			e := named(all, site, r.Issuer, resolver)
			all[e.id] = e
			if k := (issuerYear{e.id, int32(r.Year)}); listed[k].Status == "" {
				listed[k] = r.Reason
			}
		}
		for _, e := range sorted(all) {
			for _, year := range site.Years {
				k := issuerYear{e.id, int32(year)}
				if c.found[k] || told[k] {
					continue
				}
				told[k] = true
				reason, ok := listed[k]
				switch {
				case ok:
				case e.id == own || len(all) == 1:
					reason = site.Why(site.Name, year)
				default:
					reason = site.Gap
				}
				rows = append(rows, schema.Coverage{IssuerID: e.id, IssuerName: e.name, DivisionCode: orNull(e.code), Year: &k.year, Status: reason.Status, Detail: reason.Detail})
			}
		}
	}
	return rows
}

// unread are a site's documents that were found and could not be read: whose they are and of which year, the list told.
func (c *coverage) unread(site crawl.SiteLedger) []crawl.ListedReport {
	var out []crawl.ListedReport
	for _, r := range site.Found {
		if c.blind[r.URL] && r.Year != 0 {
			out = append(out, crawl.ListedReport{Issuer: r.Issuer, Year: r.Year, Reason: crawl.Reason{Status: schema.CoverageUnreadable, Detail: codebook.Note("unreadable_report", r.URL)}})
		}
	}
	return out
}

// named finds the body that a list calls so: among those known on the site, else as its title alone tells.
func named(all map[string]expectation, site crawl.SiteLedger, name string, resolver *issuer.Resolver) expectation {
	for _, e := range sorted(all) {
		if e.name == name {
			return e
		}
	}
	found := resolver.Resolve(issuer.Input{Name: name, Title: name, SeedName: site.Name, SeedCode: site.DivisionCode})
	if e, ok := all[found.ID]; ok {
		return e
	}
	e := expectation{id: found.ID, name: name}
	if found.DivisionCode != nil {
		e.code = *found.DivisionCode
	}
	return e
}

func sorted(all map[string]expectation) []expectation {
	return slices.SortedFunc(maps.Values(all), func(a, b expectation) int { return cmp.Compare(a.id, b.id) })
}

// expected are the bodies of which a site should hold reports, and which of them is the site's own, as far as the seed
// file says.
func (c *coverage) expected(site crawl.SiteLedger, resolver *issuer.Resolver) (all map[string]expectation, ownID string) {
	all = map[string]expectation{}
	if site.Name != "" {
		own := resolver.Resolve(issuer.Input{Name: site.Name, Title: site.Name, SeedName: site.Name, SeedCode: site.DivisionCode})
		e := expectation{id: own.ID, name: site.Name}
		if own.DivisionCode != nil {
			e.code = *own.DivisionCode
		}
		all[e.id] = e
		ownID = e.id
	}
	if d, ok := gazetteer.Lookup(site.DivisionCode); ok && site.DivisionCode != "" {
		if _, named := all[d.Code]; !named && site.Name == "" {
			all[d.Code] = expectation{d.Code, d.Name, d.Code}
			ownID = d.Code
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
	return all, ownID
}
