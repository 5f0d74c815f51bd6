package crawl

import (
	"context"
	"net/url"
	"strings"

	"github.com/gongkai-data/gongkai/crawl/frontier"
	"github.com/gongkai-data/gongkai/crawl/page"
	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/extract/lazyregexp"
)

var (
	searchPath   = lazyregexp.New(`(?i)(?:^|/)(?:search(?:_?(?:result\w*|list|page|index|all|web))?|(?:j|i|site|web|full|all|info|adv|my)_?search|sousuo|jiansuo|qwjs|fulltext|so)(?:\.\w+)?(?:/|$)|/was\d?/|/jsearch`)
	keywordKey   = lazyregexp.New(`(?i)^(?:q|kw|wd|keywords?|search\w*|query_?word|s_?title)$`)
	maybeKeyword = lazyregexp.New(`(?i)^(?:key|keys|words?|query|text|title|condition|tag|tags|name)$`)
	searchText   = lazyregexp.New(`搜索|检索|查询|搜一搜`)
	resultsTitle = lazyregexp.New(`搜索结果|检索结果|全文检索|站内搜索|站内检索|全站搜索|^搜索|搜索$`)
)

// isSearch reports whether an address is that of a search or of its results: they lead everywhere and to nothing new.
func isSearch(u *url.URL) bool { return searchPath.MatchString(u.Path) || hasKeyword(u) }

// hasKeyword reports whether an address carries words to look for.
func hasKeyword(u *url.URL) bool {
	for key, values := range u.Query() {
		value := strings.Join(values, "")
		if keywordKey.MatchString(key) && value != "" || maybeKeyword.MatchString(key) && page.Han(value) > 0 {
			return true
		}
	}
	return false
}

// Pages of one shape are visited as long as enough of them lead to something: so many without, and so many more for
// each with.
const (
	barrenQueries = 24 // ways that differ in their parameters
	barrenWays    = 60 // ways that differ in the numbers or words of their path
	barrenEntries = 8
	barrenMore    = 4
)

// leftBarren is the detail of a task that was left for that reason.
const leftBarren = "left: pages like it led to nothing"

// barren counts the task among those of its shape, and leaves it without a request where pages like it have led to
// nothing.
func (v *visitor) barren(ctx context.Context, t frontier.Task, out *result) (bool, error) {
	allowed := barrenWays
	switch t.Role {
	case frontier.Way:
		if out.shape = shape(t.URL); out.shape == "" {
			return false, nil
		}
		if !strings.HasSuffix(out.shape, "?") {
			allowed = barrenQueries
		}
	case frontier.Entry:
		out.shape, allowed = "entry of "+t.FoundOn, barrenEntries
	default:
		return false, nil
	}
	y, err := v.w.db.Yield(ctx, v.run, v.host.Name, out.shape)
	if err != nil || y.Barren < allowed+barrenMore*y.Fruitful {
		return false, err
	}
	out.shape = ""
	out.outcome, out.detail = frontier.NotTried, leftBarren
	if t.Role == frontier.Way {
		out.outcome = schema.OutcomeNotAReport // one of many made by a machine explains no gap
	}
	return true, nil
}

// variable is the part of a path in which addresses made by a machine differ: numbers, and words in Chinese.
var variable = lazyregexp.New(`(?:%[0-9A-Fa-f]{2}|\d)+`)

// shape is what addresses made by a machine have in common: the path without its numbers, and the names of the
// parameters. "" for an address that looks made by hand.
func shape(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.RawQuery == "" && !variable.MatchString(u.EscapedPath()) {
		return ""
	}
	var keys []string
	for part := range strings.SplitSeq(u.RawQuery, "&") {
		key, _, _ := strings.Cut(part, "=")
		keys = append(keys, key)
	}
	return variable.ReplaceAllString(u.EscapedPath(), "#") + "?" + strings.Join(keys, "&")
}
