package mention

import "strings"

// right returns the noun that follows count k directly, cut where another phrase begins.
func (l *labeller) right(k int) span {
	from := l.counts[k].end
	limit := min(len(l.run), from+maxBehind)
	if k+1 < len(l.counts) {
		limit = min(limit, l.counts[k+1].start)
	}
	skipped := l.rules.copula.At(l.words(), from, from, limit)
	from = max(from, skipped)
	s := span{from, l.wordsEnd(from, limit)}
	if start, _, ok := l.rules.inside.Match(l.words(), s.to, s.to); ok {
		s.to = max(s.from, start) // 收到的8件申请中，
	}
	if s.empty() || l.run[from] == '、' {
		return span{}
	}
	var buf [64]token
	tokens := l.tokens(buf[:0], s)
	s, noun := l.nounPhrase(tokens, s, skipped > 0, l.counts[k].unitIs("one"))
	if !noun {
		return span{}
	}
	for s.width() > 2 && strings.ContainsRune("与和及各", l.run[s.to-1]) {
		s.to-- // 2项行政检查与3项行政服务事项
	}
	if l.leadsOn(s, k) {
		s = l.beforeVerb(tokens, s)
	}
	return s
}

// wordsEnd returns the end of the words, names in quotes and lists of them that begin at from.
func (l *labeller) wordsEnd(from, limit int) int {
	to := from
	for to < limit {
		r := l.run[to]
		if close := l.closeOf(to, limit); close > 0 {
			to = close + 1
			continue
		}
		if !isHan(r) && !isWord(r) && r != '、' && r != '·' {
			break
		}
		to++
	}
	for to > from && l.run[to-1] == '、' {
		to--
	}
	return to
}

// nounPhrase cuts s where its words stop to be of one noun: before a preposition, an adverb or a time, or before the
// verb of which one that acts is the subject (安排1名工作人员|承担这项工作). It reports whether there is a noun in it.
func (l *labeller) nounPhrase(tokens []token, s span, skipped, acts bool) (span, bool) {
	noun := false
	for n, t := range tokens {
		if n > 0 && t.end-t.start == 1 && tokens[n-1].class == 'x' && !l.rules.adverb.in(l.view, span{t.start, t.end}) {
			noun = true
			continue // part of a word that the dictionary does not know
		}
		switch {
		case strings.IndexByte("pmd", t.class) >= 0 || t.class == 't' && !skipped:
			if n == 0 {
				return span{}, false
			}
			return span{s.from, t.start}, noun
		case t.class == 'v' && noun && acts:
			return span{s.from, t.start}, true
		}
		noun = noun || t.class == 'n' || t.class == 'x'
	}
	return s, noun
}

// beforeVerb cuts s before the verb that follows its noun: 30家市直单位|开展督查3轮次.
func (l *labeller) beforeVerb(tokens []token, s span) span {
	noun := false
	for _, t := range tokens {
		if t.class == 'v' && noun && t.start < s.to {
			return span{s.from, t.start}
		}
		noun = noun || t.class == 'n' || t.class == 'x'
	}
	return s
}

// closeOf returns where the quotation that opens at i closes, -1 where none opens there.
func (l *labeller) closeOf(i, limit int) int {
	var close rune
	switch l.run[i] {
	case '“':
		close = '”'
	case '《':
		close = '》'
	default:
		return -1
	}
	for j := i + 1; j < limit; j++ {
		if l.run[j] == close {
			return j
		}
	}
	return -1
}

// leadsOn reports that the text behind count k runs into the next count without a mark, so that it is the label of that
// one.
func (l *labeller) leadsOn(right span, k int) bool {
	if k+1 == len(l.counts) || l.counts[k+1].start-right.to >= 16 {
		return false
	}
	for i := right.to; i < l.counts[k+1].start; i++ {
		if r := l.run[i]; isStop(r) || r == '(' || r == ')' {
			return false
		}
	}
	return true
}

// coordinates reports that nothing but 和 stands between i and the next count, or nothing and it is in another unit:
// 办理3件建议和5件提案, 公开7类文件236件.
func (l *labeller) coordinates(i, k int) bool {
	if k+1 == len(l.counts) {
		return false
	}
	between := span{i, max(i, l.counts[k+1].start)}
	if between.empty() {
		return l.counts[k+1].kind != l.counts[k].kind
	}
	return between.width() <= 2 && l.rules.and.in(l.view, between)
}

// act returns the act, named by a verb alone, that count k counts and that ends the clause behind it.
func (l *labeller) act(k int) span {
	said := l.said(k)
	if r := l.rune(said.to); said.empty() || said.width() > 6 || !isStop(r) && r != ')' {
		return span{}
	}
	var buf [8]token
	for _, t := range l.tokens(buf[:0], said) {
		if strings.IndexByte("vnx", t.class) < 0 {
			return span{}
		}
	}
	return said
}

// said returns what the clause says of count k behind it, whatever it is.
func (l *labeller) said(k int) span {
	from := l.counts[k].end
	limit := min(len(l.run), from+30)
	if k+1 < len(l.counts) {
		limit = min(limit, l.counts[k+1].start)
	}
	to := from
	for to < limit && (isHan(l.run[to]) || isWord(l.run[to])) {
		to++
	}
	if start, _, ok := l.rules.inside.Match(l.words(), to, to); ok && start == from {
		return span{} // 办结的30件中，
	}
	return span{from, to}
}

// behind is the label of count k that a preposition before the number leads to: 除2件结转下年办理外.
func (l *labeller) behind(k int, right span) span {
	if right.empty() {
		right = l.said(k)
	}
	if from, _, ok := l.rules.postposition.Match(l.words(), right.to, right.to); ok && from > right.from {
		right.to = from
	}
	return right
}
