package report

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/extract"
)

// TestLostHeaderCell: whatever cell a header loses (what stands behind it in the row then moves), no number is read as
// another column's. Nothing adds up here, so no sum can confirm a reading.
func TestLostHeaderCell(t *testing.T) {
	form := codebook.FindForm("2021", codebook.Requests).Columns
	for name, draw := range map[string]func(*maker) sheet{
		"section three": func(m *maker) sheet { return m.requests("2021", form, false) },
		"section four":  func(m *maker) sheet { return m.litigation() },
	} {
		for seed := range uint64(6) {
			for row := range 3 {
				for col := 0; ; col++ {
					m := &maker{Rand: rand.New(rand.NewPCG(seed, 3)), truth: truth{}, blanks: seed%2 == 1}
					s := draw(m)
					if col == len(s[row]) {
						break
					}
					m.blankEnds(s[3:], seed)
					lost := s[row][col].text
					s[row] = slices.Delete(s[row], col, col+1)
					r := Build(&extract.Document{Reader: "test", Blocks: []extract.Block{{Kind: extract.Table, Grid: s.grid()}}})
					for _, f := range r.Facts {
						k := cellOf{f.Indicator, ""}
						if f.Applicant != nil {
							k.applicant = *f.Applicant
						}
						if f.State == extract.Reported && fmt.Sprint(*f.Value) != m.truth[k] || f.State == extract.Blank && m.truth[k] != "" {
							t.Errorf("%s, seed %d, without %s in row %d: %v is %q, read as %s %q", name, seed, lost, row+1, k, m.truth[k], f.State, f.Raw)
							break
						}
					}
				}
			}
		}
	}
}

// blankEnds empties the first or the last number of each row, or both.
func (m *maker) blankEnds(rows sheet, seed uint64) {
	empty := func(c *td) {
		for k, v := range m.truth {
			if v == c.text {
				m.truth[k] = ""
			}
		}
		c.text = ""
	}
	for _, row := range rows {
		first := slices.IndexFunc(row, func(c td) bool { return !c.label })
		if seed%3 > 0 {
			empty(&row[len(row)-1])
		}
		if seed%3 > 1 {
			empty(&row[first])
		}
	}
}

// TestLongestRow: a row of a table with spans that holds a blank and one cell more than all others.
func TestLongestRow(t *testing.T) {
	m := &maker{Rand: rand.New(rand.NewPCG(1, 3)), truth: truth{}}
	s := m.requests("2021", codebook.FindForm("2021", codebook.Requests).Columns, false)
	at := len(s) - 1
	s[at] = []td{s[at][0], {"", 1, 1, false}, {"7", 1, 1, false}, {"", 1, 1, false}, {"", 1, 1, false}, {"", 1, 1, false}, {"8", 1, 1, false}, {"9", 1, 1, false}, {"", 1, 1, false}}
	r := Build(&extract.Document{Reader: "test", Blocks: []extract.Block{{Kind: extract.Table, Grid: s.grid()}}})
	for _, f := range r.Facts {
		if f.Indicator == "requests.carried_out" && f.State != extract.Unreadable || f.Indicator != "requests.carried_out" && f.State == extract.Unreadable {
			t.Errorf("%s %s is %s", f.Indicator, *f.Applicant, f.State)
		}
	}
	if len(r.Problems) == 0 {
		t.Error("no problem says so")
	}
}
