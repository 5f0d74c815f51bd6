// Package number is the grammar of published numbers in table cells: digits of either width, signs, separators, units,
// dashes, Chinese numerals. It is a leaf: it imports nothing of ours. It never guesses: text that allows two readings
// is Unreadable.
package number

import (
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/gongkai-data/gongkai/extract/lazyregexp"
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
	State string  // Reported, Blank, NotApplicable or Unreadable
	Value float64 // in Unit; 0 unless State is Reported
	Unit  string  // Count, CNY, CNY10k, or empty where the cell states no unit
	Code  string  // why it is Unreadable, as the code of a sentence in the code book; empty otherwise
	At    string  // the text that Code speaks of
}

// Parse reads the text of one table cell as a person sees it: what shows nothing (zero-width spaces, soft hyphens) and
// white space around the number are left out, and any other character that the grammar does not know makes the cell
// Unreadable.
//
// A cell holds at most one number, so digits apart from each other ("1 2", a line end between digits) are Unreadable;
// separators must group by three; "1,5" has two readings and is Unreadable. So have 一 alone and rows of it, which may
// be dashes. Marks of notes behind the number (12①, 12*, 12[1]) and the signs of a formula ($12$) are no part of it.
func Parse(cell string) Value {
	if n, ok := plain(cell); ok {
		return Value{State: Reported, Value: n}
	}
	s := clean(outOfFormula(cell))
	switch s {
	case "":
		return Value{State: Blank}
	case "-", "--", "---", "----", "/", "\\", "无", "N/A", "n/a", "NA", "不适用", "无此项":
		return Value{State: NotApplicable}
	}
	if strings.Trim(s, "一-ー") == "" && strings.Contains(s, "一") {
		return Value{State: Unreadable, Code: "numeral_or_dash", At: s}
	}
	if strings.Trim(s, longDashes) == "" {
		return Value{State: NotApplicable}
	}
	return parse(s)
}

// plain reads digits and nothing else, as nearly all cells hold them; not those that begin with a zero, nor more than
// are exact.
func plain(cell string) (n float64, ok bool) {
	if cell == "" || len(cell) > 15 || cell[0] == '0' && len(cell) > 1 {
		return 0, false
	}
	for i := range len(cell) {
		if cell[i] < '0' || cell[i] > '9' {
			return 0, false
		}
		n = 10*n + float64(cell[i]-'0')
	}
	return n, true
}

// longDashes fill a cell as a dash does; none of them is a minus.
const longDashes = "-―─━ー"

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
		if !ok || !strings.ContainsAny(numeral, "十拾百佰千仟万亿") && utf8.RuneCountInString(numeral) > 1 { // 五六 is five or six
			return Value{State: Unreadable, Code: "no_number", At: s}
		}
		f, rest = n, tail
	} else {
		n, code := decimal(digits)
		if code != "" {
			return Value{State: Unreadable, Code: code, At: digits}
		}
		f = n
	}
	if begins, _ := utf8.DecodeRuneInString(rest); begins >= '①' && begins <= '⑳' || strings.ContainsRune("[(*†‡※", begins) {
		rest = mark.ReplaceAllString(rest, "")
	}
	scale, unit, ok := unitOf(strings.Trim(withoutNote(rest, f), " "))
	if !ok {
		return Value{State: Unreadable, Code: "text_after", At: rest}
	}
	f = scaled(f, digits, scale)
	if math.IsInf(f, 0) || math.Abs(f) > 1<<53 {
		return Value{State: Unreadable, Code: "too_large", At: s}
	}
	if negative && f != 0 {
		f = -f
	}
	return Value{State: Reported, Value: f, Unit: unit}
}

// mark is the mark of a note right behind the digits: a raised one as readers write it, or one that no number has. A
// raised digit may be a power.
var mark = lazyregexp.New(`^(?:\[\^[^\[\]]{1,6}\]|\[注?\d{1,2}\]|\(注[一二三四五六七八九十\d]{0,2}\)|[①-⑳*†‡※])+`)

// formula is a number set as a formula, as programs that read pictures of pages write it: $ 1 2 $, \(\mathrm{12}\).
var (
	formula = lazyregexp.New(`^\s*(?:\$\$?|\\\()\s*([^$\\]*?|\\(?:mathrm|mathbf|mathit|text|textbf)\s*\{([^$\\{}]*)\}\s*)\s*(?:\$\$?|\\\))\s*$`)
	figures = lazyregexp.New(`^[+-]?[\d ]+(?:\. ?[\d ]+)?$`)
)

// outOfFormula returns what a formula shows; white space in it says nothing.
func outOfFormula(cell string) string {
	if !strings.ContainsAny(cell, `$\`) {
		return cell
	}
	m := formula.FindStringSubmatch(cell)
	if m == nil {
		return cell
	}
	inner := m[1]
	if m[2] != "" {
		inner = m[2]
	}
	if figures.MatchString(inner) {
		return strings.ReplaceAll(inner, " ", "")
	}
	return inner
}

// note is a remark in brackets that ends a cell and says how much of its number is of one kind: 22（其中修订16件）.
var note = lazyregexp.New(`^(.*)\((?:其中|含|包含|包括)[^()\d]*(\d{1,9})[^()\d%]*\)$`)

// withoutNote cuts off a note on a part that is no larger than the number f.
func withoutNote(s string, f float64) string {
	if m := note.FindStringSubmatch(s); m != nil {
		if part, err := strconv.ParseFloat(m[2], 64); err == nil && part <= f {
			return m[1]
		}
	}
	return s
}

var signs = []struct {
	word     string
	negative bool
}{{"减少", true}, {"减", true}, {"负", true}, {"增加", false}, {"增", false}}

// clean leaves out what shows nothing, folds full-width forms to ASCII, white space to ' ', dashes that may be a minus
// to '-', and trims; a line end between two other characters stays a space, and a thin space that groups digits by
// three a comma.
func clean(s string) string {
	s = grouped(s)
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range s {
		switch {
		case r >= 0x200b && r <= 0x200d || r == 0x2060 || r == 0xfeff || r == 0xad:
			continue
		case isSpace(r):
			space = b.Len() > 0
			continue
		case r >= 0xff01 && r <= 0xff5e:
			r -= 0xfee0
		case r == '—' || r == '–' || r == '−' || r == '‐' || r == '‑' || r == '﹣':
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

// isSpace reports white space. NEL and the vertical tab are control characters, and the Ogham space is drawn as a line.
func isSpace(r rune) bool { return unicode.IsSpace(r) && r != '\v' && r != 0x85 && r != 0x1680 }

// thinGroups is a number whose digits a thin or a narrow no-break space groups by three, as printers do.
var thinGroups = lazyregexp.New(`^\s*[-+－＋−]?[1-9]\d{0,2}(?:[\x{2009}\x{202f}]\d{3})+(?:\.\d+)?(?:\D|$)`)

func grouped(s string) string {
	if !strings.ContainsAny(s, "\u2009\u202f") || !thinGroups.MatchString(s) {
		return s
	}
	return strings.NewReplacer("\u2009", ",", "\u202f", ",").Replace(s)
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

// decimal reads ASCII digits with grouping and one decimal point. code says why they are no number.
func decimal(s string) (f float64, code string) {
	whole, fraction, hasPoint := strings.Cut(s, ".")
	if hasPoint && (fraction == "" || strings.Trim(fraction, "0123456789") != "") {
		return 0, "not_decimal"
	}
	if strings.Contains(whole, " ") {
		return 0, "two_numbers"
	}
	for _, sep := range []string{",", "'"} {
		if !strings.Contains(whole, sep) {
			continue
		}
		groups := strings.Split(whole, sep)
		for i, g := range groups {
			if g == "" || i == 0 && (len(g) > 3 || g[0] == '0') || i > 0 && len(g) != 3 {
				return 0, "bad_groups"
			}
		}
		whole = strings.Join(groups, "")
	}
	if strings.Trim(whole, "0123456789") != "" {
		return 0, "not_decimal"
	}
	if len(whole) > 1 && whole[0] == '0' {
		return 0, "leading_zero"
	}
	if hasPoint {
		whole += "." + fraction
	}
	f, err := strconv.ParseFloat(whole, 64)
	if err != nil {
		return 0, "no_number"
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

// unitNoise is what may stand with a unit without a meaning of its own.
var unitNoise = strings.NewReplacer(" ", "", "(人民币)", "", "人民币", "")

// unitOf reads what stands behind the digits: a power of ten to multiply by, the unit stated, and whether the text was
// understood.
func unitOf(s string) (scale int, unit string, ok bool) {
	if s == "" {
		return 0, "", true
	}
	if s = unitNoise.Replace(s); s == "" {
		return 0, "", true
	}
	if inner, found := strings.CutPrefix(s, "("); found { // 12（件）
		if s, found = strings.CutSuffix(inner, ")"); !found || s == "" {
			return 0, "", false
		}
	}
	switch s {
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
