// Package crawl finds every annual report of a site and stores it in the archive, politely, and never loses its place.
//
// A run visits each seed's host in slices: one worker at a time holds a host, sends one request after the other with a
// delay between, and follows home page → disclosure pages → report columns → list pages → reports → attachments. Every
// exchange is recorded in the archive and in the frontier before anything is made of it, and a recorded request is
// answered from the archive, so a run that was killed at any moment goes on where it was. What the sub-packages do:
// list reads the lists of each site family, page and title read pages and headings, fetch sends a request, robots reads
// robots.txt, frontier keeps the state, sim is a web for tests.
package crawl

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"time"

	"github.com/gongkai-data/gongkai/crawl/browser"
	"github.com/gongkai-data/gongkai/crawl/list"
	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/store"
)

// Options say what to crawl and how. Archive, Frontier and Seeds are needed; the zero value of the others means its
// default.
type Options struct {
	Seeds    []Seed
	Archive  *store.Archive
	Frontier string // path of the SQLite file that keeps the state, or a postgres:// address shared with other workers

	Columns []list.Rule // lists that no rule of the crawler reads, described by a person (ReadColumns)

	Browser *browser.Options // opens pages that are made by their scripts; nil means that they are told and left

	Contact   string        // a mail or web address that goes into the User-Agent; needed for all but loopback hosts
	UserAgent string        // product token, default "gongkai/0.1"
	Delay     time.Duration // between two requests to a host, default 2 s; negative means none
	Jitter    float64       // share of the delay added at random, default 0.25; negative means none
	Workers   int           // hosts worked on at once in this process, default 16
	Window    string        // hours in which to fetch, Beijing time, like 22:00-06:00; empty means always

	Timeout       time.Duration // of one exchange, default 1 minute
	MaxBody       int64         // of one body, default 64 MiB
	AllowLoopback bool          // for tests and the bundled sample site

	Slice    time.Duration // how long a worker stays with a host before others get their turn, default 1 minute
	Lease    time.Duration // after how long without a sign of life a host is taken from a worker, default 30 s
	Backoff  time.Duration // first wait after a failed try, doubled each time, default five delays, 1 s to 30 s
	CoolOff  time.Duration // how long a host that challenges or refuses is left alone, default 24 h
	Patience time.Duration // how long a run waits for its last hosts, default 10 minutes

	// Extract reads new documents and keeps what it read, at most 50 at a call; it is called again with the same ones
	// after an error, and after the end of a process too. nil means that this process neither queues documents for
	// reading nor reads any.
	Extract        func(ctx context.Context, captures []schema.Capture) error
	ExtractTimeout time.Duration // of one call, default 5 minutes; after it the batch of a worker that died is given to another
	OnlyExtract    bool          // Work only: send no requests, read what others fetch

	DryRun   bool                // send nothing; Summary.Plan says what would be fetched
	Progress func(Event)         // told once a second and at the end, from one goroutine
	Dial     func(string) string // maps host:port to the address to dial, for tests; nil means as it is
	Clock    Clock               // nil means the system's
}

// ErrNoContact says that a crawl of real sites needs a contact address.
var ErrNoContact = errors.New("a crawl of public sites needs a contact address (--contact): its operators must be able to reach you")

const product = "gongkai/0.1"

func (o Options) withDefaults() (Options, error) {
	set := func(d *time.Duration, value time.Duration) {
		if *d == 0 {
			*d = value
		}
		*d = max(*d, 0)
	}
	set(&o.Delay, 2*time.Second)
	set(&o.Slice, time.Minute)
	set(&o.Lease, 30*time.Second)
	set(&o.Backoff, min(max(5*o.Delay, time.Second), 30*time.Second))
	set(&o.CoolOff, 24*time.Hour)
	set(&o.Patience, 10*time.Minute)
	set(&o.ExtractTimeout, 5*time.Minute)
	if o.Jitter == 0 {
		o.Jitter = 0.25
	}
	o.Jitter = max(o.Jitter, 0)
	if o.Workers <= 0 {
		o.Workers = 16
	}
	if o.UserAgent == "" {
		o.UserAgent = product
	}
	if o.Clock == nil {
		o.Clock = systemClock{}
	}
	if o.Archive == nil && !o.DryRun {
		return o, errors.New("crawl: no archive is given")
	}
	if o.Frontier == "" {
		return o, errors.New("crawl: no frontier is given")
	}
	if _, err := parseWindow(o.Window); err != nil {
		return o, err
	}
	if o.OnlyExtract && o.Extract == nil {
		return o, errors.New("crawl: to only extract needs a way to extract")
	}
	if o.Contact == "" && !o.DryRun {
		for _, s := range o.Seeds {
			if u, err := url.Parse(s.Site); err != nil || !o.AllowLoopback || !isLoopbackHost(u.Hostname()) {
				return o, fmt.Errorf("crawl %s: %w", s.Site, ErrNoContact)
			}
		}
	}
	return o, nil
}

// agent is the User-Agent as sent.
func (o Options) agent() string {
	if o.Contact == "" {
		return o.UserAgent
	}
	return o.UserAgent + " (+" + o.Contact + ")"
}

// Summary is what a run did.
type Summary struct {
	Run       int64         `json:"run"`
	Resumed   bool          `json:"resumed"`    // it went on with a run that had been interrupted
	Hosts     int64         `json:"hosts"`      //
	Pages     int64         `json:"pages"`      // exchanges recorded in the run, those before an interruption too
	Fetched   int64         `json:"fetched"`    // requests sent by this process
	Reports   int64         `json:"reports"`    // documents judged to be reports or their attachments
	Extracted int64         `json:"extracted"`  // new documents that were read in batches, by whichever process
	Unread    int64         `json:"unread"`     // documents whose batch failed for good; a build reads them
	Elapsed   time.Duration `json:"elapsed"`    // nanoseconds
	LeftAlone []LeftAlone   `json:"left_alone"` // hosts that challenged, refused, asked for a pause or could not be reached
	Notes     []string      `json:"notes,omitempty"`
	Plan      []Planned     `json:"plan,omitempty"`
}

// LeftAlone is a host that is not asked again before a time.
type LeftAlone struct {
	Host   string    `json:"host"`
	Until  time.Time `json:"until"`
	Reason string    `json:"reason"`
}

// Planned is one address that a run would fetch next.
type Planned struct {
	URL     string `json:"url"`
	Role    string `json:"role"`
	FoundOn string `json:"found_on,omitempty"`
}
