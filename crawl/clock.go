package crawl

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/gongkai-data/gongkai/extract/lazyregexp"
)

// Clock is the time that a crawl goes by. Tests give their own.
type Clock interface {
	Now() time.Time
	// Sleep waits; it returns the context's error when that ends first.
	Sleep(ctx context.Context, d time.Duration) error
}

type systemClock struct{}

func (systemClock) Now() time.Time { return time.Now() }

func (systemClock) Sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}

// window is a span of minutes of the day, Beijing time; from > to goes over midnight. The zero value is the whole day.
type window struct{ from, to int }

var (
	windowForm = lazyregexp.New(`^([01]?\d|2[0-3]):([0-5]\d)-([01]?\d|2[0-4]):([0-5]\d)$`)
	beijing    = time.FixedZone("UTC+8", 8*60*60)
)

// IsWindow reports whether s is a span of hours as Options.Window takes it.
func IsWindow(s string) bool {
	_, err := parseWindow(s)
	return err == nil
}

func parseWindow(s string) (window, error) {
	if s == "" {
		return window{}, nil
	}
	m := windowForm.FindStringSubmatch(s)
	if m == nil {
		return window{}, fmt.Errorf("crawl: window %q is not like 22:00-06:00", s)
	}
	var n [4]int
	for i := range n {
		n[i], _ = strconv.Atoi(m[i+1]) // digits by the pattern
	}
	return window{n[0]*60 + n[1], n[2]*60 + n[3]}, nil
}

// open reports whether a time lies in the window.
func (w window) open(t time.Time) bool {
	t = t.In(beijing)
	at := t.Hour()*60 + t.Minute()
	switch {
	case w.from == w.to:
		return true
	case w.from < w.to:
		return at >= w.from && at < w.to
	}
	return at >= w.from || at < w.to
}
