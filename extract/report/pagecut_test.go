package report

import (
	"testing"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/extract"
)

// TestNumbersOfOneRowOnTwoPages: a page cuts a row, and its numbers stand in both pieces, the label in one of them.
func TestNumbersOfOneRowOnTwoPages(t *testing.T) {
	applicants := codebook.FindForm("2021", codebook.Requests).Columns
	numbers := []string{"11", "12", "13", "14", "15", "16", "81"}
	const key = "requests.unavailable.unclear_after_correction"
	for _, labelAbove := range []bool{true, false} {
		var s sheet
		header := sheet{{head("项目", 1, 1)}}
		for _, a := range applicants {
			header[0] = append(header[0], head(a.Text(), 1, 1))
		}
		upper, lower := []td{head("", 1, 1)}, []td{head("", 1, 1)}
		if label := head("3.补正后申请内容仍不明确", 1, 1); labelAbove {
			upper[0] = label
		} else {
			lower[0] = label
		}
		for i, n := range numbers {
			if i%2 == 0 {
				upper, lower = append(upper, td{n, 1, 1, false}), append(lower, td{"", 1, 1, false})
			} else {
				upper, lower = append(upper, td{"", 1, 1, false}), append(lower, td{n, 1, 1, false})
			}
		}
		row := func(label string, n string) []td {
			out := []td{head(label, 1, 1)}
			for range applicants {
				out = append(out, td{n, 1, 1, false})
			}
			return out
		}
		s = append(header, row("2.没有现成信息需要另行制作", "7"), upper, lower, row("1.信访举报投诉类申请", "9"))
		g := s.grid()
		for i := range g.Cells {
			g.Cells[i].Place.Page = 1
			if g.Cells[i].Row > 2 {
				g.Cells[i].Place.Page = 2
			}
		}
		r := Build(&extract.Document{Reader: "test", Blocks: []extract.Block{{Kind: extract.Paragraph, Text: "三、收到和处理政府信息公开申请情况"}, {Kind: extract.Table, Grid: g}}})
		got := map[string]string{}
		for _, f := range r.Facts {
			if f.Indicator == key {
				got[*f.Applicant] = f.Raw
			}
		}
		for i, a := range applicants {
			if got[a.Key] != numbers[i] {
				t.Errorf("label above %v: %s is %q, want %s (%v)", labelAbove, a.Key, got[a.Key], numbers[i], r.Problems)
			}
		}
	}
}
