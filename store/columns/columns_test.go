package columns

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/array"
	"github.com/apache/arrow/go/v15/arrow/memory"
	"github.com/apache/arrow/go/v15/parquet"
	"github.com/apache/arrow/go/v15/parquet/compress"
	"github.com/apache/arrow/go/v15/parquet/file"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// everyType has each type of the contract, where it may be null and where not.
func everyType() *arrow.Schema {
	var fields []arrow.Field
	for _, of := range []arrow.DataType{arrow.FixedWidthTypes.Boolean, arrow.PrimitiveTypes.Int32, arrow.PrimitiveTypes.Int64,
		arrow.PrimitiveTypes.Float64, arrow.BinaryTypes.String, arrow.FixedWidthTypes.Date32, timestamp} {
		fields = append(fields, arrow.Field{Name: of.Name(), Type: of}, arrow.Field{Name: of.Name() + "_or_null", Type: of, Nullable: true},
			arrow.Field{Name: of.Name() + "s", Type: arrow.ListOf(of)})
	}
	meta := arrow.NewMetadata([]string{"gongkai.test"}, []string{"yes"})
	return arrow.NewSchema(fields, &meta)
}

func appendRandom(random *rand.Rand, b array.Builder) {
	switch b := b.(type) {
	case *array.BooleanBuilder:
		b.Append(random.IntN(2) == 0)
	case *array.Int32Builder:
		b.Append(int32(random.Uint32()))
	case *array.Int64Builder:
		b.Append(int64(random.Uint64()))
	case *array.Float64Builder:
		b.Append(random.NormFloat64())
	case *array.StringBuilder:
		b.Append(strings.Repeat("政府信息", random.IntN(4)) + fmt.Sprint(random.IntN(50)))
	case *array.Date32Builder:
		b.Append(arrow.Date32(random.IntN(30_000)))
	case *array.TimestampBuilder:
		b.Append(arrow.Timestamp(random.Int64N(1 << 52)))
	case *array.ListBuilder:
		b.Append(true)
		for range max(0, random.IntN(6)-2) {
			appendRandom(random, b.ValueBuilder())
		}
	}
}

func randomRecord(random *rand.Rand, s *arrow.Schema, rows int, nulls float64) arrow.Record {
	b := array.NewRecordBuilder(memory.DefaultAllocator, s)
	defer b.Release()
	for i, f := range s.Fields() {
		for range rows {
			if f.Nullable && random.Float64() < nulls {
				b.Field(i).AppendNull()
			} else {
				appendRandom(random, b.Field(i))
			}
		}
	}
	return b.NewRecord()
}

func write(t *testing.T, s *arrow.Schema, records []arrow.Record) []byte {
	t.Helper()
	var out bytes.Buffer
	// pages of a few values, so that columns have many of them, and dictionaries that overflow
	w, err := NewWriter(&out, s, parquet.NewWriterProperties(parquet.WithCompression(compress.Codecs.Snappy), parquet.WithDataPageSize(256),
		parquet.WithDictionaryPageSizeLimit(600), parquet.WithBatchSize(16)))
	must(t, err)
	for _, rec := range records {
		must(t, w.Write(rec))
	}
	must(t, w.Close())
	return out.Bytes()
}

// values are the cells of records as texts, by column, whatever the records' lengths.
func values(records []arrow.Record) map[string][]string {
	cells := map[string][]string{}
	for _, rec := range records {
		for i, c := range rec.Columns() {
			for r := range c.Len() {
				cells[rec.ColumnName(i)] = append(cells[rec.ColumnName(i)], fmt.Sprint(c.IsNull(r), c.ValueStr(r)))
			}
		}
	}
	return cells
}

func read(t *testing.T, body []byte, leaves, groups []int, batch int64) []arrow.Record {
	t.Helper()
	f, err := file.NewParquetReader(bytes.NewReader(body))
	must(t, err)
	r, err := NewReader(f, leaves, groups, batch)
	must(t, err)
	defer r.Release()
	var records []arrow.Record
	for {
		rec, err := r.Read()
		if err == io.EOF {
			return records
		}
		must(t, err)
		if rec.NumRows() > batch {
			t.Fatalf("a record of %d rows, where %d are the most", rec.NumRows(), batch)
		}
		records = append(records, rec)
	}
}

// TestRoundTrip writes random records as row groups and reads them in batches that end elsewhere.
func TestRoundTrip(t *testing.T) {
	s := everyType()
	for seed := range uint64(20) {
		random := rand.New(rand.NewPCG(seed, 15))
		var records []arrow.Record
		var groups []int
		for g := range 1 + random.IntN(4) {
			records, groups = append(records, randomRecord(random, s, 1+random.IntN(300), []float64{0, 0.3, 1}[random.IntN(3)])), append(groups, g)
		}
		body := write(t, s, records)
		leaves := random.Perm(s.NumFields())[:1+random.IntN(s.NumFields())]
		want, got := values(records), values(read(t, body, leaves, groups, int64(1+random.IntN(200))))
		if len(got) != len(leaves) {
			t.Fatalf("seed %d: %d columns, want %d", seed, len(got), len(leaves))
		}
		for name, cells := range got {
			if fmt.Sprint(cells) != fmt.Sprint(want[name]) {
				t.Fatalf("seed %d: %s is\n%v, want\n%v", seed, name, cells, want[name])
			}
		}
		one := random.IntN(len(groups))
		if got, want := values(read(t, body, leaves, []int{one}, 64)), values(records[one:one+1]); fmt.Sprint(got[s.Field(leaves[0]).Name]) != fmt.Sprint(want[s.Field(leaves[0]).Name]) {
			t.Fatalf("seed %d: row group %d differs", seed, one)
		}
	}
}

// TestSlice writes records that are cut out of longer ones, so that their arrays begin within their buffers.
func TestSlice(t *testing.T) {
	s := everyType()
	whole := randomRecord(rand.New(rand.NewPCG(7, 15)), s, 100, 0.3)
	part := whole.NewSlice(37, 91)
	leaves := make([]int, s.NumFields())
	for i := range leaves {
		leaves[i] = i
	}
	got, want := values(read(t, write(t, s, []arrow.Record{part}), leaves, []int{0}, 1000)), values([]arrow.Record{part})
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got\n%v, want\n%v", got, want)
	}
}

func TestMetadataAndStatistics(t *testing.T) {
	s := everyType()
	rec := randomRecord(rand.New(rand.NewPCG(1, 1)), s, 50, 0.5)
	f, err := file.NewParquetReader(bytes.NewReader(write(t, s, []arrow.Record{rec})))
	must(t, err)
	if v := f.MetaData().KeyValueMetadata().FindValue("gongkai.test"); v == nil || *v != "yes" {
		t.Errorf("metadata %v", v)
	}
	for i, field := range s.Fields() {
		chunk, err := f.MetaData().RowGroup(0).ColumnChunk(i)
		must(t, err)
		stats, err := chunk.Statistics()
		must(t, err)
		if !stats.HasNullCount() || int(stats.NullCount()) != rec.Column(i).NullN() && !strings.HasSuffix(field.Name, "s") {
			t.Errorf("%s: null count %d, want %d", field.Name, stats.NullCount(), rec.Column(i).NullN())
		}
	}
}

func TestRefused(t *testing.T) {
	for _, f := range []arrow.Field{{Name: "a", Type: arrow.PrimitiveTypes.Uint8}, {Name: "a", Type: arrow.FixedWidthTypes.Timestamp_s},
		{Name: "a", Type: arrow.ListOf(arrow.PrimitiveTypes.Int32), Nullable: true}, {Name: "a", Type: arrow.StructOf(arrow.Field{Name: "b", Type: arrow.PrimitiveTypes.Int32})}} {
		if _, err := NewWriter(io.Discard, arrow.NewSchema([]arrow.Field{f}, nil), parquet.NewWriterProperties()); err == nil {
			t.Errorf("%v is written", f)
		}
	}
	s := arrow.NewSchema([]arrow.Field{{Name: "a", Type: arrow.ListOf(arrow.PrimitiveTypes.Int32)}}, nil)
	b := array.NewRecordBuilder(memory.DefaultAllocator, s)
	b.Field(0).(*array.ListBuilder).Append(true)
	b.Field(0).(*array.ListBuilder).ValueBuilder().AppendNull()
	w, err := NewWriter(io.Discard, s, parquet.NewWriterProperties())
	must(t, err)
	if err := w.Write(b.NewRecord()); err == nil {
		t.Error("an element that is null is written")
	}
	required := arrow.NewSchema([]arrow.Field{{Name: "a", Type: arrow.PrimitiveTypes.Int32}}, nil)
	b = array.NewRecordBuilder(memory.DefaultAllocator, required)
	b.Field(0).AppendNull()
	w, err = NewWriter(io.Discard, required, parquet.NewWriterProperties())
	must(t, err)
	if err := w.Write(b.NewRecord()); err == nil {
		t.Error("a null is written where none is allowed")
	}
}

// failing fails behind some bytes.
type failing struct{ left int }

var errFull = errors.New("no space")

func (f *failing) Write(p []byte) (int, error) {
	if f.left -= len(p); f.left < 0 {
		return 0, errFull
	}
	return len(p), nil
}

// TestFullDisk fails each write in turn: none may pass for a whole file.
func TestFullDisk(t *testing.T) {
	s := everyType()
	rec := randomRecord(rand.New(rand.NewPCG(3, 3)), s, 200, 0.5)
	size := len(write(t, s, []arrow.Record{rec}))
	for left := 0; left < size; left += 977 {
		if err := tryWrite(&failing{left}, s, rec); err == nil {
			t.Fatalf("with room for %d of %d bytes no error is told", left, size)
		}
	}
}

func tryWrite(out io.Writer, s *arrow.Schema, rec arrow.Record) error {
	w, err := NewWriter(out, s, parquet.NewWriterProperties(parquet.WithDataPageSize(256), parquet.WithBatchSize(16)))
	if err == nil {
		err = w.Write(rec)
	}
	if err == nil {
		err = w.Close()
	}
	return err
}
