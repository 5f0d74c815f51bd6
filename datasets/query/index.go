package query

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/array"
	"github.com/gongkai-data/gongkai/datasets/gazetteer"
	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/store"
)

// Issuer is one body that published reports.
type Issuer struct {
	ID       string `json:"issuer_id"`
	Name     string `json:"name"` // as its latest report writes it
	Kind     string `json:"kind"`
	State    string `json:"state"`                   // resolved, ambiguous, unresolved
	Division string `json:"division_code,omitempty"` // 12 digits, empty where unknown
	Reports  []Ref  `json:"reports"`                 // latest versions, by year; a report of no known year comes first

	at       int // position in Release.issuers
	position int // of its first report in Release.marks
}

// Ref is one report in the index.
type Ref struct {
	ID           string `json:"report_id"`
	Year         int32  `json:"year"` // 0: not known
	Template     string `json:"template"`
	Quality      string `json:"quality"`
	ChecksFailed int32  `json:"checks_failed"` // the form's own sums that do not hold
	Notes        int32  `json:"notes"`         // other rules that fail: worth a look
	Complete     *bool  `json:"complete"`      // nil where the release is of an older schema, which does not say
}

// Area is the names of the divisions that an issuer lies in, province first, as a reader writes them.
func (i *Issuer) Area() []string {
	if i.Division == "" {
		return nil
	}
	var out []string
	for _, d := range gazetteer.Ancestors(i.Division) {
		if !d.Pseudo {
			out = append(out, d.Name)
		}
	}
	return out
}

// ReportOf returns the report of a year, or nil.
func (i *Issuer) ReportOf(year int32) *Ref {
	for k := range i.Reports {
		if i.Reports[k].Year == year {
			return &i.Reports[k]
		}
	}
	return nil
}

// identity is what a report says of its issuer.
type identity struct{ name, kind, state, division string }

// reportColumns are what the index keeps of a report.
var reportColumns = []string{"report_id", "issuer_id", "issuer_name", "issuer_kind", "issuer_state", "division_code", "year", "template", "quality", "checks_failed", "supersedes", "complete", "notes"}

var yes, no = true, false // what Ref.Complete points to

func (r *Release) readReports(ctx context.Context) error {
	links := map[string]string{}        // by report, the one that it supersedes
	identities := map[string]identity{} // of reports that are not alone in their year
	var before struct {                 // the row before
		identity
		issuer, id string
		year       int32
	}
	words := map[string]string{} // few different words stand in many rows
	word := func(s string) string {
		w, ok := words[s]
		if !ok {
			w = strings.Clone(s)
			words[w] = w
		}
		return w
	}
	for rec, err := range store.Records(ctx, r.Data, schema.Reports, store.Query{Columns: reportColumns}) {
		if err != nil {
			return err
		}
		var c [8]*array.String
		for i, name := range []string{"report_id", "issuer_id", "issuer_name", "issuer_kind", "issuer_state", "division_code", "template", "quality"} {
			c[i] = column[*array.String](rec, name)
		}
		old, years, failed := column[*array.String](rec, "supersedes"), column[*array.Int32](rec, "year"), column[*array.Int32](rec, "checks_failed")
		complete, notes := lately[*array.Boolean](rec, "complete"), lately[*array.Int32](rec, "notes")
		for i := range int(rec.NumRows()) {
			if old.IsValid(i) {
				links[strings.Clone(c[0].Value(i))] = strings.Clone(old.Value(i))
			}
			is := r.byID[c[1].Value(i)]
			if is == nil {
				is = &Issuer{ID: strings.Clone(c[1].Value(i))}
				r.byID[is.ID] = is
				r.issuers = append(r.issuers, is)
			}
			if is.Name != c[2].Value(i) {
				is.Name = strings.Clone(c[2].Value(i)) // rows come by year: the latest name stays
			}
			is.Kind, is.State, is.Division = word(c[3].Value(i)), word(c[4].Value(i)), ""
			if c[5].IsValid(i) && c[5].Value(i) != "" {
				is.Division = strings.Clone(c[5].Value(i))
			}
			ref := Ref{ID: strings.Clone(c[0].Value(i)), Quality: word(c[7].Value(i)), ChecksFailed: failed.Value(i)}
			if notes != nil {
				ref.Notes = notes.Value(i)
			}
			if complete != nil {
				if ref.Complete = &no; complete.Value(i) {
					ref.Complete = &yes
				}
			}
			if years.IsValid(i) {
				ref.Year = years.Value(i)
			}
			if c[6].IsValid(i) {
				ref.Template = word(c[6].Value(i))
			}
			is.Reports = append(is.Reports, ref)
			now := identity{is.Name, is.Kind, is.State, is.Division}
			if before.issuer == is.ID && before.year == ref.Year {
				identities[before.id], identities[ref.ID] = before.identity, now
			}
			before.identity, before.issuer, before.id, before.year = now, is.ID, ref.ID, ref.Year
		}
	}
	slices.SortFunc(r.issuers, func(a, b *Issuer) int { return strings.Compare(a.ID, b.ID) })
	r.supersede(links)
	refs := 0
	for _, is := range r.issuers {
		slices.SortFunc(is.Reports, func(a, b Ref) int { return cmp.Or(cmp.Compare(a.Year, b.Year), strings.Compare(a.ID, b.ID)) })
		if n := len(is.Reports); n > 0 {
			if latest, several := identities[is.Reports[n-1].ID]; several { // the last row may have been that of an earlier version
				is.Name, is.Kind, is.State, is.Division = latest.name, latest.kind, latest.state, latest.division
			}
		}
		refs += len(is.Reports)
	}
	all := make([]Ref, 0, refs) // in one piece: grown one by one, they hold room for half as many again
	for at, is := range r.issuers {
		is.at, is.position = at, len(all)
		ids := make([]string, len(is.Reports)) // in one piece too, for the garbage collector to look at once
		for k, f := range is.Reports {
			ids[k] = f.ID
		}
		rest := strings.Join(ids, "")
		for _, f := range is.Reports {
			f.ID, rest = rest[:len(f.ID)], rest[len(f.ID):]
			all = append(all, f)
		}
		is.Reports = slices.Clip(all[is.position:])
	}
	return nil
}

// column returns a column that the query asked for; the schema of the release was checked when it was opened.
func column[A arrow.Array](rec arrow.Record, name string) A {
	if i := rec.Schema().FieldIndices(name); len(i) == 1 {
		return rec.Column(i[0]).(A)
	}
	panic(fmt.Sprintf("query: the record has no column %s", name))
}

// lately returns a column that a release of an older schema lacks, where it is nil.
func lately[A arrow.Array](rec arrow.Record, name string) (a A) {
	if len(rec.Schema().FieldIndices(name)) == 1 {
		a = column[A](rec, name)
	}
	return a
}

// Issuer finds an issuer by its ID, or nil.
func (r *Release) Issuer(id string) *Issuer { return r.byID[id] }

// Issuers lists all in the order of their IDs. Do not change the slice.
func (r *Release) Issuers() []*Issuer { return r.issuers }

// Report finds a report by its ID, of any version, with its issuer; nil where there is none.
func (r *Release) Report(id string) (*Issuer, *Ref) {
	is, k := r.report(id)
	if is == nil {
		of := r.versions.older[id]
		return of.Issuer, of.Ref
	}
	return is, &is.Reports[k]
}

// position is where a report of the index stands in the tables by position; -1 where there is none of that ID.
func (r *Release) position(id string) int {
	is, k := r.report(id)
	if is == nil {
		return -1
	}
	return is.position + k
}

func (r *Release) report(id string) (*Issuer, int) {
	// issuer_id, '-', year, '-', 8 digits: the ID of the issuer may hold hyphens itself
	end := strings.LastIndexByte(id, '-')
	if end > 0 {
		end = strings.LastIndexByte(id[:end], '-')
	}
	if end <= 0 {
		return nil, 0
	}
	is := r.byID[id[:end]]
	if is == nil {
		return nil, 0
	}
	k := is.find(id)
	if k < 0 {
		return nil, 0
	}
	return is, k
}

// find is where a report of the ID stands among those of the issuer; -1 where there is none.
func (i *Issuer) find(id string) int {
	return slices.IndexFunc(i.Reports, func(f Ref) bool { return f.ID == id })
}

// Peers returns issuers of the same kind: "same-county" those of the same county (of the same prefecture for a county,
// of the province for a prefecture), "same-level" those of the province nearest by code. The issuer itself is not among
// them; at most limit.
func (r *Release) Peers(i *Issuer, how string, limit int) []*Issuer {
	if i.Division == "" {
		return nil
	}
	above := map[string]int{"township": 6, "county": 4, "prefecture": 2, "province": 0, "department": 6, "other": 6}[i.Kind]
	if how == "same-level" {
		above = min(above, 2)
	}
	var out []*Issuer
	for _, o := range r.within(i.Division[:above]) {
		if o != i && o.Kind == i.Kind {
			out = append(out, o)
		}
	}
	slices.SortStableFunc(out, func(a, b *Issuer) int {
		return cmp.Compare(shared(b.Division, i.Division), shared(a.Division, i.Division))
	})
	return out[:min(limit, len(out))]
}

// shared is the number of leading digits that two codes have in common.
func shared(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}
