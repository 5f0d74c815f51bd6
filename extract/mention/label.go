package mention

import "strings"

// maxPhrase bounds the text searched for a label on either side of a count, in characters.
const maxPhrase = 120

// span is a range of the folded text.
type span struct{ from, to int }

func (s span) empty() bool { return s.from >= s.to }

// labeller finds what each count counts. The text between two numbers belongs to the later one unless it is empty or ends in a verb
// whose object stands behind the number.
type labeller struct {
	*view
	seg    segmenter
	counts []count
	taken  int // end of the last label that stood behind its number: the next count must not take it again
}

// labels returns the label of count k, or an empty span when the sentence has none of its own.
func (l *labeller) label(k int) span {
	s := l.find(k)
	if s.from >= l.counts[k].end {
		l.taken = s.to
	}
	return s
}

func (l *labeller) find(k int) span {
	left, stop := l.left(k)
	phrase := l.trim(left)
	right := l.right(k)
	if next := k + 1; next < len(l.counts) && l.counts[next].start == l.counts[k].end && (phrase.words.empty() || phrase.verbal) {
		if s := l.find(next); s.from >= l.counts[next].end {
			return s // 提出6大类30条109项工作任务
		}
	}
	if !right.empty() && !phrase.words.empty() && l.leadsOn(right, k) {
		return phrase.words // 门户网站公开40余条官方网站公开86条: the punctuation was lost
	}
	if !phrase.words.empty() && !phrase.verbal {
		if (phrase.open || phrase.listed) && !right.empty() {
			return right // 政策允许的194件人大代表建议; 抢险救灾、优抚、救济等14个大类
		}
		return phrase.words
	}
	if !right.empty() {
		return right
	}
	if phrase.timed && phrase.all.to > phrase.all.from && k > 0 && l.beforeIs(phrase.all.to, "本年度", "本年", "今年", "当年", "上年度", "上年", "上半年", "下半年", "上年度新增", "本年度共", "本年共") {
		return l.timeIn(phrase.all)
	}
	if phrase.words.empty() && !phrase.counted {
		if said := l.said(k); !said.empty() {
			return said // 其中10件予以公开，另有103件顺延到下年度答复
		}
	}
	if phrase.verbal {
		if act := l.act(k); !act.empty() {
			return act // 接受近千次访问
		}
	}
	if !phrase.words.empty() {
		return phrase.words
	}
	// Nothing on either side: 财政信息，1条; 政务微信：996条; 基础信息公开（26条）.
	for step := 0; step < 3; step++ {
		r := l.rune(stop)
		if r != ',' && r != ':' && r != '(' && r != '、' {
			break
		}
		left, stop = l.leftOf(stop, k)
		if phrase = l.trim(left); !phrase.words.empty() {
			return phrase.words
		}
		if left.empty() && l.rune(stop) != ':' && l.rune(stop) != ',' {
			break
		}
	}
	return span{}
}

// left returns the text between count k and the mark or number before it, and where that mark stands.
func (l *labeller) left(k int) (span, int) { return l.leftOf(l.counts[k].start, k) }

func (l *labeller) leftOf(end, k int) (span, int) {
	floor := 0
	if k > 0 {
		floor = max(l.counts[k-1].end, min(l.taken, end))
	}
	floor = max(floor, end-maxPhrase)
	i := end - 1
	for ; i >= floor; i-- {
		r := l.run[i]
		if r == ')' {
			if open := l.openOf(i, floor); open >= floor {
				i = open
				continue
			}
			break
		}
		if r == '”' || r == '"' || r == '》' {
			if open := l.quoteOf(i, floor); open >= floor {
				i = open
				continue
			}
		}
		if isFullStop(r) || r == ',' || r == ':' || r == '(' || r == '%' {
			break
		}
	}
	return span{i + 1, end}, i
}

// openOf returns where the bracket that closes at i opens; below floor when it does not, or when a count stands in it.
func (l *labeller) openOf(i, floor int) int {
	for j := i - 1; j >= floor; j-- {
		switch l.run[j] {
		case '(':
			return j
		case ')', '\n', '%':
			return -1
		}
	}
	return -1
}

func (l *labeller) quoteOf(i, floor int) int {
	open := map[rune]rune{'”': '“', '"': '"', '》': '《'}[l.run[i]]
	for j := i - 1; j >= floor && i-j <= 40; j-- {
		if l.run[j] == open {
			return j
		}
		if l.run[j] == '\n' {
			break
		}
	}
	return -1
}

// leadsOn reports that the text behind count k runs into the next count without a mark, so that it is the label of that one.
func (l *labeller) leadsOn(right span, k int) bool {
	if k+1 == len(l.counts) {
		return false
	}
	for i := right.to; i < l.counts[k+1].start; i++ {
		if r := l.run[i]; isStop(r) || isFullStop(r) || r == '(' || r == ')' {
			return false
		}
	}
	return l.counts[k+1].start-right.to < 16
}

// right returns the noun that follows count k directly, cut where another phrase begins.
func (l *labeller) right(k int) span {
	from := l.counts[k].end
	limit := min(len(l.run), from+40)
	if k+1 < len(l.counts) {
		limit = min(limit, l.counts[k+1].start)
	}
	skipped := false
	for _, w := range []string{"是", "为", "系", "属于", "的"} {
		if l.has(from, w) {
			from += len([]rune(w))
			skipped = true
			break
		}
	}
	to := from
	for to < limit {
		r := l.run[to]
		if r == '“' || r == '《' {
			if close := l.closeOf(to, limit); close > 0 {
				to = close + 1
				continue
			}
		}
		if !isHan(r) && !isWord(r) && r != '、' && r != '·' {
			break
		}
		to++
	}
	for to > from && l.run[to-1] == '、' {
		to--
	}
	if from >= to || l.run[from] == '、' {
		return span{}
	}
	tokens := l.seg.cut(l.run[from:to])
	noun := false
	for n, t := range tokens {
		if t.end-t.start == 1 && n > 0 && tokens[n-1].class == 'x' {
			noun = true
			continue // part of a word that the dictionary does not know
		}
		if t.class == 'p' || t.class == 'm' || t.class == 'd' || t.class == 't' && !skipped {
			if n == 0 {
				return span{}
			}
			to = from + t.start
			break
		}
		if t.class == 'n' || t.class == 'x' {
			noun = true
		}
		if t.class == 'v' && noun && n > 0 && l.counts[k].kind == "个" {
			to = from + t.start
			break
		}
	}
	if !noun {
		return span{}
	}
	if l.leadsOn(span{from, to}, k) {
		noun = false
		for _, t := range tokens {
			if t.class == 'v' && noun && from+t.start < to {
				return span{from, from + t.start} // 30家市直单位|开展督查3轮次
			}
			noun = noun || t.class == 'n' || t.class == 'x'
		}
	}
	return span{from, to}
}

// act returns the act, named by a verb alone, that count k counts and that ends the clause behind it.
func (l *labeller) act(k int) span {
	said := l.said(k)
	if r := l.rune(said.to); said.empty() || said.to-said.from > 6 || !isStop(r) && !isFullStop(r) && r != ')' {
		return span{}
	}
	for _, t := range l.seg.cut(l.run[said.from:said.to]) {
		if t.class != 'v' && t.class != 'n' && t.class != 'x' {
			return span{}
		}
	}
	return said
}

// said returns what the clause says of count k behind it, whatever it is.
func (l *labeller) said(k int) span {
	from := l.counts[k].end
	to := from
	for to < len(l.run) && to < from+30 && (isHan(l.run[to]) || isWord(l.run[to])) && (k+1 == len(l.counts) || to < l.counts[k+1].start) {
		to++
	}
	return span{from, to}
}

func (l *labeller) closeOf(i, limit int) int {
	close := map[rune]rune{'“': '”', '《': '》'}[l.run[i]]
	for j := i + 1; j < limit; j++ {
		if l.run[j] == close {
			return j
		}
	}
	return -1
}

// isMark reports a rune that cannot begin a label.
func (l *labeller) isMark(i int) bool {
	r := l.run[i]
	return !isHan(r) && !isWord(r) && r != '“' && r != '《' && r != '"' && r != '('
}

// skipNumber skips the number of a heading or of a list member: 一)主动公开…, 1.主动公开….
func (l *labeller) skipNumber(s span) int {
	i := s.from
	for i < s.to && (isDigit(l.run[i]) || isChineseNumeral(l.run[i]) || l.run[i] == '十') {
		i++
	}
	if i > s.from && i < s.to && strings.ContainsRune(")、.,", l.run[i]) {
		return i + 1
	}
	return s.from
}

// timeIn drops the marker before a time: 其中本年度.
func (l *labeller) timeIn(s span) span {
	for s.to-s.from > 2 && (l.has(s.from, "其中") || l.run[s.from] == ',' || l.run[s.from] == ':') {
		if l.has(s.from, "其中") {
			s.from++
		}
		s.from++
	}
	return s
}

// plainAdverbs may stand before any word; other single characters beside one that the dictionary does not know are part of that word.
const plainAdverbs = "共已均各约达我本其"

// partOfUnknown reports that tokens[i] is one character before an unknown one: 多 of 多媒体, 市 of 市容.
func (l *labeller) partOfUnknown(base int, tokens []token, i int) bool {
	t := tokens[i]
	if t.end-t.start != 1 || i+1 >= len(tokens) || tokens[i+1].class != 'x' || !isHan(l.run[base+tokens[i+1].start]) {
		return false
	}
	if i > 0 && isDigit(l.run[base+tokens[i-1].end-1]) {
		return false // 年 of 2018年
	}
	return t.class != 'a' && !strings.ContainsRune(plainAdverbs, l.run[base+t.start])
}

// skipBody skips the name of the body that reports before what it did: 青禾镇通过…, 某某局发布….
func (l *labeller) skipBody(base int, tokens []token, first int) int {
	n := 0
	for i := first; i+1 < len(tokens) && i < first+8; i++ {
		t := tokens[i]
		if t.class == 's' && n >= 2 {
			if next := tokens[i+1].class; next == 'v' || next == 'd' || next == 'p' || next == 't' {
				for i++; i < len(tokens) && (tokens[i].class == 'd' || tokens[i].class == 't'); i++ {
				}
				if i < len(tokens) {
					return i
				}
			}
			return first
		}
		if t.class != 'x' || !isHan(l.run[base+t.start]) {
			return first
		}
		n++
	}
	return first
}

// phrase is a trimmed label candidate.
type phrase struct {
	words  span
	verbal bool // it ends in a verb, so its object may follow the number
	listed bool // it ended in 等
	open   bool // it ended in 的, so what it describes follows the number
	// counted: nothing but 共, 共计 and the like stood there, so what is counted was named before
	counted bool
	timed   bool // it held a time: 其中本年度214条
	all     span // the candidate itself where nothing is left of it
}

// trim cuts time, subject and adverbs from the front of a candidate, adverbs and 共 from its end.
func (l *labeller) trim(s span) phrase {
	if !s.empty() && l.run[s.from] == '(' { // 乡镇（街道）、: the bracket belongs to the word before
		for i := s.from + 1; i < s.to; i++ {
			if l.run[i] == ')' {
				s.from = i + 1
				break
			}
		}
	}
	for !s.empty() && !isHan(l.run[s.from]) && !isWord(l.run[s.from]) && l.run[s.from] != '“' && l.run[s.from] != '《' && l.run[s.from] != '"' {
		s.from++
	}
	for !s.empty() && (isStop(l.run[s.to-1]) || l.run[s.to-1] == ' ') {
		s.to--
	}
	s.from = l.skipNumber(s)
	if s.empty() {
		return phrase{}
	}
	tokens := l.seg.cut(l.run[s.from:s.to])
	var p phrase
	first, last := 0, len(tokens)
	for first < last {
		t := tokens[first]
		if l.partOfUnknown(s.from, tokens, first) {
			break
		}
		if t.class == 's' && first+1 < last && !strings.ContainsRune("我本全各", l.run[s.from+t.start]) && tokens[first+1].class != 'v' && tokens[first+1].class != 'd' && tokens[first+1].class != 'p' && tokens[first+1].class != 't' {
			break // 政府 of 政府网站
		}
		p.counted = p.counted || t.class == 'd'
		p.timed = p.timed || t.class == 't'
		if t.class == 't' || t.class == 's' || t.class == 'd' || t.class == 'a' || t.class == 'm' || isDigit(l.run[s.from+t.start]) || l.isMark(s.from+t.start) {
			first++
			continue
		}
		break
	}
	first = l.skipBody(s.from, tokens, first)
	done := false // 确定了: whatever precedes 了 is a verb
	for first < last {
		t := tokens[last-1]
		if w := l.run[s.from+t.start : s.from+t.end]; t.class == 'd' || t.class == 'm' || t.class == 'a' {
			p.listed = p.listed || w[0] == '等'
			p.open = p.open || last == len(tokens) && (w[0] == '的' || w[0] == '和' || w[0] == '与' || w[0] == '及' || w[0] == '以' && len(w) == 2 && w[1] == '及')
			done = done || w[0] == '了'
			if w[0] == '数' && len(w) <= 2 || w[0] == '总' || len(w) == 2 && w[1] == '数' {
				// 公开信息数: the word is part of the label as written
				if last-1 > first {
					break
				}
			}
			if w[0] == '等' {
				break
			}
			last--
			continue
		}
		break
	}
	if first >= last {
		p.all = s
		return p
	}
	p.words = span{s.from + tokens[first].start, s.from + tokens[last-1].end}
	end := tokens[last-1]
	p.verbal = done || end.class == 'v' || end.class == 'p' || end.class == 's'
	if end.class == 'd' && l.run[s.from+end.start] != '等' {
		p.verbal = false
	}
	return p
}
