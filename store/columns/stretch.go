package columns

import (
	"encoding/binary"
	"fmt"
	"math"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/array"
	"github.com/apache/arrow/go/v15/arrow/memory"
)

// Find returns the stretch [from, to) of the rows of a row group that begins with the first and ends with the last one
// whose text in a column that is never null is wanted; from and to are equal where there is none. The column's
// dictionary tells most of it.
func (f File) Find(leaf, group int, wanted func(text []byte) bool) (from, to int64, err error) {
	s := sources.Get().(*source)
	defer s.release()
	p, err := s.open(f, leaf, group)
	if err != nil {
		return 0, 0, err
	}
	if p.descr.MaxDefinitionLevel() > 0 {
		return 0, 0, ErrOther
	}
	rows, found := f.Footer.RowGroup(group).NumRows(), []bool(nil)
	for at := int64(0); at < rows; {
		if err := p.next(); err != nil {
			return 0, 0, err
		}
		if found == nil && p.dictionary != nil {
			for _, entry := range p.dictionary.entries {
				found = append(found, wanted(entry))
			}
		}
		for left := p.count; left > 0; {
			is, times := false, 1
			if p.places == nil {
				text, err := p.values.next()
				if err != nil {
					return 0, 0, err
				}
				is = wanted(text)
			} else {
				var place uint32
				if place, times, err = p.places.next(left); err != nil {
					return 0, 0, err
				}
				if int64(place) >= int64(len(found)) {
					return 0, 0, errDamaged
				}
				is = found[place]
			}
			if is {
				if to == 0 {
					from = at
				}
				to = at + int64(times)
			}
			at, left = at+int64(times), left-times
		}
	}
	return from, to, nil
}

// Read returns the rows [from, to) of a row group in leaf columns (by their index in the file). What stands
// before them is passed over and not decoded. The caller releases the record.
func (f File) Read(leaves []int, group int, from, to int64) (arrow.Record, error) {
	bytes := sources.Get().(*source)
	defer bytes.release()
	fields, arrays := make([]arrow.Field, len(leaves)), make([]arrow.Array, 0, len(leaves))
	defer func() {
		for _, a := range arrays {
			a.Release()
		}
	}()
	for i, leaf := range leaves {
		s, err := openStretch(bytes, f, leaf, group, from, to)
		if err != nil {
			return nil, err
		}
		a, err := s.read()
		if err != nil {
			return nil, fmt.Errorf("column %s: %w", s.field.Name, err)
		}
		fields[i], arrays = s.field, append(arrays, a)
	}
	return array.NewRecord(arrow.NewSchema(fields, nil), arrays, to-from), nil
}

// stretch reads rows of one column of a row group.
type stretch struct {
	*pages
	field    arrow.Field
	from, to int64
	put      func([]byte) error // appends a value
	null     func()
	builder  array.Builder
	list     *array.ListBuilder // nil unless the column is a list
}

func openStretch(bytes *source, f File, leaf, group int, from, to int64) (*stretch, error) {
	field, _, err := describe(f.Footer.Schema, leaf)
	if err != nil {
		return nil, err
	}
	p, err := bytes.open(f, leaf, group)
	if err != nil {
		return nil, err
	}
	s := &stretch{pages: p, field: field, from: from, to: to}
	s.builder = array.NewBuilder(memory.DefaultAllocator, field.Type)
	values := s.builder
	if list, ok := s.builder.(*array.ListBuilder); ok {
		s.list, values = list, list.ValueBuilder()
	}
	s.builder.Reserve(int(to - from))
	s.put, s.null = appender(values), values.AppendNull
	return s, nil
}

// appender returns what appends the bytes of a value to an array.
func appender(b array.Builder) func([]byte) error {
	switch b := b.(type) {
	case *array.StringBuilder:
		return func(v []byte) error { b.BinaryBuilder.Append(v); return nil }
	case *array.BooleanBuilder:
		return func(v []byte) error { b.Append(v[0] != 0); return nil }
	case *array.Int32Builder:
		return func(v []byte) error { b.Append(int32(binary.LittleEndian.Uint32(v))); return nil }
	case *array.Date32Builder:
		return func(v []byte) error { b.Append(arrow.Date32(binary.LittleEndian.Uint32(v))); return nil }
	case *array.Int64Builder:
		return func(v []byte) error { b.Append(int64(binary.LittleEndian.Uint64(v))); return nil }
	case *array.TimestampBuilder:
		return func(v []byte) error { b.Append(arrow.Timestamp(binary.LittleEndian.Uint64(v))); return nil }
	case *array.Float64Builder:
		return func(v []byte) error { b.Append(math.Float64frombits(binary.LittleEndian.Uint64(v))); return nil }
	}
	return func([]byte) error { return ErrOther }
}

func (s *stretch) read() (arrow.Array, error) {
	defer s.builder.Release()
	each := s.flat
	if s.list != nil {
		each = s.lists
	}
	// a list may go on in the next page: it has ended where another begins, or with the last page
	for at := int64(0); at < s.to || at == s.to && s.list != nil && s.left > 0; {
		err := s.next()
		if err == nil {
			at, err = each(at)
		}
		if err != nil {
			return nil, err
		}
	}
	if got := int64(s.builder.Len()); got != s.to-s.from {
		return nil, fmt.Errorf("%d rows were read of %d: %w", got, s.to-s.from, errDamaged)
	}
	return s.builder.NewArray(), nil
}

// flat reads what the page holds of the rows, of which it begins with row at, and returns the first row behind it.
func (s *stretch) flat(at int64) (int64, error) {
	end := at + int64(s.count)
	before := int(min(max(s.from-at, 0), int64(s.count)))
	values := before
	if s.definitions != nil {
		var err error
		if values, err = s.definitions.skip(before, 1); err != nil {
			return 0, err
		}
	}
	if err := s.pass(values); err != nil {
		return 0, err
	}
	for range min(end, s.to) - at - int64(before) {
		if s.definitions != nil {
			defined, _, err := s.definitions.next(1)
			if err != nil {
				return 0, err
			}
			if defined == 0 {
				s.null()
				continue
			}
		}
		v, err := s.value()
		if err == nil {
			err = s.put(v)
		}
		if err != nil {
			return 0, err
		}
	}
	return end, nil
}

// lists reads what the page holds of rows of lists. at is the row behind those begun so far: an entry of repetition 0
// begins the next one.
func (s *stretch) lists(at int64) (int64, error) {
	passed := 0                   // values of rows before from that were not yet passed over
	defined, same := uint32(0), 0 // the definition that follows so many times: mostly one for the whole page
	for left := s.count; left > 0; left-- {
		repeated, _, err := s.repetitions.next(1)
		if err == nil && same == 0 {
			defined, same, err = s.definitions.next(left)
		}
		if err != nil {
			return 0, err
		}
		same--
		if repeated == 0 {
			at++
		}
		row := at - 1
		if row >= s.to {
			return at, nil
		}
		if row < s.from {
			if defined == 2 {
				passed++
			}
			continue
		}
		if repeated == 0 {
			s.list.Append(true)
		}
		if defined != 2 { // an empty list
			continue
		}
		if err := s.pass(passed); err != nil {
			return 0, err
		}
		passed = 0
		v, err := s.value()
		if err == nil {
			err = s.put(v)
		}
		if err != nil {
			return 0, err
		}
	}
	return at, nil
}
