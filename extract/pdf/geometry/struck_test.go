package geometry

import "testing"

// A rule through a number doubts it; one below it, or beside it, does not.
func TestStruckNumbers(t *testing.T) {
	for name, c := range map[string]struct {
		rule    Box
		doubted bool
	}{
		"through it":         {Box{209, 648, 231, 648.6}, true},
		"through all of it":  {Box{205, 648.2, 240, 649}, true},
		"below it":           {Box{209, 643.2, 231, 643.8}, false},
		"beside it":          {Box{240, 648, 270, 648.6}, false},
		"through its end":    {Box{228, 648, 252, 648.6}, false},
		"in the cell above":  {Box{209, 668, 231, 668.6}, false},
		"a vertical rule":    {Box{217, 643, 217.6, 656}, false},
		"outside of a table": {Box{209, 500, 231, 500.6}, false},
	} {
		s := ruledPage()
		s.Paths = append(s.Paths, fill(ink, c.rule))
		doubted := false
		for _, table := range ReadPage(&s.Page, false).Tables {
			for _, cell := range table.Cells {
				doubted = doubted || cell.Text == "9487" && cell.Doubt != ""
			}
		}
		if doubted != c.doubted {
			t.Errorf("%s: doubted %v", name, doubted)
		}
	}
}
