package compare

import (
	"io"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/chart"
	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/datasets/query"
)

// Chart is the chart of one row: a line for each place, with the note on what the marks mean. Amounts of money are
// drawn in one unit; a value that cannot be told in the unit of the chart (a number of items, an amount whose unit is
// not stated) is left out, and the note says so.
func (t Table) Chart(row int, language string) chart.Lines {
	r := t.Rows[row]
	unit := r.chartUnit()
	l := chart.Lines{Title: r.Label(language), Unit: unitLine(unit, language)}
	at := map[string]int{}
	var notes chartNotes
	for i, c := range t.Columns {
		if c.Year == nil {
			continue
		}
		k, ok := at[c.IssuerID]
		if !ok {
			k = len(l.Series)
			at[c.IssuerID] = k
			l.Series = append(l.Series, chart.Series{Name: c.Place})
		}
		cell := r.Cells[i]
		p := chart.Point{Year: int(*c.Year), Break: cell.Comparability == "break", Form: c.Template, Doubt: len(cell.Marks) > 0}
		if cell.Value != nil {
			if v, same := codebook.Convert(*cell.Value, cell.Unit, unit); same {
				if unit == codebook.Share {
					v *= 100
				}
				p.Value = &v
				notes.doubt, notes.broken = notes.doubt || p.Doubt, notes.broken || p.Break
				notes.corrected = notes.corrected || t.Values == query.Corrected && len(cell.Corrections) > 0
			} else {
				notes.other = true
			}
		}
		l.Series[k].Points = append(l.Series[k].Points, p)
	}
	l.Note = notes.text(language)
	if t.Sampled() {
		l.Note = strings.TrimSuffix(pick(language, "样例：虚构的地方和数字", "Sample: invented places and figures")+" · "+l.Note, " · ")
	}
	return l
}

// chartUnit is the unit of the latest columns that have a value; of amounts of money the larger of the units there are.
func (r Row) chartUnit() string {
	unit := r.Unit
	for _, c := range r.Cells {
		if c.Value == nil || c.Unit == "" {
			continue
		}
		factor, same := codebook.Convert(1, c.Unit, unit)
		if !same || factor > 1 || unit == codebook.Mixed {
			unit = c.Unit
		}
	}
	return unit
}

// chartNotes are what the note below a chart has to explain.
type chartNotes struct{ doubt, broken, corrected, other bool }

func (n chartNotes) text(language string) string {
	var notes []string
	for _, note := range []struct {
		is     bool
		zh, en string
	}{
		{n.corrected, "含更正值；公布值见表", "With corrected values; the table holds what was published"},
		{n.doubt, "空心点：有标记的数值，见表", "Open mark: a value with a mark, see the table"},
		{n.broken, "虚线：口径改变，两侧不可比", "Dashed rule: the form counts something else on each side"},
		{n.other, "单位不同的数值未画出，见表", "Values in another unit are not drawn, see the table"},
	} {
		if note.is {
			notes = append(notes, pick(language, note.zh, note.en))
		}
	}
	return strings.Join(notes, " · ")
}

func unitLine(unit, language string) string {
	if unit == codebook.Share {
		return pick(language, "单位：%", "per cent")
	}
	return pick(language, "单位：", "") + codebook.LookupUnit(unit).Called(language)
}

// WriteSVG draws the first row that has a number.
func (t Table) WriteSVG(w io.Writer, language string) error {
	for i, r := range t.Rows {
		for _, c := range r.Cells {
			if c.Value != nil {
				return chart.WriteSVG(w, t.Chart(i, language))
			}
		}
	}
	return chart.ErrEmpty
}
