package list

import (
	"context"
	"iter"
	"net/url"
	"strconv"
	"strings"

	"github.com/gongkai-data/gongkai/crawl/page"
	"github.com/gongkai-data/gongkai/crawl/title"
	"github.com/gongkai-data/gongkai/extract/lazyregexp"
)

// xxgk reads Hanweb's catalogue of disclosed information: HTML fragments from POST /module/xxgk/search.jsp, for the
// node of the catalogue tree that is labelled as annual reports.
type xxgk struct{}

func (xxgk) Family() string { return "xxgk" }

var (
	xxgkMark = lazyregexp.New(`module/xxgk/(?:search|tree)\.jsp`)
	xxgkTree = lazyregexp.New(`["']([^"'\s]*module/xxgk/tree\.jsp[^"']*)["']`)
	xxgkPath = lazyregexp.New(`["']([^"'\s]*module/xxgk/search\.jsp)[^"']*["']`)
	xxgkArea = lazyregexp.New(`[?&"'{,\s]area["']?\s*[=:]\s*["']?(\w+)`)
	xxgkDiv  = lazyregexp.New(`id=["']?(div\d+)`)
	xxgkJdid = lazyregexp.New(`jdid["']?\s*[=:]\s*["']?(\d+)`)
	xxgkNode = lazyregexp.New(`infotypeId["']?\s*[=:]\s*["']?(\w+)`)

	// The tree is written as dtree calls, as JSON, or as anchors.
	dtreeNode  = lazyregexp.New(`add\(\s*["']?([\w-]+)["']?\s*,\s*["']?[\w-]*["']?\s*,\s*["']([^"']+)["']`)
	jsonNode   = lazyregexp.New(`"(?:id|infotypeId|key)"\s*:\s*"?([\w-]+)"?[^{}]*?"(?:name|text|title|label)"\s*:\s*"([^"]+)"`)
	jsonNodeID = lazyregexp.New(`"(?:name|text|title|label)"\s*:\s*"([^"]+)"[^{}]*?"(?:id|infotypeId|key)"\s*:\s*"?([\w-]+)"?`)
	anchorNode = lazyregexp.New(`infotypeId=([\w-]+)[^>]*>([^<]+)<`)
	clickNode  = lazyregexp.New(`\(\s*["']([\w-]+)["'][^)]*\)[^>]*>([^<]+)<`)
)

func (xxgk) Detect(p *page.Page) (Params, float64) {
	if !xxgkMark.MatchString(p.Source) || strings.Contains(p.Source, "dataproxy.jsp") {
		return nil, 0
	}
	params := Params{"area": firstMatch(xxgkArea, p.Source), "divid": firstMatch(xxgkDiv, p.Source), "jdid": firstMatch(xxgkJdid, p.Source),
		"tree": firstMatch(xxgkTree, p.Source), "search": firstMatch(xxgkPath, p.Source), "columnid": firstMatch(columnURL, p.URL.Path)}
	if id := firstMatch(xxgkNode, p.Source); id != "" {
		params["infotypeId"] = id
	}
	if params["search"] == "" {
		params["search"] = "/module/xxgk/search.jsp"
	}
	return params, 0.92
}

func (x xxgk) Pages(ctx context.Context, p *page.Page, params Params, env Env) iter.Seq2[[]Item, error] {
	return func(yield func([]Item, error) bool) {
		seen := map[string]bool{}
		if !yield(fresh(below(p, p), seen), nil) {
			return
		}
		nodes, err := x.nodes(ctx, p, params, env)
		if err != nil {
			yield(nil, err)
			return
		}
		for _, node := range nodes {
			if !x.node(ctx, p, params, node, env, seen, yield) {
				return
			}
		}
	}
}

// nodes returns the catalogue nodes of annual reports: from the tree, else the one that the page itself shows.
func (xxgk) nodes(ctx context.Context, p *page.Page, params Params, env Env) ([]string, error) {
	var nodes []string
	if tree := p.Resolve(params["tree"]); tree != nil {
		answer, err := env.Get(ctx, get(tree.String(), p.URL.String()))
		if err != nil {
			return nil, err
		}
		seen := map[string]bool{}
		add := func(id, label string) {
			if k := title.Judge(unescape(label)).Kind; (k == title.Column || k == title.Report) && !seen[id] {
				seen[id] = true
				nodes = append(nodes, id)
			}
		}
		for _, re := range []*lazyregexp.Regexp{dtreeNode, jsonNode, anchorNode, clickNode} {
			for _, m := range re.FindAllStringSubmatch(answer.Source, -1) {
				add(m[1], m[2])
			}
		}
		if len(nodes) == 0 {
			for _, m := range jsonNodeID.FindAllStringSubmatch(answer.Source, -1) {
				add(m[2], m[1])
			}
		}
	}
	if id := params["infotypeId"]; len(nodes) == 0 && id != "" {
		nodes = []string{id}
	}
	if len(nodes) == 0 {
		nodes = []string{""} // the whole area: the titles decide
	}
	return nodes, nil
}

// node yields the pages of one node; currpage starts at 0 on some sites and at 1 on others, so both are asked and
// doubles dropped.
func (xxgk) node(ctx context.Context, p *page.Page, params Params, node string, env Env, seen map[string]bool, yield func([]Item, error) bool) bool {
	u := p.Resolve(params["search"])
	if u == nil || u.Host != p.URL.Host {
		return true
	}
	for n, idle := 0, 0; n <= maxPages && idle < 2; n++ {
		u.RawQuery = "texttype=0&fbtime=-1&vc_all=&vc_filenumber=&vc_title=&vc_number=&currpage=" + strconv.Itoa(n) + "&sortfield=compaltedate:0"
		form := url.Values{"infotypeId": {node}, "jdid": {params["jdid"]}, "area": {params["area"]}, "divid": {params["divid"]}, "currpage": {strconv.Itoa(n)},
			"vc_title": {""}, "vc_number": {""}, "vc_filenumber": {""}, "vc_all": {""}, "texttype": {"0"}, "fbtime": {"-1"}, "sortfield": {"compaltedate:0"}}
		ask := env.Get
		if n == 0 {
			ask = env.try // most count from 1
		}
		answer, err := ask(ctx, Request{Method: "POST", URL: u.String(), Body: form.Encode(), ContentType: "application/x-www-form-urlencoded", Referer: p.URL.String()})
		if err != nil {
			yield(nil, err)
			return false
		}
		if !isOK(answer) {
			idle++
			continue
		}
		items := own(p.Links(answer.Doc.Selection))
		env.state(statedRecords(answer), 0)
		if column := params["columnid"]; column != "" { // the answer may hold the whole area
			for i, it := range items {
				if m := artColumn.FindStringSubmatch(it.URL.Path); m != nil && m[1] != column {
					items[i].Own = false
				}
			}
		}
		if items = fresh(items, seen); len(items) == 0 {
			idle++
			continue
		}
		idle = 0
		if !yield(items, nil) {
			return false
		}
	}
	return true
}
