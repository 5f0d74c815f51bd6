package normalize

import (
	"reflect"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/extract"
)

func TestTextRows(t *testing.T) {
	one, five, year := 1, 5, 2023
	text := "甲镇2023年政府信息公开年度报告\n一、总体情况：全年公开信息3条。\n加强培训。\n五、问题\n"
	r := &extract.Report{Text: text, Opening: "line:1-1", Sections: []extract.Section{
		{Number: one, Title: "一、总体情况", Start: 18, End: 40, Locator: "line:2-2"}, {Number: five, Title: "五、问题", Start: 41, End: 45, Locator: "line:4-4"}}}
	for i := range r.Sections { // the heading stands where the section says
		s := r.Sections[i]
		if got := string([]rune(text)[s.Start : s.Start+len([]rune(s.Title))]); got != s.Title {
			t.Fatalf("%q is at the start of section %d", got, s.Number)
		}
	}
	v := &version{Document: Document{Reading: &Reading{Report: r}}, year: &year, id: "r"}
	v.Issuer.ID = "370686107000"
	row := schema.Text{ReportID: "r", IssuerID: "370686107000", Year: int32Of(&year)}
	opening, first, second := row, row, row
	opening.Text, opening.Characters, opening.Locator = "甲镇2023年政府信息公开年度报告", 17, "line:1-1"
	opening.Words = []string{"甲", "镇", "2023", "政府信息公开", "年度报告"}
	first.Section, first.Seq, first.Heading, first.Text, first.Characters, first.Locator = int32Of(&one), 1, "一、总体情况", "全年公开信息3条。\n加强培训。", 15, "line:2-2"
	first.Words = []string{"全年", "公开", "信息", "3", "加强", "培训"}
	second.Section, second.Seq, second.Heading, second.Locator, second.Words = int32Of(&five), 2, "五、问题", "line:4-4", []string{}
	got := textRows(v)
	if want := []schema.Text{opening, first, second}; !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	r.Sections = nil
	if got := textRows(v); len(got) != 1 || got[0].Section != nil || got[0].Text+"\n" != text {
		t.Errorf("a text without headings: %+v", got)
	}
	r.Text = ""
	if got := textRows(v); len(got) != 0 {
		t.Errorf("a report without text: %+v", got)
	}
}
