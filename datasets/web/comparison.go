package web

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/compare"
	"github.com/gongkai-data/gongkai/datasets/query"
)

// comparison is what the address of a comparison asks for.
type comparison struct {
	Places      []*query.Issuer
	Lost        []lost // places that could not be settled
	Years       string
	Measures    []query.Measure
	Table       compare.Table // as published
	Values      query.Values  // that charts and downloads use
	Switch      []choice
	Corrections []correctionOf
	Chosen      map[string]bool
	Raw         string // the query of the address, for downloads
	Examples    []*query.Issuer

	Changes  bool     // columns of differences
	Per      bool     // counts per 10,000 inhabitants
	Lacking  []string // places without a denominator
	Views    []choice // by place or by year
	Beside   []choice // with or without changes
	Measured []choice // as published or per inhabitants
}

// lost is a place that could not be settled, with those that may be meant.
type lost struct {
	Text, Reason string
	Choices      []*query.Issuer
}

// asked is what the reader wrote, for an answer that is no page.
func (l lost) asked() string {
	names := []string{}
	for _, is := range l.Choices {
		names = append(names, is.Name+" ("+is.ID+")")
	}
	return strings.TrimSuffix(l.Text+": "+l.Reason+" "+strings.Join(names, ", "), " ")
}

// readComparison reads p= (issuer_id or name, up to eight), years= and m= (measures).
func (r *request) readComparison() (*comparison, error) {
	q := r.URL.Query()
	c := &comparison{Years: q.Get("years"), Chosen: map[string]bool{}}
	for _, p := range q["p"] {
		if p = strings.TrimSpace(p); p == "" {
			continue
		}
		is, l, err := r.find(p)
		if err != nil {
			return nil, err
		}
		if l != nil {
			c.Lost = append(c.Lost, *l)
			continue
		}
		if !slices.Contains(c.Places, is) {
			c.Places = append(c.Places, is)
		}
	}
	if len(c.Places) > maxPlaces {
		return nil, badRequest(fmt.Errorf("%s", r.T("too_many_places")))
	}
	years, err := compare.Years(c.Years)
	if err != nil {
		return nil, badRequest(fmt.Errorf(r.T("bad_years"), r.Plain(c.Years)))
	}
	c.Measures = headline()
	if ids := q["m"]; len(ids) > 0 {
		if len(ids) > maxMeasures {
			return nil, badRequest(fmt.Errorf("%s", r.T("too_many_measures")))
		}
		if c.Measures, err = compare.Measures(ids); err != nil {
			return nil, badRequest(fmt.Errorf("%s", r.T("no_measure")))
		}
		// the form sends them in the order of the code book; the headline ones are read in their own
		order := func(m query.Measure) int {
			if i := slices.Index(query.Headline, m.ID); i >= 0 {
				return i
			}
			return len(query.Headline)
		}
		slices.SortStableFunc(c.Measures, func(a, b query.Measure) int { return order(a) - order(b) })
	}
	for _, m := range c.Measures {
		c.Chosen[m.ID] = true
	}
	if c.Values, err = r.values(); err != nil {
		return nil, err
	}
	out := r.URL.Query()
	out.Del("chart")
	out.Del("of")
	c.Raw = out.Encode()
	if len(c.Places) > 0 {
		if c.Table, err = compare.Of(r.Context(), r.release, c.Places, years, c.Measures); err == nil {
			for _, column := range c.Table.Columns {
				r.concerns(column.ReportID)
			}
		}
	}
	return c, err
}

// find returns the place that a reader names, or why it could not be settled.
func (r *request) find(name string) (*query.Issuer, *lost, error) {
	is, err := r.release.Find(name)
	var unknown *query.Unknown
	var ambiguous *query.Ambiguous
	switch {
	case errors.As(err, &unknown):
		l := lost{name, r.T("unknown_place"), unknown.Near}
		if len(l.Choices) > 0 {
			l.Reason += r.T("mean")
		}
		return nil, &l, nil
	case errors.As(err, &ambiguous):
		return nil, &lost{name, r.T("several_places"), ambiguous.Among[:min(8, len(ambiguous.Among))]}, nil
	}
	return is, nil, err
}

func (r *request) compare() error {
	c, err := r.readComparison()
	if err != nil {
		return err
	}
	r.title = r.T("compare")
	if names := placesOf(c.Places); names != "" {
		r.title = r.Plain(names)
	}
	c.Corrections = corrected(c.Table)
	c.Switch = r.switchOf(len(c.Corrections) > 0, "compare", r.URL.Query(), c.Values)
	c.Examples = r.release.Summary().Fullest
	if err := r.arrange(c); err != nil {
		return err
	}
	return r.render("compare", c)
}

// placesOf names the places of a comparison, for the title of its page.
func placesOf(places []*query.Issuer) string {
	var names []string
	for _, is := range places {
		names = append(names, is.Name)
	}
	return strings.Join(names, " / ")
}

// Fields are the places as the form shows them: those that were found, those that were not, and room for more.
func (r *request) Fields(c *comparison) []string {
	var out []string
	for _, is := range c.Places {
		out = append(out, r.Called(is))
	}
	for _, l := range c.Lost {
		out = append(out, r.Plain(l.Text))
	}
	empty := max(1, 3-len(out))
	for len(out) < maxPlaces && empty > 0 {
		out, empty = append(out, ""), empty-1
	}
	return out
}

// Add is the address of a comparison with a place that could not be settled put right.
func (r *request) Add(c *comparison, wrong, id string) string {
	q := r.URL.Query()
	for i, p := range q["p"] {
		if strings.TrimSpace(p) == wrong {
			q["p"][i] = id
		}
	}
	return r.address("/"+r.lang+"/compare", q)
}
