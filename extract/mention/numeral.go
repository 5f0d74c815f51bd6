package mention

import (
	"slices"
	"strconv"
	"strings"

	chinese "github.com/gongkai-data/gongkai/normalize/number"
)

// count is one number of the text that counts something, read by the grammar
//
//	[approximation] numeral [余|多] [万|亿] [余|多] [unit] [以上|左右]
//
// Positions are those of the folded text.
type count struct {
	numeral    [2]int // the numeral alone
	start, end int    // with its approximations, power and unit
	value      float64
	unit       string // as published; empty where the text gives none
	kind       uint8  // the unit of units.csv, 0 where the text gives none
	approx     bool
	chinese    bool // written in Chinese characters
	power      int  // of 万 or 亿 behind Arabic digits
}

// maxDigits bounds a count; longer runs of digits are telephone, account or identity numbers.
const maxDigits = 12

// digits finds the end of the Arabic numeral at i: digits grouped by three with commas, and a decimal part. ok is false
// when none stands there.
func (v *view) digits(i int) (end int, ok bool) {
	j := v.digitsEnd(i)
	if j == i {
		return i, false
	}
	if j-i <= 3 && v.run[i] != '0' {
		for v.rune(j) == ',' && v.digitsEnd(j+1) == j+4 {
			j += 4
		}
	}
	if v.rune(j) == '.' && isDigit(v.rune(j+1)) {
		j = v.digitsEnd(j + 1)
	}
	return j, true
}

// digitsEnd returns the end of the digits that begin at i.
func (v *view) digitsEnd(i int) int {
	for isDigit(v.rune(i)) {
		i++
	}
	return i
}

// digitsOf returns the digits and the point of the numeral in [i, j), without its commas. It lasts until the next call.
func (v *view) digitsOf(i, j int) []byte {
	v.ascii = v.ascii[:0]
	for _, r := range v.run[i:j] {
		if r != ',' {
			v.ascii = append(v.ascii, byte(r))
		}
	}
	return v.ascii
}

func isChineseNumeral(r rune) bool {
	switch r {
	case '零', '〇', '一', '二', '两', '三', '四', '五', '六', '七', '八', '九', '十', '百', '千', '万', '亿':
		return true
	}
	return false
}

// readCounts lists the numbers of the text that can count something, in order, and the percentages.
func (v *view) readCounts(trapped []bool) (all []count, shares []percent) {
	all, shares = v.counts[:0], v.percents[:0]
	defer func() { v.counts, v.percents = all, shares }()
	for i := 0; i < len(v.run); {
		r := v.run[i]
		if !isDigit(r) && !isChineseNumeral(r) {
			i++
			continue
		}
		c, end, ok := v.countAt(i)
		if end <= i {
			end = i + 1
		}
		if marred(v.rune(c.numeral[0]-1)) || marred(v.rune(c.numeral[1])) {
			i = end
			continue
		}
		if !c.chinese && v.rune(c.numeral[1]) == '%' && !v.glued(c.numeral[0]) {
			if p, err := strconv.ParseFloat(string(v.run[c.numeral[0]:c.numeral[1]]), 64); err == nil {
				shares = append(shares, percent{start: i, end: c.numeral[1] + 1, value: p})
			}
			i = c.numeral[1] + 1
			continue
		}
		if n := len(all); n > 0 && c.start < all[n-1].end { // 百八十条0: the unit before this number belongs to the one before
			c.start = c.numeral[0]
			if c.end == c.numeral[1] {
				c.kind, c.unit = 0, ""
			}
		}
		if v.reading = c; ok && !trapped[i] && v.isCount(&v.reading) {
			all = append(all, c)
		}
		i = end
	}
	return all, shares
}

// countAt reads the number at i. It returns ok false where the number is no count; end is where to go on.
func (v *view) countAt(i int) (c count, end int, ok bool) {
	j, arabic := v.digits(i)
	if !arabic {
		return v.chineseAt(i)
	}
	text := v.digitsOf(i, j)
	c = count{numeral: [2]int{i, j}, start: i}
	end = j
	fraction := slices.Contains(text, '.')
	if v.glued(i) || len(text) > maxDigits || len(text) > 1 && text[0] == '0' && text[1] != '.' {
		return c, end, false
	}
	if k, is := v.rangeEnd(j); is {
		return c, k, false // 1至2名: two readings, so no count
	}
	power := 0
	k := v.more(j, &c)
	if p := powerOf(v.rune(k)); p > 0 && !v.has(k, "千米") && !v.has(k, "千克") {
		power = p
		k++
		if powerOf(v.rune(k)) == 8 { // 万亿
			power += powerOf(v.rune(k))
			k++
		}
		k = v.more(k, &c)
	}
	value, err := strconv.ParseFloat(string(strconv.AppendInt(append(text, 'e'), int64(power), 10)), 64)
	if err != nil {
		return c, end, false
	}
	c.value, c.power = value, power
	c.end = k
	c = v.finish(c)
	return c, c.end, c.kind != 0 || power > 0 || !fraction
}

// chineseAt reads a numeral in Chinese characters. Small ones are part of too many words (一批, 三公, 四季) to be counts by
// themselves: isTrap asks more of them.
func (v *view) chineseAt(i int) (c count, end int, ok bool) {
	j := i
	for isChineseNumeral(v.rune(j)) {
		j++
	}
	c = count{numeral: [2]int{i, j}, start: i, chinese: true}
	if isDigit(v.rune(j)) || isDigit(v.rune(i-1)) { // 二0一七年
		for isDigit(v.rune(j)) || isChineseNumeral(v.rune(j)) {
			j++
		}
		return c, j, false
	}
	text := string(v.run[i:j])
	round := strings.HasPrefix(text, "百") || strings.HasPrefix(text, "千") || strings.HasPrefix(text, "万")
	if round {
		text = "一" + text // 近千次, 上百条, 万余册
	}
	value, read := chinese.Chinese(text)
	if !read {
		return c, j, false
	}
	c.value = value
	k := v.more(j, &c)
	if k > j && powerOf(v.rune(k)) >= 4 { // 二十余万
		c.value *= map[int]float64{4: 1e4, 8: 1e8}[powerOf(v.rune(k))]
		k++
	}
	c.end = k
	c = v.finish(c)
	if round && !c.approx {
		return c, c.end, false // 千家万户, 百件实事
	}
	return c, c.end, c.kind != 0
}

// more skips 余, 多 or + behind a numeral.
func (v *view) more(i int, c *count) int {
	if v.rune(i) == '+' && !isWord(v.rune(i+1)) {
		c.approx = true
		return i + 1
	}
	switch r := v.rune(i); {
	case r == '余' && v.rune(i+1) != '额', r == '多' && !v.has(i, "多媒体") && !v.has(i, "多样"):
		c.approx = true
		return i + 1
	}
	return i
}

func powerOf(r rune) int {
	switch r {
	case '百':
		return 2
	case '千':
		return 3
	case '万':
		return 4
	case '亿':
		return 8
	}
	return 0
}

// finish reads the unit behind the number and the approximations on both sides.
func (v *view) finish(read count) count {
	c := &v.reading
	*c = read
	if n := v.unitAt(c.end); n > 0 {
		c.setUnit(v, c.end, n)
		c.end += n
	} else if n := v.unitAt(c.end + 1); n > 0 && v.rune(c.end) == '\n' && v.wrapped(c.end+1, n) { // the line ends between number and unit
		c.setUnit(v, c.end+1, n)
		c.end += 1 + n
	}
	n := v.number(c)
	for _, n.side = range []side{ahead, behind} {
		r := v.rules.about.decide(n)
		if r == nil || r.does == "plain" {
			continue
		}
		from, to, _ := r.around.Match(v.words(), c.start, c.end)
		if r.does == "unit" {
			from = c.start - 1
			c.setUnit(v, from, 1)
		}
		c.approx = c.approx || r.does == "about"
		c.start, c.end = from, to
	}
	return *c
}

func (c *count) setUnit(v *view, at, width int) {
	c.kind = unitIDs[string(v.run[at:at+width])]
	c.unit = v.original(at, at+width)
}

// wrapped reports that a measure word that begins a line belongs to the number that ends the line before; 浏览次数：382
// before 本报告由 is no 382本.
func (v *view) wrapped(i, n int) bool {
	next := v.rune(i + n)
	return wrappedUnits[v.rune(i)] || isStop(next) || next == ')'
}

// glued reports a number that is part of a longer token: a letter, a decimal point, a slash, a bracket of a document
// number stand before it.
func (v *view) glued(i int) bool {
	p := v.rune(i - 1)
	if (p == ' ' || p == '\n') && isDigit(v.rune(i-2)) {
		return true // 1 256条: 256, or 1256 torn apart
	}
	if p == '\n' && v.rune(i-2) == ',' && isDigit(v.rune(i-3)) {
		return true // 1,⏎256条
	}
	return isLatin(p) || p == '/' || p == '.' && isWord(v.rune(i-2)) || p == '〔' || p == '[' || p == '〕' || p == ']' || p == '@' || p == '_' || p == '+' || p == '#' || p == '№' ||
		(p == '-' || p == '~') && (isWord(v.rune(i-2)) || v.rune(i-2) == '~')
}

// rangeEnd reports a range that begins before j: 1至2, 3-5, 10~20.
func (v *view) rangeEnd(j int) (end int, ok bool) {
	k := j
	if v.unitAt(k) > 0 && (v.rune(k+v.unitAt(k)) == '~' || v.rune(k+v.unitAt(k)) == '-') {
		k += v.unitAt(k)
	}
	switch v.rune(k) {
	case '-', '~', '至', '到':
		for k++; v.rune(k) == '~' || v.rune(k) == '-'; k++ {
		}
		if e, is := v.digits(k); is {
			return e, true
		}
	}
	return j, false
}
