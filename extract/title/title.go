// Package title reads from a report's title, and where the title is silent from its first and last lines, who reports
// on which year.
//
// It only reads what is written. Which division or body the name stands for is the business of package issuer. Nothing
// is taken from addresses of pages: /xxgknb/2019/ holds reports on 2025.
package title

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/gongkai-data/gongkai/extract/lazyregexp"
	"github.com/gongkai-data/gongkai/extract/text"
)

// Parsed is what a title, or a report's title and text, say.
type Parsed struct {
	Year       *int     // the year reported on; nil if it cannot be told for sure
	TitleYear  *int     // the year in the title alone
	TextYear   *int     // the year of the period that the text states (自2020年1月1日起至12月31日止); nil if none, or if several differ
	IssuerName string   // as written, without year and document words: 淮安市洪泽区人民政府, 栖霞市寺口镇; empty if nobody is named
	NotReport  string   // the word that shows that this is no annual report of one body (制度, 范文, 指南, …); empty if it may be one
	Part       string   // the word that shows that it covers a part of the year only (上半年, 第一季度); empty for a year's report
	Evidence   []string // what each finding rests on, one English sentence each
	Doubts     []Doubt  // what speaks against a finding

	alone    bool // the title is a name alone: the body's, or the site's
	disputed bool // two places name two years
	titled   bool // the title names a report
}

// Doubt is what speaks against a finding: the code of its sentence in the code book, and what stands in it.
type Doubt struct {
	Code string
	Args []any
}

const nameAlone = "issuer: the title is a name alone"

var (
	// document is where the document's own words begin. 政府 belongs to them (寺口镇|政府信息公开) except as the end of 人民政府.
	document = lazyregexp.New(`(?:政府)?(?:门户)?(?:网站)?(?:信息(?:[与和及]政务)?|政务)(?:年度)?(?:工作)?公开|(?:政府)?依申请公开|年度(?:工作)?报告|年报`)
	// spelled years: 2020年度, 2020年, 二〇二〇年, and a bare 2020 that is no part of a longer number.
	yearMark = lazyregexp.New(`(?:(?:19|20)\d\d|` + text.YearSpelled + `)(?:年度|年|度)?`)
	notOne   = lazyregexp.New(`(?:的?通知|的函|制度|范文|范本|模板|样本|样式|格式|指南|办法|规定|细则|方案|流程图?|编制说明|填报说明|编写说明|工作要点|图解|解读|一图读懂|评估|考核|目录|申请表|联系方式|栏目)`)
	// other yearly papers, which never speak of 信息公开 in their titles
	otherPaper = lazyregexp.New(`党务公开|村务公开|校务公开|厂务公开|法治政府|依法行政|决算|预算|绩效|报表|工作报告|统计公报|社会责任`)
	disclosure = lazyregexp.New(`信息.{0,6}公开|政务公开|依申请公开`)
	fileNumber = lazyregexp.New(`^\p{Han}{1,6}[发办字函文政][〔\[【(]20\d\d[〕\]】)](?:第)?\d{1,4}号?`)
	// explains begins the title of a page that explains a report or shows it as a picture.
	explains = lazyregexp.New(`^[【\[]?(?:(?:文字|图文|图片|视频|动漫|动画|政策|要点)?解读|(?:政策)?图解|一图(?:读|看)懂|图说|长图)`)
	// partOfYear is a period shorter than the year that a title gives.
	partOfYear = lazyregexp.New(`[上下]半年|第?[一二三四1-4]季度|年(?:[2-9]|1[01]?)月份|年(?:[1-9]|1[01])[-—–~至到](?:[1-9]|1[01])月`)
	// published is when the page was put up or changed, which a title may give beside the year reported on.
	published = lazyregexp.New(`[(]20\d\d年\d{1,2}月(?:\d{1,2}日)?(?:发布|公布|更新|修订|印发)[)]|(?:发布|公布|更新)?(?:时间|日期)?[:：]?20\d\d(?:[-/.]\d{1,2}[-/.]\d{1,2}|年\d{1,2}月\d{1,2}日)(?:\d{2}:\d{2}(?::\d{2})?)?`)
	badYear   = lazyregexp.New(`\d{1,5}年度?$`)
	opening   = lazyregexp.New(`^[【\[〔(]([^】\]〕)]{1,20})[】\]〕)]`)
	behind    = lazyregexp.New(`(?:报告|年报)[(]([^()]{3,30})[)]$`)
	months    = lazyregexp.New(`\d{1,2}月?(?:[-—–~至到]\d{1,2})?月份?`)
	// afterDash leaves governments out: what stands there may be the site.
	afterDash = lazyregexp.New(`(?:报告|年报)(?:[(]20\d\d年?度?[)])?[—–\-]+(\p{Han}{2,20}(?:局|镇|乡|街道|办事处|委|办|办公室|委员会|苏木))$`)
	leading   = lazyregexp.New(`^(?:[(（\[【〔<《][^)）\]】〕>》]{0,12}[)）\]】〕>》]|\d{1,2}[.、．]|[《“”"'’‘：:，,。.、·•*\-—–_~]+|关于|现?(?:将|予以|向社会)?(?:公布|发布)|印发|转发|附件[:：]?\d*|(?:文件)?名称|标题|Page\d+[-—–]?)`)
	trailing  = lazyregexp.New(`(?:关于|公布|发布|印发|[的之]|年度|本年度?|全年|工作|[《“"'’‘：:，,。.、·•*\-—–_~(（\[【]+)$`)
	chapter   = lazyregexp.New(`\s*[_|｜>»]+\s*|\s+[-–—]+\s+|[-–—]+(?:\p{Han}{2,12}(?:门户网站|政府网站?|信息公开网?|人民政府)$)`)
	bodyWord  = lazyregexp.New(`(?:政府|[镇乡]|街道|苏木|办事处|局|委员会|管委会|[市县区旗州盟省]|委|办公室|政府办|政务办|公安处|厅|中心|公司|学校|中学|小学|大学|学院|医院|支队|大队|总队|中队|分局|站|所|处|院|队|园区|开发区|农场|林场|协会|联合会|总社|联社|银行|社|集团|台|馆|室|厂|团)$`)
	nobody    = lazyregexp.New(`^(?:(?:乡|镇|县|区|市|省|街道|我[省市县区镇乡局委办]|本[省市县区镇乡局委办]|人民)?(?:人民)?政府|本?单位|本?机关|各?部门|全[省市县区镇乡]|本级|[省市县区镇乡]级?|认真|进一步|(?:认真|切实|进一步)?(?:做好|开展|编制|报送|上报))$`)
	// nothing is text that names no body: the heading 三、收到和处理 before 政府信息公开申请情况, the sentence 我乡未收到.
	nothing = lazyregexp.New(`^[(（]?[一二三四五六七八九十]{1,2}[)）]?[、.．]|^[一二三四五六七八九十]{1,2}政府信息|^[(（][一二三四五六七八九十]{1,2}[)）]|收到|未接到|未发生|没有|接收和处理|我[省市县区镇乡街局委办厅校]`)
)

var separators = strings.NewReplacer("_", "", "|", "", "｜", "")

// squeeze brings a title to one line of the characters that matter, without pinyin glosses of mirror sites and what a
// cut byte left.
func squeeze(s string) string {
	s, _ = text.WithoutGlosses(strings.ReplaceAll(text.Squeeze(s), "\uFFFD", ""))
	return s
}

// Issuer returns the body that a report's title names, as written there, or "" when it names none: 青山县教育局2023年…,
// 2023年青山县教育局政府信息公开….
func Issuer(title string) string { return Parse(title).IssuerName }

// Subject returns what stands in a title where the name of its body does, whether or not the rest names a report; ""
// where nothing does.
func Subject(title string) string {
	s := squeeze(pick(title))
	if at := begin(s); at >= 0 {
		s = s[:at]
	}
	return name(s)
}

// Parse reads a title alone.
func Parse(title string) Parsed {
	var p Parsed
	s := squeeze(pick(title))
	if whole := squeeze(separators.Replace(title)); !yearMark.MatchString(s) && begin(s) == 0 && begin(whole) > 0 && yearMark.MatchString(whole[:begin(whole)]) {
		s = whole // 2020年度_东湖街道_政府信息公开年度报告
	}
	s = unwrap(fileNumber.ReplaceAllString(s, "")) // 南政发〔2013〕5号
	if !period.MatchString(s) {
		s = published.ReplaceAllString(s, "")
	}
	p.Part = partOfYear.FindString(s)
	p.TitleYear = p.yearOf(s)
	p.Year = p.TitleYear
	at := begin(s)
	rest := ""
	if at >= 0 {
		rest = s[at:]
	}
	if w := notOne.FindString(rest); w != "" {
		p.NotReport = w
	} else if at < 0 {
		if w := notOne.FindString(s); w != "" {
			p.NotReport = w
		}
	}
	if w := explains.FindString(s); w != "" && p.NotReport == "" {
		p.NotReport = w
	}
	if w := otherPaper.FindString(s); w != "" && p.NotReport == "" && !disclosure.MatchString(s) {
		p.NotReport = w
	}
	switch {
	case at >= 0:
		p.IssuerName = name(s[:at])
		if p.IssuerName != "" {
			p.Evidence = append(p.Evidence, "issuer: the title before "+quoteHead(rest))
		}
	case bodyWord.MatchString(name(s)):
		p.IssuerName = name(s)
		p.alone = true
		p.Evidence = append(p.Evidence, nameAlone)
	}
	return p
}

// unwrap takes brackets at the beginning off what belongs to the title ([2023年]甲镇, 【甲镇】2023年) and drops them with what
// does not (【年报】甲镇).
func unwrap(s string) string {
	m := opening.FindStringSubmatch(s)
	switch {
	case m == nil:
		return s
	case yearMark.FindString(m[1]) == m[1], bodyWord.MatchString(m[1]) && begin(m[1]) < 0:
		return m[1] + s[len(m[0]):]
	case explains.MatchString(s):
		return s
	}
	return s[len(m[0]):]
}

// pick chooses the part of a page title that names the report: the others are site and column names.
func pick(title string) string {
	title = strings.TrimSpace(title)
	parts := []string{}
	last := 0
	for _, m := range chapter.FindAllStringIndex(title, -1) {
		parts = append(parts, title[last:m[0]])
		last = m[1]
	}
	parts = append(parts, title[last:])
	for i, x := range parts { // 甲区人民政府 信息公开年报 甲区乙局2023年政府信息公开年报
		if fields := strings.Fields(x); len(fields) > 2 && slices.ContainsFunc(fields[:len(fields)-1], func(f string) bool { return begin(f) >= 0 }) {
			if end := fields[len(fields)-1]; begin(end) > 0 && yearMark.MatchString(end) && name(end[:begin(end)]) != "" {
				parts[i] = end
			}
		}
	}
	best, points := title, -1
	for _, x := range parts {
		n := 0
		if begin(squeeze(x)) >= 0 {
			n += 2
			if yearMark.MatchString(squeeze(x)) {
				n++
			}
		}
		if n > points && strings.TrimSpace(x) != "" {
			best, points = x, n
		}
	}
	if points <= 0 && len(parts) > 1 {
		return parts[0]
	}
	return best
}

// begin finds the byte where the document's words begin, or -1.
func begin(s string) int {
	for from := 0; from < len(s); {
		m := document.FindStringIndex(s[from:])
		if m == nil {
			return -1
		}
		at := from + m[0]
		if strings.HasPrefix(s[at:], "政府") && strings.HasSuffix(s[:at], "人民") {
			at += len("政府") // 栖霞市人民政府|信息公开年报
		}
		// A department may be called so itself: 政务公开办公室, 信息公开中心.
		after := s[from+m[1]:]
		if cut, ok := cutAny(after, "办公室", "领导小组办公室", "科", "处", "中心"); ok && begin(cut) >= 0 {
			from = len(s) - len(cut)
			continue
		}
		return at
	}
	return -1
}

func cutAny(s string, prefixes ...string) (string, bool) {
	for _, p := range prefixes {
		if r, ok := strings.CutPrefix(s, p); ok {
			return r, true
		}
	}
	return s, false
}

// name strips the year and the small words around it from what stands before the document's words.
func name(s string) string {
	s = months.ReplaceAllString(yearMark.ReplaceAllString(s, ""), "")
	for {
		t := leading.ReplaceAllString(s, "")
		t = trailing.ReplaceAllString(t, "")
		t = badYear.ReplaceAllString(strings.TrimPrefix(t, "年"), "") // 202年, 20201年: damaged, and no part of a name
		if t == s {
			break
		}
		s = t
	}
	if i := strings.LastIndex(s, "关于"); i > 0 {
		s = s[:i]
	}
	if strings.Contains(s, ")") && !strings.Contains(s, "(") {
		s = s[strings.LastIndex(s, ")")+1:]
	}
	n := len([]rune(s))
	if n < 2 || n > 40 || nobody.MatchString(s) || nothing.MatchString(s) || strings.ContainsAny(s, "。；;，,?？!！/\\=&:：$【】") || strings.Count(s, "\ufffd") > 0 {
		return ""
	}
	return s
}

func quoteHead(s string) string {
	r := []rune(s)
	return "“" + string(r[:min(len(r), 8)]) + "”"
}

// yearOf reads the one year of a title; two different years are a doubt and no answer.
func (p *Parsed) yearOf(s string) *int {
	var found *int
	for _, m := range yearMark.FindAllStringIndex(s, -1) {
		word := s[m[0]:m[1]]
		bare := strings.TrimRight(word, "年度")
		if bare == word && len(bare) == 4 && (m[1] < len(s) && isDigit(s[m[1]]) || m[1]+3 <= len(s) && s[m[1]:m[1]+3] == "号") {
			continue
		}
		if m[0] > 0 && (isDigit(s[m[0]-1]) || s[m[0]-1] == '[' || strings.HasSuffix(s[:m[0]], "〔")) {
			continue // the tail of a longer number, or a document's number
		}
		y, ok := yearNumber(bare)
		if !ok {
			continue
		}
		if found != nil && *found != y {
			p.Doubts = append(p.Doubts, Doubt{"title_two_years", []any{*found, y}})
			return nil
		}
		found = &y
	}
	if found != nil {
		p.Evidence = append(p.Evidence, "year: "+strconv.Itoa(*found)+" in the title")
	}
	return found
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

// yearNumber reads a year. The first reports are on 2007 and 2008; years outside 2000 to 2099 are refused.
func yearNumber(s string) (int, bool) {
	n, ok := text.Year(s)
	return n, ok && n >= 2000 && n <= 2099
}

// paper are the words of the paper itself, folded, beside which a title speaks of 信息公开.
var paper = []string{"年度报告", "年报", "工作报告", "公开报告", "情况报告", "年度总结"}

// NamesReport reports whether a line without spaces is the title of an annual report: short, no sentence, with the
// words of one.
func NamesReport(line string) bool {
	if n := utf8.RuneCountInString(line); n < 5 || n > 60 || strings.ContainsAny(line, "。；：，,;>") || strings.Count(line, "/") > 2 {
		return false // 首页/政府信息公开/政府信息公开年报/正文 is the way to the page
	}
	folded := text.Fold(line)
	if !strings.Contains(folded, "信息公开") && !strings.Contains(folded, "政务公开") && !strings.Contains(folded, "信息年度公开") {
		return false
	}
	if slices.ContainsFunc(paper, func(w string) bool { return strings.Contains(folded, w) }) {
		return !strings.Contains(folded, "制度")
	}
	return strings.HasSuffix(folded, "年度报")
}
