package mention

import "math"

// check goes over the tree once it stands. It finds which lists do not claim to be complete, and settles what
// punctuation left open, by sums: a list without a marker, parts behind a semicolon and a total behind its parts are
// only believed where they add up. No part is taken away because of a sum.
func (l *labeller) check(drafts []draft, done []breakdown) {
	l.finishLists(drafts, done)
	l.completed(drafts, done)
	l.unmarked(drafts)
	l.trailingTotals(drafts)
}

func equal(a, b float64) bool { return math.Abs(a-b) < 1e-9 }

// finishLists marks the parts of lists that do not claim to be complete: 其中 names what matters and no more, unless one
// of the parts is 其他.
func (v *view) finishLists(drafts []draft, done []breakdown) {
	for _, t := range done {
		if len(t.parts) == 0 || t.sum >= drafts[t.total].value {
			continue
		}
		last := drafts[t.parts[len(t.parts)-1]].end
		if t.partial || v.rules.andSoOn.At(v.words(), last, last, len(v.run)) >= 0 || !t.whole && !v.namesRest(drafts, t.parts) {
			for _, p := range t.parts {
				drafts[p].partial = true
			}
		}
	}
}

// namesRest reports that one of the parts is all that the others leave.
func (v *view) namesRest(drafts []draft, parts []int) bool {
	for _, p := range parts {
		if v.rules.rest.in(v, drafts[p].about()) {
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
			drafts[i].partial = false
		}
	}
}

// completed adds to a list that a semicolon cut off the members behind it, where with them it reaches its total
// exactly: 其中A50篇，B43篇；C5篇；D24篇.
func (v *view) completed(drafts []draft, done []breakdown) {
	for _, t := range done {
		if len(t.parts) < 2 || t.bracket || t.sum >= drafts[t.total].value {
			continue
		}
		last, sum := t.parts[len(t.parts)-1], t.sum
		for k := last + 1; k < len(drafts) && k-last < maxBack; k++ {
			if drafts[k].of >= 0 || drafts[k].kind != drafts[t.total].kind || drafts[k].zero != noZero || v.sentenceEnds(drafts[k-1].end, drafts[k].start) {
				break
			}
			if sum += drafts[k].value; equal(sum, drafts[t.total].value) {
				for j := last + 1; j <= k; j++ {
					drafts[j].of = t.total
				}
			}
		}
	}
}

// unmarked finds breakdowns without a marker: at least two counts of one unit that follow a count in its sentence and
// add up to it exactly. Within a list three are asked for, and words of their own before them
// (网站发布95条，内容涉及多个方面，民生信息41条…): members that follow each other without are members alike, whatever they add up to. A
// list that is complete as it stands is left alone.
func (v *view) unmarked(drafts []draft) {
	for i := range drafts {
		d := &drafts[i]
		if d.value <= 0 || d.zero != noZero || v.inCompleteList(drafts, i) {
			continue
		}
		enough := 2
		if d.of >= 0 {
			if !v.clauseBetween(drafts, i) {
				continue
			}
			enough = 3
		}
		if end := v.addsUp(drafts, i, enough); end > 0 {
			for j := i + 1; j <= end; j++ {
				drafts[j].of = i
			}
		}
	}
}

// addsUp returns the last of the counts behind draft i that add up to it, 0 where none do. Outcomes of requests that
// follow each other are members alike.
func (v *view) addsUp(drafts []draft, i, enough int) int {
	d := &drafts[i]
	if i+1 == len(drafts) || v.rank(d.end, drafts[i+1].start) == 2 || v.isOutcome(d) && v.isOutcome(&drafts[i+1]) {
		return 0
	}
	if v.rules.compares.in(v, span{d.end, drafts[i+1].start}) {
		return 0
	}
	results := v.rules.results.in(v, drafts[i+1].about()) // 收到16条，已回复16条，退回0条; but 网站12条、报纸12条、公报0条 is no breakdown
	sum, n := 0.0, 0
	for k := i + 1; k < len(drafts) && k < i+maxBack; k++ {
		p := &drafts[k]
		if p.of != d.of || p.kind != d.kind || p.zero != noZero || v.sentenceEnds(drafts[k-1].end, p.start) {
			return 0
		}
		sum += p.value
		if p.value > 0 || results {
			n++
		}
		if n >= enough && equal(sum, d.value) {
			return k
		}
	}
	return 0
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
	return equal(sum, drafts[total].value)
}

// trailingTotals finds totals that follow their parts: 概况类3条、动态类56条，共59条.
func (l *labeller) trailingTotals(drafts []draft) {
	for i := range drafts {
		d := &drafts[i]
		if d.of >= 0 {
			continue
		}
		if l.totalOfAct(d) {
			l.gather(drafts, l.sumsTo(drafts, i), i)
			continue
		}
		from, _, total := l.rules.total.Match(l.words(), d.start, d.start)
		if !d.inherited || !total {
			continue
		}
		d.setLabel(span{from, d.start})
		first := l.sumsTo(drafts, i)
		if first < 0 {
			continue
		}
		l.gather(drafts, first, i)
		if left, stop := l.leftOf(drafts[first].start, l.indexOf(drafts[first].start)); l.rune(stop) == ':' && !left.empty() {
			before, _ := l.leftOf(stop, l.indexOf(drafts[first].start))
			if p := l.trim(before); !p.words.empty() {
				d.setLabel(p.words)
			}
		}
	}
}

// totalOfAct reports a total that says once more what was done with its parts: 县直部门受理31件，乡镇受理12件，合计受理43件.
func (l *labeller) totalOfAct(d *draft) bool {
	from, _, ok := l.rules.total.Match(l.words(), d.label.from, d.label.from)
	return ok && d.label.from-from >= 2 && d.label.to <= d.start
}

// gather makes the counts from first up to total its parts; first is -1 where there are none.
func (l *labeller) gather(drafts []draft, first, total int) {
	for j := first; j >= 0 && j < total; j++ {
		drafts[j].of = total
	}
}

// sumsTo returns the first of the counts before draft i in its sentence that add up to it; -1 where they do not, or are
// one alone.
func (l *labeller) sumsTo(drafts []draft, i int) int {
	d, sum := &drafts[i], 0.0
	for k := i - 1; k >= max(0, i-maxBack); k-- {
		p := &drafts[k]
		if p.of >= 0 || p.kind != d.kind || p.zero != noZero || l.sentenceEnds(p.end, drafts[k+1].start) {
			return -1
		}
		if sum += p.value; sum >= d.value {
			if sum > d.value || i-k < 2 {
				return -1
			}
			return k
		}
	}
	return -1
}
