// Package export writes tables of the dataset in other forms than Parquet: CSV, XLSX, Arrow, and a script that makes a
// DuckDB database.
package export

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/store"
)

// Selection says which rows to export, and which values. The zero value selects every table whole, as published.
type Selection struct {
	// Corrected puts corrections in place of what was published, in the columns of panel and series that hold values;
	// the columns corrected and corrected_value and the table corrections tell which they are. Facts are always as
	// published.
	Corrected bool

	Tables  []string // names of tables; empty means all
	Issuers []string // issuer_id; applies to the tables that have the column
	Years   []int32  // applies to the tables that have the column
}

// rows are the selected rows of one table.
type rows struct {
	table *schema.Table
	each  iter.Seq2[[]any, error] // as text-free cells, see schema.Table.Values
	// records are the rows as Arrow records, each good until the next is asked for.
	records iter.Seq2[arrow.Record, error]
}

// tables lists the selected tables of a dataset in the order of the contract.
func (s Selection) tables(ctx context.Context, d *store.Dataset) ([]rows, error) {
	var panel func(*schema.Panel)
	var series func(*schema.Series)
	if s.Corrected {
		values, err := readCorrected(ctx, d)
		if err != nil {
			return nil, err
		}
		panel, series = values.panel, values.series
	}
	all := []rows{
		open[schema.Report](ctx, d, schema.Reports, s), open[schema.Fact](ctx, d, schema.Facts, s), open[schema.Mention](ctx, d, schema.Mentions, s),
		open[schema.Check](ctx, d, schema.Checks, s), open[schema.Problem](ctx, d, schema.Problems, s), open[schema.Text](ctx, d, schema.Texts, s), open[schema.Reuse](ctx, d, schema.ReuseTable, s),
		changed(ctx, d, d.Panel(), s, panel),
		changed(ctx, d, schema.SeriesTable, s, series), open[schema.Correction](ctx, d, schema.Corrections, s), open[schema.Issuer](ctx, d, schema.IssuersTable, s), open[schema.Coverage](ctx, d, schema.CoverageTable, s), open[schema.Capture](ctx, d, schema.Captures, s),
		open[schema.Division](ctx, d, schema.Divisions, s), open[schema.Indicator](ctx, d, schema.Indicators, s),
	}
	all = slices.DeleteFunc(all, func(r rows) bool { return !d.Holds(r.table) })
	if len(s.Tables) == 0 {
		return all, nil
	}
	var out []rows
	for _, name := range s.Tables {
		i := slices.IndexFunc(all, func(r rows) bool { return r.table.Name == name })
		if i < 0 {
			return nil, fmt.Errorf("the dataset has no table %q", name)
		}
		out = append(out, all[i])
	}
	return out, nil
}

func open[R any](ctx context.Context, d *store.Dataset, t *schema.Table, s Selection) rows {
	return changed[R](ctx, d, t, s, nil)
}

// changed opens a table whose rows are changed on the way, where change is given.
func changed[R any](ctx context.Context, d *store.Dataset, t *schema.Table, s Selection, change func(*R)) rows {
	t = d.Table(t)
	q := store.Query{}
	if t.Column("issuer_id") != nil {
		q.Issuers = s.Issuers
	}
	if t.Column("year") != nil {
		q.Years = s.Years
	}
	each := func(yield func(*R, error) bool) {
		for r, err := range store.Rows[R](ctx, d, t, q) {
			if err != nil {
				yield(nil, fmt.Errorf("reading the table %s: %w", t.Name, err))
				return
			}
			if change != nil {
				change(&r)
			}
			if !yield(&r, nil) {
				return
			}
		}
	}
	return rows{t, cells(t, each), records(t, each)}
}

func cells[R any](t *schema.Table, each iter.Seq2[*R, error]) iter.Seq2[[]any, error] {
	return func(yield func([]any, error) bool) {
		for r, err := range each {
			if err != nil {
				yield(nil, err)
				return
			}
			if !yield(t.Values(r), nil) {
				return
			}
		}
	}
}

// text prints one cell: null as nothing, lists with ';' between, times in RFC 3339.
func text(cell any) string {
	switch v := cell.(type) {
	case nil:
		return ""
	case string:
		return v
	case bool:
		return strconv.FormatBool(v)
	case int32:
		return strconv.FormatInt(int64(v), 10)
	case int64:
		return strconv.FormatInt(v, 10)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case schema.Date:
		return v.String()
	case time.Time:
		return v.UTC().Format(time.RFC3339)
	case []string:
		return strings.Join(v, ";")
	case []int32:
		words := make([]string, len(v))
		for i, n := range v {
			words[i] = strconv.Itoa(int(n))
		}
		return strings.Join(words, ";")
	}
	return fmt.Sprint(cell)
}

// inert prints one cell so that a spreadsheet does not run it; numbers of ours are never text.
func inert(cell any) string {
	switch cell.(type) {
	case string, []string:
		return Inert(text(cell))
	}
	return text(cell)
}

// Inert keeps a spreadsheet from running a text as a formula (CSV injection, OWASP): one that begins with a sign that
// opens a formula, behind blanks or not, gets a leading apostrophe. Some programs take the wide signs of Chinese text
// for the narrow ones.
func Inert(s string) string {
	first, _ := utf8.DecodeRuneInString(strings.TrimLeftFunc(s, unicode.IsSpace))
	opening, _ := utf8.DecodeRuneInString(s)
	if s != "" && (strings.ContainsRune("=+-@＝＋－＠", first) || strings.ContainsRune("\t\r\n", opening)) {
		return "'" + s
	}
	return s
}

// ErrTooManyRows says that a selection does not fit into a sheet.
var ErrTooManyRows = errors.New("more rows than a sheet holds")
