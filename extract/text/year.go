package text

import (
	"strings"

	"github.com/gongkai-data/gongkai/extract/lazyregexp"
)

// YearSpelled is a regular expression for a year spelled digit by digit: 二〇二〇, 二○一九, 二零二零, 二O二O.
const YearSpelled = `[一二][九` + zeros + `][` + zeros + `一二三四五六七八九]{2}`

// zeros are the signs that stand for zero in a spelled year: the ideograph and the circles, letters and digits that
// look like it.
const zeros = "零〇○◯Ｏｏ０Oo0ОΟ"

const spelledDigits = "一二三四五六七八九"

// Year reads the digits of a year written in figures of either width or spelled (2020, ２０２０, 二〇二〇). It reports false
// for what is not four digits.
func Year(s string) (int, bool) {
	year, digits := 0, 0
	for _, r := range s {
		d := strings.IndexRune("0123456789", Halfwidth(r))
		if d < 0 {
			if d = strings.IndexRune(spelledDigits, r); d >= 0 {
				d = d/len("一") + 1
			}
		}
		if d < 0 && strings.ContainsRune(zeros, r) {
			d = 0
		}
		if d < 0 {
			return 0, false
		}
		year, digits = year*10+d, digits+1
	}
	return year, digits == 4
}

var (
	stated  = lazyregexp.New(`(20\d\d|２０[０-９]{2}|` + YearSpelled + `)年`)
	yearEnd = lazyregexp.New(`(?:20\d\d|２０[０-９]{2}|` + YearSpelled + `)年?度?$`)
)

// Years returns the years that a line without spaces states with their word (2023年, 二〇二三年), in order.
func Years(line string) (years []int) {
	if !strings.Contains(line, "年") {
		return nil
	}
	for _, m := range stated.FindAllStringSubmatch(line, -1) {
		if year, ok := Year(m[1]); ok && year >= 2000 && year < 2100 {
			years = append(years, year)
		}
	}
	return years
}

// WithoutYear takes the year from the end of a line: 青禾镇人民政府2025年.
func WithoutYear(line string) string { return yearEnd.ReplaceAllString(line, "") }
