package mention

import (
	"strconv"
	"strings"

	"github.com/gongkai-data/gongkai/normalize/number"
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
	kind       string // unit as folded
	approx     bool
	chinese    bool // written in Chinese characters
	power      int  // of 万 or 亿 behind Arabic digits
}

// maxDigits bounds a count; longer runs of digits are telephone, account or identity numbers.
const maxDigits = 12

var before = []string{"不少于", "不低于", "大约为", "约为", "约有", "约达", "大约", "约计", "将近", "接近", "超过", "突破", "不足", "不到", "近", "约", "超", "逾", "上", "至少"}
var after = []string{"以上", "左右", "有余"}

// digits reads the Arabic numeral at i: digits grouped by three with commas, and a decimal part. ok is false when none stands there.
func (v *view) digits(i int) (end int, text string, ok bool) {
	j := i
	for isDigit(v.rune(j)) {
		j++
	}
	if j == i {
		return i, "", false
	}
	text = string(v.run[i:j])
	if len(text) <= 3 && text[0] != '0' {
		for v.rune(j) == ',' && isDigit(v.rune(j+1)) && isDigit(v.rune(j+2)) && isDigit(v.rune(j+3)) && !isDigit(v.rune(j+4)) {
			text += string(v.run[j+1 : j+4])
			j += 4
		}
	}
	if v.rune(j) == '.' && isDigit(v.rune(j+1)) {
		k := j + 1
		for isDigit(v.rune(k)) {
			k++
		}
		text += string(v.run[j:k])
		j = k
	}
	return j, text, true
}

const chineseNumerals = "零〇一二两三四五六七八九十百千万亿"

func isChineseNumeral(r rune) bool { return isHan(r) && strings.ContainsRune(chineseNumerals, r) }

// counts lists the numbers of the text that can count something, in order, and the percentages.
func (v *view) counts(trapped []bool) (all []count, shares []percent) {
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
				c.kind, c.unit = "", ""
			}
		}
		if ok && !trapped[i] && !v.isTrap(&c) {
			all = append(all, c)
		}
		i = end
	}
	return all, shares
}

// countAt reads the number at i. It returns ok false where the number is no count; end is where to go on.
func (v *view) countAt(i int) (c count, end int, ok bool) {
	j, text, arabic := v.digits(i)
	if !arabic {
		return v.chineseAt(i)
	}
	c.numeral = [2]int{i, j}
	c.start = i
	end = j
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
	value, err := strconv.ParseFloat(text+"e"+strconv.Itoa(power), 64)
	if err != nil {
		return c, end, false
	}
	c.value, c.power = value, power
	c.end = k
	v.finish(&c)
	return c, c.end, c.kind != "" || power > 0 || !strings.Contains(text, ".")
}

// chineseAt reads a numeral in Chinese characters. Small ones are part of too many words (一批, 三公, 四季) to be counts by themselves:
// isTrap asks more of them.
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
	value, read := number.Chinese(text)
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
	v.finish(&c)
	if round && !c.approx {
		return c, c.end, false // 千家万户, 百件实事
	}
	return c, c.end, c.kind != ""
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
func (v *view) finish(c *count) {
	if n := v.unitAt(c.end); n > 0 {
		c.kind = string(v.run[c.end : c.end+n])
		c.unit = v.original(c.end, c.end+n)
		c.end += n
	}
	if n := v.unitAt(c.end + 1); c.kind == "" && n > 0 && v.rune(c.end) == '\n' && v.wrapped(c.end+1, n) { // the line ends between number and unit
		c.kind = string(v.run[c.end+1 : c.end+1+n])
		c.unit = v.original(c.end+1, c.end+1+n)
		c.end += 1 + n
	}
	if c.kind == "" && !c.chinese {
		v.reversedUnit(c)
	}
	for _, w := range after {
		if v.has(c.end, w) {
			c.approx = true
			c.end += len([]rune(w))
			break
		}
	}
	if v.rune(c.end) == '余' && !isHan(v.rune(c.end+1)) { // 20条余
		c.approx = true
		c.end++
	}
	for _, w := range before {
		if n, is := v.endsWith(c.start, w); is && !(w == "上" && !c.chinese) && !v.partOfWord(c.start-n, w) {
			c.start -= n
			c.approx = true
			break
		}
	}
}

// wrapped reports that a measure word that begins a line belongs to the number that ends the line before; 浏览次数：382 before 本报告由 is no 382本.
func (v *view) wrapped(i, n int) bool {
	next := v.rune(i + n)
	return strings.ContainsRune("条件次篇份宗期", v.rune(i)) || isStop(next) || isFullStop(next) || next == ')'
}

// partOfWord keeps 近 and 约 of words such as 就近, 附近, 预约, 网上, 以上 from being read as approximations.
func (v *view) partOfWord(i int, word string) bool {
	switch p := v.rune(i - 1); word {
	case "近":
		return p == '就' || p == '附' || p == '最' || p == '相' || v.rune(i+1) == '年'
	case "约", "约为", "约有", "约达":
		return p == '预' || p == '签' || p == '节' || p == '履' || p == '制' || p == '集'
	case "上":
		return p == '网' || p == '以' || p == '线' || p == '件' || p == '会'
	}
	return false
}

// glued reports a number that is part of a longer token: a letter, a decimal point, a slash, a bracket of a document number stand before it.
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
		if e, _, is := v.digits(k); is {
			return e, true
		}
	}
	return j, false
}

// percent is one percentage of the text.
type percent struct {
	start, end int
	value      float64
}

// reversedUnit reads a unit that slipped before its number: 其他信息条122.
func (v *view) reversedUnit(c *count) {
	p := v.rune(c.start - 1)
	if !strings.ContainsRune("条件份篇期宗", p) || !isHan(v.rune(c.start-2)) || v.rune(c.start-2) == '文' || v.rune(c.start-2) == '附' || v.rune(c.start-2) == '信' && p == '件' {
		return
	}
	if n := v.rune(c.end); !isStop(n) && !isFullStop(n) && n != ')' {
		return
	}
	c.kind = string(p)
	c.unit = v.original(c.start-1, c.start)
	c.start--
}
