package mention

import (
	"regexp"
	"strings"
)

// reported finds the year that a report is about: in its title, else in the term of its figures.
var reported = []*regexp.Regexp{
	regexp.MustCompile(`(20\d\d)年?度?[^,。;\n]{0,40}(?:年度报告|年报|工作报告)`),
	regexp.MustCompile(`(?:期限|时限|时间)[^,。;\n\d]{0,12}(20\d\d)年1月`),
}

// maxHead is how much of a text is looked at for its year, in characters.
const maxHead = 1500

// year returns the year that the report is about as far as its head tells, else "".
func (v *view) year() string {
	if v.of == nil {
		head, year := string(v.run[:min(len(v.run), maxHead)]), ""
		for _, r := range reported {
			if m := r.FindStringSubmatch(head); m != nil && year == "" {
				year = m[1]
			}
		}
		v.of = &year
	}
	return *v.of
}

// yearsLong is a span of several years: 五年来共收到, 本届政府以来.
var yearsLong = regexp.MustCompile(`[两二三四五六七八九十]年(?:多|余)?来|本届[^,。;]{0,8}以来`)

var sinceWords = []string{"以来累计", "以来,累计", "以来共", "以来,共", "至今", "开通以来", "成立以来", "建站以来", "上线以来", "施行以来", "实施以来", "历年", "历史累计", "创刊以来", "运行以来"}

// years is a span over years: 自2008年5月至2011年12月.
var years = regexp.MustCompile(`(20\d\d)年(?:[^,。;\d]{0,4}\d{0,2}月?(?:\d{1,2}日?)?)[^,。;\d]{0,4}(?:至|到|-|~)(20\d\d)年`)

// sinceYear tells from which year on a count goes: 2003年以来的, 自2011年5月起累计.
var sinceYear = regexp.MustCompile(`(20\d\d)年(?:\d{1,2}月)?(?:\d{1,2}日)?(?:条例)?(?:(?:实施|施行|开通|成立|上线|运行)?以来|起至今|至今)`)

// yearToDate is the year alone: 2015年1月至今.
var yearToDate = regexp.MustCompile(`(?:年1月(?:1日)?(?:起|以来)?|年初|今年|本年)至今`)

// isCumulative reports a count that covers more than the year: 自2008年以来累计, 网站开通至今, or a total of which 本年度 is a part.
func (v *view) isCumulative(drafts []draft, i, from int) bool {
	d := &drafts[i]
	for depth := 0; depth < maxDepth && d.of >= 0 && d.of < i && !v.sentenceEnds(drafts[d.of].end, d.start); depth++ {
		s := v.before(drafts, i)
		if strings.Contains(s, "本年") || strings.Contains(s, "今年") || strings.Contains(s, "当年") {
			return false
		}
		i, d = d.of, &drafts[d.of]
	}
	start := from
	if i > 0 && drafts[i-1].end > from && d.of < 0 {
		start = drafts[i-1].end
	}
	text := string(v.run[min(start, d.start):d.start])
	if strings.Contains(text, "以来") || strings.Contains(text, "至今") {
		if m := sinceYear.FindStringSubmatch(text); m != nil && v.year() != "" {
			return m[1] < v.year()
		}
	}
	for _, w := range sinceWords {
		if strings.Contains(text, w) && !strings.Contains(text, "今年以来") && !strings.Contains(text, "年初以来") && !yearToDate.MatchString(text) {
			return true
		}
	}
	if m := years.FindStringSubmatch(text); m != nil && m[1] < m[2] || strings.Contains(text, "来") && yearsLong.MatchString(text) {
		return true
	}
	return d.yearPart && (strings.Contains(text, "累计") || strings.Contains(text, "总"))
}

// markYearParts notes the totals of which a part is said to be of this year: 累计846条，其中本年度214条.
func (v *view) markYearParts(drafts []draft) {
	for k := range drafts {
		if drafts[k].of < 0 {
			continue
		}
		s := v.before(drafts, k)
		if strings.Contains(s, "本年度") || strings.Contains(s, "本年新") || strings.Contains(s, "今年") || strings.Contains(s, "当年") {
			drafts[drafts[k].of].yearPart = true
		}
	}
}
