package search

import (
	"context"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
)

// benchReports is the number of reports that the benchmark indexes; -short takes fewer.
const benchReports = 10_000

var phrases = []string{"坚持以公开为常态，", "不断深化公开内容，", "主动公开政府信息，", "加强政务公开培训，", "依托门户网站发布政策文件，", "落实三审三校制度，", "办理依申请公开，", "回应社会关切，",
	"公开内容的针对性不强，", "政策解读形式单一，", "健全长效机制。", "推动标准化规范化建设。", "优化营商环境。", "推进乡村振兴重点领域信息公开。"}

// BenchmarkSearch measures answers for words that stand everywhere, nowhere together, in one report, and in one area.
func BenchmarkSearch(b *testing.B) {
	random := rand.New(rand.NewPCG(1, 2))
	reports := make([]report, benchReports)
	for i := range reports {
		var text strings.Builder
		for range 60 {
			text.WriteString(phrases[random.IntN(len(phrases))])
		}
		reports[i] = report{division: []string{"370686107000", "320813001000", "110101001000"}[i%3], year: int32(2015 + i%10), text: text.String(), suffix: "-" + string(rune('a'+i%26)) + strings.Repeat("x", i/26%7) + string(rune('a'+i/182))}
	}
	reports[77].text += "沼气池"
	dir := filepath.Join(b.TempDir(), "dataset")
	x := indexed(b, write(b, dir, reports...), dir)
	for name, q := range map[string]Query{"everywhere": {Text: "政务公开"}, "nowhere": {Text: "公开社会"}, "nowhereTogether": {Text: "三审三校 公开信息公开"}, "once": {Text: "沼气池"},
		"narrowed": {Text: "政务公开", Area: "110101001", Years: []int32{2015}}, "onceNarrowed": {Text: "沼气池 公开", Section: 1}} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := x.Search(context.Background(), q); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
