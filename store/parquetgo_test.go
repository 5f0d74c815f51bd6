package store

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/parquet-go/parquet-go"
)

// independent reads a Parquet file with parquet-go, which shares no code with Arrow's, as text by row and column;
// "null" is null.
func independent(t *testing.T, path string) (columns []string, rows [][]string) {
	t.Helper()
	f, err := os.Open(path)
	must(t, err)
	defer f.Close()
	info, err := f.Stat()
	must(t, err)
	p, err := parquet.OpenFile(f, info.Size())
	must(t, err)
	if v, ok := p.Lookup(schema.VersionKey); !ok || v != schema.Version {
		t.Errorf("%s: %s is %q", path, schema.VersionKey, v)
	}
	leaves := p.Schema().Columns()
	for _, l := range leaves {
		columns = append(columns, l[0])
	}
	for _, g := range p.RowGroups() {
		r := g.Rows()
		for {
			buf := make([]parquet.Row, 100)
			n, err := r.ReadRows(buf)
			for _, row := range buf[:n] {
				values := make([]string, len(leaves))
				row.Range(func(c int, vs []parquet.Value) bool {
					if len(leaves[c]) > 1 {
						list := []string{}
						for _, v := range vs {
							if !v.IsNull() {
								list = append(list, v.String())
							}
						}
						values[c] = fmt.Sprint(list)
					} else if vs[0].IsNull() {
						values[c] = "null"
					} else {
						values[c] = vs[0].String()
					}
					return true
				})
				rows = append(rows, values)
			}
			if err == io.EOF {
				break
			}
			must(t, err)
		}
		must(t, r.Close())
	}
	return columns, rows
}

// asText gives the columns of a row as independent does.
func asText[R any](tab *schema.Table, row R) (values []string) {
	v := reflect.ValueOf(row)
	for _, c := range tab.Columns {
		for i := range v.NumField() {
			f := v.Field(i)
			switch name := v.Type().Field(i).Tag.Get("col"); {
			case name == "*":
				for id, x := range f.Interface().(map[string]float64) {
					if schema.ColumnName(id) == c.Name {
						values = append(values, fmt.Sprint(x))
					}
				}
				continue
			case name != c.Name:
				continue
			}
			if f.Kind() == reflect.Pointer && f.IsNil() {
				values = append(values, "null")
				continue
			}
			f = reflect.Indirect(f)
			switch x := f.Interface().(type) {
			case time.Time:
				values = append(values, fmt.Sprint(x.UnixMicro()))
			case schema.Date:
				values = append(values, fmt.Sprint(int32(x)))
			default:
				values = append(values, fmt.Sprint(x))
			}
		}
	}
	return values
}

func compareFiles[R any](t *testing.T, out string, d *Dataset, tab *schema.Table, want []R) {
	t.Helper()
	var names []string
	for _, c := range tab.Columns {
		names = append(names, c.Name)
	}
	var got [][]string
	for _, item := range d.Manifest().Files {
		if item.Table == tab.Name {
			columns, rows := independent(t, filepath.Join(out, item.Path))
			if !slices.Equal(columns, names) {
				t.Errorf("%s has columns %v, want %v", item.Path, columns, names)
			}
			got = append(got, rows...)
		}
	}
	if len(got) != len(want) {
		t.Fatalf("%s: %d rows, want %d", tab.Name, len(got), len(want))
	}
	for i, w := range want {
		text := asText(tab, w)
		if tab.Name == "panel" {
			text = slices.Insert(text, slices.Index(names, "requests_received"), "null") // the indicator without a value
		}
		if !slices.Equal(got[i], text) {
			t.Fatalf("%s row %d is\n%v, want\n%v", tab.Name, i, got[i], text)
		}
	}
}

func TestIndependentReader(t *testing.T) {
	out := filepath.Join(t.TempDir(), "dataset")
	w := createTest(t, out, 0)
	facts := testFacts(10_000)
	addSample(t, w, facts)
	commit(t, w)
	d := openData(t, out)
	key, err := newSortKey[schema.Fact](schema.Facts)
	must(t, err)
	slices.SortFunc(facts, func(a, b schema.Fact) int {
		if key.of(&a) < key.of(&b) {
			return -1
		}
		return 1
	})
	compareFiles(t, out, d, schema.Facts, facts)
	compareFiles(t, out, d, schema.Reports, collect[schema.Report](t, d, schema.Reports, Query{}))
	compareFiles(t, out, d, schema.Mentions, collect[schema.Mention](t, d, schema.Mentions, Query{}))
	compareFiles(t, out, d, schema.Checks, []schema.Check{})
	compareFiles(t, out, d, schema.Problems, collect[schema.Problem](t, d, schema.Problems, Query{}))
	compareFiles(t, out, d, d.Panel(), collect[schema.Panel](t, d, d.Panel(), Query{}))
	compareFiles(t, out, d, schema.SeriesTable, []schema.Series{})
	compareFiles(t, out, d, schema.CoverageTable, []schema.Coverage{})
	compareFiles(t, out, d, schema.Captures, collect[schema.Capture](t, d, schema.Captures, Query{}))
	compareFiles(t, out, d, schema.Divisions, collect[schema.Division](t, d, schema.Divisions, Query{}))
	compareFiles(t, out, d, schema.Indicators, collect[schema.Indicator](t, d, schema.Indicators, Query{}))
}
