package query

import (
	"bytes"
	"testing"
	"testing/quick"
)

// What is added to an arena is found again at its place, whatever the lengths: chunks are neither overrun nor shared.
func TestArena(t *testing.T) {
	var a arena
	var at []uint32
	entry := func(k int) []byte {
		return bytes.Repeat([]byte{byte(k)}, []int{0, 1, 300, chunkSize - 1, chunkSize, 3 * chunkSize}[k%6])
	}
	for k := range 60 {
		n, err := a.add(entry(k))
		if err != nil || n == 0 {
			t.Fatalf("entry %d: place %d, %v", k, n, err)
		}
		at = append(at, n)
	}
	for k, n := range at {
		if want := entry(k); !bytes.HasPrefix(a.from(n), want) {
			t.Errorf("entry %d of %d bytes is not found again", k, len(want))
		}
	}
	full := arena{chunks: make([][]byte, 1<<(32-chunkBits))}
	if _, err := full.add([]byte{1}); err == nil {
		t.Error("an arena took an entry that has no place")
	}
}

// A column that a release does not have gives no number, least of all that of another column.
func TestColumnNotInTheRelease(t *testing.T) {
	p := &packed{column: map[string]int{"requests_received": 0, "fees": 1}, at: []uint32{0}}
	at, err := p.rows.add([]byte{1, 14, 1, 6, 0}) // 7 and 3
	if err != nil {
		t.Fatal(err)
	}
	p.at[0] = at
	columns := []string{"not_there", "fees"}
	v := p.of(0, "r", len(columns), p.places(columns))
	if v.valid[0] || !v.valid[1] || v.columns[1] != 3 {
		t.Errorf("read %v, %v", v.columns, v.valid)
	}
	v = p.of(0, "r", 1, p.places([]string{"not_there"}))
	if v.valid[0] {
		t.Errorf("a column that is not there reads %g", v.columns[0])
	}
}

// Titles and addresses that share their beginnings, their ends, both at once, or nothing come back as they were.
func TestHeadersRoundTrip(t *testing.T) {
	same := func(is *Issuer, headers map[string]header) bool {
		packed := packHeaders(nil, is, headers)
		var h header
		for _, ref := range is.Reports {
			h, packed = unpackHeader(packed, h)
			if h != headers[ref.ID] {
				t.Logf("%+v came back as %+v", headers[ref.ID], h)
				return false
			}
		}
		return len(packed) == 0
	}
	of := func(titles ...string) (*Issuer, map[string]header) {
		is, headers := &Issuer{}, map[string]header{}
		for k, s := range titles {
			id := string(rune('a' + k))
			is.Reports = append(is.Reports, Ref{ID: id})
			headers[id] = header{int64(k) - 1, s, "https://example.org/" + s + s}
		}
		return is, headers
	}
	if !same(of("", "甲镇2020年报告", "甲镇2021年报告", "甲镇2021年年报告", "甲", "甲甲", "甲甲甲", "", "乙")) {
		t.Error("the titles did not come back")
	}
	if err := quick.Check(func(a, b, c string, x, y uint8) bool {
		return same(of(a, a+b, a[:int(x)%(len(a)+1)]+c+b, b+c, c+c, a[int(y)%(len(a)+1):]))
	}, nil); err != nil {
		t.Error(err)
	}
}
