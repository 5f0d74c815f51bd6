package web

import (
	"html/template"
	"net/url"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/datasets/compare"
	"github.com/gongkai-data/gongkai/datasets/query"
)

// valuesKey names in an address which of two values charts, downloads and rankings use: published (the default) or
// corrected.
const valuesKey = "values"

// values reads which value the reader chose.
func (r *request) values() (query.Values, error) {
	v, err := query.ParseValues(r.URL.Query().Get(valuesKey))
	if err != nil {
		return "", badRequest(err)
	}
	return v, nil
}

// choice is one side of the switch between published and corrected values.
type choice struct {
	Label, Address string
	Chosen         bool
}

// switchOf offers both values where there is a correction to choose; path is that of the page behind the language, q
// its query.
func (r *request) switchOf(there bool, path string, q url.Values, now query.Values) []choice {
	if !there {
		return nil
	}
	var out []choice
	for _, v := range []query.Values{query.Published, query.Corrected} {
		with := url.Values{}
		for k, all := range q {
			if k != valuesKey {
				with[k] = all
			}
		}
		if v != query.Published {
			with.Set(valuesKey, string(v))
		}
		out = append(out, choice{r.T("values_" + string(v)), r.address("/"+r.lang+"/"+path, with), v == now})
	}
	return out
}

// given is the query that keeps the reader's choice in the addresses of charts and downloads.
func given(v query.Values) url.Values {
	if v == query.Corrected {
		return url.Values{valuesKey: {string(v)}}
	}
	return url.Values{}
}

// correctionOf is a correction with what it is of, for a list.
type correctionOf struct {
	query.Correction
	Place string
	Year  *int32
	Unit  string // of both values
}

// corrected lists the corrections that a comparison rests on, each once.
func corrected(t compare.Table) []correctionOf {
	var out []correctionOf
	type key struct{ report, indicator string }
	told := map[key]bool{}
	for k, column := range t.Columns {
		for _, row := range t.Rows {
			for _, c := range row.Cells[k].Corrections {
				if at := (key{c.ReportID, c.Indicator}); !told[at] {
					told[at] = true
					out = append(out, correctionOf{c, column.Place, column.Year, unitOf(c.Indicator)})
				}
			}
		}
	}
	return out
}

// unitOf is the unit of an indicator where no fact says another.
func unitOf(indicator string) string {
	in, _ := codebook.Lookup(indicator)
	return in.Unit
}

// beside writes the corrected value behind a published one: marked, in words for those who hear the page, with the
// reason in the title.
func (r *request) beside(b text, corrected *float64, unit string, all []query.Correction) {
	if len(all) == 0 {
		return
	}
	reason := ""
	for _, c := range all {
		reason += r.Plain(c.Reason) + " (" + r.Plain(c.Author) + ", " + c.CorrectedOn + ") "
	}
	b.WriteString(`<span class="corrected" title="` + template.HTMLEscapeString(reason) + `">` + template.HTMLEscapeString(r.T("corrected_to")) + ` `)
	if corrected != nil {
		b.WriteString(template.HTMLEscapeString(r.amount(*corrected, unit)))
	} else {
		b.WriteString(template.HTMLEscapeString(r.T("corrected_unknown")))
	}
	b.WriteString(`</span>`)
}

// amount prints a value with its unit behind it, where a bare number does not say enough.
func (r *request) amount(v float64, unit string) string {
	s := value(v, unit)
	if behind := r.Unit(unit); behind != "" {
		s += " " + behind
	}
	return s
}

// Amount is amount for the templates, nothing for no value.
func (r *request) Amount(v *float64, unit string) string {
	if v == nil {
		return ""
	}
	return r.amount(*v, unit)
}
