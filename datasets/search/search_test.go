package search

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/store"
)

// report is one report with the text of its section one.
type report struct {
	division   string
	year       int32
	text       string
	supersedes string
	suffix     string
}

func (r report) id() string { return fmt.Sprintf("%s-%d%s", r.division, r.year, r.suffix) }

func write(t testing.TB, dir string, reports ...report) *store.Dataset {
	t.Helper()
	w, err := store.CreateDataset(context.Background(), dir, store.DatasetOptions{Software: "gongkai/test"})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range reports {
		row := schema.Report{ReportID: r.id(), IssuerID: r.division, IssuerName: "甲镇", IssuerState: "resolved", IssuerKind: "township", DivisionCode: &r.division, Quality: "D", FetchedAt: time.Unix(0, 0)}
		text := schema.Text{ReportID: r.id(), IssuerID: r.division, Section: new(int32(1)), Heading: "一、总体情况", Text: r.text, Locator: "line:2-2"}
		if r.year != 0 {
			row.Year, text.Year = &r.year, &r.year
		}
		if r.supersedes != "" {
			row.Supersedes = &r.supersedes
		}
		if err := errors.Join(w.Reports.Add(row), w.Texts.Add(text)); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := w.Commit(context.Background()); err != nil {
		t.Fatal(err)
	}
	d, err := store.OpenDataset(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	return d
}

func indexed(t testing.TB, d *store.Dataset, dir string) *Index {
	t.Helper()
	file, err := FileOf(dir)
	if err != nil {
		t.Fatal(err)
	}
	x, err := Open(context.Background(), d, file, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = x.Close() })
	return x
}

func ids(t testing.TB, x *Index, q Query) []string {
	t.Helper()
	a, err := x.Search(context.Background(), q)
	if err != nil {
		t.Fatal(err)
	}
	out := []string{}
	for _, h := range a.Hits {
		out = append(out, h.ReportID)
	}
	return out
}

func TestSearch(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "dataset")
	d := write(t, dir,
		report{division: "370686107000", year: 2022, text: "镇政府信息公开工作有序推进，落实三审三校制度。\n主动公开信息12345条。"},
		report{division: "370686101000", year: 2023, text: "公开，申请渠道畅通。政务 公开专栏已建成。", supersedes: "370686101000-2023b"},
		report{division: "370686101000", year: 2023, text: "公开申请渠道畅通。ＷｅＣｈａｔ", suffix: "b"},
		report{division: "320813001000", year: 2021, text: "“双随机、一公开”全面实行。"},
		report{division: "320813001000", text: "年份不详的报告，三审三校。", suffix: "n"})
	x := indexed(t, d, dir)
	for _, c := range []struct {
		q    Query
		want string
	}{
		{Query{Text: "三审三校"}, "370686107000-2022 320813001000-0n"},     // the newest first, those of no known year last
		{Query{Text: "公开申请"}, "370686101000-2023b"},                    // no phrase reaches over punctuation
		{Query{Text: "公开 申请"}, "370686101000-2023 370686101000-2023b"}, // words apart may stand anywhere in the section
		{Query{Text: "政府信息公开"}, "370686107000-2022"},                   // however the longer words around it are cut
		{Query{Text: "政务公开"}, "370686101000-2023"},                     // a space in the text is none
		{Query{Text: "wechat"}, "370686101000-2023b"},                  // width and case
		{Query{Text: "12345"}, "370686107000-2022"},                    // a number is a word
		{Query{Text: "234"}, ""},                                       // and a part of it is none
		{Query{Text: "双随机、一公开"}, "320813001000-2021"},                  // punctuation within
		{Query{Text: "总体情况", Section: 2}, ""},                          // section
		{Query{Text: "公开", Area: "320813"}, "320813001000-2021"},       // area
		{Query{Text: "公开", Area: "370600000000", Years: []int32{2021, 2022}}, "370686107000-2022"},
		{Query{Text: `words OR "公开`}, ""}, // the engine's own language is no more than words
	} {
		if got := strings.Join(ids(t, x, c.q), " "); got != c.want {
			t.Errorf("%+v: %s, want %s", c.q, got, c.want)
		}
	}
	if _, err := x.Search(context.Background(), Query{Text: " 、\"* "}); !errors.Is(err, ErrNoWords) {
		t.Errorf("a search for nothing: %v", err)
	}
	a, err := x.Search(context.Background(), Query{Text: "公开", Limit: 1})
	if err != nil || !a.More || len(a.Hits) != 1 {
		t.Fatalf("%+v %v", a, err)
	}
	if rest := ids(t, x, Query{Text: "公开", After: a.Hits[0].Place}); len(rest) != 3 {
		t.Errorf("the page after: %v", rest)
	}
}

func TestHit(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "dataset")
	d := write(t, dir, report{division: "370686107000", year: 2022, text: strings.Repeat("前", 40) + "落实三审\u3000三校制度。\n再次三审三校" + strings.Repeat("后", 100)})
	a, err := indexed(t, d, dir).Search(context.Background(), Query{Text: "三审三校"})
	if err != nil {
		t.Fatal(err)
	}
	want := Hit{Place: 1, ReportID: "370686107000-2022", IssuerID: "370686107000", IssuerName: "甲镇", Division: "370686107000", Year: new(int32(2022)), Section: new(int32(1)),
		Heading: "一、总体情况", Locator: "line:2-2", Passage: "…" + strings.Repeat("前", 22) + "落实三审 三校制度。 再次三审三校" + strings.Repeat("后", 57) + "…", Marks: [][2]int{{25, 30}, {36, 40}}}
	if got := a.Hits[0]; !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

// An index of another release, of another format, or damaged, is made anew; the one of this release is used as it is.
func TestRebuilt(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "dataset")
	d := write(t, dir, report{division: "370686107000", year: 2022, text: "旧文"})
	file, _ := FileOf(dir)
	before := modified(t, dir, file, d)
	if after := modified(t, dir, file, d); !after.Equal(before) {
		t.Error("the index of the same release was made again")
	}
	if err := os.WriteFile(file, []byte("no index"), 0o644); err != nil {
		t.Fatal(err)
	}
	if got := ids(t, indexed(t, d, dir), Query{Text: "旧文"}); len(got) != 1 {
		t.Errorf("after damage: %v", got)
	}
	d = write(t, dir, report{division: "370686107000", year: 2022, text: "新文"})
	x := indexed(t, d, dir)
	if got := append(ids(t, x, Query{Text: "旧文"}), ids(t, x, Query{Text: "新文"})...); len(got) != 1 {
		t.Errorf("after a new release: %v", got)
	}
}

func modified(t *testing.T, dir, file string, d *store.Dataset) time.Time {
	t.Helper()
	indexed(t, d, dir)
	info, err := os.Stat(file)
	if err != nil {
		t.Fatal(err)
	}
	return info.ModTime()
}

func TestArea(t *testing.T) {
	for text, want := range map[string]string{"": "", "3706": "370600000000", "栖霞市": "370686000000", "370686107000": "370686107000"} {
		if got, err := Area(text); err != nil || got != want {
			t.Errorf("%q: %q %v", text, got, err)
		}
	}
	for _, text := range []string{"城关镇", "无此地", "98"} {
		if got, err := Area(text); err == nil {
			t.Errorf("%q: %q", text, got)
		}
	}
}
