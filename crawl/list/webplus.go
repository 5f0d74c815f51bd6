package list

import (
	"context"
	"iter"
	"path"
	"strings"

	"github.com/gongkai-data/gongkai/crawl/page"
	"github.com/gongkai-data/gongkai/extract/lazyregexp"
)

// webPlus reads columns of WebPlus (苏迪): list.htm, list2.htm, list3.htm, with the list in #wp_news_wN.
type webPlus struct{}

func (webPlus) Family() string { return "webplus" }

var (
	webPlusPaging  = lazyregexp.New(`id=["']?(wp_paging_w\d+)`)
	webPlusMark    = lazyregexp.New(`wp_paging_w\d+|wp_news_w\d+|/_upload/article/files/|/_upload/tpl/`)
	webPlusArticle = lazyregexp.New(`/\d{4}/\d{4}/c\d+a\d+/page\.p?s?html?`)
)

func (webPlus) Detect(p *page.Page) (Params, float64) {
	params := Params{}
	if id := firstMatch(webPlusPaging, p.Source); id != "" {
		params["paging"] = id
	}
	switch {
	case webPlusMark.MatchString(p.Source):
		return params, 0.8
	case webPlusArticle.MatchString(p.Source):
		return params, 0.65
	}
	return nil, 0
}

func (webPlus) Pages(ctx context.Context, p *page.Page, _ Params, env Env) iter.Seq2[[]Item, error] {
	column := path.Base(path.Dir(p.URL.Path))
	read := func(q *page.Page) []Item {
		items := ownBelow(p, q.AllLinks())
		listed := map[string]bool{}
		for _, l := range q.Links(q.Doc.Find("[id^=wp_news_w]")) {
			listed[l.URL.String()] = true
		}
		for i, it := range items {
			items[i].Own = it.Own || listed[it.URL.String()] || strings.Contains(it.URL.Path, "/c"+column+"a")
		}
		return items
	}
	return func(yield func([]Item, error) bool) {
		newWalker(p, env, read, yield).all(ctx, []template{{"list{p}", numbered("%s%d", 0)}})
	}
}
