package report

import (
	"strings"
	"unicode/utf8"

	"github.com/gongkai-data/gongkai/extract"
	headings "github.com/gongkai-data/gongkai/extract/heading"
	characters "github.com/gongkai-data/gongkai/extract/text"
	titles "github.com/gongkai-data/gongkai/extract/title"
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

// heading is a paragraph that may head a section.
type heading struct {
	number int
	line   int
	title  string
	rank   int // 2: numbered 一、 to 九、; 1: not numbered; 0: numbered as a sub-heading
}

// findSections takes for each section its best heading: one numbered as a chapter before one without a number before a
// sub-heading, the first of equals. Headings come in any order, and one that is missing leaves its section out.
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

// asHeading reports whether a paragraph heads a section: it is one of the known headings, or one opens it before the
// text runs on.
func asHeading(text string) (heading, bool) {
	num, bare := splitOrdinal(text)
	rank := 1
	switch num.Level {
	case 1:
		rank = 2
	case 2, 3:
		rank = 0
	}
	if characters.Short(bare, 60) {
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

// headingOverTwo is a known heading that the end of a line cuts: 三、收到和处理政府信息公开申⏎请情况. A short name without a number, as
// in menus, is none.
func headingOverTwo(lines []line) (heading, bool) {
	if len(lines) < 2 {
		return heading{}, false
	}
	num, bare := splitOrdinal(lines[0].text)
	if next, _ := splitOrdinal(lines[1].text); next.Level != 0 || num.Level > 1 || !characters.Short(bare, 40) || !characters.Short(lines[1].text, 40) {
		return heading{}, false
	}
	name := fold(bare + lines[1].text)
	n := headings.Named(name)
	if n == 0 || headings.Named(fold(bare)) != 0 || num.Level == 0 && utf8.RuneCountInString(name) < 10 {
		return heading{}, false
	}
	return heading{number: n, title: lines[0].text + lines[1].text, rank: 1 + num.Level}, true
}

// sectionOf finds the section that a normalised heading names. A numbered chapter may be worded freely.
func sectionOf(text string, chapter bool) int {
	if n := headings.Named(text); n > 0 || !chapter || utf8.RuneCountInString(text) > 40 {
		return n
	}
	return headings.Chapter(text)
}

// overTwoLines is a title that is broken over two lines, of which the second names no report alone:
// 2025年甲办公室政府信息公开⏎工作年度报告.
func overTwoLines(text string, next []line) string {
	if len(next) == 0 || strings.ContainsAny(text, "，。；：《") {
		return ""
	}
	second := strings.Join(strings.Fields(next[0].text), "")
	if whole := text + second; !titles.NamesReport(second) && strings.HasSuffix(second, "报告") && titles.NamesReport(whole) && len(characters.Years(text)) > 0 && utf8.RuneCountInString(whole) <= 60 {
		return whole
	}
	return ""
}

// title finds the first short paragraph that names a report, with the line before it when the title was broken there;
// else the title tag.
func title(d *extract.Document, lines []line) string {
	tag := strings.Join(strings.Fields(d.Title), "")
	dated := titles.NamesReport(tag) && len(characters.Years(tag)) > 0
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
		if !titles.NamesReport(text) {
			if whole := overTwoLines(text, lines[i+1:]); whole != "" {
				return whole
			}
			continue
		}
		if dated && len(characters.Years(text)) == 0 && !strings.ContainsAny(text, "0123456789") {
			return tag // the line is the name of a column
		}
		if i > 0 {
			before := strings.Join(strings.Fields(lines[i-1].text), "")
			if isIssuerLine(characters.WithoutYear(before)) && !strings.Contains(text, before) {
				text = before + text
			}
		}
		return text
	}
	for i := 0; i+1 < len(lines) && i < 40; i++ {
		text := strings.Join(strings.Fields(lines[i].text+lines[i+1].text), "")
		if titles.NamesReport(text) {
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
		if text := strings.Join(strings.Fields(l.text), ""); titles.NamesReport(text) {
			last = text
		}
	}
	return last
}

// listed reports whether reports of several years are named before the first section.
func listed(lines []line) bool {
	first := 0
	for _, l := range lines[:min(len(lines), 80)] {
		if h, ok := asHeading(l.text); ok && h.rank > 0 {
			break
		}
		text := strings.Join(strings.Fields(l.text), "")
		years := characters.Years(text)
		if len(years) == 0 || !titles.NamesReport(text) {
			continue
		}
		if first != 0 && years[0] != first {
			return true
		}
		first = years[0]
	}
	return false
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
