package report

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/extract"
)

// TestGroupLabelBeforeNaturalPerson: a table without rules whose header was put together wrongly, so that 法人或其他组织 and
// 商业企业 lie over the column of 自然人. Row sums hold in any order of the applicants, so nothing else would tell a wrong
// one.
func TestGroupLabelBeforeNaturalPerson(t *testing.T) {
	for _, flat := range []bool{false, true} {
		m := &maker{Rand: rand.New(rand.NewPCG(1, 2)), truth: truth{}}
		s := m.requests("2021", codebook.FindForm("2021", codebook.Requests).Columns, false)
		s[0][0].rows = 4
		header := sheet{s[0], {head("法人或其他组织", 1, 4)}, {head("商业企业", 1, 3)},
			{head("自然人", 1, 1), head("", 1, 1), head("科研机构", 1, 1), head("社会公益组织", 1, 1), head("法律服务机构", 1, 1), head("其他", 1, 1), head("总计", 1, 1)}}
		g := append(header, s[3:]...).grid()
		g.Flat = flat
		r := Build(&extract.Document{Reader: "test", Blocks: []extract.Block{{Kind: extract.Paragraph, Text: "三、收到和处理政府信息公开申请情况"}, {Kind: extract.Table, Grid: g}}})
		for _, f := range r.Facts {
			k := cellOf{f.Indicator, ""}
			if f.Applicant != nil {
				k.applicant = *f.Applicant
			}
			if f.State == extract.Reported && fmt.Sprint(*f.Value) != m.truth[k] {
				t.Fatalf("flat %v: %v is %s, read as %v", flat, k, m.truth[k], *f.Value)
			}
		}
		if len(r.Facts) == 0 && len(r.Problems) == 0 {
			t.Errorf("flat %v: nothing read and nothing said", flat)
		}
	}
}

// requestFacts reads the grids as section three and compares every published number with the truth of m.
func (m *maker) requestFacts(t *testing.T, name string, grids ...*extract.Grid) {
	t.Helper()
	d := &extract.Document{Reader: "test", Blocks: []extract.Block{{Kind: extract.Paragraph, Text: "三、收到和处理政府信息公开申请情况"}}}
	for _, g := range grids {
		d.Blocks = append(d.Blocks, extract.Block{Kind: extract.Table, Grid: g})
	}
	n := 0
	for _, f := range Build(d).Facts {
		if f.State != extract.Reported {
			continue
		}
		n++
		if k := (cellOf{f.Indicator, *f.Applicant}); fmt.Sprint(*f.Value) != m.truth[k] {
			t.Fatalf("%s: %v is %s, read as %v", name, k, m.truth[k], *f.Value)
		}
	}
	if n != len(m.truth) {
		t.Errorf("%s: %d of %d numbers read", name, n, len(m.truth))
	}
}

// sums makes the total of every row the sum of its applicants.
func (m *maker) sums(s sheet) {
	for r := 3; r < len(s); r++ {
		row, sum := s[r], 0
		for i := len(row) - 7; i < len(row)-1; i++ {
			n := 0
			fmt.Sscan(row[i].text, &n)
			sum += n
		}
		for k, v := range m.truth {
			if k.applicant == codebook.Total && v == row[len(row)-1].text && m.truth[cellOf{k.indicator, "natural_person"}] == row[len(row)-7].text {
				m.truth[k] = fmt.Sprint(sum)
			}
		}
		row[len(row)-1].text = fmt.Sprint(sum)
	}
}

func TestHeaderOfWrongSpanAndHeaderTwice(t *testing.T) {
	build := func() (*maker, sheet) {
		m := &maker{Rand: rand.New(rand.NewPCG(3, 4)), truth: truth{}}
		s := m.requests("2021", codebook.FindForm("2021", codebook.Requests).Columns, false)
		m.sums(s)
		return m, s
	}
	m, s := build()
	s[1][1].cols = 4 // 法人或其他组织 over four of its five columns: 总计 moves before 其他
	m.requestFacts(t, "a span too short", s.grid())
	m, s = build()
	m.requestFacts(t, "a copy of the header before the table", s[:3].grid(), s.grid())
	m, s = build()
	s[1][1].cols = 1 // 法人或其他组织 over one of them, in a header with other spans
	m.requestFacts(t, "a span lost", s.grid())
	for i, label := range []string{"商业公司", "科研单位"} {
		m, s = build()
		s[2][i].text = label
		m.requestFacts(t, label, s.grid())
	}
	m, s = build()
	s[0] = append(s[0][:1:1], append([]td{head("单位", 3, 1)}, s[0][1:]...)...)
	for r := 3; r < len(s); r++ {
		i := len(s[r]) - 7
		s[r] = append(s[r][:i:i], append([]td{head("件", 1, 1)}, s[r][i:]...)...)
	}
	m.requestFacts(t, "a column of units", s.grid())
}

// A header that may name another applicant is taken for the one that is missing only in rows whose sum holds; the other
// columns stay.
func TestHeaderByElimination(t *testing.T) {
	g := draw("申请人情况|||||||", "项目|自然人|商业公司|科研机构|社会公益组织|法律服务机构|其他|总计",
		"一、本年新收政府信息公开申请数量|1|2|0|0|0|0|3", "二、上年结转政府信息公开申请数量|1|2|0|0|0|0|9")
	r := Build(tables(g))
	states := map[string]string{}
	for _, f := range r.Facts {
		states[f.Indicator+"/"+*f.Applicant] = f.State
	}
	for k, want := range map[string]string{"requests.received/business": extract.Reported, "requests.carried_in/business": extract.Unreadable, "requests.carried_in/total": extract.Reported} {
		if states[k] != want {
			t.Errorf("%s is %s, want %s", k, states[k], want)
		}
	}
	g.Cells[10].Text = "非商业企业"
	for _, f := range Build(tables(g)).Facts {
		if *f.Applicant == "business" {
			t.Errorf("%+v", f)
		}
	}
}
