package mention

// place puts draft i into the list that it belongs to, and closes those that it does not.
func (t *tree) place(i int) {
	d := &t.drafts[i]
	if len(t.open) > 0 && !t.fresh && (t.isAside(i) || t.rules.difference.in(t.view, d.about())) {
		return // also 其中征地类29件，同比增加8件
	}
	if t.fresh && t.top().bracket && d.value > 1.1*t.drafts[t.top().total].value && d.kind == t.drafts[t.top().total].kind {
		t.pop() // 减少15件(上年60件)
	}
	for len(t.open) > 0 && !t.fresh && !t.takes(i) {
		t.pop()
	}
	if len(t.open) == 0 {
		if !t.rules.difference.in(t.view, d.about()) {
			t.root = i
		}
		return
	}
	s := t.top()
	if n := len(s.parts); n == 1 || n > 1 && s.comma {
		s.comma = t.rank(t.drafts[i-1].end, d.start) < 2
	}
	d.of = s.total
	s.parts = append(s.parts, i)
	s.sum += d.value
	s.channel = s.channel || t.isChannel(d)
}

// takes reports that the list opened last resumes with draft i.
func (t *tree) takes(i int) bool {
	s, d := t.top(), &t.drafts[i]
	if len(s.parts) == 0 {
		return d.zero == noZero
	}
	total := &t.drafts[s.total]
	if len(t.open) > 1 && d.value > 1.1*total.value {
		return false // larger than its whole: it is a member of the list around
	}
	if d.kind != total.kind && d.kind != t.drafts[s.parts[0]].kind && t.isAct(i) && (d.kind != 0 || !t.isOutcome(d)) {
		return false // another act; but of 予以公开870件、部分公开61 only the unit was left out
	}
	return t.belongs(s, i)
}

// belongs reports whether draft i may go on the list s, which has parts.
func (t *tree) belongs(s *breakdown, i int) bool {
	total, first, d := &t.drafts[s.total], &t.drafts[s.parts[0]], &t.drafts[i]
	if d.zero != noZero || total.unitIs("money") != d.unitIs("money") {
		return false
	}
	if d.unitIs("outside") && d.kind != total.kind && d.kind != first.kind {
		return false
	}
	if !s.bracket && t.turnsAway(s, i) {
		return false
	}
	if t.rules.onRequest.in(t.view, d.about()) && t.rules.onMotion.in(t.view, t.drafts[i-1].about()) {
		return true // documents by their attribute: 其中主动公开12份、依申请公开20份
	}
	a, b := t.topic(total), t.topic(d)
	return a == b || b == "none" || b == "staff" && d.kind == total.kind || b == t.topic(first)
}

// turnsAway reports that draft i, behind the list s, is no further member: the members are things, and it tells of an
// act behind a higher mark than stands between them (其中财政30条、民生15条，发布公告4条), or of the answers to what was broken down
// (其中网络30件，信函15件，答复45件).
func (t *tree) turnsAway(s *breakdown, i int) bool {
	d := &t.drafts[i]
	if d.value == 0 || s.channel && t.isChannel(d) || !t.isAct(i) || t.isAct(s.parts[0]) {
		return false
	}
	if t.rules.attribute.in(t.view, t.drafts[s.parts[0]].about()) {
		return false // documents by their attribute: 其中主动公开12份、依申请公开20份，不予公开3份
	}
	if t.rules.resolved.in(t.view, d.about()) {
		return true
	}
	within := 0
	for k, p := range s.parts[1:] {
		within = max(within, t.rank(t.drafts[s.parts[k]].end, t.drafts[p].start))
	}
	return len(s.parts) > 1 && t.rank(t.drafts[i-1].end, d.start) > within
}

// isAside reports a number of readers told of a member of the list opened last, which goes on behind it:
// 其中公众号发布59条，阅读量1.7万次，报纸发布8条.
func (t *tree) isAside(i int) bool {
	s, d := t.top(), &t.drafts[i]
	total := &t.drafts[s.total]
	if len(s.parts) == 0 || d.kind == total.kind || t.topic(d) != "reader" || t.topic(total) == "reader" {
		return false
	}
	return i+1 < len(t.drafts) && t.drafts[i+1].kind == total.kind && t.drafts[i+1].value <= total.value && !t.sentenceEnds(d.end, t.drafts[i+1].start)
}

// isAct reports that the label of draft i begins with a verb.
func (t *tree) isAct(i int) bool {
	s := t.drafts[i].label
	return !s.empty() && t.text.Width[s.from] > 0 && (t.text.Class[s.from] == 'v' || t.text.Class[s.from] == 'p')
}

// rank is how far the highest mark between from and to sets apart what stands around it: 0 for 、, 1 for a comma, 2 for
// a semicolon.
func (v *view) rank(from, to int) (rank int) {
	for k := from; k < to; k++ {
		switch v.run[k] {
		case ',':
			rank = max(rank, 1)
		case ';':
			return 2
		}
	}
	return rank
}

func (v *view) sentenceEnds(from, to int) bool {
	return from < to && v.ends[to] > v.ends[from]
}

// totalOf returns the draft that a marker before draft i breaks down: one before it in its sentence, or after a
// sentence end the last that is no part itself. -1 where there is none.
func (t *tree) totalOf(i int) int {
	if i == 0 {
		return -1
	}
	if t.ended {
		return t.rootOf(i)
	}
	d, back := &t.drafts[i], &t.drafts[i-1]
	kind := back.kind
	if t.topic(back) == "reader" && t.topic(d) != "reader" {
		kind = d.kind // 发布信息620条，点击30万次，其中动态600条
	}
	for k := i - 1; k >= max(0, i-maxBack); k-- {
		w := &t.drafts[k]
		if k < i-1 && (w.of >= 0 || t.sentenceEnds(w.end, t.drafts[k+1].start)) {
			break
		}
		// 收到9件，上年结转1件，其中…: the whole is the requests, not what was carried over; and no whole is smaller than its part.
		if w.kind == kind && (w.value >= d.value || w.approx) && !t.rules.carried.in(t.view, t.clauseOf(t.drafts, k)) {
			return k
		}
	}
	if back.of >= 0 && back.value < d.value && t.drafts[back.of].value >= d.value {
		return back.of // 按方式分，网络12件、信函3件；按申请人分，公民14件: the whole is broken down once more
	}
	return i - 1
}

// maxToParts bounds the text between a whole and its parts in the next sentence, in characters.
const maxToParts = 200

// rootOf returns the whole of the sentences before that draft i can be a part of.
func (t *tree) rootOf(i int) int {
	d, root := &t.drafts[i], t.root
	if root < 0 {
		return -1
	}
	// 发布信息731条，点击量97269次。其中…343条: the whole is determined from the unit where the last count of the sentence has
	// another.
	last := &t.drafts[root]
	if last.kind != d.kind && t.topic(last) == "reader" {
		for k := t.root; k >= max(0, i-maxBack) && (k == t.root || !t.sentenceEnds(t.drafts[k].end, t.drafts[k+1].start)); k-- {
			if w := &t.drafts[k]; w.of < 0 && w.kind == d.kind && w.value >= d.value {
				root = k
				break
			}
		}
	}
	w := &t.drafts[root]
	if d.start-w.end >= maxToParts || w.unitIs("outside") != d.unitIs("outside") || w.zero != noZero || w.value < d.value {
		return -1
	}
	if t.topic(w) == "reader" && t.topic(d) != "reader" {
		return -1
	}
	return root
}

// lastDisclosed returns the last count before draft i of all that was disclosed; -1 where none is large enough.
func (t *tree) lastDisclosed(i int) int {
	d := &t.drafts[i]
	for k := i - 1; k >= max(0, i-maxBack); k-- {
		if w := &t.drafts[k]; w.kind == d.kind && w.value >= d.value && d.start-w.end < maxToParts && t.rules.disclosed.in(t.view, w.about()) {
			return k
		}
	}
	return -1
}
