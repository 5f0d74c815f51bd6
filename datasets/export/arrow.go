package export

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/ipc"
	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/store"
)

// batchRows is the number of rows of a record: as many as keep their columns within a few megabytes.
const batchRows = 4096

// Arrow writes one file per table into the folder dir, in the file format of Arrow IPC, which is version 2 of Feather:
// columns and their descriptions as in the Parquet files, LZ4.
func Arrow(ctx context.Context, d *store.Dataset, dir string, s Selection) error {
	return files(ctx, d, dir, s, ".arrow", arrowFile)
}

func arrowFile(name string, t rows) (err error) {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	w, err := ipc.NewFileWriter(f, ipc.WithSchema(t.table.Arrow()), ipc.WithLZ4())
	if err != nil {
		return err
	}
	return write(w, t)
}

// ArrowStream writes one table of a selection as an Arrow IPC stream.
func ArrowStream(ctx context.Context, w io.Writer, d *store.Dataset, s Selection) error {
	tables, err := s.tables(ctx, d)
	if err != nil {
		return err
	}
	if len(tables) != 1 {
		return fmt.Errorf("a stream holds one table, not %d", len(tables))
	}
	return write(ipc.NewWriter(w, ipc.WithSchema(tables[0].table.Arrow()), ipc.WithLZ4()), tables[0])
}

func write(w interface {
	Write(arrow.Record) error
	Close() error
}, t rows) error {
	for record, err := range t.records {
		if err == nil {
			err = w.Write(record)
		}
		if err != nil {
			return err // without a footer, so that nothing takes a part for the whole
		}
	}
	return w.Close()
}

func records[R any](t *schema.Table, each iter.Seq2[*R, error]) iter.Seq2[arrow.Record, error] {
	return func(yield func(arrow.Record, error) bool) {
		b, err := schema.NewBuilder[R](t)
		if err != nil {
			yield(nil, err)
			return
		}
		defer b.Release()
		n := 0
		flush := func() bool {
			record := b.Record()
			defer record.Release()
			n = 0
			return yield(record, nil)
		}
		for r, err := range each {
			if err == nil {
				err = b.Append(r)
			}
			if err != nil {
				yield(nil, err)
				return
			}
			if n++; n == batchRows && !flush() {
				return
			}
		}
		if n > 0 {
			flush()
		}
	}
}
