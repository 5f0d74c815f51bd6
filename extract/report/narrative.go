package report

import (
	"strings"
	"unicode/utf8"

	"github.com/gongkai-data/gongkai/extract"
)

// story is the report's own text: paragraphs, tables left out.
type story struct {
	lines    []line
	sections []extract.Section
}

// line is one paragraph of the text.
type line struct {
	text  string
	start int // offset in characters
	block int // index in Document.Blocks
	place extract.Place
}

func (s *story) String() string {
	var b strings.Builder
	for i, l := range s.lines {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(l.text)
	}
	return b.String()
}

// narrative gathers the paragraphs and finds the headings of the six sections among them.
// Paragraphs that are pieces of a flattened table are left out.
func narrative(blocks []extract.Block, table map[int]bool) *story {
	s := &story{}
	at := 0
	for i := range blocks {
		b := &blocks[i]
		if b.Kind != extract.Paragraph || table[i] {
			continue
		}
		text := strings.TrimSpace(b.Text)
		if text == "" {
			continue
		}
		s.lines = append(s.lines, line{text: text, start: at, block: i, place: b.Place})
		at += utf8.RuneCountInString(text) + 1
	}
	s.findSections(max(at-1, 0))
	return s
}

// sectionNames are the headings of the six sections, normalised: of the 2019 and 2021 formats, then of the outline that 条例 2008 第三十二条 gave.
// The first word of each list is the one of the formats in force.
var sectionNames = [7][]string{
	1: {"总体情况", "概述", "概况", "基本情况", "总体概况", "工作概况", "总体工作情况"},
	2: {"主动公开政府信息情况", "主动公开政府信息的情况", "主动公开情况", "政府信息主动公开情况", "主动公开信息情况", "行政机关主动公开政府信息情况"},
	3: {"收到和处理政府信息公开申请情况", "依申请公开政府信息和不予公开政府信息的情况", "依申请公开政府信息情况", "依申请公开政府信息的情况", "依申请公开情况", "政府信息依申请公开情况",
		"收到和处理政府信息公开申请的情况", "依申请公开政府信息办理情况", "政府信息公开申请收到和处理情况", "收到和处理信息公开申请情况", "依申请公开政府信息和不予公开政府信息情况"},
	4: {"政府信息公开行政复议行政诉讼情况", "因政府信息公开申请行政复议提起行政诉讼的情况", "因政府信息公开申请行政复议提起行政诉讼情况", "行政复议行政诉讼情况", "行政复议和行政诉讼情况",
		"政府信息公开行政复议和行政诉讼情况", "因政府信息公开被申请行政复议提起行政诉讼情况", "因政府信息公开被申请行政复议提起行政诉讼的情况", "复议诉讼情况", "政府信息公开复议诉讼情况", "因政府信息公开申请行政复议和提起行政诉讼情况"},
	5: {"存在的主要问题及改进情况", "政府信息公开工作存在的主要问题及改进情况", "存在的主要问题和改进措施", "存在的主要问题及改进措施", "存在问题及改进情况", "存在的问题及改进措施", "主要问题及改进情况",
		"存在的主要问题和改进情况", "政府信息公开工作存在的主要问题及改进措施", "存在问题和改进措施", "存在的问题和改进措施", "存在问题及改进措施", "存在的主要问题及下一步改进措施"},
	6: {"其他需要报告的事项", "需要说明的其他事项", "其他需要说明的事项", "其他需要报告事项", "其他事项", "需要说明的事项与附表", "需要报告的其他事项", "其他应当报告的事项", "其他有关事项", "其他报告事项"},
}

var sectionByName = func() map[string]int {
	m := map[string]int{}
	for n, names := range sectionNames {
		for _, name := range names {
			m[name] = n
		}
	}
	return m
}()

// heading is a paragraph that may head a section.
type heading struct {
	number int
	line   int
	title  string
	rank   int // 2: numbered 一、 to 九、; 1: not numbered; 0: numbered as a sub-heading
}

// findSections takes for each section its best heading: one numbered as a chapter before one without a number before a sub-heading,
// the first of equals. Headings come in any order, and one that is missing leaves its section out.
func (s *story) findSections(end int) {
	best := [7]heading{}
	for i, l := range s.lines {
		h, ok := headingOverTwo(s.lines[i:])
		if !ok {
			h, ok = asHeading(l.text)
		}
		if !ok {
			continue
		}
		h.line = i
		if best[h.number].number == 0 || h.rank > best[h.number].rank {
			best[h.number] = h
		}
	}
	chapters := 0
	for _, h := range best {
		if h.rank == 2 {
			chapters++
		}
	}
	var heads []heading
	for i := range s.lines {
		for _, h := range best[1:] {
			// In a report with numbered chapters （二）主动公开情况 is a part of section one.
			if h.number > 0 && h.line == i && (h.rank > 0 || chapters < 2) {
				heads = append(heads, h)
			}
		}
	}
	for i, h := range heads {
		to := end
		if i+1 < len(heads) {
			to = max(s.lines[heads[i+1].line].start-1, 0)
		}
		s.sections = append(s.sections, extract.Section{Number: h.number, Title: h.title, Start: s.lines[h.line].start, End: to,
			Locator: s.lines[h.line].place.Locator()})
	}
}

// asHeading tells whether a paragraph heads a section: it is one of the known headings, or one opens it before the text runs on.
func asHeading(text string) (heading, bool) {
	num, bare := splitOrdinal(text)
	rank := 1
	switch num.Level {
	case 1:
		rank = 2
	case 2, 3:
		rank = 0
	}
	if utf8.RuneCountInString(bare) <= 60 {
		if n := sectionOf(fold(bare), rank == 2); n > 0 {
			return heading{number: n, title: text, rank: rank}, true
		}
	}
	if rank != 2 {
		return heading{}, false
	}
	// 一、总体情况 2023年，… in one paragraph.
	cut := strings.IndexAny(bare, " \u3000\n：:。,，（(")
	if cut <= 0 {
		return heading{}, false
	}
	if n := sectionOf(fold(bare[:cut]), true); n > 0 {
		return heading{number: n, title: strings.TrimSpace(text[:len(text)-len(bare)+cut]), rank: rank}, true
	}
	return heading{}, false
}

// headingOverTwo is a known heading that the end of a line cuts: 三、收到和处理政府信息公开申⏎请情况. A short name without a number, as in menus, is none.
func headingOverTwo(lines []line) (heading, bool) {
	if len(lines) < 2 {
		return heading{}, false
	}
	num, bare := splitOrdinal(lines[0].text)
	if next, _ := splitOrdinal(lines[1].text); next.Level != 0 || num.Level > 1 || utf8.RuneCountInString(bare) > 40 || utf8.RuneCountInString(lines[1].text) > 40 {
		return heading{}, false
	}
	name := fold(bare + lines[1].text)
	n := sectionByName[name]
	if n == 0 || sectionByName[fold(bare)] != 0 || num.Level == 0 && utf8.RuneCountInString(name) < 10 {
		return heading{}, false
	}
	return heading{number: n, title: lines[0].text + lines[1].text, rank: 1 + num.Level}, true
}

// sectionOf finds the section that a normalised heading names. A numbered chapter may be worded freely.
func sectionOf(text string, chapter bool) int {
	if n, ok := sectionByName[text]; ok {
		return n
	}
	if !chapter || utf8.RuneCountInString(text) > 40 {
		return 0
	}
	has := func(words ...string) bool {
		for _, w := range words {
			if !strings.Contains(text, w) {
				return false
			}
		}
		return true
	}
	switch {
	case has("复议") || has("诉讼"):
		return 4
	case has("问题") || has("不足"):
		return 5
	case has("其他", "报告") || has("说明", "事项") || has("其他", "事项"):
		return 6
	case has("申请"):
		return 3
	case has("主动公开"):
		return 2
	case has("总体") || has("概述") || has("概况"):
		return 1
	}
	return 0
}

// overTwoLines is a title that is broken over two lines, of which the second names no report alone: 2025年甲办公室政府信息公开⏎工作年度报告.
func overTwoLines(text string, next []line) string {
	if len(next) == 0 || strings.ContainsAny(text, "，。；：《") {
		return ""
	}
	second := strings.Join(strings.Fields(next[0].text), "")
	if whole := text + second; !namesReport(second) && strings.HasSuffix(second, "报告") && namesReport(whole) && statedYear.MatchString(text) && utf8.RuneCountInString(whole) <= 60 {
		return whole
	}
	return ""
}

// title finds the first short paragraph that names a report, with the line before it when the title was broken there; else the title tag.
func title(d *extract.Document, lines []line) string {
	tag := strings.Join(strings.Fields(d.Title), "")
	dated := namesReport(tag) && statedYear.MatchString(tag)
	if listed(lines) { // a menu or a list of several years' reports stands before the text
		if dated {
			return tag
		}
		if last := lastNamed(lines); last != "" {
			return last
		}
	}
	for i, l := range lines {
		if h, ok := asHeading(l.text); i > 40 || ok && h.rank > 0 && tag != "" {
			break
		}
		text := strings.Join(strings.Fields(l.text), "")
		for _, name := range []string{"名称", "标题"} { // of a table of the page's particulars
			if rest, ok := strings.CutPrefix(text, name); ok {
				text = strings.TrimLeft(rest, "：:")
			}
		}
		if !namesReport(text) {
			if whole := overTwoLines(text, lines[i+1:]); whole != "" {
				return whole
			}
			continue
		}
		if dated && !strings.ContainsAny(text, "0123456789０〇○二") {
			return tag // the line is the name of a column
		}
		if i > 0 {
			before := strings.Join(strings.Fields(lines[i-1].text), "")
			if isIssuerLine(withoutYear(before)) && !strings.Contains(text, before) {
				text = before + text
			}
		}
		return text
	}
	for i := 0; i+1 < len(lines) && i < 40; i++ {
		text := strings.Join(strings.Fields(lines[i].text+lines[i+1].text), "")
		if namesReport(text) {
			return text
		}
	}
	if tag != "" {
		return tag
	}
	if len(lines) > 0 && utf8.RuneCountInString(lines[0].text) <= 40 && !strings.ContainsAny(lines[0].text, "。；") {
		if _, is := asHeading(lines[0].text); !is {
			return lines[0].text
		}
	}
	return ""
}

// lastNamed is the last line before the text that names a report: what a menu lists stands before the page's own title.
func lastNamed(lines []line) string {
	last := ""
	for _, l := range lines[:min(len(lines), 80)] {
		if h, ok := asHeading(l.text); ok && h.rank > 0 || strings.Contains(l.text, "。") {
			break
		}
		if text := strings.Join(strings.Fields(l.text), ""); namesReport(text) {
			last = text
		}
	}
	return last
}

// listed tells whether reports of several years are named before the first section.
func listed(lines []line) bool {
	first := ""
	for _, l := range lines[:min(len(lines), 80)] {
		if h, ok := asHeading(l.text); ok && h.rank > 0 {
			break
		}
		text := strings.Join(strings.Fields(l.text), "")
		year := statedYear.FindString(text)
		if year == "" || !namesReport(text) {
			continue
		}
		if first != "" && year != first {
			return true
		}
		first = year
	}
	return false
}

// withoutYear takes the year from the end of the upper line of a title: 青禾镇人民政府2025年.
func withoutYear(s string) string {
	s = strings.TrimSuffix(strings.TrimSuffix(s, "度"), "年")
	return strings.TrimRight(s, "0123456789")
}

// namesReport recognises the title of an annual report: short, no sentence, with the words of one.
func namesReport(s string) bool {
	if n := utf8.RuneCountInString(s); n < 5 || n > 60 || strings.ContainsAny(s, "。；：，,;>") || strings.Count(s, "/") > 2 { // 首页/政府信息公开/政府信息公开年报/正文 is the way to the page
		return false
	}
	folded := fold(s)
	open := strings.Contains(folded, "信息公开") || strings.Contains(folded, "政务公开")
	if !open && !strings.Contains(folded, "信息年度公开") {
		return false
	}
	for _, w := range []string{"年度报告", "年报", "工作报告", "公开报告", "年度工作报告", "情况报告", "年度总结"} {
		if strings.Contains(folded, w) {
			return !strings.Contains(folded, "制度")
		}
	}
	return strings.HasSuffix(folded, "年度报")
}

// isIssuerLine recognises the line that names the body above 2023年政府信息公开工作年度报告.
func isIssuerLine(s string) bool {
	n := utf8.RuneCountInString(s)
	if n < 2 || n > 30 || strings.ContainsAny(s, "。；：，,;、>|/0123456789") {
		return false
	}
	for _, end := range []string{"政府", "街道", "办事处", "办公室", "局", "委员会", "管委会", "镇", "乡", "区", "县", "市", "厅", "院", "中心", "公司", "旗", "苏木", "场"} {
		if strings.HasSuffix(s, end) {
			return true
		}
	}
	return false
}
