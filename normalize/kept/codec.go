package kept

import (
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"math"
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"
)

// A value is written by its type, without names: numbers as varints, a string once and then by its number, a nil as
// nought. What JSON leaves out is left out: fields that are not exported, and those tagged "-".

// codec writes and reads the values of one type.
type codec struct {
	put  func(*writer, reflect.Value)
	take func(*reader, reflect.Value)
	min  int // bytes that a value takes at least
}

type writer struct {
	b     []byte
	known map[string]uint64
	err   error
}

type reader struct {
	b     []byte
	known []string
	err   error
}

var errForeign = errors.New("the bytes are not those of a reading")

// shortText is up to which length in bytes a string is written once only.
const shortText = 64

func (w *writer) number(n uint64) { w.b = binary.AppendUvarint(w.b, n) }

func (w *writer) text(s string) {
	if !utf8.ValidString(s) {
		s = string([]rune(s)) // as JSON does, and Parquet wants
	}
	if len(s) <= shortText {
		if at, ok := w.known[s]; ok {
			w.number(at)
			return
		}
		w.known[s] = uint64(len(w.known)) + 1
	}
	w.number(0)
	w.number(uint64(len(s)))
	w.b = append(w.b, s...)
}

func (r *reader) fail() { r.b, r.err = nil, errForeign }

func (r *reader) number() uint64 {
	n, size := binary.Uvarint(r.b)
	if size <= 0 {
		r.fail()
		return 0
	}
	r.b = r.b[size:]
	return n
}

// count reads how many values of at least so many bytes follow.
func (r *reader) count(n uint64, least int) int {
	if n > uint64(len(r.b)/max(least, 1)) {
		r.fail()
		return 0
	}
	return int(n)
}

func (r *reader) text() string {
	if at := r.number(); at > 0 {
		if at > uint64(len(r.known)) {
			r.fail()
			return ""
		}
		return r.known[at-1]
	}
	n := r.count(r.number(), 1)
	s := string(r.b[:n])
	r.b = r.b[n:]
	if !utf8.ValidString(s) {
		r.fail()
		return ""
	}
	if len(s) <= shortText && r.err == nil {
		r.known = append(r.known, s)
	}
	return s
}

func zigzag(n int64) uint64   { return uint64(n<<1) ^ uint64(n>>63) }
func unzigzag(n uint64) int64 { return int64(n>>1) ^ -int64(n&1) }

// whole is up to which size a float64 that is a whole number is written as one.
const whole = 1 << 53

func (w *writer) float(v float64) {
	if v == math.Trunc(v) && math.Abs(v) < whole && (v != 0 || !math.Signbit(v)) {
		w.number(zigzag(int64(v)) << 1)
		return
	}
	w.number(1)
	w.b = binary.LittleEndian.AppendUint64(w.b, math.Float64bits(v))
}

func (r *reader) float() float64 {
	n := r.number()
	if n&1 == 0 {
		return float64(unzigzag(n >> 1))
	}
	if n != 1 || len(r.b) < 8 {
		r.fail()
		return 0
	}
	v := math.Float64frombits(binary.LittleEndian.Uint64(r.b))
	r.b = r.b[8:]
	return v
}

// codecOf makes the codec of a type; one that readings do not have is a fault of the program.
func codecOf(t reflect.Type) codec {
	switch t.Kind() {
	case reflect.Bool:
		return codec{func(w *writer, v reflect.Value) {
			if v.Bool() {
				w.number(1)
			} else {
				w.number(0)
			}
		},
			func(r *reader, v reflect.Value) {
				n := r.number()
				if n > 1 {
					r.fail()
				}
				v.SetBool(n == 1)
			}, 1}
	case reflect.Int, reflect.Int32, reflect.Int64:
		return codec{func(w *writer, v reflect.Value) { w.number(zigzag(v.Int())) },
			func(r *reader, v reflect.Value) {
				n := unzigzag(r.number())
				if v.OverflowInt(n) {
					r.fail()
				}
				v.SetInt(n)
			}, 1}
	case reflect.Float64:
		return codec{func(w *writer, v reflect.Value) { w.float(v.Float()) }, func(r *reader, v reflect.Value) { v.SetFloat(r.float()) }, 1}
	case reflect.String:
		return codec{func(w *writer, v reflect.Value) { w.text(v.String()) }, func(r *reader, v reflect.Value) { v.SetString(r.text()) }, 1}
	case reflect.Interface:
		return codec{putAny, takeAny, 1}
	case reflect.Pointer:
		return pointerOf(t)
	case reflect.Slice:
		return sliceOf(t)
	case reflect.Map:
		return textsOf(t)
	case reflect.Struct:
		return structOf(t)
	}
	panic("kept: no codec for " + t.String())
}

// putAny writes the argument of a doubt; as in JSON a number is a float64.
func putAny(w *writer, v reflect.Value) {
	switch x := v.Interface().(type) {
	case nil:
		w.number(0)
	case string:
		w.number(1)
		w.text(x)
	case int:
		w.number(2)
		w.float(float64(x))
	case float64:
		w.number(2)
		w.float(x)
	default:
		w.err = fmt.Errorf("a %T cannot be kept", x)
	}
}

func takeAny(r *reader, v reflect.Value) {
	switch r.number() {
	case 0:
	case 1:
		v.Set(reflect.ValueOf(r.text()))
	case 2:
		v.Set(reflect.ValueOf(r.float()))
	default:
		r.fail()
	}
}

func pointerOf(t reflect.Type) codec {
	of := codecOf(t.Elem())
	return codec{func(w *writer, v reflect.Value) {
		if v.IsNil() {
			w.number(0)
			return
		}
		w.number(1)
		of.put(w, v.Elem())
	}, func(r *reader, v reflect.Value) {
		switch r.number() {
		case 0:
		case 1:
			to := reflect.New(t.Elem())
			of.take(r, to.Elem())
			v.Set(to)
		default:
			r.fail()
		}
	}, 1}
}

func sliceOf(t reflect.Type) codec {
	of := codecOf(t.Elem())
	return codec{func(w *writer, v reflect.Value) {
		if v.IsNil() {
			w.number(0)
			return
		}
		w.number(uint64(v.Len()) + 1)
		for i := range v.Len() {
			of.put(w, v.Index(i))
		}
	}, func(r *reader, v reflect.Value) {
		n := r.number()
		if n == 0 {
			return
		}
		length := r.count(n-1, of.min)
		all := reflect.MakeSlice(t, length, length)
		for i := 0; i < length && r.err == nil; i++ {
			of.take(r, all.Index(i))
		}
		v.Set(all)
	}, 1}
}

// textsOf is the codec of a map of strings.
func textsOf(t reflect.Type) codec {
	if t != reflect.TypeFor[map[string]string]() {
		panic("kept: no codec for " + t.String())
	}
	return codec{func(w *writer, v reflect.Value) {
		m := v.Interface().(map[string]string)
		if m == nil {
			w.number(0)
			return
		}
		w.number(uint64(len(m)) + 1)
		for _, k := range slices.Sorted(maps.Keys(m)) {
			w.text(k)
			w.text(m[k])
		}
	}, func(r *reader, v reflect.Value) {
		n := r.number()
		if n == 0 {
			return
		}
		m := map[string]string{}
		for range r.count(n-1, 2) {
			k := r.text()
			if m[k] = r.text(); r.err != nil {
				return
			}
		}
		v.Set(reflect.ValueOf(m))
	}, 1}
}

func structOf(t reflect.Type) codec {
	type field struct {
		at        int
		of        codec
		omitEmpty bool // a slice without elements is kept as nil
	}
	var fields []field
	least := 0
	for i := range t.NumField() {
		f := t.Field(i)
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if !f.IsExported() || name == "-" {
			continue
		}
		of := codecOf(f.Type)
		least += of.min
		fields = append(fields, field{i, of, options == "omitempty" && f.Type.Kind() == reflect.Slice})
	}
	return codec{func(w *writer, v reflect.Value) {
		for _, f := range fields {
			x := v.Field(f.at)
			if f.omitEmpty && x.Len() == 0 {
				w.number(0)
				continue
			}
			f.of.put(w, x)
		}
	}, func(r *reader, v reflect.Value) {
		for _, f := range fields {
			if r.err == nil {
				f.of.take(r, v.Field(f.at))
			}
		}
	}, least}
}
