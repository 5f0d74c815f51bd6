package columns

import (
	"errors"
	"fmt"
	"io"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/array"
	"github.com/apache/arrow/go/v15/parquet"
	"github.com/apache/arrow/go/v15/parquet/file"
	"github.com/apache/arrow/go/v15/parquet/metadata"
)

// Writer writes one Parquet file. It is for one goroutine.
type Writer struct {
	schema *arrow.Schema
	out    *firstError
	file   *file.Writer
}

// firstError keeps the first error of a writer and goes on as if there were none: Arrow's writer ignores some of the
// errors that it meets and panics at others.
type firstError struct {
	io.Writer
	err error
}

func (f *firstError) Write(p []byte) (int, error) {
	if f.err == nil {
		_, f.err = f.Writer.Write(p)
	}
	return len(p), nil
}

// NewWriter begins a file of records of a schema, whose metadata becomes the file's.
func NewWriter(w io.Writer, s *arrow.Schema, props *parquet.WriterProperties) (*Writer, error) {
	root, err := toParquet(s, props)
	if err != nil {
		return nil, err
	}
	var meta metadata.KeyValueMetadata
	for i, key := range s.Metadata().Keys() {
		if err := meta.Append(key, s.Metadata().Values()[i]); err != nil {
			return nil, fmt.Errorf("metadata %s: %w", key, err)
		}
	}
	out := &firstError{Writer: w}
	return &Writer{s, out, file.NewParquetWriter(out, root, file.WithWriterProps(props), file.WithWriteMetadata(meta))}, nil
}

// Write writes a record as one row group.
func (w *Writer) Write(rec arrow.Record) error {
	if !rec.Schema().Equal(w.schema) {
		return errors.New("the record is of another schema than the file")
	}
	group := w.file.AppendRowGroup()
	for i, a := range rec.Columns() {
		column, err := group.NextColumn()
		if err == nil {
			err = writeColumn(column, a)
		}
		if err != nil {
			return fmt.Errorf("column %s: %w", rec.ColumnName(i), err)
		}
	}
	return errors.Join(group.Close(), w.out.err)
}

// Close writes the footer. It does not close what the file is written to.
func (w *Writer) Close() error {
	err := w.file.Close()
	return errors.Join(err, w.out.err)
}

func writeColumn(w file.ColumnChunkWriter, a arrow.Array) error {
	list, ok := a.(*array.List)
	if !ok {
		return writeValues(w, a, flatLevels(a, w.Descr().MaxDefinitionLevel()), nil)
	}
	if list.NullN() > 0 || list.ListValues().NullN() > 0 {
		return errors.New("a list or an element of one is null")
	}
	from, to := int64(0), int64(0)
	if list.Len() > 0 {
		from, _ = list.ValueOffsets(0)
		_, to = list.ValueOffsets(list.Len() - 1)
	}
	values := array.NewSlice(list.ListValues(), from, to)
	defer values.Release()
	definition, repetition := listLevels(list, w.Descr().MaxDefinitionLevel())
	return writeValues(w, values, definition, repetition)
}

// flatLevels are the definition levels of a column: none where no value can be null.
func flatLevels(a arrow.Array, defined int16) []int16 {
	if defined == 0 {
		return nil
	}
	levels := make([]int16, a.Len())
	for i := range levels {
		if a.IsValid(i) {
			levels[i] = defined
		}
	}
	return levels
}

// listLevels are the levels of lists without nulls: an entry for each element and one for each empty list.
func listLevels(list *array.List, defined int16) (definition, repetition []int16) {
	for i := range list.Len() {
		start, end := list.ValueOffsets(i)
		if start == end {
			definition, repetition = append(definition, 0), append(repetition, 0)
		}
		for at := start; at < end; at++ {
			first := int16(1)
			if at == start {
				first = 0
			}
			definition, repetition = append(definition, defined), append(repetition, first)
		}
	}
	return definition, repetition
}

func writeValues(w file.ColumnChunkWriter, a arrow.Array, definition, repetition []int16) error {
	switch w := w.(type) {
	case *file.BooleanColumnChunkWriter:
		if a, ok := a.(*array.Boolean); ok {
			values := make([]bool, a.Len())
			for i := range values {
				values[i] = a.Value(i)
			}
			return put(w, a, values, definition, repetition)
		}
	case *file.Int32ColumnChunkWriter:
		switch a := a.(type) {
		case *array.Int32:
			return put(w, a, a.Int32Values(), definition, repetition)
		case *array.Date32:
			values := make([]int32, a.Len())
			for i, day := range a.Date32Values() {
				values[i] = int32(day)
			}
			return put(w, a, values, definition, repetition)
		}
	case *file.Int64ColumnChunkWriter:
		switch a := a.(type) {
		case *array.Int64:
			return put(w, a, a.Int64Values(), definition, repetition)
		case *array.Timestamp:
			values := make([]int64, a.Len())
			for i, at := range a.TimestampValues() {
				values[i] = int64(at)
			}
			return put(w, a, values, definition, repetition)
		}
	case *file.Float64ColumnChunkWriter:
		if a, ok := a.(*array.Float64); ok {
			return put(w, a, a.Float64Values(), definition, repetition)
		}
	case *file.ByteArrayColumnChunkWriter:
		if a, ok := a.(*array.String); ok {
			return put(w, a, texts(a), definition, repetition)
		}
	}
	return fmt.Errorf("an array of %s does not go into a column of %s", a.DataType(), w.Type())
}

// texts are the values of an array, within its memory.
func texts(a *array.String) []parquet.ByteArray {
	values := make([]parquet.ByteArray, a.Len())
	if len(values) == 0 {
		return values
	}
	offsets, bytes := a.ValueOffsets(), a.ValueBytes()
	for i := range values {
		values[i] = bytes[offsets[i]-offsets[0] : offsets[i+1]-offsets[0]]
	}
	return values
}

// chunkWriter is what the writers of all types have in common.
type chunkWriter[V any] interface {
	WriteBatch(values []V, definition, repetition []int16) (int64, error)
	WriteBatchSpaced(values []V, definition, repetition []int16, valid []byte, offset int64)
}

// put writes values; what is null among them has a place in values.
func put[V any](w chunkWriter[V], a arrow.Array, values []V, definition, repetition []int16) error {
	if a.NullN() == 0 {
		_, err := w.WriteBatch(values, definition, repetition)
		return err
	}
	if definition == nil {
		return errors.New("a value is null in a column that allows none")
	}
	w.WriteBatchSpaced(values, definition, repetition, a.NullBitmapBytes(), int64(a.Data().Offset()))
	return nil
}
