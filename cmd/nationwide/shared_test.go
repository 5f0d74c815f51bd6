package main

import (
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/normalize"
)

// What the table reuse says that two reports share stands in both at the places given.
func TestSharedText(t *testing.T) {
	found, problems := 0, 0
	for _, d := range (generator{share: 0.0005}).towns() {
		rows := normalize.Issuer(newTown(d, 1).documents([]int{2019, 2020, 2021, 2022}))
		text := textsOf(rows.Texts)
		for _, x := range sharedText(&rows) {
			found++
			here, there := []rune(text[x.ReportID])[x.StartOffset:], []rune(text[x.OtherReportID])[x.OtherStartOffset:]
			if n := x.LongestCharacters; string(here[:n]) != string(there[:n]) || !strings.HasPrefix(string(here), x.Passage) || x.Share <= 0 || x.Share > 1 {
				t.Errorf("%s: %+v", d.Code, x)
			}
		}
		problems += len(rows.Problems)
	}
	if found < 10 || problems < 5 {
		t.Errorf("%d passages are shared, %d problems told", found, problems)
	}
}

func textsOf(rows []schema.Text) map[string]string {
	texts := map[string][]string{}
	for _, row := range rows {
		texts[row.ReportID] = append(texts[row.ReportID], row.Text)
	}
	out := map[string]string{}
	for id, parts := range texts {
		out[id] = strings.Join(parts, "\n")
	}
	return out
}
