package read

import (
	"bytes"
	"context"
	"os"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// benchPages are pages of the corpus: a plain one, one pasted from Word, one in the frame of a site.
var benchPages = []string{"clean-4.html", "word-1.html", "shell-trs-0.html"}

// BenchmarkHTML goes from the bytes of a page to facts, mentions and problems; its goal is twice BenchmarkParse.
// bench/instructions.sh compares the two by instructions: 9 times on the page of 9 KB and 3 on those of 100 KB.
func BenchmarkHTML(b *testing.B) {
	for _, name := range benchPages {
		b.Run(name, func(b *testing.B) {
			page := benchPage(b, name)
			for b.Loop() {
				if r, err := Report(context.Background(), name, page, Options{}); err != nil || len(r.Facts) < 100 {
					b.Fatalf("%d facts, %v", len(r.Facts), err)
				}
			}
		})
	}
}

// BenchmarkParse is goquery's bare parse of the same bytes.
func BenchmarkParse(b *testing.B) {
	for _, name := range benchPages {
		b.Run(name, func(b *testing.B) {
			page := benchPage(b, name)
			for b.Loop() {
				if _, err := goquery.NewDocumentFromReader(bytes.NewReader(page)); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func benchPage(b *testing.B, name string) []byte {
	b.Helper()
	page, err := os.ReadFile("testdata/corpus/" + name)
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(page)))
	b.ReportAllocs()
	return page
}
