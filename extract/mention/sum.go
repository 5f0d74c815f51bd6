package mention

import (
	"math"
	"strings"
)

// trailingTotals finds totals that follow their parts: 概况类3条、动态类56条，共59条.
func (l *labeller) trailingTotals(drafts []draft) {
	for i := range drafts {
		d := &drafts[i]
		if !d.inherited || d.of >= 0 || !l.isTotalWord(d.start) {
			continue
		}
		sum, k := 0.0, i-1
		for ; k >= max(0, i-maxBack) && drafts[k].of < 0 && drafts[k].kind == d.kind && drafts[k].zero == noZero && !l.sentenceEnds(drafts[k].end, drafts[k+1].start); k-- {
			if sum += drafts[k].value; sum >= d.value {
				break
			}
		}
		if k < max(0, i-maxBack) || i-k < 2 || sum != d.value || drafts[k].of >= 0 {
			d.label = l.totalWord(d.start)
			continue
		}
		for j := k; j < i; j++ {
			drafts[j].of = i
		}
		d.label = l.totalWord(d.start)
		if left, stop := l.leftOf(drafts[k].start, l.indexOf(drafts[k].start)); l.rune(stop) == ':' && !left.empty() {
			before, _ := l.leftOf(stop, l.indexOf(drafts[k].start))
			if p := l.trim(before); !p.words.empty() {
				d.label = p.words
			}
		}
	}
}

func (l *labeller) isTotalWord(i int) bool { return !l.totalWord(i).empty() }

func (l *labeller) totalWord(i int) span {
	for _, w := range []string{"合计共", "总计共", "共计", "合计", "总计", "共"} {
		if n, ok := l.endsWith(i, w); ok {
			return span{i - n, i}
		}
	}
	return span{}
}

// finishLists marks the parts of lists that do not claim to be complete: 其中 names what matters and no more, unless one of the parts is 其他.
func (v *view) finishLists(drafts []draft, done []list) {
	for _, t := range done {
		if len(t.parts) == 0 {
			continue
		}
		last := drafts[t.parts[len(t.parts)-1]].end
		partial := t.partial || v.rune(last) == '等' || v.has(last, ",等") || v.has(last, "、等") || !t.whole && !v.namesRest(drafts, t.parts)
		if partial && t.sum < drafts[t.total].value {
			for _, p := range t.parts {
				drafts[p].m.Partial = true
			}
		}
	}
}

// namesRest reports that one of the parts is all that the others leave.
func (v *view) namesRest(drafts []draft, parts []int) bool {
	for _, p := range parts {
		if s := v.about(&drafts[p]); strings.HasPrefix(s, "其他") || strings.HasPrefix(s, "其它") || strings.HasPrefix(s, "其余") {
			return true
		}
	}
	return false
}

// closeByShares takes a list for complete whose parts all have a share and whose shares make a hundred.
func closeByShares(drafts []draft) {
	sums := map[int]float64{}
	for i := range drafts {
		if d := &drafts[i]; d.of >= 0 && d.share != nil {
			sums[d.of] += *d.share
		} else if d.of >= 0 {
			sums[d.of] = math.NaN()
		}
	}
	for i := range drafts {
		if sum := sums[drafts[i].of]; drafts[i].of >= 0 && sum > 99 && sum < 101 {
			drafts[i].m.Partial = false
		}
	}
}

// completed adds to a list that a semicolon cut off the members behind it, where with them it reaches its total exactly: 其中A50篇，B43篇；C5篇；D24篇.
func (v *view) completed(drafts []draft, done []list) {
	for _, t := range done {
		if len(t.parts) < 2 || t.bracket || t.sum >= drafts[t.total].value {
			continue
		}
		last, sum := t.parts[len(t.parts)-1], t.sum
		for k := last + 1; k < len(drafts) && k-last < maxBack; k++ {
			if drafts[k].of >= 0 || drafts[k].kind != drafts[t.total].kind || drafts[k].zero != noZero || v.sentenceEnds(drafts[k-1].end, drafts[k].start) {
				break
			}
			if sum += drafts[k].value; math.Abs(sum-drafts[t.total].value) < 1e-9 {
				for j := last + 1; j <= k; j++ {
					drafts[j].of = t.total
				}
			}
		}
	}
}

// exactSums finds breakdowns without a marker: at least two counts of one unit that follow a count in its sentence and add up to it exactly. Within
// a list three are asked for, and words of their own before them (网站发布95条，内容涉及多个方面，民生信息41条…): members that follow each other without are
// members alike, whatever they add up to, and so are outcomes of requests. A list that is complete as it stands is left alone.
func (v *view) exactSums(drafts []draft) {
	for i := range drafts {
		if drafts[i].value <= 0 || drafts[i].zero != noZero || v.inCompleteList(drafts, i) {
			continue
		}
		enough := 2
		if drafts[i].of >= 0 {
			if !v.clauseBetween(drafts, i) {
				continue
			}
			enough = 3
		}
		sum, n := 0.0, 0
		for k := i + 1; k < len(drafts) && k < i+maxBack; k++ {
			if drafts[k].of != drafts[i].of || drafts[k].kind != drafts[i].kind || drafts[k].zero != noZero || v.sentenceEnds(drafts[k-1].end, drafts[k].start) ||
				k == i+1 && (v.semicolonBetween(drafts[i].end, drafts[k].start) || v.isOutcome(&drafts[i]) && v.isOutcome(&drafts[k])) {
				break
			}
			sum += drafts[k].value
			if drafts[k].value > 0 || resultWords.MatchString(v.about(&drafts[i+1])) {
				n++ // 收到16条，已回复16条，退回0条; but 网站12条、报纸12条、公报0条 is no breakdown
			}
			if n >= enough && math.Abs(sum-drafts[i].value) < 1e-9 {
				for j := i + 1; j <= k; j++ {
					drafts[j].of = i
				}
				break
			}
		}
	}
}

// clauseBetween reports a clause without a count between draft i and the next.
func (v *view) clauseBetween(drafts []draft, i int) bool {
	if i+1 == len(drafts) {
		return false
	}
	commas := 0
	for k := drafts[i].end; k < drafts[i+1].start && commas < 2; k++ {
		if v.run[k] == ',' || v.run[k] == ':' {
			commas++
		}
	}
	return commas > 1
}

// inCompleteList reports a part of a list that adds up to its total.
func (v *view) inCompleteList(drafts []draft, i int) bool {
	total := drafts[i].of
	if total < 0 {
		return false
	}
	sum := 0.0
	for k := max(0, i-maxBack); k < len(drafts) && k < i+maxBack; k++ {
		if drafts[k].of == total {
			sum += drafts[k].value
		}
	}
	return math.Abs(sum-drafts[total].value) < 1e-9
}
