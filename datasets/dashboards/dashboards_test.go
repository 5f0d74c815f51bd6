// Package dashboards_test runs the recipes of this folder on a small dataset, with the programs that they are for.
package dashboards_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/query/querytest"
)

// need skips a test without a program, except in continuous integration, where it fails.
func need(t *testing.T, program string, probe ...string) {
	t.Helper()
	if out, err := exec.Command(program, probe...).CombinedOutput(); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("%s %v: %v: %s", program, probe, err, out)
		}
		t.Skipf("%s %v does not run here: %v", program, probe, err)
	}
}

func dataset(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "dataset")
	querytest.Write(t, dir, querytest.Towns()...)
	return dir
}

func run(t *testing.T, dir, program string, args ...string) string {
	t.Helper()
	cmd := exec.Command(program, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GONGKAI_DATA=.")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", program, err, out)
	}
	return string(out)
}

func TestViews(t *testing.T) {
	need(t, "python3", "-c", "import duckdb")
	sql, err := filepath.Abs("views.sql")
	if err != nil {
		t.Fatal(err)
	}
	out := run(t, dataset(t), "python3", "-c", `
import duckdb, sys
db = duckdb.connect()
db.execute(open(sys.argv[1]).read())
for (view,) in db.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal ORDER BY 1").fetchall():
    print(view, db.execute(f"SELECT count(*) FROM {view}").fetchone()[0])
print("first", db.execute("SELECT value FROM received_over_years WHERE issuer_id = '370686107000' AND year = 2022").fetchone()[0])
print("word", db.execute("SELECT times, reports FROM words_by_year WHERE word = '政务公开' AND year = 2020").fetchone())
print("length", db.execute("SELECT section, year, reports FROM text_lengths").fetchall())
print("passage", db.execute("SELECT issuer_name, passage FROM passages('寺口镇主动公开')").fetchall())
print("shared", db.execute("SELECT other_name, relation, longest FROM shared_texts WHERE report_id LIKE '370686107000%'").fetchall())
print("placed", db.execute("SELECT count(*) FROM reuse JOIN report_texts USING (report_id) WHERE substr(text, start_offset + 1, longest_characters) = passage").fetchone()[0])
print("new", db.execute("SELECT year, places, median_new_share FROM new_text_by_year").fetchall())
print("few", db.execute("SELECT count(*) FROM requests_by_year WHERE few_cases").fetchall()[0][0])
`, sql)
	for _, want := range []string{"requests_by_year 15", "reports 15", "coverage_by_year 3", "failed_checks 1", "few 5", "texts 5", "word (5, 5)", "length [(1, 2020, 5)]",
		"shared [('栖霞市观里镇', 'same_county', 21)]", "placed 4", "new [(2020, 5, 0.3)]",
		"passage [('栖霞市寺口镇', '坚持以公开为常态，寺口镇主动公开政府信息。\\n加强政务公开培训。')]"} {
		if !strings.Contains(out, want) {
			t.Errorf("the views lack %q:\n%s", want, out)
		}
	}
}

func TestNotebook(t *testing.T) {
	need(t, "python3", "-c", "import pandas, pyarrow")
	body, err := os.ReadFile("explore.ipynb")
	if err != nil {
		t.Fatal(err)
	}
	var book struct {
		Cells []struct {
			Type   string `json:"cell_type"`
			Source []string
		}
	}
	if err := json.Unmarshal(body, &book); err != nil {
		t.Fatal(err)
	}
	var code strings.Builder
	cells := 0
	for _, c := range book.Cells {
		if c.Type == "code" {
			cells++
			code.WriteString(strings.Join(c.Source, "") + "\n")
		}
	}
	if out := run(t, dataset(t), "python3", "-c", code.String()+"print(len(flagged), len(rates))"); cells < 5 || !strings.Contains(out, "5 5") {
		t.Errorf("%d cells give %s", cells, out)
	}
}

// R reads the CSV where its duckdb package is not installed.
func TestR(t *testing.T) {
	need(t, "Rscript", "-e", "1")
	need(t, "python3", "-c", "import duckdb")
	script, err := filepath.Abs("explore.R")
	if err != nil {
		t.Fatal(err)
	}
	dir := dataset(t)
	run(t, dir, "python3", "-c", `import duckdb; duckdb.sql("COPY 'panel.parquet' TO 'panel.csv' (HEADER)")`)
	if out := run(t, dir, "Rscript", script, "."); !strings.Contains(out, "0.8") || !strings.Contains(out, "2022") {
		t.Errorf("R prints %s", out)
	}
	if _, err := os.Stat(filepath.Join(dir, "requests.svg")); err != nil {
		t.Errorf("no picture: %v", err)
	}
}
