package store

import (
	"cmp"
	"errors"
	"io"
	"iter"
	"reflect"

	"github.com/apache/arrow/go/v15/arrow/ipc"
	"github.com/gongkai-data/gongkai/datasets/schema"
)

// runBatch is the number of rows of a run read at a time.
const runBatch = 512

// keyed is a row with the key by which it is sorted. Sorters take pointers to it: then the compiler makes one sorter for
// all tables in place of one for each, half a megabyte of the program.
type keyed[R any] struct {
	key string
	row *R
}

// rowSorter puts rows in the order of their table; its runs are Arrow IPC.
type rowSorter[R any] struct {
	*Sorter[*keyed[R]]
	key *sortKey[R]
}

func newRowSorter[R any](t *schema.Table, dir string, limit int) (*rowSorter[R], error) {
	key, err := newSortKey[R](t)
	if err != nil {
		return nil, err
	}
	order := Order[*keyed[R]]{Name: t.Name,
		Compare: func(a, b *keyed[R]) int {
			if c := cmp.Compare(a.key, b.key); c != 0 {
				return c
			}
			return cmp.Compare(key.full(a.row), key.full(b.row))
		},
		Weight: func(k *keyed[R]) int { return len(k.key) + 32 + weight(reflect.ValueOf(k.row).Elem()) },
		Write:  func(w io.Writer, rows iter.Seq2[*keyed[R], error]) error { return writeRows(w, t, rows) },
		Read:   func(r io.Reader) iter.Seq2[*keyed[R], error] { return readRows(r, t, key) },
	}
	return &rowSorter[R]{NewSorter(dir, limit, order), key}, nil
}

// add takes a copy of a row.
func (s *rowSorter[R]) add(row R) error { return s.Add(&keyed[R]{s.key.of(&row), &row}) }

func writeRows[R any](to io.Writer, t *schema.Table, rows iter.Seq2[*keyed[R], error]) error {
	w := ipc.NewWriter(to, ipc.WithSchema(t.Arrow()), ipc.WithLZ4())
	b, err := schema.NewBuilder[R](t)
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
	return w.Close()
}

func readRows[R any](from io.Reader, t *schema.Table, key *sortKey[R]) iter.Seq2[*keyed[R], error] {
	return func(yield func(*keyed[R], error) bool) {
		r, err := ipc.NewReader(from)
		if err != nil {
			yield(nil, err)
			return
		}
		defer r.Release()
		for r.Next() {
			err := schema.Decode(t, r.Record(), func(row *R) error {
				if !yield(&keyed[R]{key.of(row), row}, nil) {
					return errStopped
				}
				return nil
			})
			if err == errStopped {
				return
			}
			if err != nil {
				yield(nil, err)
				return
			}
		}
		if err := r.Err(); err != nil {
			yield(nil, err)
		}
	}
}

var errStopped = errors.New("the reader wants no more rows")
