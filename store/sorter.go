package store

import (
	"cmp"
	"container/heap"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"reflect"
	"slices"

	"github.com/apache/arrow/go/v15/arrow/ipc"
	"github.com/gongkai-data/gongkai/datasets/schema"
)

// sorter puts any number of rows in the order of their table in bounded memory: an external merge sort. Rows are held up to a limit,
// then written, sorted, as a run to a temporary file (Arrow IPC); at the end the runs are merged.
type sorter[R any] struct {
	table  *schema.Table
	key    *sortKey[R]
	dir    string // for runs
	limit  int    // bytes of rows held
	held   []keyed[R]
	weight int
	runs   []string
	made   int // runs ever made, for their names
}

type keyed[R any] struct {
	key string
	row *R
}

// runBatch is the number of rows of a run read at a time; maxRuns bounds the runs that are merged, and so open, at once.
const (
	runBatch = 512
	maxRuns  = 200
)

func newSorter[R any](t *schema.Table, dir string, limit int) (*sorter[R], error) {
	key, err := newSortKey[R](t)
	if err != nil {
		return nil, err
	}
	return &sorter[R]{table: t, key: key, dir: dir, limit: limit}, nil
}

// add takes a copy of a row.
func (s *sorter[R]) add(row R) error {
	k := s.key.of(&row)
	s.held = append(s.held, keyed[R]{k, &row})
	s.weight += len(k) + 24 + weight(reflect.ValueOf(&row).Elem())
	if s.weight < s.limit {
		return nil
	}
	if err := s.spill(s.sorted()); err != nil {
		return err
	}
	clear(s.held)
	s.held, s.weight = s.held[:0], 0
	if len(s.runs) < maxRuns {
		return nil
	}
	runs := s.runs
	s.runs = nil
	if err := s.spill(s.merge(runs)); err != nil {
		return err
	}
	for _, name := range runs {
		if err := os.Remove(name); err != nil {
			return err
		}
	}
	return nil
}

func (s *sorter[R]) compare(a, b keyed[R]) int {
	if c := cmp.Compare(a.key, b.key); c != 0 {
		return c
	}
	return cmp.Compare(s.key.full(a.row), s.key.full(b.row))
}

// sorted yields the rows held.
func (s *sorter[R]) sorted() iter.Seq2[keyed[R], error] {
	slices.SortFunc(s.held, s.compare)
	return func(yield func(keyed[R], error) bool) {
		for _, k := range s.held {
			if !yield(k, nil) {
				return
			}
		}
	}
}

// rows yields all rows in order.
func (s *sorter[R]) rows() iter.Seq2[keyed[R], error] {
	if len(s.runs) == 0 {
		return s.sorted()
	}
	return s.merge(s.runs)
}

// spill writes rows as one more run.
func (s *sorter[R]) spill(rows iter.Seq2[keyed[R], error]) (err error) {
	name := filepath.Join(s.dir, fmt.Sprintf("%s-%d.run", s.table.Name, s.made))
	s.made++
	f, err := os.Create(name)
	if err != nil {
		return fmt.Errorf("sorting %s: %w", s.table.Name, err)
	}
	defer func() {
		if err = errors.Join(err, f.Close()); err != nil {
			err = fmt.Errorf("sorting %s: %w", s.table.Name, err)
		}
	}()
	w := ipc.NewWriter(f, ipc.WithSchema(s.table.Arrow()), ipc.WithLZ4())
	b, err := schema.NewBuilder[R](s.table)
	if err != nil {
		return err
	}
	defer b.Release()
	n := 0
	flush := func() error {
		rec := b.Record()
		defer rec.Release()
		n = 0
		return w.Write(rec)
	}
	for k, err := range rows {
		if err == nil {
			err = b.Append(k.row)
		}
		if n++; err == nil && n == runBatch {
			err = flush()
		}
		if err != nil {
			return err
		}
	}
	if n > 0 {
		if err := flush(); err != nil {
			return err
		}
	}
	s.runs = append(s.runs, name)
	return w.Close()
}

// readRun yields the rows of one run.
func (s *sorter[R]) readRun(name string) iter.Seq2[keyed[R], error] {
	return func(yield func(keyed[R], error) bool) {
		fail := func(err error) { yield(keyed[R]{}, fmt.Errorf("sorting %s: %w", s.table.Name, err)) }
		f, err := os.Open(name)
		if err != nil {
			fail(err)
			return
		}
		defer f.Close()
		r, err := ipc.NewReader(f)
		if err != nil {
			fail(err)
			return
		}
		defer r.Release()
		for r.Next() {
			err := schema.Decode(s.table, r.Record(), func(row *R) error {
				if !yield(keyed[R]{s.key.of(row), row}, nil) {
					return errStopped
				}
				return nil
			})
			if err == errStopped {
				return
			}
			if err != nil {
				fail(err)
				return
			}
		}
		if err := r.Err(); err != nil {
			fail(err)
		}
	}
}

var errStopped = errors.New("the reader wants no more rows")

// merge yields the rows of sorted runs, and of those held, in order.
func (s *sorter[R]) merge(runs []string) iter.Seq2[keyed[R], error] {
	return func(yield func(keyed[R], error) bool) {
		h := &mergeHeap[R]{compare: s.compare}
		sources := []iter.Seq2[keyed[R], error]{s.sorted()}
		for _, name := range runs {
			sources = append(sources, s.readRun(name))
		}
		for _, source := range sources {
			next, stop := iter.Pull2(source)
			defer stop()
			c := &cursor[R]{next: next}
			if ok, err := c.advance(); err != nil {
				yield(keyed[R]{}, err)
				return
			} else if ok {
				h.cursors = append(h.cursors, c)
			}
		}
		heap.Init(h)
		for len(h.cursors) > 0 {
			c := h.cursors[0]
			if !yield(c.now, nil) {
				return
			}
			ok, err := c.advance()
			if err != nil {
				yield(keyed[R]{}, err)
				return
			}
			if ok {
				heap.Fix(h, 0)
			} else {
				heap.Pop(h)
			}
		}
	}
}

type cursor[R any] struct {
	now  keyed[R]
	next func() (keyed[R], error, bool)
}

func (c *cursor[R]) advance() (bool, error) {
	k, err, ok := c.next()
	c.now = k
	return ok, err
}

type mergeHeap[R any] struct {
	cursors []*cursor[R]
	compare func(a, b keyed[R]) int
}

func (h *mergeHeap[R]) Len() int           { return len(h.cursors) }
func (h *mergeHeap[R]) Less(i, j int) bool { return h.compare(h.cursors[i].now, h.cursors[j].now) < 0 }
func (h *mergeHeap[R]) Swap(i, j int)      { h.cursors[i], h.cursors[j] = h.cursors[j], h.cursors[i] }
func (h *mergeHeap[R]) Push(x any)         { h.cursors = append(h.cursors, x.(*cursor[R])) }
func (h *mergeHeap[R]) Pop() any {
	last := h.cursors[len(h.cursors)-1]
	h.cursors = h.cursors[:len(h.cursors)-1]
	return last
}
