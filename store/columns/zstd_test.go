package columns

import (
	"bytes"
	"math/rand/v2"
	"sync"
	"testing"

	"github.com/apache/arrow/go/v15/parquet/compress"
)

// Encoders that are used again give Arrow's own bytes, whatever they compressed before and however many are at it, and
// Arrow writes pages with them.
func TestPooledEncodersGiveTheSameBytes(t *testing.T) {
	mine, err := compress.GetCodec(compress.Codecs.Zstd)
	if err != nil {
		t.Fatal(err)
	}
	p, ok := mine.(pooled)
	if !ok {
		t.Fatalf("Arrow compresses with %T", mine)
	}
	random := rand.New(rand.NewPCG(1, 2))
	var pages [][]byte
	for _, n := range []int{0, 1, 40, 5_000, 200_000} {
		page := make([]byte, n)
		for i := range page {
			page[i] = byte(random.IntN(1 + i%7))
		}
		pages = append(pages, page)
	}
	var writers sync.WaitGroup
	for range 3 {
		writers.Go(func() {
			for _, level := range []int{1, 3, compress.DefaultCompressionLevel} {
				for _, page := range pages {
					got := p.EncodeLevel(make([]byte, 0, p.CompressBound(int64(len(page)+1))), page, level)
					if want := p.Codec.EncodeLevel(nil, page, level); !bytes.Equal(got, want) {
						t.Errorf("level %d, %d bytes: %d bytes compressed, want %d", level, len(page), len(got), len(want))
					}
					if back := p.Decode(make([]byte, 0, len(page)), got); !bytes.Equal(back, page) {
						t.Errorf("level %d, %d bytes: read back as %d", level, len(page), len(back))
					}
				}
			}
		})
	}
	writers.Wait()
}
