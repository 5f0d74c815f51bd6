package fit

import (
	"slices"
	"strings"
)

// likeness compares a damaged text with a label: 1 for equal, falling with the weighted edit distance by the label's
// length. Two neighbours that changed places (复议后诉起) are one slip of the hand.
func likeness(got, label []rune) float64 {
	n, m := len(got), len(label)
	if n == 0 || m == 0 || n > 2*m+2 || m > 3*n {
		return 0
	}
	const lost, changed = 1.0, 1.8
	var rows [3][96]float64
	if m >= len(rows[0]) {
		return 0
	}
	older, prev, cur := rows[0][:m+1], rows[1][:m+1], rows[2][:m+1]
	for j := range prev {
		prev[j] = lost * float64(j)
	}
	for i := 1; i <= n; i++ {
		cur[0] = lost * float64(i)
		for j := 1; j <= m; j++ {
			d := prev[j-1]
			if got[i-1] != label[j-1] {
				d += changed
			}
			cur[j] = min(d, prev[j]+lost, cur[j-1]+lost)
			if i > 1 && j > 1 && got[i-1] == label[j-2] && got[i-2] == label[j-1] {
				cur[j] = min(cur[j], older[j-2]+lost)
			}
		}
		older, prev, cur = prev, cur, older
	}
	return 1 - prev[m]/float64(max(n, m))
}

// otherYear are words by which a label means another time than the form's; otherMeaning are those by which it means
// something else or the opposite. Damage loses, doubles and swaps characters, but does not write such a word.
var (
	otherYear    = []string{"上年", "上一年", "上半年", "下半年", "去年", "前年", "往年", "历年", "累计", "同期", "同比", "本年结转"}
	otherMeaning = []string{"不", "非", "未", "拟", "撤", "失效", "无", "废", "修改", "修订", "增长", "占比", "比例", "率", "金额", "答复", "受理", "其中"}
)

// opposed reports whether a text has a word that makes it mean something else than the label that it resembles.
func opposed(text, label string) bool {
	return gains(text, label, otherYear) || gains(text, label, otherMeaning)
}

func gains(text, label string, words []string) bool {
	text = undouble(text)
	return slices.ContainsFunc(words, func(w string) bool { return strings.Count(text, w) > strings.Count(label, w) })
}

// undouble drops the second of two equal neighbours, as a slip of the hand writes them.
func undouble(s string) string {
	var b strings.Builder
	last := rune(-1)
	for _, r := range s {
		if r != last {
			b.WriteRune(r)
		}
		last = r
	}
	return b.String()
}

// reworded reports whether a text has two characters or more that the label has not and lacks two or more of the
// label's: other words, where damage loses characters or adds them.
func reworded(text, label []rune) bool {
	common := subsequence(text, label)
	return len(text)-common >= 2 && len(label)-common >= 2
}

// subsequence is the length of the longest common subsequence.
func subsequence(a, b []rune) int {
	row := make([]int, len(b)+1)
	for _, x := range a {
		diagonal := 0
		for j, y := range b {
			above := row[j+1]
			if x == y {
				row[j+1] = diagonal + 1
			} else {
				row[j+1] = max(above, row[j])
			}
			diagonal = above
		}
	}
	return row[len(b)]
}
