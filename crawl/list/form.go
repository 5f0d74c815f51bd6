package list

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/PuerkitoBio/goquery"

	"github.com/gongkai-data/gongkai/crawl/page"
	"github.com/gongkai-data/gongkai/extract/lazyregexp"
)

var (
	postback   = lazyregexp.New(`(?:__doPostBack|PostBackOptions)\(\s*["']([^"']*)["']\s*,\s*["']([^"']*)["']`)
	pageField  = lazyregexp.New(`(?i)^(?:.*[._$-])?(?:p|pn|page|page_?(?:no|num|number|index|id|now|current)|cur(?:r|rent)?_?page(?:no|num|index)?|cpage|now_?page|to_?page|goto_?page|start_?page)$`)
	searchWord = lazyregexp.New(`(?i)^(?:.*[._$-])?(?:q|kw|wd|key|keys|keyword|keywords|word|words|search\w*|s_?title|title|query|text)$`)
	moreText   = lazyregexp.New(`(?i)^[\s\[+]*(?:点击)?(?:加载|查看|显示|展开|浏览)?(?:更多|下一批|后面|余下)(?:内容|信息|年报|报告|条目)?[\s\].…>+]*$|^load\s*more$`)
)

// postSteps are the forms in which a list goes on: ASP.NET's post-backs, which carry the page's state with them, and
// forms with a field for the page's number.
func postSteps(at *page.Page, n int) []step {
	var steps []step
	numbers := map[int]step{}
	at.Doc.Find("a, input, button, span, li, [onclick]").Each(func(_ int, s *goquery.Selection) {
		label := page.Fold(page.ShortText(s.Nodes[0]) + s.AttrOr("value", ""))
		if title := page.Fold(s.AttrOr("title", "") + s.AttrOr("alt", "")); label == "" || nextText.MatchString(strings.ToLower(title)) {
			label = title
		}
		label = strings.ToLower(label)
		number := 0
		if m := pageNumber.FindStringSubmatch(label); m != nil {
			number, _ = strconv.Atoi(m[1]) // digits by the pattern
		}
		if disabled(s) || number == 0 && !nextText.MatchString(label) && label != "..." && label != "…" && !moreText.MatchString(label) {
			return
		}
		var set url.Values
		if m := postback.FindStringSubmatch(s.AttrOr("href", "") + " " + s.AttrOr("onclick", "")); m != nil {
			set = url.Values{"__EVENTTARGET": {m[1]}, "__EVENTARGUMENT": {m[2]}}
			if number == 0 && strings.HasPrefix(label, ".") || strings.HasPrefix(label, "…") {
				number, _ = strconv.Atoi(strings.TrimPrefix(m[2], "Page$"))
			}
		} else if name := s.AttrOr("name", ""); name != "" && (s.Is("input[type=submit], input[type=image]") || s.Is("button") && s.AttrOr("type", "submit") == "submit") {
			set = url.Values{name: {s.AttrOr("value", "")}}
			if s.Is("[type=image]") {
				set = url.Values{name + ".x": {"1"}, name + ".y": {"1"}}
			}
		} else {
			return
		}
		form := s.Closest("form")
		if form.Length() == 0 {
			form = at.Doc.Find("form").Has("[name=__VIEWSTATE]").First()
		}
		r, ok := submit(at, form, set)
		if !ok {
			return
		}
		if number == 0 {
			steps = append(steps, step{Request: r})
		} else if _, known := numbers[number]; number > n && !known {
			numbers[number] = step{Request: r}
		}
	})
	for k := n + 1; k <= n+12; k++ {
		if s, ok := numbers[k]; ok {
			steps = append(steps, s)
			break
		}
	}
	return append(steps, numberedForms(at, n)...)
}

// numberedForms submit a form that has a field for the page's number, as the page's own script does.
func numberedForms(at *page.Page, n int) []step {
	var steps []step
	at.Doc.Find("form").Each(func(_ int, form *goquery.Selection) {
		inside := liveSign(at, form)
		if !inside && form.Find("input").FilterFunction(func(_ int, s *goquery.Selection) bool {
			return !s.Is("[type=hidden], [type=submit], [type=button], [type=image]") && searchWord.MatchString(s.AttrOr("name", ""))
		}).Length() > 0 {
			return // a search
		}
		if !inside && !liveSign(at, at.Doc.Selection) && statedPages(at) <= n {
			return
		}
		form.Find("input[name], select[name]").EachWithBreak(func(_ int, s *goquery.Selection) bool {
			name := s.AttrOr("name", "")
			if !pageField.MatchString(name) || s.Is("[type=submit], [type=button]") {
				return true
			}
			shift := 0
			if v := s.AttrOr("value", ""); v == strconv.Itoa(n-1) {
				shift = -1 // it counts from 0
			}
			if r, ok := submit(at, form, url.Values{name: {strconv.Itoa(n + 1 + shift)}}); ok {
				steps = append(steps, step{Request: r})
			}
			return false
		})
	})
	return steps
}

// submit is the request that a form sends with some of its fields set.
func submit(at *page.Page, form *goquery.Selection, set url.Values) (Request, bool) {
	if form.Length() == 0 {
		return Request{}, false
	}
	values := url.Values{}
	form.Find("input[name], select[name], textarea[name]").Each(func(_ int, s *goquery.Selection) {
		name := s.AttrOr("name", "")
		switch kind := strings.ToLower(s.AttrOr("type", "text")); {
		case s.Is("select"):
			option := s.Find("option[selected]")
			if option.Length() == 0 {
				option = s.Find("option").First()
			}
			values.Add(name, option.AttrOr("value", page.Fold(option.Text())))
		case s.Is("textarea"):
			values.Add(name, s.Text())
		case kind == "submit" || kind == "button" || kind == "image" || kind == "file" || kind == "reset":
		case (kind == "checkbox" || kind == "radio") && s.Is(":not([checked])"):
		default:
			values.Add(name, s.AttrOr("value", ""))
		}
	})
	for k, v := range set {
		values[k] = v
	}
	target := at.URL
	if action := strings.TrimSpace(form.AttrOr("action", "")); action != "" && !strings.HasPrefix(strings.ToLower(action), "javascript:") {
		target = at.Resolve(action)
	}
	if target == nil || target.Host != at.URL.Host {
		return Request{}, false
	}
	u := *target
	u.Fragment = ""
	if strings.EqualFold(form.AttrOr("method", "get"), "post") {
		return Request{Method: "POST", URL: u.String(), Body: values.Encode(), ContentType: "application/x-www-form-urlencoded", Referer: at.URL.String()}, true
	}
	u.RawQuery = values.Encode()
	return get(u.String(), at.URL.String()), true
}

var disabledClass = lazyregexp.New(`(?i)disable|inactive|nolink|no-?next|\bno\b|\bgray\b|\bgrey\b`)

// disabled reports whether an element of a pager says that it leads nowhere.
func disabled(s *goquery.Selection) bool {
	if _, is := s.Attr("disabled"); is {
		return true
	}
	return disabledClass.MatchString(s.AttrOr("class", "")) || disabledClass.MatchString(s.Parent().AttrOr("class", ""))
}

// liveSign reports whether something within s leads to a further page of a list, by whatever script: a word or number
// of a pager that can be clicked.
func liveSign(at *page.Page, s *goquery.Selection) bool {
	live := false
	s.Find("a, button, input, span, li, div, em, i").EachWithBreak(func(_ int, e *goquery.Selection) bool {
		if e.Children().Length() > 1 {
			return true
		}
		label := strings.ToLower(page.Fold(page.ShortText(e.Nodes[0]) + e.AttrOr("value", "")))
		if len(label) > 40 || !nextText.MatchString(label) && !moreText.MatchString(label) && label != "尾页" && label != "末页" && pageNumber.FindString(label) != label {
			return true
		}
		if m := pageNumber.FindStringSubmatch(label); m != nil && (m[1] == "1" || m[1] == "0") || disabled(e) {
			return true
		}
		_, click := e.Attr("onclick")
		href, linked := e.Attr("href")
		if at.Target(e) != nil { // a link: that is followed
			return true
		}
		plainNumber := label == "" || pageNumber.MatchString(label)
		live = label != "" && (click || linked && (strings.Contains(href, "(") || !plainNumber && href != "") || e.Is("button, input") && !plainNumber || dataAttr(e))
		return !live
	})
	return live
}

// dataAttr reports whether an element carries something for a script to work with.
func dataAttr(s *goquery.Selection) bool {
	for _, a := range s.Nodes[0].Attr {
		if strings.HasPrefix(a.Key, "data-") || strings.HasPrefix(a.Key, "@") || strings.HasPrefix(a.Key, "v-on") || strings.HasPrefix(a.Key, "ng-click") {
			return true
		}
	}
	return false
}
