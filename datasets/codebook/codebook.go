// Package codebook is the code book of the dataset as data: every indicator with its labels, unit and comparability,
// the forms it stands on (forms.go) and the crosswalk of the three generations of the form (series.go).
//
// The forms are fixed by law: 国办发〔2014〕32号 (2014), 国办公开办函〔2019〕60号 (2019) and 国办公开办函〔2021〕30号 (2021).
// It is a leaf: it imports nothing of ours.
package codebook

import (
	"strings"
)

// Indicator is one kind of published number.
type Indicator struct {
	ID            string   // stable name, e.g. requests.denied.state_secret
	LabelZH       string   // as the form prints it
	LabelEN       string   //
	Definition    string   // English
	Unit          string   // count, CNY, CNY_10k (万元) or unstated (the form prints none)
	Templates     []string // "2014", "2019", "2021": the forms that carry it
	Series        string   // the series it belongs to over the years, see Crosswalk
	Comparability string   // same, approximate or break: against the 2021 form, where that form has it
	Note          string   // why
	Applicants    bool     // published once per applicant, see Applicants
}

// Applicant is one column of the requests table.
type Applicant struct{ ID, LabelZH, LabelEN string }

// Total is the applicant of the 总计 column.
const Total = "total"

// Applicants lists the applicant columns in the order of the form. All but the last add up to the last, 总计.
var Applicants = Standard.Applicants

var (
	indicators = loadIndicators()
	byID       = index(indicators)
)

// All returns every indicator in the order of the forms: requests, litigation, the tables of section two, the 2014
// form. Do not change the slice.
func All() []Indicator { return indicators }

// Lookup finds an indicator by its ID.
func Lookup(id string) (Indicator, bool) {
	i, ok := byID[id]
	if !ok {
		return Indicator{}, false
	}
	return indicators[i], true
}

// Position is the place of an indicator in All, from 0; false for an ID that is none.
func Position(id string) (int, bool) {
	i, ok := byID[id]
	return i, ok
}

func index(all []Indicator) map[string]int {
	m := make(map[string]int, len(all))
	for i, in := range all {
		m[in.ID] = i
	}
	return m
}

func loadIndicators() []Indicator {
	var all []Indicator
	for _, r := range embedded("indicators.csv", 10) {
		all = append(all, Indicator{
			ID: r[0], LabelZH: r[1], LabelEN: r[2], Definition: r[3], Unit: r[4],
			Templates: strings.Split(r[5], ";"), Applicants: r[6] == "1",
			Series: r[7], Comparability: r[8], Note: r[9],
		})
	}
	return all
}

// list splits a field of several values.
func list(field, separator string) []string {
	if field == "" {
		return nil
	}
	return strings.Split(field, separator)
}
