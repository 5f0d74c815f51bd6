package diff

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/query/querytest"
	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/store"
)

func dataset(t *testing.T, places ...querytest.Place) *store.Dataset {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "dataset")
	querytest.Write(t, dir, places...)
	d, err := store.OpenDataset(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

// changes are those between two datasets in words: kind, issuer, year, cell, old and new.
func changes(t *testing.T, old, new *store.Dataset) []string {
	t.Helper()
	var out []string
	for c, err := range Datasets(context.Background(), old, new) {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, words(c))
	}
	return out
}

func words(c schema.Change) string {
	say := func(v *float64, state *string) string {
		switch {
		case v != nil:
			return fmt.Sprint(*v)
		case state != nil:
			return *state
		}
		return "-"
	}
	cell, year := "report", int32(0)
	if c.Indicator != nil {
		cell = *c.Indicator
	}
	if c.Year != nil {
		year = *c.Year
	}
	return fmt.Sprintf("%s %s %d %s %s %s", c.Change, c.IssuerName, year, cell, say(c.OldValue, c.OldState), say(c.NewValue, c.NewState))
}

func place(id, name string, years ...querytest.Year) querytest.Place {
	return querytest.Place{ID: id, Name: name, Kind: "township", Division: id, Years: years}
}

func year(y int32, values map[string]float64) querytest.Year {
	return querytest.Year{Year: y, Template: "2021", Values: values}
}

// Every kind of change: reports added and removed, cells added, removed, changed, a number that became a blank; what is
// the same is no change.
func TestChanges(t *testing.T) {
	blank := year(2022, map[string]float64{"review.total": 1})
	blank.States = map[string]string{"review.upheld": "blank"}
	old := dataset(t, place("370686101000", "甲镇", year(2021, map[string]float64{"requests.received": 1, "review.total": 2}), year(2022, map[string]float64{"review.total": 1, "review.upheld": 0})),
		place("370686102000", "乙镇", year(2021, map[string]float64{"requests.received": 5})))
	now := dataset(t, place("370686101000", "甲镇", year(2021, map[string]float64{"requests.received": 3, "review.pending": 4}), blank),
		place("370686103000", "丙镇", year(2021, map[string]float64{"requests.received": 6})))
	want := []string{
		"changed 甲镇 2021 requests.received 1 3", "added 甲镇 2021 review.pending - 4", "removed 甲镇 2021 review.total 2 -",
		"removed 乙镇 2021 report - -", "added 丙镇 2021 report - -", "changed 甲镇 2022 review.upheld 0 blank",
	}
	if got := changes(t, old, now); !slices.Equal(got, want) {
		t.Errorf("%q\nwant %q", got, want)
	}
	if got := changes(t, old, old); len(got) != 0 {
		t.Errorf("a dataset differs from itself: %q", got)
	}
	// the other way round every addition is a removal
	back := changes(t, now, old)
	if len(back) != len(want) || !slices.Contains(back, "removed 丙镇 2021 report - -") || !slices.Contains(back, "changed 甲镇 2022 review.upheld blank 0") {
		t.Errorf("%q", back)
	}
}

// Of several versions of a year the latest is compared, so a corrected report shows as its changed cells.
func TestVersions(t *testing.T) {
	first := year(2021, map[string]float64{"requests.received": 1})
	second := year(2021, map[string]float64{"requests.received": 2})
	second.Version, second.Supersedes = 1, querytest.VersionID("370686101000", 2021, 0)
	got := changes(t, dataset(t, place("370686101000", "甲镇", first)), dataset(t, place("370686101000", "甲镇", first, second)))
	if want := []string{"changed 甲镇 2021 requests.received 1 2"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// A reader may stop at any change, and a cancelled comparison is an error.
func TestStop(t *testing.T) {
	old, now := dataset(t, querytest.Towns()[:2]...), dataset(t, querytest.Towns()[2:]...)
	n := 0
	for range Datasets(context.Background(), old, now) {
		if n++; n == 3 {
			break
		}
	}
	if n != 3 {
		t.Errorf("%d changes", n)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	failed := false
	for _, err := range Datasets(ctx, old, now) {
		failed = failed || err != nil
	}
	if !failed {
		t.Error("a cancelled comparison ends without an error")
	}
}
