package rule

import (
	"math"
	"math/rand/v2"
	"testing"
)

// consistent returns a whole requests and litigation table whose sums hold, one row of 其他处理 or three.
func consistent(rng *rand.Rand, three bool) Table {
	t := Table{}
	leaves := append([]string{}, outcomes...)
	if three {
		leaves = append(leaves, otherRows...)
	} else {
		leaves = append(leaves, "requests.other")
	}
	set := func(row, a string, v float64) {
		t[Key{row, a}] = v
		t[Key{row, Total}] += v
	}
	for _, a := range Applicants {
		resolved := 0.0
		for _, l := range leaves {
			v := float64(rng.IntN(50))
			set(l, a, v)
			resolved += v
		}
		carriedIn, carriedOut := float64(rng.IntN(9)), float64(rng.IntN(9)+9)
		set("requests.resolved", a, resolved)
		set("requests.carried_in", a, carriedIn)
		set("requests.carried_out", a, carriedOut)
		set("requests.received", a, resolved+carriedOut-carriedIn)
	}
	for _, g := range Groups {
		for _, c := range []string{"upheld", "corrected", "other", "pending"} {
			v := float64(rng.IntN(30))
			t[Key{g + "." + c, ""}] = v
			t[Key{g + ".total", ""}] += v
		}
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
		checks := Report(table)
		for _, c := range checks {
			if c.Outcome != Pass {
				t.Fatalf("consistent table: %+v", c)
			}
		}
		for k, v := range table {
			table[k] = v + 1
			if failing(Report(table)) == 0 {
				t.Fatalf("one more in %v is not noticed", k)
			}
			table[k] = v
		}
	}
}

func TestBlankIsNotZero(t *testing.T) {
	table := Table{{"review.upheld", ""}: 3, {"review.corrected", ""}: math.NaN(), {"review.other", ""}: 0, {"review.pending", ""}: 0, {"review.total", ""}: 5}
	checks := Report(table)
	if len(checks) != 1 || checks[0].Outcome != NotAssessable || checks[0].Note == "" {
		t.Fatalf("3 + blank = 5 cannot be assessed: %+v", checks)
	}
	table[Key{"review.total", ""}] = 3
	if c := Report(table)[0]; c.Outcome != Pass {
		t.Fatalf("3 + blank = 3: %+v", c)
	}
	table[Key{"review.total", ""}] = 2
	if c := Report(table)[0]; c.Outcome != Fail {
		t.Fatalf("3 + blank = 2 fails whatever the blank is: %+v", c)
	}
	table[Key{"review.total", ""}] = math.NaN()
	if c := Report(table)[0]; c.Outcome != NotAssessable || c.RHS != nil || c.Delta() != nil {
		t.Fatalf("blank total: %+v", c)
	}
}

// Hongze 2023 prints 10 + 1 + 0 + 0 with a total of 0.
func TestLitigationSum(t *testing.T) {
	table := Table{{"review.upheld", ""}: 10, {"review.corrected", ""}: 1, {"review.other", ""}: 0, {"review.pending", ""}: 0, {"review.total", ""}: 0}
	c := Report(table)[0]
	if c.Rule != "litigation.sum" || c.Outcome != Fail || *c.Delta() != 11 || len(c.Cells) != 5 {
		t.Fatalf("%+v", c)
	}
}

func TestOtherHandlingAsOneRowBesideItsParts(t *testing.T) {
	table := consistent(rand.New(rand.NewPCG(3, 4)), true)
	for _, a := range append(append([]string{}, Applicants...), Total) {
		for _, o := range otherRows {
			table[Key{"requests.other", a}] += table[Key{o, a}]
		}
	}
	if n := failing(Report(table)); n != 0 {
		t.Fatalf("a subtotal row beside its parts fails %d checks", n)
	}
}

func TestStat2014(t *testing.T) {
	table := Table{{"stat2014.staff_total", ""}: 5, {"stat2014.staff_fulltime", ""}: 2, {"stat2014.staff_parttime", ""}: 3,
		{"stat2014.press_conferences", ""}: 2, {"stat2014.press_conferences_by_leader", ""}: 3}
	checks := Report(table)
	if len(checks) != 2 || checks[0].Outcome != Pass || checks[1].Outcome != Fail {
		t.Fatalf("%+v", checks)
	}
}

// Hongze: 5 in force + 3 issued − 0 repealed = 8.
func TestYears(t *testing.T) {
	before := Table{{"normative_documents.in_force", ""}: 5, {"requests.carried_out", Total}: 4}
	after := Table{{"normative_documents.in_force", ""}: 8, {"normative_documents.issued", ""}: 3, {"normative_documents.repealed", ""}: 0, {"requests.carried_in", Total}: 4}
	checks := Years(before, after)
	if len(checks) != 2 || checks[0].Outcome != Pass || checks[1].Outcome != Pass {
		t.Fatalf("%+v", checks)
	}
	after[Key{"normative_documents.in_force", ""}], after[Key{"requests.carried_in", Total}] = 9, 5
	if n := failing(Years(before, after)); n != 2 {
		t.Fatalf("%d of 2 broken identities found", n)
	}
	after[Key{"normative_documents.issued", ""}] = math.NaN()
	if c := Years(before, after)[1]; c.Outcome != NotAssessable {
		t.Fatalf("%+v", c)
	}
}

func BenchmarkReport(b *testing.B) {
	table := consistent(rand.New(rand.NewPCG(1, 2)), true)
	for b.Loop() {
		Report(table)
	}
}
