package schema

import (
	"fmt"
	"reflect"
	"strings"
	"time"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/array"
	"github.com/apache/arrow/go/v15/arrow/memory"
)

// Builder turns rows of type R into Arrow records of a table. It is for one goroutine.
type Builder[R any] struct {
	table   *Table
	builder *array.RecordBuilder
	put     []func(reflect.Value)
	known   map[string]bool // ids of the panel's indicators
}

// NewBuilder returns a Builder; R must be the row type of t. Release it after use.
func NewBuilder[R any](t *Table) (*Builder[R], error) {
	if err := checkRow[R](t); err != nil {
		return nil, err
	}
	b := &Builder[R]{table: t, builder: array.NewRecordBuilder(memory.DefaultAllocator, t.Arrow()), known: map[string]bool{}}
	for i, c := range t.Columns {
		b.put = append(b.put, putter(c, b.builder.Field(i)))
		if c.indicator != "" {
			b.known[c.indicator] = true
		}
	}
	return b, nil
}

func checkRow[R any](t *Table) error {
	if row := reflect.TypeFor[R](); row != t.row {
		return fmt.Errorf("table %s has rows of %v, not of %v", t.Name, t.row, row)
	}
	return nil
}

// Append adds one row. Bytes of a text that are no UTF-8 become U+FFFD.
func (b *Builder[R]) Append(row *R) error {
	if p, ok := any(row).(*Panel); ok {
		for id := range p.Values {
			if !b.known[id] {
				return fmt.Errorf("panel row %s: indicator %s is no column of the panel", p.ReportID, id)
			}
		}
	}
	v := reflect.ValueOf(row).Elem()
	for i, put := range b.put {
		put(v.Field(b.table.Columns[i].field))
	}
	return nil
}

// Record returns the rows appended since the last call; the caller releases it.
func (b *Builder[R]) Record() arrow.Record { return b.builder.NewRecord() }

// Release frees the buffers.
func (b *Builder[R]) Release() { b.builder.Release() }

func putter(c Column, b array.Builder) func(reflect.Value) {
	if c.indicator != "" {
		b := b.(*array.Float64Builder)
		return func(v reflect.Value) {
			if x, ok := v.Interface().(map[string]float64)[c.indicator]; ok {
				b.Append(x)
			} else {
				b.AppendNull()
			}
		}
	}
	put := putValue(c, b)
	if !c.Nullable {
		return put
	}
	return func(v reflect.Value) {
		if v.IsNil() {
			b.AppendNull()
		} else {
			put(v.Elem())
		}
	}
}

func putValue(c Column, b array.Builder) func(reflect.Value) {
	switch b := b.(type) {
	case *array.StringBuilder:
		// Parquet's strings are UTF-8; a reader that meets another byte refuses the whole file
		return func(v reflect.Value) { b.Append(strings.ToValidUTF8(v.String(), "\uFFFD")) }
	case *array.BooleanBuilder:
		return func(v reflect.Value) { b.Append(v.Bool()) }
	case *array.Int32Builder:
		return func(v reflect.Value) { b.Append(int32(v.Int())) }
	case *array.Int64Builder:
		return func(v reflect.Value) { b.Append(v.Int()) }
	case *array.Float64Builder:
		return func(v reflect.Value) { b.Append(v.Float()) }
	case *array.Date32Builder:
		return func(v reflect.Value) { b.Append(arrow.Date32(v.Int())) }
	case *array.TimestampBuilder:
		return func(v reflect.Value) { b.Append(arrow.Timestamp(v.Interface().(time.Time).UnixMicro())) }
	case *array.ListBuilder:
		element := putValue(c, b.ValueBuilder())
		return func(v reflect.Value) {
			b.Append(true) // no list is an empty list, never null
			for i := range v.Len() {
				element(v.Index(i))
			}
		}
	}
	panic(fmt.Sprintf("schema: column %s has no builder for %s", c.Name, c.Type))
}

// Decode calls yield for each row of an Arrow record that holds some or all columns of t, in any order; fields of
// columns that the record lacks stay zero. A column that t does not know, or of another type, is an error. The row is
// valid during the call only.
func Decode[R any](t *Table, record arrow.Record, yield func(*R) error) error {
	if err := checkRow[R](t); err != nil {
		return err
	}
	take := make([]func(reflect.Value, int), record.NumCols())
	for i := range take {
		name := record.ColumnName(i)
		c := t.Column(name)
		if c == nil {
			return fmt.Errorf("table %s: column %s is not in schema %s", t.Name, name, Version)
		}
		if !arrow.TypeEqual(c.Type, record.Column(i).DataType()) && !sameList(c.Type, record.Column(i).DataType()) {
			return fmt.Errorf("table %s: column %s is %s, want %s", t.Name, name, record.Column(i).DataType(), c.Type)
		}
		take[i] = taker(*c, record.Column(i))
	}
	for r := range int(record.NumRows()) {
		row := new(R)
		v := reflect.ValueOf(row).Elem()
		for _, f := range take {
			f(v, r)
		}
		if err := yield(row); err != nil {
			return err
		}
	}
	return nil
}

// sameList compares list types without the name of the element's field, which Parquet writers choose freely.
func sameList(a, b arrow.DataType) bool {
	la, ok := a.(*arrow.ListType)
	lb, ok2 := b.(*arrow.ListType)
	return ok && ok2 && arrow.TypeEqual(la.Elem(), lb.Elem())
}

func taker(c Column, a arrow.Array) func(reflect.Value, int) {
	if c.indicator != "" {
		a := a.(*array.Float64)
		return func(row reflect.Value, r int) {
			if a.IsNull(r) {
				return
			}
			f := row.Field(c.field)
			if f.IsNil() {
				f.Set(reflect.ValueOf(map[string]float64{}))
			}
			f.Interface().(map[string]float64)[c.indicator] = a.Value(r)
		}
	}
	get := takeValue(c, a)
	return func(row reflect.Value, r int) {
		if a.IsNull(r) {
			return
		}
		f := row.Field(c.field)
		if c.Nullable {
			p := reflect.New(c.elementKind)
			get(p.Elem(), r)
			f.Set(p)
		} else {
			get(f, r)
		}
	}
}

func takeValue(c Column, a arrow.Array) func(reflect.Value, int) {
	switch a := a.(type) {
	case *array.String:
		// cloned: the array's memory goes back to the allocator with the record
		return func(v reflect.Value, r int) { v.SetString(string([]byte(a.Value(r)))) }
	case *array.Boolean:
		return func(v reflect.Value, r int) { v.SetBool(a.Value(r)) }
	case *array.Int32:
		return func(v reflect.Value, r int) { v.SetInt(int64(a.Value(r))) }
	case *array.Int64:
		return func(v reflect.Value, r int) { v.SetInt(a.Value(r)) }
	case *array.Float64:
		return func(v reflect.Value, r int) { v.SetFloat(a.Value(r)) }
	case *array.Date32:
		return func(v reflect.Value, r int) { v.SetInt(int64(a.Value(r))) }
	case *array.Timestamp:
		return func(v reflect.Value, r int) { v.Set(reflect.ValueOf(time.UnixMicro(int64(a.Value(r))).UTC())) }
	case *array.List:
		element := takeValue(c, a.ListValues())
		return func(v reflect.Value, r int) {
			start, end := a.ValueOffsets(r)
			if start == end {
				return
			}
			v.Set(reflect.MakeSlice(v.Type(), int(end-start), int(end-start)))
			for i := start; i < end; i++ {
				element(v.Index(int(i-start)), int(i))
			}
		}
	}
	panic(fmt.Sprintf("schema: column %s has no reader for %s", c.Name, a.DataType()))
}
