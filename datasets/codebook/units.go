package codebook

import "slices"

// Units of values, as facts.unit and the measures name them.
const (
	Count    = "count"
	CNY      = "CNY"
	CNY10k   = "CNY_10k"
	Unstated = "unstated" // an amount whose unit the page does not print
	Share    = "share"    // a rate, as a share of 1
	Mixed    = "mixed"    // of a line whose values are in several units: each value names its own
)

// Unit is one unit of values with its words.
type Unit struct {
	ID     string
	ZH, EN string    // behind a number: 7730.28 万元; empty where a bare number says enough
	Name   [2]string // zh and en, where the unit stands alone: a column of a table, an axis
	yuan   float64   // of an amount of money of known unit, what one of it is
}

var units = []Unit{
	{ID: Count, Name: [2]string{"件（项）", "count"}},
	{ID: CNY, ZH: "元", EN: "yuan", Name: [2]string{"元", "yuan"}, yuan: 1},
	{ID: CNY10k, ZH: "万元", EN: "万元", Name: [2]string{"万元", "万元 (10,000 yuan)"}, yuan: 10_000},
	{ID: Unstated, ZH: "（单位未注明）", EN: "(unit not stated)", Name: [2]string{"单位未注明", "unit not stated"}},
	{ID: Share, Name: [2]string{"占比", "share"}},
	{ID: Mixed, Name: [2]string{"各值单位不同", "units differ"}},
}

// LookupUnit finds a unit by its ID; one that is not known has its ID for words.
func LookupUnit(id string) Unit {
	if i := slices.IndexFunc(units, func(u Unit) bool { return u.ID == id }); i >= 0 {
		return units[i]
	}
	return Unit{ID: id, ZH: id, EN: id, Name: [2]string{id, id}}
}

// Behind returns what stands behind a number of the unit in zh or en, empty for a count and a share.
func (u Unit) Behind(language string) string {
	if language == "zh" {
		return u.ZH
	}
	return u.EN
}

// Called returns the unit's name in zh or en.
func (u Unit) Called(language string) string {
	if language == "zh" {
		return u.Name[0]
	}
	return u.Name[1]
}

// Convert gives a value in another unit, exactly up to the last digit of a float64. ok is false where the two units are
// not of one kind: a count and an amount, or an amount whose unit is not stated. Values for which it is false must
// never be joined by a line, ranked or added together.
func Convert(value float64, from, to string) (converted float64, ok bool) {
	if from == to {
		return value, true
	}
	a, b := LookupUnit(from).yuan, LookupUnit(to).yuan
	switch {
	case a == 0 || b == 0:
		return 0, false
	case a > b:
		return value * (a / b), true
	}
	return value / (b / a), true
}
