package mention

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/lexicon"
	"github.com/gongkai-data/gongkai/datasets/shared"
)

func BenchmarkScan(b *testing.B) {
	var s strings.Builder
	for _, p := range passages(b, filepath.Join("testdata", "passages.jsonl")) {
		s.WriteString("按照《中华人民共和国政府信息公开条例》的规定，坚持以公开为常态、不公开为例外，不断深化公开内容，拓宽公开渠道，提升公开实效。")
		s.WriteString(p.Snippet)
		s.WriteByte('\n')
	}
	text := s.String()
	Scan(text)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		Scan(text)
	}
}

func BenchmarkLoadDictionary(b *testing.B) {
	for b.Loop() {
		if _, err := newSegmenter(lexicon.Field); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkSeed reads a whole real report, where counts are far between.
func BenchmarkSeed(b *testing.B) {
	body, err := os.ReadFile(filepath.Join(shared.Path(b), "real", "sikou-2020.txt"))
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		Scan(string(body))
	}
}
