package report

import (
	"testing"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/extract"
)

// TestBlanksBelowAnotherLattice: the table goes on in a grid with fewer label columns than its header has; a row with
// blanks is read at the positions of the full rows, not by the order of its cells.
func TestBlanksBelowAnotherLattice(t *testing.T) {
	applicants := codebook.FindForm("2021", codebook.Requests).Columns
	header := sheet{{head("项目", 1, 3)}}
	for _, a := range applicants {
		header[0] = append(header[0], head(a.Text(), 1, 1))
	}
	row := func(label []td, numbers ...string) []td {
		for _, n := range numbers {
			label = append(label, td{n, 1, 1, false})
		}
		return label
	}
	header = append(header, row([]td{head("一、本年新收政府信息公开申请数量", 1, 3)}, "1", "2", "3", "4", "5", "6", "21"))
	below := sheet{
		row([]td{head("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", 1, 2)}, "7", "8", "9", "1", "1", "1", "27"),
		row([]td{head("（四）无法提供", 2, 1), head("1.本机关不掌握相关政府信息", 1, 1)}, "4", "4", "4", "4", "4", "4", "24"),
		row([]td{head("", 1, 1)}, "", "", "3", "5", "", "", ""), // the rest of the row, and its label, stand on the next page
	}
	last := sheet{row([]td{head("2.没有现成信息需要另行制作", 1, 1)}, "8", "1", "", "", "2", "2", "21")}
	r := Build(&extract.Document{Reader: "test", Blocks: []extract.Block{{Kind: extract.Paragraph, Text: "三、收到和处理政府信息公开申请情况"},
		{Kind: extract.Table, Grid: onPage(1, header)}, {Kind: extract.Table, Grid: onPage(2, below)}, {Kind: extract.Table, Grid: onPage(3, last)}}})
	got := map[string]string{}
	for _, f := range r.Facts {
		if f.Indicator == "requests.unavailable.no_existing_information" {
			got[*f.Applicant] = string(f.State) + f.Raw
		}
	}
	for i, want := range []string{"reported8", "reported1", "reported3", "reported5", "reported2", "reported2", "reported21"} {
		if got[applicants[i].Key] != want {
			t.Errorf("%s: %q, want %q", applicants[i].Key, got[applicants[i].Key], want)
		}
	}
}

func onPage(page int, s sheet) *extract.Grid {
	g := s.grid()
	for i := range g.Cells {
		g.Cells[i].Place.Page = page
	}
	return g
}
