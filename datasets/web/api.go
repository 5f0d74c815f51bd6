package web

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"runtime"
	"strconv"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/datasets/query"
	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/store"
	"golang.org/x/sync/semaphore"
)

//go:embed openapi.json
var openAPI []byte

// Limits of a list of the API.
const (
	defaultLimit = 100
	maxLimit     = 1000
	maxOffset    = 1_000_000
)

// answer makes the answer of one address of the API.
type answer func(*request) (any, error)

// list is a part of a longer list. Next is the address of the part behind it.
type list struct {
	Release string `json:"release"`
	Sample  string `json:"sample,omitempty"` // says so where the release holds invented places
	Total   *int   `json:"total,omitempty"`
	Limit   int    `json:"limit"`
	Offset  int    `json:"offset"`
	Next    string `json:"next,omitempty"`
	Items   any    `json:"items"`
}

func (s *Server) api() {
	s.mux.HandleFunc("GET /api/v1/openapi.json", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write(openAPI)
	})
	for path, get := range map[string]answer{
		"/{$}": (*request).apiStart, "/reports": answerInTurn(s.listing, (*request).apiReports), "/release": (*request).apiRelease, "/indicators": (*request).apiIndicators, "/measures": (*request).apiMeasures, "/issuers": (*request).apiIssuers,
		"/issuers/{issuer}": (*request).apiIssuer, "/compare": answerInTurn(s.making, (*request).apiCompare), "/rank": answerInTurn(s.listing, (*request).apiRank),
		"/reports/{report}": (*request).apiReport, "/reports/{report}/facts": (*request).apiFacts,
		"/reports/{report}/checks": (*request).apiReportChecks, "/reports/{report}/problems": (*request).apiReportProblems, "/checks": answerInTurn(s.listing, (*request).apiChecks),
		"/reports/{report}/texts": (*request).apiTexts, "/reports/{report}/reuse": (*request).apiReuse, "/texts": (*request).apiSearchTexts,
		"/wording/{first}/{second}": answerInTurn(s.making, (*request).apiWording),
	} {
		s.mux.HandleFunc("GET /api/v1"+path, s.json(get))
	}
	s.mux.HandleFunc("GET /api/v1/tables/{table}", s.apiTable)
	s.mux.HandleFunc("GET /api/v1", func(w http.ResponseWriter, req *http.Request) {
		http.Redirect(w, req, s.opt.Base+"/api/v1/", http.StatusMovedPermanently)
	})
	s.mux.HandleFunc("GET /api/", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		w.WriteHeader(http.StatusNotFound)
		s.writeJSON(w, map[string]string{"error": "there is no such address; see /api/v1/openapi.json"})
	})
}

// answerInTurn is inTurn for the API.
func answerInTurn(turns *semaphore.Weighted, get answer) answer {
	return func(r *request) (any, error) {
		if err := turns.Acquire(r.Context(), 1); err != nil {
			return nil, err
		}
		defer turns.Release(1)
		runtime.Gosched()
		return get(r)
	}
}

func (s *Server) sameJSON(w http.ResponseWriter, req *http.Request, tag string) bool {
	etag := strconv.Quote(tag)
	h := w.Header()
	h.Set("Content-Type", "application/json; charset=utf-8")
	h.Set("Cache-Control", "no-cache")
	h.Set("Vary", "Accept")
	h.Set("Etag", etag)
	if s.opt.CORS {
		h.Set("Access-Control-Allow-Origin", "*")
	}
	if !fresh(req, etag) {
		return false
	}
	w.WriteHeader(http.StatusNotModified)
	return true
}

func (s *Server) json(get answer) http.HandlerFunc {
	return func(w http.ResponseWriter, req *http.Request) {
		release, tag, done := s.opt.Current.Acquire()
		defer done()
		shape := ""
		if wantsLines(req) {
			shape = "-lines" // another answer, though of the same release
		}
		if s.sameJSON(w, req, tag+shape) {
			return
		}
		var v any
		leave, err := s.answersOut.enter(req.Context(), w)
		if err == nil {
			defer leave()
			v, err = get(&request{Request: req, server: s, release: release, tag: tag, lang: "en", w: w})
		}
		if err == nil {
			v, err = shaped(req, v)
		}
		if err != nil {
			w.Header().Del("Etag")
			var known *statusError
			switch {
			case errors.As(err, &known):
			case errors.Is(err, context.Canceled): // the reader went away
				return
			case errors.Is(err, context.DeadlineExceeded):
				known = &statusError{http.StatusServiceUnavailable, "this answer took too long; ask for less"}
			default:
				s.opt.Log.Error("an answer failed", "address", req.URL.Path, "error", err)
				known = &statusError{http.StatusInternalServerError, "this answer could not be made"}
			}
			w.Header().Set("Content-Type", "application/json; charset=utf-8")
			w.WriteHeader(known.status)
			v = map[string]string{"error": known.text}
		}
		s.writeJSON(w, v)
	}
}

func (s *Server) writeJSON(w http.ResponseWriter, v any) {
	if l, is := v.(*lines); is {
		if err := l.send(w); err != nil {
			s.opt.Log.Warn("an answer broke off", "error", err)
		}
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	if err := json.NewEncoder(w).Encode(v); err != nil {
		s.opt.Log.Warn("an answer broke off", "error", err)
	}
}

// window reads limit= and offset=.
func (r *request) window() (limit, offset int, err error) {
	read := func(name string, otherwise, most int) int {
		text := r.URL.Query().Get(name)
		if text == "" {
			return otherwise
		}
		n, parseErr := strconv.Atoi(text)
		if parseErr != nil || n < 0 || n > most || name == "limit" && n == 0 {
			err = badRequest(fmt.Errorf("%s is a number up to %d", name, most))
		}
		return n
	}
	limit, offset = read("limit", defaultLimit, maxLimit), read("offset", 0, maxOffset)
	return limit, offset, err
}

// listed makes the list of one window.
func (r *request) listed(items any, n, limit, offset int, total *int, more bool) list {
	l := list{Release: r.tag, Sample: r.SampleMark(), Total: total, Limit: limit, Offset: offset, Items: items}
	if more || total != nil && offset+n < *total {
		q := r.URL.Query()
		q.Set("limit", strconv.Itoa(limit))
		q.Set("offset", strconv.Itoa(offset+limit))
		l.Next = (&url.URL{Path: r.server.opt.Base + r.URL.Path, RawQuery: q.Encode()}).String()
	}
	return l
}

// slice is the window of a list that is whole in memory.
func slice[E any](r *request, all []E) (any, error) {
	limit, offset, err := r.window()
	if err != nil {
		return nil, err
	}
	from := min(offset, len(all))
	items := append([]E{}, all[from:min(from+limit, len(all))]...)
	total := len(all)
	return r.listed(items, len(items), limit, offset, &total, false), nil
}

func (r *request) apiRelease() (any, error) {
	return struct {
		Release  string         `json:"release"`
		Summary  *query.Summary `json:"summary"`
		Manifest store.Manifest `json:"manifest"`
	}{r.tag, r.release.Summary(), r.release.Data.Manifest()}, nil
}

// indicatorJSON is an indicator of the code book with lower-case names.
type indicatorJSON struct {
	ID            string   `json:"indicator"`
	LabelZH       string   `json:"label_zh"`
	LabelEN       string   `json:"label_en"`
	Definition    string   `json:"definition"`
	Unit          string   `json:"unit"`
	Templates     []string `json:"templates"`
	Series        string   `json:"series"`
	Comparability string   `json:"comparability"`
	Note          string   `json:"note"`
	Applicants    bool     `json:"applicants"`
}

func (r *request) apiIndicators() (any, error) {
	var out []indicatorJSON
	for _, in := range codebook.All() {
		out = append(out, indicatorJSON(in))
	}
	return slice(r, out)
}

func (r *request) apiMeasures() (any, error) { return slice(r, query.Measures()) }

func (r *request) apiIssuers() (any, error) {
	limit, offset, err := r.window()
	if err != nil {
		return nil, err
	}
	text := r.URL.Query().Get("q")
	if text == "" {
		return slice(r, r.release.Issuers())
	}
	hits, total := r.release.Search(text, offset+limit)
	issuers := []*query.Issuer{}
	for _, h := range hits[min(offset, len(hits)):] {
		issuers = append(issuers, h.Issuer)
	}
	return r.listed(issuers, len(issuers), limit, offset, &total, false), nil
}

// sampleOf is the mark of an answer about reports.
func (r *request) sampleOf(reports ...string) string {
	r.concerns(reports...)
	return r.SampleMark()
}

func (r *request) apiIssuer() (any, error) {
	is, err := r.issuerOf()
	if err != nil {
		return nil, err
	}
	return struct {
		Release string `json:"release"`
		Sample  string `json:"sample,omitempty"` // says so where the place is an invented one
		*query.Issuer
		Became *query.Succession  `json:"became"` // null where it still is
		Was    []query.Succession `json:"was"`    // the bodies that became it
	}{r.tag, r.sampleOf(r.reportsOf(is)...), is, r.became(is), append([]query.Succession{}, r.release.Was(is)...)}, nil
}

func (r *request) apiCompare() (any, error) {
	c, err := r.compared()
	if err != nil {
		return nil, err
	}
	return struct {
		Release string `json:"release"`
		Sample  string `json:"sample,omitempty"` // says so where a place is an invented one
		Values  any    `json:"values"`           // published or corrected: what value holds
		Columns any    `json:"columns"`
		Rows    any    `json:"rows"`
	}{r.tag, r.SampleMark(), c.Values, c.Table.Columns, c.Table.Using(c.Values).Rows}, nil
}

func (r *request) apiRank() (any, error) {
	k, err := r.ranking()
	if err != nil && !errors.Is(err, query.ErrFew) {
		return nil, err
	}
	part, err := slice(r, k.Ranked)
	if err != nil {
		return nil, err
	}
	return struct {
		*query.Ranking
		list
	}{k, part.(list)}, nil
}

// versionJSON is one version of a report.
type versionJSON struct {
	ReportID string `json:"report_id"`
	IssuerID string `json:"issuer_id"`
	Latest   bool   `json:"latest"`
}

func (r *request) apiReport() (any, error) {
	_, ref, row, err := r.reportOf()
	if err != nil {
		return nil, err
	}
	versions := []versionJSON{}
	for _, v := range r.release.Versions(ref.ID) {
		versions = append(versions, versionJSON{v.Ref.ID, v.Issuer.ID, r.release.Superseded(v.Ref.ID) == ""})
	}
	corrections := append([]query.Correction{}, r.release.Corrections(ref.ID)...)
	out := map[string]any{"release": r.tag, "report": columns(schema.Reports, row), "versions": versions, "corrections": corrections}
	if mark := r.SampleMark(); mark != "" {
		out["sample"] = mark
	}
	return out, nil
}

func (r *request) apiFacts() (any, error) { return ofReport(r, schema.Facts, r.release.Facts) }

func (r *request) apiReportChecks() (any, error) { return ofReport(r, schema.Checks, r.release.Checks) }

// ofReport answers with the rows of a table that are of the report named in the address.
func ofReport[R any](r *request, t *schema.Table, read func(context.Context, *query.Issuer, *query.Ref) ([]R, error)) (any, error) {
	is, ref, _, err := r.reportOf()
	if err != nil {
		return nil, err
	}
	rows, err := read(r.Context(), is, ref)
	if err != nil {
		return nil, err
	}
	return slice(r, each(t, rows))
}

func (r *request) apiReportProblems() (any, error) {
	_, ref, _, err := r.reportOf()
	if err != nil {
		return nil, err
	}
	problems, err := r.release.Problems(r.Context(), ref)
	if err != nil {
		return nil, err
	}
	return slice(r, each(schema.Problems, problems))
}

func (r *request) apiChecks() (any, error) {
	limit, offset, err := r.window()
	if err != nil {
		return nil, err
	}
	f, err := r.checkFilter()
	if err != nil {
		return nil, err
	}
	if id := r.URL.Query().Get("issuer"); id != "" {
		if r.release.Issuer(id) == nil {
			return nil, notFound("there is no issuer %s", id)
		}
		f.Issuer = id
	}
	rows, more, err := r.release.FailedChecks(r.Context(), f, offset, limit)
	if err != nil {
		return nil, err
	}
	return r.listed(each(schema.Checks, rows), len(rows), limit, offset, nil, more), nil
}

func each[R any](t *schema.Table, rows []R) []map[string]any {
	out := make([]map[string]any, 0, len(rows))
	for _, row := range rows {
		out = append(out, columns(t, row))
	}
	return out
}
