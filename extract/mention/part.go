package mention

import (
	"regexp"
	"strings"
)

// list is an open breakdown: the parts of the draft total.
type list struct {
	total   int
	bracket bool
	comma   bool // its parts are set apart by commas or 、, so a semicolon ends it
	partial bool
	whole   bool // it is said to name every part: 分别为
	channel bool
	parts   []int
	sum     float64
}

// marker opens a breakdown at the start of a clause; lead does so before a colon anywhere in a clause; closer ends one.
var (
	marker = regexp.MustCompile(`^(?:其中|其中包括|分别为|分别是|主要包括|主要包含|主要有|主要为|主要是|主要分为|包括|包含|具体包括|具体为|具体是|具体有|具体|内有|内含|分为|含|即|按[^,;。:]{1,12}分)`)
	lead   = regexp.MustCompile(`(主要)?(?:其中|有|包括|包含|分为|如下|情况为|类别为|分布为|构成为|为|分别)$`)
	// whole are the markers of lists that leave nothing out; 其中 and 包括 may name what matters only.
	whole = regexp.MustCompile(`^(?:分别为|分别是|分为|主要分为|具体为|具体是|具体有|具体|即|按)|(?:分为|如下|情况为|类别为|分布为|构成为|分别)$`)
	// difference is a number that only compares: 比上年减少15件.
	difference = regexp.MustCompile(`^(?:同比|环比|相比|较|比)[^,。;]{0,8}(?:增|减|升|降|多|少)`)
	closer     = regexp.MustCompile(`^(?:另有|另外|另|此外|同时|除此之外|全年|并且|并)`)
)

// ofDisclosed names the whole again before its parts: 在主动公开的信息中，政策法规类14条.
var ofDisclosed = regexp.MustCompile(`^在?主动公开的?(?:政府)?信息(?:当)?中,`)

// lastDisclosed returns the last count before draft i of all that was disclosed; -1 where none is large enough.
func (v *view) lastDisclosed(drafts []draft, i int) int {
	for k := i - 1; k >= max(0, i-maxBack); k-- {
		if drafts[k].kind == drafts[i].kind && drafts[k].value >= drafts[i].value && strings.Contains(v.about(&drafts[k]), "公开") && drafts[i].start-drafts[k].end < 200 {
			return k
		}
	}
	return -1
}

// maxDepth bounds breakdowns within breakdowns.
const maxDepth = 8

// parts finds for every draft the total that it is a part of. Punctuation rules: a sentence end closes every breakdown unless the next sentence begins with a
// marker; brackets delimit; a semicolon closes a list whose members are set apart by commas; a list whose sum has reached its total is complete.
func (l *labeller) parts(drafts []draft) {
	v := l.view
	var open []list
	var done []list
	first := false // the draft is the first of the list opened last, which is open still
	pop := func() {
		done = append(done, open[len(open)-1])
		open = open[:len(open)-1]
		first = false
	}
	plain := 0  // brackets open that hold no list: 政务(工作)动态类
	before := 0 // lists open where the first of these brackets began
	root := -1  // last draft of the text so far that is part of nothing
	for i := range drafts {
		from := 0
		if i > 0 {
			from = drafts[i-1].end
		}
		ended := i == 0
		first = false
		for k := from; k < drafts[i].start; k++ {
			r := v.run[k]
			switch {
			case isFullStop(r) && r != ';':
				for len(open) > 0 {
					pop()
				}
				ended, plain = true, 0
			case r == ';' && first && len(open[len(open)-1].parts) == 0 && !open[len(open)-1].bracket:
				pop() // 包括机构、财政等信息；通过公众号公开8条: nothing was counted
			case r == ';':
				for len(open) > 0 && l.closedBy(drafts, &open[len(open)-1], i, len(open)) {
					pop()
				}
			case r == '(':
				if i > 0 && (k == drafts[i-1].end || v.run[k-1] == ',' && k-1 == drafts[i-1].end) {
					if len(open) < maxDepth {
						open = append(open, list{total: i - 1, bracket: true})
						first = true
					}
				} else {
					if plain++; plain == 1 {
						before = len(open)
					}
				}
			case r == ')' && plain > 0:
				plain--
				if first && len(open) > before {
					pop() // 市级以上(含市级)媒体: nothing was counted
				}
			case r == ')':
				for len(open) > 0 {
					b := open[len(open)-1].bracket
					pop()
					if b {
						break
					}
				}
			}
			total := -1
			partial, complete := false, false
			if k == from || isStop(v.rune(k-1)) || isFullStop(v.rune(k-1)) || v.rune(k-1) == '(' || v.rune(k-1) == '%' {
				rest := string(v.run[k:min(k+16, drafts[i].start)])
				if closer.MatchString(rest) && len(open) > 0 && len(open[len(open)-1].parts) > 0 {
					pop()
				} else if ofDisclosed.MatchString(rest) {
					total = v.lastDisclosed(drafts, i)
				} else if m := marker.FindString(rest); m != "" {
					total, partial, complete = v.totalOf(drafts, i, root, ended), strings.HasPrefix(m, "主要"), whole.MatchString(m)
					if ended && total >= 0 && drafts[total].kind != drafts[i].kind && v.rune(k-1) == ',' {
						total = -1 // 文件均配发解读材料，其中文字解读62篇: the sentence has a whole of its own, without a number
					}
				}
			}
			if r == ':' && total < 0 && i > 0 {
				if k == from {
					total = i - 1
				} else if m := lead.FindStringSubmatch(string(v.run[max(from, k-8):k])); m != nil && (ended || isStop(v.rune(k-1))) {
					total, partial, complete = v.totalOf(drafts, i, root, ended), m[1] != "", whole.MatchString(m[0])
				}
			}
			if total >= 0 && !(first && len(open) > 0 && open[len(open)-1].total == total) && !v.sameList(open, total) {
				if total == i-1 && drafts[total].of >= 0 && drafts[i].value > drafts[total].value && len(open) > 0 {
					continue // larger than the member before it: a further member, not a part of that member
				}
				if len(open) < maxDepth {
					open = append(open, list{total: total, partial: partial, whole: complete})
					first = true
				}
			} else if total >= 0 && len(open) > 0 {
				open[len(open)-1].partial = open[len(open)-1].partial || partial
				open[len(open)-1].whole = open[len(open)-1].whole || complete
			}
		}
		if len(open) > 0 && !first && v.isAside(drafts, &open[len(open)-1], i) {
			continue
		}
		if first && len(open) > 0 && open[len(open)-1].bracket && drafts[i].value > 1.1*drafts[open[len(open)-1].total].value && drafts[i].kind == drafts[open[len(open)-1].total].kind {
			pop() // 减少15件(上年60件)
		}
		for len(open) > 0 {
			t := &open[len(open)-1]
			outgrown := len(open) > 1 && len(t.parts) > 0 && drafts[i].value > 1.1*drafts[t.total].value // it is a member of the list around
			another := drafts[i].kind != drafts[t.total].kind && len(t.parts) > 0 && drafts[i].kind != drafts[t.parts[0]].kind && l.isAct(drafts[i].label)
			if first || l.belongs(drafts, t, i) && !outgrown && !another {
				break
			}
			pop()
		}
		if len(open) > 0 {
			t := &open[len(open)-1]
			if n := len(t.parts); n > 0 {
				sep := v.rune(drafts[i-1].end)
				if n == 1 || t.comma {
					t.comma = sep != ';' && !v.semicolonBetween(drafts[i-1].end, drafts[i].start)
				}
			}
			drafts[i].of = t.total
			t.parts = append(t.parts, i)
			t.sum += drafts[i].value
			t.channel = t.channel || v.isChannel(&drafts[i])
		} else if !difference.MatchString(v.about(&drafts[i])) {
			root = i
		}
	}
	for len(open) > 0 {
		pop()
	}
	v.finishLists(drafts, done)
	v.completed(drafts, done)
	v.exactSums(drafts)
	l.trailingTotals(drafts)
}

// closedBy reports that a semicolon before draft i closes the list t, the depth-th of those open. Members set apart by commas end there. A first member
// alone does not tell: 其中动态类36条；计划类7条 goes on, 其中线上15条；编发简报8期 does not, for what follows is another act.
func (l *labeller) closedBy(drafts []draft, t *list, i, depth int) bool {
	switch {
	case t.bracket || len(t.parts) == 0:
		return false
	case t.comma || depth > 1:
		return true
	case len(t.parts) > 1:
		return false
	}
	return l.isAct(drafts[i].label) && !l.isAct(drafts[t.parts[0]].label)
}

// turnsAway reports that draft i, behind a list t whose members add up to its total, is no further member: a higher mark stands before it than between the
// members (其中网络30件、信函15件，答复45件), or it tells of an act and they of things. Nothing else ends the list; members beyond the total are the publisher's error.
func (l *labeller) turnsAway(drafts []draft, t *list, i int) bool {
	within := 0
	for k, p := range t.parts[1:] {
		within = max(within, l.rank(drafts[t.parts[k]].end, drafts[p].start))
	}
	if len(t.parts) > 1 && l.rank(drafts[i-1].end, drafts[i].start) > within {
		return true
	}
	return l.isAct(drafts[i].label) && !l.isAct(drafts[t.parts[0]].label)
}

// rank is how far the highest mark between from and to sets apart what stands around it: 0 for 、, 1 for a comma, 2 for a semicolon.
func (v *view) rank(from, to int) (rank int) {
	for k := from; k < to; k++ {
		switch v.run[k] {
		case ',':
			rank = max(rank, 1)
		case ';':
			rank = 2
		}
	}
	return rank
}

// isAct reports a label that begins with a verb.
func (l *labeller) isAct(s span) bool {
	if s.empty() {
		return false
	}
	tokens := l.seg(l.run[s.from:s.to])
	return tokens[0].class == 'v' || tokens[0].class == 'p'
}

func (v *view) semicolonBetween(from, to int) bool {
	for k := from; k < to; k++ {
		if v.run[k] == ';' {
			return true
		}
	}
	return false
}

func (v *view) sameList(open []list, total int) bool {
	return len(open) > 0 && open[len(open)-1].total == total
}

// totalOf returns the draft that a marker before draft i breaks down: the one before it, or after a sentence end the last that is no part itself.
func (v *view) totalOf(drafts []draft, i, root int, ended bool) int {
	if i == 0 {
		return -1
	}
	if !ended {
		kind, back := drafts[i-1].kind, &drafts[i-1]
		if v.topic(back) == readerTopic && v.topic(&drafts[i]) != readerTopic {
			kind = drafts[i].kind // 发布信息620条，点击30万次，其中动态600条
		}
		for k := i - 1; k >= max(0, i-maxBack); k-- {
			if k < i-1 && (drafts[k].of >= 0 || v.sentenceEnds(drafts[k].end, drafts[k+1].start)) {
				break
			}
			// 收到9件，上年结转1件，其中…: the whole is the requests, not what was carried over; and no whole is smaller than its part.
			said := v.clauseOf(drafts, k)
			if drafts[k].kind == kind && (drafts[k].value >= drafts[i].value || drafts[k].approx) && !carriedIn.MatchString(said) && !carriedOut.MatchString(said) {
				return k
			}
		}
		if back.of >= 0 && back.value < drafts[i].value && drafts[back.of].value >= drafts[i].value {
			return back.of // 按方式分，网络12件、信函3件；按申请人分，公民14件: the whole is broken down once more
		}
		return i - 1
	}
	// 发布信息731条，点击量97269次。其中…343条: the whole is told by the unit where the last count of the sentence has another.
	for k := root; k >= max(0, i-maxBack) && drafts[root].kind != drafts[i].kind && (k == root || !v.sentenceEnds(drafts[k].end, drafts[k+1].start)); k-- {
		if drafts[k].of < 0 && drafts[k].kind == drafts[i].kind && drafts[k].value >= drafts[i].value && v.topic(&drafts[root]) == readerTopic {
			root = k
		}
	}
	if root >= 0 && drafts[i].start-drafts[root].end < 200 && outside[drafts[root].kind] == outside[drafts[i].kind] && drafts[root].zero == noZero && drafts[root].value >= drafts[i].value &&
		(v.topic(&drafts[root]) != readerTopic || v.topic(&drafts[i]) == readerTopic) {
		return root
	}
	return -1
}

// isAside reports a number of readers told of a member of the list t, which goes on behind it: 其中公众号发布59条，阅读量1.7万次，报纸发布8条.
func (v *view) isAside(drafts []draft, t *list, i int) bool {
	total := &drafts[t.total]
	return len(t.parts) > 0 && drafts[i].kind != total.kind && v.topic(&drafts[i]) == readerTopic && v.topic(total) != readerTopic &&
		i+1 < len(drafts) && drafts[i+1].kind == total.kind && t.sum+drafts[i+1].value <= total.value && !v.sentenceEnds(drafts[i].end, drafts[i+1].start)
}

// belongs reports whether draft i may go on the list t.
func (l *labeller) belongs(drafts []draft, t *list, i int) bool {
	v := l.view
	total, d := &drafts[t.total], &drafts[i]
	if d.zero != noZero {
		return false
	}
	if len(t.parts) == 0 {
		return true
	}
	if (total.kind == "元") != (d.kind == "元") || outside[d.kind] && d.kind != total.kind && d.kind != drafts[t.parts[0]].kind {
		return false
	}
	if t.sum == total.value && d.value > 0 && !(t.channel && v.isChannel(d)) && !t.bracket && l.turnsAway(drafts, t, i) {
		return false
	}
	if strings.HasSuffix(v.about(d), "依申请公开") && strings.Contains(v.about(&drafts[i-1]), "主动公开") {
		return true // documents by their attribute: 其中主动公开12份、依申请公开20份
	}
	a, b := v.topic(total), v.topic(d)
	return a == b || b == noTopic || b == staffTopic && d.kind == total.kind || len(t.parts) > 0 && b == v.topic(&drafts[t.parts[0]])
}

// outside are units of things that are no part of a number of documents.
var outside = map[string]bool{"个": true, "大类": true, "类": true, "家": true, "名": true, "人": true, "户": true, "人次": true, "场": true, "页": true, "元": true, "字": true, "台": true}

func (v *view) sentenceEnds(from, to int) bool {
	return from < to && v.ends[to] > v.ends[from]
}
