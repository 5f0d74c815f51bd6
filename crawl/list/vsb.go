package list

import (
	"context"
	"fmt"
	"iter"
	"path"
	"regexp"
	"strings"

	"github.com/gongkai-data/gongkai/crawl/page"
)

// vsb reads columns of Visual SiteBuilder (博达): slug.htm, then slug/{T-1}.htm down to slug/1.htm, so that an old page keeps its address.
type vsb struct{}

func (vsb) Family() string { return "vsb" }

var (
	vsbMark = regexp.MustCompile(`Announced by Visual SiteBuilder|_jsq_\(|/system/resource/js/|\.vsb\.css|id=["']?line_u\d+_\d+`)
	vsbTree = regexp.MustCompile(`_jsq_\(\s*(\d+)`)
)

func (vsb) Detect(p *page.Page) (Params, float64) {
	n := len(vsbMark.FindAllString(p.Source, 3))
	if n == 0 {
		return nil, 0
	}
	params := Params{}
	if tree := firstMatch(vsbTree, p.Source); tree != "" {
		params["treeid"] = tree
	}
	if total := totalPages(p); total > 0 {
		params["total"] = fmt.Sprint(total)
	}
	return params, min(0.7+0.05*float64(n), 0.85)
}

func (vsb) Pages(ctx context.Context, p *page.Page, _ Params, env Env) iter.Seq2[[]Item, error] {
	read := func(q *page.Page) []Item {
		items := ownBelow(p, q.AllLinks())
		listed := map[string]bool{}
		for _, l := range q.Links(q.Doc.Find("[id^=line_u]")) {
			listed[l.URL.String()] = true
		}
		for i := range items {
			items[i].Own = items[i].Own || listed[items[i].URL.String()]
		}
		return items
	}
	return func(yield func([]Item, error) bool) {
		seen := map[string]bool{}
		if !yield(fresh(read(p), seen), nil) {
			return
		}
		if hasFurther(p) {
			follow(ctx, p, env, read, seen, yield)
			return
		}
		ext := path.Ext(p.URL.Path)
		stem := strings.TrimSuffix(p.URL.Path, ext)
		for n := min(totalPages(p), maxPages) - 1; n >= 1 && ext != ""; n-- {
			u := *p.URL
			u.Path, u.RawPath = fmt.Sprintf("%s/%d%s", stem, n, ext), ""
			answer, err := env.Get(ctx, get(u.String(), p.URL.String()))
			if err != nil {
				yield(nil, err)
				return
			}
			if !isOK(answer) {
				continue
			}
			items := fresh(read(answer), seen)
			if len(items) == 0 || !yield(items, nil) {
				return
			}
		}
	}
}
