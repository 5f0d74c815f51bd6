package sample

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// perList is the number of entries on a page of a list.
const perList = 25

// entry is a line of a list.
type entry struct{ day, path, title string }

// lists are the list pages of the sites: those of the county in the TRS manner, the neighbour's in the VSB manner.
func lists(reports []*Report) map[string][]byte {
	out := map[string][]byte{}
	sites := map[string][]entry{}
	for _, r := range reports {
		sites[r.site] = append(sites[r.site], entry{r.Published, r.Path, r.Title()})
	}
	// what a list names and its site does not hold any more
	sites["hp"] = append(sites["hp"], entry{"2024-01-25", "hp/nb/202401/t20240125_900.html", "蘅平县苓川镇人民政府2023年政府信息公开工作年度报告"})
	for site, entries := range sites {
		slices.SortFunc(entries, func(a, b entry) int { return cmp.Or(cmp.Compare(b.day, a.day), cmp.Compare(a.path, b.path)) })
		pages := slices.Collect(slices.Chunk(entries, perList))
		for i, page := range pages {
			if site == "mz" {
				out[vsbName(site, i)] = vsbList(site, page, i, len(pages), len(entries))
			} else {
				out[trsName(site, i)] = trsList(site, page, i, len(pages))
			}
		}
	}
	return out
}

func trsName(site string, page int) string {
	if page == 0 {
		return site + "/nb/index.html"
	}
	return fmt.Sprintf("%s/nb/index_%d.html", site, page)
}

func trsList(site string, entries []entry, page, pages int) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, `<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>政府信息公开年报 - 样例政府信息公开网</title><meta name="SiteName" content="样例政府信息公开网"><meta name="ColumnName" content="政府信息公开年报"></head>
<body><div class="banner">%s</div><div class="nav"><a href="../../index.html">首页</a></div>
<ul class="list">
`, banner)
	for _, e := range entries {
		fmt.Fprintf(&b, "<li><a href=\"./%s\" title=\"%s\">%s</a><span>%s</span></li>\n", strings.TrimPrefix(e.path, site+"/nb/"), e.title, e.title, e.day)
	}
	b.WriteString("</ul>\n<div class=\"page\">")
	name := func(i int) string { return strings.TrimPrefix(trsName(site, i), site+"/nb/") }
	if page > 0 {
		fmt.Fprintf(&b, `<a href="index.html">首页</a> <a href="%s">上一页</a> `, name(page-1))
	}
	if page+1 < pages {
		fmt.Fprintf(&b, `<a href="%s">下一页</a> <a href="%s">尾页</a>`, name(page+1), name(pages-1))
	}
	fmt.Fprintf(&b, "共%d页<script>createPageHTML(%d, %d, \"index\", \"html\");</script></div></body></html>\n", pages, pages, page)
	return []byte(b.String())
}

func vsbName(site string, page int) string {
	if page == 0 {
		return site + "/nb.htm"
	}
	return fmt.Sprintf("%s/nb/%d.htm", site, page)
}

func vsbList(site string, entries []entry, page, pages, total int) []byte {
	up := ""
	if page > 0 {
		up = "../"
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"><title>年度报告-样例县</title><!--Announced by Visual SiteBuilder 9--></head>
<body><div>%s</div><a href="%s../index.html">首页</a><ul>
`, banner, up)
	for i, e := range entries {
		fmt.Fprintf(&b, "<li id=\"line_u6_%d\"><a href=\"%s%s\" title=\"%s\">%s</a><span>%s</span></li>\n", i, up, strings.TrimPrefix(e.path, site+"/"), e.title, e.title, e.day)
	}
	fmt.Fprintf(&b, "</ul>共%d条 %d/%d ", total, page+1, pages)
	if page+1 < pages {
		fmt.Fprintf(&b, `<a href="%snb/%d.htm">下页</a>`, up, page+1)
	}
	b.WriteString("</body></html>\n")
	return gbk(b.String())
}
