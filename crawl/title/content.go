package title

import (
	"strings"

	"github.com/gongkai-data/gongkai/extract/lazyregexp"
	characters "github.com/gongkai-data/gongkai/extract/text"
)

var (
	selfName = lazyregexp.New(`年度报告|年报|工作报告|本报告|年度.{0,10}报告`)
	apology  = lazyregexp.New(`页面不存在|找不到|没有找到|未找到|无法找到|已被?删除|不存在或|已下线|404|访问的页面|暂无(数据|信息|内容|年报)|没有数据|尚未发布|无此年报`)
)

// statistics are labels of the tables that the authorities prescribe: a text that tells of a report does not print
// them.
var statistics = lazyregexp.New(`本年新收政府信息公开申请|上年结转政府信息公开申请|本年制发件数|本年新制作数量|结果维持|依申请公开信息目录数|收到(?:政府信息公开)?申请(?:总)?数`)

// Statistics reports whether a text holds the tables of a report.
func Statistics(text string) bool { return statistics.MatchString(text) }

// NamesItself reports whether a text calls itself an annual report on disclosure.
func NamesItself(text string) bool {
	return selfName.MatchString(text) && disclosure.MatchString(text)
}

// Apology reports whether a short text says that there is nothing here: a page that is no page behind a status of 200.
func Apology(text string) bool { return apology.MatchString(text) }

// Clip returns the first n runes of a text: what a title or a banner can stand in.
func Clip(text string, n int) string {
	count := 0
	for i := range text {
		if count == n {
			return text[:i]
		}
		count++
	}
	return strings.TrimSpace(text)
}

var author = lazyregexp.New(`(?:由|是|系)([^，。、；：,;:由《]{2,30}?)(?:按照|根据|依据|依照|组织|负责|独立|编制|编写|撰写|发布)`)

// Author returns the company, school or other body that is no office and that a text says has written it, or "".
func Author(text string) string {
	if m := author.FindStringSubmatch(characters.Squeeze(Clip(text, 600))); m != nil && enterprise.MatchString(m[1]) && !officeSchool.MatchString(m[1]) && !publicBody.MatchString(m[1]) {
		return m[1]
	}
	return ""
}
