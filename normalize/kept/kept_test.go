package kept

import (
	"bytes"
	"encoding/json"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/shared"
	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/read"
	"github.com/gongkai-data/gongkai/extract/title"
	"github.com/gongkai-data/gongkai/normalize"
)

// sameAsJSON packs and unpacks a reading and checks that the same is left of it as of one that went through JSON.
func sameAsJSON(t *testing.T, r *normalize.Reading) []byte {
	t.Helper()
	packed, err := Pack(r)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := Pack(r); err != nil || !bytes.Equal(packed, again) {
		t.Fatalf("the same reading has two packings: %v", err)
	}
	got, err := Unpack(packed)
	if err != nil {
		t.Fatal(err)
	}
	var want normalize.Reading
	text, err := json.Marshal(r)
	if err == nil {
		err = json.Unmarshal(text, &want)
	}
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, &want) {
		a, _ := json.Marshal(got)
		t.Errorf("\n got %s\nwant %s", a, text)
	}
	if head, err := UnpackHead(packed); err != nil || !reflect.DeepEqual(head, HeadOf(got)) || head.IsReport != r.IsReport() {
		t.Errorf("the head is %+v: %v", head, err)
	}
	return packed
}

func TestDocumentsOfTheCorpus(t *testing.T) {
	names, err := filepath.Glob("../../extract/read/testdata/corpus/*-[01].*")
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	ctx := t.Context()
	for i, name := range names {
		ext := filepath.Ext(name)
		if ext == ".json" || ext == ".pdf" || i%4 > 1 { // the readers of PDF take long to start
			continue
		}
		body, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		report, err := read.Report(ctx, name, body, read.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if packed := sameAsJSON(t, normalize.Read(report)); len(packed) > 30_000 {
			t.Errorf("%s takes %d bytes", name, len(packed))
		}
	}
}

// fill sets a value at random, with what is odd: nothing, bytes that are no text, numbers out of the way.
func fill(random *rand.Rand, v reflect.Value) {
	texts := []string{"", "甲", "a\xffb\xff\xfe", strings.Repeat("长", 30), "reported", "total", "\x00"}
	switch v.Kind() {
	case reflect.Bool:
		v.SetBool(random.IntN(2) == 0)
	case reflect.Int:
		v.SetInt([]int64{0, -1, 7, 2024, math.MaxInt32, math.MinInt64}[random.IntN(6)])
	case reflect.Float64:
		v.SetFloat([]float64{0, math.Copysign(0, -1), 1, -12265, 0.1, 1 << 53, 1e300, 5e-324}[random.IntN(8)])
	case reflect.String:
		v.SetString(texts[random.IntN(len(texts))])
	case reflect.Interface:
		v.Set(reflect.ValueOf([]any{"字", 2020, 1.5}[random.IntN(3)]))
	case reflect.Pointer:
		if v.Type() == reflect.TypeFor[*extract.Report]() || random.IntN(2) == 0 {
			v.Set(reflect.New(v.Type().Elem()))
			fill(random, v.Elem())
		}
	case reflect.Slice:
		if random.IntN(4) > 0 {
			v.Set(reflect.MakeSlice(v.Type(), random.IntN(4), 4))
			for i := range v.Len() {
				fill(random, v.Index(i))
			}
		}
	case reflect.Map:
		if random.IntN(4) > 0 {
			v.Set(reflect.MakeMap(v.Type()))
			for range random.IntN(3) {
				key := []string{"a", "b", "乙"}[random.IntN(3)] // JSON does not say which of two keys holds that are one when mended
				v.SetMapIndex(reflect.ValueOf(key), reflect.ValueOf(texts[random.IntN(len(texts))]))
			}
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() && f.Tag.Get("json") != "-" {
				fill(random, v.Field(i))
			}
		}
	}
}

// TestAnyReading: whatever fields readings have or get, they are kept.
func TestAnyReading(t *testing.T) {
	random := shared.Random(t)
	for range 300 {
		var r normalize.Reading
		fill(random, reflect.ValueOf(&r).Elem())
		sameAsJSON(t, &r)
	}
}

// TestForeignBytes: what is damaged or was never a reading is told, never taken for one.
func TestForeignBytes(t *testing.T) {
	random := shared.Random(t)
	year := 2020
	r := &normalize.Reading{Report: &extract.Report{Title: "寺口镇2020年政府信息公开工作年度报告", Reader: "html", Facts: []extract.Fact{{Indicator: "requests.received", State: extract.Reported, Value: new(3.0)}}},
		Parsed: title.Parsed{Year: &year}}
	packed := sameAsJSON(t, r)
	check := func(b []byte) {
		t.Helper()
		if got, err := Unpack(b); err == nil {
			t.Errorf("%x was taken for a reading: %+v", b, got)
		}
		if got, err := UnpackHead(b); err == nil {
			t.Errorf("%x was taken for a head: %+v", b, got)
		}
	}
	for n := range packed {
		check(packed[:n])
		flipped := bytes.Clone(packed)
		flipped[n] ^= byte(1 + random.IntN(255))
		check(flipped)
	}
	check(append(bytes.Clone(packed), 0))
	check(append(bytes.Clone(packed), packed...))
	old, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	check(old)
}

// FuzzDecode gives the decoder foreign bytes as they stand behind checksum and compression. What it takes it must write
// down as it was, by value.
func FuzzDecode(f *testing.F) {
	for seed := range uint64(4) {
		var r normalize.Reading
		fill(rand.New(rand.NewPCG(seed, 1)), reflect.ValueOf(&r).Elem())
		w := &writer{known: map[string]uint64{}}
		restCodec().put(w, reflect.ValueOf(r))
		f.Add(w.b)
	}
	f.Add([]byte{1, 0xff, 0xff, 0xff, 0xff, 0x0f})
	f.Fuzz(func(t *testing.T, b []byte) {
		var r normalize.Reading
		from := &reader{b: b}
		if restCodec().take(from, reflect.ValueOf(&r).Elem()); from.err != nil || r.Report == nil {
			return
		}
		w := &writer{known: map[string]uint64{}}
		restCodec().put(w, reflect.ValueOf(r))
		var again normalize.Reading
		from = &reader{b: w.b}
		restCodec().take(from, reflect.ValueOf(&again).Elem())
		second := &writer{known: map[string]uint64{}}
		restCodec().put(second, reflect.ValueOf(again))
		if from.err != nil || len(from.b) > 0 || !bytes.Equal(w.b, second.b) {
			t.Errorf("read again: %v, %d bytes left", from.err, len(from.b))
		}
	})
}
