package store

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/array"
	"github.com/apache/arrow/go/v15/arrow/memory"
	"github.com/gongkai-data/gongkai/datasets/schema"
)

// mergeFiles writes the stale files of the dataset that stands anew: their rows but those of issuers that are gone, and
// the rows added to them. Rows that stay are copied by the column, from record to record. It returns the rows of files
// that did not stand, in their order.
func (t *TableWriter[R]) mergeFiles(ctx context.Context, w *DatasetWriter, years map[string]bool) (items []ManifestItem, rest []*keyed[R], err error) {
	added := map[string][]*keyed[R]{} // by partition; of few issuers
	var order []string
	for k, err := range t.sort.Sorted() {
		if err != nil {
			return nil, nil, err
		}
		part := partOfRow(t.table, k.row)
		if added[part] == nil {
			order = append(order, part)
		}
		if t.amend != nil {
			t.amend(k.row)
		}
		added[part] = append(added[part], k)
	}
	for _, f := range t.standing.Data.manifest.Files {
		part := partOf(t.table, f.Path)
		if f.Table != t.table.Name || !t.standing.Stale(t.table.Name, part) {
			continue
		}
		item, err := t.mergeFile(ctx, w, f.Path, added[part], years[part] || !t.table.Partitioned && !t.table.Optional)
		if err != nil {
			return nil, nil, fmt.Errorf("writing %s anew: %w", f.Path, err)
		}
		if item.Path != "" {
			items = append(items, item)
		}
		delete(added, part)
	}
	for _, part := range order {
		rest = append(rest, added[part]...)
	}
	return items, rest, nil
}

// merger writes rows of a file that stands and rows added, by the column that orders both.
type merger struct {
	gone   func(id string) bool // the rows of an issuer, or of a report of one, do not stay
	begin  func() error         // opens file, unless it is open
	file   *recordFile
	column string          // issuer_id, or report_id where there is none
	added  []string        // of the rows added, in order
	put    func(int) error // adds one of them to the file
	done   int             // how many were
}

// mergeFile writes one file; it gives no item where there is no row and it need not be.
func (t *TableWriter[R]) mergeFile(ctx context.Context, w *DatasetWriter, path string, added []*keyed[R], needed bool) (item ManifestItem, err error) {
	m := &merger{column: sortedBy(t.table), gone: t.standing.Gone}
	if m.column == "report_id" {
		m.gone = func(id string) bool { return t.standing.Gone(IssuerOfReport(id)) }
	}
	key, err := newSortField[R](m.column)
	if err != nil {
		return item, err
	}
	for _, k := range added {
		m.added = append(m.added, key(k.row))
	}
	var file *parquetFile[R]
	m.put = func(i int) error { return file.add(added[i].row) }
	m.begin = func() (err error) {
		if file == nil {
			if file, err = createParquet[R](w.building, path, t.table, w.opt.Software); err == nil {
				m.file = file.recordFile
			}
		}
		return err
	}
	return m.write(ctx, t.standing.Data, path, t.table, needed)
}

func (m *merger) write(ctx context.Context, standing *Dataset, path string, t *schema.Table, needed bool) (item ManifestItem, err error) {
	if needed {
		err = m.begin()
	}
	if err == nil {
		err = readFile(ctx, standing, path, t, Query{}, m.take)
	}
	if err == nil {
		err = m.addAll(func(string) bool { return true })
	}
	if m.file == nil {
		return item, err
	}
	item, finishErr := m.file.finish()
	return item, errors.Join(err, finishErr)
}

// take writes the rows of a record that stay, and those added that stand before them.
func (m *merger) take(rec arrow.Record) error {
	ids := columnOf[*array.String](rec, m.column, true)
	if ids == nil {
		return fmt.Errorf("the file lacks column %s", m.column)
	}
	from, last, gone := 0, "", false
	stay := func(to int) error { // rows up to to, unless they are gone
		if gone || from == to {
			return nil
		}
		if err := m.begin(); err != nil {
			return err
		}
		return m.file.addRecord(rec, from, to)
	}
	for i := range ids.Len() {
		id := ids.Value(i)
		if i > 0 && id == last {
			continue
		}
		last = id
		next, more := m.next()
		is := m.gone(id)
		if is == gone && (!more || next >= id) {
			continue
		}
		if err := stay(i); err != nil {
			return err
		}
		if err := m.before(id); err != nil {
			return err
		}
		from, gone = i, is
	}
	return stay(ids.Len())
}

func (m *merger) next() (id string, more bool) {
	if m.done == len(m.added) {
		return "", false
	}
	return m.added[m.done], true
}

// before writes the rows added that stand before an issuer or report.
func (m *merger) before(id string) error {
	return m.addAll(func(next string) bool { return next < id })
}

// addAll writes the rows added as long as which holds.
func (m *merger) addAll(which func(id string) bool) error {
	for next, more := m.next(); more && which(next); next, more = m.next() {
		err := m.begin()
		if err == nil {
			err = m.put(m.done)
		}
		if err != nil {
			return err
		}
		m.done++
	}
	return nil
}

// addRecord adds rows from to to of a record.
func (p *recordFile) addRecord(rec arrow.Record, from, to int) error {
	reports := columnOf[*array.String](rec, "report_id", p.table.Partitioned)
	report := func(row int) string {
		if reports == nil {
			return ""
		}
		return reports.Value(row)
	}
	for from < to {
		if p.endsBefore(report(from)) {
			if err := p.flush(); err != nil {
				return err
			}
		}
		if p.pending > p.heldRows {
			p.held, p.heldRows = append(p.held, p.built.Record()), p.pending
		}
		end := min(to, from+p.group-p.pending)
		if p.pending >= p.group { // what is left of the last report
			for end = from + 1; end < to && report(end) == report(from) && p.pending+end-from < 4*p.group; end++ {
			}
		}
		p.held = append(p.held, rec.NewSlice(int64(from), int64(end)))
		n := end - from
		p.report = strings.Clone(report(end - 1)) // the record goes
		from, p.heldRows, p.pending, p.rows = end, p.heldRows+n, p.pending+n, p.rows+int64(n)
	}
	return nil
}

// record is all rows held as one record.
func (p *recordFile) record() (arrow.Record, error) {
	if len(p.held) == 0 {
		return p.built.Record(), nil
	}
	if p.pending > p.heldRows {
		p.held = append(p.held, p.built.Record())
	}
	defer func() {
		for _, r := range p.held {
			r.Release()
		}
		p.held, p.heldRows = p.held[:0], 0
	}()
	columns := make([]arrow.Array, p.table.Arrow().NumFields())
	for i := range columns {
		parts := make([]arrow.Array, len(p.held))
		for j, r := range p.held {
			parts[j] = r.Column(i)
		}
		var err error
		if columns[i], err = array.Concatenate(parts, memory.DefaultAllocator); err != nil {
			return nil, err
		}
		defer columns[i].Release()
	}
	return array.NewRecord(p.table.Arrow(), columns, int64(p.pending)), nil
}

// sortField takes the text of a column out of a row.
type sortField[R any] func(*R) string

func newSortField[R any](column string) (sortField[R], error) {
	row := reflect.TypeFor[R]()
	for i := range row.NumField() {
		if row.Field(i).Tag.Get("col") == column && row.Field(i).Type.Kind() == reflect.String {
			return func(r *R) string { return reflect.ValueOf(r).Elem().Field(i).String() }, nil
		}
	}
	return nil, fmt.Errorf("the rows have no text %s", column)
}
