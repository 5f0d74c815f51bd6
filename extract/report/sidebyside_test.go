package report

import (
	"testing"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/extract"
)

// TestSheetPrintedOverPagesSideBySide: a sheet wider than the paper comes on two pages, the labels on one of them. The
// rows of the other are no continuation of the row that stands last, or first, on the page with the labels.
func TestSheetPrintedOverPagesSideBySide(t *testing.T) {
	applicants := codebook.FindForm("2021", codebook.Requests).Columns
	part := func(page int, labels []string, from, to, n int) extract.Block {
		s := sheet{{}}
		if labels != nil {
			s[0] = append(s[0], head("项目", 1, 1))
		}
		for _, a := range applicants[from:to] {
			s[0] = append(s[0], head(a.Text(), 1, 1))
		}
		for i := range 3 {
			var row []td
			if labels != nil {
				row = append(row, head(labels[i], 1, 1))
			}
			for range applicants[from:to] {
				row = append(row, td{string(rune('1' + n + i)), 1, 1, false})
			}
			s = append(s, row)
		}
		g := s.grid()
		for i := range g.Cells {
			g.Cells[i].Place.Page = page
		}
		return extract.Block{Kind: extract.Table, Grid: g}
	}
	upper := []string{"（六）其他处理", "（七）总计", "四、结转下年度继续办理"}
	for name, blocks := range map[string][]extract.Block{
		"labels first":  {part(1, upper, 0, 3, 0), part(2, nil, 3, 7, 3)},
		"numbers first": {part(1, nil, 3, 7, 3), part(2, upper, 0, 3, 0)},
	} {
		d := &extract.Document{Reader: "test", Blocks: append([]extract.Block{{Kind: extract.Paragraph, Text: "三、收到和处理政府信息公开申请情况"}}, blocks...)}
		r := Build(d)
		for _, f := range r.Facts {
			for _, a := range applicants[3:] {
				if f.Applicant != nil && *f.Applicant == a.Key && f.Value != nil {
					t.Errorf("%s: %s of %s is %v", name, f.Indicator, a.Key, *f.Value)
				}
			}
		}
		if len(r.Problems) == 0 || len(r.Facts) == 0 {
			t.Errorf("%s: %d facts, problems %v", name, len(r.Facts), r.Problems)
		}
	}
	// The same of section two: no cell for the label, and a number where it would be.
	g := sheet{{head("", 1, 1), head("本年新公开数量", 1, 1), head("对外公开总数量", 1, 1)}, {td{"985", 1, 1, false}, td{"394", 1, 1, false}, td{"", 1, 1, false}}}.grid()
	r := Build(&extract.Document{Reader: "test", Blocks: []extract.Block{{Kind: extract.Paragraph, Text: "二、主动公开政府信息情况"}, {Kind: extract.Table, Grid: g}}})
	if len(r.Facts) > 0 || len(r.Problems) == 0 {
		t.Errorf("facts %v, problems %v", r.Facts, r.Problems)
	}
}
