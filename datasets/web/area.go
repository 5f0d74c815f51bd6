package web

import (
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/gazetteer"
)

// digits are those of a code that name a division of a level.
var digits = map[gazetteer.Level]int{gazetteer.Province: 2, gazetteer.Prefecture: 4, gazetteer.County: 6}

// divisions are those that exist and those of the sample.
func divisions() iter.Seq[*gazetteer.Division] {
	return func(yield func(*gazetteer.Division) bool) {
		for _, list := range [][]*gazetteer.Division{gazetteer.All(), gazetteer.Invented()} {
			for _, d := range list {
				if !yield(d) {
					return
				}
			}
		}
	}
}

// heldAreas are the divisions down to a level that have issuers.
func (r *request) heldAreas(down gazetteer.Level) []*gazetteer.Division {
	var out []*gazetteer.Division
	counts := r.release.Summary().Areas
	for d := range divisions() {
		if n := digits[d.Level]; n > 0 && n <= digits[down] && !d.Pseudo && counts[d.Code[:n]] > 0 {
			out = append(out, d)
		}
	}
	return out
}

// areaOf reads a division of the address: nothing, a code, or a name or the beginning of one that fits a single
// division with reports.
func (r *request) areaOf() (string, error) {
	text := strings.TrimSpace(r.URL.Query().Get("area"))
	if text == "" {
		return "", nil
	}
	if d, ok := gazetteer.Lookup(text); ok && len(text) <= 12 {
		return d.Code, nil
	}
	var whole, begun []*gazetteer.Division
	for _, d := range r.heldAreas(gazetteer.County) {
		switch {
		case d.Name == text:
			whole = append(whole, d)
		case strings.HasPrefix(d.Name, text):
			begun = append(begun, d)
		}
	}
	if len(whole) == 0 {
		whole = begun
	}
	if len(whole) == 1 {
		return whole[0].Code, nil
	}
	if len(whole) > 1 {
		var names []string
		for _, d := range whole[:min(8, len(whole))] {
			names = append(names, r.Area(d.Code)+" "+d.Code)
		}
		return "", badRequest(fmt.Errorf(r.T("several_areas"), r.Plain(text), strings.Join(names, r.Pick("；", "; "))))
	}
	return "", badRequest(fmt.Errorf("%s", r.T("no_area")))
}

// AreaName is what a reader may write for an area: its name where that is its alone, else its code.
func (r *request) AreaName(code string) string {
	d, ok := gazetteer.Lookup(code)
	if code == "" || !ok {
		return code
	}
	if slices.ContainsFunc(r.heldAreas(gazetteer.County), func(o *gazetteer.Division) bool { return o.Name == d.Name && o.Code != d.Code }) || digits[d.Level] == 0 {
		return d.Code
	}
	return d.Name
}

// AreaNames are offered while an area is typed.
func (r *request) AreaNames() []string {
	var out []string
	for _, d := range r.heldAreas(gazetteer.Prefecture) {
		out = append(out, d.Name)
	}
	return out
}
