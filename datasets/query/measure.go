package query

import (
	"cmp"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"
	"github.com/gongkai-data/gongkai/datasets/codebook"
)

// Kind says how a measure is made.
type Kind string

const (
	Series    Kind = "series"    // follows the crosswalk of the forms: a sum of indicators, which ones depends on the form of the report
	Indicator Kind = "indicator" // one cell of one form, as published
	Rate      Kind = "rate"      // a quotient that the panel holds with numerator and denominator
)

// Measure is one thing that can be compared: a line of a table, a chart.
type Measure struct {
	ID      string          `json:"id"`
	Kind    Kind            `json:"kind"`
	LabelZH string          `json:"label_zh"`
	LabelEN string          `json:"label_en"`
	Unit    string          `json:"unit"` // as of its values: count, CNY, CNY_10k, unstated, share of a rate; mixed where the forms count in several units
	Parts   []codebook.Part `json:"-"`    // of a series
	rate    codebook.Rate   // of a rate
}

// Label returns the label in zh or en.
func (m Measure) Label(language string) string {
	if language == "zh" {
		return m.LabelZH
	}
	return m.LabelEN
}

// Headline are the measures of a page where the reader names none.
var Headline = []string{
	"requests.received", "requests.carried_in", "requests.granted", "requests.granted_in_part", "requests.denied", "requests.unavailable", "requests.not_processed",
	"requests.other", "requests.resolved", "requests.carried_out", "grant_rate", "denial_rate", "review.total", "review.corrected", "review_correction_rate", "suit.total",
	"suit.corrected", "suit_loss_rate", "normative_documents.issued", "normative_documents.in_force", "licensing.decisions", "penalties.decisions", "coercion.decisions", "fees",
}

// seriesNames names the series that are no indicator of any form, and those whose label on the form says little away
// from it.
var seriesNames = map[string][2]string{
	"requests.received":        {"本年新收申请", ""},
	"requests.carried_in":      {"上年结转申请", ""},
	"requests.granted":         {"予以公开", ""},
	"requests.granted_in_part": {"部分公开", ""},
	"requests.other":           {"其他处理", ""},
	"requests.resolved":        {"办理结果总计", ""},
	"requests.carried_out":     {"结转下年度继续办理", ""},
	"requests.denied":          {"不予公开（合计）", "Denied, all grounds"},
	"requests.unavailable":     {"无法提供（合计）", "Unavailable, all grounds"},
	"requests.not_processed":   {"不予处理（合计）", "Not processed, all grounds"},
	"suit.total":               {"行政诉讼：总计", "Lawsuits: total"},
	"suit.upheld":              {"行政诉讼：结果维持", "Lawsuits: upheld"},
	"suit.corrected":           {"行政诉讼：结果纠正", "Lawsuits: corrected"},
	"suit.other":               {"行政诉讼：其他结果", "Lawsuits: other result"},
	"suit.pending":             {"行政诉讼：尚未审结", "Lawsuits: pending"},
	"fees":                     {"行政事业性收费（各表样口径不同）", "Administrative fees (each form counts something else)"},
}

var measures, measureByID = makeMeasures()

func makeMeasures() ([]Measure, map[string]int) {
	var all []Measure
	at := map[string]int{}
	add := func(m Measure) {
		at[m.ID] = len(all)
		all = append(all, m)
	}
	for _, p := range codebook.Crosswalk() {
		if i, seen := at[p.Series]; seen {
			all[i].Parts = append(all[i].Parts, p)
			continue
		}
		m := Measure{ID: p.Series, Kind: Series, Parts: []codebook.Part{p}, LabelZH: p.Series, LabelEN: p.Series}
		if in, ok := codebook.Lookup(p.Series); ok {
			m.LabelZH, m.LabelEN = grounded(in.ID, in.LabelZH), in.LabelEN
		}
		n := seriesNames[p.Series]
		m.LabelZH, m.LabelEN = cmp.Or(n[0], m.LabelZH), cmp.Or(n[1], m.LabelEN)
		add(m)
	}
	for i := range all {
		all[i].Unit = unitOfParts(all[i].Parts)
	}
	for _, in := range codebook.All() {
		if _, seen := at[in.ID]; !seen {
			add(Measure{ID: in.ID, Kind: Indicator, LabelZH: grounded(in.ID, in.LabelZH), LabelEN: in.LabelEN, Unit: in.Unit})
		}
	}
	for _, r := range codebook.Rates() {
		add(Measure{ID: r.ID, Kind: Rate, LabelZH: r.LabelZH, LabelEN: r.LabelEN, Unit: codebook.Share, rate: r})
	}
	return all, at
}

// unitOfParts is the unit of a series: that of the indicators it is made of on every form, else mixed.
func unitOfParts(parts []codebook.Part) string {
	unit := ""
	for _, p := range parts {
		for _, id := range p.Indicators {
			in, _ := codebook.Lookup(id)
			if unit != "" && unit != in.Unit {
				return codebook.Mixed
			}
			unit = in.Unit
		}
	}
	return unit
}

// grounds are the groups of rows whose labels on the Chinese form are told apart by the row above them only.
var grounds = [][2]string{{"requests.denied.", "不予公开"}, {"requests.unavailable.", "无法提供"}, {"requests.not_processed.", "不予处理"}}

// grounded is the Chinese label of an indicator with the group that it stands in: 不予公开：属于国家秘密.
func grounded(id, label string) string {
	for _, g := range grounds {
		if strings.HasPrefix(id, g[0]) {
			return g[1] + "：" + strings.TrimLeft(label, "0123456789.")
		}
	}
	return label
}

// Measures lists every measure: the series, the indicators that are no series of their own, the rates. Do not change
// the slice.
func Measures() []Measure { return measures }

// LookupMeasure finds a measure by its ID.
func LookupMeasure(id string) (Measure, bool) {
	i, ok := measureByID[id]
	if !ok {
		return Measure{}, false
	}
	return measures[i], true
}

// indicators are the cells that a measure may stand on, without repetition.
func (m Measure) indicators() []string {
	switch m.Kind {
	case Indicator:
		return []string{m.ID}
	case Rate:
		return nil
	}
	var all []string
	for _, p := range m.Parts {
		for _, id := range p.Indicators {
			if !slices.Contains(all, id) {
				all = append(all, id)
			}
		}
	}
	return all
}

// part is the way in which a report of a template makes the series: the first part of its template whose cells it all
// has. A report whose template is mixed or not told is judged by its cells alone. It returns nil where the report does
// not have the series.
func (m Measure) part(template string, has func(indicator string) bool) *codebook.Part {
	for i := range m.Parts {
		p := &m.Parts[i]
		if template != "" && template != "mixed" && p.Template != template {
			continue
		}
		if len(p.Indicators) > 0 && !slices.ContainsFunc(p.Indicators, func(id string) bool { return !has(id) }) {
			return p
		}
	}
	return nil
}

// MeasureCalled finds the one measure with a label, in either language.
func MeasureCalled(label string) (Measure, bool) {
	var found []Measure
	for _, m := range measures {
		if label != "" && (strings.EqualFold(m.LabelEN, label) || m.LabelZH == label) {
			found = append(found, m)
		}
	}
	if len(found) != 1 {
		return Measure{}, false
	}
	return found[0], true
}

// Suggest returns measures whose ID is near to a mistyped one, or whose label holds the text, best first.
func Suggest(id string) []string {
	if id == "" {
		return nil
	}
	type near struct {
		id       string
		distance int
	}
	var found []near
	lower := strings.ToLower(id)
	for _, m := range measures {
		d := levenshtein.ComputeDistance(lower, m.ID)
		switch {
		case d <= max(1, min(3, len(id)/4)):
		case strings.Contains(m.ID, lower) || len(id) > 5 && strings.Contains(lower, m.ID):
			d += 100
		case strings.Contains(strings.ToLower(m.LabelEN), lower) || strings.Contains(m.LabelZH, id):
			d += 200
		default:
			continue
		}
		found = append(found, near{m.ID, d})
	}
	slices.SortStableFunc(found, func(a, b near) int { return cmp.Compare(a.distance, b.distance) })
	var out []string
	for _, f := range found[:min(5, len(found))] {
		out = append(out, f.id)
	}
	return out
}
