package list

import (
	"context"
	"encoding/json"
	"html"
	"iter"
	"net/url"
	"strconv"
	"strings"

	"github.com/gongkai-data/gongkai/crawl/page"
	"github.com/gongkai-data/gongkai/extract/lazyregexp"
)

// trueCMS reads columns of TrueCMS: getMessage.do answers JSON or JSONP with a datastore inside. The widest window that
// a site allows is 50, 20 or 10.
type trueCMS struct{}

func (trueCMS) Family() string { return "truecms" }

var (
	trueCMSPath   = lazyregexp.New(`["']([^"'\s?]*messageController/getMessage\.do)`)
	trueCMSColumn = lazyregexp.New(`columnId["']?\s*[:=]\s*["']([\w-]+)["']`)
	trueCMSResult = lazyregexp.New(`(?s)\{.*\}`)
)

func (trueCMS) Detect(p *page.Page) (Params, float64) {
	path := firstMatch(trueCMSPath, p.Source)
	if path == "" {
		return nil, 0
	}
	return Params{"proxyUrl": path, "columnId": firstMatch(trueCMSColumn, p.Source)}, 0.93
}

func (trueCMS) Pages(ctx context.Context, p *page.Page, params Params, env Env) iter.Seq2[[]Item, error] {
	return func(yield func([]Item, error) bool) {
		seen := map[string]bool{}
		first := bestStore(datastores(html.UnescapeString(p.Source))).items(p, "")
		if len(first) == 0 {
			first = below(p, p)
		}
		if !yield(fresh(first, seen), nil) {
			return
		}
		u := p.Resolve(params["proxyUrl"])
		if u == nil || u.Host != p.URL.Host || params["columnId"] == "" {
			return
		}
		for _, window := range []int{50, 20, 10} {
			answered := false
			for start := 1; start <= maxPages*window; start += window {
				u.RawQuery = url.Values{"startrecord": {strconv.Itoa(start)}, "endrecord": {strconv.Itoa(start + window - 1)}, "perpage": {strconv.Itoa(window)},
					"columnId": {params["columnId"]}}.Encode()
				ask := env.Get
				if window > 10 && start == 1 {
					ask = env.try // the site may allow a narrower window only
				}
				answer, err := ask(ctx, get(u.String(), p.URL.String()))
				if err != nil {
					yield(nil, err)
					return
				}
				store := parseDatastore(trueCMSXML(answer))
				if store.count == 0 {
					break
				}
				answered = true
				env.state(store.total, 0)
				items := fresh(store.items(p, ""), seen)
				if len(items) > 0 && !yield(items, nil) {
					return
				}
				if len(items) == 0 && start > 1 || store.total > 0 && start+window > store.total {
					break
				}
			}
			if answered {
				return
			}
		}
	}
}

// trueCMSXML takes the datastore out of a JSON or JSONP answer; "" when there is none.
func trueCMSXML(answer *page.Page) string {
	if !isOK(answer) {
		return ""
	}
	var body struct{ Result string }
	if json.Unmarshal([]byte(trueCMSResult.FindString(answer.Source)), &body) == nil && body.Result != "" {
		return body.Result
	}
	if strings.Contains(answer.Source, "<datastore>") {
		return answer.Source
	}
	return ""
}
