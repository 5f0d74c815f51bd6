package web

import (
	"bufio"
	"context"
	"net/http"
	"slices"

	"github.com/gongkai-data/gongkai/datasets/compare"
	"github.com/gongkai-data/gongkai/datasets/export"
)

// arrowStream is the media type of an Arrow IPC stream (IANA, 2021).
const arrowStream = "application/vnd.apache.arrow.stream"

// apiTable sends one table, or its rows of some issuers and years, as an Arrow IPC stream. It may take longer than
// other answers, for a table may have millions of rows: it ends when the reader goes or stands still.
func (s *Server) apiTable(w http.ResponseWriter, req *http.Request) {
	release, tag, done := s.opt.Current.Acquire()
	defer done()
	if s.sameJSON(w, req, tag+"-arrow") {
		return
	}
	fail := func(status int, says string) {
		w.Header().Del("Etag")
		w.WriteHeader(status)
		s.writeJSON(w, map[string]string{"error": says})
	}
	given := req.URL.Query()
	years, err := compare.Years(given.Get("years"))
	if err != nil {
		fail(http.StatusBadRequest, err.Error())
		return
	}
	chosen := export.Selection{Tables: []string{req.PathValue("table")}, Years: years, Issuers: slices.DeleteFunc(given["issuer"], func(s string) bool { return s == "" })}
	leave, err := s.filesOut.enter(req.Context(), w)
	if err != nil {
		return // the reader went away while it waited
	}
	defer leave()
	sent := &streamed{ResponseWriter: w}
	to := bufio.NewWriterSize(sent, pieceSize)
	h := w.Header()
	h.Set("Content-Type", arrowStream)
	h.Set("Gongkai-Release", tag)
	if release.Data.Manifest().Sample != nil {
		h.Set("Gongkai-Sample", "yes")
	}
	err = export.ArrowStream(context.WithoutCancel(req.Context()), to, release.Data, chosen)
	if err == nil {
		err = to.Flush()
	}
	switch {
	case err == nil:
	case sent.begun:
		panic(http.ErrAbortHandler) // so that the reader does not take a part for the whole
	default:
		h.Set("Content-Type", "application/json; charset=utf-8")
		fail(http.StatusNotFound, err.Error())
	}
}

// streamed knows whether anything was sent.
type streamed struct {
	http.ResponseWriter
	begun bool
}

func (s *streamed) Write(b []byte) (int, error) {
	s.begun = true
	return s.ResponseWriter.Write(b)
}
