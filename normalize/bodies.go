package normalize

import (
	"cmp"
	"maps"
	"slices"

	"github.com/gongkai-data/gongkai/datasets/gazetteer"
	"github.com/gongkai-data/gongkai/datasets/schema"
)

// Bodies gathers who published reports, under which names and in which years. The zero value is empty. Use it from one
// goroutine at a time.
type Bodies struct{ byID map[string]*body }

// body is one issuer_id.
type body struct {
	id, kind string
	division *string
	names    map[string]*years // as its reports write them
}

// years are the first and the last year of reports; zero where none tells its year.
type years struct{ first, last int32 }

func (y *years) add(year *int32) {
	if year == nil {
		return
	}
	if y.first == 0 || *year < y.first {
		y.first = *year
	}
	y.last = max(y.last, *year)
}

// all are the years of all reports of a body.
func (o *body) all() (all years) {
	for _, y := range o.names {
		if y.last > 0 {
			all.add(&y.first)
			all.add(&y.last)
		}
	}
	return all
}

// Take notes the reports of a body.
func (b *Bodies) Take(reports []schema.Report) {
	if b.byID == nil {
		b.byID = map[string]*body{}
	}
	for _, r := range reports {
		of := b.byID[r.IssuerID]
		if of == nil {
			of = &body{id: r.IssuerID, kind: r.IssuerKind, division: r.DivisionCode, names: map[string]*years{}}
			b.byID[r.IssuerID] = of
		}
		if of.names[r.IssuerName] == nil {
			of.names[r.IssuerName] = &years{}
		}
		of.names[r.IssuerName].add(r.Year)
	}
}

// Rows makes the rows of issuers: the bodies with reports, and the divisions that became one of them or that one of
// them became.
func (b *Bodies) Rows() []schema.Issuer {
	became, before := map[string]gazetteer.Became{}, map[string][]gazetteer.Became{}
	for _, s := range gazetteer.Succession() {
		became[s.Code] = s
		before[s.To] = append(before[s.To], s)
	}
	rows := map[string]schema.Issuer{}
	var lead func(id string)
	lead = func(id string) { // to what it became and to what became it
		if s, ended := became[id]; ended {
			row, there := rows[id]
			if !there {
				row = b.former(s)
			}
			row.SuccessorID, row.Succession, row.Source = text(s.To), text(s.How), s.Source
			rows[id] = row
			if _, there := rows[s.To]; !there && s.To != "" {
				rows[s.To] = successor(s.To)
				lead(s.To)
			}
		}
		for _, s := range before[id] {
			if _, there := rows[s.Code]; !there && id != "" {
				rows[s.Code] = b.former(s)
				lead(s.Code)
			}
		}
	}
	ids := slices.Sorted(maps.Keys(b.byID))
	for _, id := range ids {
		rows[id] = b.byID[id].row()
	}
	for _, id := range ids {
		lead(id)
	}
	b.followDepartments(rows)
	return slices.SortedFunc(maps.Values(rows), func(x, y schema.Issuer) int { return cmp.Compare(x.IssuerID, y.IssuerID) })
}

// row is the row of a body that published reports.
func (o *body) row() schema.Issuer {
	row := schema.Issuer{IssuerID: o.id, IssuerKind: o.kind, DivisionCode: o.division, Aliases: []string{}, Source: "names of its reports"}
	all, latest := o.all(), years{-1, -1}
	for _, name := range slices.Sorted(maps.Keys(o.names)) {
		y := *o.names[name]
		if y.last > latest.last {
			row.Name, latest = name, y
		}
		row.Aliases = append(row.Aliases, name)
	}
	if o.division != nil && *o.division == o.id {
		if d, ok := gazetteer.Lookup(o.id); ok && d.Code == o.id {
			row.Aliases = append(row.Aliases, d.Aliases...)
			row.Source = "names of its reports; history of the division"
		}
	}
	slices.Sort(row.Aliases)
	row.Aliases = slices.DeleteFunc(slices.Compact(row.Aliases), func(n string) bool { return n == row.Name })
	row.FirstYear, row.LastYear = year(all.first), year(all.last)
	return row
}

func year(y int32) *int32 {
	if y == 0 {
		return nil
	}
	return &y
}

// former is the row of a division that ended, or that goes on under another code: then its years are those of the
// reports that still bear its name.
func (b *Bodies) former(s gazetteer.Became) schema.Issuer {
	level := ""
	if d, ok := gazetteer.Lookup(s.Code); ok {
		level = d.Level.String()
	}
	row := schema.Issuer{IssuerID: s.Code, Name: s.Name, Aliases: []string{}, IssuerKind: level, DivisionCode: &s.Code, SuccessorID: text(s.To), Succession: text(s.How), Source: s.Source}
	if s.How == gazetteer.Renamed {
		all, _ := b.bearing(s.To, s)
		row.FirstYear, row.LastYear = year(all.first), year(all.last)
	}
	return row
}

// successor is the row of a division without a report that another became.
func successor(code string) schema.Issuer {
	row := schema.Issuer{IssuerID: code, Aliases: []string{}, DivisionCode: &code, Source: "history of the division; it has no report here"}
	if d, ok := gazetteer.Lookup(code); ok {
		row.Name, row.IssuerKind = d.Name, d.Level.String()
		row.Aliases = append(row.Aliases, d.Aliases...)
	}
	return row
}
