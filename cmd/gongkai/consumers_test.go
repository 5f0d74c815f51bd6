package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/schema"
)

// needs skips the test where a program of the users is absent, but for continuous integration, where it must be there.
func needs(t *testing.T, program string, args ...string) {
	t.Helper()
	out, err := exec.Command(program, args...).CombinedOutput()
	switch {
	case err == nil:
	case os.Getenv("CI") == "true":
		t.Fatalf("%s %v must work here: %v\n%s", program, args, err, out)
	default:
		t.Skipf("left out without %s %v: %v", program, args, err)
	}
}

// expected is what Go's reader sees in the sample dataset, for other readers to compare with.
type expected struct {
	Rows      map[string]int64  `json:"rows"` // by table
	Numbers   int               `json:"numbers"`
	Sum       float64           `json:"sum"`
	Titles    []string          `json:"titles"`
	Published map[string]string `json:"published"` // by report_id
	Years     map[string]int    `json:"years"`     // facts
}

func expectedOfSample(t *testing.T) expected {
	t.Helper()
	e := expected{Rows: map[string]int64{}, Published: map[string]string{}, Years: map[string]int{}}
	body, err := os.ReadFile("dataset/manifest.json")
	if err != nil {
		t.Fatal(err)
	}
	var manifest struct {
		Files []struct {
			Table string
			Rows  int64
		}
	}
	if err := json.Unmarshal(body, &manifest); err != nil {
		t.Fatal(err)
	}
	for _, f := range manifest.Files {
		if f.Table != "" {
			e.Rows[f.Table] += f.Rows
		}
	}
	for _, f := range rowsOf[schema.Fact](t, schema.Facts) {
		e.Years[strconv.Itoa(int(*f.Year))]++
		if f.Value != nil {
			e.Numbers++
			e.Sum += *f.Value
		}
	}
	for _, r := range rowsOf[schema.Report](t, schema.Reports) {
		e.Titles = append(e.Titles, r.Title)
		if r.PublishedOn != nil {
			e.Published[r.ReportID] = r.PublishedOn.String()
		}
	}
	slices.Sort(e.Titles)
	if len(e.Rows) != 15 || e.Numbers == 0 || len(e.Published) == 0 || len(e.Years) < 4 || !strings.Contains(strings.Join(e.Titles, ""), "政府信息公开") {
		t.Fatalf("the sample holds too little for this test: %+v", e)
	}
	return e
}

// exportedSample exports the sample and returns where the scripts are.
func exportedSample(t *testing.T) (scripts string, e expected) {
	t.Helper()
	scripts, err := filepath.Abs("testdata/consumers")
	if err != nil {
		t.Fatal(err)
	}
	inSample(t)
	if code, _, errOut := gongkai(t, "export", "--csv", "csv", "--duckdb", "gongkai.sql"); code != exitDone {
		t.Fatalf("exit %d: %s", code, errOut)
	}
	return scripts, expectedOfSample(t)
}

func TestPythonReadsTheDataset(t *testing.T) {
	needs(t, "python3", "-c", "import duckdb, pyarrow, pandas, polars")
	scripts, e := exportedSample(t)
	body, err := json.Marshal(e)
	if err != nil {
		t.Fatal(err)
	}
	write(t, "expected.json", body)
	if out, err := exec.Command("python3", filepath.Join(scripts, "read.py"), "dataset", "expected.json", "gongkai.sql").CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

// lighter writes a descriptor beside another, without the table of divisions and with one year of each table that has a
// file for each.
func lighter(t *testing.T, descriptor string) string {
	t.Helper()
	body, err := os.ReadFile(descriptor)
	if err != nil {
		t.Fatal(err)
	}
	var d map[string]any
	if err := json.Unmarshal(body, &d); err != nil {
		t.Fatal(err)
	}
	d["resources"] = slices.DeleteFunc(d["resources"].([]any), func(r any) bool {
		table, year, yearly := strings.Cut(r.(map[string]any)["name"].(string), "-")
		return table == "divisions" || yearly && year != "2020"
	})
	if n := len(d["resources"].([]any)); n != 14 {
		t.Fatalf("%d tables without divisions", n)
	}
	if body, err = json.Marshal(d); err != nil {
		t.Fatal(err)
	}
	return write(t, filepath.Join(filepath.Dir(descriptor), "some.json"), body)
}

func TestFrictionlessValidatesTheDataset(t *testing.T) {
	needs(t, "frictionless", "--version")
	inSample(t)
	validate := func(args ...string) ([]byte, error) {
		return exec.Command("frictionless", append([]string{"validate"}, args...)...).CombinedOutput()
	}
	// it reads a thousand rows a second: all of them are read in continuous integration only
	descriptor := "dataset/datapackage.json"
	if os.Getenv("CI") != "true" {
		descriptor = lighter(t, descriptor)
	}
	if out, err := validate(descriptor); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
	body, err := os.ReadFile("dataset/datapackage.json")
	if err != nil {
		t.Fatal(err)
	}
	var d struct {
		Licenses  []struct{ Name string }
		Sources   []struct{ Title string }
		Resources []any
	}
	if err := json.Unmarshal(body, &d); err != nil || len(d.Licenses) != 2 || len(d.Sources) != 2 || d.Licenses[0].Name != "CC-BY-4.0" {
		t.Errorf("%v: licences %v, sources %v", err, d.Licenses, d.Sources)
	}
	write(t, "dataset/datapackage.json", []byte(strings.Replace(string(body), `"date"`, `"integer"`, 1))) // the first date is one of reports
	if out, err := validate("dataset/datapackage.json", "--resource-name", "reports"); err == nil {
		t.Errorf("a wrong type is found valid:\n%s", out)
	}
}

// The code book in the dataset explains every rule that its checks name.
func TestTheCodeBookExplainsEveryRule(t *testing.T) {
	inSample(t)
	for _, name := range []string{"codebook.zh.md", "codebook.en.html"} {
		book, err := os.ReadFile(filepath.Join("dataset", name))
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range rowsOf[schema.Check](t, schema.Checks) {
			if !strings.Contains(string(book), c.Rule) {
				t.Fatalf("%s does not explain %s", name, c.Rule)
			}
		}
	}
}

func TestRReadsTheExport(t *testing.T) {
	needs(t, "Rscript", "--version")
	scripts, e := exportedSample(t)
	var b strings.Builder
	for name, value := range map[string]any{"facts": e.Rows["facts"], "reports": e.Rows["reports"], "panel": e.Rows["panel"], "divisions": e.Rows["divisions"], "numbers": e.Numbers,
		"sum": trimFloat(e.Sum), "dates": len(e.Published), "titles": strings.Join(e.Titles, "|")} {
		fmt.Fprintf(&b, "%s\t%v\n", name, value)
	}
	write(t, "expected.tsv", []byte(b.String()))
	cmd := exec.Command("Rscript", filepath.Join(scripts, "read.R"), "csv", "expected.tsv")
	cmd.Env = append(os.Environ(), "LC_ALL=C.UTF-8") // R reads text into the locale's charset
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
