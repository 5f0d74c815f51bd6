package export

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/ipc"
	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/store"
)

// decode reads a record back into rows.
func decode[R any](t *testing.T, table *schema.Table, record arrow.Record) (out []R) {
	t.Helper()
	if err := schema.Decode(table, record, func(r *R) error { out = append(out, *r); return nil }); err != nil {
		t.Fatal(err)
	}
	return out
}

// The files hold every row as the dataset does, blanks as nulls, with the schema of the contract.
func TestArrow(t *testing.T) {
	d, _ := dataset(t)
	dir := t.TempDir()
	if err := Arrow(context.Background(), d, dir, Selection{}); err != nil {
		t.Fatal(err)
	}
	sameRows[schema.Fact](t, d, schema.Facts, dir)
	sameRows[schema.Panel](t, d, d.Panel(), dir)
	if err := Arrow(context.Background(), d, dir, Selection{Corrected: true, Tables: []string{"panel"}, Years: []int32{2022}, Issuers: []string{"370686101000"}}); err != nil {
		t.Fatal(err)
	}
	if got := fileRows[schema.Panel](t, d.Panel(), dir); len(got) != 1 || got[0].Values["requests.received"] != 99 {
		t.Errorf("%+v", got)
	}
}

func sameRows[R any](t *testing.T, d *store.Dataset, table *schema.Table, dir string) {
	t.Helper()
	var want []R
	for r, err := range store.Rows[R](context.Background(), d, table, store.Query{}) {
		if err != nil {
			t.Fatal(err)
		}
		want = append(want, r)
	}
	if got := fileRows[R](t, table, dir); len(want) == 0 || !reflect.DeepEqual(got, want) {
		t.Errorf("%s: %d rows of %d, or others", table.Name, len(got), len(want))
	}
}

func fileRows[R any](t *testing.T, table *schema.Table, dir string) (out []R) {
	t.Helper()
	f, err := os.Open(filepath.Join(dir, table.Name+".arrow"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r, err := ipc.NewFileReader(f)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if !r.Schema().Equal(table.Arrow()) {
		t.Errorf("%s has the schema %v", table.Name, r.Schema())
	}
	for i := range r.NumRecords() {
		record, err := r.Record(i)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, decode[R](t, table, record)...)
	}
	return out
}

// A stream has all rows of a long table in records of bounded length, and one that breaks off has no end mark.
func TestArrowRecords(t *testing.T) {
	const n = 2*batchRows + 1
	broken := errors.New("broken")
	each := func(fail int) func(func(*schema.Division, error) bool) {
		return func(yield func(*schema.Division, error) bool) {
			for i := range n {
				if i == fail {
					yield(nil, broken)
					return
				}
				if !yield(&schema.Division{Code: string(rune('a' + i%26)), Name: "甲镇"}, nil) {
					return
				}
			}
		}
	}
	stream := func(fail int) (*bytes.Buffer, error) {
		var b bytes.Buffer
		w := ipc.NewWriter(&b, ipc.WithSchema(schema.Divisions.Arrow()), ipc.WithLZ4())
		return &b, write(w, rows{table: schema.Divisions, records: records(schema.Divisions, each(fail))})
	}
	b, err := stream(-1)
	if err != nil {
		t.Fatal(err)
	}
	r, err := ipc.NewReader(b)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Release()
	var all []schema.Division
	for r.Next() {
		if r.Record().NumRows() > batchRows {
			t.Errorf("a record of %d rows", r.Record().NumRows())
		}
		all = append(all, decode[schema.Division](t, schema.Divisions, r.Record())...)
	}
	if r.Err() != nil || len(all) != n || all[n-1].Code != string(rune('a'+(n-1)%26)) {
		t.Errorf("%d rows of %d, %v", len(all), n, r.Err())
	}
	b, err = stream(n - 1)
	if end := []byte{0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0}; !errors.Is(err, broken) || bytes.HasSuffix(b.Bytes(), end) {
		t.Errorf("a table that breaks off: %v, and its stream looks whole", err)
	}
}
