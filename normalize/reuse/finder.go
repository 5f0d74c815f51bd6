package reuse

import (
	"cmp"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"iter"
	"runtime"
	"slices"

	"github.com/gongkai-data/gongkai/datasets/schema"
	"golang.org/x/sync/errgroup"
)

// Report is what a report is to the search for common text.
type Report struct {
	ID, IssuerID string
	Body         string  // the body that issued it: reports of one issuer_id that is not resolved may be of several
	DivisionCode *string // 12 digits
	Year         *int32
	PublishedOn  *schema.Date
	Template     string
}

// Posting is a fingerprint of a report. Reports are numbered from 0 in the order in which they were added.
type Posting struct {
	Print      uint64
	Report, At uint32
}

// Link is a fingerprint that two reports share, seen from the one.
type Link struct{ Report, Other, At, OtherAt uint32 }

// ComparePostings orders postings by fingerprint.
func ComparePostings(a, b Posting) int {
	return cmp.Or(cmp.Compare(a.Print, b.Print), cmp.Compare(a.Report, b.Report), cmp.Compare(a.At, b.At))
}

// CompareLinks orders links by the report that they are seen from.
func CompareLinks(a, b Link) int {
	return cmp.Or(cmp.Compare(a.Report, b.Report), cmp.Compare(a.Other, b.Other), cmp.Compare(a.At, b.At), cmp.Compare(a.OtherAt, b.OtherAt))
}

// Sorter sorts more than memory holds.
type Sorter[T any] interface {
	Add(T) error
	Sorted() iter.Seq2[T, error]
	Close() error
}

// Store is what a Finder keeps outside memory.
type Store struct {
	Postings Sorter[Posting]     // by ComparePostings
	Links    func() Sorter[Link] // begins one by CompareLinks; the one before is closed
	Texts    interface {         // a file of its own
		io.Writer
		io.ReaderAt
	}
	// Keep takes the postings for a later search (see Before), in order; nil where there will be none.
	Keep func(Posting) error
}

// Finder finds the text that the reports added to it share. In memory it keeps some 200 bytes a report, and the
// boilerplate.
type Finder struct {
	store   Store
	links   Sorter[Link]
	before  *Before
	now     []int32 // the numbers of the reports of before; -1: it is gone
	reports []kept
	end     int64
}

// kept is a report with the place of its text.
type kept struct {
	Report
	offset int64
	size   int32
	was    int32 // its number before, where its text stands; -1: it is new
}

// NewFinder returns an empty Finder.
func NewFinder(store Store) *Finder { return &Finder{store: store} }

// Add takes a report and its text, published (see Join) and folded. The reports of a body stand one after another, by
// year; who keeps the order of division codes too is given the nearest of those that share a passage that many have.
func (f *Finder) Add(r Report, published string, t *Text) error {
	number := uint32(len(f.reports))
	for _, p := range t.prints() {
		if err := f.store.Postings.Add(Posting{p.hash, number, uint32(p.at)}); err != nil {
			return fmt.Errorf("indexing the text of %s: %w", r.ID, err)
		}
	}
	packed := pack(published, t)
	if _, err := f.store.Texts.Write(packed); err != nil {
		return fmt.Errorf("keeping the text of %s: %w", r.ID, err)
	}
	f.reports = append(f.reports, kept{r, f.end, int32(len(packed)), -1})
	f.end += int64(len(packed))
	return nil
}

// Packed is the text of a report as it is kept, for Before.
func (f *Finder) Packed(number int) ([]byte, error) {
	r := &f.reports[number]
	if r.was >= 0 {
		return f.before.Text(int(r.was))
	}
	packed := make([]byte, r.size)
	if _, err := f.store.Texts.ReadAt(packed, r.offset); err != nil {
		return nil, fmt.Errorf("reading the text of %s again: %w", r.ID, err)
	}
	return packed, nil
}

func (f *Finder) load(number uint32) (string, *Text, error) {
	packed, err := f.Packed(int(number))
	if err != nil {
		return "", nil, err
	}
	published, t := unpack(packed)
	return published, t, nil
}

// Result is what was found of one report.
type Result struct {
	ReportID, IssuerID string
	Year               *int32
	NewShare           *float64       // share of its text, boilerplate left out, that is not in the body's earlier reports; nil where there is none, or too little text
	Characters         int32          // of that text, where NewShare is set
	Rows               []schema.Reuse // by section and other report
	Compared           string         `json:"-"` // digest of which others it was compared with
}

// Find yields the result of every report in the order in which they were added. Boilerplate is what the table says;
// where it is nil, a table is made of the reports added. It returns the table.
func (f *Finder) Find(ctx context.Context, table *Table, yield func(Result) error) (*Table, error) {
	table, err := f.link(ctx, table)
	if err != nil {
		return nil, err
	}
	return table, f.examineAll(ctx, table, nil, yield)
}

// examineAll yields the results of the reports that have a task, in their order.
func (f *Finder) examineAll(ctx context.Context, table *Table, wanted func(task) bool, yield func(Result) error) error {
	work, running := errgroup.WithContext(ctx)
	ahead := make(chan chan Result, 4*runtime.GOMAXPROCS(0))
	work.Go(func() error {
		defer close(ahead)
		for t, err := range f.tasks() {
			if err != nil {
				return err
			}
			if wanted != nil && !wanted(t) {
				continue
			}
			found := make(chan Result, 1)
			select {
			case ahead <- found:
			case <-running.Done():
				return running.Err()
			}
			work.Go(func() error {
				defer close(found)
				r, err := f.examine(t, table)
				if err == nil {
					found <- r
				}
				return err
			})
		}
		return nil
	})
	work.Go(func() error {
		for found := range ahead {
			r, ok := <-found
			if !ok {
				return nil // its own error ends the work
			}
			if err := yield(r); err != nil {
				return err
			}
		}
		return nil
	})
	return work.Wait()
}

// link goes over the fingerprints in order, makes the table where there is none, and links the reports that share one
// that is not boilerplate.
func (f *Finder) link(ctx context.Context, given *Table) (*Table, error) {
	table := given
	if given == nil {
		table = NewTable()
	}
	counter := f.counter()
	f.links = f.store.Links()
	err := f.lists(ctx, func(_, list []Posting) error {
		if err := f.keep(list); err != nil || len(list) < 2 {
			return err
		}
		if given == nil {
			counter.count(list, table)
		}
		if table.holds(list[0].Print) {
			return nil
		}
		return f.linkAll(list, nil)
	})
	if err != nil {
		return nil, err
	}
	return table, f.store.Postings.Close()
}

func (f *Finder) keep(list []Posting) error {
	if f.store.Keep == nil {
		return nil
	}
	for _, p := range list {
		if err := f.store.Keep(p); err != nil {
			return err
		}
	}
	return nil
}

// linkAll links each of the reports that share a fingerprint, or of them those wanted, with the Links nearest others.
func (f *Finder) linkAll(list []Posting, wanted []Change) error {
	for i, p := range list {
		if wanted != nil && wanted[p.Report] == Same {
			continue
		}
		from, to := nearby(i, len(list))
		for j := from; j < to; j++ {
			if j == i {
				continue
			}
			if err := f.links.Add(Link{p.Report, list[j].Report, p.At, list[j].At}); err != nil {
				return err
			}
		}
	}
	return nil
}

// nearby is the stretch [from, to) of a list of n reports whose members the i-th is linked with.
func nearby(i, n int) (from, to int) {
	from = max(0, min(i-Links/2, n-1-Links))
	return from, min(n, from+Links+1)
}

// counter counts the reports and issuers of each form that have a fingerprint.
type counter struct {
	reports []kept
	of      map[string]int // reports of each form
}

func (f *Finder) counter() counter {
	c := counter{f.reports, map[string]int{}}
	for i := range f.reports {
		c.of[f.reports[i].Template]++
	}
	return c
}

// count adds a fingerprint to the table where it is common.
func (c counter) count(list []Posting, table *Table) {
	if len(list) < CommonIssuers {
		return
	}
	type seen struct {
		reports int
		issuers map[string]bool
	}
	forms := map[string]*seen{}
	for _, p := range list {
		r := &c.reports[p.Report]
		s := forms[r.Template]
		if s == nil {
			s = &seen{issuers: map[string]bool{}}
			forms[r.Template] = s
		}
		s.reports++
		s.issuers[r.IssuerID] = true
	}
	for _, template := range sortedKeys(forms) {
		s := forms[template]
		if float64(s.reports) > CommonShare*float64(c.of[template]) && len(s.issuers) >= CommonIssuers {
			table.add(common{list[0].Print, template, s.reports, len(s.issuers)})
		}
	}
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// pack writes a text down: the published text behind its length, then the symbols. A symbol that is one character and
// follows on the one before takes one number, another three.
func pack(published string, t *Text) []byte {
	b := binary.AppendUvarint(nil, uint64(len(published)))
	b = append(b, published...)
	b = binary.AppendUvarint(b, uint64(len(t.Sections)))
	for _, s := range t.Sections {
		section := uint64(0)
		if s.Number != nil {
			section = uint64(*s.Number) + 1
		}
		b = binary.AppendUvarint(binary.AppendUvarint(b, section), uint64(s.To))
	}
	next := int32(0)
	for i, r := range t.Symbols {
		gap, length := t.starts[i]-next, t.lengths[i]
		if next = t.starts[i] + length; gap == 0 && length == 1 {
			b = binary.AppendUvarint(b, uint64(r)<<1)
			continue
		}
		b = binary.AppendUvarint(b, uint64(r)<<1|1)
		b = binary.AppendUvarint(binary.AppendUvarint(b, uint64(gap)), uint64(length))
	}
	return b
}

func unpack(b []byte) (string, *Text) {
	take := func() uint64 {
		v, n := binary.Uvarint(b)
		b = b[n:]
		return v
	}
	n := take()
	published := string(b[:n])
	b = b[n:]
	t := &Text{Sections: make([]Section, take())}
	from := 0
	for i := range t.Sections {
		if n := take(); n > 0 {
			t.Sections[i].Number = new(int32(n) - 1)
		}
		t.Sections[i].From, t.Sections[i].To = from, int(take())
		from = t.Sections[i].To
	}
	t.Symbols, t.starts, t.lengths = make([]rune, from), make([]int32, from), make([]int32, from)
	next := int32(0)
	for i := range t.Symbols {
		v := take()
		gap, length := int32(0), int32(1)
		if v&1 == 1 {
			gap, length = int32(take()), int32(take())
		}
		t.Symbols[i], t.starts[i], t.lengths[i] = rune(v>>1), next+gap, length
		next += gap + length
	}
	return published, t
}
