package warc

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"time"
)

func record(kind, body string) *Record {
	r := &Record{Length: int64(len(body)), Block: strings.NewReader(body)}
	r.Set("WARC-Type", kind)
	r.Set("WARC-Record-ID", NewID())
	r.Set("WARC-Date", FormatDate(time.Date(2026, 11, 23, 1, 2, 3, 4000, time.UTC)))
	r.Set("WARC-Target-URI", "http://example.com/年报")
	return r
}

func write(t testing.TB, w io.Writer, records ...*Record) {
	t.Helper()
	for _, r := range records {
		if err := Write(w, r); err != nil {
			t.Fatal(err)
		}
	}
}

var bodies = []string{"", "短", strings.Repeat("long and longer ", 20000), "\r\n\r\n", "WARC/1.1\r\n"}

func sample(t testing.TB) (file []byte, offsets []int64) {
	var b bytes.Buffer
	for _, body := range bodies {
		offsets = append(offsets, int64(b.Len()))
		write(t, &b, record(Resource, body))
	}
	return b.Bytes(), append(offsets, int64(b.Len()))
}

func TestRoundTrip(t *testing.T) {
	file, offsets := sample(t)
	for _, read := range []int64{0, 3, 1 << 30} { // leaving the rest of each block unread must not matter
		r := NewReader(bytes.NewReader(file), 0)
		for i, body := range bodies {
			rec, err := r.Next()
			if err != nil {
				t.Fatal(err)
			}
			if r.Offset() != offsets[i] || rec.Type() != Resource || rec.Get("warc-target-uri") != "http://example.com/年报" {
				t.Errorf("record %d at %d: %+v", i, r.Offset(), rec.Header)
			}
			got, err := io.ReadAll(io.LimitReader(rec.Block, read))
			if err != nil || !strings.HasPrefix(body, string(got)) || read > int64(len(body)) && string(got) != body {
				t.Errorf("record %d: read %d bytes of %d, %v", i, len(got), len(body), err)
			}
		}
		if _, err := r.Next(); err != io.EOF {
			t.Errorf("end: %v", err)
		}
	}
	for i, at := range offsets[:len(bodies)] {
		r := NewReader(bytes.NewReader(file[at:]), at)
		rec, err := r.Next()
		if err != nil || rec.Length != int64(len(bodies[i])) || r.Offset() != at {
			t.Errorf("reading from offset %d: %v %v", at, rec, err)
		}
		if end, err := r.Finish(); err != nil || end != offsets[i+1] {
			t.Errorf("record %d ends at %d, %v; want %d", i, end, err, offsets[i+1])
		}
	}
}

// A file cut at any byte is told from a whole one, and what came before the cut is read.
func TestCutAnywhere(t *testing.T) {
	var b bytes.Buffer
	write(t, &b, record(Response, "first"))
	first := b.Len()
	write(t, &b, record(Metadata, strings.Repeat("abc", 200)))
	for cut := 1; cut < b.Len(); cut++ {
		r := NewReader(bytes.NewReader(b.Bytes()[:cut]), 0)
		n := 0
		var err error
		for {
			if _, err = r.Next(); err != nil {
				break
			}
			if _, err = r.Finish(); err != nil {
				break
			}
			n++
		}
		if want := min(cut/first, 1); n != want {
			t.Fatalf("cut at %d: %d records, want %d", cut, n, want)
		}
		if cut == first != (err == io.EOF) || cut != first && !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Fatalf("cut at %d: %v", cut, err)
		}
	}
}

// No flipped byte passes: gzip's checksum or the framing tells.
func TestFlippedByte(t *testing.T) {
	var b bytes.Buffer
	write(t, &b, record(Resource, "the block of the record"))
	file := b.Bytes()
	for i := range file {
		if i >= 4 && i < 10 {
			continue // time, flags and system in gzip's header carry nothing that we read
		}
		bad := bytes.Clone(file)
		bad[i] ^= 0x55
		r := NewReader(bytes.NewReader(bad), 0)
		_, err := r.Next()
		if err == nil {
			_, err = r.Finish()
		}
		if err == nil {
			t.Errorf("byte %d flipped: no error", i)
		}
	}
}

func TestRefused(t *testing.T) {
	bad := record(Resource, "x")
	bad.Set("WARC-Target-URI", "http://a/\r\nWARC-Type: response")
	short := record(Resource, "x")
	short.Length = 2
	long := record(Resource, "xyz")
	long.Length = 2
	for name, r := range map[string]*Record{"line end in a field": bad, "short block": short, "long block": long, "no type": {}} {
		if err := Write(io.Discard, r); !errors.Is(err, ErrMalformed) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzReader(f *testing.F) {
	file, _ := sample(f)
	f.Add(file)
	f.Add(file[:100])
	f.Add([]byte("WARC/1.1\r\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		r := NewReader(bytes.NewReader(data), 0)
		for {
			rec, err := r.Next()
			if err != nil {
				if _, again := r.Next(); again != err {
					t.Fatalf("error %v, then %v", err, again)
				}
				return
			}
			if _, err := io.Copy(io.Discard, io.LimitReader(rec.Block, 1<<20)); err != nil {
				return
			}
		}
	})
}

func BenchmarkWrite(b *testing.B) {
	body := []byte(strings.Repeat("<tr><td>本年新收政府信息公开申请数量</td><td>21</td></tr>\n", 5000))
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		r := record(Response, "")
		r.Block, r.Length = bytes.NewReader(body), int64(len(body))
		write(b, io.Discard, r)
	}
}

func BenchmarkRead(b *testing.B) {
	body := strings.Repeat("<tr><td>本年新收政府信息公开申请数量</td><td>21</td></tr>\n", 5000)
	var f bytes.Buffer
	for range 20 {
		write(b, &f, record(Response, body))
	}
	b.SetBytes(int64(20 * len(body)))
	for b.Loop() {
		r := NewReader(bytes.NewReader(f.Bytes()), 0)
		for {
			if _, err := r.Next(); err == io.EOF {
				break
			} else if err != nil {
				b.Fatal(err)
			}
		}
	}
}
