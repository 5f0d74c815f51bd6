package list

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"strconv"
	"strings"
	"time"

	"github.com/gongkai-data/gongkai/crawl/page"
	"github.com/gongkai-data/gongkai/crawl/title"
	"github.com/gongkai-data/gongkai/extract/lazyregexp"
)

// gkmlpt reads the disclosure catalogue of Guangdong: the tree of columns stands in the page, each column's list is
// JSON.
type gkmlpt struct{}

func (gkmlpt) Family() string { return "gkmlpt" }

var (
	gkmlptSID  = lazyregexp.New(`\bSID["']?\s*[:=]\s*["']?(\d+)`)
	gkmlptTree = lazyregexp.New(`\bTREE["']?\s*[:=]\s*\[`)
	gkmlptRoot = lazyregexp.New(`^(.*?/gkmlpt)(?:/|$)`)
	treeIDName = lazyregexp.New(`["']?\bid["']?\s*:\s*["']?(\d+)["']?\s*,(?:[^{}\[\]]|\[\])*?["']?\bname["']?\s*:\s*["']([^"']+)["']`)
	treeNameID = lazyregexp.New(`["']?\bname["']?\s*:\s*["']([^"']+)["']\s*,(?:[^{}\[\]]|\[\])*?["']?\bid["']?\s*:\s*["']?(\d+)`)
	digitsOnly = lazyregexp.New(`^\d+$`)
)

func (gkmlpt) Detect(p *page.Page) (Params, float64) {
	sid := firstMatch(gkmlptSID, p.Source)
	if sid == "" || !strings.Contains(p.URL.Path+p.Source, "/gkmlpt") || !gkmlptTree.MatchString(p.Source) {
		return nil, 0
	}
	root := firstMatch(gkmlptRoot, p.URL.Path)
	if root == "" {
		root = "/gkmlpt"
	}
	params := Params{"sid": sid, "root": root}
	var columns []string
	add := func(id, name string) {
		name = unescape(name)
		if k := title.Judge(name).Kind; k == title.Column || k == title.Report {
			columns = append(columns, id)
		}
	}
	for _, m := range treeIDName.FindAllStringSubmatch(p.Source, -1) {
		add(m[1], m[2])
	}
	if len(columns) == 0 {
		for _, m := range treeNameID.FindAllStringSubmatch(p.Source, -1) {
			add(m[2], m[1])
		}
	}
	if len(columns) == 0 && digitsOnly.MatchString(p.URL.Fragment) {
		columns = []string{p.URL.Fragment}
	}
	if len(columns) == 0 {
		columns = []string{"0"} // everything: the titles decide
	}
	params["columns"] = strings.Join(columns, ",")
	return params, 0.97
}

var escaped = lazyregexp.New(`\\u[0-9a-fA-F]{4}`)

// unescape reads the \uXXXX of a JSON string that a regular expression cut out.
func unescape(s string) string {
	return escaped.ReplaceAllStringFunc(s, func(e string) string {
		n, err := strconv.ParseUint(e[2:], 16, 16)
		if err != nil {
			return e
		}
		return string(rune(n))
	})
}

type gkmlptAnswer struct {
	Total    int
	Articles []struct {
		Title      string
		URL        string `json:"url"`
		PostURL    string `json:"post_url"`
		CreatedAt  string `json:"created_at"`
		CreateTime int64  `json:"create_time"`
	}
}

func (gkmlpt) Pages(ctx context.Context, p *page.Page, params Params, env Env) iter.Seq2[[]Item, error] {
	return func(yield func([]Item, error) bool) {
		seen := map[string]bool{}
		if !yield(fresh(below(p, p), seen), nil) {
			return
		}
		for column := range strings.SplitSeq(params["columns"], ",") {
			for n, first := 1, true; n <= maxPages; n++ {
				address := p.Resolve(fmt.Sprintf("%s/api/all/%s?page=%d&sid=%s", params["root"], column, n, params["sid"]))
				answer, err := env.Get(ctx, get(address.String(), p.URL.String()))
				if err != nil {
					yield(nil, err)
					return
				}
				var body gkmlptAnswer
				if !isOK(answer) || json.Unmarshal([]byte(answer.Source), &body) != nil {
					break
				}
				if first && len(body.Articles) == 0 && n == 1 && body.Total > 0 {
					n, first = -1, false // a site that counts from 0: ask it, then continue with 1, which repeats it or has nothing, and 2
					continue
				}
				env.state(body.Total, 0)
				items := gkmlptItems(p, body, column != "0")
				got := len(items)
				if items = fresh(items, seen); len(items) > 0 && !yield(items, nil) {
					return
				}
				if got == 0 && (n > 1 || n == 1 && first) || len(items) == 0 && n > 1 {
					break
				}
			}
		}
	}
}

func gkmlptItems(p *page.Page, body gkmlptAnswer, own bool) []Item {
	var items []Item
	for _, a := range body.Articles {
		address := a.URL
		if address == "" {
			address = a.PostURL
		}
		u := p.Resolve(address)
		if u == nil {
			continue
		}
		date := page.FindDate(a.CreatedAt)
		if date == "" && a.CreateTime > 0 {
			date = time.Unix(a.CreateTime, 0).UTC().Format(time.DateOnly)
		}
		items = append(items, Item{Link: page.Link{URL: u, Text: page.Fold(a.Title), Date: date}, Own: own})
	}
	return items
}
