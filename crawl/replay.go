package crawl

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"

	"github.com/gongkai-data/gongkai/crawl/frontier"
	"github.com/gongkai-data/gongkai/crawl/list"
	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/store"
)

// recorded answers a request that the run has made already, or returns nil.
func (v *visitor) recorded(ctx context.Context, u *url.URL, r list.Request, id string, j judge) (*answer, error) {
	e, ok, err := v.w.db.Recorded(ctx, v.run, id)
	if err != nil {
		return nil, err
	}
	if ok {
		a, err := v.replay(ctx, u, e, j)
		if err == nil || !v.w.shared() || ctx.Err() != nil {
			return a, err
		}
		// Another machine wrote it, and what it wrote cannot be read from here (yet): to ask again is right, if not
		// thrifty.
		v.w.note("%v", err)
		return nil, nil
	}
	return v.adopt(ctx, u, r, id, j)
}

// replay answers a recorded request from the archive.
func (v *visitor) replay(ctx context.Context, u *url.URL, e frontier.Exchange, j judge) (*answer, error) {
	if e.Location != "" {
		location, err := url.Parse(e.Location)
		if err != nil {
			return nil, fmt.Errorf("replay %s: %w", u, err)
		}
		return &answer{Outcome: e.Outcome, Detail: e.Detail, Status: 302, Location: location, Capture: e.Capture}, nil
	}
	if e.Capture.Status == nil || *e.Capture.Status >= 300 {
		a := &answer{Outcome: e.Outcome, Detail: e.Detail, Capture: e.Capture}
		if e.Capture.Status != nil {
			a.Status = int(*e.Capture.Status)
		}
		return a, nil
	}
	return v.restore(ctx, u, e, j)
}

// restore reads a capture with a body back from the archive and judges it as at first.
func (v *visitor) restore(ctx context.Context, u *url.URL, e frontier.Exchange, j judge) (*answer, error) {
	a := &answer{Status: http.StatusOK, Capture: e.Capture}
	if s := e.Capture.Status; s != nil && *s >= 200 && *s < 300 {
		a.Status = int(*s)
	}
	header, err := v.w.opt.Archive.Header(ctx, e.Capture)
	if err != nil {
		return nil, err
	}
	a.Type = header.Get("Content-Type")
	body, err := v.w.opt.Archive.Body(ctx, e.Capture)
	if err != nil {
		return nil, err
	}
	a.Body, err = io.ReadAll(body)
	if err := errors.Join(err, body.Close()); err != nil {
		if errors.Is(err, store.ErrTooLarge) || e.Outcome == schema.OutcomeNotADocument || e.Outcome == schema.OutcomeTooLarge {
			a.Body, a.Outcome, a.Detail = nil, e.Outcome, e.Detail // it could not be decoded the first time either
			return a, nil
		}
		return nil, fmt.Errorf("replay %s: %w", u, err)
	}
	assess(a, u, header, j)
	return a, nil
}

// adopt looks for a request that a process sent and wrote to the archive but did not live to record.
func (v *visitor) adopt(ctx context.Context, u *url.URL, r list.Request, id string, j judge) (*answer, error) {
	v.w.mu.Lock()
	resumed := v.w.resume[v.run]
	v.w.mu.Unlock()
	if !resumed || r.Method != http.MethodGet || r.Salt != "" { // an answer to the same address without the cookie is another
		return nil, nil
	}
	c, ok, err := v.w.opt.Archive.Lookup(ctx, u.String())
	if err != nil || !ok || c.FetchedAt.UnixMicro() < v.run || c.Status == nil || *c.Status != http.StatusOK {
		return nil, err
	}
	header, err := v.w.opt.Archive.Header(ctx, c)
	if err != nil {
		return nil, err
	}
	a, err := v.restore(ctx, u, frontier.Exchange{Capture: c, Outcome: c.Outcome}, j)
	if err != nil {
		return nil, err
	}
	return a, v.w.db.Record(ctx, v.run, frontier.Exchange{ID: id, Host: v.host.Name, At: c.FetchedAt, Outcome: a.Outcome, Detail: a.Detail, Capture: c,
		ETag: header.Get("ETag"), Modified: header.Get("Last-Modified")}, time.Time{})
}
