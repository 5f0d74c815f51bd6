package list

import (
	"context"
	"fmt"
	"iter"
	"regexp"
	"strconv"

	"github.com/gongkai-data/gongkai/crawl/page"
	"github.com/gongkai-data/gongkai/extract/lazyregexp"
)

// trs reads columns of TRS WCM (拓尔思): static pages index.html, index_1.html, … numbered from createPageHTML(total,
// current, name, ext).
type trs struct{}

func (trs) Family() string { return "trs" }

var (
	trsCall    = lazyregexp.New(`createPageHTML\(\s*(?:["'][^"',]*["']\s*,\s*)?(\w+)\s*,\s*(\w+)\s*,\s*["']([^"']+)["']\s*,\s*["'](\w+)["']`)
	trsArticle = lazyregexp.New(`/t\d{8}_\d+\.s?html?`)
	trsMark    = lazyregexp.New(`TRS_Editor|TRS_UEDITOR|trs_paper_default|/P0\d{19,}\.`)
)

func (trs) Detect(p *page.Page) (Params, float64) {
	for _, m := range trsCall.FindAllStringSubmatch(p.Source, -1) {
		total := m[1]
		if _, err := strconv.Atoi(total); err != nil {
			// A name: its number was assigned earlier on the page. A parameter of the function's own definition was
			// not.
			assigned := regexp.MustCompile(`\b` + regexp.QuoteMeta(total) + `\s*=\s*["']?(\d+)`)
			if total = firstMatch(assigned, p.Source); total == "" {
				continue
			}
		}
		return Params{"total": total, "name": m[3], "ext": m[4]}, 0.9
	}
	if trsArticle.MatchString(p.Source) || trsMark.MatchString(p.Source) {
		return Params{}, 0.6
	}
	return nil, 0
}

func (trs) Pages(ctx context.Context, p *page.Page, params Params, env Env) iter.Seq2[[]Item, error] {
	if params["name"] == "" {
		return static{}.Pages(ctx, p, nil, env)
	}
	return func(yield func([]Item, error) bool) {
		seen := map[string]bool{}
		first := fresh(below(p, p), seen)
		if !yield(first, nil) {
			return
		}
		total, err := strconv.Atoi(params["total"])
		if err != nil || total > maxPages {
			total = maxPages
		}
		env.state(0, total)
		full, read := countOwn(first), 1
		for k := 2; k <= maxPages; k++ {
			address := p.Resolve(fmt.Sprintf("%s%s_%d.%s", folder(p.URL), params["name"], k-1, params["ext"]))
			if address == nil {
				return
			}
			ask := env.Get
			if k > total { // beyond what it claims
				ask = env.try
			}
			answer, err := ask(ctx, get(address.String(), p.URL.String()))
			if err != nil {
				yield(nil, err)
				return
			}
			if !isOK(answer) {
				if k <= total { // one page is missing; the claimed ones after it are still asked for
					continue
				}
				return
			}
			read++
			env.read = read
			items := fresh(below(p, answer), seen)
			if len(items) == 0 && k == 2 && total > 1 {
				continue // the first page under its number: this site counts from 1
			}
			if len(items) == 0 || !yield(items, nil) {
				return
			}
			if k >= total && countOwn(items) < full {
				return // the last page is not full: what the site claims is the end
			}
		}
	}
}
