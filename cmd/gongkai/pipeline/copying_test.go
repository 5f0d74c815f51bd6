package pipeline

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/normalize/reuse"
)

// writer makes texts of reports with passages that it plants in several of them.
type writer struct {
	r        *rand.Rand
	forms    []string       // sentences that all reports have
	waiting  []plant        // passages that stand in one report and are to stand in another
	expected map[[2]int]int // characters of the planted passage by the two reports
	short    map[[2]int]bool
}

// plant is a passage that the report has.
type plant struct {
	report int
	text   string
}

func newWriter() *writer {
	w := &writer{r: rand.New(rand.NewPCG(7, 11)), expected: map[[2]int]int{}, short: map[[2]int]bool{}}
	for range 25 {
		w.forms = append(w.forms, w.prose(60))
	}
	return w
}

// prose is text that nobody else writes.
func (w *writer) prose(n int) string {
	var b strings.Builder
	for range n {
		b.WriteRune(rune(0x4e00 + w.r.IntN(3000)))
	}
	return b.String() + "。"
}

// passage is prose with figures in it, as long ones have.
func (w *writer) passage() string {
	n := reuse.Least - 1 + w.r.IntN(300)
	if n < 2*reuse.Least {
		return w.prose(n)
	}
	return w.prose(n/2) + fmt.Sprintf("%d条", w.r.IntN(5000)) + w.prose(n/2)
}

// report writes the text of a report: what all have, its own, and what it shares with reports before it.
func (w *writer) report(number, characters int) string {
	parts := slices.Clone(w.forms[:20])
	parts = append(parts, w.prose(characters))
	for range w.r.IntN(3) {
		if len(w.waiting) > 0 && w.r.IntN(2) == 0 {
			i := w.r.IntN(len(w.waiting))
			if p := w.waiting[i]; p.report != number {
				pair := [2]int{number, p.report}
				w.expected[pair] = max(w.expected[pair], utf8.RuneCountInString(p.text))
				parts = append(parts, p.text)
				w.waiting = slices.Delete(w.waiting, i, i+1)
			}
		} else {
			p := w.passage()
			parts = append(parts, p)
			w.waiting = append(w.waiting, plant{number, p})
		}
	}
	if n := len(w.waiting); n > 500 {
		w.waiting = w.waiting[n-500:]
	}
	// too short to count
	if number > 0 && w.r.IntN(4) == 0 {
		parts = append(parts, w.forms[20+w.r.IntN(5)][:3*(reuse.Least-2)]+w.prose(5))
	}
	w.r.Shuffle(len(parts), func(i, j int) { parts[i], parts[j] = parts[j], parts[i] })
	return strings.Join(parts, "\n")
}

// shared is what is kept of a row that was found.
type shared struct {
	longest int32
	ordered bool // it is told which of the two is earlier
}

// plantedCopies searches generated reports and checks that every planted passage is found, and nothing else.
func plantedCopies(tb testing.TB, reports, characters int) {
	dir := tb.TempDir()
	file, err := os.Create(filepath.Join(dir, "texts"))
	if err != nil {
		tb.Fatal(err)
	}
	defer file.Close()
	finder, folder, w := reuse.NewFinder(Sorters(dir, file)), reuse.NewFolder(nil), newWriter()
	id := func(n int) string { return fmt.Sprintf("r%06d", n) }
	for n := range reports {
		sections := []schema.Text{{Section: new(int32(1)), Text: w.report(n, characters)}}
		year := int32(2015 + n%10)
		r := reuse.Report{ID: id(n), IssuerID: fmt.Sprintf("i%06d", n/10), Year: &year, Template: "2021"}
		if err := finder.Add(r, reuse.Join(sections), folder.Fold(sections)); err != nil {
			tb.Fatal(err)
		}
	}
	found := map[[2]int]shared{}
	heap := uint64(0)
	n := 0
	table, err := finder.Find(tb.Context(), nil, func(res reuse.Result) error {
		if res.ReportID != id(n) {
			return fmt.Errorf("report %s in place of %d", res.ReportID, n)
		}
		for _, row := range res.Rows {
			var other int
			if _, err := fmt.Sscanf(row.OtherReportID, "r%d", &other); err != nil {
				return err
			}
			found[[2]int{n, other}] = shared{row.LongestCharacters, row.OtherIsEarlier != nil}
		}
		if n%5000 == 0 {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			heap = max(heap, m.HeapAlloc)
		}
		n++
		return nil
	})
	if err != nil {
		tb.Fatal(err)
	}
	if n != reports {
		tb.Errorf("%d results of %d reports", n, reports)
	}
	var b bytes.Buffer
	if err := table.Write(&b); err != nil || bytes.Count(b.Bytes(), []byte("\n")) < 100 {
		tb.Errorf("boilerplate of 20 sentences in every report: %v\n%s", err, b.String())
	}
	missed, planted := 0, 0
	for pair, characters := range w.expected {
		sameBody := pair[0]/10 == pair[1]/10
		for _, p := range [][2]int{pair, {pair[1], pair[0]}} {
			if sameBody && p[0] < p[1] {
				continue // a later report of the body itself repeats this one
			}
			planted++
			row, ok := found[p]
			if delete(found, p); characters < reuse.Least {
				if ok && row.longest < reuse.Least {
					tb.Errorf("%v: a passage of %d characters is reported", p, row.longest)
				}
			} else if !ok || int(row.longest) < characters || !row.ordered && p[0]%10 != p[1]%10 {
				if missed++; missed < 5 {
					tb.Errorf("%v: %d characters planted, found %v %+v", p, characters, ok, row)
				}
			}
		}
	}
	for p, row := range found {
		tb.Errorf("%v share nothing that was planted, but %+v", p, row)
		break
	}
	tb.Logf("%d reports: %d planted passages, %d missed, heap %d MB", reports, planted, missed, heap>>20)
}

func TestPlantedCopiesAreFound(t *testing.T) { plantedCopies(t, 1500, 150) }

// BenchmarkPlantedCopies is run by hand: -bench PlantedCopies -benchtime 1x -v.
func BenchmarkPlantedCopies(b *testing.B) {
	for _, n := range []int{1_000, 10_000, 100_000} {
		b.Run(fmt.Sprintf("%d-reports", n), func(b *testing.B) {
			for b.Loop() {
				plantedCopies(b, n, 800)
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*n), "µs/report")
		})
	}
}
