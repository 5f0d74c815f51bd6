package report

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/items"
)

// breakGrid damages one grid as pages do that are worse than any layout: cells, labels and rows that are lost, doubled
// or merged.
func (m *maker) breakGrid(g *extract.Grid) string {
	row := m.IntN(g.Rows)
	var inRow []int
	for i, c := range g.Cells {
		if c.Row == row {
			inRow = append(inRow, i)
		}
	}
	if len(inRow) < 2 {
		return "none"
	}
	i := inRow[m.IntN(len(inRow))]
	switch m.IntN(7) {
	case 0: // a cell is lost and the rest of the row moves left
		width := g.Cells[i].ColSpan
		col := g.Cells[i].Col
		g.Cells = slices.Delete(g.Cells, i, i+1)
		for j := range g.Cells {
			if g.Cells[j].Row == row && g.Cells[j].Col > col {
				g.Cells[j].Col -= width
			}
		}
		return "lost cell"
	case 1:
		g.Cells[inRow[0]].Text = ""
		return "lost label"
	case 2:
		for _, j := range inRow {
			g.Cells[j].Text = ""
		}
		return "lost row"
	case 3:
		a, b := inRow[len(inRow)-1], inRow[len(inRow)-2]
		if a != b+1 || g.Cells[a].RowSpan != 1 || g.Cells[b].RowSpan != 1 {
			return "none"
		}
		g.Cells[b].Text += " " + g.Cells[a].Text
		g.Cells[b].ColSpan += g.Cells[a].ColSpan
		g.Cells = slices.Delete(g.Cells, a, a+1)
		return "merged cells"
	case 4:
		other := g.Cells[m.IntN(len(g.Cells))]
		if len(other.Text) < 12 {
			return "none"
		}
		g.Cells[inRow[0]].Text = other.Text
		return "wrong label"
	case 5:
		for _, j := range inRow {
			if k, _ := items.Classify(g.Cells[j].Text); k == items.Word {
				g.Cells[j].Text = "其他主动公开文件"
			}
		}
		return "foreign row"
	default:
		g.Cells[i].Text = []string{"见附件", "1 2", "12件", "O", "约3", "3-5", "一", "5%"}[m.IntN(8)]
		return "odd text"
	}
}

// TestBroken: on a page broken beyond the known layouts a wrong number never stands without a problem beside it.
func TestBroken(t *testing.T) {
	wrong := map[string]int{}
	documents := 1500
	if testing.Short() {
		documents = 100
	}
	for seed := range documents {
		m := &maker{Rand: rand.New(rand.NewPCG(uint64(seed), 11))}
		d := m.document()
		var grids []*extract.Grid
		for _, b := range d.Blocks {
			if b.Kind == extract.Table {
				grids = append(grids, b.Grid)
			}
		}
		how := m.breakGrid(grids[m.IntN(len(grids))])
		r := Build(d)
		for _, f := range r.Facts {
			k := cellOf{f.Indicator, ""}
			if f.Applicant != nil {
				k.applicant = *f.Applicant
			}
			want, published := m.truth[k]
			if f.State != extract.Reported || published && fmt.Sprint(*f.Value) == want || how == "odd text" && f.Raw != want && (f.Raw == "12件" || f.Raw == "一") {
				continue
			}
			wrong[how]++
			if len(r.Problems) == 0 {
				t.Errorf("seed %d, %s: %v is %q, read as %v, and no problem says so", seed, how, k, want, *f.Value)
			}
		}
	}
	t.Logf("wrong numbers beside a problem: %v", wrong)
}
