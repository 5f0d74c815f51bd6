package fit

import (
	"math"
	"strings"

	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/items"
	"github.com/gongkai-data/gongkai/normalize/number"
	"github.com/gongkai-data/gongkai/normalize/rule"
)

// resolve decides cells whose number a narrow column or a page break cut into two runs of digits (19 over 1). Read
// together they are a candidate; it is taken only when every identity of the form that the cell takes part in holds
// with it, at least one does, and none would with one of the runs alone: 26 over 19 in a part and its total may be a
// number struck out and its correction. Otherwise the cell stays unreadable. A cell that reads as one number is never
// changed, but one that its reader doubts needs a sum that holds.
func (f *fitter) resolve() {
	candidates := map[int]cutNumber{}
	var doubted []int
	for i := range f.found {
		n := &f.found[i]
		if v, ok := n.joined(); ok && n.item.Cell.Doubt != extract.DigitsDiffer {
			candidates[i] = v
		}
		if n.item.Cell.Doubt != "" && n.doubt == "" && !n.item.Cell.Recognised {
			doubted = append(doubted, i)
		}
	}
	if len(candidates) == 0 && len(doubted) == 0 {
		return
	}
	holds, fails := f.trial(candidates, func(v cutNumber) float64 { return v.joined.Value })
	for _, i := range doubted {
		n := &f.found[i]
		k := rule.Key(n.Cell)
		_, open := candidates[i]
		sure := n.item.Cell.Doubt != extract.DigitsDiffer && (n.value.State == number.Reported || n.value.State == number.Blank && n.item.Cell.Doubt == items.MaybeMerged) && holds[k] > 0 && fails[k] == 0
		if !open && !sure && n.value.State != number.Unreadable {
			n.doubt = n.item.Cell.Doubt
			f.problem("%s: %s, and no sum of the form confirms the number", n.item, n.Cell, n.Cell, n.doubt)
		}
	}
	firstHolds, firstFails := f.trial(candidates, func(v cutNumber) float64 { return v.first })
	lastHolds, lastFails := f.trial(candidates, func(v cutNumber) float64 { return v.last })
	for i := range f.found {
		n := &f.found[i]
		v, open := candidates[i]
		if !open {
			continue
		}
		k := rule.Key(n.Cell)
		if holds[k] == 0 || fails[k] > 0 || firstHolds[k] > firstFails[k] || lastHolds[k] > lastFails[k] {
			continue
		}
		n.value, n.doubt = v.joined, ""
		f.problem("%s: the digits stand apart (%q); read together as %v, because the sums of the form hold", n.item, n.Cell, n.Cell, n.item.Text+n.rest, v.joined.Value)
	}
}

// cutNumber is a cell of two runs of digits: both together, and each alone.
type cutNumber struct {
	joined      number.Value
	first, last float64
}

// trial counts the identities of the form that hold and that fail when every open cell has the value given.
func (f *fitter) trial(candidates map[int]cutNumber, value func(cutNumber) float64) (holds, fails map[rule.Key]int) {
	table := f.numbers()
	for i, v := range candidates {
		table[rule.Key(f.found[i].Cell)] = value(v)
	}
	holds, fails = map[rule.Key]int{}, map[rule.Key]int{}
	for _, c := range rule.Report(table, f.sums) {
		for _, k := range c.Cells {
			switch c.Outcome {
			case rule.Pass:
				holds[k]++
			case rule.Fail:
				fails[k]++
			}
		}
	}
	return holds, fails
}

// numbers is what was found of each cell.
func (f *fitter) numbers() rule.Table {
	table := rule.Table{}
	for i := range f.found {
		table[rule.Key(f.found[i].Cell)] = f.found[i].number()
	}
	return table
}

// number is the number found, NaN where none is.
func (n *found) number() float64 {
	if n.value.State == number.Reported && n.doubt == "" {
		return n.value.Value
	}
	return math.NaN()
}

// joined reads the runs of digits of a cut number as one.
func (n *found) joined() (out cutNumber, ok bool) {
	if n.doubt != "" && n.rest == "" {
		return out, false
	}
	parts := strings.Fields(n.item.Text)
	if n.rest != "" {
		parts = append(parts, n.rest)
	}
	whole := strings.Join(parts, "")
	if len(parts) < 2 || strings.Trim(whole, "0123456789０１２３４５６７８９,，") != "" {
		return out, false
	}
	out.joined = number.Parse(whole)
	out.first, out.last = number.Parse(parts[0]).Value, number.Parse(parts[len(parts)-1]).Value
	return out, out.joined.State == number.Reported
}
