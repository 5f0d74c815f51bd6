package mention

import "math"

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

// finishLists marks the parts of lists that do not claim to be complete.
func (v *view) finishLists(drafts []draft, done []list) {
	for _, t := range done {
		if len(t.parts) == 0 {
			continue
		}
		last := drafts[t.parts[len(t.parts)-1]].end
		partial := t.partial || v.rune(last) == '等' || v.has(last, ",等") || v.has(last, "、等")
		if partial && t.sum < drafts[t.total].value {
			for _, p := range t.parts {
				drafts[p].m.Partial = true
			}
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

// exactSums finds breakdowns without a marker: at least two counts of one unit that follow a count in its sentence and add up to it exactly.
func (v *view) exactSums(drafts []draft) {
	for i := range drafts {
		if drafts[i].of >= 0 || drafts[i].value <= 0 || drafts[i].zero != noZero {
			continue
		}
		sum, n := 0.0, 0
		for k := i + 1; k < len(drafts) && n < 20; k++ {
			if drafts[k].of >= 0 || drafts[k].kind != drafts[i].kind || drafts[k].zero != noZero || v.sentenceEnds(drafts[k-1].end, drafts[k].start) ||
				n == 0 && v.semicolonBetween(drafts[i].end, drafts[k].start) {
				break
			}
			sum += drafts[k].value
			n++
			if n >= 2 && math.Abs(sum-drafts[i].value) < 1e-9 {
				for j := i + 1; j <= k; j++ {
					drafts[j].of = i
				}
				break
			}
		}
	}
}
