package list

import (
	"strconv"
	"strings"

	"github.com/gongkai-data/gongkai/crawl/page"
	"github.com/gongkai-data/gongkai/extract/lazyregexp"
)

// What a site states of a list's extent: in words, in its scripts or in an attribute.
var (
	recordWords = lazyregexp.New(`共\s*(?:计|有|检索到|查询到)?\s*[:：]?\s*(\d{1,6})\s*(?:条|篇)|总(?:记录|条)数?\s*[:：]?\s*(\d{1,6})`)
	recordCode  = lazyregexp.New(`(?i)(?:total_?records?|total_?counts?|record_?counts?|total_?(?:num|rows?|items?)|all_?count|data-(?:total|records))["']?\s*[:=]\s*["']?(\d{1,6})\b|class=["']all_count["'][^>]*>\s*(\d{1,6})|laypage[\s\S]{0,200}?\bcount\s*:\s*(\d{1,6})`)
	// A pager that a script makes: where nothing states how much there is, there may be more than the page shows.
	pagerScript = lazyregexp.New(`(?i)laypage|\.pagination\(|createpage\w*\(|\bpager\s*\(|pagination\s*\(|\.paging\(|jqPaginator|el-pagination|a-pagination|v-pagination|van-list|infinite-?scroll|\.page\(\s*\{`)
	pageWords   = lazyregexp.New(`共\s*(?:计|有)?\s*(\d{1,5})\s*页|总页数\s*[:：]?\s*(\d{1,5})`)
	pageCode    = lazyregexp.New(`(?i)(?:count_?page|total_?pages?|page_?count|page_?total|pages?num_?total|all_?pages?|data-(?:pages|page-?count|total-?pages?|last-?page))["']?\s*[:=]\s*["']?(\d{1,5})\b`)
	pageOf      = lazyregexp.New(`(\d{1,5})\s*/\s*(\d{1,5})`)
)

// statedRecords is the number of entries that a page says its list has, or 0.
func statedRecords(p *page.Page) int {
	if n := number(recordWords.FindStringSubmatch(p.Text())); n > 0 {
		return n
	}
	return number(recordCode.FindStringSubmatch(p.Source))
}

// statedPages is the number of pages that a page says its list has, or 0.
func statedPages(p *page.Page) int {
	text := p.Text()
	if n := number(pageWords.FindStringSubmatch(text)); n > 0 {
		return n
	}
	if n := number(pageCode.FindStringSubmatch(p.Source)); n > 0 {
		return n
	}
	return pageOfPages(text)
}

// pageOfPages reads 2/14 as page 2 of 14, and a date like 2024/1/26 as nothing.
func pageOfPages(text string) int {
	for _, m := range pageOf.FindAllStringSubmatchIndex(text, 200) {
		before, after := strings.TrimRight(text[:m[0]], " "), text[m[1]:]
		if strings.HasSuffix(before, "/") || strings.HasSuffix(before, "-") || strings.HasPrefix(after, "/") || strings.HasPrefix(after, "-") || endsInDigit(text[:m[0]]) || startsWithDigit(after) {
			continue
		}
		at, _ := strconv.Atoi(text[m[2]:m[3]]) // digits by the pattern
		of, _ := strconv.Atoi(text[m[4]:m[5]])
		marked := strings.HasPrefix(strings.TrimLeft(after, " "), "页") || strings.HasSuffix(before, "页") || strings.HasSuffix(before, "第") || strings.HasSuffix(before, "条") || strings.HasSuffix(before, "次")
		if at >= 1 && at <= of && (marked || len(strings.Fields(after)) == 0 || pagerWord.MatchString(text[max(0, m[0]-30):min(len(text), m[1]+60)])) {
			return of
		}
	}
	return 0
}

var pagerWord = lazyregexp.New(`首页|上一?页|下一?页|尾页|末页|共\s*\d+\s*条`)

func endsInDigit(s string) bool     { return s != "" && s[len(s)-1] >= '0' && s[len(s)-1] <= '9' }
func startsWithDigit(s string) bool { return s != "" && s[0] >= '0' && s[0] <= '9' }

// number is the first group of a match that holds one.
func number(m []string) int {
	for _, g := range m[min(len(m), 1):] {
		if n, err := strconv.Atoi(g); err == nil {
			return n
		}
	}
	return 0
}
