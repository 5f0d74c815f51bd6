package web

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"

	"github.com/gongkai-data/gongkai/datasets/compare"
	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/datasets/search"
	"github.com/gongkai-data/gongkai/datasets/wording"
)

func (r *request) apiTexts() (any, error) { return ofReport(r, schema.Texts, r.release.Texts) }

func (r *request) apiReuse() (any, error) { return ofReport(r, schema.ReuseTable, r.release.Reuse) }

func (r *request) apiWording() (any, error) {
	first, err := r.textOf(r.PathValue("first"))
	if err != nil {
		return nil, err
	}
	second, err := r.textOf(r.PathValue("second"))
	if err != nil {
		return nil, err
	}
	return wording.Of(first.Text, second.Text), nil
}

// apiSearchTexts answers with a page of passages; its next is the place to ask for what follows.
func (r *request) apiSearchTexts() (any, error) {
	if r.server.opt.Texts == nil {
		return nil, notFound("the texts of this release are not indexed")
	}
	given := r.URL.Query()
	q := search.Query{Text: given.Get("q"), Limit: 20}
	var err error
	if q.Years, err = compare.Years(given.Get("years")); err != nil {
		return nil, badRequest(fmt.Errorf("years: %w", err))
	}
	if q.Area, err = r.areaOf(); err != nil {
		return nil, err
	}
	for _, p := range []struct {
		name string
		most int64
		take func(int64)
	}{{"section", 6, func(n int64) { q.Section = int32(n) }}, {"limit", 100, func(n int64) { q.Limit = int(n) }}, {"after", 1 << 62, func(n int64) { q.After = n }}} {
		if given.Get(p.name) == "" {
			continue
		}
		n, err := strconv.ParseInt(given.Get(p.name), 10, 64)
		if err != nil || n < 1 || n > p.most {
			return nil, badRequest(fmt.Errorf("%s is a number from 1 to %d", p.name, p.most))
		}
		p.take(n)
	}
	found, err := r.server.opt.Texts.Search(r.Context(), r.release.Data, q)
	switch {
	case errors.Is(err, search.ErrNoWords):
		return nil, badRequest(fmt.Errorf("q: %w", err))
	case errors.Is(err, search.ErrPreparing):
		r.server.prepareTexts()
		return nil, &statusError{http.StatusServiceUnavailable, err.Error()}
	case err != nil:
		return nil, err
	}
	if found.Hits == nil {
		found.Hits = []search.Hit{}
	}
	return found, nil
}
