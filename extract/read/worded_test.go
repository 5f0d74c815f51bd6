package read

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/extract"
)

const sectionTwo = `<html><body><h1>云岭县白石镇2023年政府信息公开工作年度报告</h1><p>二、主动公开政府信息情况</p>
<table><tr><td colspan="4">第二十条第（一）项</td></tr><tr><td>信息内容</td><td>本年制发件数</td><td>本年废止件数</td><td>现行有效件数</td></tr>
<tr><td>规章</td><td>%s</td><td>%s</td><td>%s</td></tr><tr><td>行政规范性文件</td><td>7</td><td>2</td><td>41</td></tr></table></body></html>`

// sectionTwoFacts reads a page with the three cells of the row 规章 as given.
func sectionTwoFacts(t *testing.T, issued, repealed, inForce string) (facts map[string]extract.Fact, told func(extract.Fact) bool) {
	t.Helper()
	r, err := Report(context.Background(), "a.html", fmt.Appendf(nil, sectionTwo, issued, repealed, inForce), Options{})
	if err != nil {
		t.Fatal(err)
	}
	facts = map[string]extract.Fact{}
	for _, f := range r.Facts {
		facts[f.Indicator] = f
	}
	return facts, func(f extract.Fact) bool {
		return slices.ContainsFunc(r.Problems, func(p extract.Problem) bool { return p.TableNo == f.TableNo && p.RowNo == f.RowNo })
	}
}

// A word where a number belongs is an unreadable number of its row: it neither becomes the row's label nor takes the
// row away.
func TestWordsForNumbers(t *testing.T) {
	for _, word := range []string{"一", "一一", "不详", "未统计", "若干", "见附件", "同上", "一百五", "3（其中修订5件）"} {
		for _, cells := range [][]string{{word, "5", "6"}, {word, word, word}, {"4", word, "6"}} {
			facts, told := sectionTwoFacts(t, cells[0], cells[1], cells[2])
			for i, indicator := range []string{"regulations.issued", "regulations.repealed", "regulations.in_force"} {
				f, ok := facts[indicator]
				switch {
				case !ok:
					t.Errorf("%q: no fact %s", cells, indicator)
				case cells[i] == word && (f.State != extract.Unreadable || !told(f)):
					t.Errorf("%q: %s is %s, told %v; want unreadable and told", cells, indicator, f.State, told(f))
				case cells[i] != word && (f.Value == nil || fmt.Sprint(*f.Value) != cells[i]):
					t.Errorf("%q: %s is %v (%s), want %s", cells, indicator, f.Value, f.State, cells[i])
				}
			}
			if f := facts["normative_documents.in_force"]; f.Value == nil || *f.Value != 41 || strings.Join(f.LabelPath, "/") != "行政规范性文件/现行有效件数" {
				t.Errorf("%q: the row below: %+v", cells, f)
			}
		}
	}
}

// Numbers in a table within a cell are not one number of it, and the cell is no blank.
func TestNumbersNestedInACell(t *testing.T) {
	facts, told := sectionTwoFacts(t, "<table><tr><td>1</td><td>2</td></tr></table>", "5", "6")
	if f := facts["regulations.issued"]; f.State != extract.Unreadable || !told(f) {
		t.Errorf("the cell is %s, told %v; want unreadable and told", f.State, told(f))
	}
	if f := facts["regulations.in_force"]; f.Value == nil || *f.Value != 6 {
		t.Errorf("its neighbour is %v (%s), want 6", f.Value, f.State)
	}
}

// A long dash before a count is no minus: the cell may be empty, or the number's. A minus is published as it stands.
func TestDashBeforeACount(t *testing.T) {
	for _, cell := range []string{"—12", "—0", "——5"} {
		facts, told := sectionTwoFacts(t, cell, "5", "6")
		if f := facts["regulations.issued"]; f.State != extract.Unreadable || !told(f) {
			t.Errorf("%s is %s, told %v; want unreadable and told", cell, f.State, told(f))
		}
	}
	facts, _ := sectionTwoFacts(t, "-5", "5", "6")
	if f := facts["regulations.issued"]; f.Value == nil || *f.Value != -5 {
		t.Errorf("-5 is %v (%s)", f.Value, f.State)
	}
}

// The total of a row of text that a line end put alone on the next line, where it ends the table, leaves no blank in
// its place.
func TestTotalOnTheNextLine(t *testing.T) {
	const text = "云岭县白石镇2023年政府信息公开工作年度报告\n三、收到和处理政府信息公开申请情况\n" +
		"项目\t自然人\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\t总计\n" +
		"一、本年新收政府信息公开申请数量\t5\t1\t2\t3\t4\t6\t21\n" +
		"二、上年结转政府信息公开申请数量\t1\t\t760\t66\t\t562\t\n2315\n"
	r, err := Report(context.Background(), "a.txt", []byte(text), Options{})
	if err != nil {
		t.Fatal(err)
	}
	seen := false
	for _, f := range r.Facts {
		if f.Indicator == "requests.carried_in" && f.Applicant != nil && *f.Applicant == "total" {
			seen = true
			if f.State == extract.Blank || f.Value != nil {
				t.Errorf("the total is %s %v, and its number stands on the next line", f.State, f.Value)
			}
		}
	}
	if !seen {
		t.Error("no fact for the total")
	}
}

// A number that a script writes is not in the page: its cell is unreadable and told, not blank, and not the number that
// stands there until then.
func TestNumbersWrittenByScripts(t *testing.T) {
	for _, cell := range []string{"<span data-n=12></span>", `<span v-text="row.n"></span>`, `<count-up end="12"></count-up>`, `<i data-count="120">0</i>`} {
		facts, told := sectionTwoFacts(t, cell, "5", "6")
		if f := facts["regulations.issued"]; f.State != extract.Unreadable || !told(f) {
			t.Errorf("%s is %s, told %v; want unreadable and told", cell, f.State, told(f))
		}
		if f := facts["regulations.in_force"]; f.Value == nil || *f.Value != 6 {
			t.Errorf("%s: its neighbour is %v (%s), want 6", cell, f.Value, f.State)
		}
	}
}

// A row right below the header of which a dump shows marks only is a row of blanks, or of what cannot be read: neither
// a title nor a part of the header.
func TestRowOfMarksBelowTheHeader(t *testing.T) {
	for mark, want := range map[string]string{"NaN": extract.Blank, "null": extract.Blank, "〃": extract.Unreadable} {
		facts, _ := sectionTwoFacts(t, mark, mark, mark)
		for _, indicator := range []string{"regulations.issued", "regulations.repealed", "regulations.in_force"} {
			if f, ok := facts[indicator]; !ok || f.State != want {
				t.Errorf("%s: %s is %q, want %s", mark, indicator, f.State, want)
			}
		}
	}
}
