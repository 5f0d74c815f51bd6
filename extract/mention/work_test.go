package mention

import (
	"runtime"
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/extract"
)

// listed is a sentence without an end that states counts only, the dearest text there is.
const listed = "其中：公开12条、13条、14条，共39条；"

// TestWorkIsLinear counts work instead of time: the characters cut into words and the bytes of the phrases looked at,
// which every look-back and look-ahead copies. Four times the text may take five times the work.
func TestWorkIsLinear(t *testing.T) {
	work := func(text string) (characters, bytes uint64) {
		cut := defaultSegmenter()
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		newView(text).read(func(words []token, phrase []rune) []token {
			characters += uint64(len(phrase))
			return cut(words, phrase)
		})
		runtime.ReadMemStats(&after)
		return characters, after.TotalAlloc - before.TotalAlloc
	}
	for _, unit := range []string{listed, "公开（其中12条（", "12条网站", "各12条", "公开信息12条、", "未收到申请。", "公开12条，其中", "网站、微信、微博分别发布10条、", "其中1条（", "共1条、", "占3%，1条", "1条 ", "2条。其中3件，"} {
		few := strings.Repeat(unit, 24_000/len(unit))
		words, bytes := work(few)
		words4, bytes4 := work(strings.Repeat(few, 4))
		if words4 > 5*words+1000 || bytes4 > 5*bytes {
			t.Errorf("%q: %d characters and %d bytes of work for %d bytes of text, %d and %d for four times as much", unit, words, bytes, len(few), words4, bytes4)
		}
	}
}

// TestCapIsTold: a text with more counts than any report states is read as far as the cap, and the report says so.
func TestCapIsTold(t *testing.T) {
	for unit, each := range map[string]int{listed: 4, "未收到政府信息公开申请。": 1} {
		r := &extract.Report{Text: strings.Repeat(unit, maxMentions/each)}
		Find(r)
		if len(r.Mentions) != maxMentions || len(r.Problems) != 0 {
			t.Errorf("%q: %d mentions, problems %+v", unit, len(r.Mentions), r.Problems)
		}
		r = &extract.Report{Text: strings.Repeat(unit, maxMentions/each+1)}
		Find(r)
		if len(r.Mentions) != maxMentions || len(r.Problems) != 1 || r.Problems[0].Kind != extract.Truncated || r.Problems[0].Code != "mentions_capped" {
			t.Errorf("%q: %d mentions, problems %+v", unit, len(r.Mentions), r.Problems)
		}
		checkProperties(t, r.Text[:len(unit)*20], Scan(r.Text[:len(unit)*20]))
	}
}

// BenchmarkHostile reads 2 MB of counts.
func BenchmarkHostile(b *testing.B) {
	text := strings.Repeat(listed, 2<<20/len(listed))
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		Find(&extract.Report{Text: text})
	}
}
