package store

import (
	"context"
	"fmt"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/schema"
)

var page = strings.Repeat("<tr><td>一、本年新收政府信息公开申请数量</td><td>21</td><td>0</td><td>4119</td></tr>\n", 600)

// BenchmarkArchiveWrite stores pages of 55 KB from all processors.
func BenchmarkArchiveWrite(b *testing.B) {
	a := openTest(b, b.TempDir(), Options{})
	b.SetBytes(int64(len(page)))
	var n atomic.Int64
	b.RunParallel(func(p *testing.PB) {
		for p.Next() {
			put(b, a, exchange(fmt.Sprintf("http://a.example/%d", n.Add(1)), "", page))
		}
	})
}

func BenchmarkArchiveBody(b *testing.B) {
	a := openTest(b, b.TempDir(), Options{})
	for i := range 50 {
		put(b, a, exchange(fmt.Sprintf("http://a.example/%d", i), "", page))
	}
	all := list(b, a)
	b.SetBytes(int64(len(page)))
	i := 0
	for b.Loop() {
		bodyOf(b, a, all[i%len(all)])
		i++
	}
}

func BenchmarkRebuild(b *testing.B) {
	a := openTest(b, b.TempDir(), Options{})
	for i := range 200 {
		put(b, a, exchange(fmt.Sprintf("http://a.example/%d", i), "", page))
	}
	b.SetBytes(int64(200 * len(page)))
	for b.Loop() {
		must(b, a.Rebuild(context.Background()))
	}
}

// BenchmarkFacts builds a dataset of 500,000 facts, sorted in memory and by temporary files.
func BenchmarkFacts(b *testing.B) {
	const n = 500_000
	for _, memory := range []int{512 << 20, 64 << 20} {
		b.Run(fmt.Sprintf("memory=%dMB", memory>>20), func(b *testing.B) {
			var size int64
			for b.Loop() {
				w := createTest(b, filepath.Join(b.TempDir(), "dataset"), memory)
				facts := testFacts(70)
				for i := range n / 70 {
					for k := range facts {
						facts[k].IssuerID = fmt.Sprintf("99%010d", (i*7919)%100_000)
						facts[k].ReportID = facts[k].IssuerID + "-2020"
					}
					must(b, w.Facts.Add(facts...))
				}
				size = 0
				for _, f := range commit(b, w).Files {
					size += f.Bytes
				}
			}
			b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
			b.ReportMetric(float64(size)/n, "B/row")
			var mem runtime.MemStats
			runtime.ReadMemStats(&mem)
			b.ReportMetric(float64(mem.Sys)/(1<<20), "MB-sys")
		})
	}
}

func BenchmarkReadFacts(b *testing.B) {
	const n = 200_000
	out := filepath.Join(b.TempDir(), "dataset")
	w := createTest(b, out, 0)
	must(b, w.Facts.Add(testFacts(n)...))
	commit(b, w)
	d := openData(b, out)
	for b.Loop() {
		got := 0
		for _, err := range Rows[schema.Fact](context.Background(), d, schema.Facts, Query{}) {
			must(b, err)
			got++
		}
		if got != n {
			b.Fatal(got)
		}
	}
	b.ReportMetric(n*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}
