package read_test

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/gongkai-data/gongkai/extract"
)

// score counts what agreed between gold and report, of one document or of many.
type score struct {
	docs, whole, cells, exact, silent      int
	tp, fp, fn                             int
	approx, share, shares, part, parts     int
	category, categories, cumul, cumulText int
	lines                                  []string
}

func (s *score) add(o score) {
	for _, p := range [][2]*int{{&s.docs, &o.docs}, {&s.whole, &o.whole}, {&s.cells, &o.cells}, {&s.exact, &o.exact}, {&s.silent, &o.silent}, {&s.tp, &o.tp}, {&s.fp, &o.fp}, {&s.fn, &o.fn},
		{&s.approx, &o.approx}, {&s.share, &o.share}, {&s.shares, &o.shares}, {&s.part, &o.part}, {&s.parts, &o.parts}, {&s.category, &o.category}, {&s.categories, &o.categories},
		{&s.cumul, &o.cumul}, {&s.cumulText, &o.cumulText}} {
		*p[0] += *p[1]
	}
}

func (s *score) floors() floors {
	rate := func(n, of int) float64 {
		if of == 0 {
			return 1
		}
		return math.Floor(1e4*float64(n)/float64(of)) / 1e4
	}
	return floors{Cells: rate(s.exact, s.cells), Silent: s.silent, Whole: rate(s.whole, s.docs), Precision: rate(s.tp, s.tp+s.fp), Recall: rate(s.tp, s.tp+s.fn),
		Approx: rate(s.approx, s.tp), Share: rate(s.share, s.shares), PartOf: rate(s.part, s.parts), Category: rate(s.category, s.categories), Cumulative: rate(s.cumul, s.cumulText)}
}

type cellKey struct{ indicator, applicant string }

func keyOf(indicator string, applicant *string) cellKey {
	if applicant == nil {
		return cellKey{indicator: indicator}
	}
	return cellKey{indicator, *applicant}
}

// compareFacts holds the facts of a report against its gold. A cell is silently wrong when a number was reported that
// the page does not hold there and no problem was told; a fact that the page lacks counts too unless it is zero.
func compareFacts(g gold, r *extract.Report) score {
	s := score{docs: 1}
	have := map[cellKey]extract.Fact{}
	for _, f := range r.Facts {
		have[keyOf(f.Indicator, f.Applicant)] = f
	}
	want := map[cellKey]goldFact{}
	for _, f := range g.Facts {
		want[keyOf(f.Indicator, f.Applicant)] = f
	}
	if g.ExpectProblem != "" {
		told := false
		for _, p := range r.Problems {
			told = told || strings.Contains("|"+g.ExpectProblem+"|", "|"+p.Kind+"|")
		}
		if !told {
			s.lines = append(s.lines, fmt.Sprintf("no problem of kind %s told, but %v", g.ExpectProblem, r.Problems))
		}
	}
	if g.Trap {
		for _, k := range sorted(have) {
			f := have[k]
			if w, ok := want[k]; f.Value != nil && (!ok || !same(w.Value, f.Value)) {
				s.silent++
				s.lines = append(s.lines, fmt.Sprintf("guessed %v as %g", k, *f.Value))
			}
		}
		s.close()
		return s
	}
	for _, k := range sorted(want) {
		w := want[k]
		s.cells++
		if w.State == "" {
			w.State = extract.Reported
		}
		f, ok := have[k]
		if ok && f.State == w.State && same(w.Value, f.Value) {
			s.exact++
			continue
		}
		s.lines = append(s.lines, fmt.Sprintf("%v: want %s, got %s", k, say(w.State, w.Value), say(f.State, f.Value)))
		if ok && f.State == extract.Reported && len(r.Problems) == 0 {
			s.silent++
		}
	}
	for _, k := range sorted(have) {
		f := have[k]
		if _, ok := want[k]; !ok && k.indicator != "processing_fee.amount" {
			s.lines = append(s.lines, fmt.Sprintf("%v: not on the page, got %s", k, say(f.State, f.Value)))
			if f.Value != nil && *f.Value != 0 {
				s.silent++
			}
		}
	}
	if got := template(r); got != g.Template && g.Template != "2008" {
		s.lines = append(s.lines, fmt.Sprintf("template %q, want %q", got, g.Template))
	}
	s.close()
	return s
}

func sorted[V any](m map[cellKey]V) []cellKey {
	return slices.SortedFunc(maps.Keys(m), func(a, b cellKey) int {
		return cmp.Or(cmp.Compare(a.indicator, b.indicator), cmp.Compare(a.applicant, b.applicant))
	})
}

// close counts a document without any difference in its cells as whole, and keeps the report of differences short.
func (s *score) close() {
	if len(s.lines) == 0 {
		s.whole++
	}
	if n := len(s.lines); n > 6 {
		s.lines = append(s.lines[:6], fmt.Sprintf("and %d more", n-6))
	}
}

func same(a, b *float64) bool {
	return (a == nil) == (b == nil) && (a == nil || math.Abs(*a-*b) < 1e-9)
}

func say(state string, v *float64) string {
	if v != nil {
		return fmt.Sprintf("%g", *v)
	}
	if state == "" {
		return "nothing"
	}
	return state
}

// compareMentions scores the counts of the text: a match is the same count and unit and an overlapping label, as the
// project's acceptance script has it.
func (s *score) compareMentions(g gold, r *extract.Report) {
	if g.Mentions == nil || g.Trap {
		return
	}
	used := map[int]int{} // index in r.Mentions -> index in the gold
	found := map[int]int{}
	for i, w := range g.Mentions {
		hit := -1
		for j, m := range r.Mentions {
			if _, taken := used[j]; !taken && m.Count == w.Count && (w.Unit == "" || w.Count == 0 || bareUnit(m.Unit) == bareUnit(w.Unit)) && overlaps(m.Label, w.Label) {
				hit = j
				break
			}
		}
		if hit < 0 {
			s.fn++
			s.lines = append(s.lines, fmt.Sprintf("mention missed: %s %g %s", w.Label, w.Count, w.Unit))
			continue
		}
		used[hit], found[i] = i, hit
	}
	for i, w := range g.Mentions {
		j, ok := found[i]
		if !ok {
			continue
		}
		m := r.Mentions[j]
		s.tp++
		s.approx += one(m.Approximate == w.Approximate)
		if w.Cumulative || m.Cumulative {
			s.cumulText++
			s.cumul += one(m.Cumulative == w.Cumulative)
		}
		if w.SharePct != nil || m.SharePct != nil {
			s.shares++
			s.share += one(same(w.SharePct, m.SharePct))
		}
		if w.PartOf != nil || m.PartOf != nil {
			s.parts++
			ok := w.PartOf != nil && m.PartOf != nil
			if ok {
				total, known := found[*w.PartOf]
				ok = known && r.Mentions[total].Seq == *m.PartOf
			}
			s.part += one(ok)
			if !ok {
				s.lines = append(s.lines, fmt.Sprintf("mention %s %g: part_of %s, want %s", w.Label, w.Count, sayInt(m.PartOf), sayInt(w.PartOf)))
			}
		}
		if w.Category != nil {
			s.categories++
			ok := m.Category != nil && *m.Category == *w.Category
			s.category += one(ok)
			if !ok {
				got := "null"
				if m.Category != nil {
					got = *m.Category
				}
				s.lines = append(s.lines, fmt.Sprintf("mention %s %g: category %s, want %s", w.Label, w.Count, got, *w.Category))
			}
		}
	}
	for j, m := range r.Mentions {
		if _, ok := used[j]; !ok {
			s.fp++
			s.lines = append(s.lines, fmt.Sprintf("mention invented: %s %g %s", m.Label, m.Count, m.Unit))
		}
	}
}

func one(ok bool) int {
	if ok {
		return 1
	}
	return 0
}

func sayInt(p *int) string {
	if p == nil {
		return "null"
	}
	return fmt.Sprint(*p)
}

func bareUnit(u string) string {
	return strings.TrimSpace(strings.NewReplacer("余", "", "（", "(", "）", ")").Replace(u))
}

// overlaps reports whether one label holds the other or they share most of their characters.
func overlaps(a, b string) bool {
	if strings.Contains(a, b) || strings.Contains(b, a) {
		return true
	}
	in, set := map[rune]bool{}, map[rune]bool{}
	for _, c := range a {
		in[c] = true
	}
	shared := 0
	for _, c := range b {
		if !set[c] {
			set[c] = true
			shared += one(in[c])
		}
	}
	return float64(shared) >= 0.6*float64(max(1, min(len(in), len(set))))
}
