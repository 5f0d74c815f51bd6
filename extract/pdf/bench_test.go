package pdf

import (
	"context"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/shared"
)

// BenchmarkRead reads a real report of five pages, one document at a time, with the children warm.
func BenchmarkRead(b *testing.B) {
	body := readFile(b, shared.Path(b, "real/hongze-2024.pdf"))
	const pages = 5
	ctx := context.Background()
	opt := Options{Timeout: defaultTimeout}
	for name, read := range map[string]func() error{
		"pdfium":   func() error { _, err := readWith(ctx, mainRole, body, opt); return err },
		"fallback": func() error { _, err := readWith(ctx, fallbackRole, body, opt); return err },
		"both":     func() error { _, err := Read(ctx, "", body, opt); return err },
	} {
		b.Run(name, func(b *testing.B) {
			if err := read(); err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				if err := read(); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(pages*b.N)/b.Elapsed().Seconds(), "pages/s")
		})
	}
	b.Run("both, in parallel", func(b *testing.B) {
		b.RunParallel(func(p *testing.PB) {
			for p.Next() {
				if _, err := Read(ctx, "", body, opt); err != nil {
					b.Error(err)
				}
			}
		})
		b.ReportMetric(float64(pages*b.N)/b.Elapsed().Seconds(), "pages/s")
	})
}
