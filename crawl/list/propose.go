package list

import (
	"strings"

	"github.com/PuerkitoBio/goquery"

	"github.com/gongkai-data/gongkai/crawl/page"
	"github.com/gongkai-data/gongkai/crawl/title"
	"github.com/gongkai-data/gongkai/extract/lazyregexp"
)

var (
	yearText = lazyregexp.New(`(?:19|20)\d\d`)
	bareYear = lazyregexp.New(`^\D{0,4}(?:19|20)\d\d\D{0,6}$`)
	plainID  = lazyregexp.New(`^[A-Za-z_][\w-]*$`)
)

// Propose writes a rule for the list on a page: its entries are the elements of one kind that hold a link each and name
// reports or years most often. false where nothing on the page looks like a list of reports.
func Propose(p *page.Page) (Rule, bool) {
	r := Rule{Site: p.URL.Scheme + "://" + p.URL.Host + "/", List: page.Clean(p.URL).String()}
	counts := map[string]int{}
	example := map[string]*goquery.Selection{}
	p.Doc.Find("*").Each(func(_ int, s *goquery.Selection) {
		if p.Target(s) == nil || nextText.MatchString(strings.ToLower(page.Fold(s.Text()))) {
			return
		}
		for box, up := s, 0; up < 4 && box.Length() > 0 && !box.Is("body, ul, ol, table, tbody"); box, up = box.Parent(), up+1 {
			text := page.Fold(box.Text() + " " + box.AttrOr("title", "") + " " + box.AttrOr("alt", ""))
			k := title.Judge(text).Kind
			if len(text) > 400 || box.Find("a").Length() > 2 {
				return
			}
			if k != title.Report && k != title.Weak && !yearText.MatchString(text) {
				continue
			}
			name := selector(box)
			if counts[name]++; k == title.Report || k == title.Weak {
				counts[name] += 2 // a title says more than a number
			}
			if example[name] == nil {
				example[name] = box
			}
			return
		}
	})
	best := ""
	for name, n := range counts {
		if n > counts[best] || n == counts[best] && (best == "" || name < best) {
			best = name
		}
	}
	if best == "" {
		return r, false
	}
	r.Entry = best
	if box := example[best]; title.Judge(page.Label(box)).Kind != title.Report && title.Judge(page.Fold(box.Text())).Kind != title.Report {
		box.Find("*").EachWithBreak(func(_ int, s *goquery.Selection) bool {
			if s.Children().Length() == 0 && bareYear.MatchString(page.Fold(s.Text())) {
				r.Year = simple(s)
			}
			return r.Year == ""
		})
		if r.Year == "" && yearText.MatchString(page.Label(box)) {
			r.Year = `/((?:19|20)\d\d)/`
		}
	}
	if next := nextLink(p); next != nil {
		p.Doc.Find("a").EachWithBreak(func(_ int, a *goquery.Selection) bool {
			if u := p.Target(a); u != nil && u.String() == next.String() && nextText.MatchString(strings.ToLower(page.Fold(a.Text()))) {
				r.Next = selector(a)
			}
			return r.Next == ""
		})
		if r.Next != "" && p.Doc.Find(r.Next).Length() > 1 { // it would find another link first
			r.Next = ""
		}
	}
	return r, true
}

// selector names an element by itself and what it stands in, as a person would.
func selector(s *goquery.Selection) string {
	own := simple(s)
	if strings.HasPrefix(own, "#") {
		return own
	}
	if parent := s.Parent(); parent.Length() > 0 && !parent.Is("html, body") {
		return simple(parent) + " > " + own
	}
	return own
}

// simple names an element by its id, else its tag and first class.
func simple(s *goquery.Selection) string {
	if id := s.AttrOr("id", ""); plainID.MatchString(id) && !strings.ContainsAny(id, "0123456789") {
		return "#" + id
	}
	name := goquery.NodeName(s)
	for class := range strings.FieldsSeq(s.AttrOr("class", "")) {
		if plainID.MatchString(class) {
			return name + "." + class
		}
	}
	return name
}
