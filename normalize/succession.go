package normalize

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/gazetteer"
	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/extract/lazyregexp"
	"github.com/gongkai-data/gongkai/normalize/issuer"
)

// succession is what one department became, and why that is known.
type succession struct{ to, how, source string }

// followDepartments says of departments what they became: with their division, by the name that their successor's own
// reports give, or by a reform. Only a body with reports becomes another with reports, and where several are possible
// nothing is said.
func (b *Bodies) followDepartments(rows map[string]schema.Issuer) {
	found := b.withDivisions(rows)
	for _, more := range []map[string]succession{b.byOwnNames(), b.byReforms()} {
		for id, s := range more {
			if _, known := found[id]; !known {
				found[id] = s
			}
		}
	}
	for id, s := range found {
		row := rows[id]
		row.SuccessorID, row.Succession, row.Source = text(s.to), text(s.how), s.source
		rows[id] = row
	}
}

// withDivisions follows departments of divisions that ended into the department of the same name. A department that
// goes on under the new code, with reports that bear the division's former name, gets a row for the time before.
func (b *Bodies) withDivisions(rows map[string]schema.Issuer) map[string]succession {
	found := map[string]succession{}
	of := map[string][]string{} // departments by division
	for id := range b.byID {
		if division, _, department := strings.Cut(id, "-"); department && division != "x" {
			of[division] = append(of[division], id)
		}
	}
	for _, s := range gazetteer.Succession() {
		for _, id := range of[s.Code] {
			to := s.To + id[len(s.Code):]
			switch {
			case s.How == gazetteer.Split:
				found[id] = succession{"", s.How, s.Source}
			case b.byID[to] != nil:
				found[id] = succession{to, s.How, s.Source + "; the department of the same name"}
			}
		}
		if s.How != gazetteer.Renamed {
			continue
		}
		for _, id := range of[s.To] {
			before := b.formerOf(id, s)
			if _, there := rows[before.IssuerID]; !there && before.FirstYear != nil {
				rows[before.IssuerID] = before
			}
		}
	}
	return found
}

// formerOf is the row of a department under the former name of its division; without years where no report bears it.
func (b *Bodies) formerOf(id string, s gazetteer.Became) schema.Issuer {
	row := schema.Issuer{IssuerID: s.Code + id[len(s.To):], Aliases: []string{}, IssuerKind: b.byID[id].kind, DivisionCode: &s.Code, SuccessorID: &id, Succession: text(s.How), Source: s.Source + "; names of its reports"}
	years, names := b.bearing(id, s)
	row.FirstYear, row.LastYear = year(years.first), year(years.last)
	if len(names) > 0 {
		row.Name, row.Aliases = names[0], append(row.Aliases, names[1:]...)
	}
	return row
}

// bearing are the years and the names of a body's reports that bear the former name of a division, and not its present
// one.
func (b *Bodies) bearing(id string, s gazetteer.Became) (all years, names []string) {
	of := b.byID[id]
	now, _ := gazetteer.Lookup(s.To)
	if of == nil || now == nil || s.Name == now.Name {
		return years{}, nil
	}
	for _, name := range slices.Sorted(maps.Keys(of.names)) {
		if y := of.names[name]; strings.Contains(name, s.Name) && y.last > 0 {
			all.add(&y.first)
			all.add(&y.last)
			names = append(names, name)
		}
	}
	return all, names
}

// formerly is what a report's name of its body says in brackets of the name before: 洪泽区农业农村局(原农业局).
var formerly = lazyregexp.New(`[(（]原(\p{Han}{3,20})[)）]`)

// byOwnNames follows bodies by the former names that reports of others give.
func (b *Bodies) byOwnNames() map[string]succession {
	found := map[string]succession{}
	for _, id := range slices.Sorted(maps.Keys(b.byID)) {
		of := b.byID[id]
		for _, name := range slices.Sorted(maps.Keys(of.names)) {
			m := formerly.FindStringSubmatch(name)
			if m == nil || of.division == nil {
				continue
			}
			before, ok := issuer.BodyID(*of.division, m[1])
			if full := issuer.Resolve(issuer.Input{Name: m[1]}); full.State == issuer.Resolved {
				before, ok = full.ID, true // it names its place
			}
			if _, twice := found[before]; ok && !twice && before != id && b.byID[before] != nil {
				found[before] = succession{id, gazetteer.Renamed, "names of its successor's reports: " + name}
			}
		}
	}
	return found
}

// byReforms follows departments by the plans of reforms: the one's reports end before those of the other begin.
func (b *Bodies) byReforms() map[string]succession {
	found, open := map[string]succession{}, map[string]bool{}
	divisions := map[string]bool{}
	for id := range b.byID {
		if division, _, department := strings.Cut(id, "-"); department && division != "x" {
			divisions[division] = true
		}
	}
	for _, division := range slices.Sorted(maps.Keys(divisions)) {
		for _, r := range gazetteer.Reforms() {
			before, ok := issuer.BodyID(division, r.Was)
			after, okAfter := issuer.BodyID(division, r.Became)
			if !ok || !okAfter || b.byID[before] == nil || b.byID[after] == nil {
				continue
			}
			ended, began := b.byID[before].all(), b.byID[after].all()
			if ended.last == 0 || began.first <= ended.last || int(began.first) < r.Since {
				continue // both go on side by side, or the year is another
			}
			if is, twice := found[before]; twice && is.to != after {
				open[before] = true
			}
			found[before] = succession{after, r.How, fmt.Sprintf("%s; reports of the one end with %d, those of the other begin with %d", r.Source, ended.last, began.first)}
		}
	}
	for id := range open {
		delete(found, id)
	}
	return found
}
