package number

import "strings"

var chineseDigits = map[rune]float64{'零': 0, '〇': 0, '一': 1, '二': 2, '两': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9,
	'壹': 1, '贰': 2, '叁': 3, '肆': 4, '伍': 5, '陆': 6, '柒': 7, '捌': 8, '玖': 9}

var chinesePowers = map[rune]float64{'十': 10, '拾': 10, '百': 100, '佰': 100, '千': 1000, '仟': 1000}

// Chinese reads a numeral written in Chinese characters (二十三, 一百零五, 两千, 三万二千, 十) or digit by digit (二〇二〇). It reports
// false for anything that is not one well-formed numeral: units must fall, and 百五 (105 or 150) has two readings.
func Chinese(s string) (float64, bool) {
	if s == "" {
		return 0, false
	}
	if !strings.ContainsAny(s, "十拾百佰千仟万亿") {
		return positional(s)
	}
	if whole, rest, found := strings.Cut(s, "亿"); found {
		return joined(whole, rest, 1e8)
	}
	if whole, rest, found := strings.Cut(s, "万"); found {
		return joined(whole, rest, 1e4)
	}
	return below10000(s)
}

// positional reads digits one by one, as years are written.
func positional(s string) (float64, bool) {
	total := 0.0
	for _, r := range s {
		d, ok := chineseDigits[r]
		if !ok || total > 1e12 {
			return 0, false
		}
		total = total*10 + d
	}
	return total, true
}

// joined reads whole × power + rest, where rest must be below power and complete.
func joined(whole, rest string, power float64) (float64, bool) {
	w, ok := Chinese(whole)
	if !ok || w == 0 || w >= power {
		return 0, false
	}
	if rest == "" {
		return w * power, true
	}
	r, ok := Chinese(strings.TrimPrefix(rest, "零"))
	if !ok || r >= power || r < power/10 && !strings.HasPrefix(rest, "零") {
		return 0, false
	}
	return w*power + r, true
}

func below10000(s string) (float64, bool) {
	total, digit, last := 0.0, -1.0, 1e5
	zero := false
	for i, r := range s {
		if d, ok := chineseDigits[r]; ok {
			if d == 0 && r != '零' && r != '〇' || digit >= 0 {
				return 0, false
			}
			if d == 0 {
				zero = true
				continue
			}
			digit = d
			continue
		}
		p, ok := chinesePowers[r]
		if !ok || p >= last {
			return 0, false
		}
		if digit < 0 {
			if p != 10 || i != 0 {
				return 0, false
			}
			digit = 1
		}
		if p < last/10 && last < 1e5 && !zero {
			return 0, false // 一千二十 without 零
		}
		total += digit * p
		digit, last, zero = -1, p, false
	}
	if digit >= 0 {
		if last > 10 && !zero {
			return 0, false // 一百五: 105 or 150
		}
		total += digit
	}
	return total, true
}

// splitChinese cuts the longest run of numeral characters from the front.
func splitChinese(s string) (numeral, rest string) {
	for i, r := range s {
		_, digit := chineseDigits[r]
		_, power := chinesePowers[r]
		if !digit && !power && r != '万' && r != '亿' {
			return s[:i], s[i:]
		}
	}
	return s, ""
}

// IsNumeral reports whether a text is made of the characters of Chinese numerals and nothing else. It need not be a
// well-formed one.
func IsNumeral(s string) bool {
	_, rest := splitChinese(s)
	return s != "" && rest == ""
}
