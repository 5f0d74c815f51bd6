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
	s := l.find(k, 0)
	if s.from >= l.counts[k].end {
		l.taken = s.to
	}
	return s
}

// maxChain bounds counts that follow each other without a word between (6大类30条109项).
const maxChain = 4

func (l *labeller) find(k, chain int) span {
	left, stop := l.left(k)
	phrase := l.trim(left)
	right := l.right(k)
	if phrase.leads {
		if behind := l.behind(k, right); !behind.empty() {
			return behind // 由1人专门负责此项工作; 对19件公开申请案件收取费用
		}
	}
	if body := l.member(phrase, left, stop); !body.empty() {
		return body // 申请9件（市政府3件、各乡镇6件）
	}
	if next := k + 1; chain < maxChain && next < len(l.counts) && l.counts[next].start == l.counts[k].end && (phrase.words.empty() || phrase.verbal) {
		if s := l.find(next, chain+1); s.from >= l.counts[next].end {
			return s // 提出6大类30条109项工作任务
		}
	}
	if c := &l.counts[k]; c.kind == "" && c.power >= 4 && !right.empty() {
		return right // 43万粉丝
	}
	if !right.empty() && (l.run[l.counts[k].end] == '《' || l.counts[k].kind == "名" && staffNoun.MatchString(string(l.run[right.from:right.to]))) {
		return right // 完成4期《民情热线》节目; 配备了党政办1名兼职工作人员
	}
	if !right.empty() && !phrase.words.empty() && l.leadsOn(right, k) && !(phrase.verbal && (oneByOne[l.counts[k].kind] || l.coordinates(right.to, k))) {
		return phrase.words // 门户网站公开40余条官方网站公开86条: the punctuation was lost
	}
	if !phrase.words.empty() && !phrase.verbal {
		short := phrase.words.to-phrase.words.from <= 2 && oneByOne[l.counts[k].kind] // 辖12个行政村
		if (phrase.open || phrase.listed || short) && !right.empty() {
			return right // 政策允许的194件人大代表建议; 抢险救灾、优抚、救济等14个大类
		}
		return phrase.words
	}
	if !right.empty() && !phrase.words.empty() && right.to-right.from == 2 && (l.has(right.from, "信息") || l.has(right.from, "资讯")) && phrase.words.to-phrase.words.from >= 4 {
		return phrase.words // 通过微信公众号公开108条信息: 信息 alone says nothing
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
		if phrase = l.trim(l.withoutNumber(left)); !phrase.words.empty() {
			return phrase.words
		}
		if left.empty() && l.rune(stop) != ':' && l.rune(stop) != ',' {
			break
		}
	}
	return span{}
}

// tail is what stands behind count k where its label stands before it and lacks just that: 通过微信公众号公开108条信息.
func (l *labeller) tail(k int, label span) span {
	if label.empty() || label.to > l.counts[k].start || label.to-label.from < 4 {
		return span{}
	}
	if right := l.right(k); right.to-right.from == 2 && (l.has(right.from, "信息") || l.has(right.from, "资讯")) {
		return right
	}
	return span{}
}

// withoutNumber cuts a number that counts nothing from the end of a clause: 日均接待7人次，全年1700人次.
func (l *labeller) withoutNumber(s span) span {
	for i := max(s.from, s.to-8); i < s.to; i++ {
		if isDigit(l.run[i]) {
			if c, _, _ := l.countAt(i); c.end == s.to {
				return span{s.from, max(s.from, c.start)}
			}
		}
	}
	return s
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

// coordinates reports that nothing but 和 stands between i and the next count, or nothing and it is in another unit: 办理3件建议和5件提案, 公开7类文件236件.
func (l *labeller) coordinates(i, k int) bool {
	if k+1 == len(l.counts) {
		return false
	}
	switch string(l.run[i:max(i, l.counts[k+1].start)]) {
	case "和", "与", "及", "以及":
		return true
	case "":
		return l.counts[k+1].kind != l.counts[k].kind
	}
	return false
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
	for _, w := range copulas {
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
	tokens := l.seg(l.run[from:to])
	word := func(t token) rune { return l.run[from+t.start] }
	noun := false
	for n, t := range tokens {
		if t.end-t.start == 1 && n > 0 && tokens[n-1].class == 'x' && !strings.ContainsRune(plainAdverbs, word(t)) {
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
		if t.class == 'v' && noun && n > 0 && oneByOne[l.counts[k].kind] {
			to = from + t.start
			break
		}
	}
	if !noun {
		return span{}
	}
	for to-from > 2 && strings.ContainsRune("与和及各", l.run[to-1]) {
		to-- // 2项行政检查与3项行政服务事项
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
	for _, t := range l.seg(l.run[said.from:said.to]) {
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

// oneByOne are units of things that act or are acted on: 安排1名工作人员|承担这项工作, 组织12个部门|开展培训.
var oneByOne = map[string]bool{"个": true, "名": true, "人": true, "位": true}

func (l *labeller) closeOf(i, limit int) int {
	close := map[rune]rune{'“': '”', '《': '》'}[l.run[i]]
	for j := i + 1; j < limit; j++ {
		if l.run[j] == close {
			return j
		}
	}
	return -1
}

// behind is the label of count k that a preposition before the number leads to: 除2件结转下年办理外.
func (l *labeller) behind(k int, right span) span {
	if right.empty() {
		right = l.said(k)
	}
	for _, w := range postpositions {
		if n, is := l.endsWith(right.to, w); is && right.to-right.from > n {
			right.to -= n
			break
		}
	}
	return right
}

// member is the body that reports, or a part of it, where its name tells the members of a list apart; elsewhere it is no label.
func (l *labeller) member(p phrase, left span, stop int) span {
	mark := l.rune(stop)
	listed := mark == '(' || mark == '、' || l.rune(left.from) == '、'
	if p.body.empty() || p.counted || !p.words.empty() || !listed && (mark != ',' && !l.has(left.from, "其中") || l.opens(p.body.from)) {
		return span{}
	}
	if !listed && slices.Contains(bodyWords, string(l.run[p.body.from])) {
		return span{}
	}
	return p.body
}

var copulas, prepositions, postpositions, negations, bodyWords = words("copula"), words("preposition"), words("postposition"), words("negation"), words("body")
