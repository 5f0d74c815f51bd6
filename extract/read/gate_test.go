package read_test

import (
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/extract"
)

// TestGateNotices damages a right reading in each way that the gate must see: a swapped value, a lost cell, an invented
// one, a guess in a trap.
func TestGateNotices(t *testing.T) {
	value := func(v float64) *float64 { return &v }
	total := "total"
	g := gold{Template: "2021", Facts: []goldFact{
		{Indicator: "licensing.decisions", Value: value(7)},
		{Indicator: "requests.received", Applicant: &total, Value: value(3)},
		{Indicator: "fees.amount", State: extract.Blank},
	}}
	right := func() *extract.Report {
		return &extract.Report{Templates: []string{"2021", ""}, Facts: []extract.Fact{
			{Indicator: "licensing.decisions", Value: value(7), State: extract.Reported},
			{Indicator: "requests.received", Applicant: &total, Value: value(3), State: extract.Reported},
			{Indicator: "fees.amount", State: extract.Blank},
		}}
	}
	for _, c := range []struct {
		name   string
		change func(*extract.Report)
		trap   bool
		exact  int
		silent int
		whole  int
	}{
		{"right", func(*extract.Report) {}, false, 3, 0, 1},
		{"other value", func(r *extract.Report) { r.Facts[0].Value = value(8) }, false, 2, 1, 0},
		{"other value, with a problem", func(r *extract.Report) {
			r.Facts[0].Value = value(8)
			r.Problems = []extract.Problem{{Kind: extract.AmbiguousReading}}
		}, false, 2, 0, 0},
		{"blank read as zero", func(r *extract.Report) { r.Facts[2].Value, r.Facts[2].State = value(0), extract.Reported }, false, 2, 1, 0},
		{"lost cell", func(r *extract.Report) { r.Facts = r.Facts[1:] }, false, 2, 0, 0},
		{"invented cell", func(r *extract.Report) {
			r.Facts = append(r.Facts, extract.Fact{Indicator: "penalties.decisions", Value: value(5), State: extract.Reported})
		}, false, 3, 1, 0},
		{"other template", func(r *extract.Report) { r.Templates = []string{"2019"} }, false, 3, 0, 0},
		{"trap left alone", func(r *extract.Report) { r.Facts = nil }, true, 0, 0, 1},
		{"trap guessed", func(r *extract.Report) { r.Facts[0].Value = value(70) }, true, 0, 1, 0},
	} {
		r := right()
		c.change(r)
		g.Trap = c.trap
		if s := compareFacts(g, r); s.exact != c.exact || s.silent != c.silent || s.whole != c.whole {
			t.Errorf("%s: exact %d silent %d whole %d, want %d %d %d: %v", c.name, s.exact, s.silent, s.whole, c.exact, c.silent, c.whole, s.lines)
		}
	}
}

func TestFloorsBelow(t *testing.T) {
	pinned := floors{Cells: 1, Precision: 0.97, Recall: 0.98, Share: 1}
	if got := pinned.below(pinned, "the floor"); len(got) != 0 {
		t.Errorf("equal scores are told to be below: %v", got)
	}
	worse := pinned
	worse.Cells, worse.Silent = 0.999, 1
	if got := strings.Join(worse.below(pinned, "the floor"), "\n"); !strings.Contains(got, "cells: 0.9990") || !strings.Contains(got, "silent wrong cells") {
		t.Errorf("worse scores not told: %q", got)
	}
}
