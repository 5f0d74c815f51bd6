// Package query answers a reader's questions from one release of a dataset: find a place, its values over the years
// with their marks, its peers, a ranking, the checks that fail, what is missing, the place of one number in its source.
//
// Memory holds a compact index (who, where, which years); values come from the row groups of the panel on demand.
// Nothing here writes.
package query

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/gongkai-data/gongkai/store"
	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/sync/semaphore"
)

// Release is one release of a dataset, opened for questions. It may be used from many goroutines.
type Release struct {
	Data    *store.Dataset
	issuers []*Issuer // by ID
	byID    map[string]*Issuer
	names   []names            // beside issuers
	alone   map[string]*Issuer // by name, nil where several bear it
	placed  []*Issuer          // those with a division, by its code

	unplaced []*Issuer // the others

	versions    versions
	became      map[string]Succession   // by ID of the body that ended
	was         map[string][]Succession // by ID of the body that it became
	corrections map[string][]Correction // those in force, by report
	invented    map[string]bool         // by report_id, the reports of the bundled sample: true of an invented place, false the real one

	marks   atomic.Pointer[marks]  // nil until LoadMarks is done
	packed  atomic.Pointer[packed] // nil until LoadValues is done
	texts   atomic.Pointer[texts]  // nil until LoadTexts is done
	reading *semaphore.Weighted    // bounds those who read rows of one report, or a column of the panel
	values  *lru.Cache[string, []values]
	orders  *lru.Cache[string, ordering] // of all issuers of a kind
	units   *lru.Cache[string, string]   // of such

	count sync.Once
	sums  Summary
	gaps  struct {
		sync.Mutex
		byPrefix map[string]map[string]int // expected reports that are not there, by division prefix and reason
	}
}

// Open opens the dataset in a folder and indexes its reports.
func Open(ctx context.Context, dir string) (*Release, error) {
	d, err := store.OpenDataset(dir)
	if err != nil {
		return nil, err
	}
	r, err := New(ctx, d)
	if err != nil {
		_ = d.Close()
		return nil, fmt.Errorf("indexing the dataset %s: %w", dir, err)
	}
	return r, nil
}

// New indexes a dataset that is open. Close of the release closes it.
func New(ctx context.Context, d *store.Dataset) (*Release, error) {
	r := &Release{Data: d, byID: map[string]*Issuer{}, reading: semaphore.NewWeighted(int64(runtime.GOMAXPROCS(0)))}
	var err error
	if r.values, err = lru.New[string, []values](1024); err != nil {
		return nil, err
	}
	if r.orders, err = lru.New[string, ordering](4); err != nil {
		return nil, err
	}
	if r.units, err = lru.New[string, string](4096); err != nil {
		return nil, err
	}
	if err := errors.Join(r.readReports(ctx), r.readCorrections(ctx), r.readSuccession(ctx)); err != nil {
		return nil, err
	}
	if size(d) <= small {
		d.Keep(keptBytes)
	}
	if s := d.Manifest().Sample; s != nil {
		r.invented = map[string]bool{}
		for _, id := range s.Real {
			r.invented[id] = false
		}
		for _, id := range s.Invented {
			r.invented[id] = true
		}
	}
	r.nameIssuers()
	r.arrange()
	return r, nil
}

// A dataset of at most small bytes is read whole into keptBytes of memory, by those who ask for one report after
// another.
const small, keptBytes = 16 << 20, 64 << 20

func size(d *store.Dataset) (bytes int64) {
	for _, f := range d.Manifest().Files {
		bytes += f.Bytes
	}
	return bytes
}

// Sampled reports whether a report is of the bundled sample, and whether its place is an invented one.
func (r *Release) Sampled(report string) (sampled, invented bool) {
	invented, sampled = r.invented[report]
	return sampled, invented
}

// Close closes the dataset.
func (r *Release) Close() error { return r.Data.Close() }
