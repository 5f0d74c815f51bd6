package list

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/PuerkitoBio/goquery"

	"github.com/gongkai-data/gongkai/crawl/page"
	"github.com/gongkai-data/gongkai/extract/lazyregexp"
)

// call is a request for a piece of a list that a script would send: an address that stands in it, literally or put
// together, and what goes with it.
type call struct {
	address string // with its query
	post    bool
	form    url.Values // of a POST
	key     string     // the parameter that says which piece, "" where there is none
	count   bool       // that parameter is a number; else it is a cursor
	value   string     // its first value
	weight  int        // how much speaks for it
}

var (
	stringForm = lazyregexp.New(`["']([^"'\s<>{}]{2,300})["']`)
	pageKey    = lazyregexp.New(`(?i)^(?:p|pn|page|page_?(?:no|num|number|index|id|now)|cur(?:r|rent)?_?page(?:no|num|index)?|now_?page|current|start|offset|start_?record|skip|from)$`)
	offsetKey  = lazyregexp.New(`(?i)^(?:start|offset|skip|from)$`)
	cursorKey  = lazyregexp.New(`(?i)cursor|^after|last_?(?:id|key)|scroll|token|max_?id|since|marker|position|^next|^before`)
	listWord   = lazyregexp.New(`(?i)list|nb|nianbao|ndbg|data|query|article|info|content|page|more|record|catalog|item|report|archive|json|api`)
	noListWord = lazyregexp.New(`(?i)count|visit|hit|login|weather|share|stat(?:s|istic)?\b|click|/log|captcha|verify|check|header|footer|menu|nav|search|jquery|bootstrap|layui|vue|swiper|min\.js|\.css|analytics|index\.html?$`)
	postBefore = lazyregexp.New(`(?i)post\s*\(\s*$|["']post["']\s*,\s*$`)
	callBefore = lazyregexp.New(`(?i)(?:get|post|getJSON|fetch|load|url\s*[:=]|open)\s*\(?\s*$`)
	urlKey     = lazyregexp.New(`\burl\s*:`)
	postAfter  = lazyregexp.New(`(?i)(?:type|method)\s*:\s*["']post["']`)
	dataBlock  = lazyregexp.New(`^\s*,\s*\{|(?:data|params)\s*:\s*(?:JSON\.stringify\(\s*)?\{`)
	dataPair   = lazyregexp.New(`["']?([A-Za-z_][\w.]*)["']?\s*:\s*(?:'([^']*)'|"([^"]*)"|(-?\d+)|([A-Za-z_$][\w.$]*))`)
	dataExt    = lazyregexp.New(`(?i)\.(?:json|xml|txt|jsp|do|action|aspx|ashx|php)$`)
)

// calls reads the requests for pieces of the list from a script of page p, those for which most speaks first. Nothing
// is run.
func calls(p *page.Page, script string) []call {
	var all []call
	covered := [][2]int{}
	for _, e := range page.Exprs(script) {
		covered = append(covered, [2]int{e.At, e.End})
		if c, ok := composedCall(p, e); ok {
			all = append(all, withContext(p, c, script, e.At, e.End))
		}
	}
	for _, m := range stringForm.FindAllStringSubmatchIndex(script, 400) {
		text := strings.ReplaceAll(script[m[2]:m[3]], `\/`, `/`)
		if !page.LooksLikeAddress(text) && !apiPath(script, m[0], text) || slices.ContainsFunc(covered, func(c [2]int) bool { return c[0] <= m[0] && m[1] <= c[1] }) {
			continue
		}
		if u := p.Resolve(text); u != nil {
			all = append(all, withContext(p, call{address: u.String()}, script, m[0], m[1]))
		}
	}
	kept := all[:0]
	seen := map[string]bool{page.Clean(p.URL).String(): true}
	for _, c := range all {
		u, err := url.Parse(c.address)
		if err != nil || u.Host != p.URL.Host || noListWord.MatchString(u.Path) || page.IsDocument(u) && !dataExt.MatchString(u.Path) || seen[c.address+c.form.Encode()] {
			continue
		}
		seen[c.address+c.form.Encode()] = true
		c.weigh(p, u)
		kept = append(kept, c)
	}
	slices.SortStableFunc(kept, func(a, b call) int { return b.weight - a.weight })
	return kept
}

// apiPath reports whether a string is a path that a call asks for, though it has neither an ending nor a slash before
// it: $.get('list/query', …).
func apiPath(script string, at int, text string) bool {
	before := script[max(0, at-24):at]
	return strings.Contains(text, "/") && callBefore.MatchString(before)
}

// composedCall reads an expression that ends in a parameter of its query: '/list?page=' + n.
func composedCall(p *page.Page, e page.Expr) (call, bool) {
	const mark = "90001"
	free := ""
	text, ok := e.Value(func(name string) (string, bool) {
		last := name[strings.LastIndexByte(name, '.')+1:]
		if v, ok := p.Variable(name); ok && !pageKey.MatchString(last) && !cursorKey.MatchString(last) {
			return v, true
		}
		if free != "" && free != name {
			return "", false
		}
		free = name
		return mark, true
	})
	if !ok || free == "" || !page.LooksLikeAddress(text) {
		return call{}, false
	}
	u := p.Resolve(text)
	if u == nil {
		return call{}, false
	}
	for part := range strings.SplitSeq(u.RawQuery, "&") {
		if k, v, _ := strings.Cut(part, "="); v == mark || v == "90000" || v == "90002" {
			c := call{key: k, count: !cursorKey.MatchString(k) && (pageKey.MatchString(k) || pageKey.MatchString(free))}
			if !c.count && !cursorKey.MatchString(k) && !cursorKey.MatchString(free) {
				return call{}, false // an id or the like
			}
			c.value = firstValue(p, k, free, c.count)
			c.address = withQuery(u, k, c.value)
			return c, true
		}
	}
	return call{}, false
}

// firstValue is what a page gives a parameter at first: in a script, an attribute or a field.
func firstValue(p *page.Page, key, name string, count bool) string {
	if v, ok := p.Variable(name); ok && v != "" {
		return v
	}
	low := strings.ToLower(key)
	value := ""
	p.Doc.Find("*").EachWithBreak(func(_ int, s *goquery.Selection) bool {
		for _, a := range s.Nodes[0].Attr {
			if k, is := strings.CutPrefix(a.Key, "data-"); is && (k == low || !count && cursorKey.MatchString(k)) && !page.LooksLikeAddress(a.Val) {
				value = a.Val
			}
		}
		if s.Is("input[type=hidden]") && strings.EqualFold(s.AttrOr("name", s.AttrOr("id", "")), key) {
			value = s.AttrOr("value", "")
		}
		return value == ""
	})
	if value == "" && count {
		value = "1"
	}
	return value
}

func withQuery(u *url.URL, key, value string) string {
	c := *u
	parts := []string{}
	put := false
	for part := range strings.SplitSeq(c.RawQuery, "&") {
		if k, _, _ := strings.Cut(part, "="); k == key {
			part, put = key+"="+url.QueryEscape(value), true
		}
		if part != "" {
			parts = append(parts, part)
		}
	}
	if !put {
		parts = append(parts, key+"="+url.QueryEscape(value))
	}
	c.RawQuery = strings.Join(parts, "&")
	return c.String()
}

// withContext adds what stands around an address in a script: the method, and the parameters that go with it.
func withContext(p *page.Page, c call, script string, from, to int) call {
	before, after := script[max(0, from-40):from], script[to:min(len(script), to+700)]
	if end := strings.IndexAny(after, ";"); end >= 0 && !strings.Contains(after[:end], "{") {
		after = after[:end]
	}
	own := after
	if next := urlKey.FindStringIndex(after); next != nil {
		own = after[:next[0]]
	}
	c.post = postBefore.MatchString(before) || postAfter.MatchString(own)
	values := url.Values{}
	if at := dataBlock.FindStringIndex(own); at != nil {
		for _, m := range dataPair.FindAllStringSubmatch(braces(own, at[0]), 30) {
			value := m[2] + m[3] + m[4]
			if m[5] != "" {
				value, _ = p.Variable(m[5])
			}
			switch {
			case c.key == "" && pageKey.MatchString(m[1]):
				c.key, c.count, c.value = m[1], true, value
				if value == "" {
					c.value = "1"
				}
				value = c.value
			case c.key == "" && cursorKey.MatchString(m[1]):
				c.key, c.value = m[1], value
				if value == "" {
					c.value = firstValue(p, m[1], m[1], false)
				}
				value = c.value
			}
			if value != "" || m[5] == "" {
				values.Set(m[1], value)
			}
		}
	}
	u, err := url.Parse(c.address)
	if err != nil {
		return c
	}
	if c.key == "" {
		for part := range strings.SplitSeq(u.RawQuery, "&") {
			if k, v, has := strings.Cut(part, "="); has && (pageKey.MatchString(k) || cursorKey.MatchString(k)) {
				c.key, c.value, c.count = k, v, pageKey.MatchString(k)
			}
		}
	}
	if c.post {
		c.form = values
	} else if len(values) > 0 {
		for _, k := range sortedValues(values) {
			u, _ = url.Parse(withQuery(u, k, values.Get(k))) // an address made of one that was read
		}
		c.address = u.String()
	}
	return c
}

func sortedValues(v url.Values) []string {
	keys := make([]string, 0, len(v))
	for k := range v {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

func (c *call) weigh(p *page.Page, u *url.URL) {
	if c.key != "" {
		c.weight += 3
	}
	if dataExt.MatchString(u.Path) || c.post {
		c.weight += 2
	}
	if listWord.MatchString(u.RequestURI()) {
		c.weight++
	}
	if prefix := folder(p.URL); prefix != "/" && strings.HasPrefix(u.Path, prefix) {
		c.weight += 2
	}
}

// step is the request for one piece.
func (c call) step(p *page.Page, value string) step {
	r := get(c.address, p.URL.String())
	if u, err := url.Parse(c.address); err == nil && c.key != "" && !c.post {
		r.URL = withQuery(u, c.key, value)
	}
	if c.post {
		form := url.Values{}
		for k, v := range c.form {
			form[k] = v
		}
		if u, err := url.Parse(c.address); err == nil && c.key != "" && u.Query().Has(c.key) {
			r.URL = withQuery(u, c.key, value)
		} else if c.key != "" {
			form.Set(c.key, value)
		}
		r = Request{Method: "POST", URL: r.URL, Body: form.Encode(), ContentType: "application/x-www-form-urlencoded", Referer: p.URL.String()}
	}
	return step{Request: r, next: func(answer *page.Page, got reply) []step { return c.further(p, answer, got, value) }}
}

// further is what follows a piece: the address or cursor that it names, or the next number.
func (c call) further(p, answer *page.Page, got reply, value string) []step {
	if got.last {
		return nil
	}
	if got.next != "" {
		if u := answer.Resolve(got.next); u != nil && u.Host == p.URL.Host {
			return []step{call{address: u.String(), key: "", count: c.count}.step(p, "")}
		}
	}
	if c.key != "" && !c.count {
		if v := got.cursor(c.key); v != "" && v != value {
			return []step{c.step(p, v)}
		}
		return moreSteps(p, answer)
	}
	if c.count {
		n, err := strconv.Atoi(value)
		if err != nil {
			return nil
		}
		if offsetKey.MatchString(c.key) {
			return []step{c.step(p, strconv.Itoa(n+max(1, len(got.items))))}
		}
		return []step{c.step(p, strconv.Itoa(n+1))}
	}
	if names := sortedStrings(got.cursors); len(names) > 0 && got.json {
		c.key = strings.TrimPrefix(strings.TrimPrefix(names[0], "next"), "_")
		if c.key == "" {
			c.key = "cursor"
		}
		return []step{c.step(p, got.cursors[names[0]])}
	}
	if got.pages > 1 || got.records > len(got.items) {
		c.key, c.count = "page", true
		return []step{c.step(p, "2")}
	}
	return moreSteps(p, answer)
}

func sortedStrings(m map[string]string) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// cursor is the value that an answer names for a parameter: of that name, of that name after "next", or the only one.
func (r reply) cursor(key string) string {
	low := strings.ToLower(key)
	for _, name := range []string{"next" + low, "next_" + low, low, "next"} {
		if v := r.cursors[name]; v != "" {
			return v
		}
	}
	for _, name := range sortedStrings(r.cursors) {
		return r.cursors[name]
	}
	return ""
}
