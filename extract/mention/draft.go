package mention

import (
	"sort"

	"github.com/gongkai-data/gongkai/extract"
)

// draft is a mention in the making.
type draft struct {
	count
	label    span
	tail     span     // the end of the label where the number stands inside it: 通过微信公开108条信息
	of       int      // index of the total, -1 where none
	zero     zeroKind // what a zero in words denies
	share    *float64
	partial  bool   // the list that it stands in does not claim to be complete
	yearPart bool   // a part of it is said to be of this year, so it covers more
	speaks   speaks // of requests or of others, once asked for
	topic    string // what sort of thing it counts, once asked for
	// inherited: the label is that of the count before.
	inherited bool
}

// drafts appends count k to all, once, or once for each member of a distributive list: 指南、年度报告各1条.
func (l *labeller) drafts(all []draft, k int) []draft {
	c := l.counts[k]
	label := l.label(k)
	one := draft{count: c, label: label, tail: l.tail(k, label), of: -1}
	each := l.rules.members.decide(l.number(&l.counts[k]))
	if each == nil {
		return append(all, one)
	}
	left, _ := l.leftOf(c.start, k)
	from, _, _ := each.around.Match(l.words(), c.start, c.end)
	left.to = max(left.from, from)
	items := l.items(left)
	if len(items) < 2 {
		return append(all, one)
	}
	for _, s := range items {
		all = append(all, draft{count: c, label: s, of: -1})
	}
	return all
}

// items splits a list at 、 和 及 与 or.
func (l *labeller) items(s span) []span {
	var all []span
	from := s.from
	cut := func(to, next int) {
		if p := l.trim(span{from, to}); !p.words.empty() {
			all = append(all, p.words)
		}
		from = next
	}
	for i := s.from; i < s.to; i++ {
		switch r := l.run[i]; {
		case r == '、':
			cut(i, i+1)
		case l.has(i, "以及"):
			cut(i, i+2)
			i++
		case (r == '和' || r == '及' || r == '与' || r == '或') && i > s.from && !l.has(i, "及时"):
			cut(i, i+1)
		}
	}
	cut(s.to, s.to)
	if n := len(all); n > 0 && all[n-1].empty() {
		all = all[:n-1]
	}
	return all
}

// inherit gives a count without a label of its own that of the count before it in its sentence: 培训2次累计70余人次.
func (v *view) inherit(drafts []draft) {
	for i := range drafts {
		if d := &drafts[i]; d.label.empty() && i > 0 && !v.sentenceEnds(drafts[i-1].end, d.start) {
			d.label, d.inherited = drafts[i-1].label, true
		}
	}
}

// respective gives the counts behind 分别 the members of the list before it: 网站、微信、微博分别发布10条、20条、30条.
func (l *labeller) respective(drafts []draft) {
	l.taken = 0 // it is that of the last label
	for i := range drafts {
		left, stop := l.leftOf(drafts[i].start, l.indexOf(drafts[i].start))
		at, _, ok := l.rules.respectively.Find(l.words(), left.from, left.to)
		if !ok || drafts[i].zero != noZero {
			continue
		}
		list := span{left.from, at}
		if list.empty() {
			list = l.listBefore(stop, i, drafts)
		}
		n := 1
		for i+n < len(drafts) && l.joins(drafts[i+n-1].end, drafts[i+n].start) {
			n++
		}
		if n < 2 {
			continue
		}
		if items := l.items(list); len(items) == n {
			for j, s := range items {
				drafts[i+j].setLabel(s)
			}
		}
	}
}

// listBefore is the list that ends the clause before the mark at stop: 公示公告和工作动态两类信息较多，分别为132条和207条.
func (l *labeller) listBefore(stop, i int, drafts []draft) span {
	if l.rune(stop) != ',' && l.rune(stop) != ':' {
		return span{}
	}
	list, _ := l.leftOf(stop, l.indexOf(drafts[i].start))
	if at, _, ok := l.rules.kindsOf.Find(l.words(), list.from, list.to); ok {
		list.to = at
	}
	return list
}

// joins reports that nothing but a list mark stands between two counts.
func (l *labeller) joins(from, to int) bool {
	for k := from; k < to; k++ {
		if r := l.run[k]; r != '、' && r != ',' && r != '和' && r != '及' {
			return false
		}
	}
	return from < to
}

// indexOf returns the index of the count that starts at folded position i, or of the first after it.
func (l *labeller) indexOf(i int) int {
	return sort.Search(len(l.counts), func(k int) bool { return l.counts[k].start >= i })
}

// mention writes draft i in terms of the published text.
func (v *view) mention(drafts []draft, i int) extract.Mention {
	d := &drafts[i]
	from, to := v.sentence(d.start, d.end)
	m := extract.Mention{Partial: d.partial}
	m.Seq = i
	m.Label = v.original(d.label.from, d.label.to) + v.original(d.tail.from, d.tail.to)
	m.Count = d.value
	m.Unit = d.unit
	m.Approximate = d.approx
	if d.share != nil {
		m.SharePct = new(*d.share)
	}
	m.Sentence = v.original(from, to)
	m.StartOffset = int(v.at[d.start])
	m.EndOffset = int(v.at[d.end-1]) + 1
	if d.of >= 0 {
		of := d.of
		m.PartOf = &of
		m.Channel = v.isChannel(d) && v.topic(&drafts[of]) != "request" // a request comes by one way only
	}
	m.Cumulative = v.isCumulative(drafts, i, from)
	t := &v.subject
	*t = subjectOf{view: v, drafts: drafts, i: i, d: d, sentenceFrom: from}
	m.Indicator = t.cell()
	if id := t.category(); id != "" {
		m.Category = &id
	}
	return m
}

// maxSentence bounds a sentence on either side of its count, in characters: text without any full stop must not be
// copied for each count.
const maxSentence = 600

// sentence returns the folded range of the sentence around [start, end).
func (v *view) sentence(start, end int) (from, to int) {
	stop := func(r rune) bool { return isFullStop(r) && r != ';' }
	for from = start; from > 0 && start-from < maxSentence && !stop(v.run[from-1]); from-- {
	}
	for to = end; to < len(v.run) && to-end < maxSentence && !stop(v.run[to]); to++ {
	}
	if to < len(v.run) && stop(v.run[to]) && v.run[to] != '\n' {
		to++
	}
	return from, to
}
