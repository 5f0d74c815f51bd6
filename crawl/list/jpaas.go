package list

import (
	"context"
	"encoding/json"
	"fmt"
	"html"
	"iter"
	"net/url"

	"github.com/gongkai-data/gongkai/crawl/page"
	"github.com/gongkai-data/gongkai/extract/lazyregexp"
)

// jpaas reads columns of Hanweb's newer generation: JSON with HTML inside, paged only through paramJson.
type jpaas struct{}

func (jpaas) Family() string { return "jpaas" }

var (
	jpaasMark = lazyregexp.New(`jpaas-publish-server|queryData\s*=`)
	jpaasPath = lazyregexp.New(`["']([^"'\s?]*jpaas-publish-server/front/page/build/unit)`)
	jpaasData = lazyregexp.New(`(?s)queryData\s*[=:]\s*["']?(\{.*?\})`)
)

// jpaasKeys are the parameters of the list API, in the order in which the sites' own script sends them.
var jpaasKeys = []string{"parseType", "webId", "tplSetId", "pageType", "tagId", "editType", "pageId"}

func (jpaas) Detect(p *page.Page) (Params, float64) {
	if !jpaasMark.MatchString(p.Source) {
		return nil, 0
	}
	source := html.UnescapeString(p.Source)
	params := Params{"api": firstMatch(jpaasPath, source)}
	for _, m := range jpaasData.FindAllStringSubmatch(source, 16) {
		if all := pairs(m[1]); all["webId"] != "" && all["pageId"] != "" {
			for _, k := range jpaasKeys {
				params[k] = all[k]
			}
			break
		}
	}
	if params["pageId"] == "" { // written into a script in another form
		all := pairs(source)
		for _, k := range jpaasKeys {
			params[k] = all[k]
		}
	}
	if params["pageId"] == "" || params["webId"] == "" {
		return nil, 0
	}
	if params["parseType"] == "" {
		params["parseType"] = "bulidstatic" // the vendor's spelling
	}
	if params["api"] == "" {
		params["api"] = "/api-gateway/jpaas-publish-server/front/page/build/unit"
	}
	return params, 0.9
}

func (jpaas) Pages(ctx context.Context, p *page.Page, params Params, env Env) iter.Seq2[[]Item, error] {
	return func(yield func([]Item, error) bool) {
		seen := map[string]bool{}
		if !yield(fresh(below(p, p), seen), nil) {
			return
		}
		u := p.Resolve(params["api"])
		if u == nil || u.Host != p.URL.Host {
			return
		}
		base := ""
		for _, k := range jpaasKeys {
			base += k + "=" + url.QueryEscape(params[k]) + "&"
		}
		for n, size := 1, 50; n <= maxPages; n++ {
			u.RawQuery = base + "paramJson=" + url.QueryEscape(fmt.Sprintf(`{"pageNo":%d,"pageSize":%d}`, n, size))
			ask := env.Get
			if n == 1 && size == 50 {
				ask = env.try // some allow no more than 15
			}
			answer, err := ask(ctx, get(u.String(), p.URL.String()))
			if err != nil {
				yield(nil, err)
				return
			}
			var body struct{ Data struct{ HTML string } }
			if !isOK(answer) || json.Unmarshal([]byte(answer.Source), &body) != nil {
				body.Data.HTML = ""
			}
			if body.Data.HTML == "" {
				if n > 1 || size < 50 {
					return
				}
				n, size = 0, 15 // as many as the sites' own pages ask for: some allow no more
				continue
			}
			items := fresh(own(p.Links(p.Fragment(body.Data.HTML))), seen)
			if len(items) == 0 && n > 1 || len(items) > 0 && !yield(items, nil) {
				return
			}
		}
	}
}
