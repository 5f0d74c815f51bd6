package list

import (
	"context"
	"fmt"
	"iter"
	"net/url"
	"path"
	"strings"

	"github.com/gongkai-data/gongkai/crawl/page"
	"github.com/gongkai-data/gongkai/extract/lazyregexp"
)

// vsb reads columns of Visual SiteBuilder (博达): slug.htm, then slug/{T-1}.htm down to slug/1.htm, so that an old page
// keeps its address.
type vsb struct{}

func (vsb) Family() string { return "vsb" }

var (
	vsbMark = lazyregexp.New(`Announced by Visual SiteBuilder|_jsq_\(|/system/resource/js/|\.vsb\.css|id=["']?line_u\d+_\d+`)
	vsbTree = lazyregexp.New(`_jsq_\(\s*(\d+)`)
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
	if total := statedPages(p); total > 0 {
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
		w := newWalker(p, env, read, yield)
		ext := path.Ext(p.URL.Path)
		stem, total := strings.TrimSuffix(p.URL.Path, ext), min(statedPages(p), maxPages)
		down := template{"slug/{T-p+1}", func(u url.URL, n int) string {
			if n > total || ext == "" {
				return ""
			}
			u.Path, u.RawPath = fmt.Sprintf("%s/%d%s", stem, total-n+1, ext), ""
			return u.String()
		}}
		w.all(ctx, []template{down})
	}
}
