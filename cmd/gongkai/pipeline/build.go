// Package pipeline joins the packages into the main job: archive → extract → normalize → dataset. It holds no knowledge
// of its own.
package pipeline

import (
	"cmp"
	"context"
	"fmt"
	"runtime"
	"slices"

	"github.com/gongkai-data/gongkai/crawl"
	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/normalize"
	"github.com/gongkai-data/gongkai/normalize/issuer"
	"github.com/gongkai-data/gongkai/normalize/kept"
	"github.com/gongkai-data/gongkai/normalize/reuse"
	"github.com/gongkai-data/gongkai/store"
	"golang.org/x/sync/errgroup"
)

// Options say what to build and where.
type Options struct {
	Archive  *store.Archive
	Out      string          // folder of the dataset
	Readings store.Objects   // readings of documents, kept between builds and by a crawl
	Software string          // name and version for the manifest
	Seeds    map[string]Seed // what the user's seed file says of each site, by the site's address
	Ledger   crawl.Ledger    // what the crawl expected and why it did not find it; empty where there was none
	Resolver *issuer.Resolver
	// Corrections are applied in series and panel; the file that they were read from is kept in the dataset as
	// corrections.csv, where it is not empty.
	Corrections     []normalize.Correction
	CorrectionsFile []byte
	Boilerplate     *reuse.Table   // text that counts as boilerplate; nil: what is common among the reports of this build
	Progress        func(Progress) // called from one goroutine at a time; may be nil
}

// Seed is what a seed file says of the body whose site it names; both may be empty.
type Seed struct{ Name, DivisionCode string }

// Progress is how far a build is.
type Progress struct {
	Stage       string // read, write
	Done, Total int
	Document    string
}

// Summary is what a build made.
type Summary struct {
	Reports      int `json:"reports"`
	Cells        int `json:"cells"`
	Mentions     int `json:"mentions"`
	ChecksPassed int `json:"checks_passed"`
	ChecksFailed int `json:"checks_failed"`
	Problems     int `json:"problems"`
	Unreadable   int `json:"unreadable"`  // documents that could not be read
	Lost         int `json:"lost"`        // captures of the archive that are damaged or gone, beside those documents
	NotReports   int `json:"not_reports"` // documents that are no annual reports, by what they say: in captures only
	Issuers      int `json:"issuers"`
	Reused       int `json:"reused"`           // documents whose reading was kept from an earlier build, or by the crawl
	Torn         int `json:"readings_damaged"` // readings kept that were damaged; their documents were read again
	Corrected    int `json:"corrected"`        // corrections applied
	// Unread names the first of what could not be read or was lost; all of it stands in problems, as
	// unreadable_document.
	Unread []Unread `json:"unread"`
	// IndexFaults is what is wrong with the index of the archive; nothing is lost by it.
	IndexFaults []string `json:"index_faults"`
	Refused     int      `json:"corrections_refused"` // corrections that do not fit what was published, or that fit no report; each is a problem

	Sample *store.Sample `json:"sample,omitempty"` // the reports of the bundled sample

	Unchanged bool `json:"unchanged"` // the dataset was there already, made of the same: nothing was written
}

// document is one document to build from, as small as it can be: a nationwide archive holds half a million.
type document struct {
	capture schema.Capture
	key     string // of its reading in the cache
	issuer  issuer.Issuer
	year    int32 // 0: not stated
	reused  bool
	damaged bool              // the archive lost it
	other   bool              // no annual report, or a page that only offers one
	unread  bool              // nothing of it could be read
	leads   []string          // of a page without a report of its own: where it leads
	page    string            // of a file that a page offers: the key of the page's reading
	stated  *normalize.Stated // by the manifest that it was imported with; nil without one
	// companions are the pictures that the reading rests on; its own and, behind setAside, those of the page
	companions []extract.Companion
}

// content is one document as it came from one address.
type content struct{ url, sha string }

func (d document) content() content { return content{d.capture.URL, *d.capture.SHA256} }

// Build reads every document of the archive and writes the dataset beside the old one, then exchanges the two.
func Build(ctx context.Context, opt Options) (Summary, error) {
	kept, err := openCache(opt.Readings)
	if err != nil {
		return Summary{}, err
	}
	sum := Summary{Unread: []Unread{}, IndexFaults: []string{}}
	losses, err := examine(ctx, opt.Archive, &sum)
	if err != nil {
		return Summary{}, err
	}
	of, err := inputsDigest(ctx, opt, kept.program, losses)
	if err != nil {
		return Summary{}, err
	}
	if err := store.RecoverDataset(opt.Out); err != nil {
		return Summary{}, err
	}
	if same, ok, err := kept.unchanged(ctx, opt.Out, of); err != nil || ok {
		same.IndexFaults = sum.IndexFaults // of the archive as it is now
		return same, err
	}
	docs, err := documents(ctx, opt.Archive)
	if err != nil {
		return Summary{}, err
	}
	if err := takeStated(ctx, opt.Archive, docs); err != nil {
		return Summary{}, err
	}
	if err := readAll(ctx, opt, kept, docs); err != nil {
		return Summary{}, err
	}
	sum.Torn = int(kept.torn.Load())
	tried := make(map[place]bool, len(docs))
	for _, d := range docs {
		tried[place{d.capture.WarcFile, d.capture.WarcOffset}] = true
	}
	lost := sum.nameLost(losses, tried)
	docs, aside := setAside(docs)
	// Descending: the parts of a division, whose codes are greater, come before the whole that is compared with their
	// sum.
	slices.SortFunc(docs, func(a, b document) int {
		return cmp.Or(cmp.Compare(b.issuer.ID, a.issuer.ID), cmp.Compare(a.capture.URL, b.capture.URL), a.capture.FetchedAt.Compare(b.capture.FetchedAt), cmp.Compare(*a.capture.SHA256, *b.capture.SHA256))
	})
	for i := range docs {
		if docs[i].reused {
			sum.Reused++
		}
	}
	if err := writeDataset(ctx, opt, kept, docs, aside, lost, losses, &sum); err != nil {
		return Summary{}, err
	}
	if err := kept.noteBuild(ctx, opt, of, sum, docs, losses); err != nil {
		return Summary{}, err
	}
	return sum, kept.prune(ctx)
}

// documents lists the captures that hold a document, one for each address and content, the first that was fetched.
// An unchanged capture repeats one of its address; a duplicate is a document where the same bytes are one elsewhere.
func documents(ctx context.Context, archive *store.Archive) ([]document, error) {
	var docs []document
	seen := map[content]int{}      // index in docs
	written := map[content]place{} // of the capture by which the last manifest named the document
	isDocument := map[string]bool{}
	for c, err := range archive.Captures(ctx) {
		if err != nil {
			return nil, fmt.Errorf("listing the captures of the archive: %w", err)
		}
		if c.SHA256 == nil || c.Outcome != schema.OutcomeOK && c.Outcome != schema.OutcomeDuplicate {
			continue
		}
		whole, err := members(ctx, archive, c)
		if ofTheRun(err) {
			return nil, err
		}
		if len(whole) == 0 || err != nil { // the reading of a zip file says that it is one, or what is wrong with it
			whole = append(whole, c)
		}
		for _, c := range whole {
			if c.Outcome == schema.OutcomeOK {
				isDocument[*c.SHA256] = true
			}
			d := document{capture: c}
			at, known := seen[d.content()]
			if !known {
				at = len(docs)
				seen[d.content()] = at
				docs = append(docs, d)
			}
			if byManifest(c) && written[d.content()].before(place{c.WarcFile, c.WarcOffset}) {
				written[d.content()] = place{c.WarcFile, c.WarcOffset}
				docs[at].capture.Seed = c.Seed // of several manifests that name the document the last one imported holds
			}
		}
	}
	return slices.DeleteFunc(docs, func(d document) bool { return !isDocument[*d.capture.SHA256] }), nil
}

// remoteFetches is how many documents and readings are fetched at once from an object store.
const remoteFetches = 48

// fetches is how many documents are worked on at once: from an object store more than there are cores, as most of the
// time goes into waiting for it.
func (o Options) fetches() int {
	if o.Archive.Remote() {
		return max(remoteFetches, runtime.GOMAXPROCS(0))
	}
	return runtime.GOMAXPROCS(0)
}

// readAll reads the documents on all cores, keeps each reading in the cache, and tells whose each document is.
func readAll(ctx context.Context, opt Options, kept *cache, docs []document) error {
	work, ctx := errgroup.WithContext(ctx)
	work.SetLimit(opt.fetches())
	done := make(chan string, 64)
	reported := make(chan struct{})
	go func() {
		defer close(reported)
		n := 0
		for name := range done {
			n++
			if opt.Progress != nil {
				opt.Progress(Progress{Stage: "read", Done: n, Total: len(docs), Document: name})
			}
		}
	}()
	for i := range docs {
		work.Go(func() error {
			d := &docs[i]
			if err := readOne(ctx, opt, kept, d); err != nil {
				return fmt.Errorf("reading %s: %w", d.capture.URL, err)
			}
			done <- d.capture.URL
			return nil
		})
	}
	err := work.Wait()
	close(done)
	<-reported
	return err
}

func readOne(ctx context.Context, opt Options, cache *cache, d *document) error {
	d.key = cacheKey(d.capture)
	head, err := cache.current(ctx, opt.Archive, d.capture, d.key)
	if err != nil {
		return err
	}
	if d.reused = head != nil; !d.reused {
		if head, err = readAnew(ctx, opt, cache, d); err != nil {
			return err
		}
	}
	if d.other = !head.IsReport; d.other {
		return nil
	}
	d.unread, d.leads, d.companions = head.Reader == "", head.Leads, head.Companions
	in := issuer.Input{Title: head.Title, Name: head.Parsed.IssuerName, Text: head.Text, Meta: head.Meta, URL: d.capture.URL}
	if head.Parsed.Year != nil {
		in.Year = *head.Parsed.Year
	}
	if d.stated != nil {
		in.Year = cmp.Or(in.Year, d.stated.Year)
		in.Name = cmp.Or(in.Name, d.stated.Issuer)
		in.SeedName, in.SeedCode = d.stated.Issuer, d.stated.DivisionCode
	}
	d.year = int32(in.Year)
	if d.capture.Seed != nil && d.stated == nil {
		seed := opt.Seeds[*d.capture.Seed]
		in.SeedName, in.SeedCode = seed.Name, seed.DivisionCode
	}
	d.issuer = opt.Resolver.Resolve(in)
	d.issuer.Evidence, d.issuer.Candidates = nil, nil // no row holds them
	return nil
}

// readAnew reads a document and keeps the reading.
func readAnew(ctx context.Context, opt Options, cache *cache, d *document) (*kept.Head, error) {
	report, damaged, err := readBody(ctx, opt.Archive, cache, d.capture)
	if err != nil {
		return nil, err
	}
	if d.damaged = damaged; damaged {
		d.key += damagedSuffix
	}
	reading := normalize.Read(report)
	if err := cache.save(ctx, d.key, reading); err != nil {
		return nil, err
	}
	return new(kept.HeadOf(reading)), nil
}
