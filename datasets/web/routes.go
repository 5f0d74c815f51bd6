package web

import (
	"runtime"

	"golang.org/x/sync/semaphore"
)

// Languages of the pages.
var Languages = []string{"zh", "en"}

func (s *Server) routes() {
	s.mux.HandleFunc("GET /{$}", s.chooseLanguage)
	s.mux.HandleFunc("GET /assets/{name}", s.asset)
	s.mux.HandleFunc("GET /data/{path...}", s.file)
	s.mux.HandleFunc("GET /copy/{report}", s.copy)
	s.mux.HandleFunc("GET /copy/{report}/{indicator}/{applicant}", s.copy)
	s.mux.HandleFunc("GET /original/{report}", s.original)
	for path, show := range map[string]handler{
		"/{$}": (*request).home, "/search": (*request).search, "/area/{code}": (*request).area, "/coverage": (*request).coverage,
		"/codebook": (*request).codebook, "/data": (*request).data, "/about": (*request).about,
		"/place/{issuer}": inTurn(s.making, (*request).place), "/compare": inTurn(s.making, (*request).compare),
		"/rank": s.byArea((*request).rank), "/report/{report}": inTurn(s.making, (*request).report),
		"/evidence/{report}/{measure}/{applicant}": (*request).evidence, "/checks": inTurn(s.listing, (*request).checks),
		"/texts": (*request).texts, "/wording": inTurn(s.making, (*request).chooseWording), "/wording/{first}/{second}": inTurn(s.making, (*request).wording),
		"/newtext": inTurn(s.listing, (*request).newTextRank), "/missing": inTurn(s.listing, (*request).missing), "/map": inTurn(s.listing, (*request).tiles), "/embed/{issuer}/{measure}": (*request).embed, "/series/{issuer}/{measure}": inTurn(s.making, (*request).series),
		"/manual": (*request).manual, "/manual/{chapter}": (*request).manual, "/releases": (*request).releases, "/releases/{name}": (*request).differences,
	} {
		for _, lang := range Languages {
			s.mux.HandleFunc("GET /"+lang+path, s.html(lang, show))
		}
	}
	for path, send := range map[string]handler{
		"/compare.svg": inTurn(s.making, (*request).compareSVG), "/rank.svg": s.byArea((*request).rankSVG),
		// a picture waits for its turn to be drawn: it must not keep pages from theirs meanwhile
		"/compare.png": (*request).comparePNG, "/chart/{issuer}/{file}": (*request).placeChart,
	} {
		for _, lang := range Languages {
			s.mux.HandleFunc("GET /"+lang+path, s.send(lang, s.pagesOut, send))
		}
	}
	for path, send := range map[string]handler{
		"/compare.csv": inTurn(s.making, (*request).compareCSV), "/compare.xlsx": inTurn(s.making, (*request).compareXLSX),
		"/rank.csv": s.byArea((*request).rankCSV), "/checks.csv": inTurn(s.listing, (*request).checksCSV), "/missing.csv": inTurn(s.listing, (*request).missingCSV),
	} {
		for _, lang := range Languages {
			s.mux.HandleFunc("GET /"+lang+path, s.send(lang, s.filesOut, send))
		}
	}
	for _, lang := range Languages {
		s.mux.HandleFunc("GET /"+lang+"/", s.send(lang, s.pagesOut, func(r *request) error { return notFound("%s", r.T("no_page")) }))
	}
	s.api()
}

// handler answers one request for a page.
type handler func(*request) error

// inTurn makes a page that takes a processor for all its time when its turn comes, first come, first served. Without
// turns the scheduler gives all a little at a time: every reader waits for the whole crowd, some several times as long
// as others, and the pages half made take memory. Who gets the turn first lets run what waits for a processor, else
// requests that have arrived would not be read, and so not stand in the row, for long.
func inTurn(turns *semaphore.Weighted, show handler) handler {
	return func(r *request) error {
		if err := turns.Acquire(r.Context(), 1); err != nil {
			return err
		}
		defer turns.Release(1)
		runtime.Gosched()
		return show(r)
	}
}

// byArea makes a ranking: that of an area among the pages made from memory, that of the whole release among those that
// go over all issuers.
func (s *Server) byArea(show handler) handler {
	some, all := inTurn(s.making, show), inTurn(s.listing, show)
	return func(r *request) error {
		if r.URL.Query().Get("area") == "" {
			return all(r)
		}
		return some(r)
	}
}
