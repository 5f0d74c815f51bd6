package crawl

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/PuerkitoBio/goquery"

	"github.com/gongkai-data/gongkai/crawl/frontier"
	"github.com/gongkai-data/gongkai/crawl/list"
	"github.com/gongkai-data/gongkai/crawl/page"
	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/extract/html/tree"
	"github.com/gongkai-data/gongkai/extract/lazyregexp"
)

// Bounds on the pictures of a report's page: as many are read, and what says that it is smaller is no table.
const (
	maxPictures  = 20
	leastPicture = 100 // pixels
)

// pictures fetches the pictures that stand in the text of a report's page, of which some may be its tables: they are
// parts of the report, so they are asked for before the report is said to be found, and are no reports themselves.
// Those on hosts where this crawl does not go are left.
func (v *visitor) pictures(ctx context.Context, t frontier.Task, at *url.URL, a *answer) error {
	addresses := picturesOn(a.Page, at)
	if len(addresses) == 0 {
		return nil
	}
	of := t
	of.URL, of.FoundOn, of.Depth = at.String(), at.String(), t.Depth+1
	v.task = of
	defer func() { v.task = t }()
	s := &stage{visitor: v, page: at, of: a, hosts: map[string]bool{}, beside: map[string]*visitor{}}
	var err error
	for _, address := range addresses {
		if err = s.picture(ctx, address); err != nil {
			break
		}
	}
	if e := s.leave(ctx); e != nil {
		return e
	}
	return err
}

// picture asks for one picture. One that cannot be had is told where its table is missed.
func (s *stage) picture(ctx context.Context, address string) error {
	u, err := url.Parse(address)
	if err != nil {
		return nil
	}
	v, err := s.host(ctx, u)
	if err != nil || v == nil || v.host.CoolUntil.After(v.w.opt.Clock.Now()) {
		return err
	}
	_, err = v.exchange(ctx, list.Request{Method: http.MethodGet, URL: address, Referer: s.page.String()}, func(*answer) (string, string) {
		return schema.OutcomeNotAReport, "a picture of " + s.page.String()
	})
	return err
}

// picturesOn lists the addresses of the pictures on a page that may belong to its report, those in the article first.
func picturesOn(p *page.Page, at *url.URL) (addresses []string) {
	whole := tree.Whole(p.Doc.Nodes[0], at.String())
	known := map[string]bool{}
	for _, where := range []string{articleImages, "body img"} {
		p.Doc.Find(where).EachWithBreak(func(_ int, s *goquery.Selection) bool {
			address := whole(tree.PictureSource(s.Nodes[0]))
			if u, err := url.Parse(address); err != nil || u.Scheme != "http" && u.Scheme != "https" || known[address] || ornament(s) {
				return true
			}
			known[address] = true
			addresses = append(addresses, address)
			return len(addresses) < maxPictures
		})
		if len(addresses) >= maxPictures {
			break
		}
	}
	return addresses
}

// pictureName ends the address of a picture.
var pictureName = lazyregexp.New(`(?i)\.(?:png|jpe?g|gif|bmp|webp|tiff?)$`)

// leadsAway reports whether a link leads to something else than a larger picture; it may be none.
func leadsAway(link *goquery.Selection) bool {
	return link.Length() > 0 && !pictureName.MatchString(link.AttrOr("href", ""))
}

// ornament reports whether an image belongs to the page around the report, or says itself that it is small or unseen.
func ornament(s *goquery.Selection) bool {
	small := func(key string) bool {
		n, err := strconv.Atoi(strings.TrimSuffix(strings.TrimSpace(s.AttrOr(key, "")), "px"))
		return err == nil && n < leastPicture
	}
	style := strings.ReplaceAll(strings.ToLower(s.AttrOr("style", "")), " ", "")
	return small("width") || small("height") || strings.Contains(style, "display:none") || s.Closest("nav, header, footer, aside, [hidden]").Length() > 0 || leadsAway(s.Closest("a[href]"))
}
