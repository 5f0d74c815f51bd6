package columns

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/array"
	"github.com/apache/arrow/go/v15/arrow/memory"
	"github.com/apache/arrow/go/v15/parquet"
	"github.com/apache/arrow/go/v15/parquet/file"
)

// TestStretch reads stretches of random row groups, of many pages with and without a dictionary, as the Reader does.
func TestStretch(t *testing.T) {
	s := everyType()
	leaves := make([]int, s.NumFields())
	for i := range leaves {
		leaves[i] = i
	}
	for seed := range uint64(12) {
		random := rand.New(rand.NewPCG(seed, 16))
		rec := randomRecord(random, s, 1+random.IntN(600), []float64{0, 0.3, 1}[random.IntN(3)])
		body := write(t, s, []arrow.Record{randomRecord(random, s, 5, 0.5), rec})
		f, err := file.NewParquetReader(bytes.NewReader(body))
		must(t, err)
		for range 10 {
			from := random.Int64N(rec.NumRows())
			to := from + 1 + random.Int64N(rec.NumRows()-from)
			got, err := File{bytes.NewReader(body), f.MetaData()}.Read(leaves, 1, from, to)
			must(t, err)
			part := rec.NewSlice(from, to)
			if g, w := values([]arrow.Record{got}), values([]arrow.Record{part}); fmt.Sprint(g) != fmt.Sprint(w) {
				t.Fatalf("seed %d, rows %d to %d of %d:\n%v, want\n%v", seed, from, to, rec.NumRows(), g, w)
			}
			if !got.Schema().Equal(schemaOf(t, f, leaves)) {
				t.Fatalf("the schema is %v", got.Schema())
			}
		}
	}
}

// schemaOf is the schema of what the Reader reads.
func schemaOf(t *testing.T, f *file.Reader, leaves []int) *arrow.Schema {
	t.Helper()
	r, err := NewReader(f, leaves, []int{0}, 1)
	must(t, err)
	defer r.Release()
	return r.schema
}

// sorted writes rising texts, each some times, in one row group.
func sorted(t *testing.T, random *rand.Rand, options ...parquet.WriterProperty) (texts []string, f File) {
	t.Helper()
	b := array.NewRecordBuilder(memory.DefaultAllocator, arrow.NewSchema([]arrow.Field{{Name: "id", Type: arrow.BinaryTypes.String}}, nil))
	defer b.Release()
	for i := range 1 + random.IntN(60) {
		for range 1 + random.IntN(90) {
			texts = append(texts, fmt.Sprintf("id-%03d", 2*i))
		}
	}
	b.Field(0).(*array.StringBuilder).AppendValues(texts, nil)
	var out bytes.Buffer
	w, err := NewWriter(&out, b.Schema(), parquet.NewWriterProperties(options...))
	must(t, err)
	must(t, w.Write(b.NewRecord()))
	must(t, w.Close())
	r, err := file.NewParquetReader(bytes.NewReader(out.Bytes()))
	must(t, err)
	return texts, File{bytes.NewReader(out.Bytes()), r.MetaData()}
}

func TestFind(t *testing.T) {
	for seed := range uint64(40) {
		random := rand.New(rand.NewPCG(seed, 17))
		texts, f := sorted(t, random, parquet.WithDictionaryDefault(seed%2 == 0), parquet.WithDataPageSize(200), parquet.WithBatchSize(16), parquet.WithDictionaryPageSizeLimit(200))
		for i := range 125 {
			id := fmt.Sprintf("id-%03d", i)
			from, to, err := f.Find(0, 0, func(text []byte) bool { return string(text) == id })
			must(t, err)
			first, n := slices.Index(texts, id), 0
			for _, x := range texts {
				if x == id {
					n++
				}
			}
			if to-from != int64(n) || n > 0 && from != int64(first) {
				t.Fatalf("seed %d: %s stands from %d to %d, want %d rows from %d", seed, id, from, to, n, first)
			}
		}
	}
}

// What is written in another way is left to the Reader.
func TestOtherWays(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 1))
	for name, option := range map[string]parquet.WriterProperty{"pages of version 2": parquet.WithDataPageVersion(parquet.DataPageV2),
		"differences": parquet.WithEncoding(parquet.Encodings.DeltaByteArray)} {
		_, f := sorted(t, random, option, parquet.WithDictionaryDefault(false))
		if _, _, err := f.Find(0, 0, func([]byte) bool { return true }); !errors.Is(err, ErrOther) {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := f.Read([]int{0}, 0, 0, 1); !errors.Is(err, ErrOther) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// FuzzRuns reads damaged levels and places: numbers or an error, never a panic and never without end.
func FuzzRuns(f *testing.F) {
	f.Add([]byte{0x06, 0x01, 0x03, 0xaa}, 1)
	f.Add([]byte{0x03, 0x88, 0xc6, 0xfa, 0x10}, 3)
	f.Add([]byte{0x00, 0x00, 0x02}, 9)
	f.Fuzz(func(t *testing.T, data []byte, width int) {
		if width < 0 || width > 32 {
			return
		}
		one, all := &runs{data: data, width: width}, &runs{data: data, width: width}
		const n = 200
		var singly []uint32
		for range n {
			v, _, err := one.next(1)
			if err != nil {
				break
			}
			singly = append(singly, v)
		}
		if len(singly) < n {
			return
		}
		if err := all.pass(n - 1); err != nil {
			t.Fatal(err)
		}
		if v, _, err := all.next(1); err != nil || v != singly[n-1] {
			t.Fatalf("number %d is %d (%v), want %d", n, v, err, singly[n-1])
		}
	})
}
