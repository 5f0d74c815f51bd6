package reuse

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"iter"
	"math"
	"runtime"
	"slices"

	"golang.org/x/sync/errgroup"
)

// Before is what is kept of an earlier search among much the same reports, so that a search after a few of them changed
// looks into those alone that it may have another result for.
type Before struct {
	Reports  int                              // their number
	Postings func() iter.Seq2[Posting, error] // what Store.Keep took, in order; it may be asked for several times
	Text     func(number int) ([]byte, error) // what Packed gave; it may be asked for from many goroutines
	Table    *Table                           // what counted as boilerplate
}

// NewFinderAfter returns an empty Finder that knows an earlier search.
func NewFinderAfter(store Store, before Before) *Finder {
	f := &Finder{store: store, before: &before, now: make([]int32, before.Reports)}
	for i := range f.now {
		f.now[i] = -1
	}
	return f
}

// Stays takes a report of the earlier search that is the same in all that Add was given. Those that stay keep their
// order among each other, and all reports of a body stay or none.
func (f *Finder) Stays(r Report, was int) {
	f.now[was] = int32(len(f.reports))
	f.reports = append(f.reports, kept{Report: r, was: int32(was)})
}

// lists yields for each fingerprint the first posting of each report that has it: of the earlier search, with the
// numbers of reports there, and of this one. The slices hold until yield returns.
func (f *Finder) lists(ctx context.Context, yield func(old, now []Posting) error) error {
	l := lister{f: f, ctx: ctx, yield: yield}
	if f.before == nil {
		for p, err := range f.store.Postings.Sorted() {
			if err == nil && len(l.fresh) > 0 && l.fresh[0].Print != p.Print {
				err = l.give()
			}
			if err != nil {
				return err
			}
			l.add(p)
		}
		return l.give()
	}
	next, stop := iter.Pull2(f.store.Postings.Sorted())
	defer stop()
	l.next = next
	if err := l.advance(); err != nil {
		return err
	}
	for p, err := range f.before.Postings() {
		if err == nil && int(p.Report) >= len(f.now) {
			err = fmt.Errorf("a fingerprint kept is of report %d of %d", p.Report, len(f.now))
		}
		if err == nil && len(l.old) > 0 && l.old[0].Print != p.Print {
			err = l.upTo(l.old[0].Print)
		}
		if err != nil {
			return err
		}
		l.old = append(l.old, p)
	}
	return l.upTo(math.MaxUint64)
}

// lister puts together, fingerprint by fingerprint, what was kept and what was added.
type lister struct {
	f               *Finder
	ctx             context.Context
	yield           func(old, now []Posting) error
	old, fresh, now []Posting // of one fingerprint, but for now by the numbers that reports have in old and fresh
	next            func() (Posting, error, bool)
	ahead           Posting // the next that was added, where more is true
	more            bool
}

func (l *lister) advance() error {
	var err error
	l.ahead, err, l.more = l.next()
	return err
}

func (l *lister) add(p Posting) {
	if n := len(l.fresh); n == 0 || l.fresh[n-1].Report != p.Report {
		l.fresh = append(l.fresh, p)
	}
}

// upTo gives every fingerprint up to one: those that were added alone, and that of old with what was added of it.
func (l *lister) upTo(last uint64) error {
	for l.more && l.ahead.Print <= last {
		print := l.ahead.Print
		if len(l.old) > 0 && l.old[0].Print < print {
			break
		}
		for l.more && l.ahead.Print == print {
			l.add(l.ahead)
			if err := l.advance(); err != nil {
				return err
			}
		}
		if len(l.old) > 0 && l.old[0].Print == print {
			break
		}
		old := l.old
		l.old = nil
		if err := l.give(); err != nil {
			return err
		}
		l.old = old
	}
	if len(l.old) > 0 {
		if err := l.give(); err != nil {
			return err
		}
	}
	if last == math.MaxUint64 && l.more {
		return l.upTo(last)
	}
	return nil
}

// give yields what is in old and fresh.
func (l *lister) give() error {
	if len(l.old)+len(l.fresh) == 0 {
		return nil
	}
	l.now = l.now[:0]
	rest := l.fresh
	for _, p := range l.old {
		number := l.f.now[p.Report]
		if number < 0 {
			continue
		}
		for len(rest) > 0 && rest[0].Report < uint32(number) {
			l.now, rest = append(l.now, rest[0]), rest[1:]
		}
		l.now = append(l.now, Posting{p.Print, uint32(number), p.At})
	}
	l.now = append(l.now, rest...)
	err := l.yield(l.old, l.now)
	l.fresh, l.old = l.fresh[:0], l.old[:0]
	return cmp.Or(err, l.ctx.Err())
}

// Change is what may be another in a search than in the earlier one.
type Change uint8

// Changes, each with all before it.
const (
	Same   Change = iota // the result is the same
	Linked               // the others that a report is compared with may be others
	Other                // the text of the report, or what of it is boilerplate, is another; or it is new
)

// Affected tells for each report whether its result may be another than in the earlier search, and returns the table,
// which is made where none is given; a table that is given must be that of the earlier search. Of the reports that stay
// a result rests on which of its fingerprints are boilerplate, and by its links on the reports that it is compared with.
// A report with another text is another report, which has its own links.
func (f *Finder) Affected(ctx context.Context, given *Table) ([]Change, *Table, error) {
	table := given
	if given == nil {
		table = NewTable()
	}
	affected := make([]Change, len(f.reports))
	for i := range f.reports {
		if f.reports[i].was < 0 {
			affected[i] = Other
		}
	}
	counter := f.counter()
	err := f.lists(ctx, func(old, now []Posting) error {
		if err := f.keep(now); err != nil || len(now) == 0 {
			return err
		}
		if given == nil && len(now) >= 2 {
			counter.count(now, table)
		}
		was, is := f.before.Table.holds(now[0].Print), table.holds(now[0].Print)
		switch {
		case was && is: // no links of it
		case was != is:
			for _, p := range now {
				affected[p.Report] = Other
			}
		default:
			f.otherLinks(old, now, affected)
		}
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	return affected, table, f.otherBoilerplate(ctx, table, affected)
}

// otherLinks marks the reports of a list that it links with others than the old list did.
func (f *Finder) otherLinks(old, now []Posting, affected []Change) {
	same := len(old) == len(now)
	for i := 0; same && i < len(now); i++ {
		same = f.reports[now[i].Report].was == int32(old[i].Report)
	}
	if same {
		return
	}
	was := 0
	for i, p := range now {
		number := f.reports[p.Report].was
		if number < 0 {
			continue
		}
		for old[was].Report != uint32(number) {
			was++
		}
		from, to := nearby(i, len(now))
		oldFrom, oldTo := nearby(was, len(old))
		same := i-from == was-oldFrom && to-from == oldTo-oldFrom
		for j := 0; same && j < to-from; j++ {
			same = f.reports[now[from+j].Report].was == int32(old[oldFrom+j].Report)
		}
		if !same {
			affected[p.Report] = max(affected[p.Report], Linked)
		}
	}
}

// otherBoilerplate marks the reports that hold a fingerprint which became boilerplate, or is it no more.
func (f *Finder) otherBoilerplate(ctx context.Context, table *Table, affected []Change) error {
	changed := map[uint64]bool{}
	var glance [1 << 10]uint64 // bits by the first 16 of a fingerprint: nearly all are none of them
	for _, side := range [][2]*Table{{f.before.Table, table}, {table, f.before.Table}} {
		for h := range side[0].hashes {
			if !side[1].holds(h) {
				changed[h] = true
				glance[h>>54] |= 1 << (h >> 48 & 63)
			}
		}
	}
	if len(changed) == 0 {
		return nil
	}
	work, running := errgroup.WithContext(ctx)
	work.SetLimit(runtime.GOMAXPROCS(0))
	for i := range f.reports {
		if affected[i] == Other || running.Err() != nil {
			continue
		}
		work.Go(func() error {
			_, t, err := f.load(uint32(i))
			if err != nil {
				return err
			}
			for _, part := range t.Sections {
				t.hashes(part, func(h uint64, _ int) {
					if glance[h>>54]>>(h>>48&63)&1 == 1 && changed[h] {
						affected[i] = Other
					}
				})
			}
			return nil
		})
	}
	return work.Wait()
}

// Examine yields the results, in the order of reports and with their numbers, of those that changed: of one that is Other
// always, of one that is Linked where it is compared with others than before, by the Result.Compared of the earlier
// search. The table is that of Affected, which came before.
func (f *Finder) Examine(ctx context.Context, table *Table, changes []Change, compared func(number int) string, yield func(int, Result) error) error {
	f.links = f.store.Links()
	err := f.lists(ctx, func(_, list []Posting) error {
		if len(list) < 2 || table.holds(list[0].Print) {
			return nil
		}
		return f.linkAll(list, changes)
	})
	if err != nil {
		return err
	}
	numbers := make(chan int, 1<<10)
	wanted := func(t task) bool {
		change := changes[t.number]
		if change == Other || change == Linked && (f.anyNew(t.others) || f.digest(t.others) != compared(int(t.number))) {
			numbers <- int(t.number)
			return true
		}
		return false
	}
	return f.examineAll(ctx, table, wanted, func(r Result) error { return yield(<-numbers, r) })
}

func (f *Finder) anyNew(reports []uint32) bool {
	return slices.ContainsFunc(reports, func(n uint32) bool { return f.reports[n].was < 0 })
}

// digest is one of which reports these are.
func (f *Finder) digest(reports []uint32) string {
	if len(reports) == 0 {
		return ""
	}
	h := sha256.New()
	for _, n := range reports {
		io.WriteString(h, f.reports[n].ID+"\n")
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// Contains reports whether a packed text holds one of the names, as the Folder looks for them.
func Contains(packed []byte, names []string) bool {
	published, _ := unpack(packed)
	return containsAny(published, names)
}
