package mention

import "strings"

// breakdown is an open breakdown: the parts of the draft total.
type breakdown struct {
	total   int
	bracket bool
	comma   bool // its parts are set apart by commas or 、, so a semicolon ends it
	partial bool // it is said to name the main parts
	whole   bool // it is said to name every part: 分别为
	channel bool
	parts   []int
	sum     float64
}

// maxDepth bounds breakdowns within breakdowns.
const maxDepth = 8

// tree finds for every draft the total that it is a part of, by punctuation, markers (lists.csv) and nesting: a
// sentence end closes every breakdown unless the next sentence begins with a marker; brackets delimit; a semicolon
// closes a list whose members are set apart by commas. Sums play no part in it, see sum.go.
type tree struct {
	*labeller
	drafts     []draft
	open, done []breakdown
	fresh      bool // the list opened last has no part yet and was opened before the draft at hand
	plain      int  // brackets open that hold no list: 政务(工作)动态类
	before     int  // lists open where the first of these brackets began
	root       int  // the last draft that is part of nothing
	at         clause
	untold     bool // the sentence breaks a whole down without its number
	ended      bool // a sentence ended before the draft at hand
}

// parts builds the tree of wholes and parts.
func (l *labeller) parts(drafts []draft) {
	t := &tree{labeller: l, drafts: drafts, root: -1, at: clause{view: l.view}}
	for i := range drafts {
		t.ended, t.fresh = i == 0, false
		from := 0
		if i > 0 {
			from = drafts[i-1].end
		}
		for k := from; k < drafts[i].start; k++ {
			if k > from && isHan(t.run[k-1]) && isHan(t.run[k]) {
				continue // neither a mark nor the begin of a clause
			}
			t.mark(i, k)
			t.marker(i, k, from)
		}
		t.marker(i, drafts[i].start, from)
		t.place(i)
	}
	for len(t.open) > 0 {
		t.pop()
	}
	l.check(drafts, t.done)
}

func (t *tree) top() *breakdown { return &t.open[len(t.open)-1] }

func (t *tree) pop() {
	t.done = append(t.done, *t.top())
	t.open = t.open[:len(t.open)-1]
	t.fresh = false
}

func (t *tree) endSentence() {
	for len(t.open) > 0 {
		t.pop()
	}
	t.ended, t.plain, t.untold = true, 0, false
}

// push opens a list of the parts of total.
func (t *tree) push(s breakdown) {
	if len(t.open) < maxDepth {
		t.open = append(t.open, s)
		t.fresh = true
	}
}

// mark does what the mark at k, before draft i, does to the open lists.
func (t *tree) mark(i, k int) {
	switch r := t.run[k]; {
	case r == ';':
		t.semicolon(i)
	case isFullStop(r):
		t.endSentence()
	case isOpening(r):
		t.openBracket(i, k)
	case r == ')' || r == '〕' || r == ']':
		t.closeBracket()
	}
}

// isOpening reports a bracket; the others stand in one of the first sort: （预算12条〔含部门预算11条〕）.
func isOpening(r rune) bool { return r == '(' || r == '〔' || r == '[' }

func (t *tree) semicolon(i int) {
	if t.fresh && len(t.top().parts) == 0 && !t.top().bracket {
		t.pop() // 包括机构、财政等信息；通过公众号公开8条: nothing was counted
		return
	}
	for len(t.open) > 0 && t.closedBy(i) {
		t.pop()
	}
}

// closedBy reports that a semicolon before draft i closes the list opened last. Members set apart by commas end there.
// A first member alone does not tell: 其中动态类36条；计划类7条 goes on, 其中线上15条；编发简报8期 does not, for what follows is another act.
func (t *tree) closedBy(i int) bool {
	s := t.top()
	switch {
	case s.bracket || len(s.parts) == 0:
		return false
	case s.comma || len(t.open) > 1:
		return true
	case len(s.parts) > 1:
		return false
	}
	return t.isAct(i) && !t.isAct(s.parts[0])
}

// openBracket opens a list where the bracket at k stands right behind a count; elsewhere it holds words.
func (t *tree) openBracket(i, k int) {
	if i > 0 {
		if end := t.drafts[i-1].end; k == end || k == end+1 && t.run[end] == ',' {
			t.push(breakdown{total: i - 1, bracket: true})
			return
		}
	}
	if t.plain++; t.plain == 1 {
		t.before = len(t.open)
	}
}

func (t *tree) closeBracket() {
	if t.plain > 0 {
		t.plain--
		if t.fresh && len(t.open) > t.before {
			t.pop() // 市级以上(含市级)媒体: nothing was counted
		}
		return
	}
	for bracket := false; len(t.open) > 0 && !bracket; {
		bracket = t.top().bracket
		t.pop()
	}
}

// clause is a place at which lists.csv reports whether a breakdown opens or closes: the begin of a clause, or a colon.
type clause struct {
	*view
	at    int
	colon bool
}

func (c *clause) unitOf() uint8     { return 0 }
func (c *clause) place() (int, int) { return c.at, c.at }

var clauseFacts = facts[*clause]{flags: map[string]func(*clause) bool{
	"colon": func(c *clause) bool { return c.colon },
}}

// marker opens or closes a list where one of the markers of lists.csv stands at k, or a colon right behind a count.
func (t *tree) marker(i, k, from int) {
	does := ""
	if k == from || t.startsClause(k) {
		does = t.marked(i, k, false)
	}
	if does == "" && t.run[k] == ':' && i > 0 {
		if k == from {
			t.breaks(i, i-1, "")
			return
		}
		if t.ended || isStop(t.rune(k-1)) {
			does = t.marked(i, k, true)
		}
	}
	switch does {
	case "":
	case "close":
		if len(t.open) > 0 && len(t.top().parts) > 0 {
			t.pop()
		}
	case "again":
		t.breaks(i, t.lastDisclosed(i), "")
	default:
		total := t.totalOf(i)
		if t.ended && total >= 0 && t.drafts[total].kind != t.drafts[i].kind && t.rune(k-1) == ',' {
			return // 文件均配发解读材料，其中文字解读62篇: the sentence has a whole of its own, without a number
		}
		if t.untold = t.untold || does == "side" && (total < 0 || t.drafts[total].value < t.drafts[i].value); does == "side" && t.untold {
			return // 从方式看，网络9件；从内容看，征地7件: the whole was not told
		}
		t.breaks(i, total, does)
	}
}

// startsClause reports that a clause begins at k.
func (v *view) startsClause(k int) bool {
	r := v.rune(k - 1)
	return isStop(r) || isOpening(r) || r == '%'
}

// marked returns what the marker at k does, if it ends before draft i.
func (t *tree) marked(i, k int, colon bool) string {
	t.at.at, t.at.colon = k, colon
	r := t.rules.lists.decide(&t.at)
	if r == nil {
		return ""
	}
	if _, to, _ := r.around.Match(t.words(), k, k); to > t.drafts[i].start {
		return ""
	}
	return r.does
}

// breaks opens a list of the parts of total, which draft i is the first of; says reports whether it names the main ones
// or all of them.
func (t *tree) breaks(i, total int, says string) {
	if total < 0 {
		return
	}
	partial, whole := strings.Contains(says, "partial"), strings.Contains(says, "whole") || says == "side"
	if len(t.open) > 0 && t.top().total == total {
		t.top().partial = t.top().partial || partial
		t.top().whole = t.top().whole || whole
		return
	}
	if total == i-1 && t.drafts[total].of >= 0 && t.drafts[i].value > t.drafts[total].value && len(t.open) > 0 {
		return // larger than the member before it: a further member, not a part of that member
	}
	t.push(breakdown{total: total, partial: partial, whole: whole})
}
