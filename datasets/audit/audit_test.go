package audit

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/query/querytest"
	"github.com/gongkai-data/gongkai/store"
)

// dataset writes fifty reports of several forms and qualities.
func dataset(t *testing.T) *store.Dataset {
	t.Helper()
	var places []querytest.Place
	for i := range 10 {
		p := querytest.Place{ID: fmt.Sprintf("37068610%d000", i), Name: fmt.Sprintf("%d镇", i), Kind: "township", Division: fmt.Sprintf("37068610%d000", i)}
		for y := range int32(5) {
			p.Years = append(p.Years, querytest.Year{Year: 2019 + y, Template: "2021", Values: map[string]float64{"requests.received": float64(i * 30), "review.total": 1},
				States: map[string]string{"suit_direct.total": "unreadable", "review.upheld": "blank"}, Text: "印发文件3份。"})
		}
		places = append(places, p)
	}
	out := filepath.Join(t.TempDir(), "dataset")
	querytest.Write(t, out, places...)
	d, err := store.OpenDataset(out)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

// The same seed draws the same sample, another seed another; nothing is drawn twice and nothing that claims nothing;
// strata are drawn in proportion.
func TestDraw(t *testing.T) {
	d := dataset(t)
	draw := func(n int, seed uint64) []Unit {
		units, err := Draw(context.Background(), d, Options{Sample: n, Seed: seed})
		if err != nil {
			t.Fatal(err)
		}
		return units
	}
	first := draw(60, 7)
	if len(first) != 60 || !reflect.DeepEqual(first, draw(60, 7)) || reflect.DeepEqual(first, draw(60, 8)) {
		t.Fatalf("%d units", len(first))
	}
	seen, sizes := map[string]bool{}, map[string]int{}
	for _, u := range first {
		key := u.ReportID + u.Name()
		if seen[key] || u.Published == "unreadable" || u.Indicator == "suit_direct.total" {
			t.Errorf("%+v", u)
		}
		seen[key] = true
		sizes[u.Stratum] = u.Size
	}
	if len(sizes) < 4 {
		t.Errorf("strata %v", sizes)
	}
	if all := draw(100_000, 1); len(all) < 150 {
		t.Errorf("a sample larger than the dataset has %d units", len(all))
	}
}

func TestShares(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		sizes, all := map[string]int{}, 0
		for i := range 1 + r.IntN(12) {
			sizes[fmt.Sprint(i)] = 1 + r.IntN(1000)
			all += sizes[fmt.Sprint(i)]
		}
		n := 1 + r.IntN(400)
		sum := 0
		for name, k := range share(sizes, n) {
			sum += k
			if exact := float64(n) * float64(sizes[name]) / float64(all); k > sizes[name] || float64(k) > math.Max(atLeast, exact+1) {
				t.Fatalf("%d of %d for a stratum of %d of %d", k, n, sizes[name], all)
			}
			if drawn := draw(r, sizes[name], k); len(drawn) != k {
				t.Fatalf("%d drawn, want %d", len(drawn), k)
			}
		}
		if sum != min(n, all) {
			t.Fatalf("the shares add up to %d, want %d", sum, n)
		}
	}
}

// Values of the interval from the tables of Clopper and Pearson: the bounds solve the binomial tails for 2.5%.
func TestInterval(t *testing.T) {
	for _, c := range []struct{ wrong, n, low, high float64 }{
		{0, 200, 0, 1 - math.Pow(.025, 1./200)}, {200, 200, math.Pow(.025, 1./200), 1}, {1, 10, 0.002529, 0.445016}, {5, 50, 0.033275, 0.218135},
	} {
		low, high := interval(c.wrong/c.n, c.n)
		if math.Abs(low-c.low) > 1e-5 || math.Abs(high-c.high) > 1e-5 {
			t.Errorf("%g of %g: %.6f to %.6f, want %.6f to %.6f", c.wrong, c.n, low, high, c.low, c.high)
		}
	}
}

// The interval holds the true rate in 95% of samples or more, also where strata differ in size and rate.
func TestCoverage(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	sizes := map[string]int{"a": 9000, "b": 900, "c": 100}
	for _, rates := range []map[string]float64{{"a": .01, "b": .02, "c": .3}, {"a": .001, "b": .001, "c": .001}, {"a": 0, "b": .2, "c": .5}} {
		truth, population := 0.0, map[string][]bool{}
		for name, size := range sizes {
			wrong := int(math.Round(rates[name] * float64(size)))
			population[name] = make([]bool, size)
			for i := range wrong {
				population[name][i] = true
			}
			truth += float64(wrong) / 10000
		}
		held, trials := 0, 1000
		for range trials {
			var units []Unit
			for name, k := range share(sizes, 200) {
				for i := range draw(r, sizes[name], k) {
					v := Right
					if population[name][i] {
						v = Wrong
					}
					units = append(units, Unit{Kind: Cell, Stratum: name, Size: sizes[name], Verdict: v, Who: "x", When: "2026-11-23"})
				}
			}
			if e := Estimate(units).All; e.Low <= truth && truth <= e.High {
				held++
			}
		}
		if held < trials*94/100 {
			t.Errorf("%v: the interval held the rate %.4f in %d of %d samples", rates, truth, held, trials)
		}
	}
}

func TestEstimate(t *testing.T) {
	unit := func(stratum string, size int, kind, verdict string) Unit {
		return Unit{Stratum: stratum, Size: size, Kind: kind, Verdict: verdict, Who: "甲", When: "2026-11-2" + fmt.Sprint(len(stratum))}
	}
	units := []Unit{unit("a", 90, Cell, Right), unit("a", 90, Cell, Right), unit("a", 90, Cell, CannotTell), unit("bb", 10, Count, Wrong), unit("bb", 10, Count, Right)}
	r := Estimate(units)
	if r.All.Rate != .05 || r.All.Judged != 4 || r.All.Wrong != 1 || r.CannotTell != 1 || r.Cells.Rate != 0 || r.Counts.Rate != .5 || math.Abs(r.Worst.Rate-(.3+.05)) > 1e-12 {
		t.Errorf("%+v", r)
	}
	if want := []Judge{{"甲", 5, "2026-11-21", "2026-11-22"}}; !reflect.DeepEqual(r.Judges, want) {
		t.Errorf("%+v", r.Judges)
	}
	if none := Estimate([]Unit{{Stratum: "a", Size: 1}}); none.Open != 1 || none.All.High != 1 || none.All.Low != 0 {
		t.Errorf("%+v", none)
	}
}

func TestFile(t *testing.T) {
	a := Audit{Dataset: "ab", Seed: 7, Units: []Unit{{Stratum: "cell · 2021", Size: 3, Kind: Cell, ReportID: "r", URL: "http://a.example/", Indicator: "review.total", TableNo: 3, RowNo: 1, ColumnNo: 2,
		Published: "-1", Raw: "负 1,\n\"x\"", Verdict: Wrong, Found: "1", Who: "甲", When: "2026-11-23"}, {Stratum: "count", Size: 1, Kind: Count, ReportID: "r", Seq: 4}}}
	got, err := Read(bytes.NewReader(a.Bytes()))
	if err != nil || !reflect.DeepEqual(got, a) {
		t.Errorf("%+v, %v", got, err)
	}
	for old, with := range map[string]string{",wrong,": ",wrogn,", "甲,2026-11-23": ",", "dataset,": "data,", ",3,cell": ",0,cell", "ab,7,count": "ac,7,count"} {
		if _, err := Read(strings.NewReader(strings.Replace(string(a.Bytes()), old, with, 1))); err == nil {
			t.Errorf("%s in place of %s is taken", with, old)
		}
	}
}
