package web

import (
	"errors"
	"io"
	"mime"
	"net/http"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/gongkai-data/gongkai/datasets/chart"
	"github.com/gongkai-data/gongkai/datasets/compare"
	"github.com/gongkai-data/gongkai/datasets/query"
	"github.com/gongkai-data/gongkai/store"
)

// attach says that the answer is a file to be saved under a name, which tells of the sample.
func (r *request) attach(name, mediaType string) {
	if r.SampleMark() != "" {
		name = "sample-" + name
	}
	h := r.w.Header()
	h.Set("Content-Type", mediaType)
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
}

// svgPolicy lets a chart that is opened by itself carry the styles that the library writes into it, and nothing else.
func (r *request) svgPolicy() {
	r.w.Header().Set("Content-Security-Policy", "sandbox; default-src 'none'; style-src 'unsafe-inline'")
}

func (r *request) compared() (*comparison, error) {
	c, err := r.readComparison()
	if err != nil {
		return nil, err
	}
	if len(c.Lost) > 0 {
		var asked []string
		for _, l := range c.Lost {
			asked = append(asked, l.asked())
		}
		return nil, &statusError{http.StatusNotFound, strings.Join(asked, "\n")}
	}
	if len(c.Places) == 0 {
		return nil, &statusError{http.StatusBadRequest, r.T("no_places")}
	}
	return c, nil
}

func (r *request) compareCSV() error {
	c, err := r.compared()
	if err != nil {
		return err
	}
	r.attach("comparison.csv", "text/csv; charset=utf-8")
	return c.Table.Using(c.Values).WriteCSV(r.body)
}

func (r *request) compareXLSX() error {
	c, err := r.compared()
	if err != nil {
		return err
	}
	r.attach("comparison.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
	return c.Table.Using(c.Values).WriteXLSX(r.body)
}

// drawn finds the line that the address asks to draw (chart=, else the first with a number).
func (r *request) drawn(c *comparison) (chart.Lines, error) {
	want, t := r.URL.Query().Get("chart"), c.Table.Using(c.Values)
	i := slices.IndexFunc(t.Rows, func(row compare.Row) bool {
		return (want == "" || row.Measure == want) && slices.ContainsFunc(row.Cells, func(x compare.Cell) bool { return x.Value != nil })
	})
	if i < 0 {
		return chart.Lines{}, notFound("%s", r.T("no_number"))
	}
	return t.Chart(i, r.lang), nil
}

func (r *request) compareSVG() error {
	c, err := r.compared()
	if err != nil {
		return err
	}
	l, err := r.drawn(c)
	if err != nil {
		return err
	}
	r.w.Header().Set("Content-Type", "image/svg+xml")
	r.svgPolicy()
	return chart.WriteSVG(r.body, l)
}

func (r *request) comparePNG() error {
	c, err := r.compared()
	if err != nil {
		return err
	}
	l, err := r.drawn(c)
	if err != nil {
		return err
	}
	return r.png(l)
}

// png draws a picture, a few at a time: each takes a good part of a core.
func (r *request) png(l chart.Lines) error {
	if err := r.server.showing.Acquire(r.Context(), 1); err != nil {
		return err
	}
	defer r.server.showing.Release(1)
	r.w.Header().Set("Content-Type", "image/png")
	err := chart.WritePNG(r.body, l)
	if errors.Is(err, chart.ErrNoFont) {
		return &statusError{http.StatusNotImplemented, err.Error()}
	}
	return err
}

// placeChart draws one measure of one place: MEASURE.svg or MEASURE.png.
func (r *request) placeChart() error {
	is, err := r.issuerOf()
	if err != nil {
		return err
	}
	file := r.PathValue("file")
	m, ok := query.LookupMeasure(strings.TrimSuffix(file, path.Ext(file)))
	if !ok || path.Ext(file) != ".svg" && path.Ext(file) != ".png" {
		return notFound("%s", r.T("no_measure"))
	}
	t, err := compare.Of(r.Context(), r.release, []*query.Issuer{is}, nil, []query.Measure{m})
	if err != nil {
		return err
	}
	chosen, err := r.values()
	if err != nil {
		return err
	}
	t = t.Using(chosen)
	if len(t.Rows) == 0 || !slices.ContainsFunc(t.Rows[0].Cells, func(x compare.Cell) bool { return x.Value != nil }) {
		return notFound("%s", r.T("no_number"))
	}
	l := t.Chart(0, r.lang)
	if path.Ext(file) == ".png" {
		return r.png(l)
	}
	r.w.Header().Set("Content-Type", "image/svg+xml")
	r.svgPolicy()
	return chart.WriteSVG(r.body, l)
}

// file serves a file of the release, also in parts (HTTP Range), so that DuckDB and others query Parquet from afar.
// Only files that the manifest lists are there, whatever the address holds.
func (s *Server) file(w http.ResponseWriter, req *http.Request) {
	release, tag, done := s.opt.Current.Acquire()
	defer done()
	name := req.PathValue("path")
	h := w.Header()
	if name == store.ManifestFile {
		if s.sameJSON(w, req, tag) {
			return
		}
		s.writeJSON(w, release.Data.Manifest())
		return
	}
	body, size, err := release.Data.Open(name)
	if err != nil {
		http.NotFound(w, req)
		return
	}
	etag := ""
	for _, f := range release.Data.Manifest().Files {
		if f.Path == name {
			etag = f.SHA256
		}
	}
	h.Set("Etag", `"`+etag+`"`)
	h.Set("Cache-Control", "no-cache")
	h.Set("Content-Security-Policy", "sandbox; default-src 'none'")
	if s.opt.CORS {
		h.Set("Access-Control-Allow-Origin", "*")
		h.Set("Access-Control-Expose-Headers", "Content-Length, Content-Range, Accept-Ranges, Etag")
	}
	switch path.Ext(name) {
	case ".json":
		h.Set("Content-Type", "application/json")
	case ".md":
		h.Set("Content-Type", "text/markdown; charset=utf-8")
	default:
		h.Set("Content-Type", "application/octet-stream")
	}
	http.ServeContent(w, req, "", time.Time{}, io.NewSectionReader(body, 0, size))
}
