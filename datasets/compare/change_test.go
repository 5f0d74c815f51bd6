package compare_test

import (
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/compare"
)

func cell(v float64, indicators ...string) compare.Cell {
	return compare.Cell{Value: &v, Published: &v, Unit: "count", State: "reported", Indicators: indicators}
}

// A change stands only between two numbers that count the same and that nothing speaks against.
func TestChange(t *testing.T) {
	flagged, doubted, other := cell(4), cell(4), cell(4, "b")
	flagged.Flagged, doubted.Doubted, other.Comparability = true, true, "break"
	share := cell(0.25)
	share.Unit = "share"
	for name, c := range map[string]struct {
		from, to compare.Cell
		delta    float64
		ratio    float64 // -1: none
		why      string
	}{
		"more":          {cell(4), cell(6), 2, 0.5, ""},
		"from nought":   {cell(0), cell(6), 6, -1, ""},
		"a blank":       {compare.Cell{Unit: "count", State: "blank"}, cell(6), 0, 0, compare.NoNumber},
		"flagged":       {flagged, cell(6), 0, 0, compare.NoTrust},
		"doubted":       {cell(6), doubted, 0, 0, compare.NoTrust},
		"another count": {cell(6, "a"), other, 0, 0, compare.NoCompare},
		"another unit":  {cell(6), share, 0, 0, compare.NoCompare},
	} {
		got := compare.Row{Unit: "count", Cells: []compare.Cell{c.from, c.to}}.Change(0, 1)
		if got.Why != c.why || (got.Delta == nil) != (c.why != "") || got.Delta != nil && (*got.Delta != c.delta || (got.Ratio == nil) != (c.ratio < 0) || got.Ratio != nil && *got.Ratio != c.ratio) {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func year(y int32) *int32 { return &y }

// Years first: the columns of a year stand together, places in their order, every number with its column.
func TestByYear(t *testing.T) {
	table := compare.Table{Columns: []compare.Column{{ReportID: "a1", IssuerID: "a", Year: year(2021)}, {ReportID: "a2", IssuerID: "a", Year: year(2022)}, {ReportID: "b0", IssuerID: "b"}, {ReportID: "b1", IssuerID: "b", Year: year(2021)}},
		Rows: []compare.Row{{Cells: []compare.Cell{cell(1), cell(2), cell(3), cell(4)}}}}
	got := table.ByYear()
	var ids, values []string
	for k, c := range got.Columns {
		ids = append(ids, c.ReportID)
		if got.First(k) {
			values = append(values, "|")
		}
		values = append(values, string(rune('0'+int(*got.Rows[0].Cells[k].Value))))
	}
	if strings.Join(ids, " ") != "a1 b1 a2 b0" || strings.Join(values, "") != "|14|2|3" || table.Columns[1].ReportID != "a2" {
		t.Errorf("%v %v", ids, values)
	}
}

// Counts of governments are divided by what the user brought, nothing else is, and a wrong line is named.
func TestDenominators(t *testing.T) {
	d, err := compare.ReadDenominators(strings.NewReader("division_code,year,inhabitants,source\n370686107,,20000,census\n370686107,2022,10000,bulletin\n"))
	if err != nil {
		t.Fatal(err)
	}
	share := cell(0.5)
	share.Unit = "share"
	table := compare.Table{Columns: []compare.Column{{IssuerID: "370686107000", Place: "寺口镇", Year: year(2021)}, {IssuerID: "370686107000", Place: "寺口镇", Year: year(2022)}, {IssuerID: "x", Place: "局", Year: year(2022)}},
		Rows: []compare.Row{{Measure: "requests.received", Unit: "count", Cells: []compare.Cell{cell(5), cell(5), cell(5)}}, {Measure: "grant_rate", Unit: "share", Cells: []compare.Cell{share, share, share}}}}
	got, lacking := table.Per(d, map[string]string{"370686107000": "370686107000"})
	if len(got.Columns) != 2 || len(got.Rows) != 1 || *got.Rows[0].Cells[0].Published != 2.5 || *got.Rows[0].Cells[1].Published != 5 || len(lacking) != 1 || lacking[0] != "局" || len(d.Sources()) != 2 {
		t.Errorf("%+v %v", got, lacking)
	}
	if *table.Rows[0].Cells[0].Published != 5 {
		t.Error("the table itself has changed")
	}
	for text, want := range map[string]string{
		"division_code,inhabitants\n370686107,1\n":                            "source",
		"division_code,inhabitants,source\n370686107,0,x\n":                   "above 0",
		"division_code,inhabitants,source\n999999,5,x\n":                      "gazetteer",
		"division_code,inhabitants,source\n370686107,5,x\n370686107000,6,y\n": "second line",
		"division_code,year,inhabitants,source\n370686107,twenty,5,x\n":       "no year",
		"division_code,year,inhabitants,source\n370686107,2020,5,\n":          "its source",
	} {
		if _, err := compare.ReadDenominators(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", text, err)
		}
	}
}
