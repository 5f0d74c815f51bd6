package store

import (
	"encoding/binary"
	"fmt"
	"math"
	"reflect"
	"time"

	"github.com/gongkai-data/gongkai/datasets/schema"
)

// sortKey makes, from a row, bytes whose order is the order of a table's rows: by the table's Order columns, null last.
type sortKey[R any] struct {
	fields []int // fields of R
}

func newSortKey[R any](t *schema.Table) (*sortKey[R], error) {
	row := reflect.TypeFor[R]()
	k := &sortKey[R]{}
	for _, name := range t.Order {
		found := false
		for i := range row.NumField() {
			if row.Field(i).Tag.Get("col") == name {
				k.fields, found = append(k.fields, i), true
			}
		}
		if !found {
			return nil, fmt.Errorf("table %s is sorted by %s, which its rows lack", t.Name, name)
		}
	}
	return k, nil
}

// of returns the key of a row.
func (k *sortKey[R]) of(row *R) string {
	v := reflect.ValueOf(row).Elem()
	b := make([]byte, 0, 128)
	for _, f := range k.fields {
		b = appendKey(b, v.Field(f))
	}
	return string(b)
}

// full returns a key of all columns but maps, by which rows with equal keys are put in an order that depends on nothing
// but the rows.
func (k *sortKey[R]) full(row *R) string {
	v := reflect.ValueOf(row).Elem()
	var b []byte
	for i := range v.NumField() {
		b = appendKey(b, v.Field(i))
	}
	return string(b)
}

func appendKey(b []byte, v reflect.Value) []byte {
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			return append(b, 1)
		}
		return appendKey(append(b, 0), v.Elem())
	case reflect.String:
		// a zero byte ends it, so that a prefix comes first; zero bytes within would need an escape, and text has none
		return append(append(b, v.String()...), 0)
	case reflect.Int32, reflect.Int64:
		return binary.BigEndian.AppendUint64(b, uint64(v.Int())^(1<<63))
	case reflect.Bool:
		if v.Bool() {
			return append(b, 1)
		}
		return append(b, 0)
	case reflect.Float64:
		return binary.BigEndian.AppendUint64(b, math.Float64bits(v.Float()))
	case reflect.Slice:
		for i := range v.Len() {
			b = appendKey(append(b, 1), v.Index(i))
		}
		return append(b, 0)
	case reflect.Struct:
		if t, ok := v.Interface().(time.Time); ok {
			return binary.BigEndian.AppendUint64(b, uint64(t.UnixMicro())^(1<<63))
		}
	}
	return b
}

// weight estimates the bytes that a row holds in memory beside its key.
func weight(v reflect.Value) int {
	n := int(v.Type().Size())
	for i := range v.NumField() {
		f := v.Field(i)
		if f.Kind() == reflect.Pointer && !f.IsNil() {
			f = f.Elem()
			n += int(f.Type().Size())
		}
		switch f.Kind() {
		case reflect.String:
			n += f.Len()
		case reflect.Slice:
			n += f.Len() * 32
		case reflect.Map:
			n += f.Len() * 64
		}
	}
	return n
}
