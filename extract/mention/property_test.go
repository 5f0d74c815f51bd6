package mention

import (
	"math"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gongkai-data/gongkai/datasets/shared"
	"github.com/gongkai-data/gongkai/extract"
)

// checkProperties fails unless the mentions of text are well formed: in order, without partial overlaps, with offsets
// that point at the count as written, whose text reads as the same number again, and totals that exist.
func checkProperties(t *testing.T, text string, ms []extract.Mention) {
	t.Helper()
	runes := []rune(text)
	text = string(runes) // invalid bytes read as U+FFFD
	for i, m := range ms {
		if m.Seq != i {
			t.Errorf("mention %d has seq %d", i, m.Seq)
		}
		if m.StartOffset < 0 || m.StartOffset >= m.EndOffset || m.EndOffset > len(runes) {
			t.Fatalf("mention %d: offsets [%d, %d) of %d characters", i, m.StartOffset, m.EndOffset, len(runes))
		}
		if i > 0 {
			p := ms[i-1]
			same := p.StartOffset == m.StartOffset && p.EndOffset == m.EndOffset
			if !same && m.StartOffset < p.EndOffset {
				t.Errorf("mentions %d and %d overlap: [%d, %d) and [%d, %d)", i-1, i, p.StartOffset, p.EndOffset, m.StartOffset, m.EndOffset)
			}
		}
		number := string(runes[m.StartOffset:m.EndOffset])
		if m.Count != 0 || strings.ContainsAny(number, "0０") {
			v := newView(number)
			again := false
			for k := range v.run {
				if c, _, _ := v.countAt(k); c.value == m.Count && c.numeral[1] > c.numeral[0] {
					again = true
					break
				}
			}
			if !again {
				t.Errorf("mention %d: %q does not read as %v", i, number, m.Count)
			}
		} else if !strings.ContainsAny(number, "未没沒无無不零〇") {
			t.Errorf("mention %d: a zero at %q", i, number)
		}
		if m.PartOf != nil && (*m.PartOf < 0 || *m.PartOf >= len(ms) || *m.PartOf == i) {
			t.Errorf("mention %d is part of %d of %d", i, *m.PartOf, len(ms))
		}
		for of, n := m.PartOf, 0; of != nil; of, n = ms[*of].PartOf, n+1 {
			if n > len(ms) {
				t.Fatalf("mention %d is part of itself", i)
			}
		}
		flat := strings.NewReplacer("\n", "", "\r", "", "\t", "")
		if !written(flat.Replace(text), m.Label) {
			t.Errorf("mention %d: label %q is not in the text", i, m.Label)
		}
		if m.Unit != "" && !strings.Contains(text, m.Unit) && !strings.Contains(flat.Replace(text), m.Unit) {
			t.Errorf("mention %d: unit %q is not in the text", i, m.Unit)
		}
	}
}

func TestProperties(t *testing.T) {
	for _, p := range passages(t, filepath.Join("testdata", "passages.jsonl")) {
		checkProperties(t, p.Snippet, Scan(p.Snippet))
	}
	dir := shared.Path(t)
	for _, p := range passages(t, filepath.Join(dir, "gold", "narrative_dev.jsonl")) {
		checkProperties(t, p.Snippet, Scan(p.Snippet))
	}
	seed, err := os.ReadFile(filepath.Join(dir, "real", "sikou-2020.txt"))
	if err != nil {
		t.Fatal(err)
	}
	checkProperties(t, string(seed), Scan(string(seed)))
}

// written reports that a label stands in the text, or stands there around its number: 通过微信公开108条信息.
func written(text, label string) bool {
	for _, end := range []string{"", "信息", "資訊", "资讯"} {
		if head, ok := strings.CutSuffix(label, end); ok && strings.Contains(text, head) {
			return true
		}
	}
	return false
}

// TestParallel: reports are read on all cores at once.
func TestParallel(t *testing.T) {
	ps := passages(t, filepath.Join("testdata", "passages.jsonl"))
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for _, p := range ps {
				Scan(p.Snippet)
			}
		})
	}
	wg.Wait()
}

// TestHostileText: work grows with the length of the text, whatever it repeats. Eight times the text may take up to 32
// times as long (the best of five runs, to leave the machine's other work out); work that grows with the square takes
// 64 times.
func TestHostileText(t *testing.T) {
	best := func(text string) time.Duration {
		d := time.Duration(math.MaxInt64)
		for range 5 {
			start := time.Now()
			Scan(text)
			d = min(d, time.Since(start))
		}
		return d
	}
	for _, unit := range []string{"1条", "信息1条，", "其中1条（", "（", "“《", "未收到", "0、", "其中0条", "，其中公开信息12条、", "申请3件、", "占3%", "一", "1,234,", "公开信息", "无\n", "共1条、", "各1条、甲、乙和", "规章0 0 0 0 0 0 "} {
		long := strings.Repeat(unit, 40_000/len(unit))
		short := long[:len(unit)*(len(long)/len(unit)/8)]
		for try := 1; ; try++ { // a busy machine may disturb one measurement, not each
			few, many := best(short), best(long)
			if many <= 32*few+100*time.Millisecond {
				break
			}
			if try == 4 {
				t.Errorf("%q repeated: %v for %d bytes, %v for %d bytes", unit, few, len(short), many, len(long))
				break
			}
		}
	}
}

// FuzzScan: foreign text gives well-formed mentions, never a crash.
func FuzzScan(f *testing.F) {
	for _, p := range passages(f, filepath.Join("testdata", "passages.jsonl")) {
		f.Add(p.Snippet)
	}
	f.Add("其中（（（：；1条）2条）））其中：其中3条，\n，\n共9条")
	f.Add("999999999999999999999条 1,234,567条 0.5万件 3万亿元 各1条均为0")
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 4000 {
			t.Skip()
		}
		checkProperties(t, text, Scan(text))
	})
}

// newView is a view of a text that shares its memory with no other.
func newView(text string) *view {
	v := &view{}
	v.open(text)
	return v
}
