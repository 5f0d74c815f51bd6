package store

import (
	"context"
	"fmt"
	"io"
	"slices"
	"sync"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/util"
	"github.com/apache/arrow/go/v15/parquet/file"
	"github.com/gongkai-data/gongkai/store/columns"
)

// kept holds row groups that were read, the latest used, up to a number of bytes.
type kept struct {
	mu    sync.Mutex
	most  int64
	bytes int64
	held  map[keptKey]arrow.Record
	order []keptKey // the latest used last; they are some dozens
}

// keptKey names the columns read of one row group of a file.
type keptKey struct {
	path   string
	group  int
	leaves string
}

// Keep holds on to the row groups that are read for some issuers or reports, up to a number of bytes: who asks for one
// report after another, in the order of the tables, then reads each group once. Without it each question reads anew,
// and only as far as it must, which suits questions from all over a large dataset better.
func (d *Dataset) Keep(bytes int64) {
	d.kept.Store(&kept{most: bytes, held: map[keptKey]arrow.Record{}})
}

// group returns the columns of a row group, read whole where it is not held. It is never released: the collector frees
// what is held no more.
func (k *kept) group(ctx context.Context, pf *file.Reader, path string, group int, leaves []int) (arrow.Record, error) {
	key := keptKey{path, group, fmt.Sprint(leaves)}
	k.mu.Lock()
	rec := k.held[key]
	if rec != nil {
		k.order = append(slices.DeleteFunc(k.order, func(o keptKey) bool { return o == key }), key)
	}
	k.mu.Unlock()
	if rec != nil {
		return rec, nil
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	r, err := columns.NewReader(pf, leaves, []int{group}, pf.MetaData().RowGroup(group).NumRows())
	if err != nil {
		return nil, err
	}
	defer r.Release()
	if rec, err = r.Read(); err != nil {
		if err == io.EOF {
			err = io.ErrUnexpectedEOF // a group of no rows is never written
		}
		return nil, err
	}
	k.hold(key, rec)
	return rec, nil
}

func (k *kept) hold(key keptKey, rec arrow.Record) {
	size := util.TotalRecordSize(rec)
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.held[key] != nil || size > k.most {
		return // another goroutine read it meanwhile, or it is larger than all that may be held
	}
	k.held[key], k.order, k.bytes = rec, append(k.order, key), k.bytes+size
	for k.bytes > k.most {
		k.bytes -= util.TotalRecordSize(k.held[k.order[0]])
		delete(k.held, k.order[0])
		k.order = k.order[1:]
	}
}
