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

	"github.com/gongkai-data/gongkai/datasets/gazetteer"
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
func (w *writer) prose(n int) string { return prose(w.r, n) }

func prose(r *rand.Rand, n int) string {
	var b strings.Builder
	for range n {
		b.WriteRune(rune(0x4e00 + r.IntN(3000)))
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

// live returns the bytes of memory that are in use.
func live() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// judge compares what is found with what was planted, result by result, so that it keeps nothing of its own.
type judge struct {
	testing.TB
	expected                map[[2]int]int
	planted, missed, errors int
}

// of takes the rows of report n. Planted passages are expected in both reports, save that a later report of the body
// itself repeats this one.
func (j *judge) of(n int, rows []schema.Reuse) {
	for _, row := range rows {
		var other int
		if _, err := fmt.Sscanf(row.OtherReportID, "r%d", &other); err != nil {
			j.fault("report %q: %v", row.OtherReportID, err)
			continue
		}
		characters, is := j.expected[[2]int{n, other}]
		if !is {
			characters, is = j.expected[[2]int{other, n}]
		}
		switch ordered := row.OtherIsEarlier != nil; {
		case !is:
			j.fault("%d and %d share nothing that was planted, but %+v", n, other, row)
		case characters < reuse.Least && row.LongestCharacters < reuse.Least:
			j.fault("%d and %d: a passage of %d characters is reported", n, other, characters)
		case characters < reuse.Least:
		case int(row.LongestCharacters) < characters || !ordered && n%10 != other%10:
			j.fault("%d and %d: %d characters planted, found %+v", n, other, characters, row)
		default:
			j.missed--
		}
	}
}

func (j *judge) fault(format string, args ...any) {
	if j.errors++; j.errors < 5 {
		j.Errorf(format, args...)
	}
}

// plan counts the passages that are to be found; until they are they count as missed.
func (j *judge) plan() {
	for pair, characters := range j.expected {
		ways := 2
		if pair[0]/10 == pair[1]/10 {
			ways = 1
		}
		j.planted += ways
		if characters >= reuse.Least {
			j.missed += ways
		}
	}
}

// mostHeld bounds the memory that the search keeps, in bytes: what the sorters hold and the table, and so much a
// report.
func mostHeld(reports int) int64 { return 48<<20 + 256*int64(reports) }

// plantedCopies searches generated reports and checks that every planted passage is found, and nothing else.
func plantedCopies(tb testing.TB, reports, characters int) {
	dir := tb.TempDir()
	file, err := os.Create(filepath.Join(dir, "texts"))
	if err != nil {
		tb.Fatal(err)
	}
	defer file.Close()
	w := newWriter()
	for n := range reports {
		w.report(n, characters)
	}
	j := &judge{TB: tb, expected: w.expected}
	j.plan()
	folder := reuse.NewFolder(nil)
	gazetteer.Lookup("110000") // loads it
	reuse.NewTable()
	before, held := live(), int64(0)
	finder := reuse.NewFinder(Sorters(dir, file))
	w = newWriter()
	w.expected = j.expected // is the same
	id := func(n int) string { return fmt.Sprintf("r%06d", n) }
	for n := range reports {
		sections := []schema.Text{{Section: new(int32(1)), Text: w.report(n, characters)}}
		year := int32(2015 + n%10)
		r := reuse.Report{ID: id(n), IssuerID: fmt.Sprintf("i%06d", n/10), Year: &year, Template: "2021"}
		if err := finder.Add(r, reuse.Join(sections), folder.Fold(sections)); err != nil {
			tb.Fatal(err)
		}
	}
	n := 0
	table, err := finder.Find(tb.Context(), nil, func(res reuse.Result) error {
		if res.ReportID != id(n) {
			return fmt.Errorf("report %s in place of %d", res.ReportID, n)
		}
		if j.of(n, res.Rows); n%max(1, reports/4) == 0 {
			held = max(held, live()-before)
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
	if j.missed != 0 {
		tb.Errorf("%d of %d planted passages are missed", j.missed, j.planted)
	}
	if held > mostHeld(reports) {
		tb.Errorf("the search of %d reports keeps %d MB, more than %d", reports, held>>20, mostHeld(reports)>>20)
	}
	tb.Logf("%d reports: %d planted passages, %d missed, %.1f MB kept", reports, j.planted, j.missed, float64(held)/(1<<20))
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
