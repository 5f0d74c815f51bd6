package columns

import (
	"sync"
	_ "unsafe" // for go:linkname

	"github.com/apache/arrow/go/v15/parquet/compress"
	"github.com/klauspost/compress/zstd"
)

// codecs is Arrow's table of codecs, which this version of it lets nobody register with (version 18 does).
//
//go:linkname codecs github.com/apache/arrow/go/v15/parquet/compress.codecs
var codecs map[compress.Compression]compress.Codec

// pooled is Arrow's Zstandard with encoders used again: it makes one for every page, and a small dataset is a thousand
// pages of some rows each, so that a third of the time of its build went there. The bytes are the same.
type pooled struct{ compress.Codec }

func init() { codecs[compress.Codecs.Zstd] = pooled{codecs[compress.Codecs.Zstd]} }

var encoders = map[zstd.EncoderLevel]*sync.Pool{}

func init() {
	for _, level := range []zstd.EncoderLevel{zstd.SpeedFastest, zstd.SpeedDefault, zstd.SpeedBetterCompression, zstd.SpeedBestCompression} {
		encoders[level] = &sync.Pool{New: func() any {
			e, err := zstd.NewWriter(nil, zstd.WithZeroFrames(true), zstd.WithEncoderLevel(level), zstd.WithEncoderConcurrency(1))
			if err != nil {
				panic(err) // of options that are none
			}
			return e
		}}
	}
}

// EncodeLevel compresses a page.
func (pooled) EncodeLevel(dst, src []byte, level int) []byte {
	speed := zstd.SpeedDefault
	if level != compress.DefaultCompressionLevel {
		speed = zstd.EncoderLevelFromZstd(level)
	}
	e := encoders[speed].Get().(*zstd.Encoder)
	defer encoders[speed].Put(e)
	return e.EncodeAll(src, dst[:0])
}
