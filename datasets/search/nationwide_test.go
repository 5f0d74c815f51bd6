package search

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/gongkai-data/gongkai/datasets/gazetteer"
	"github.com/gongkai-data/gongkai/datasets/lexicon"
	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/store"
)

// scale is the number of reports of the benchmarks that are run by hand: GONGKAI_SEARCH_REPORTS, by default 2,000.
func scale(b *testing.B) int {
	written := os.Getenv("GONGKAI_SEARCH_REPORTS")
	if written == "" {
		return 2_000
	}
	n, err := strconv.Atoi(written)
	if err != nil || n < 1 {
		b.Fatalf("GONGKAI_SEARCH_REPORTS is %q, which is no number of reports", written)
	}
	return n
}

// prose makes texts: what everybody writes, and words of the language as rare as their place in the list of common ones
// makes them.
type prose struct {
	random *rand.Rand
	rare   *rand.Zipf
	words  []string
}

func newProse() *prose {
	p := &prose{random: rand.New(rand.NewPCG(1, 2))}
	for line := range strings.Lines(lexicon.Common()) {
		word, _, _ := strings.Cut(line, " ")
		p.words = append(p.words, word)
	}
	p.rare = rand.NewZipf(p.random, 1.1, 20, uint64(len(p.words)-1))
	return p
}

// section is a text of some 200 characters.
func (p *prose) section() string {
	var b strings.Builder
	for range 6 {
		b.WriteString(phrases[p.random.IntN(len(phrases))])
	}
	for i := range 55 {
		b.WriteString(p.words[p.rare.Uint64()])
		if i%9 == 8 {
			b.WriteString("，")
		}
	}
	return b.String() + fmt.Sprintf("共%d条。", p.random.IntN(3000))
}

// writeNationwide writes a dataset of so many reports of the country's townships, each of six sections.
func writeNationwide(b *testing.B, dir string, reports int) *store.Dataset {
	w, err := store.CreateDataset(context.Background(), dir, store.DatasetOptions{Software: "gongkai/test", Memory: 512 << 20})
	if err != nil {
		b.Fatal(err)
	}
	var towns []*gazetteer.Division
	for _, d := range gazetteer.All() {
		if d.Level == gazetteer.Township && !d.Pseudo && d.ValidTo == "" {
			towns = append(towns, d)
		}
	}
	slices.Reverse(towns) // as in a build
	p, years := newProse(), reports/len(towns)+1
	for n := range reports {
		town, year := towns[n/years], int32(2014+n%years)
		id := fmt.Sprintf("%s-%d", town.Code, year)
		err := w.Reports.Add(schema.Report{ReportID: id, IssuerID: town.Code, IssuerName: town.Name, IssuerState: "resolved", IssuerKind: "township", DivisionCode: &town.Code,
			Year: &year, Quality: "D", FetchedAt: time.Unix(0, 0)})
		for s := range int32(6) {
			err = errors.Join(err, w.Texts.Add(schema.Text{ReportID: id, IssuerID: town.Code, Year: &year, Section: new(s + 1), Seq: s, Heading: "标题", Text: p.section(), Locator: "line:2-2"}))
		}
		if err != nil {
			b.Fatal(err)
		}
	}
	if _, err := w.Commit(context.Background()); err != nil {
		b.Fatal(err)
	}
	d, err := store.OpenDataset(dir)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = d.Close() })
	return d
}

// queries are searches for words that stand everywhere, often, rarely, together or in a phrase, each with what it may
// be narrowed by.
func (p *prose) queries(n int) (all []Query) {
	areas := []string{"", "", "", "", "37", "3706", "370686", "110101001"}
	for i := range n {
		word := func() string { return p.words[p.random.IntN(len(p.words))] }
		q := Query{}
		switch i % 6 {
		case 0:
			q.Text = []string{"公开", "政务公开", "信息", "三审三校", "政策解读"}[p.random.IntN(5)]
		case 1:
			q.Text = p.words[p.random.IntN(200)]
		case 2:
			q.Text = word()
		case 3:
			q.Text = p.words[p.random.IntN(200)] + " " + word()
		case 4:
			q.Text = p.words[p.random.IntN(50)] + " " + p.words[p.random.IntN(50)] + " 公开"
		case 5:
			q.Text = p.words[p.random.IntN(100)] + p.words[p.random.IntN(100)] // a phrase
		}
		q.Area = areas[p.random.IntN(len(areas))]
		if p.random.IntN(3) == 0 {
			q.Years = []int32{int32(2014 + p.random.IntN(11))}
		}
		if p.random.IntN(3) == 0 {
			q.Section = int32(1 + p.random.IntN(6))
		}
		all = append(all, q)
	}
	return all
}

// BenchmarkNationwide builds the index of as many reports as GONGKAI_SEARCH_REPORTS says and measures how long searches
// take:
//
//	GONGKAI_SEARCH_REPORTS=400000 go test -run '^$' -bench Nationwide -benchtime 1x -timeout 0 -v ./datasets/search
func BenchmarkNationwide(b *testing.B) {
	dir := filepath.Join(b.TempDir(), "dataset")
	n := scale(b)
	start := time.Now()
	d := writeNationwide(b, dir, n)
	written := time.Since(start)
	runtime.GC()
	start = time.Now()
	x := indexed(b, d, dir)
	built := time.Since(start)
	file, err := FileOf(dir)
	if err != nil {
		b.Fatal(err)
	}
	info, err := os.Stat(file)
	if err != nil {
		b.Fatal(err)
	}
	b.Logf("%d reports written in %v; index built in %v, %d MB", n, written.Round(time.Second), built.Round(time.Second), info.Size()>>20)
	var times []time.Duration
	hits := 0
	var slowest Query
	for b.Loop() {
		for _, q := range newProse().queries(3000) {
			start := time.Now()
			a, err := x.Search(context.Background(), q)
			if err != nil {
				b.Fatal(err)
			}
			took := time.Since(start)
			if len(times) == 0 || took > slices.Max(times) {
				slowest = q
			}
			times = append(times, took)
			if len(a.Hits) > 0 {
				hits++
			}
		}
	}
	slices.Sort(times)
	at := func(share float64) time.Duration {
		return times[int(share*float64(len(times)-1))].Round(10 * time.Microsecond)
	}
	b.Logf("%d searches, %d with answers: median %v, 95%% within %v, 99%% within %v, slowest %v (%+v)", len(times), hits, at(.5), at(.95), at(.99), at(1), slowest)
}
