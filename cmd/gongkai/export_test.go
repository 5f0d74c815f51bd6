package main

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/store"
	"github.com/xuri/excelize/v2"
)

// The exports of the sample hold what the Parquet holds, cell by cell.
func TestExport(t *testing.T) {
	inSample(t)
	if code, _, errOut := gongkai(t, "export", "--csv", "csv", "--xlsx", "book.xlsx", "--duckdb", "gongkai.sql"); code != exitDone {
		t.Fatalf("exit %d: %s", code, errOut)
	}
	dataset, err := store.OpenDataset("dataset")
	if err != nil {
		t.Fatal(err)
	}
	defer dataset.Close()
	var facts []schema.Fact
	for f, err := range store.Rows[schema.Fact](t.Context(), dataset, schema.Facts, store.Query{}) {
		if err != nil {
			t.Fatal(err)
		}
		facts = append(facts, f)
	}
	sheets := map[string][][]string{"csv": readCSV(t, filepath.Join("csv", "facts.csv"))}
	book, err := excelize.OpenFile("book.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	if sheets["xlsx"], err = book.GetRows("facts"); err != nil {
		t.Fatal(err)
	}
	for form, rows := range sheets {
		if len(rows) != len(facts)+1 {
			t.Fatalf("%s: %d rows for %d facts", form, len(rows), len(facts))
		}
		column := map[string]int{}
		for i, name := range rows[0] {
			column[name] = i
		}
		for i, f := range facts {
			row := rows[i+1]
			want := ""
			if f.Value != nil {
				want = trimFloat(*f.Value)
			}
			if row[column["value"]] != want || row[column["indicator"]] != f.Indicator || row[column["report_id"]] != f.ReportID {
				t.Fatalf("%s: row %d is %q, want %s %s", form, i+1, row, f.Indicator, want)
			}
		}
	}
	if script, err := os.ReadFile("gongkai.sql"); err != nil || !strings.Contains(string(script), "CREATE OR REPLACE TABLE facts") {
		t.Errorf("script: %v", err)
	}
	for _, entry := range []string{"reports", "panel", "divisions", "problems"} {
		if _, err := os.Stat(filepath.Join("csv", entry+".csv")); err != nil {
			t.Error(err)
		}
	}
	if code, _, errOut := gongkai(t, "export", "--csv", "one", "--tables", "facts", "--years", "2022"); code != exitDone {
		t.Fatalf("exit %d: %s", code, errOut)
	}
	for i, row := range readCSV(t, filepath.Join("one", "facts.csv")) {
		if i > 0 && row[2] != "2022" {
			t.Fatalf("a row of another year: %q", row)
		}
	}
	for _, args := range []string{"export", "export --csv x --years 2024-2019", "export --csv x --years soon"} {
		if code, _, _ := gongkai(t, strings.Fields(args)...); code != exitUsage {
			t.Errorf("gongkai %s: exit %d, want %d", args, code, exitUsage)
		}
	}
}

func readCSV(t *testing.T, name string) [][]string {
	t.Helper()
	body, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	text, marked := strings.CutPrefix(string(body), "\ufeff")
	if !marked {
		t.Errorf("%s has no byte order mark", name)
	}
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}
