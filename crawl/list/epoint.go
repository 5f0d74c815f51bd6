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

// epoint reads columns of Epoint EWB (新点): POST JSON to getgovinfolist. Newer sites take the parameters bare and most
// count from 1, older ones wrap them in token and params and most count from 0.
type epoint struct{}

func (epoint) Family() string { return "epoint" }

var (
	epointMark     = lazyregexp.New(`EWB-FRONT|EWB_\w+_Mid|Epoint-MiddleForWeb|govInfoPub|lightfrontaction|webBuilderCommon\.js`)
	epointSite     = lazyregexp.New(`siteGuid["']?\s*[:=]\s*["']([\w-]+)["']`)
	epointProject  = lazyregexp.New(`projectName["']?\s*[:=]\s*["']([^"']+)["']`)
	epointScript   = lazyregexp.New(`src=["']([^"']*(?:webBuilderCommon|ajaxReq)\.js[^"']*)["']`)
	epointCategory = lazyregexp.New(`(?i)categorynum["']?\s*[:=]\s*["']?(\d+)`)
)

func (epoint) Detect(p *page.Page) (Params, float64) {
	if !epointMark.MatchString(p.Source) {
		return nil, 0
	}
	params := Params{"siteGuid": firstMatch(epointSite, p.Source), "projectName": firstMatch(epointProject, p.Source),
		"script": firstMatch(epointScript, p.Source), "categorynum": p.URL.Query().Get("categorynum"), "deptcode": p.URL.Query().Get("deptcode")}
	if params["categorynum"] == "" {
		params["categorynum"] = firstMatch(epointCategory, p.Source)
	}
	if params["categorynum"] == "" {
		return params, 0.6
	}
	return params, 0.9
}

type epointRow struct {
	InfoURL   string `json:"infourl"`
	RealTitle string `json:"realtitle"`
	Title     string `json:"title"`
	InfoDate  string `json:"infodate"`
}

func (e epoint) Pages(ctx context.Context, p *page.Page, params Params, env Env) iter.Seq2[[]Item, error] {
	return func(yield func([]Item, error) bool) {
		seen := map[string]bool{}
		if !yield(fresh(below(p, p), seen), nil) || params["categorynum"] == "" {
			return
		}
		site, project, err := e.facts(ctx, p, params, env)
		if err != nil {
			yield(nil, err)
			return
		}
		u := p.Resolve(strings.TrimSuffix(project, "/") + "/rest/lightfrontaction/getgovinfolist")
		if u == nil || u.Host != p.URL.Host {
			return
		}
		for _, wrapped := range []bool{false, true} {
			answered := false
			for n := 0; n <= maxPages; n++ { // some count from 0, the others repeat the first page or answer nothing
				rows, err := e.ask(ctx, u.String(), p, params, site, n, wrapped, env)
				if err != nil {
					yield(nil, err)
					return
				}
				var items []Item
				for _, r := range rows {
					if a := p.Resolve(r.InfoURL); a != nil {
						text := page.Fold(tags.ReplaceAllString(r.RealTitle, ""))
						if text == "" {
							text = page.Fold(tags.ReplaceAllString(r.Title, ""))
						}
						items = append(items, Item{Link: page.Link{URL: a, Text: text, Date: page.FindDate(r.InfoDate)}, Own: true})
					}
				}
				answered = answered || len(items) > 0
				items = fresh(items, seen)
				if len(rows) == 0 && n > 0 || len(items) == 0 && n > 1 {
					break
				}
				if len(items) > 0 && !yield(items, nil) {
					return
				}
			}
			if answered {
				return
			}
		}
	}
}

// facts returns the site's id and project folder, from the page or from its common script.
func (epoint) facts(ctx context.Context, p *page.Page, params Params, env Env) (site, project string, err error) {
	site, project = params["siteGuid"], params["projectName"]
	if site == "" || project == "" {
		script := p.Resolve(params["script"])
		if script == nil {
			script = p.Resolve("/js/webBuilderCommon.js")
		}
		answer, err := env.Get(ctx, get(script.String(), p.URL.String()))
		if err != nil {
			return "", "", err
		}
		if isOK(answer) {
			site, project = firstMatch(epointSite, answer.Source), firstMatch(epointProject, answer.Source)
		}
	}
	if project == "" {
		project = "/EWB-FRONT"
	}
	return site, project, nil
}

func (epoint) ask(ctx context.Context, address string, p *page.Page, params Params, site string, index int, wrapped bool, env Env) ([]epointRow, error) {
	inner, err := json.Marshal(map[string]any{"deptcode": params["deptcode"], "categorynum": params["categorynum"], "pageIndex": index, "pageSize": 50, "siteGuid": site})
	if err != nil {
		return nil, fmt.Errorf("write the list request of %s: %w", p.URL, err)
	}
	body := string(inner)
	if wrapped {
		body = `{"token":"","params":` + body + `}`
	}
	answer, err := env.Get(ctx, Request{Method: "POST", URL: address, Body: body, ContentType: "application/json;charset=utf-8", Referer: p.URL.String()})
	if err != nil || !isOK(answer) {
		return nil, err
	}
	var reply struct{ Custom json.RawMessage }
	if json.Unmarshal([]byte(answer.Source), &reply) != nil {
		return nil, nil
	}
	var inside string
	if json.Unmarshal(reply.Custom, &inside) == nil { // some sites send the object as a string
		reply.Custom = json.RawMessage(inside)
	}
	var custom struct{ Data []epointRow }
	if json.Unmarshal(reply.Custom, &custom) != nil {
		return nil, nil
	}
	return custom.Data, nil
}
