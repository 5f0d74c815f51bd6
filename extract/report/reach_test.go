package report

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/items"
)

// TestNoBlankBesideALostNumber moves numbers of the forms out of their cells, each in one of the ways in which pages
// lose their place: behind the last column, before the first, into a row of their own below or above. The cell that a
// number left is no blank, nor is any blank cell of a row in which a number was read as nothing.
func TestNoBlankBesideALostNumber(t *testing.T) {
	tried, unread := 0, 0
	for seed := range uint64(60) {
		m := &maker{Rand: rand.New(rand.NewPCG(seed, 8)), truth: truth{}, blanks: seed%2 == 0}
		f := codebook.FindForm("2021", codebook.Requests)
		for _, s := range []sheet{m.requests("2021", f.Columns, true), m.litigation(), m.section2(codebook.FindForm("2021", codebook.Documents))} {
			g := s.grid()
			var values []int
			for i, c := range g.Cells {
				if c.RowSpan == 1 && c.ColSpan == 1 && c.Col > 0 && c.Row > 2 && c.Text != "" && c.Text[0] >= '1' && c.Text[0] <= '9' {
					if k, _ := items.Classify(c.Text); k == items.Value {
						values = append(values, i)
					}
				}
			}
			if len(values) == 0 {
				continue
			}
			i := values[m.IntN(len(values))]
			gone := g.Cells[i]
			whose := ""
			for _, f := range Build(&extract.Document{Blocks: []extract.Block{{Kind: extract.Table, Grid: g}}}).Facts {
				if f.Raw == gone.Text {
					whose = f.Indicator + fmt.Sprint(f.ColumnNo)
				}
			}
			how := displace(g, i, m.IntN(4))
			r := Build(&extract.Document{Reader: "test", Blocks: []extract.Block{{Kind: extract.Table, Grid: g}}})
			tried++
			checkNoBlank(t, r, fmt.Sprintf("seed %d, %s %s at %d,%d", seed, how, gone.Text, gone.Row, gone.Col))
			if k := slices.IndexFunc(r.Facts, func(f extract.Fact) bool {
				return f.Indicator+fmt.Sprint(f.ColumnNo) == whose && how != "before the row" || f.Indicator+fmt.Sprint(f.ColumnNo-1) == whose && how == "before the row"
			}); k >= 0 && r.Facts[k].State == extract.Blank {
				t.Errorf("seed %d: %s is blank, and its number %s stands %s", seed, whose, gone.Text, how)
			}
			for _, p := range r.Problems {
				if p.Code == "blank_beside_lost" {
					unread++
					if p.Indicator == "" {
						t.Errorf("seed %d: a problem without the cell it is about: %+v", seed, p)
					}
				}
			}
		}
	}
	t.Logf("%d numbers moved, %d blank cells beside them unreadable", tried, unread)
	if unread == 0 {
		t.Error("no blank cell came within the reach of a lost number")
	}
}

// displace moves the text of cell i of a grid.
func displace(g *extract.Grid, i, how int) string {
	c := g.Cells[i]
	g.Cells[i].Text = ""
	moved := extract.Cell{Row: c.Row, Col: g.Cols, RowSpan: 1, ColSpan: 1, Text: c.Text}
	switch how {
	case 0: // behind the last column
		g.Cols++
		g.Cells = append(g.Cells, moved)
	case 1, 2: // in a row of its own, below or above
		row := c.Row + 2 - how
		for k := range g.Cells {
			switch o := &g.Cells[k]; {
			case o.Row >= row:
				o.Row++
			case o.Row+o.RowSpan > row:
				o.RowSpan++
			}
		}
		g.Rows++
		moved.Row, moved.Col = row, c.Col
		g.Cells = append(g.Cells, moved)
		how = 1
	case 3: // into the empty space before the row: all others keep their places
		for k := range g.Cells {
			g.Cells[k].Col++
		}
		g.Cols++
		moved.Col = 0
		g.Cells = append(g.Cells, moved)
	}
	slices.SortFunc(g.Cells, func(a, b extract.Cell) int { return (a.Row-b.Row)*1000 + a.Col - b.Col })
	return []string{"behind the row", "in a row of its own", "", "before the row"}[how]
}

// checkNoBlank fails for a blank cell in a row of which a number was read as nothing.
func checkNoBlank(t *testing.T, r *extract.Report, what string) {
	t.Helper()
	read := map[string]bool{}
	for _, f := range r.Facts {
		read[fmt.Sprint(f.TableNo, f.RowNo, f.ColumnNo)] = true
	}
	lost := map[[2]int]bool{}
	for _, p := range r.Problems {
		if (p.Kind == extract.LeftoverCell || p.Kind == extract.UnmatchedLabel) && !read[fmt.Sprint(p.TableNo, p.RowNo, p.ColumnNo)] {
			if k, _ := items.Classify(p.Raw); k == items.Value {
				lost[[2]int{p.TableNo, p.RowNo}] = true
			}
		}
	}
	for _, f := range r.Facts {
		if f.State == extract.Blank && lost[[2]int{f.TableNo, f.RowNo}] {
			t.Errorf("%s: %s %v is blank beside a number that was read as nothing", what, f.Indicator, f.Applicant)
		}
	}
}
