package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/array"
	"github.com/apache/arrow/go/v15/parquet/file"
	parquetSchema "github.com/apache/arrow/go/v15/parquet/schema"
	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/store/columns"
)

// Query selects rows and columns of a table. The zero value selects all.
type Query struct {
	Columns []string // fields of other columns stay zero
	Issuers []string // issuer_id; needs a table with that column
	Reports []string // report_id; needs a table with that column
	Years   []int32  // rows of these years; a null year is in none
}

// Rows yields the rows of a table (a table of package schema, or Dataset.Panel) that a query selects, in the table's
// order, years first where it is partitioned. Files of other years and row groups of other issuers or reports are not
// read.
func Rows[R any](ctx context.Context, d *Dataset, t *schema.Table, q Query) iter.Seq2[R, error] {
	return func(yield func(R, error) bool) {
		for rec, err := range Records(ctx, d, t, q) {
			var zero R
			if err != nil {
				yield(zero, err)
				return
			}
			err := schema.Decode(t, rec, func(r *R) error {
				if !yield(*r, nil) {
					return errStopped
				}
				return nil
			})
			if err == errStopped {
				return
			}
			if err != nil {
				yield(zero, fmt.Errorf("reading %s: %w", t.Name, err))
				return
			}
		}
	}
}

// Records yields what Rows does as Arrow records, for callers that go over columns of many rows. A record is valid
// during the call only.
func Records(ctx context.Context, d *Dataset, t *schema.Table, q Query) iter.Seq2[arrow.Record, error] {
	return func(yield func(arrow.Record, error) bool) {
		for _, item := range d.manifest.Files {
			if item.Table != t.Name || t.Partitioned && len(q.Years) > 0 && !slices.ContainsFunc(q.Years, func(y int32) bool {
				return item.Path == t.Name+"/"+partition(&y)+"/part-0.parquet"
			}) {
				continue
			}
			err := readFile(ctx, d, item.Path, t, q, func(rec arrow.Record) error {
				if !yield(rec, nil) {
					return errStopped
				}
				return nil
			})
			if err == errStopped {
				return
			}
			if err != nil {
				yield(nil, fmt.Errorf("reading %s: %w", item.Path, err))
				return
			}
		}
	}
}

func readFile(ctx context.Context, d *Dataset, path string, t *schema.Table, q Query, yield func(arrow.Record) error) error {
	pf, foot, err := d.reader(path, len(q.Issuers)+len(q.Reports) > 0)
	if err != nil {
		return err
	}
	leaves, projected, err := leavesFor(pf.MetaData().Schema, t, q, d.manifest.older())
	if err != nil {
		return err
	}
	groups := foot.groups(q)
	if len(groups) == 0 {
		return nil
	}
	f := fileReading{pf, columns.File{Bytes: d.files[path], Footer: pf.MetaData()}, leaves, sortedBy(t), q, func(rec arrow.Record) error { return yieldMatching(rec, q, projected, yield) }}
	switch kept := d.kept.Load(); {
	case len(q.Issuers)+len(q.Reports) == 0:
		return f.batches(ctx, groups)
	case kept != nil:
		for _, g := range groups {
			rec, err := kept.group(ctx, pf, path, g, leaves)
			if err == nil {
				err = f.yield(rec)
			}
			if err != nil {
				return err
			}
		}
		return nil
	}
	return f.stretches(ctx, groups)
}

// fileReading is the reading of columns of one file for a query.
type fileReading struct {
	file   *file.Reader
	bytes  columns.File // the same
	leaves []int
	order  string // the column by which the rows rise
	query  Query
	yield  func(arrow.Record) error // yields the rows of a record that the query selects
}

// batches reads row groups from their beginning.
func (f fileReading) batches(ctx context.Context, groups []int) error {
	// a batch is allocated whole for every column, so it is no larger than what is there to read; who wants few rows
	// stops behind them
	batch, most, last := int64(1), int64(8192), ""
	if wanted := f.query.wanted(f.order); len(wanted) > 0 {
		most, last = 2048, slices.Max(wanted)
	} else if len(f.query.Issuers)+len(f.query.Reports) > 0 {
		most = 2048
	}
	for _, g := range groups {
		batch = min(most, max(batch, f.file.MetaData().RowGroup(g).NumRows()))
	}
	r, err := columns.NewReader(f.file, f.leaves, groups, batch)
	if err != nil {
		return err
	}
	defer r.Release()
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		rec, err := r.Read()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		err = f.yield(rec)
		ids := columnOf[*array.String](rec, f.order, last != "")
		done := ids != nil && ids.Len() > 0 && ids.Value(ids.Len()-1) > last
		rec.Release()
		if err != nil || done {
			return err
		}
	}
}

// longStretch is the number of rows that are read as batches, which hold fewer of them at a time.
const longStretch = 4096

// stretches reads of each row group the rows from the first to the last that the query wants by the column in whose
// order they stand, and decodes no others.
func (f fileReading) stretches(ctx context.Context, groups []int) error {
	wanted := f.query.wanted(f.order)
	leaf := f.file.MetaData().Schema.ColumnIndexByName(f.order)
	if len(wanted) == 0 || leaf < 0 {
		return f.batches(ctx, groups)
	}
	for _, g := range groups {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := f.stretch(ctx, g, leaf, wanted); err != nil {
			return err
		}
	}
	return nil
}

func (f fileReading) stretch(ctx context.Context, group, leaf int, wanted []string) error {
	is := among(wanted)
	from, to, err := f.bytes.Find(leaf, group, func(text []byte) bool { return is(string(text)) })
	if err == nil && from == to {
		return nil
	}
	var rec arrow.Record
	if err == nil && to-from <= longStretch {
		rec, err = f.bytes.Read(f.leaves, group, from, to)
	}
	if errors.Is(err, columns.ErrOther) || err == nil && rec == nil {
		return f.batches(ctx, []int{group})
	}
	if err != nil {
		return err
	}
	defer rec.Release()
	return f.yield(rec)
}

// yieldMatching yields the rows of a record that a query selects.
func yieldMatching(rec arrow.Record, q Query, columns []string, yield func(arrow.Record) error) error {
	for _, span := range matching(rec, q) {
		part := project(rec.NewSlice(span[0], span[1]), columns)
		err := yield(part)
		part.Release()
		if err != nil {
			return err
		}
	}
	return nil
}

// wanted are the values that a query wants of a column of IDs; none where it wants all.
func (q Query) wanted(column string) []string {
	switch column {
	case "issuer_id":
		return q.Issuers
	case "report_id":
		return q.Reports
	}
	return nil
}

// sortedBy is the column by which the rows of each file of a table rise; a file of a partitioned table holds one year.
func sortedBy(t *schema.Table) string {
	order := t.Order
	if t.Partitioned && order[0] == "year" {
		order = order[1:]
	}
	return order[0]
}

// leavesFor returns the columns to read (with those that the query filters by) and the names of those to hand out, nil
// for all. A file of an older schema may lack columns, or hold them as another type: these are left out.
func leavesFor(s *parquetSchema.Schema, t *schema.Table, q Query, older bool) ([]int, []string, error) {
	read := slices.Clone(q.Columns)
	if len(read) == 0 {
		for _, c := range t.Columns {
			read = append(read, c.Name)
		}
	}
	for name, used := range map[string]bool{"issuer_id": len(q.Issuers) > 0, "report_id": len(q.Reports) > 0, "year": len(q.Years) > 0} {
		if used && !slices.Contains(read, name) {
			read = append(read, name)
		}
	}
	var columns []int
	for _, name := range read {
		c := t.Column(name)
		if c == nil {
			return nil, nil, fmt.Errorf("table %s has no column %s", t.Name, name)
		}
		i := s.ColumnIndexByName(leaf(*c))
		if i < 0 && older {
			continue
		}
		if i < 0 {
			return nil, nil, fmt.Errorf("the file lacks column %s", leaf(*c))
		}
		columns = append(columns, i)
	}
	return columns, q.Columns, nil
}

// matching returns the stretches [from, to) of rows that the query selects; as rows are sorted by issuer or report,
// they are few.
func matching(rec arrow.Record, q Query) [][2]int64 {
	issuers, years := columnOf[*array.String](rec, "issuer_id", len(q.Issuers) > 0), columnOf[*array.Int32](rec, "year", len(q.Years) > 0)
	reports := columnOf[*array.String](rec, "report_id", len(q.Reports) > 0)
	if issuers == nil && years == nil && reports == nil {
		return [][2]int64{{0, rec.NumRows()}}
	}
	var spans [][2]int64
	issuer, report := among(q.Issuers), among(q.Reports)
	for r := range int(rec.NumRows()) {
		if issuers != nil && !issuer(issuers.Value(r)) || reports != nil && !report(reports.Value(r)) || years != nil && (years.IsNull(r) || !slices.Contains(q.Years, years.Value(r))) {
			continue
		}
		if n := len(spans); n > 0 && spans[n-1][1] == int64(r) {
			spans[n-1][1]++
		} else {
			spans = append(spans, [2]int64{int64(r), int64(r) + 1})
		}
	}
	return spans
}

// among returns what reports whether a text is one of those wanted, which may be all issuers of the country.
func among(wanted []string) func(string) bool {
	if len(wanted) <= 8 {
		return func(text string) bool { return slices.Contains(wanted, text) }
	}
	set := make(map[string]bool, len(wanted))
	for _, w := range wanted {
		set[w] = true
	}
	return func(text string) bool { return set[text] }
}

func columnOf[A arrow.Array](rec arrow.Record, name string, wanted bool) (a A) {
	if i := rec.Schema().FieldIndices(name); wanted && len(i) == 1 {
		a, _ = rec.Column(i[0]).(A)
	}
	return a
}

// project keeps the named columns and releases rec.
func project(rec arrow.Record, names []string) arrow.Record {
	if len(names) == 0 {
		return rec
	}
	defer rec.Release()
	var fields []arrow.Field
	var columns []arrow.Array
	for i, f := range rec.Schema().Fields() {
		if slices.Contains(names, f.Name) {
			fields, columns = append(fields, f), append(columns, rec.Column(i))
		}
	}
	return array.NewRecord(arrow.NewSchema(fields, nil), columns, rec.NumRows())
}
