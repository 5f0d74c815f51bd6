package list

import (
	"net/url"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"

	"github.com/gongkai-data/gongkai/crawl/page"
)

// moreSteps are what an element that asks for more of the list carries: an address, with or without a cursor or a
// number beside it.
func moreSteps(p, at *page.Page) []step {
	if at.Doc == nil {
		return nil
	}
	var steps []step
	at.Doc.Find("a, button, span, div, li, p, input").Each(func(_ int, s *goquery.Selection) {
		label := strings.ToLower(page.Fold(page.ShortText(s.Nodes[0]) + s.AttrOr("value", "")))
		if len(label) > 60 || disabled(s) {
			return
		}
		c, cursor := carried(p, at, s.Nodes[0])
		named := moreText.MatchString(label) || nextText.MatchString(label) || cursor && moreText.MatchString(s.AttrOr("title", ""))
		switch {
		case !named || c.address == "" && c.key == "":
		case c.address == "": // the address stands in a script, the cursor here
			for _, known := range calls(p, p.Script()) {
				if known.key != "" && known.count == c.count {
					steps = append(steps, known.step(p, c.value))
				}
			}
		default:
			c.complete()
			steps = append(steps, c.step(p, c.value))
		}
	})
	return steps
}

// carried is the call that the attributes of an element hold, as far as they do, and whether a cursor is among them.
func carried(p, at *page.Page, n *html.Node) (c call, cursor bool) {
	for _, a := range n.Attr {
		key, data := strings.CutPrefix(a.Key, "data-")
		switch {
		case leads(n, a):
			if u := at.Resolve(a.Val); u != nil && u.Host == p.URL.Host {
				c.address = u.String()
			}
		case !data || a.Val == "":
		case cursorKey.MatchString(key):
			c.key, c.value, cursor = key, a.Val, true
		case c.key == "" && pageKey.MatchString(key):
			c.key, c.value, c.count = key, a.Val, true
		}
	}
	return c, cursor
}

// leads reports whether an attribute holds the address to which an element leads.
func leads(n *html.Node, a html.Attribute) bool {
	switch {
	case a.Key == "hx-get":
		return true
	case a.Key == "href":
		return n.Data == "a" && !strings.Contains(a.Val, "(") && len(a.Val) > 1 && a.Val[0] != '#'
	}
	return strings.HasPrefix(a.Key, "data-") && page.LooksLikeAddress(a.Val)
}

// complete finds the parameter of the address that counts or points on: with a value beside the address, the one that
// the value is for; else the one that has a value itself.
func (c *call) complete() {
	u, err := url.Parse(c.address)
	if err != nil {
		return
	}
	beside := c.key
	for part := range strings.SplitSeq(u.RawQuery, "&") {
		k, v, has := strings.Cut(part, "=")
		counts := pageKey.MatchString(k)
		if k == "" || !counts && !cursorKey.MatchString(k) {
			continue
		}
		switch {
		case beside == "" && has:
			c.key, c.value, c.count = k, v, counts
		case beside != "" && (v == "" || strings.EqualFold(k, c.key)):
			c.key = k
		}
	}
	if beside != "" && strings.EqualFold(c.key, "next") {
		c.key = "cursor"
	}
}
