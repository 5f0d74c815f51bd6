package mention

import (
	"slices"
	"sort"
	"strings"
	"sync"
)

// formWords are the labels of the forms of 2014, 2019 and 2021, folded, by their first character. A line made of
// nothing but these and bare numbers is a table that an exporter flattened into paragraphs; package report reads it,
// the narrative does not.
var formWords = sync.OnceValue(func() map[rune][][]rune {
	words := read("form_words").Rows
	sort.SliceStable(words, func(i, j int) bool { return len(words[i][0]) > len(words[j][0]) })
	m := map[rune][][]rune{}
	for _, w := range words {
		r := []rune(w[0])
		m[r[0]] = append(m[r[0]], r)
	}
	return m
})

// markFormRows marks the lines of the folded text that are rows of a flattened form.
func (v *view) markFormRows(marked []bool) {
	for start := 0; start < len(v.run); {
		end, digits := start, false
		for end < len(v.run) && v.run[end] != '\n' {
			digits = digits || isDigit(v.run[end])
			end++
		}
		if digits && v.isFormRow(start, end) {
			mark(marked, start, end)
		}
		start = end + 1
	}
}

// maxDamaged is how many characters a row of many numbers may have that are of no form label.
const maxDamaged = 12

// isFormRow reports a line of form labels and bare numbers. Damaged labels are allowed where the numbers are many.
func (v *view) isFormRow(start, end int) bool {
	if v.isStatisticsRow(start, end) {
		return true
	}
	numbers, labels, rest := 0, 0, 0
	for i := start; i < end; {
		if isDigit(v.run[i]) {
			for i < end && (isDigit(v.run[i]) || v.run[i] == '.') {
				i++
			}
			numbers++
			if i < end && v.unitAt(i) > 0 && !(v.has(i, "次")) {
				return false
			}
			continue
		}
		if n := v.formWord(i, end); n > 0 {
			labels++
			i += n
			continue
		}
		if isHan(v.run[i]) && !strings.ContainsRune("一二三四五六七八九十", v.run[i]) {
			if rest++; rest > maxDamaged {
				return false
			}
		}
		i++
	}
	switch {
	case numbers == 0:
		return false
	case rest == 0:
		return true // form labels and numbers only, or numbers only
	case numbers >= 5:
		return true
	}
	return labels > 0 && numbers >= 3 && rest <= 2
}

// isStatisticsRow reports a row of the statistics table of 2014 or of a table drawn with bars: label, unit, number
// (主动公开政府信息数 条 35), and no sentence.
func (v *view) isStatisticsRow(start, end int) bool {
	bars := 0
	for i := start; i < end; i++ {
		switch r := v.run[i]; {
		case r == '|':
			bars++
		case isFullStop(r) || r == ',':
			return false
		}
	}
	for end > start && !isWord(v.run[end-1]) && !isHan(v.run[end-1]) {
		end--
	}
	i := end
	for i > start && (isDigit(v.run[i-1]) || v.run[i-1] == '.') {
		i--
	}
	if i == end {
		return bars >= 2 && !isHan(v.run[max(start, end-1)])
	}
	for i > start && (v.run[i-1] == ' ' || v.run[i-1] == '|') {
		i--
	}
	for n := 1; n <= 2 && i-n > start; n++ {
		if v.unitAt(i-n) == n || v.has(i-n, "万元") {
			return true
		}
	}
	return bars >= 2
}

func (v *view) formWord(i, end int) int {
	for _, w := range formWords()[v.run[i]] {
		if i+len(w) <= end && slices.Equal(v.run[i:i+len(w)], w) {
			return len(w)
		}
	}
	return 0
}
