// Package rule tries the arithmetic identities of the legal forms over plain values; which they are, its caller says
// (normalize/identity). It is a leaf: it imports nothing of ours.
//
// The identities are the form's own 勾稽关系 (国办公开办函〔2019〕60号, 〔2021〕30号; the 2014 appendix: 国办发〔2014〕32号).
// A rule never changes a value: it says pass, fail, or not assessable, and over which cells.
package rule

import (
	"math"
	"strconv"
	"strings"
)

// Outcomes of a Check.
const (
	Pass          = "pass"
	Fail          = "fail"
	NotAssessable = "not_assessable"
)

// Key names one cell of the forms: an indicator and, where the table has applicant columns, an applicant.
type Key struct{ Indicator, Applicant string }

// String prints the key as checks.cells holds it: indicator, or indicator/applicant.
func (k Key) String() string {
	if k.Applicant == "" {
		return k.Indicator
	}
	return k.Indicator + "/" + k.Applicant
}

// Table holds the cells of one report that hold a number or are known to hold none. A key that maps to NaN is a cell
// that is there without a number (blank, dash, unreadable); an absent key is a cell the page lacks.
type Table map[Key]float64

// Check is one rule tried on one report.
type Check struct {
	Rule, Expression string
	LHS, RHS         *float64 // null where a side has no number
	Outcome          string
	Remark           Remark // empty where there is nothing to remark
	Cells            []Key  // the cells that took part, those without a number too
}

// Remark is what is to be said of a check: the code of a note, which whoever shows it words, and what the note names.
type Remark struct {
	Code string
	Args []string
}

// Delta returns LHS − RHS, or nil where a side is null.
func (c Check) Delta() *float64 {
	if c.LHS == nil || c.RHS == nil {
		return nil
	}
	d := *c.LHS - *c.RHS
	if math.Abs(d) < 1e-9 {
		d = 0
	}
	return &d
}

// Equal reports whether two published numbers agree; amounts are decimal, so the tolerance is below any printed digit.
func Equal(a, b float64) bool { return math.Abs(a-b) < 1e-6 }

// side is one side of an identity: what its numbers add up to and how many of its cells hold none.
type side struct {
	sum                    float64
	numbers, blank, absent int
	keys                   []Key
}

func (t Table) side(keys []Key) side {
	s := side{}
	for _, k := range keys {
		v, there := t[k]
		switch {
		case !there:
			s.absent++
			continue
		case math.IsNaN(v):
			s.blank++
		default:
			s.sum += v
			s.numbers++
		}
		s.keys = append(s.keys, k)
	}
	return s
}

// complete reports whether every cell of the side holds a number.
func (s side) complete() bool { return s.blank == 0 && s.absent == 0 }

// equation tries Σ left = Σ right. All cells are counts or amounts, which are not negative; so a side with cells that
// hold no number is a lower bound: when it is above the other, complete side the identity fails whatever the blanks
// mean, when they are equal it passes. ok is false where the page holds none of the left or none of the right cells, so
// that there is nothing to try.
func (t Table) equation(rule string, left, right []Key) (c Check, ok bool) {
	l, r := t.side(left), t.side(right)
	if l.numbers+l.blank == 0 || r.numbers+r.blank == 0 {
		return Check{}, false
	}
	c = Check{Rule: rule, Expression: join(l.keys) + " = " + join(r.keys), Cells: append(append([]Key{}, l.keys...), r.keys...)}
	if l.numbers > 0 {
		c.LHS = &l.sum
	}
	if r.numbers > 0 {
		c.RHS = &r.sum
	}
	missing := l.blank + l.absent + r.blank + r.absent
	switch {
	case missing == 0 && Equal(l.sum, r.sum):
		c.Outcome = Pass
	case missing == 0:
		c.Outcome = Fail
	case c.LHS == nil || c.RHS == nil:
		c.Outcome = NotAssessable
	case Equal(l.sum, r.sum):
		c.Outcome = Pass
	case l.complete() && r.sum > l.sum, r.complete() && l.sum > r.sum:
		c.Outcome = Fail
	default:
		c.Outcome = NotAssessable
	}
	if missing > 0 {
		c.Remark = Remark{"cells_without_number", []string{strconv.Itoa(missing)}}
	}
	return c, true
}

func join(keys []Key) string {
	words := make([]string, len(keys))
	for i, k := range keys {
		words[i] = k.String()
	}
	return strings.Join(words, " + ")
}
