package crawl

import (
	"context"
	"net/url"
	"regexp"
	"strings"

	"github.com/gongkai-data/gongkai/crawl/frontier"
	"github.com/gongkai-data/gongkai/datasets/schema"
)

var (
	searchPath   = regexp.MustCompile(`(?i)(?:^|/)(?:search\w*|\w*search|sousuo|jiansuo|qwjs|fulltext|so)(?:\.\w+)?(?:/|$)|/was\d?/|/jsearch`)
	keywordKey   = regexp.MustCompile(`(?i)^(?:q|kw|wd|key|keys|keywords?|words?|search\w*|s_?title|query|text|queryword|condition)$`)
	searchText   = regexp.MustCompile(`搜索|检索|查询|搜一搜`)
	resultsTitle = regexp.MustCompile(`搜索结果|检索结果|全文检索|站内搜索|站内检索|全站搜索|^搜索|搜索$|信息检索`)
)

// isSearch reports whether an address is that of a search or of its results: they lead everywhere and to nothing new.
func isSearch(u *url.URL) bool { return searchPath.MatchString(u.Path) || hasKeyword(u) }

// hasKeyword reports whether an address carries words to look for.
func hasKeyword(u *url.URL) bool {
	for key, values := range u.Query() {
		if keywordKey.MatchString(key) && strings.Join(values, "") != "" {
			return true
		}
	}
	return false
}

// Pages of one shape are visited as long as enough of them lead to something: so many without, and so many more for each with.
const (
	barrenWays    = 12
	barrenEntries = 8
	barrenMore    = 4
)

// barren counts the task among those of its shape, and leaves it without a request where pages like it have led to nothing.
func (v *visitor) barren(ctx context.Context, t frontier.Task, out *result) (bool, error) {
	allowed := barrenWays
	switch t.Role {
	case frontier.Way:
		if out.shape = shape(t.URL); out.shape == "" {
			return false, nil
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
	out.outcome, out.detail = frontier.NotTried, "left: pages like it led to nothing"
	if t.Role == frontier.Way {
		out.outcome = schema.OutcomeNotAReport // one of many made by a machine explains no gap
	}
	return true, nil
}

var digits = regexp.MustCompile(`\d+`)

// shape is what addresses made by a machine have in common: the path without its numbers, and the names of the parameters. "" for an address that looks
// made by hand.
func shape(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.RawQuery == "" && !digits.MatchString(u.Path) {
		return ""
	}
	var keys []string
	for part := range strings.SplitSeq(u.RawQuery, "&") {
		key, _, _ := strings.Cut(part, "=")
		keys = append(keys, key)
	}
	return digits.ReplaceAllString(u.Path, "#") + "?" + strings.Join(keys, "&")
}
