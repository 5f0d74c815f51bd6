package crawl

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/gongkai-data/gongkai/crawl/sim"
	"github.com/gongkai-data/gongkai/store"
)

// BenchmarkCrawl crawls plain loopback sites without a delay, archive and frontier on disk.
func BenchmarkCrawl(b *testing.B) {
	bulk, err := sim.NewBulk(8, 100)
	if err != nil {
		b.Fatal(err)
	}
	defer bulk.Close()
	var requests int64
	for b.Loop() {
		dir := b.TempDir()
		archive, err := store.Open(context.Background(), filepath.Join(dir, "archive"), store.Options{})
		if err != nil {
			b.Fatal(err)
		}
		opt := Options{Archive: archive, Frontier: filepath.Join(dir, "frontier.sqlite"), Delay: -1, AllowLoopback: true}
		for _, s := range bulk.Seeds {
			opt.Seeds = append(opt.Seeds, Seed{Site: s})
		}
		s, err := Run(context.Background(), opt)
		if err != nil {
			b.Fatal(err)
		}
		if int(s.Reports) != bulk.Reports {
			b.Fatalf("%d reports of %d", s.Reports, bulk.Reports)
		}
		requests += s.Fetched
		if err := archive.Close(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(requests)/b.Elapsed().Seconds(), "requests/s")
}
