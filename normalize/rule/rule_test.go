package rule

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// The identities of a small form with two applicants, as one generation prints 其他处理 in one row and the next in two.
var (
	applicants = []string{"person", "business"}
	outcomes   = []string{"granted", "denied"}
	parts      = []string{"other.late", "other.rest"}
	form       = identities()
)

const total = "total"

func identities() (out []Identity) {
	at := func(applicant string, rows ...string) (side []Term) {
		for _, r := range rows {
			side = append(side, Term{Key: Key{r, applicant}})
		}
		return side
	}
	for _, a := range append(slices.Clone(applicants), total) {
		out = append(out,
			Identity{Rule: "balance", Left: [][]Term{at(a, "received", "carried_in")}, Right: at(a, "resolved", "carried_out")},
			Identity{Rule: "sum", Left: [][]Term{at(a, slices.Concat(outcomes, parts)...), at(a, append(slices.Clone(outcomes), "other")...)}, Right: at(a, "resolved")},
			Identity{Rule: "carry_over", Left: [][]Term{{{Key: Key{"carried_out", a}, Before: true}}}, Right: at(a, "carried_in")})
	}
	for _, row := range slices.Concat(outcomes, parts, []string{"received", "carried_in", "other", "resolved", "carried_out"}) {
		i := Identity{Rule: "row", Right: at(total, row), Left: [][]Term{nil}}
		for _, a := range applicants {
			i.Left[0] = append(i.Left[0], at(a, row)...)
		}
		out = append(out, i)
	}
	return append(out,
		Identity{Rule: "litigation", Left: [][]Term{at("", "review.upheld", "review.corrected", "review.other", "review.pending")}, Right: at("", "review.total")},
		Identity{Rule: "bound", Left: [][]Term{at("", "by_leader")}, Right: at("", "conferences"), AtMost: true},
		Identity{Rule: "in_force", Left: [][]Term{{{Key: Key{"in_force", ""}, Before: true}, {Key: Key{"issued", ""}}, {Key: Key{"repealed", ""}, Minus: true}}}, Right: at("", "in_force")})
}

// consistent returns a whole table whose sums hold, with one row of 其他处理 or several.
func consistent(rng *rand.Rand, several bool) Table {
	t := Table{}
	leaves := append(slices.Clone(outcomes), "other")
	if several {
		leaves = slices.Concat(outcomes, parts)
	}
	set := func(row, a string, v float64) {
		t[Key{row, a}] = v
		t[Key{row, total}] += v
	}
	for _, a := range applicants {
		resolved := 0.0
		for _, l := range leaves {
			v := float64(rng.IntN(50))
			set(l, a, v)
			resolved += v
		}
		carriedIn, carriedOut := float64(rng.IntN(9)), float64(rng.IntN(9)+9)
		set("resolved", a, resolved)
		set("carried_in", a, carriedIn)
		set("carried_out", a, carriedOut)
		set("received", a, resolved+carriedOut-carriedIn)
	}
	for _, c := range []string{"upheld", "corrected", "other", "pending"} {
		v := float64(rng.IntN(30))
		t[Key{"review." + c, ""}] = v
		t[Key{"review.total", ""}] += v
	}
	return t
}

func failing(checks []Check) (n int) {
	for _, c := range checks {
		if c.Outcome == Fail {
			n++
		}
	}
	return n
}

func TestConsistentTablesPassAndOneChangedCellFails(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 40 {
		table := consistent(rng, rng.IntN(2) == 0)
		checks := Report(table, form)
		for _, c := range checks {
			if c.Outcome != Pass {
				t.Fatalf("consistent table: %+v", c)
			}
		}
		for k, v := range table {
			table[k] = v + 1
			if failing(Report(table, form)) == 0 {
				t.Fatalf("one more in %v is not noticed", k)
			}
			table[k] = v
		}
	}
}

func TestBlankIsNotZero(t *testing.T) {
	table := Table{{"review.upheld", ""}: 3, {"review.corrected", ""}: math.NaN(), {"review.other", ""}: 0, {"review.pending", ""}: 0, {"review.total", ""}: 5}
	checks := Report(table, form)
	if len(checks) != 1 || checks[0].Outcome != NotAssessable || checks[0].Remark.Code == "" {
		t.Fatalf("3 + blank = 5 cannot be assessed: %+v", checks)
	}
	table[Key{"review.total", ""}] = 3
	if c := Report(table, form)[0]; c.Outcome != Pass {
		t.Fatalf("3 + blank = 3: %+v", c)
	}
	table[Key{"review.total", ""}] = 2
	if c := Report(table, form)[0]; c.Outcome != Fail {
		t.Fatalf("3 + blank = 2 fails whatever the blank is: %+v", c)
	}
	table[Key{"review.total", ""}] = math.NaN()
	if c := Report(table, form)[0]; c.Outcome != NotAssessable || c.RHS != nil || c.Delta() != nil {
		t.Fatalf("blank total: %+v", c)
	}
}

// Hongze 2023 prints 10 + 1 + 0 + 0 with a total of 0.
func TestLitigationSum(t *testing.T) {
	table := Table{{"review.upheld", ""}: 10, {"review.corrected", ""}: 1, {"review.other", ""}: 0, {"review.pending", ""}: 0, {"review.total", ""}: 0}
	c := Report(table, form)[0]
	if c.Rule != "litigation" || c.Outcome != Fail || *c.Delta() != 11 || len(c.Cells) != 5 {
		t.Fatalf("%+v", c)
	}
}

func TestOtherHandlingAsOneRowBesideItsParts(t *testing.T) {
	table := consistent(rand.New(rand.NewPCG(3, 4)), true)
	for _, a := range append(slices.Clone(applicants), total) {
		for _, o := range parts {
			table[Key{"other", a}] += table[Key{o, a}]
		}
	}
	if n := failing(Report(table, form)); n != 0 {
		t.Fatalf("a subtotal row beside its parts fails %d checks", n)
	}
	table = Table{{"granted", total}: 3, {"denied", total}: 0, {"other", total}: 2, {"other.late", total}: 1, {"other.rest", total}: 0, {"resolved", total}: 5}
	if c := Report(table, form); len(c) != 1 || c[0].Outcome != Pass || !slices.Equal(c[0].Remark.Args, []string{"other/total", "other.late/total + other.rest/total"}) {
		t.Fatalf("the one row makes the sum: %+v", c)
	}
}

func TestAnUpperBound(t *testing.T) {
	for leader, want := range map[float64]string{2: Pass, 3: Fail} {
		c := Report(Table{{"conferences", ""}: 2, {"by_leader", ""}: leader}, form)
		if len(c) != 1 || c[0].Outcome != want || c[0].Expression != "by_leader <= conferences" {
			t.Fatalf("%v of 2: %+v", leader, c)
		}
	}
}

// Hongze: 5 in force + 3 issued − 0 repealed = 8.
func TestYears(t *testing.T) {
	before := Table{{"in_force", ""}: 5, {"carried_out", total}: 4}
	after := Table{{"in_force", ""}: 8, {"issued", ""}: 3, {"repealed", ""}: 0, {"carried_in", total}: 4}
	checks := Years(before, after, form)
	if len(checks) != 2 || checks[0].Outcome != Pass || checks[1].Outcome != Pass {
		t.Fatalf("%+v", checks)
	}
	if got := checks[1].Expression; got != "in_force of the year before + issued - repealed = in_force" {
		t.Fatal(got)
	}
	after[Key{"in_force", ""}], after[Key{"carried_in", total}] = 9, 5
	if n := failing(Years(before, after, form)); n != 2 {
		t.Fatalf("%d of 2 broken identities found", n)
	}
	after[Key{"issued", ""}] = math.NaN()
	if c := Years(before, after, form)[1]; c.Outcome != NotAssessable {
		t.Fatalf("%+v", c)
	}
}

func BenchmarkReport(b *testing.B) {
	table := consistent(rand.New(rand.NewPCG(1, 2)), true)
	for b.Loop() {
		Report(table, form)
	}
}
