package mention

import (
	"strings"

	"github.com/gongkai-data/gongkai/extract/mention/pattern"
)

// side is on which side of a number its approximation is looked for.
type side uint8

const (
	ahead side = iota
	behind
)

// number is a count on which the rules of numbers.csv (is it one?) and about.csv (is it exact?) are tried.
type number struct {
	*view
	c    *count
	side side
}

// number returns a count to try rules on. It lasts until the next call.
func (v *view) number(c *count) *number {
	v.scratch.number = number{view: v, c: c}
	return &v.scratch.number
}

// isCount reports that a number counts something.
func (v *view) isCount(c *count) bool { return v.rules.numbers.does(v.number(c)) == "count" }

func (n *number) unitOf() uint8     { return n.c.kind }
func (n *number) place() (int, int) { return n.c.start, n.c.end }

// numeral returns the digits or characters of the number as folded.
func (n *number) numeral() []rune { return n.run[n.c.numeral[0]:n.c.numeral[1]] }

var numberFacts = facts[*number]{flags: map[string]func(*number) bool{
	"before":   func(n *number) bool { return n.side == ahead },
	"behind":   func(n *number) bool { return n.side == behind },
	"unit":     func(n *number) bool { return n.c.kind != 0 },
	"money":    func(n *number) bool { return n.c.unitIs("money") },
	"about":    func(n *number) bool { return n.c.approx },
	"chinese":  func(n *number) bool { return n.c.chinese },
	"arabic":   func(n *number) bool { return !n.c.chinese },
	"zero":     func(n *number) bool { return n.c.value == 0 },
	"several":  func(n *number) bool { return n.c.value > 1 },
	"power":    func(n *number) bool { return n.c.power >= 4 },
	"plus":     func(n *number) bool { return n.rune(n.c.end-1) == '+' },
	"odd":      func(n *number) bool { return n.c.approx && n.rune(n.c.end-1) == '余' },
	"fraction": func(n *number) bool { return n.c.value != float64(int64(n.c.value)) },
	"long":     func(n *number) bool { return len(n.numeral()) > 8 },
	"year":     func(n *number) bool { return isYear(n.numeral()) },
	"large":    func(n *number) bool { return n.c.value > 10 || n.c.approx || len(n.numeral()) >= 2 },
}}

// isYear reports four digits that tell a year, or four characters of digits.
func isYear(numeral []rune) bool {
	if len(numeral) != 4 {
		return false
	}
	if isDigit(numeral[0]) {
		head := string(numeral[:2])
		return head == "19" || head == "20"
	}
	return !strings.ContainsAny(string(numeral), "十百千万亿")
}

func (v *view) words() *pattern.Text { return &v.text }

// fired notes that a rule decided, where a test asks for it.
func (v *view) fired(rule string) {
	if v.trace != nil {
		v.trace(rule)
	}
}
