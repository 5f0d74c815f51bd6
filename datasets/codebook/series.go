package codebook

// Part says how one template contributes to a series.
type Part struct {
	Series        string
	Template      string
	Indicators    []string // their values are added; where a report lacks one, the part does not apply to it
	Comparability string   // same, approximate or break
	Reason        string
}

var parts = loadSeries()

// Crosswalk returns every part of every series: which indicators of which template make up a number that may be
// followed over the years. A series may have two parts for one template (requests.other of 2021: the one row that some
// print, or the sum of three rows); the first whose indicators the report all has applies. Do not change the slice.
func Crosswalk() []Part { return parts }

func loadSeries() []Part {
	var all []Part
	for _, r := range embedded("series.csv", 5) {
		all = append(all, Part{Series: r[0], Template: r[1], Indicators: list(r[2], ";"), Comparability: r[3], Reason: r[4]})
	}
	return all
}
