package mention

import (
	"slices"
	"strings"
)

// maxPhrase bounds the text searched for a label on either side of a count, in characters.
const maxPhrase = 120

// span is a range of the folded text.
type span struct{ from, to int }

func (s span) empty() bool { return s.from >= s.to }
func (s span) width() int  { return s.to - s.from }

// phrase is what stands before a count, trimmed to what may be its label.
type phrase struct {
	words   span
	verbal  bool // it ends in a verb, so its object may follow the number
	listed  bool // it ended in 等
	open    bool // it ended in 的, so what it describes follows the number
	counted bool // 共, 共计 and the like stood there, so what is counted may have been named before
	timed   bool // it held a time: 其中本年度214条
	leads   bool // it ends in a preposition, so what it is of follows the number: 对19件申请
	body    span // the name of the body that reports, cut off from its front: 市政府305件
	all     span // the candidate itself where nothing is left of it
}

// trim cuts time, subject and adverbs from the front of a candidate, adverbs and 共 from its end.
func (l *labeller) trim(s span) phrase {
	s = l.strip(s)
	if s.empty() {
		return phrase{}
	}
	var buf [64]token
	tokens := l.tokens(buf[:0], s)
	var p phrase
	p.leads = l.isPreposition(tokens[len(tokens)-1])
	first := l.front(&p, tokens)
	if l.opens(s.from) {
		first = l.skipBody(tokens, first)
	}
	last, done := l.back(&p, tokens, first)
	if first >= last {
		p.all = s
		return p
	}
	p.words = span{tokens[first].start, tokens[last-1].end}
	end := tokens[last-1]
	if p.words.width() > 2 && l.run[p.words.to-1] == '为' {
		p.words.to-- // 接听数为23次
	}
	p.verbal = (done || strings.IndexByte("vps", end.class) >= 0) && (end.class != 'd' || l.run[end.start] == '等')
	return p
}

// strip takes brackets, marks, the number of a heading and a sentence whose end was lost from the candidate s.
func (l *labeller) strip(s span) span {
	if !s.empty() && l.run[s.from] == '(' { // 乡镇（街道）、: the bracket belongs to the word before
		if close := slices.Index(l.run[s.from:s.to], ')'); close >= 0 {
			s.from += close + 1
		}
	}
	for !s.empty() && !isHan(l.run[s.from]) && !isWord(l.run[s.from]) && !strings.ContainsRune("“《\"", l.run[s.from]) {
		s.from++
	}
	for !s.empty() && (isStop(l.run[s.to-1]) || l.run[s.to-1] == ' ') {
		s.to--
	}
	s.from = l.skipNumber(s)
	if s.empty() {
		return s
	}
	s.from = l.afterLostStop(s)
	return s
}

// skipNumber skips the number of a heading or of a list member: 一)主动公开…, 1.主动公开….
func (l *labeller) skipNumber(s span) int {
	i := s.from
	for i < s.to && (isDigit(l.run[i]) || isChineseNumeral(l.run[i])) {
		i++
	}
	if i > s.from && i < s.to && strings.ContainsRune(")、.,", l.run[i]) {
		return i + 1
	}
	return s.from
}

// afterLostStop finds where a sentence begins whose mark before it was lost: …提高工作水平2024年我乡通过….
func (l *labeller) afterLostStop(s span) int {
	for i := s.to - 6; i > s.from; i-- {
		if l.run[i] == '2' && !isWord(l.run[i-1]) && l.rules.sentence.At(l.words(), i, i, len(l.run)) > 0 {
			return i
		}
	}
	return s.from
}

// edge is a place in a phrase at which edges.csv reports whether the word behind it is part of the label.
type edge struct {
	*view
	at    int
	first bool
}

func (e *edge) unitOf() uint8     { return 0 }
func (e *edge) place() (int, int) { return e.at, e.at }

// edgeOf returns an edge to ask. It lasts until the next call.
func (v *view) edgeOf() *edge {
	v.edge.view = v
	return &v.edge
}

// does returns what edges.csv does at a place.
func (e *edge) does(at int, first bool) string {
	e.at, e.first = at, first
	return e.rules.edges.does(e)
}

var edgeFacts = facts[*edge]{flags: map[string]func(*edge) bool{
	"first": func(e *edge) bool { return e.first },
}}

// front returns the first word of the label.
func (l *labeller) front(p *phrase, tokens []token) int {
	e := l.edgeOf()
	for i, t := range tokens {
		if t.class == 's' {
			p.body = span{t.start, t.end}
		}
		if e.does(t.start, i == 0) != "skip" {
			return i
		}
		p.counted = p.counted || t.class == 'd'
		p.timed = p.timed || t.class == 't'
	}
	return len(tokens)
}

// back returns the end of the words of the label, and whether the last word cut off shows that a verb stands before it:
// 确定了.
func (l *labeller) back(p *phrase, tokens []token, first int) (last int, done bool) {
	for last = len(tokens); last > first; last-- {
		t := tokens[last-1]
		if strings.IndexByte("dma", t.class) < 0 {
			break
		}
		w := string(l.run[t.start:t.end])
		p.listed = p.listed || strings.HasPrefix(w, "等")
		p.open = p.open || last == len(tokens) && l.rules.open.in(l.view, span{t.start, t.end})
		done = done || strings.HasPrefix(w, "了")
		if strings.HasPrefix(w, "等") || last-1 > first && l.rules.ofAmount.in(l.view, span{t.start, t.end}) {
			break // 公开信息数: the word is part of the label as written
		}
	}
	return last, done
}

func (l *labeller) isPreposition(t token) bool {
	return l.rules.preposition.in(l.view, span{t.start, t.end})
}

// maxBody bounds the words of a name looked at.
const maxBody = 14

// skipBody skips the name of the body that reports before what it did: 青禾镇通过…, 云岭县市场监督管理局2020年度发布….
func (l *labeller) skipBody(tokens []token, first int) int {
	if first < len(tokens) && l.rules.negation.in(l.view, span{tokens[first].start, tokens[first].end}) {
		return first // 非本机关职责
	}
	acts := false // a verb stands in the name: 管理局
	for i := first; i+1 < len(tokens) && i < first+maxBody; i++ {
		t := tokens[i]
		if l.partOfUnknown(tokens, i) {
			continue // 自 of 自然资源局
		}
		if strings.IndexByte("pmtd", t.class) >= 0 || !isHan(l.run[t.start]) || t.class == 'v' && i == first {
			return first
		}
		acts = acts || t.class == 'v'
		office := l.isOffice(t.end)
		if i == first || t.class == 'v' || t.class != 's' && !office || acts && !office {
			continue
		}
		if n := l.afterBody(tokens, i+1); n > 0 {
			return n
		}
	}
	return first
}

// isOffice reports that a name of an office ends at i.
func (l *labeller) isOffice(i int) bool { return l.rules.office.endsAt(l.view, i) }

// afterBody returns the word at which what a body did begins, its name ending before tokens[i]; 0 where no predicate
// follows the name.
func (l *labeller) afterBody(tokens []token, i int) int {
	if strings.IndexByte("vdpt", tokens[i].class) < 0 && !isDigit(l.run[tokens[i].start]) {
		return 0
	}
	for k := i; k < len(tokens) && k < i+3; k++ {
		if l.isOffice(tokens[k].end) {
			return 0 // the name goes on: 城市|管理局
		}
	}
	for ; i < len(tokens); i++ {
		if c := tokens[i].class; c != 'd' && c != 't' && !isDigit(l.run[tokens[i].start]) {
			return i
		}
	}
	return 0
}

// partOfUnknown reports that tokens[i] is one character before an unknown one: 多 of 多媒体, 市 of 市容.
func (l *labeller) partOfUnknown(tokens []token, i int) bool {
	return i+1 < len(tokens) && l.edgeOf().does(tokens[i].start, i == 0) == "part"
}

// opens reports that no count stands before i in its sentence: the body named there is the one that reports, others are
// told apart by their names.
func (l *labeller) opens(i int) bool {
	k := l.indexOf(i)
	return k == 0 || l.sentenceEnds(l.counts[k-1].end, i)
}
