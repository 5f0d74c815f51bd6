package report

import (
	"testing"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/extract"
)

// TestDoubtedCells: a number that its reader doubts stands only where the sums of the form confirm it; digits that
// stand apart are read together on the same condition, in however many lines they stand. Which of two readers' numbers
// was printed no sum tells.
func TestDoubtedCells(t *testing.T) {
	for name, c := range map[string]struct {
		numbers [7]string
		doubt   string
		want    string // of the total
	}{
		"sure":          {[7]string{"1", "2", "3", "4", "5", "6", "99"}, "", "reported"},
		"confirmed":     {[7]string{"1", "2", "3", "4", "5", "6", "21"}, "the two readers differ", "reported"},
		"fails":         {[7]string{"1", "2", "3", "4", "5", "6", "2"}, "the two readers differ", "unreadable"},
		"other digits":  {[7]string{"1", "2", "3", "4", "5", "6", "21"}, extract.DigitsDiffer, "unreadable"},
		"digits apart":  {[7]string{"1\n1\n1", "2", "3", "4", "5", "6", "1\n3\n1"}, extract.DigitsDiffer, "unreadable"},
		"blank":         {[7]string{"1", "2", "3", "4", "5", "6", ""}, "the two readers differ", "unreadable"},
		"three lines":   {[7]string{"1\n1\n1", "2", "3", "4", "5", "6", "1\n3\n1"}, "the two readers differ", "reported"},
		"lines, failed": {[7]string{"1\n1\n1", "2", "3", "4", "5", "6", "1\n3\n2"}, "", "unreadable"},
	} {
		s := sheet{{head("项目", 1, 3)}, {head("（一）予以公开", 1, 3)}}
		for i, a := range codebook.FindForm("2021", codebook.Requests).Columns {
			s[0], s[1] = append(s[0], head(a.Text(), 1, 1)), append(s[1], td{c.numbers[i], 1, 1, false})
		}
		g := s.grid()
		for i := range g.Cells {
			if g.Cells[i].Row == 1 {
				g.Cells[i].Doubt = c.doubt
			}
		}
		r := Build(&extract.Document{Reader: "test", Blocks: []extract.Block{{Kind: extract.Paragraph, Text: "三、收到和处理政府信息公开申请情况"}, {Kind: extract.Table, Grid: g}}})
		got := ""
		for _, f := range r.Facts {
			if f.Indicator == "requests.granted" && *f.Applicant == codebook.Total {
				got = f.State
			}
		}
		if got != c.want || got == "unreadable" && len(r.Problems) == 0 {
			t.Errorf("%s: %q, want %q; problems %v", name, got, c.want, r.Problems)
		}
	}
}
