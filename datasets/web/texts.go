package web

import (
	"context"
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"strconv"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/compare"
	"github.com/gongkai-data/gongkai/datasets/search"
)

// Anchor names a section within the page of its report; 0 is what stands before the first.
func (r *request) Anchor(section *int32) string {
	if section == nil {
		return "section-0"
	}
	return "section-" + strconv.Itoa(int(*section))
}

// Searchable reports whether the texts can be searched.
func (r *request) Searchable() bool { return r.Live() && r.server.opt.Texts != nil }

// sections of the form, for the choice on the page.
var sections = []int32{1, 2, 3, 4, 5, 6}

// texts is the page that searches the texts.
func (r *request) texts() error {
	if r.server.opt.Texts == nil {
		return notFound("%s", r.T("no_page"))
	}
	r.title = r.T("search_texts")
	given := r.URL.Query()
	data := struct {
		Text, Years string
		Area        string
		Section     int32
		Sections    []int32
		Answer      search.Answer
		Next        int64
	}{Text: given.Get("q"), Years: given.Get("years"), Sections: sections}
	years, err := compare.Years(data.Years)
	if err != nil {
		return badRequest(fmt.Errorf(r.T("bad_years"), r.Plain(data.Years)))
	}
	if data.Area, err = r.areaOf(); err != nil {
		return err
	}
	if n, err := strconv.Atoi(given.Get("section")); err == nil && n >= 1 && n <= 6 {
		data.Section = int32(n)
	}
	after, err := strconv.ParseInt(given.Get("after"), 10, 64)
	if err != nil || after < 0 {
		after = 0
	}
	q := search.Query{Text: data.Text, Area: data.Area, Years: years, Section: data.Section, After: after, Limit: 20}
	err = search.ErrNoWords
	if strings.TrimSpace(data.Text) != "" {
		data.Answer, err = r.server.opt.Texts.Search(r.Context(), r.release.Data, q)
	}
	switch {
	case errors.Is(err, search.ErrNoWords):
	case errors.Is(err, search.ErrPreparing):
		r.server.prepareTexts()
		return &statusError{http.StatusServiceUnavailable, r.T("preparing_texts")}
	case err != nil:
		return err
	}
	if n := len(data.Answer.Hits); data.Answer.More {
		data.Next = data.Answer.Hits[n-1].Place
	}
	for i := range data.Answer.Hits {
		r.concerns(data.Answer.Hits[i].ReportID)
	}
	return r.render("texts", data)
}

// prepareTexts makes the index of the release of now, behind the reader's back.
func (s *Server) prepareTexts() {
	if s.opt.Texts == nil {
		return
	}
	go func() {
		release, _, done := s.opt.Current.Acquire()
		defer done()
		if err := s.opt.Texts.Prepare(context.Background(), release.Data); err != nil && !errors.Is(err, context.Canceled) {
			s.opt.Log.Error("indexing the texts", "error", err)
		}
	}()
}

// Passage is a hit's passage with its words marked.
func (r *request) Passage(h search.Hit) template.HTML {
	var b strings.Builder
	runes, at := []rune(h.Passage), 0
	part := func(from, to int) string { return template.HTMLEscapeString(r.Plain(string(runes[from:to]))) }
	for _, m := range h.Marks {
		b.WriteString(part(at, m[0]) + "<mark>" + part(m[0], m[1]) + "</mark>")
		at = m[1]
	}
	return template.HTML(b.String() + part(at, len(runes)))
}
