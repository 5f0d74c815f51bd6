package mention

import "strings"

// lineBreak is what a line end in the middle of a text is.
type lineBreak uint8

const (
	lineEnds lineBreak = iota // a sentence, heading or row ends there
	lineOpen                  // nothing says that it ends, nor that it goes on
	lineCut                   // a word, or a sentence that cannot end so, goes on behind it
)

// cutReach is how far on either side of a line end a cut word is looked for, in characters: no longer word is in the
// dictionary of the field.
const cutReach = 8

// joinLines drops the line ends that cut a sentence (行政复⏎议), as exporters put them at the width of a page. Lines that
// hang together are joined where one of them at least is cut for certain; their other ends are of the same making.
func (v *view) joinLines(seg segmenter) {
	var pending []int // the open line ends of the paragraph at hand
	cut := false
	v.drop = cleared(v.drop, len(v.run))
	settle := func() {
		for _, at := range pending {
			v.drop[at] = cut
		}
		pending, cut = pending[:0], false
	}
	start, any := 0, false
	for i, r := range v.run {
		if r != '\n' {
			continue
		}
		switch v.breakAt(seg, start, i, cut) {
		case lineEnds:
			settle()
		case lineCut:
			cut, any = true, true
			pending = append(pending, i)
		case lineOpen:
			pending = append(pending, i)
		}
		start = i + 1
	}
	settle()
	if !any {
		return
	}
	n := 0
	for i, r := range v.run {
		if !v.drop[i] {
			v.run[n], v.at[n] = r, v.at[i]
			n++
		}
	}
	v.at[n] = v.at[len(v.run)]
	v.run, v.at = v.run[:n], v.at[:n+1]
}

// breakAt tells what the end at i of the line that begins at start is. goesOn says that the line itself goes on a line
// that was cut.
func (v *view) breakAt(seg segmenter, start, i int, goesOn bool) lineBreak {
	last, next := v.rune(i-1), v.rune(i+1)
	switch {
	case i == start || next == '\n' || isFullStop(last) || v.ordinalAt(i+1) || v.endsIn(i, "报告"):
		return lineEnds
	case last == ',' && isDigit(v.rune(i-2)) && isDigit(next):
		return lineEnds // 1,⏎256条: one number, or two
	case last == ',' || last == '、' || i-start > cutReach && v.rules.goesOn.endsAt(v, i):
		return lineCut
	case strings.ContainsRune(",、。;)", next) && isHan(last):
		return lineCut
	case !isHan(last) || !goesOn && !v.runsOn(start, i) && !v.tearsWord(seg, start, i):
		return lineEnds
	case isDigit(next):
		if v.countBegins(i + 1) {
			return lineCut
		}
		return lineEnds
	case !isHan(next):
		return lineEnds
	case v.cutsWord(seg, start, i):
		return lineCut
	}
	return lineOpen
}

// runsOn reports a line of running text: it has a mark in it that no heading, row or entry of a menu has.
func (v *view) runsOn(start, i int) bool {
	if n := v.ordinalEnd(start); n > 0 {
		start = n
	}
	for _, r := range v.run[start:i] {
		if isStop(r) && r != '、' && r != ':' {
			return true
		}
	}
	return i-start >= 2*cutReach
}

// countBegins reports that a number with a unit begins at i.
func (v *view) countBegins(i int) bool {
	c, _, ok := v.countAt(i)
	return ok && c.kind != 0
}

// tearsWord reports a word across the line end at i whose pieces are no words: 行政诉⏎讼; of 政策⏎解读 each may be an entry of
// a menu.
func (v *view) tearsWord(seg segmenter, start, i int) bool {
	from, to := v.around(start, i)
	if i-start < 4 || to == i+1 || !v.cutsWord(seg, start, i) {
		return false
	}
	left, right := seg(nil, v.run[from:i]), seg(nil, v.run[i+1:to])
	return left[len(left)-1].class == 'x' || right[0].class == 'x'
}

// cutsWord reports that a word of the field stands across the line end at i.
func (v *view) cutsWord(seg segmenter, start, i int) bool {
	from, to := v.around(start, i)
	both := append(append(make([]rune, 0, to-from), v.run[from:i]...), v.run[i+1:to]...)
	for _, t := range seg(nil, both) {
		if t.class != 'x' && t.start < i-from && t.end > i-from {
			return true
		}
	}
	return false
}

// around returns the range of the characters beside the line end at i in which a word that it cuts can stand.
func (v *view) around(start, i int) (from, to int) {
	from, to = i, i+1
	for from > start && i-from < cutReach && isHan(v.run[from-1]) {
		from--
	}
	for to < len(v.run) && to-i <= cutReach && isHan(v.run[to]) {
		to++
	}
	return from, to
}

// ordinalAt reports that the line at i begins with the number of a heading or of a member of a list: 一、 (二) 3. 4、 第五章.
func (v *view) ordinalAt(i int) bool { return v.ordinalEnd(i) > 0 }

// ordinalEnd returns where the number that begins the line at i ends, 0 where there is none.
func (v *view) ordinalEnd(i int) int {
	bracket := v.rune(i) == '('
	named := v.rune(i) == '第'
	if bracket || named {
		i++
	}
	from := i
	for i < from+4 && (isDigit(v.rune(i)) || isChineseNumeral(v.rune(i))) {
		i++
	}
	switch end := v.rune(i); {
	case i == from:
		return 0
	case bracket && end == ')', named && strings.ContainsRune("章节条项", end), !bracket && !named && (end == '、' || end == ')'),
		!bracket && !named && end == '.' && !isDigit(v.rune(i+1)):
		return i + 1
	}
	return 0
}
