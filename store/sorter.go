package store

import (
	"container/heap"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"slices"
)

// Sorter puts any number of values in order in bounded memory: an external merge sort. Values are held up to a limit,
// then written, sorted, as a run to a temporary file; at the end the runs are merged. It is for one goroutine.
type Sorter[T any] struct {
	order  Order[T]
	dir    string // for runs
	limit  int    // bytes of values held
	held   []T
	weight int
	runs   []string
	made   int // runs ever made, for their names
}

// Order is how values of a type are sorted and kept in temporary files.
type Order[T any] struct {
	Name    string // of what is sorted: of files and in errors
	Compare func(a, b T) int
	Weight  func(T) int // bytes that a value holds in memory
	Write   func(w io.Writer, values iter.Seq2[T, error]) error
	Read    func(r io.Reader) iter.Seq2[T, error] // yields what Write wrote
}

// maxRuns bounds the runs that are merged, and so open, at once.
const maxRuns = 200

// NewSorter returns a Sorter that holds about limit bytes of values and keeps runs in dir, a folder of its caller's.
func NewSorter[T any](dir string, limit int, order Order[T]) *Sorter[T] {
	return &Sorter[T]{order: order, dir: dir, limit: limit}
}

// Add takes a value.
func (s *Sorter[T]) Add(value T) error {
	s.held = append(s.held, value)
	s.weight += s.order.Weight(value)
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
	return remove(runs)
}

// sorted yields the values held.
func (s *Sorter[T]) sorted() iter.Seq2[T, error] {
	slices.SortFunc(s.held, s.order.Compare)
	return func(yield func(T, error) bool) {
		for _, v := range s.held {
			if !yield(v, nil) {
				return
			}
		}
	}
}

// Sorted yields all values in order. No value may be added afterwards.
func (s *Sorter[T]) Sorted() iter.Seq2[T, error] {
	if len(s.runs) == 0 {
		return s.sorted()
	}
	return s.merge(s.runs)
}

// Close removes the temporary files.
func (s *Sorter[T]) Close() error {
	runs := s.runs
	s.runs, s.held = nil, nil
	return remove(runs)
}

func remove(files []string) error {
	for _, name := range files {
		if err := os.Remove(name); err != nil {
			return err
		}
	}
	return nil
}

// spill writes values as one more run.
func (s *Sorter[T]) spill(values iter.Seq2[T, error]) (err error) {
	name := filepath.Join(s.dir, fmt.Sprintf("%s-%d.run", s.order.Name, s.made))
	s.made++
	f, err := os.Create(name)
	if err != nil {
		return fmt.Errorf("sorting %s: %w", s.order.Name, err)
	}
	defer func() {
		if err = errors.Join(err, f.Close()); err != nil {
			err = fmt.Errorf("sorting %s: %w", s.order.Name, err)
		}
	}()
	s.runs = append(s.runs, name)
	return s.order.Write(f, values)
}

// readRun yields the values of one run.
func (s *Sorter[T]) readRun(name string) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var none T
		f, err := os.Open(name)
		if err != nil {
			yield(none, fmt.Errorf("sorting %s: %w", s.order.Name, err))
			return
		}
		defer f.Close()
		for v, err := range s.order.Read(f) {
			if err != nil {
				err = fmt.Errorf("sorting %s: %w", s.order.Name, err)
			}
			if !yield(v, err) || err != nil {
				return
			}
		}
	}
}

// merge yields the values of sorted runs, and of those held, in order.
func (s *Sorter[T]) merge(runs []string) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var none T
		h := &mergeHeap[T]{compare: s.order.Compare}
		sources := []iter.Seq2[T, error]{s.sorted()}
		for _, name := range runs {
			sources = append(sources, s.readRun(name))
		}
		for _, source := range sources {
			next, stop := iter.Pull2(source)
			defer stop()
			c := &cursor[T]{next: next}
			if ok, err := c.advance(); err != nil {
				yield(none, err)
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
				yield(none, err)
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

type cursor[T any] struct {
	now  T
	next func() (T, error, bool)
}

func (c *cursor[T]) advance() (bool, error) {
	v, err, ok := c.next()
	c.now = v
	return ok, err
}

type mergeHeap[T any] struct {
	cursors []*cursor[T]
	compare func(a, b T) int
}

func (h *mergeHeap[T]) Len() int           { return len(h.cursors) }
func (h *mergeHeap[T]) Less(i, j int) bool { return h.compare(h.cursors[i].now, h.cursors[j].now) < 0 }
func (h *mergeHeap[T]) Swap(i, j int)      { h.cursors[i], h.cursors[j] = h.cursors[j], h.cursors[i] }
func (h *mergeHeap[T]) Push(x any)         { h.cursors = append(h.cursors, x.(*cursor[T])) }
func (h *mergeHeap[T]) Pop() any {
	last := h.cursors[len(h.cursors)-1]
	h.cursors = h.cursors[:len(h.cursors)-1]
	return last
}
