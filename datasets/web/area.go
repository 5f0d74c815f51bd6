package web

import (
	"fmt"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/gazetteer"
	"github.com/gongkai-data/gongkai/datasets/query"
)

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
	for _, d := range r.release.Summary().Held {
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
	if query.Digits[d.Level] == 0 || !r.release.Summary().Alone(d) {
		return d.Code
	}
	return d.Name
}

// AreaNames are offered while an area is typed.
func (r *request) AreaNames() []string {
	var out []string
	for _, d := range r.release.Summary().Held {
		if d.Level != gazetteer.County {
			out = append(out, d.Name)
		}
	}
	return out
}
