package mention

import (
	"regexp"
	"strings"
)

// addresses are web and mail addresses, in which no number counts.
var addresses = regexp.MustCompile(`(?i)(?:https?://|www\.)[0-9a-z./_?=&%:#~+-]+|[0-9a-z._-]+@[0-9a-z.-]+|[0-9a-z-]+(?:\.[0-9a-z-]+)*\.(?:gov|com|cn|net|org)\b[0-9a-z./_-]*`)

var addressSigns = anyOf("@|http|HTTP|www|WWW|.gov|.com|.cn|.net|.org")

// traps marks the runes of the folded text that stand where no number counts: addresses, titles in 《》, names in quotes (“创业富民30条”), rows of the form.
func (v *view) traps() []bool {
	marked := make([]bool, len(v.run)+1)
	text := string(v.run)
	if addressSigns.in(text) {
		index := byteIndex(text)
		for _, m := range addresses.FindAllStringIndex(text, -1) {
			mark(marked, index[m[0]], index[m[1]])
		}
	}
	v.markQuotes(marked)
	v.markFormRows(marked)
	return marked
}

func mark(marked []bool, from, to int) {
	for i := from; i < to; i++ {
		marked[i] = true
	}
}

// maxName is the longest quotation taken for a name, maxTitle the longest title in 《》; longer ones are sentences or lack their end.
const maxName, maxTitle = 20, 80

func (v *view) markQuotes(marked []bool) {
	open, title := -1, -1
	for i, r := range v.run {
		switch {
		case r == '\n':
			open, title = -1, -1
		case r == '《':
			title = i
		case r == '》' && title >= 0:
			if i-title <= maxTitle {
				mark(marked, title, i)
			}
			title = -1
		case r == '“' || r == '「' || r == '"' && open < 0:
			open = i
		case (r == '”' || r == '」' || r == '"') && open >= 0:
			if i-open <= maxName {
				mark(marked, open, i)
			}
			open = -1
		}
	}
}

// byteIndex maps byte offsets of s to rune offsets.
func byteIndex(s string) []int {
	m := make([]int, len(s)+1)
	n := 0
	for i := range s {
		m[i] = n
		n++
	}
	m[len(s)] = n
	return m
}

// abstract are the things that are named by a number of them but not counted: 20个工作日, 3个方面, 2.3个百分点.
var abstract = []string{"工作日", "自然日", "月", "小时", "星期", "季度", "年度", "年头", "百分点", "方面", "层面", "环节", "步骤", "阶段", "维度", "章节", "部分", "关键", "必须", "坚持"}

// pageCounters stand before a colon where a web page tells how often it was opened; narrative has no colon there.
var pageCounters = strings.Fields(`浏览次数 浏览量 浏览数 浏览 点击次数 点击数 点击量 点击率 点击 访问次数 访问量 阅读次数 阅读数 阅读量 阅读`)

// isTrap reports a number with a unit that counts nothing all the same.
func (v *view) isTrap(c *count) bool {
	p := v.rune(c.start - 1)
	if p == '前' && !v.beforeIs(c.start, "目前", "此前", "日前", "以前", "之前") || v.beforeIs(c.start, "第", "每", "排名", "位居", "位列", "计为", "算作", "记为", "算为", "视为", "按", "为期") {
		return true
	}
	if p == ':' && isDigit(v.rune(c.start-2)) {
		return true // 15:44
	}
	if p == ':' && v.beforeIs(c.start-1, pageCounters...) || c.kind == "次" && v.beforeIs(c.start, "已下载") {
		return true // the web page's own: 浏览次数：382
	}
	if c.kind == "项" && v.has(c.end, "内容") && v.beforeIs(c.start, "等") {
		return true // the report's own chapters: 全文包括总体情况…等6项内容
	}
	if c.kind != "" && p == '、' && isDigit(v.rune(c.start-2)) {
		return true // 第1、2、3项; 3、4条
	}
	if v.isRate(c) || (c.kind == "位" || c.kind == "名") && v.beforeIs(c.start, "提升", "提升了", "上升", "上升了", "前进", "前进了", "下降", "下降了") {
		return true
	}
	if c.kind == "" {
		return v.isUnitlessTrap(c)
	}
	if v.isEdition(c) {
		return true
	}
	if p == '计' && !v.beforeIs(c.start, "共计", "合计", "总计", "累计", "统计", "预计") {
		return true // 相同信息计1条
	}
	if c.value != float64(int64(c.value)) && c.kind != "元" && c.kind != "美元" {
		return true // 6.2级, 2.0版
	}
	if c.kind == "个" {
		for _, w := range abstract {
			if v.has(c.end, w) {
				return true
			}
		}
		if v.within(c.end, 6, "领域") {
			return true // 26个试点领域
		}
	}
	if c.chinese {
		return v.isChineseTrap(c)
	}
	return false
}

// isRate reports a frequency or a mean: 每月至少更新2次, 日均访问3442人次.
func (v *view) isRate(c *count) bool {
	for i := c.start - 1; i >= 0 && i > c.start-14; i-- {
		r := v.run[i]
		if isStop(r) || isFullStop(r) || r == '(' {
			return false
		}
		if r == '均' && strings.ContainsRune("日月周年人户", v.rune(i-1)) || r == '平' && v.rune(i+1) == '均' {
			return true
		}
		if r == '每' && strings.ContainsRune("年月周日天季半两个名位家村", v.rune(i+1)) && !v.has(i, "每日头条") && !v.has(i, "每日新报") {
			return true
		}
	}
	return false
}

// beforeIs reports whether one of words stands right before position i.
func (v *view) beforeIs(i int, words ...string) bool {
	for _, w := range words {
		if _, ok := v.endsWith(i, w); ok {
			return true
		}
	}
	return false
}

// within reports whether word begins at most n runes after i, with no mark between.
func (v *view) within(i, n int, word string) bool {
	for k := i; k <= i+n && isHan(v.rune(k)); k++ {
		if v.has(k, word) {
			return true
		}
	}
	return false
}

// isChineseTrap: a numeral in characters counts only where it says clearly that it does; 一批, 三公, 两次, 八项规定, 二十条 of a law do not.
func (v *view) isChineseTrap(c *count) bool {
	if c.kind == "只" || c.kind == "面" || c.kind == "段" || c.kind == "位" || c.kind == "块" || c.kind == "本" || c.kind == "种" || c.kind == "级" {
		return true
	}
	if c.kind == "个" && strings.ContainsRune("区县市州盟旗镇乡村街社", v.rune(c.end)) {
		return true // 其他十一个区
	}
	p, n := v.rune(c.start-1), v.rune(c.end)
	if p == '〇' || p == '○' {
		return true // 二〇二四版: the end of a year
	}
	long := c.numeral[1]-c.numeral[0] >= 2
	if c.value > 10 || c.approx || long {
		return p == '》' || p == '法' || p == '例' || p == '国' || p == '新' && c.kind == "条"
	}
	if c.kind == "大类" {
		return false
	}
	if c.kind == "名" && staffNoun.MatchString(string(v.run[c.end:min(len(v.run), c.end+8)])) || caseUnit[c.kind] && c.kind != "条" && v.beforeIs(c.start, "收到", "受理", "接到", "接收", "收到了", "受理了", "接到了") && requestNoun.MatchString(string(v.run[c.end:min(len(v.run), c.end+16)])) {
		return false // 三名同志具体负责; 收到一份政府信息公开申请
	}
	// small ones: 收到政府信息公开申请三件。
	if !(isStop(n) || isFullStop(n) || n == ')') || c.kind == "项" || c.kind == "类" {
		return true
	}
	return !v.beforeIs(c.start, "申请", "申请共", "信息", "信息共", "复议", "诉讼", "文件", "会议", "培训", "培训班", "案件", "公开", "答复", "办结", "受理", "收到", "共计", "合计")
}

var (
	staffNoun   = regexp.MustCompile(`^(?:专职|兼职|专门)?的?(?:工作人员|同志|人员|信息员|联络员|干部)`)
	requestNoun = regexp.MustCompile(`^[^,。;:、]*?(?:公开申请|申请公开|申请|复议|诉讼)`)
)

// countable are the words after which a number without a unit is a count: 依申请公开为0, 部分公开67，信息数量144.
var countable = strings.Fields(`数量 总数 总量 件数 条数 次数 篇数 数 申请 公开 复议 诉讼 案件 维持 纠正 审结 结果 结转 答复 办结 受理 收到 总计 共计 合计 提供 处理 信息 文件 事项 下年 下年度 下一年度 收费 费用`)

// isUnitlessTrap: without a unit only a number that stands right behind a countable word and ends its clause is a count.
func (v *view) isUnitlessTrap(c *count) bool {
	n := v.rune(c.end)
	if next := v.rune(c.end + 1); (n == '\n' || n == ' ' || n == ',') && (isDigit(next) || powerOf(next) > 0 || next == '余' || next == '多') {
		return true // the number may go on behind the break
	}
	if n == ',' && v.rune(c.end+1) == '\n' && isDigit(v.rune(c.end+2)) {
		return true // 1,⏎256条
	}
	i := c.start
	linked := false
	for _, w := range []string{"均为", "都为", "共计", "合计", "累计", "共", "为", "达到", "已达", "达", "是", ":", "约"} {
		if k, ok := v.endsWith(i, w); ok {
			i -= k
			linked = true
		}
	}
	if c.chinese && !(c.value == 0 && linked) {
		return true
	}
	if v.rune(c.end-1) == '+' && isHan(n) {
		return true // 10万+推文57篇
	}
	if c.power >= 4 && isHan(n) && !strings.ContainsRune("平立公米亩吨千顷里伏瓦升克斤方众一多余年以", n) && isHan(v.rune(c.end+1)) {
		return false // 43万粉丝
	}
	strong := v.beforeIs(i, "数", "数量", "总数", "总量", "信息量", "发布量", "公开量", "更新量", "推送量", "办件量")
	if v.isEnd(n) && (c.power >= 4 && v.rune(i-1) == '量' || n != '\n' && v.countsReaders(i)) {
		return false // 粉丝量124.8万, 总阅读量32402
	}
	if !strong && !v.beforeIs(i, countable...) {
		return !(c.approx && v.rune(c.end-1) == '余' && v.isEnd(n) && isHan(v.rune(c.start-1)))
	}
	text := string(v.run[c.numeral[0]:c.numeral[1]])
	if strings.Contains(text, ".") && c.power == 0 {
		return true
	}
	if !strong && !linked && len(text) == 4 && (text[:2] == "19" || text[:2] == "20") {
		return true // a year whose 年 was lost
	}
	if len(text) > 8 {
		return true // a telephone number or a damaged date
	}
	if v.isEnd(n) || !c.approx && breakdown.MatchString(string(v.run[c.end:min(len(v.run), c.end+4)])) {
		return false // 主动公开政府信息253主要包括…
	}
	return !(strong && isHan(n) && !strings.ContainsRune("年月日号点时分级度天倍岁", n))
}

// countsReaders reports that the text before i names a number of readers in a sentence; a page tells its own between line ends and spaces.
func (v *view) countsReaders(i int) bool {
	for _, w := range pageCounters {
		if n, ok := v.endsWith(i, w); ok && strings.HasSuffix(w, "量") {
			return strings.ContainsRune(",、总计", v.rune(i-n-1))
		}
	}
	return false
}

// breakdown begins what tells of the members of a number.
var breakdown = regexp.MustCompile(`^(?:其中|主要|包括|分别|涵盖)`)

func (v *view) isEnd(r rune) bool { return isStop(r) || isFullStop(r) || r == ')' || r == '(' }
