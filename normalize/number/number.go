// Package number is the grammar of published numbers in table cells: digits of either width, signs, separators, units, dashes, Chinese numerals.
// It is a leaf: it imports nothing of ours. It never guesses: text that allows two readings is Unreadable.
package number

import (
	"math"
	"strconv"
	"strings"
	"unicode"
)

// States of a Value, named as the facts table names them.
const (
	Reported      = "reported"
	Blank         = "blank"
	NotApplicable = "not_applicable"
	Unreadable    = "unreadable"
)

// Units that a cell can state itself. The empty unit means that the cell states none.
const (
	Count  = "count"
	CNY    = "CNY"     // yuan
	CNY10k = "CNY_10k" // ten thousand yuan
)

// Value is one cell as read.
type Value struct {
	State   string  // Reported, Blank, NotApplicable or Unreadable
	Value   float64 // in Unit; 0 unless State is Reported
	Unit    string  // Count, CNY, CNY10k, or empty where the cell states no unit
	Problem string  // why it is Unreadable, or what was doubtful about a Reported value; empty otherwise
}

// Parse reads the text of one table cell.
//
// A cell holds at most one number, so digits apart from each other ("1 2", a line end between digits) are Unreadable;
// separators must group by three; "1,5" has two readings and is Unreadable.
func Parse(cell string) Value {
	s := clean(cell)
	switch s {
	case "":
		return Value{State: Blank}
	case "-", "--", "---", "----", "/", "\\", "无", "N/A", "n/a", "NA", "不适用", "无此项":
		return Value{State: NotApplicable}
	}
	var doubt string
	if rest := strings.TrimLeft(s, "? �"); rest != s && rest != "" && isDigit(rest[0]) {
		s, doubt = rest, "padding before the number is damaged"
	}
	v := parse(s)
	if v.State == Reported && v.Problem == "" {
		v.Problem = doubt
	}
	return v
}

func parse(s string) Value {
	negative := false
	switch {
	case strings.HasPrefix(s, "-"):
		negative, s = true, s[1:]
	case strings.HasPrefix(s, "+"):
		s = s[1:]
	default:
		for _, p := range signs {
			if rest, ok := strings.CutPrefix(s, p.word); ok {
				negative, s = p.negative, rest
				break
			}
		}
	}
	s = strings.TrimLeft(s, " ")
	digits, rest := splitDigits(s)
	var f float64
	if digits == "" {
		numeral, tail := splitChinese(s)
		n, ok := Chinese(numeral)
		if !ok {
			return Value{State: Unreadable, Problem: "no number: " + strconv.Quote(s)}
		}
		f, rest = n, tail
	} else {
		n, problem := decimal(digits)
		if problem != "" {
			return Value{State: Unreadable, Problem: problem}
		}
		f = n
	}
	scale, unit, ok := unitOf(strings.TrimSpace(rest))
	if !ok {
		return Value{State: Unreadable, Problem: "text after the number: " + strconv.Quote(rest)}
	}
	f = scaled(f, digits, scale)
	if math.IsInf(f, 0) || math.Abs(f) > 1<<53 {
		return Value{State: Unreadable, Problem: "number too large to be kept exactly"}
	}
	if negative && f != 0 {
		f = -f
	}
	return Value{State: Reported, Value: f, Unit: unit}
}

var signs = []struct {
	word     string
	negative bool
}{{"减少", true}, {"减", true}, {"负", true}, {"增加", false}, {"增", false}}

// clean folds full-width forms to ASCII, every space to ' ', dashes to '-', and trims; a line end between two other characters stays a space.
func clean(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range s {
		switch {
		case r == '\u200b' || r == '\u200c' || r == '\u200d' || r == '\ufeff' || r == '\u00ad':
			continue
		case unicode.IsSpace(r) || r == '\u3000' || unicode.IsControl(r):
			space = b.Len() > 0
			continue
		case r >= 0xff01 && r <= 0xff5e:
			r -= 0xfee0
		case r == '—' || r == '–' || r == '−' || r == '―' || r == '‐' || r == '‑' || r == '─' || r == '━' || r == 'ー' || r == '﹣':
			r = '-'
		case r == '﹢':
			r = '+'
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(r)
	}
	return b.String()
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// splitDigits cuts the longest run of digits, points and separators from the front.
func splitDigits(s string) (digits, rest string) {
	i := 0
	for i < len(s) && (isDigit(s[i]) || i > 0 && (s[i] == '.' || s[i] == ',' || s[i] == '\'')) {
		i++
	}
	if i > 0 && i < len(s) && s[i] == ' ' && i+1 < len(s) && isDigit(s[i+1]) {
		return s, "" // digits apart from each other: decimal refuses them
	}
	return s[:i], s[i:]
}

// decimal reads ASCII digits with grouping and one decimal point.
func decimal(s string) (float64, string) {
	whole, fraction, hasPoint := strings.Cut(s, ".")
	if hasPoint && (fraction == "" || strings.Trim(fraction, "0123456789") != "") {
		return 0, "no single decimal number: " + strconv.Quote(s)
	}
	if strings.Contains(whole, " ") {
		return 0, "two numbers in one cell: " + strconv.Quote(s)
	}
	for _, sep := range []string{",", "'"} {
		if !strings.Contains(whole, sep) {
			continue
		}
		groups := strings.Split(whole, sep)
		for i, g := range groups {
			if g == "" || i == 0 && (len(g) > 3 || g[0] == '0') || i > 0 && len(g) != 3 {
				return 0, "separator does not group by three: " + strconv.Quote(s)
			}
		}
		whole = strings.Join(groups, "")
	}
	if strings.Trim(whole, "0123456789") != "" {
		return 0, "no single decimal number: " + strconv.Quote(s)
	}
	if len(whole) > 1 && whole[0] == '0' {
		return 0, "leading zero, so perhaps several cells in one: " + strconv.Quote(s)
	}
	if hasPoint {
		whole += "." + fraction
	}
	f, err := strconv.ParseFloat(whole, 64)
	if err != nil {
		return 0, "no number: " + strconv.Quote(s)
	}
	return f, ""
}

var separators = strings.NewReplacer(",", "", "'", "")

// scaled multiplies in decimal, so that 615.54 万 is 6155400 and not 6155399.999….
func scaled(f float64, digits string, scale int) float64 {
	if scale == 0 {
		return f
	}
	if digits != "" {
		if g, err := strconv.ParseFloat(separators.Replace(digits)+"e"+strconv.Itoa(scale), 64); err == nil {
			return g
		}
	}
	return f * math.Pow10(scale)
}

// counters are the measure words seen behind counts in cells.
const counters = "件条项个次份宗篇起部册张名人期只场户家"

// unitNoise is what may stand around a unit without a meaning of its own.
var unitNoise = strings.NewReplacer(" ", "", "(", "", ")", "", "人民币", "")

// unitOf reads what stands behind the digits: a power of ten to multiply by, the unit stated, and whether the text was understood.
func unitOf(s string) (scale int, unit string, ok bool) {
	if s == "" {
		return 0, "", true
	}
	s = unitNoise.Replace(s)
	switch s {
	case "":
		return 0, "", true
	case "元", "元整":
		return 0, CNY, true
	case "万元":
		return 0, CNY10k, true
	case "亿元":
		return 4, CNY10k, true
	case "件次", "人次", "条次", "件条", "件/次", "条/次":
		return 0, Count, true
	}
	if rest, found := strings.CutPrefix(s, "万"); found {
		scale, s = 4, rest
	} else if rest, found := strings.CutPrefix(s, "亿"); found {
		scale, s = 8, rest
	}
	if s == "" || len([]rune(s)) == 1 && strings.Contains(counters, s) {
		return scale, Count, true
	}
	return 0, "", false
}
