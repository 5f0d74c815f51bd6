package crawl

import (
	"context"
	"time"

	"github.com/gongkai-data/gongkai/crawl/frontier"
)

// Event is the state of a crawl at one moment, as told to Options.Progress.
type Event struct {
	MessageType string   `json:"message_type"` // "progress", at the end "done"
	Run         int64    `json:"run"`
	Hosts       int64    `json:"hosts"`        // known
	HostsOpen   int64    `json:"hosts_open"`   // with work left
	Pages       int64    `json:"pages"`        // exchanges recorded
	Queued      int64    `json:"queued"`       // addresses still to visit
	Reports     int64    `json:"reports"`      //
	Unread      int64    `json:"unread"`       // documents queued for reading
	Rate        float64  `json:"rate"`         // requests a second of this process, over the last ten seconds
	SecondsLeft float64  `json:"seconds_left"` // from the rate and what is queued; -1 when unknown
	LastErrors  []string `json:"last_errors,omitempty"`
	NoNetwork   string   `json:"no_network,omitempty"` // why the last host was not reached, while none has answered this process
	Waiting     string   `json:"waiting,omitempty"`    // what the crawl waits for, when it waits
}

// meter makes events.
type meter struct {
	w       *worker
	run     int64
	samples []sample
}

type sample struct {
	at time.Time
	n  int64
}

func (m *meter) event(ctx context.Context, kind, waiting string) (Event, error) {
	c, err := m.w.db.Count(ctx, m.run)
	if err != nil {
		return Event{}, err
	}
	read, err := m.w.db.Extracts(ctx, m.run)
	if err != nil {
		return Event{}, err
	}
	now := m.w.opt.Clock.Now()
	m.samples = append(m.samples, sample{now, m.w.fetched.Load()})
	for len(m.samples) > 2 && now.Sub(m.samples[0].at) > 10*time.Second {
		m.samples = m.samples[1:]
	}
	e := Event{MessageType: kind, Run: m.run, Hosts: c.Hosts, HostsOpen: c.HostsOpen, Pages: c.Pages, Queued: c.Open, Reports: c.Reports, Unread: read[frontier.ExtractQueued], SecondsLeft: -1, Waiting: waiting}
	first, last := m.samples[0], m.samples[len(m.samples)-1]
	if span := last.at.Sub(first.at).Seconds(); span > 0 {
		e.Rate = float64(last.n-first.n) / span
	}
	if e.Rate > 0 {
		e.SecondsLeft = float64(c.Open) / e.Rate
	}
	if why := m.w.unreachable.Load(); why != nil && !m.w.answered.Load() {
		e.NoNetwork = *why
	}
	m.w.mu.Lock()
	e.LastErrors = append(e.LastErrors, m.w.errors...)
	m.w.mu.Unlock()
	return e, nil
}
