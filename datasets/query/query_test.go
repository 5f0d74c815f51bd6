package query_test

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/gongkai-data/gongkai/datasets/query"
	"github.com/gongkai-data/gongkai/datasets/query/querytest"
)

func open(t *testing.T, places ...querytest.Place) *query.Release {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "dataset")
	querytest.Write(t, dir, places...)
	r, err := query.Open(context.Background(), dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.Close() })
	return r
}

func TestSearch(t *testing.T) {
	r := open(t, querytest.Towns()...)
	for text, want := range map[string]string{
		"寺口镇": "栖霞市寺口镇", "栖霞市寺口镇": "栖霞市寺口镇", "寺口": "栖霞市寺口镇", "skz": "栖霞市寺口镇", "qxsskz": "栖霞市寺口镇", "sikou": "栖霞市寺口镇", "SiKou": "栖霞市寺口镇",
		"370686107000": "栖霞市寺口镇", "唐家": "栖霞市唐家泊镇",
	} {
		hits, n := r.Search(text, 3)
		if n == 0 || hits[0].Issuer.Name != want {
			t.Errorf("%s finds %v", text, hits)
		}
	}
	if hits, n := r.Search("栖霞", 2); n != 5 || len(hits) != 2 {
		t.Errorf("栖霞 finds %d, gives %d", n, len(hits))
	}
	for _, none := range []string{"", "  ", "丁镇", "zzz", "\xff"} {
		if _, n := r.Search(none, 3); n != 0 {
			t.Errorf("%q finds %d", none, n)
		}
	}
}

func TestFind(t *testing.T) {
	r := open(t, querytest.Towns()...)
	if is, err := r.Find("寺口镇"); err != nil || is.ID != "370686107000" {
		t.Errorf("%v %v", is, err)
	}
	var unknown *query.Unknown
	if _, err := r.Find("寺囗镇"); !errors.As(err, &unknown) || len(unknown.Near) == 0 || unknown.Near[0].Name != "栖霞市寺口镇" {
		t.Errorf("no suggestion: %v", err)
	}
	var ambiguous *query.Ambiguous
	if _, err := r.Find("栖霞市"); !errors.As(err, &ambiguous) || len(ambiguous.Among) != 5 {
		t.Errorf("栖霞市 is settled: %v", err)
	}
}

// Every mark comes out, and the marks read beforehand tell the same as those read on demand.
func TestCellsAndMarks(t *testing.T) {
	r := open(t, querytest.Towns()...)
	is, _ := r.Find("寺口镇")
	var measures []query.Measure
	for _, id := range []string{"requests.received", "requests.carried_in", "requests.carried_out", "requests.other", "review.total", "fees", "grant_rate", "normative_documents.issued"} {
		m, ok := query.LookupMeasure(id)
		if !ok {
			t.Fatal(id)
		}
		measures = append(measures, m)
	}
	ask := func() map[string][]query.Cell {
		table, err := r.Compare(context.Background(), []*query.Issuer{is}, nil, measures)
		if err != nil {
			t.Fatal(err)
		}
		out := map[string][]query.Cell{}
		for i, m := range measures {
			out[m.ID] = table.Cells[i]
		}
		return out
	}
	check := func(cells map[string][]query.Cell) {
		t.Helper()
		type want struct {
			measure       string
			year          int // 0: 2018, 1: 2020, 2: 2022
			value         float64
			state, failed string
			comparability string
			small         bool
		}
		for _, w := range []want{
			{"requests.received", 0, 10, "reported", "", "approximate", false}, {"requests.received", 1, 11, "reported", "", "same", false}, {"requests.received", 2, 12, "reported", "", "same", false},
			{"requests.carried_in", 0, 0, "absent", "", "", false}, {"requests.carried_in", 2, 0, "blank", "", "same", false}, {"requests.carried_out", 2, 0, "not_applicable", "", "same", false},
			{"requests.other", 2, 0, "unreadable", "", "same", false}, {"review.total", 2, 1, "reported", "litigation.sum", "same", false},
			{"fees", 1, 4, "reported", "", "break", false}, {"fees", 2, 2.5, "reported", "", "break", false},
			{"grant_rate", 1, .8, "reported", "", "", true}, {"grant_rate", 2, .8, "reported", "", "", false}, {"normative_documents.issued", 1, 2, "reported", "", "approximate", false},
		} {
			c := cells[w.measure][w.year]
			failed := ""
			if len(c.Failed) > 0 {
				failed = c.Failed[0]
			}
			value := 0.0
			if c.Value != nil {
				value = *c.Value
			}
			if value != w.value || (c.Value != nil) != (w.state == "reported") || c.State != w.state || failed != w.failed || c.Comparability != w.comparability || c.Small != w.small {
				t.Errorf("%s %d is %v %+v, want %+v", w.measure, w.year, value, c, w)
			}
		}
	}
	check(ask())
	if err := r.LoadValues(context.Background()); err != nil {
		t.Fatal(err)
	}
	check(ask())
	if err := r.LoadMarks(context.Background()); err != nil {
		t.Fatal(err)
	}
	check(ask())
}

func TestRankingGuards(t *testing.T) {
	r := open(t, querytest.Towns()...)
	k, err := r.Rank(context.Background(), "370686", "township", "requests.received", 2022, query.Published)
	if err != nil {
		t.Fatal(err)
	}
	if len(k.Ranked) != 5 || k.Ranked[0].Value != 52 || k.Ranked[0].Rank != 1 || k.Ranked[4].Rank != 5 || k.Summary.Median != 32 {
		t.Errorf("%+v %+v", k.Ranked, k.Summary)
	}
	n := 0
	for _, b := range k.Summary.Bins {
		n += b.Count
	}
	if n != 5 {
		t.Errorf("the bars hold %d of 5 places: %v", n, k.Summary.Bins)
	}
	for _, few := range []struct {
		measure string
		year    int32
	}{{"review.total", 2022}, {"grant_rate", 2020}} { // flagged everywhere; on five cases everywhere
		k, err := r.Rank(context.Background(), "370686", "township", few.measure, few.year, query.Published)
		if !errors.Is(err, query.ErrFew) || len(k.Ranked) != 5 || slices.ContainsFunc(k.Ranked, func(p query.Ranked) bool { return p.Rank != 0 }) {
			t.Errorf("%s is ranked: %v %+v", few.measure, err, k)
		}
	}
	if _, err := r.Rank(context.Background(), "11", "township", "requests.received", 2022, query.Published); !errors.Is(err, query.ErrFew) {
		t.Errorf("an empty area: %v", err)
	}
}

// What is kept in memory says the same as the files.
func TestHeadersInMemory(t *testing.T) {
	r := open(t, querytest.Towns()...)
	is, _ := r.Find("寺口镇")
	read, err := r.Headers(context.Background(), is)
	if err != nil || len(read) != 3 {
		t.Fatalf("%d headers: %v", len(read), err)
	}
	if err := r.LoadTexts(context.Background()); err != nil {
		t.Fatal(err)
	}
	kept, err := r.Headers(context.Background(), is)
	if err != nil || len(kept) != 3 {
		t.Fatalf("%d headers: %v", len(kept), err)
	}
	for i, k := range kept {
		f := read[i]
		if k.ReportID != f.ReportID || *k.Year != *f.Year || k.Title != f.Title || k.URL != f.URL || !k.FetchedAt.Equal(f.FetchedAt) || k.Quality != f.Quality || k.ChecksFailed != f.ChecksFailed {
			t.Errorf("in memory %+v, in the file %+v", k, f)
		}
	}
}

func TestPeersAndChecks(t *testing.T) {
	r := open(t, querytest.Towns()...)
	is, _ := r.Find("寺口镇")
	if p := r.Peers(is, "same-county", 7); len(p) != 4 {
		t.Errorf("%d neighbours", len(p))
	}
	rows, more, err := r.FailedChecks(context.Background(), query.CheckFilter{Rule: "litigation.sum", Year: 2022}, 0, 3)
	if err != nil || len(rows) != 3 || !more {
		t.Errorf("%d %v %v", len(rows), more, err)
	}
	rows, more, err = r.FailedChecks(context.Background(), query.CheckFilter{Area: "370686107"}, 0, 0)
	if err != nil || len(rows) != 1 || more {
		t.Errorf("%d %v %v", len(rows), more, err)
	}
}

// While builds take each other's place, every holder of a release sees one release.
func TestExchangeUnderReaders(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "dataset")
	write := func(n float64) {
		towns := querytest.Towns()
		for i := range towns {
			for k := range towns[i].Years {
				for id := range towns[i].Years[k].Values {
					towns[i].Years[k].Values[id] = n
				}
			}
		}
		querytest.Write(t, dir, towns...)
	}
	write(1)
	current, err := query.OpenCurrent(context.Background(), dir, 20*time.Millisecond, func(err error) { t.Error(err) })
	if err != nil {
		t.Fatal(err)
	}
	defer current.Close()
	m, _ := query.LookupMeasure("requests.received")
	stop := make(chan struct{})
	var readers sync.WaitGroup
	seen := make(chan float64, 10_000)
	for range 4 {
		readers.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				r, _, release := current.Acquire()
				first := -1.0
				for _, is := range r.Issuers() {
					table, err := r.Compare(context.Background(), []*query.Issuer{is}, []int32{2020, 2022}, []query.Measure{m})
					if err != nil {
						t.Error(err)
						break
					}
					for _, c := range table.Cells[0] {
						if first < 0 {
							first = *c.Value
						}
						if *c.Value != first {
							t.Errorf("one reader sees %v and %v", first, *c.Value)
						}
					}
				}
				release()
				select {
				case seen <- first:
				default:
				}
				time.Sleep(time.Millisecond) // leaves the builds a processor
			}
		})
	}
	for n := 2.0; n <= 4; n++ {
		write(n)
		time.Sleep(100 * time.Millisecond)
	}
	deadline := time.After(2 * time.Minute)
	for last := 0.0; last != 4; {
		select {
		case last = <-seen:
		case <-deadline:
			t.Fatal("the last release is never seen")
		}
	}
	close(stop)
	readers.Wait()
}
