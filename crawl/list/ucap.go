package list

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"strings"

	"github.com/gongkai-data/gongkai/crawl/page"
	"github.com/gongkai-data/gongkai/extract/lazyregexp"
)

// ucap reads columns of UCAP (开普): a JSON search by channel id, else static pages with a suffix that counts from 1 or
// from 2.
type ucap struct{}

func (ucap) Family() string { return "ucap" }

var (
	ucapChannel = lazyregexp.New(`(?i)(?:common/search|searchList)/([0-9a-f]{32})`)
	ucapHex     = lazyregexp.New(`^[0-9a-fA-F]{32}$`)
	ucapMark    = lazyregexp.New(`(?i)UCAPCONTENT|UCAP-CONTENT|UCAPTITLE|_isAgg|common/search/|searchList/`)
)

func (ucap) Detect(p *page.Page) (Params, float64) {
	id := p.Meta["channelid"]
	if !ucapHex.MatchString(id) {
		id = firstMatch(ucapChannel, p.Source)
	}
	params := Params{"channelid": id, "api": "common/search"}
	if strings.Contains(p.Source, "searchList/") {
		params["api"] = "searchList"
	}
	switch {
	case id != "":
		return params, 0.88
	case ucapMark.MatchString(p.Source):
		return params, 0.7
	}
	return nil, 0
}

type ucapAnswer struct {
	Data *struct {
		Total   int
		Results []struct {
			Title            string
			URL              string `json:"url"`
			PublishedTimeStr string
		}
	}
}

func (c ucap) Pages(ctx context.Context, p *page.Page, params Params, env Env) iter.Seq2[[]Item, error] {
	return func(yield func([]Item, error) bool) {
		w := newWalker(p, env, func(q *page.Page) []Item { return below(p, q) }, yield)
		first := fresh(w.read(p), w.seen)
		if !yield(first, nil) {
			return
		}
		if params["channelid"] != "" {
			apis := []string{params["api"], "searchList", "common/search"}
			for i, api := range apis {
				if i > 0 && api == apis[0] {
					continue
				}
				answered, more := c.search(ctx, p, api, params["channelid"], env, w.seen, yield)
				if answered || !more {
					return
				}
			}
			if len(first) == 0 {
				yield(nil, fmt.Errorf("search of channel %s: %w", params["channelid"], ErrNeedsBrowser))
				return
			}
		}
		w.further(ctx, first, templates[:2])
	}
}

// search walks the JSON search. answered is false when the address gives no such JSON.
func (ucap) search(ctx context.Context, p *page.Page, api, channel string, env Env, seen map[string]bool, yield func([]Item, error) bool) (answered, more bool) {
	for n := 1; n <= maxPages; n++ {
		address := p.Resolve(fmt.Sprintf("/%s/%s?_isAgg=true&_isJson=true&_pageSize=18&_template=index&_rangeTimeGte=&_channelName=&page=%d", api, channel, n))
		ask := env.try // a site has one of the two interfaces
		if answered {
			ask = env.Get
		}
		answer, err := ask(ctx, get(address.String(), p.URL.String()))
		if err != nil {
			yield(nil, err)
			return answered, false
		}
		var body ucapAnswer
		if !isOK(answer) || json.Unmarshal([]byte(answer.Source), &body) != nil || body.Data == nil {
			return answered, true
		}
		answered = true
		env.state(body.Data.Total, 0)
		var items []Item
		for _, r := range body.Data.Results {
			if u := p.Resolve(r.URL); u != nil {
				items = append(items, Item{Link: page.Link{URL: u, Text: page.Fold(tags.ReplaceAllString(r.Title, "")), Date: page.FindDate(r.PublishedTimeStr)}, Own: true})
			}
		}
		if len(items) == 0 {
			return true, true
		}
		items = fresh(items, seen)
		if len(items) == 0 && n > 1 {
			return true, true
		}
		if len(items) > 0 && !yield(items, nil) {
			return true, false
		}
	}
	return true, true
}

var tags = lazyregexp.New(`<[^>]*>`)
