package mention

import (
	"slices"
	"sort"

	"github.com/gongkai-data/gongkai/extract/mention/pattern"
)

// zeroKind tells what a zero in words denies.
type zeroKind uint8

const (
	noZero zeroKind = iota
	zeroRequests
	zeroReview
	zeroSuit
)

var zeroKinds = map[string]zeroKind{"request": zeroRequests, "review": zeroReview, "suit": zeroSuit}

// maxDenial bounds a clause that denies something, in characters.
const maxDenial = 150

// zeros lists the zeros in words. A denial with a number behind it in its clause is left to the number (没有收到…0件 is one
// count, not two).
func (v *view) zeros(counts []count) []draft {
	var all []draft
	for start := 0; start < len(v.run); {
		end, denies := start, false
		for end < len(v.run) && !isFullStop(v.run[end]) {
			denies = denies || isDenial(v.run[end])
			end++
		}
		if denies {
			all = append(all, v.zerosIn(start, end, counts)...)
		}
		start = end + 1
	}
	return all
}

// isDenial reports a character one of which every denial has.
func isDenial(r rune) bool { return r == '未' || r == '没' || r == '无' || r == '不' || r == '零' }

// zerosIn reads the clauses of one sentence; each thing is denied once.
func (v *view) zerosIn(start, end int, counts []count) []draft {
	var all []draft
	for from := start; from < end; {
		to := from
		for to < end && v.run[to] != ',' {
			to++
		}
		clause := span{from, v.withSuit(to, end, counts)}
		from = clause.to + 1
		if clause.width() > maxDenial || hasCount(counts, clause) || !slices.ContainsFunc(v.run[clause.from:clause.to], isDenial) {
			continue
		}
		for _, d := range v.zeroClause(clause) {
			if !slices.ContainsFunc(all, func(o draft) bool { return o.zero == d.zero }) {
				all = append(all, d)
			}
		}
	}
	return all
}

func hasCount(counts []count, in span) bool {
	i := sort.Search(len(counts), func(i int) bool { return counts[i].start >= in.from })
	return i < len(counts) && counts[i].start < in.to
}

// withSuit takes to a denied clause that ends at to the next one, where it resumes with the same denial:
// 未发生因信息公开申请行政复议，提起行政诉讼的情况.
func (v *view) withSuit(to, end int, counts []count) int {
	next := to + 1
	for next < end && v.run[next] != ',' {
		next++
	}
	if to < end && next-to <= 20 && v.rules.suitGoesOn.in(v, span{to + 1, next}) && !hasCount(counts, span{to, next}) {
		return next
	}
	return to
}

// negation is a clause, or what it denies, on which the rules of zeros.csv are tried.
type negation struct {
	*view
	clause span
	object span
	text   *pattern.Text // of rest
	rest   span          // what is denied without causes and without what follows of them
}

func (n *negation) unitOf() uint8     { return 0 }
func (n *negation) place() (int, int) { return n.clause.from, n.clause.to }

var negationFacts = facts[*negation]{
	flags: map[string]func(*negation) bool{
		"object": func(n *negation) bool { return !n.object.empty() },
	},
	finds: map[string]func(*negation) bool{
		// request: what is denied is, without its causes, a request for information.
		"request": func(n *negation) bool { return n.rules.deniedRequest.holds(n.text, n.rest) },
	},
	spans: map[string]func(*negation) span{
		"clause": func(n *negation) span { return n.clause },
		"object": func(n *negation) span { return n.object },
	},
}

// zeroClause reads one clause: what is denied stands behind the denial, or before one that ends the clause, or is the
// heading above.
func (v *view) zeroClause(clause span) []draft {
	v.negation = negation{view: v, clause: clause}
	if v.rules.zeros.does(&v.negation) == "none" {
		return nil
	}
	if start, end, ok := v.rules.denials.Find(v.words(), clause.from, clause.to); ok {
		if ds := v.denied(span{start, end}, span{start, clause.to}); ds != nil {
			return ds
		}
	}
	start, _, ok := v.rules.bareDenials.Find(v.words(), clause.from, clause.to)
	switch {
	case !ok:
		return nil
	case start == clause.from || v.rules.onlyTime.in(v, span{clause.from, start}):
		return v.zeroUnderHeading(clause)
	}
	return v.denied(span{start, clause.to}, span{clause.from, start})
}

// maxBareDenial bounds a line that denies the heading above it, in characters: 本单位2023年度无.
const maxBareDenial = 14

// zeroUnderHeading reads a line that says nothing but 无: what it denies is the heading above it.
func (v *view) zeroUnderHeading(clause span) []draft {
	end := clause.from - 1
	if v.rune(end) != '\n' || clause.width() > maxBareDenial {
		return nil
	}
	start := end
	for start > 0 && end-start <= 50 && v.run[start-1] != '\n' {
		start--
	}
	if end-start > 50 || end-start < 4 {
		return nil
	}
	return v.denied(clause, span{start, end})
}

// denied lists what a denial says did not happen.
func (v *view) denied(denial, object span) []draft {
	n := &negation{view: v, clause: denial, object: object}
	n.setCausesAside()
	var all []draft
	v.rules.zeros.each(n, func(r *row[*negation]) bool {
		kind := zeroKinds[r.does]
		if kind == noZero {
			return false
		}
		if label := v.firstOf(object, v.rules.deniedWords[kind]); !label.empty() {
			c := count{numeral: [2]int{denial.from, denial.to}, start: denial.from, end: denial.to}
			all = append(all, draft{count: c, label: label, of: -1, zero: kind})
		}
		return true
	})
	return all
}

// setCausesAside fills text and rest: 因依申请公开引起的行政复议 denies reviews and no requests.
func (n *negation) setCausesAside() {
	runes := slices.Clone(n.run[n.object.from:n.object.to])
	runes = replaced(runes, n.rules.caused, "")
	runes = replaced(runes, n.rules.causes, "因")
	runes = replaced(runes, n.rules.appeals, "")
	n.text, n.rest = &pattern.Text{Runes: runes}, span{0, len(runes)}
}

// replaced puts with in the place of what a pattern matches.
func replaced(runes []rune, p lookup, with string) []rune {
	t := &pattern.Text{Runes: runes}
	var out []rune
	at := 0
	for at < len(runes) {
		start, end, ok := p.Find(t, at, len(runes))
		if !ok || end == start {
			break
		}
		out = append(append(out, runes[at:start]...), []rune(with)...)
		at = end
	}
	return append(out, runes[at:]...)
}

// firstOf returns the last place of the first of several words that stands in a range.
func (v *view) firstOf(s span, words []lookup) span {
	for _, w := range words {
		if at := v.lastIn(s, w); !at.empty() {
			return at
		}
	}
	return span{}
}
