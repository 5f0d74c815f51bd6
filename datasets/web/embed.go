package web

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/query"
)

// embed is a chart of one measure of one place as a page of its own, for the frame of another site: with its title, its
// source and no more.
func (r *request) embed() error {
	is, m, err := r.issuerAndMeasure()
	if err != nil {
		return err
	}
	r.concerns(r.reportsOf(is)...)
	r.title = r.Plain(is.Name) + " · " + m.Label(r.lang)
	return r.server.templates.byName["embed"].ExecuteTemplate(r.body, "embed", page{r, struct {
		Issuer  *query.Issuer
		Measure query.Measure
	}{is, m}})
}

// mayBeFramed reports whether a page may stand in frames of other sites: those of embed alone, which have no form and
// act on nothing.
func mayBeFramed(path string) bool {
	for _, lang := range Languages {
		if strings.HasPrefix(path, "/"+lang+"/embed/") {
			return true
		}
	}
	return false
}

// origin is the scheme and host by which the reader reached the server; empty on a static site, which does not know its
// own.
func (r *request) origin() string {
	if r.static != nil || r.Host == "" {
		return ""
	}
	return originOf(r.Request)
}

// originOf is the scheme and host that a request came by, also through a proxy that ends TLS.
func originOf(req *http.Request) string {
	scheme := "http"
	if req.TLS != nil || req.Header.Get("X-Forwarded-Proto") == "https" {
		scheme = "https"
	}
	return (&url.URL{Scheme: scheme, Host: req.Host}).String()
}

// Frame is what a reader pastes into a page of their own to show a chart; empty on a static site.
func (r *request) Frame(is *query.Issuer, measure string) string {
	origin := r.origin()
	if origin == "" {
		return ""
	}
	m, _ := query.LookupMeasure(measure)
	title := strings.NewReplacer(`"`, "", "<", "", ">", "", "&", "").Replace(r.Plain(is.Name) + " · " + m.Label(r.lang))
	return `<iframe src="` + origin + r.Link("embed", is.ID, measure) + `" width="440" height="380" title="` + title + `" loading="lazy"></iframe>`
}

// SharePicture is the picture that stands beside a shared link to a place, with its absolute address as sharing wants
// it; empty where there is none.
func (r *request) SharePicture() string {
	id := r.PathValue("issuer")
	if origin := r.origin(); origin != "" && id != "" && r.release.Issuer(id) != nil {
		return origin + r.Link("chart", id, "requests.received.png")
	}
	return ""
}
