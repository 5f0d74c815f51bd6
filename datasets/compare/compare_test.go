package compare

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/chart"
	"github.com/gongkai-data/gongkai/datasets/query"
	"github.com/gongkai-data/gongkai/datasets/query/querytest"
	"github.com/jedib0t/go-pretty/v6/text"
	"github.com/xuri/excelize/v2"
)

func sample(t *testing.T, places ...querytest.Place) Table {
	t.Helper()
	return sampleOf(t, query.Headline, places...)
}

func sampleOf(t *testing.T, ids []string, places ...querytest.Place) Table {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "dataset")
	querytest.Write(t, dir, places...)
	r, err := query.Open(context.Background(), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	measures, err := Measures(ids)
	if err != nil {
		t.Fatal(err)
	}
	table, err := Of(context.Background(), r, r.Issuers(), nil, measures)
	if err != nil {
		t.Fatal(err)
	}
	return table
}

func TestText(t *testing.T) {
	var b bytes.Buffer
	if err := sample(t, querytest.Towns()[:2]...).WriteText(&b, "en", 0); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{" 10 ≈ ", "1 !", "blank", "—", "??", "‖", "80.0% °", "[3] 栖霞市观里镇 2022", "https://example.org/370686107000-2018", "the form's sum does not hold", "blank is not zero", "not comparable"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("the table lacks %q:\n%s", want, b.String())
		}
	}
}

// Every line of the table is equally wide in a terminal, whatever the names are and however narrow the terminal is; no
// word is cut.
func TestTextIsAligned(t *testing.T) {
	towns := querytest.Towns()[:2]
	towns[0].Name = "呼伦贝尔市莫力达瓦达斡尔族自治旗尼尔基镇人民政府"
	table := sample(t, towns...)
	for _, language := range []string{"zh", "en"} {
		for _, width := range []int{0, 70, 100} {
			var b bytes.Buffer
			if err := table.WriteText(&b, language, width); err != nil {
				t.Fatal(err)
			}
			wide := map[int]bool{}
			for _, line := range strings.Split(b.String(), "\n") {
				if strings.HasPrefix(line, "┌") {
					clear(wide)
				}
				if n := text.StringWidth(line); strings.ContainsAny(line, "│─") {
					if wide[n] = true; len(wide) > 1 || width > 0 && n > width {
						t.Fatalf("%s, %d wide: a line of %d cells:\n%s", language, width, n, b.String())
					}
				}
			}
			if !strings.Contains(strings.Join(strings.Fields(b.String()), " "), map[string]string{"zh": "空白 公布时为空白", "en": "blank the cell is empty"}[language]) {
				t.Errorf("%s: a word is lost:\n%s", language, b.String())
			}
		}
	}
}

func TestBroken(t *testing.T) {
	for in, want := range map[string]string{"Grant rate: granted": "Grant\nrate:\ngranted", "栖霞市寺口镇": "栖霞市\n寺口镇", "abcdefghij": "abcdefg\nhij", "公开 rate": "公开\nrate", "a b c d": "a b c d"} {
		if got := broken(in, 7); got != want {
			t.Errorf("%q is broken into %q", in, got)
		}
	}
}

func TestCSV(t *testing.T) {
	table := sample(t, querytest.Towns()[:2]...)
	var b bytes.Buffer
	if err := table.WriteCSV(&b); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(b.String(), "\ufeff"))).ReadAll()
	if err != nil || len(rows) != 1+len(table.Columns)*len(table.Rows) {
		t.Fatalf("csv %v: %d lines", err, len(rows))
	}
	for _, r := range rows[1:] {
		if (r[7] == "") == (r[8] == "reported") {
			t.Errorf("value %q beside state %s", r[7], r[8])
		}
	}
}

// hostile is a place whose names and texts try to run.
func hostile() querytest.Place {
	p := querytest.Towns()[0]
	p.Name = `=HYPERLINK("http://evil.invalid")<script>alert(1)</script>` + "\u202e"
	for i := range p.Years {
		p.Years[i].URL = `javascript:alert(1)//"><script>`
		p.Years[i].Title = "@SUM(1)"
	}
	return p
}

func TestHostileTextIsInert(t *testing.T) {
	table := sample(t, hostile())
	var b bytes.Buffer
	if err := table.WriteCSV(&b); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(b.String(), "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		for _, f := range r {
			if _, err := strconv.ParseFloat(f, 64); err != nil && f != "" && strings.ContainsRune("=+-@", rune(f[0])) {
				t.Fatalf("a formula: %q", f)
			}
		}
	}
	b.Reset()
	if err := table.WriteHTML(&b, "en"); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(b.String(), "<script") || strings.Contains(b.String(), "href=\"javascript:") || strings.Contains(b.String(), "\u202e") {
		t.Errorf("live text:\n%s", b.String())
	}
	b.Reset()
	if err := table.WriteXLSX(&b); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for i := range rows {
			for k := range rows[i] {
				cell, _ := excelize.CoordinatesToCellName(k+1, i+1)
				if formula, err := f.GetCellFormula(sheet, cell); err != nil || formula != "" {
					t.Fatalf("%s!%s holds a formula: %q %v", sheet, cell, formula, err)
				}
			}
		}
	}
	b.Reset()
	if err := table.WriteSVG(&b, "zh"); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(b.String(), "<script") {
		t.Error("the chart holds a script")
	}
	b.Reset()
	if err := table.WriteText(&b, "en", 0); err != nil {
		t.Fatal(err)
	}
	if strings.ContainsAny(b.String(), "\u202e\x1b") {
		t.Error("the terminal gets control characters")
	}
}

func TestXLSXHoldsNumbers(t *testing.T) {
	table := sample(t, querytest.Towns()[0])
	var b bytes.Buffer
	if err := table.WriteXLSX(&b); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := f.GetRows("数据 data")
	if err != nil || len(rows) != 1+len(table.Columns)*len(table.Rows) || rows[1][7] != "10" {
		t.Fatalf("%v %v", err, rows[:2])
	}
	if kind, err := f.GetCellType("数据 data", "H2"); err != nil || kind != excelize.CellTypeUnset && kind != excelize.CellTypeNumber {
		t.Errorf("the value is of type %v: %v", kind, err)
	}
}

func TestYearsAndMeasures(t *testing.T) {
	for in, want := range map[string]int{"": 0, "2019-2024": 6, "2021": 1, "2019,2021": 2} {
		if got, err := Years(in); err != nil || len(got) != want {
			t.Errorf("%q: %v %v", in, got, err)
		}
	}
	for _, bad := range []string{"x", "2024-2019", "1-99999", "2019-", "-1", "19"} {
		if _, err := Years(bad); err == nil {
			t.Errorf("%q is years", bad)
		}
	}
	if _, err := Measures([]string{"requests.recieved"}); err == nil || !strings.Contains(err.Error(), "requests.received") {
		t.Errorf("no suggestion: %v", err)
	}
}

func TestNothingToDraw(t *testing.T) {
	if err := (Table{}).WriteSVG(&bytes.Buffer{}, "zh"); !errors.Is(err, chart.ErrEmpty) {
		t.Errorf("%v", err)
	}
}

// A number that was read and is doubted carries its mark in the terminal, in files and on the page; one that fails a
// check is marked by that.
func TestDoubtIsMarked(t *testing.T) {
	towns := querytest.Towns()[:1]
	towns[0].Years[2].Doubted = []string{"requests.received"}
	table := sampleOf(t, []string{"requests.received", "requests.carried_in"}, towns...)
	for _, row := range table.Rows {
		for k, c := range row.Cells {
			if want := row.Measure == "requests.received" && *table.Columns[k].Year == 2022; c.Doubted != want || slices.Contains(c.Marks, MarkDoubted) != want {
				t.Errorf("%s of %d: doubted %v, marks %v", row.Measure, *table.Columns[k].Year, c.Doubted, c.Marks)
			}
		}
	}
	var terminal, page, file bytes.Buffer
	if err := errors.Join(table.WriteText(&terminal, "en", 0), table.WriteHTML(&page, "zh"), table.WriteCSV(&file)); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(terminal.String(), "12 ?") || !strings.Contains(terminal.String(), "read, but doubted") {
		t.Errorf("the terminal lacks the mark:\n%s", terminal.String())
	}
	if !strings.Contains(page.String(), "已读取，但存疑") {
		t.Errorf("the page lacks the mark:\n%s", page.String())
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(file.String(), "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	marked := 0
	for _, row := range rows[1:] {
		if row[slices.Index(rows[0], "marks")] == MarkDoubted {
			marked++
		}
	}
	if marked != 1 {
		t.Errorf("%d lines are marked as doubted: %v", marked, rows)
	}
}
