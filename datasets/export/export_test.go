package export

import (
	"bytes"
	"context"
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/query/querytest"
	"github.com/gongkai-data/gongkai/store"
	"github.com/xuri/excelize/v2"
)

func dataset(t *testing.T) (*store.Dataset, string) {
	t.Helper()
	places := querytest.Towns()[:2]
	places[0].Name = "=HYPERLINK(\"http://a.example\")"
	right := 99.0
	places[1].Years[2].Corrected = map[string]*float64{"requests.received": &right}
	dir := filepath.Join(t.TempDir(), "dataset")
	querytest.Write(t, dir, places...)
	d, err := store.OpenDataset(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d, dir
}

// table reads a table that was exported as CSV.
func table(t *testing.T, name string) [][]string {
	t.Helper()
	body, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.HasPrefix(body, []byte("\ufeff")) {
		t.Errorf("%s has no byte order mark: Excel shows no Chinese", name)
	}
	all, err := csv.NewReader(bytes.NewReader(body[3:])).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// column is a column of a table by its name.
func column(t *testing.T, all [][]string, name string) []string {
	t.Helper()
	i := slices.Index(all[0], name)
	if i < 0 {
		t.Fatalf("no column %s in %v", name, all[0])
	}
	var out []string
	for _, row := range all[1:] {
		out = append(out, row[i])
	}
	return out
}

// Values are as published, corrections stand beside them or, where they are asked for, in their place; a blank is empty
// and a name runs nothing.
func TestCSV(t *testing.T) {
	d, _ := dataset(t)
	dir := t.TempDir()
	if err := CSV(context.Background(), d, dir, Selection{}); err != nil {
		t.Fatal(err)
	}
	if got := column(t, table(t, filepath.Join(dir, "panel.csv")), "requests_received"); !slices.Equal(got, []string{"", "21", "22", "", "11", "12"}) {
		t.Errorf("%q", got)
	}
	facts := table(t, filepath.Join(dir, "facts.csv"))
	states, values := column(t, facts, "state"), column(t, facts, "value")
	for i := range states {
		if (states[i] == "reported") != (values[i] != "") {
			t.Errorf("a cell that is %s has the value %q", states[i], values[i])
		}
	}
	for _, name := range column(t, table(t, filepath.Join(dir, "reports.csv")), "issuer_name") {
		if strings.HasPrefix(name, "=") {
			t.Errorf("a spreadsheet would run %q", name)
		}
	}
	if err := CSV(context.Background(), d, dir, Selection{Corrected: true, Tables: []string{"panel"}, Years: []int32{2022}, Issuers: []string{"370686101000"}}); err != nil {
		t.Fatal(err)
	}
	if got := column(t, table(t, filepath.Join(dir, "panel.csv")), "requests_received"); !slices.Equal(got, []string{"99"}) {
		t.Errorf("%q", got)
	}
	if err := CSV(context.Background(), d, dir, Selection{Tables: []string{"panels"}}); err == nil {
		t.Error("a table that is not there is exported")
	}
}

// A workbook has a sheet a table, with numbers as numbers.
func TestXLSX(t *testing.T) {
	d, _ := dataset(t)
	name := filepath.Join(t.TempDir(), "a.xlsx")
	if err := XLSX(context.Background(), d, name, Selection{Tables: []string{"reports", "panel"}}); err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenFile(name)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	if got := book.GetSheetList(); !slices.Contains(got, "reports") || !slices.Contains(got, "panel") {
		t.Errorf("%v", got)
	}
	rows, err := book.GetRows("panel")
	if err != nil || len(rows) != 7 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	at := slices.Index(rows[0], "requests_received")
	axis, _ := excelize.CoordinatesToCellName(at+1, 3)
	if kind, err := book.GetCellType("panel", axis); err != nil || kind == excelize.CellTypeSharedString || kind == excelize.CellTypeInlineString || rows[2][at] != "21" {
		t.Errorf("%s holds %q of type %v, %v", axis, rows[2][at], kind, err)
	}
}

// The script names every table of the dataset once, with its files, and describes every column.
func TestDuckDB(t *testing.T) {
	d, dir := dataset(t)
	var b bytes.Buffer
	if err := DuckDB(&b, d, dir); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"CREATE OR REPLACE TABLE panel ", "CREATE OR REPLACE TABLE facts ", "/facts/*/*.parquet", "COMMENT ON COLUMN series.\"value\"", "(unit: CNY_10k)"} {
		if strings.Count(b.String(), want) == 0 {
			t.Errorf("the script lacks %q", want)
		}
	}
	if strings.Count(b.String(), "CREATE OR REPLACE TABLE issuers ") != 1 {
		t.Error("the table issuers is not made once")
	}
}

func TestInert(t *testing.T) {
	for in, want := range map[string]string{"=1": "'=1", " +1": "' +1", "＝1": "'＝1", "\t1": "'\t1", "甲镇": "甲镇", "": "", "a=b": "a=b"} {
		if got := Inert(in); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
		if again := Inert(Inert(in)); again != Inert(in) {
			t.Errorf("%q changes each time", in)
		}
	}
}
