package mention

import (
	"slices"
	"sort"
	"strings"
)

// unit is a measure word that follows counts in the reports. Measures of size, time and degree are left out of
// units.csv: they count nothing.
type unit struct {
	runes []rune
	id    uint8
	not   []string // words that begin as it does: 12部门, 20个工作日
}

var (
	units     = map[rune][]unit{} // by their first character, longest first
	unitIDs   = map[string]uint8{"none": 0}
	unitKinds = map[string]*[256]bool{"case": {true}, "one": {}, "outside": {}, "money": {}, "wrapped": {}} // counts without a unit are of cases
	// wrappedUnits may begin a line whose number ends the line before.
	wrappedUnits = map[rune]bool{}
)

func init() {
	for i, r := range read("units").Rows {
		u := unit{runes: []rune(r[0]), id: uint8(i + 1)}
		if r[1] != "" {
			u.not = strings.Split(r[1], "|")
		}
		units[u.runes[0]] = append(units[u.runes[0]], u)
		unitIDs[r[0]] = u.id
		for _, kind := range strings.Fields(r[2]) {
			unitKinds[kind][u.id] = true
		}
		wrappedUnits[u.runes[0]] = wrappedUnits[u.runes[0]] || unitKinds["wrapped"][u.id]
	}
	for _, us := range units {
		sort.SliceStable(us, func(i, j int) bool { return len(us[i].runes) > len(us[j].runes) })
	}
}

// unitAt returns the length of the measure word at i, 0 where there is none.
func (v *view) unitAt(i int) int {
	if u := v.unit(i); u != nil {
		return len(u.runes)
	}
	return 0
}

// unit returns the measure word at i, nil where there is none.
func (v *view) unit(i int) *unit {
	us := units[v.rune(i)]
	for k := range us {
		u := &us[k]
		if i+len(u.runes) > len(v.run) || !slices.Equal(v.run[i:i+len(u.runes)], u.runes) {
			continue
		}
		for _, w := range u.not {
			if v.has(i, w) {
				return nil
			}
		}
		return u
	}
	return nil
}

// unitIs reports that the unit is of one of the kinds of units.csv.
func (c *count) unitIs(kind string) bool { return unitKinds[kind][c.kind] }
