package mention

// labeller finds what each count counts, by the rules of labels.csv over what stands before and behind it.
type labeller struct {
	*view
	counts []count
	sites  [maxChain + 1]site
	taken  int // end of the last label that stood behind its number: the next count must not take it again
}

// label returns the label of count k, or an empty span when the sentence has none of its own.
func (l *labeller) label(k int) span {
	s := l.find(k, 0)
	if s.from >= l.counts[k].end {
		l.taken = s.to
	}
	return s
}

// maxChain bounds counts that follow each other without a word between (6大类30条109项).
const maxChain = 4

// site is what stands around a count.
type site struct {
	*labeller
	k, chain int
	c        *count
	left     span
	stop     int // where the mark before left stands
	before   phrase
	right    span
	next     span // the label of the count that follows without a word between
	covered  span // what the pattern of the rule covers before the count
}

func (l *labeller) find(k, chain int) span {
	left, stop := l.leftOf(l.counts[k].start, k)
	s := &l.sites[chain]
	*s = site{labeller: l, k: k, chain: chain, c: &l.counts[k], left: left, stop: stop, before: l.trim(left), right: l.right(k)}
	if r := l.rules.labels.decide(s); r != nil {
		if r.around != nil {
			s.covered.from, _, _ = r.around.Match(l.words(), s.c.start, s.c.end)
			s.covered.to = s.c.start
		}
		return takes[r.does](s)
	}
	return l.earlier(k, stop)
}

func (s *site) unitOf() uint8     { return s.c.kind }
func (s *site) place() (int, int) { return s.c.start, s.c.end }

// takes are the ranges that a rule may take for the label.
var takes = map[string]func(*site) span{
	"left":    func(s *site) span { return s.before.words },
	"from":    (*site).beforePreposition,
	"right":   func(s *site) span { return s.right },
	"behind":  func(s *site) span { return s.behind(s.k, s.right) },
	"body":    func(s *site) span { return s.before.body },
	"next":    func(s *site) span { return s.next },
	"said":    func(s *site) span { return s.said(s.k) },
	"act":     func(s *site) span { return s.act(s.k) },
	"covered": func(s *site) span { return s.timeIn(s.covered) },
	"time":    func(s *site) span { return s.timeIn(s.before.all) },
}

var siteFacts = facts[*site]{flags: map[string]func(*site) bool{
	"left":       func(s *site) bool { return !s.before.words.empty() },
	"long_left":  func(s *site) bool { return s.before.words.width() >= 4 },
	"short_left": func(s *site) bool { return s.before.words.width() <= 2 },
	"verbal":     func(s *site) bool { return s.before.verbal },
	"listed":     func(s *site) bool { return s.before.listed },
	"open":       func(s *site) bool { return s.before.open },
	"counted":    func(s *site) bool { return s.before.counted },
	"timed":      func(s *site) bool { return s.before.timed },
	"right":      func(s *site) bool { return !s.right.empty() },
	"unit":       func(s *site) bool { return s.c.kind != 0 },
	"power":      func(s *site) bool { return s.c.power >= 4 },
	"one":        func(s *site) bool { return s.c.unitIs("one") },
}, finds: map[string]func(*site) bool{
	"leads":       func(s *site) bool { return s.before.leads && !s.behind(s.k, s.right).empty() },
	"member":      (*site).isMember,
	"bare_right":  func(s *site) bool { return s.rules.bare.in(s.view, s.right) },
	"runs_on":     func(s *site) bool { return s.leadsOn(s.right, s.k) },
	"coordinated": func(s *site) bool { return s.coordinates(s.right.to, s.k) },
	"said":        func(s *site) bool { return !s.said(s.k).empty() },
	"act":         func(s *site) bool { return !s.act(s.k).empty() },
	"this_year": func(s *site) bool {
		return s.k > 0 && !s.before.all.empty() && s.rules.thisYear.endsAt(s.view, s.before.all.to)
	},
	"chained": (*site).isChained,
	"follows": (*site).follows,
}}

// beforePreposition is what stands before the number without the preposition that leads to it: 栏目|由48个整合为31个.
func (s *site) beforePreposition() span {
	words := s.before.words
	var buf [64]token
	for tokens := s.tokens(buf[:0], words); len(tokens) > 1; tokens = tokens[:len(tokens)-1] {
		last := tokens[len(tokens)-1]
		if !s.isPreposition(last) && last.class != 'p' {
			break
		}
		words.to = last.start
	}
	return words
}

// isMember reports that only the body that reports, or a part of it, is named, and that its name tells the members of a
// list apart.
func (s *site) isMember() bool {
	p := &s.before
	if p.body.empty() || p.counted || !p.words.empty() {
		return false
	}
	mark := s.rune(s.stop)
	if mark == '(' || mark == '、' || s.rune(s.left.from) == '、' {
		return true
	}
	first := span{p.body.from, p.body.from + 1}
	return (mark == ',' || s.has(s.left.from, "其中")) && !s.opens(p.body.from) && !s.rules.self.in(s.view, first)
}

// isChained reports that the next count follows without a word between and that its label stands behind it:
// 提出6大类30条109项工作任务.
func (s *site) isChained() bool {
	n := s.k + 1
	if s.chain >= maxChain || n == len(s.counts) || s.counts[n].start != s.c.end {
		return false
	}
	s.next = s.find(n, s.chain+1)
	return s.next.from >= s.counts[n].end
}

// follows reports that the count before stands in the same clause and has a label: 发布信息12类共346条.
func (s *site) follows() bool {
	if s.chain >= maxChain || s.k == 0 || s.stop >= s.counts[s.k-1].end {
		return false
	}
	s.next = s.find(s.k-1, s.chain+1)
	return !s.next.empty()
}

// earlier looks for the label before the mark at stop, where nothing stands on either side of count k: 财政信息，1条;
// 政务微信：996条; 基础信息公开（26条）.
func (l *labeller) earlier(k, stop int) span {
	for step := 0; step < 3; step++ {
		if r := l.rune(stop); r != ',' && r != ':' && r != '(' && r != '、' {
			break
		}
		var left span
		left, stop = l.leftOf(l.beforeShare(stop), k)
		if p := l.trim(l.withoutNumber(left)); !p.words.empty() {
			return p.words
		}
		if left.empty() && l.rune(stop) != ':' && l.rune(stop) != ',' {
			break
		}
	}
	return span{}
}

// beforeShare skips a share before the mark at stop: 网站公开占比为80%（432条）.
func (l *labeller) beforeShare(stop int) int {
	if start, end, ok := l.rules.shareBefore.Find(l.words(), max(0, stop-12), stop); ok && end == stop {
		return start
	}
	return stop
}

// tail is what stands behind count k where its label stands before it and lacks just that: 通过微信公众号公开108条信息.
func (l *labeller) tail(k int, label span) span {
	if label.empty() || label.to > l.counts[k].start || label.width() < 4 {
		return span{}
	}
	if right := l.right(k); l.rules.bare.in(l.view, right) {
		return right
	}
	return span{}
}

// timeIn drops what stands around a time: 其中本年度, 较去年的.
func (l *labeller) timeIn(s span) span {
	if _, end, ok := l.rules.timeLead.Find(l.words(), s.from, s.to); ok && end < s.to {
		s.from = end
	}
	for s.width() > 2 && (l.run[s.to-1] == '(' || l.rules.copula.in(l.view, span{s.to - 1, s.to})) {
		s.to--
	}
	return s
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

// leftOf returns the text between end, at count k or before it, and the mark or number before it, and where that mark
// stands.
func (l *labeller) leftOf(end, k int) (span, int) {
	floor := 0
	if k > 0 {
		floor = max(l.counts[k-1].end, min(l.taken, end))
	}
	floor = max(floor, end-maxPhrase)
	i := end - 1
	for ; i >= floor; i-- {
		if open := l.openOf(i, floor); open >= floor {
			i = open
			continue
		}
		if r := l.run[i]; isStop(r) && r != '、' || r == '(' || r == ')' || r == '%' {
			break
		}
	}
	return span{i + 1, end}, i
}

// opener returns the mark that opens what r closes, 0 where it closes nothing.
func opener(r rune) rune {
	switch r {
	case ')':
		return '('
	case '”':
		return '“'
	case '"':
		return '"'
	case '》':
		return '《'
	}
	return 0
}

// openOf returns where the bracket or quotation that closes at i opens; below floor when none closes there, it does not
// open, or a share stands in the bracket.
func (l *labeller) openOf(i, floor int) int {
	open := opener(l.run[i])
	if open == 0 {
		return -1
	}
	bracket := open == '('
	for j := i - 1; j >= floor && (bracket || i-j <= 40); j-- {
		switch r := l.run[j]; {
		case r == open:
			return j
		case r == '\n' || bracket && (r == ')' || r == '%'):
			return -1
		}
	}
	return -1
}
