package title

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/gongkai-data/gongkai/extract/lazyregexp"
	"github.com/gongkai-data/gongkai/extract/text"
)

var (
	// period is the reporting period as the law wants it stated, whole or with its 年, 月 and 日 lost on the way
	// (201211日起至20121231日, 20241月1日起至202412月31日, 2025111231日).
	period = lazyregexp.New(`(20\d\d)年?(0?1)月?(0?1)日?[起始]?(?:至|到|[—–－~～\-]+)?(?:(20\d\d)|[同当本])?年?(12)月?(31)`)
	// periods are other ways to write it: the dates with dots, months without days, numerals spelled.
	periods = []*lazyregexp.Regexp{
		period,
		lazyregexp.New(`(20\d\d)[./\-]0?(1)[./\-]0?(1)日?(?:起)?(?:至|到|[—–－~～\-]+)(?:(20\d\d|[同当本]年)[./\-])?(12)[./\-](31)`),
		lazyregexp.New(`(20\d\d)年0?(1)月(份)?[起始]?(?:至|到|[—–－~～\-]+)(?:(20\d\d|[同当本])年)?(12)月(底|份|末|[止。，,)]|$)`),
		lazyregexp.New(`(` + text.YearSpelled + `)年(一)月(一)日[起始]?(?:至|到|[—–－~～\-]+)(?:(` + text.YearSpelled + `|[同当本])年)?(十二)月(三十一)`),
	}
	// stated is a sentence that says of what year the report is: 现公布2020年寺口镇政府信息公开工作年度报告.
	stated   = lazyregexp.New(`(20\d\d)年度?[^。；;，,\n]{0,40}?(?:信息|政务)公开(?:工作)?(?:情况)?(?:年度)?(?:工作)?(?:报告|年报)`)
	compiled = lazyregexp.New(`(?:^|[。，,\s])(?:本报告|本年度报告|年度报告|本年报)?(?:是)?由([\p{Han}()（）]{3,30}?)(?:根据|按照|依据|依照|结合|编制|组织编制)`)
	announce = lazyregexp.New(`(?:公布|发布|公开|编制|编写|制定|形成|现将|现就)(?:了)?([^。；;，,\n]{4,60}(?:信息|政务)公开(?:工作)?(?:情况)?(?:年度)?(?:工作)?(?:报告|年报))`)
	// yearEnd and ofYear are what a text without title and period says of its year: 截至2023年12月31日; 2019年，我乡….
	yearEnd        = lazyregexp.New(`截[至止]到?(20\d\d)年12月31日`)
	ofYear         = lazyregexp.New(`(?:^|情况|概述|。)(20\d\d)年(?:度[,，我本全街镇乡]|(?:度|来|以来)?(?:[,，]|我[省市县区镇乡局街委办厅校单]|全[省市县区镇乡局]|本[省市县区镇乡局]))`)
	asked          = lazyregexp.New(`(?:中心|[处科股室站]|我[镇乡局县市区]|本[镇乡局])$`) // parts of a body that answer questions for it
	townGovernment = lazyregexp.New(`(?:[镇乡]|街道|苏木)(?:人民)?政府$`)
	placeLine      = lazyregexp.New(`^[\p{Han}]{1,10}[省市县区旗州盟]$`)
	department     = lazyregexp.New(`^[\p{Han}]{1,9}(?:局|委|办|办公室|委员会)$`)
	yearTail       = lazyregexp.New(`20\d\d年度?$`)
	// contact is whom a reader may ask. A township's or a department's office answers for it; a government's office may
	// report on itself.
	contact  = lazyregexp.New(`[请可](?:及时)?(?:与|联系)[:：]?([\p{Han}]{3,25}?)(党政综合办公室|党政办公室|党政办|办公室)?(?:联系|取得联系|[(（,，])`)
	dateLine = lazyregexp.New(`^([\p{Han}()]{3,30}?)?(?:(?:20\d\d|` + text.YearSpelled + `)年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,4}日?|20\d\d[-./]\d{1,2}[-./]\d{1,2})$`)
)

const headLines = 12 // non-empty lines of the text in which the heading may stand

// FromReport reads a report's title, its text (paragraphs joined by "\n") and its page tags (lower-case names;
// articletitle is used). The title wins for the name; for the year, a title and a stated period that differ are settled
// only by how often the text speaks of either.
func FromReport(title, text string, meta map[string]string) Parsed {
	p := Parse(title)
	p.titled = begin(squeeze(title)) >= 0
	if q := Parse(meta["articletitle"]); begin(squeeze(meta["articletitle"])) >= 0 {
		p.adopt(q, "article_title", "the page's ArticleTitle tag")
	}
	text = withoutTrails(text)
	lines := short(text)
	head, where := heading(lines)
	if own := slices.Index(lines[:min(len(lines), headLines)], squeeze(title)); own >= 0 && p.IssuerName != "" && !p.alone {
		head, where = lines[own], own // others, before or after it, are a menu's
	}
	if where >= 0 {
		q := Parse(head)
		if q.NotReport != "" && p.NotReport == "" && begin(squeeze(title)) < 0 {
			p.NotReport = q.NotReport
		}
		q.NotReport = ""
		p.adopt(q, "text_heading", "the heading in the text")
	}
	if p.IssuerName == "" {
		p.nameFromText(text, lines)
	}
	if p.IssuerName == "" {
		for _, way := range []*lazyregexp.Regexp{behind, afterDash} {
			if m := way.FindStringSubmatch(squeeze(title)); m != nil && bodyWord.MatchString(m[1]) && name(m[1]) != "" {
				p.IssuerName = name(m[1])
				p.Evidence = append(p.Evidence, "issuer: the title's end")
				break
			}
		}
	}
	flat := squeeze(text)
	p.TextYear = p.periodOf(flat)
	p.settle(flat)
	return p
}

// trail is the path through the columns of a site to the page (首页 > 政府信息公开年报 > 2025年). A column's year is that of
// publishing.
var trail = lazyregexp.New(`^\s*(?:(?:您?(?:的|现在|当前)?(?:所在)?(?:的)?位置|当前(?:所在)?位置)\s*(?:是)?[:：]|首页\s*(?:[>＞»›/|→\-]|&gt;)|[^>＞»›]{1,20}(?:[>＞»›][^>＞»›]{1,20}){2})`)

func withoutTrails(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		if !trail.MatchString(line) {
			b.WriteString(line)
		}
	}
	return b.String()
}

// adopt takes from another reading what is missing; a different year becomes a doubt. code and from name the other.
func (p *Parsed) adopt(q Parsed, code, from string) {
	if q.IssuerName != "" && (p.IssuerName == "" || p.alone) {
		p.Evidence = slices.DeleteFunc(p.Evidence, func(e string) bool { return e == nameAlone })
		p.IssuerName, p.alone = q.IssuerName, false
		p.Evidence = append(p.Evidence, "issuer: "+from)
	}
	if !p.titled {
		p.Part = cmp.Or(p.Part, q.Part) // a title that names a report is not cut by what a menu lists
	}
	if p.NotReport == "" {
		p.NotReport = q.NotReport
	}
	switch {
	case q.TitleYear == nil:
	case p.TitleYear == nil && len(p.Doubts) == 0:
		p.TitleYear = q.TitleYear
		p.Evidence = append(p.Evidence, fmt.Sprintf("year: %d in %s", *q.TitleYear, from))
	case p.TitleYear != nil && *p.TitleYear != *q.TitleYear:
		p.Doubts = append(p.Doubts, Doubt{"places_two_years", []any{*p.TitleYear, code, *q.TitleYear}})
		p.disputed = true
	}
}

// short returns the text's non-empty lines without blanks.
func short(text string) []string {
	var out []string
	for line := range strings.Lines(text) {
		if s := squeeze(line); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// heading finds the line that names the report, with the issuer's line before it. Pages repeat the title without a name
// first (2012年…年度报告, then 甲乡人民政府 and 2012年…年度报告), so a line with a name wins.
func heading(lines []string) (string, int) {
	found, where := "", -1
	for i, s := range lines[:min(len(lines), headLines)] {
		if len([]rune(s)) > 60 || strings.ContainsAny(s, "。；，") {
			continue
		}
		at := begin(s)
		if at < 0 || nothing.MatchString(s) {
			continue
		}
		if name(s[:at]) == "" && i > 1 && yearTail.FindString(lines[i-1]) == lines[i-1] {
			if n := lines[i-2]; bodyWord.MatchString(n) && len([]rune(n)) <= 30 && begin(n) < 0 { // 甲局, 2023年, 政府信息公开年度报告
				s = n + lines[i-1] + s
				at = begin(s)
			}
		}
		if i > 0 && begin(lines[i-1]) < 0 && placeLine.MatchString(lines[i-1]) && name(s[:at]) != "" && department.MatchString(name(s[:at])) {
			s = lines[i-1] + s // 甲区, 教育局2023年政府信息公开年度报告
			at = begin(s)
		}
		if name(s[:at]) == "" && i > 0 && bodyWord.MatchString(yearTail.ReplaceAllString(lines[i-1], "")) && len([]rune(lines[i-1])) <= 30 && begin(lines[i-1]) < 0 {
			s = lines[i-1] + s
			at = begin(s)
		}
		if name(s[:at]) != "" {
			return s, i
		}
		if where < 0 {
			found, where = s, i
		}
	}
	return found, where
}

// nameFromText looks for the issuer where the title names nobody: who compiled the report, what it announces, who
// signed it.
func (p *Parsed) nameFromText(text string, lines []string) {
	start := text
	if r := []rune(text); len(r) > 1500 {
		start = string(r[:1500])
	}
	start = squeeze(start) // PDF text breaks lines anywhere in a name
	for _, m := range announce.FindAllStringSubmatch(start, -1) {
		if q := Parse(m[1]); q.IssuerName != "" && bodyWord.MatchString(q.IssuerName) && q.NotReport == "" {
			p.IssuerName = q.IssuerName
			p.Evidence = append(p.Evidence, "issuer: the sentence that announces the report")
			return
		}
	}
	if m := compiled.FindStringSubmatch(start); m != nil && bodyWord.MatchString(m[1]) && !strings.HasSuffix(m[1], "中心") {
		p.IssuerName = author(m[1])
	}
	if p.IssuerName != "" {
		p.Evidence = append(p.Evidence, "issuer: who compiled the report, by the text")
		return
	}
	if p.nameFromSignature(lines); p.IssuerName != "" {
		return
	}
	if m := contact.FindStringSubmatch(start); m != nil && bodyWord.MatchString(m[1]) && name(m[1]) != "" && !asked.MatchString(m[1]) &&
		(m[2] == "" || !strings.HasSuffix(m[1], "政府") || townGovernment.MatchString(m[1])) {
		p.IssuerName = name(m[1])
		p.Evidence = append(p.Evidence, "issuer: whom to ask about the report")
	}
}

// author is the body whose report one wrote or signed; empty where that cannot be told. A government's office writes
// the government's report as well as its own, a township's office has no report of its own, a body's part answers for
// the body.
func author(body string) string {
	for _, office := range []string{"党政办公室", "党政综合办公室", "党政办"} {
		body = strings.TrimSuffix(body, office)
	}
	town := townGovernment.MatchString(strings.TrimSuffix(body, "办公室"))
	if !town && (strings.HasSuffix(body, "政府办公室") || strings.HasSuffix(body, "政府办") || strings.HasSuffix(body, "办公厅")) || asked.MatchString(body) && !strings.HasSuffix(body, "中心") {
		return ""
	}
	return name(body)
}

// nameFromSignature looks for the body that signed above the date.
func (p *Parsed) nameFromSignature(lines []string) {
	for i := len(lines) - 1; i >= max(1, len(lines)-8); i-- {
		m := dateLine.FindStringSubmatch(lines[i])
		if m == nil {
			continue
		}
		n := m[1] // 甲局2022年1月20日
		if n == "" {
			n = lines[i-1]
		}
		if len([]rune(n)) <= 30 && bodyWord.MatchString(n) && begin(n) < 0 {
			if p.IssuerName = author(n); p.IssuerName != "" {
				p.Evidence = append(p.Evidence, "issuer: the signature above the date")
				return
			}
		}
	}
}

// periodOf reads the reporting period. A period over several years (累计) or two different ones tell nothing.
func (p *Parsed) periodOf(flat string) *int {
	var found *int
	for _, way := range periods {
		for _, m := range way.FindAllStringSubmatchIndex(flat, -1) {
			if m[0] > 0 && isDigit(flat[m[0]-1]) || m[1] < len(flat) && isDigit(flat[m[1]]) {
				continue // a piece of a longer number
			}
			y, ok := yearNumber(flat[m[2]:m[3]])
			if !ok {
				continue
			}
			if m[8] >= 0 {
				if end, ok := yearNumber(flat[m[8]:m[9]]); ok && end != y {
					continue
				}
			}
			if found != nil && *found != y {
				p.Doubts = append(p.Doubts, Doubt{"two_periods", []any{*found, y}})
				p.disputed = true
				return nil
			}
			found = &y
		}
	}
	if found != nil {
		p.Evidence = append(p.Evidence, fmt.Sprintf("year: %d is the period that the text states", *found))
	}
	return found
}

// settle decides the year.
func (p *Parsed) settle(flat string) {
	p.Year = p.TitleYear
	switch {
	case p.TitleYear == nil && p.TextYear != nil:
		if len(p.Doubts) == 0 || strings.Count(flat, fmt.Sprintf("%d年", *p.TextYear)) >= 2 {
			p.Year = p.TextYear
		}
	case p.TitleYear == nil:
		if !p.disputed {
			p.Year = p.statedYear(flat, namesReport, countsTo, tellsOf)
		}
	case p.TextYear != nil && *p.TitleYear != *p.TextYear:
		flat = period.ReplaceAllString(flat, "") // the period itself is no second witness
		inTitle, inText := strings.Count(flat, fmt.Sprintf("%d年", *p.TitleYear)), strings.Count(flat, fmt.Sprintf("%d年", *p.TextYear))
		p.Doubts = append(p.Doubts, Doubt{"title_against_period", []any{*p.TitleYear, inTitle, *p.TextYear, inText}})
		switch {
		case inTitle >= 2 && inTitle >= 2*inText:
		case inText >= 4 && inText >= 4*inTitle:
			p.Year = p.TextYear
		default:
			p.Year = nil
		}
	case p.TextYear == nil && p.disputed:
		p.Year = nil // two headings, or two periods, and nothing to decide between them
	case p.TextYear == nil:
		p.stale(flat)
	}
}

var yearsCounted = lazyregexp.New(`20\d\d年`)

// stale doubts a title's year that the text never speaks of while it tells of one other year again and again: a title
// left over from a copy.
func (p *Parsed) stale(flat string) {
	others := map[string]int{}
	for _, y := range yearsCounted.FindAllString(flat, -1) {
		others[y]++
	}
	if others[fmt.Sprintf("%d年", *p.TitleYear)] > 1 { // once is the title itself, which stands in the text as well
		return
	}
	if y := p.statedYear(flat, countsTo, tellsOf); y != nil && *y != *p.TitleYear && others[fmt.Sprintf("%d年", *y)] >= 3 {
		p.Doubts = append(p.Doubts, Doubt{"title_stale", []any{*p.TitleYear, *y}})
		p.Year = nil
	}
}

// way is one kind of sentence that tells a report's year.
type way struct {
	words *lazyregexp.Regexp
	says  string
}

var (
	namesReport = way{stated, "the text speaks of its report on"}
	countsTo    = way{yearEnd, "the text counts to the end of"}
	tellsOf     = way{ofYear, "the text tells of what was done in"}
)

// plans are the words of what a body means to do: 2026年，我局将继续…. That year is not the report's.
var plans = lazyregexp.New(`^年?度?[，,]?[^，,；;]{0,20}(?:将|拟|计划|打算|争取|准备)|下一步`)

// statedYear reads the year from a sentence about the report itself near its beginning.
func (p *Parsed) statedYear(flat string, ways ...way) *int {
	if r := []rune(flat); len(r) > 1500 {
		flat = string(r[:1500])
	}
	for _, way := range ways {
		var found *int
		for _, m := range way.words.FindAllStringSubmatchIndex(flat, -1) {
			y, ok := yearNumber(flat[m[2]:m[3]])
			sentence, _, _ := strings.Cut(flat[m[3]:], "。")
			if !ok || plans.MatchString(sentence) {
				continue
			}
			if found != nil && *found != y {
				return nil
			}
			found = &y
		}
		if found != nil {
			p.Evidence = append(p.Evidence, fmt.Sprintf("year: %s %d", way.says, *found))
			return found
		}
	}
	return nil
}
