package mention

import (
	"slices"
	"strings"
)

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
	return (t.class != 'a' || l.run[base+t.start] == '新') && !strings.ContainsRune(plainAdverbs, l.run[base+t.start])
}

// skipBody skips the name of the body that reports before what it did: 青禾镇通过…, 云岭县市场监督管理局2020年度发布….
func (l *labeller) skipBody(base int, tokens []token, first int) int {
	if first < len(tokens) && slices.Contains(negations, string(l.run[base+tokens[first].start:base+tokens[first].end])) {
		return first // 非本机关职责
	}
	acts := false // a verb stands in the name: 管理局
	for i := first; i+1 < len(tokens) && i < first+maxBody; i++ {
		t := tokens[i]
		if l.partOfUnknown(base, tokens, i) {
			continue // 自 of 自然资源局
		}
		if strings.IndexByte("pmtd", t.class) >= 0 || !isHan(l.run[base+t.start]) || t.class == 'v' && i == first {
			return first
		}
		acts = acts || t.class == 'v'
		office := l.isOffice(base + t.end)
		if i == first || t.class == 'v' || t.class != 's' && !office || acts && !office {
			continue
		}
		if n := l.afterBody(base, tokens, i+1); n > 0 {
			return n
		}
	}
	return first
}

// opens reports that no count stands before i in its sentence: the body named there is the one that reports, others are told apart by their names.
func (l *labeller) opens(i int) bool {
	k := l.indexOf(i)
	return k == 0 || l.sentenceEnds(l.counts[k-1].end, i)
}

// maxBody bounds the words of a name looked at.
const maxBody = 14

// isOffice reports that a name of an office ends at i.
func (l *labeller) isOffice(i int) bool {
	return strings.ContainsRune("局委厅办队室", l.run[i-1]) || l.beforeIs(i, "委员会", "管委会", "医院", "法院", "检察院")
}

// afterBody returns the word at which what a body did begins, its name ending before tokens[i]; 0 where no predicate follows the name.
func (l *labeller) afterBody(base int, tokens []token, i int) int {
	if strings.IndexByte("vdpt", tokens[i].class) < 0 && !isDigit(l.run[base+tokens[i].start]) {
		return 0
	}
	for k := i; k < len(tokens) && k < i+3; k++ {
		if l.isOffice(base + tokens[k].end) {
			return 0 // the name goes on: 城市|管理局
		}
	}
	for ; i < len(tokens); i++ {
		if c := tokens[i].class; c != 'd' && c != 't' && !isDigit(l.run[base+tokens[i].start]) {
			return i
		}
	}
	return 0
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
	leads   bool // it ends in a preposition, so what it is of follows the number: 对19件申请
	body    span // the name of the body that reports, cut off from its front: 市政府305件
	all     span // the candidate itself where nothing is left of it
}

// afterLostStop finds where a sentence begins whose mark before it was lost: …提高工作水平2024年我乡通过….
func (l *labeller) afterLostStop(s span) int {
	for i := s.to - 6; i > s.from; i-- {
		if !l.has(i+4, "年") || !l.has(i, "20") || isWord(l.run[i-1]) {
			continue
		}
		j := i + 5
		if l.has(j, "度") {
			j++
		}
		if strings.ContainsRune("我本全", l.rune(j)) && strings.ContainsRune("省市县区镇乡街局委办厅年", l.rune(j+1)) && isDigit(l.run[i+2]) && isDigit(l.run[i+3]) {
			return i
		}
	}
	return s.from
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
	s.from = l.afterLostStop(s)
	tokens := l.seg(l.run[s.from:s.to])
	var p phrase
	lead := tokens[len(tokens)-1]
	p.leads = slices.Contains(prepositions, string(l.run[s.from+lead.start:s.from+lead.end]))
	first, last := 0, len(tokens)
	for first < last {
		t := tokens[first]
		if l.partOfUnknown(s.from, tokens, first) {
			break
		}
		if first > 0 && tokens[first-1].class == 't' && t.end-t.start == 1 && strings.ContainsRune("和与及", l.run[s.from+t.start]) {
			break // 2020年和平街道: no conjunction follows a time
		}
		if t.class == 's' && first+1 < last && !strings.ContainsRune("我本全各", l.run[s.from+t.start]) && tokens[first+1].class != 'v' && tokens[first+1].class != 'd' && tokens[first+1].class != 'p' && tokens[first+1].class != 't' && !isDigit(l.run[s.from+tokens[first+1].start]) {
			break // 政府 of 政府网站
		}
		if isDigit(l.run[s.from+t.start]) && l.editionAt(s.from+t.start) {
			break // 2023版指南
		}
		p.counted = p.counted || t.class == 'd'
		p.timed = p.timed || t.class == 't'
		if t.class == 's' {
			p.body = span{s.from + t.start, s.from + t.end}
		}
		if t.class == 't' || t.class == 's' || t.class == 'd' || t.class == 'a' || t.class == 'm' || isDigit(l.run[s.from+t.start]) || l.isMark(s.from+t.start) {
			first++
			continue
		}
		break
	}
	if l.opens(s.from) {
		first = l.skipBody(s.from, tokens, first)
	}
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
	if p.words.to-p.words.from > 2 && l.run[p.words.to-1] == '为' {
		p.words.to-- // 接听数为23次
	}
	p.verbal = done || end.class == 'v' || end.class == 'p' || end.class == 's'
	if end.class == 'd' && l.run[s.from+end.start] != '等' {
		p.verbal = false
	}
	return p
}
