package report

import (
	"strings"

	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/normalize/number"
)

// glue is what the rows tell whose numbers an exporter ran together with their label: 规章173. As many digits as columns are one each, unless
// cells were empty; an empty cell leaves no trace, but makes a row short.
type glue struct {
	facts []factKey // read as one digit each, where the digits could be a longer number beside empty cells
	short bool      // a row has fewer digits than columns: this document has empty cells
}

// apart cuts digits that are cells run together: as many as columns. It is sure where none can begin a longer number (000, 002) or the sums of
// the form hold. Digits are cells run together only where the row's label stands too (section four has none): a number on a line of its
// own is one number.
func (f *flatState) apart(row token, values []token) (split []token, sure bool) {
	n := len(f.columns)
	if len(values) != 1 || n < 2 || values[0].at != row.at && !(f.family == litigation && n == 15) {
		return nil, false
	}
	one := values[0]
	if len(one.text) != n || strings.Trim(one.text, "0123456789") != "" {
		return nil, false
	}
	split = make([]token, n)
	cells := make([]*cell, n)
	for i := range n {
		split[i] = token{tokenNumber, one.text[i : i+1], nil, one.at}
		cells[i] = f.cell(split[i], number.Parse(split[i].text))
	}
	sure = strings.Trim(one.text[:n-1], "0") == "" ||
		f.family == requests && sumsUp(f.columns, cells) || f.family == litigation && groupsSumUp(cells)
	return split, sure
}

// doubtGlued takes back the digits read one by one in a document whose other rows show that empty cells left no trace.
func (r *results) doubtGlued(g glue) {
	if !g.short {
		return
	}
	const why = "digits run together: one for each column, or a longer number beside empty cells, which other rows of the document have lost"
	for i, k := range g.facts {
		f := &r.facts[r.at[k]]
		if f.doubt != "" {
			continue
		}
		f.doubt = why
		if i == 0 || k.indicator != g.facts[i-1].indicator {
			r.problemAt(extract.AmbiguousReading, factKey{k.indicator, ""}, f.cell, "%s", why) // of the whole row
		}
	}
}
