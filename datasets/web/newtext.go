package web

import (
	"errors"
	"fmt"
	"slices"

	"github.com/gongkai-data/gongkai/datasets/query"
)

// newTextList is the places of an area by how much of their text is new.
type newTextList struct {
	Area, Kind string
	Year       int32
	Few        bool
	Rows       []query.NewTextPlace
	Pager      pager
	Kinds      []string
	Years      []int32
	Query      string
}

// newTextRank is the page that ranks places by new text.
func (r *request) newTextRank() error {
	s := r.release.Summary()
	l := newTextList{Kinds: s.Kinds, Years: r.release.Years(), Kind: r.URL.Query().Get("kind")}
	var err error
	if l.Area, err = r.areaOf(); err != nil {
		return err
	}
	if l.Year, err = r.year("year"); err != nil {
		return err
	}
	if l.Year == 0 {
		l.Year = fullYear(s)
	}
	if l.Kind == "" && len(s.Kinds) > 0 {
		l.Kind = s.Kinds[0]
	}
	if l.Kind != "" && !slices.Contains(s.Kinds, l.Kind) {
		return badRequest(fmt.Errorf("%s", r.T("no_kind")))
	}
	all, err := r.release.RankNewText(r.Context(), l.Area, l.Kind, l.Year)
	if l.Few = errors.Is(err, query.ErrFew); err != nil && !l.Few {
		return err
	}
	page := r.pageNumber()
	l.Rows = part(all, page)
	l.Pager = pages(page, len(l.Rows), len(all))
	q := r.URL.Query()
	q.Del("page")
	l.Query = q.Encode()
	r.title = r.T("rank_new_text")
	return r.render("newtext", l)
}
