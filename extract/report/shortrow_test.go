package report

import (
	"testing"

	"github.com/gongkai-data/gongkai/extract"
)

// TestRowThatLostABlankCell: every row of the export ends in a filler. A row with one field fewer has not a blank last
// value but lost a blank one that nobody can place.
func TestRowThatLostABlankCell(t *testing.T) {
	row := func(fields ...string) (out []td) {
		for _, f := range fields {
			out = append(out, td{f, 1, 1, false})
		}
		return out
	}
	s := sheet{row("信息内容", "本年制发件数", "本年废止件数", "现行有效件数", ""), row("规章", "462", "880", ""), row("行政规范性文件", "3", "1", "8", "")}
	g := s.grid()
	g.Flat = true
	r := Build(&extract.Document{Reader: "test", Blocks: []extract.Block{{Kind: extract.Paragraph, Text: "二、主动公开政府信息情况"}, {Kind: extract.Paragraph, Text: "第二十条第（一）项"}, {Kind: extract.Table, Grid: g}}})
	states := map[string]string{}
	for _, f := range r.Facts {
		states[f.Indicator] = string(f.State) + f.Raw
	}
	for indicator, want := range map[string]string{"regulations.issued": "unreadable462", "regulations.repealed": "unreadable880", "regulations.in_force": "unreadable",
		"normative_documents.issued": "reported3", "normative_documents.in_force": "reported8"} {
		if states[indicator] != want {
			t.Errorf("%s is %q, want %q", indicator, states[indicator], want)
		}
	}
	if len(r.Problems) == 0 {
		t.Error("no problem says so")
	}
}
