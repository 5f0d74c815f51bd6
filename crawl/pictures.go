package crawl

import (
	"context"
	"fmt"
	"net/http"
	"net/url"

	"github.com/gongkai-data/gongkai/crawl/frontier"
	"github.com/gongkai-data/gongkai/crawl/list"
	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/extract/html"
	"github.com/gongkai-data/gongkai/extract/read"
)

// pictures fetches the pictures that stand in the text of a report's page, of which some may be its tables: they are
// parts of the report, so they are asked for before the report is said to be found, and are no reports themselves. Those
// on hosts where this crawl does not go are left.
func (v *visitor) pictures(ctx context.Context, t frontier.Task, at *url.URL, a *answer) error {
	d, err := html.Read(ctx, a.Body, html.Options{ContentType: a.Type, Address: at.String()})
	if err != nil {
		return fmt.Errorf("looking for the pictures of %s: %w", at, err)
	}
	addresses := html.Pictures(d)
	if len(addresses) == 0 {
		return nil
	}
	of := t
	of.URL, of.FoundOn, of.Depth = at.String(), at.String(), t.Depth+1
	v.task = of
	defer func() { v.task = t }()
	s := &stage{visitor: v, page: at, of: a, hosts: map[string]bool{}, beside: map[string]*visitor{}}
	for _, address := range addresses[:min(len(addresses), read.MaxPictures)] {
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
