package report

import (
	"slices"
	"strings"
)

// damaged finds the label that a damaged text most likely is, among the labels of some roles for which possible is true.
// It answers ok only when one label is near and clearly nearer than every other; near is how many were near at all.
//
// Characters that a page lost or added count less than characters that it changed: text damage loses characters, while another
// character is usually another label (行政处罚, 行政处理). A numbering that agrees with the form's is evidence.
func (l *lexicon) damaged(text string, possible func(hit) bool, roles ...role) (best hit, near int, ok bool) {
	num, bare := splitOrdinal(text)
	got := []rune(normalise(bare))
	if len(got) < 2 {
		return l.half(num, string(got), possible, roles)
	}
	score, second := 0.0, 0.0
	var cut []hit // labels of which the text is the beginning or the end
	for _, r := range roles {
		for i := range l.byRole[r] {
			e := &l.byRole[r][i]
			if len(got) >= 3 && (strings.HasPrefix(string(e.text), string(got)) || strings.HasSuffix(string(e.text), string(got))) && possible(e.hit) && !slices.Contains(cut, e.hit) {
				cut = append(cut, e.hit)
			}
			s := likeness(got, e.text)
			if s < 0.55 {
				continue
			}
			if num != (ordinal{}) && num == e.num {
				s += 0.15
			}
			if !possible(e.hit) {
				continue
			}
			near++
			switch {
			case e.hit == best:
				score = max(score, s)
			case s > score:
				best, score, second = e.hit, s, score
			default:
				second = max(second, s)
			}
		}
	}
	if len(cut) == 1 && (score < 0.7 || best == cut[0]) {
		return cut[0], 1, true
	}
	return best, near, score >= 0.7 && score-second >= 0.12 && l.same(got, best)
}

// same tells whether a text near to a label can mean what it means: it has no word against the wording that it is nearest to.
func (l *lexicon) same(got []rune, h hit) bool {
	var wording []rune
	score := 0.0
	for i := range l.byRole[h.role] {
		e := &l.byRole[h.role][i]
		if s := likeness(got, e.text); e.hit == h && s > score {
			wording, score = e.text, s
		}
	}
	return !reworded(got, wording) && !opposed(string(got), string(wording))
}

// half finds the label of two characters that lost one, by its numbering: （七）计, 3.其.
func (l *lexicon) half(num ordinal, got string, possible func(hit) bool, roles []role) (best hit, near int, ok bool) {
	if num == (ordinal{}) || got == "" {
		return hit{}, 0, false
	}
	for _, r := range roles {
		for _, e := range l.byRole[r] {
			if e.num == num && len(e.text) == 2 && strings.Contains(string(e.text), got) && possible(e.hit) && e.hit != best {
				best = e.hit
				near++
			}
		}
	}
	return best, near, near == 1
}

// likeness compares a damaged text with a label: 1 for equal, falling with the weighted edit distance by the label's length. Two neighbours
// that changed places (复议后诉起) are one slip of the hand.
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
