package schema

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"
)

func panelForTest(t *testing.T) *Table {
	t.Helper()
	p, err := NewPanel([]PanelIndicator{{"requests.received", "新收", "received", "count"}, {"fees.amount", "收费", "fees", "CNY_10k"}})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestContract pins every column of every file: a change here is a new schema Version and a line in the change log.
func TestContract(t *testing.T) {
	var b strings.Builder
	b.WriteString("schema_version " + Version + "\n")
	for _, tab := range All(panelForTest(t)) {
		b.WriteString("\n" + tab.Name)
		if tab.Optional {
			b.WriteString(" optional")
		}
		b.WriteString("\n")
		for _, c := range tab.Columns {
			null := ""
			if c.Nullable {
				null = " null"
			}
			b.WriteString("  " + c.Name + " " + c.Type.String() + null)
			if c.Enum != nil {
				b.WriteString(" {" + strings.Join(c.Enum, ", ") + "}")
			}
			if c.Unit != "" {
				b.WriteString(" [" + c.Unit + "]")
			}
			b.WriteString("\n")
		}
	}
	path := filepath.Join("testdata", "contract-"+Version+".txt")
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if b.String() != string(want) {
		t.Errorf("the schema differs from %s without a new Version; it is now\n%s", path, b.String())
	}
}

func TestDescribed(t *testing.T) {
	used := map[string]bool{}
	for _, tab := range append(All(panelForTest(t)), Changes) {
		if tab.ZH == "" || tab.EN == "" {
			t.Errorf("%s has no description", tab.Name)
		}
		for _, c := range tab.Columns {
			if c.ZH == "" || c.EN == "" {
				t.Errorf("%s.%s has no description", tab.Name, c.Name)
			}
			used[c.Name], used[tab.Name+"."+c.Name] = true, true
		}
		for _, list := range [][]string{tab.Order, tab.Key} {
			for _, name := range list {
				if tab.Column(name) == nil {
					t.Errorf("%s sorts by %s, which is no column", tab.Name, name)
				}
			}
		}
	}
	for name := range columnTexts {
		if !used[name] {
			t.Errorf("description of %s, which is no column", name)
		}
	}
	for name := range enums {
		if !used[name] {
			t.Errorf("values of %s, which is no column", name)
		}
	}
}

func roundTrip[R any](t *testing.T, tab *Table, rows ...R) {
	t.Helper()
	b, err := NewBuilder[R](tab)
	if err != nil {
		t.Fatal(err)
	}
	defer b.Release()
	for i := range rows {
		if err := b.Append(&rows[i]); err != nil {
			t.Fatal(err)
		}
	}
	rec := b.Record()
	defer rec.Release()
	var got []R
	if err := Decode(tab, rec, func(r *R) error { got = append(got, *r); return nil }); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, rows) {
		t.Errorf("%s: got %+v, want %+v", tab.Name, got, rows)
	}
}

func TestRoundTrip(t *testing.T) {
	when := time.Date(2024, 1, 26, 10, 2, 3, 456000, time.UTC)
	day, err := ParseDate("1969-12-31")
	if err != nil || day != -1 || day.String() != "1969-12-31" {
		t.Fatalf("ParseDate: %v %v", day, err)
	}
	roundTrip(t, Reports, Report{ReportID: "a", Title: "某镇年报", FetchedAt: when, Year: new(int32(2023)), PublishedOn: &day, Sections: []int32{1, 6}, WarcOffset: 1 << 40},
		Report{ReportID: "b", FetchedAt: time.UnixMicro(0).UTC()})
	roundTrip(t, Facts, Fact{Indicator: "requests.received", Applicant: new("total"), Value: new(0.0), FailedChecks: []string{"x", "y"}}, Fact{State: "blank"})
	roundTrip(t, Divisions, Division{Code: "1", ValidFrom: &day, Aliases: []string{"甲", "乙"}})
	roundTrip(t, Captures, Capture{URL: "u", FetchedAt: when, Status: new(int32(200)), Bytes: new(int64(5))})
	roundTrip(t, panelForTest(t), Panel{ReportID: "p", Values: map[string]float64{"fees.amount": 7730.28}, GrantRate: new(0.5), SmallSample: true}, Panel{ReportID: "q"})
}

func TestInvalidUTF8(t *testing.T) {
	b, err := NewBuilder[Fact](Facts)
	if err != nil {
		t.Fatal(err)
	}
	defer b.Release()
	if err := b.Append(&Fact{Raw: "\xc4\xea"}); err != nil {
		t.Fatal(err)
	}
	rec := b.Record()
	defer rec.Release()
	if err := Decode(Facts, rec, func(f *Fact) error {
		if f.Raw != "\uFFFD" {
			t.Errorf("%q", f.Raw)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

func TestRefused(t *testing.T) {
	if _, err := NewBuilder[Fact](Reports); err == nil {
		t.Error("rows of another table are taken")
	}
	if _, err := NewPanel([]PanelIndicator{{ID: "a.b"}, {ID: "a_b"}}); err == nil {
		t.Error("two indicators of one column name are taken")
	}
	b, err := NewBuilder[Panel](panelForTest(t))
	if err != nil {
		t.Fatal(err)
	}
	defer b.Release()
	if err := b.Append(&Panel{Values: map[string]float64{"nobody": 1}}); err == nil {
		t.Error("an unknown indicator is dropped silently")
	}
}
