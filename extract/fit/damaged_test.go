package fit

import (
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/extract"
)

// tableOf makes a grid with spans kept of rows whose cells are parted by bars; a number behind a colon is a span to the
// right: 规章:2.
func tableOf(rows ...string) extract.Block {
	g := &extract.Grid{Rows: len(rows)}
	for r, row := range rows {
		at := 0
		for _, text := range strings.Split(row, "|") {
			span := 1
			if i := strings.LastIndexByte(text, ':'); i >= 0 {
				text, span = text[:i], int(text[i+1]-'0')
			}
			g.Cells = append(g.Cells, extract.Cell{Row: r, Col: at, RowSpan: 1, ColSpan: span, Text: text})
			at += span
		}
		g.Cols = max(g.Cols, at)
	}
	return extract.Block{Kind: extract.Table, Grid: g}
}

// said reads blocks and lists their facts: indicator[/applicant]=value, or its state.
func said(blocks ...extract.Block) map[string]string {
	r := Standard().Read(blocks, func(string) bool { return false }, func() int { return 2023 })
	out := map[string]string{}
	for _, f := range r.Facts() {
		name := f.Indicator
		if f.Applicant != nil {
			name += "/" + *f.Applicant
		}
		if out[name] = string(f.State); f.State == extract.Reported {
			out[name] = f.Raw
		}
	}
	return out
}

func lines(texts ...string) (out []extract.Block) {
	for _, s := range texts {
		out = append(out, extract.Block{Kind: extract.Paragraph, Text: s})
	}
	return out
}

const requestsHeader = "项目|自然人|商业企业|科研机构|社会公益组织|法律服务机构|其他|总计"

// Damage that leaves the row as wide as it was, or hides in the damage of another row, makes the row unreadable and
// never another number.
func TestDamageThatHides(t *testing.T) {
	for name, c := range map[string]struct {
		blocks []extract.Block
		want   map[string]string
	}{
		"a cell came in before a blank one, and a merged blank reaches as far": {
			[]extract.Block{tableOf(requestsHeader, "一、本年新收政府信息公开申请数量||3|1|0|0|0||4", "二、上年结转政府信息公开申请数量|2|0|0|0|0|0|:2", "四、结转下年度继续办理|1|0|0|0|0|0|1")},
			map[string]string{"requests.received/natural_person": extract.Unreadable, "requests.received/business": extract.Unreadable, "requests.carried_out/total": "1"}},
		"a header lost a cell over a row that ends in a blank": {
			[]extract.Block{tableOf("信息内容|本年废止件数|现行有效件数", "规章|3|1|", "行政规范性文件|7|2|41")},
			map[string]string{"regulations.repealed": extract.Unreadable, "regulations.in_force": extract.Unreadable}},
		"a cell was lost and another came in": {
			[]extract.Block{tableOf(requestsHeader, "一、本年新收政府信息公开申请数量|3|1|2|0|0||6", "二、上年结转政府信息公开申请数量|5|1||0|0|6|")},
			map[string]string{"requests.received/natural_person": "3", "requests.carried_in/business": extract.Unreadable}},
		"a text cut inside a number": {
			lines("信息内容", "本年制发件数", "本年废止件数", "现行有效件数", "规章", "4", "28", "03", "行政规范性文件", "7", "2", "41"),
			map[string]string{"regulations.issued": extract.Unreadable, "regulations.repealed": extract.Unreadable, "regulations.in_force": extract.Unreadable, "normative_documents.issued": "7"}},
	} {
		got := said(c.blocks...)
		for k, want := range c.want {
			if got[k] != want {
				t.Errorf("%s: %s is %q, want %q", name, k, got[k], want)
			}
		}
	}
}

// A row of numbers between two pieces of a table that no table holds is told.
func TestStrayRowIsTold(t *testing.T) {
	rows := tableOf(requestsHeader, "一、本年新收政府信息公开申请数量|1|0|0|0|0|0|1")
	rest := tableOf("四、结转下年度继续办理|1|0|0|0|0|0|1")
	blocks := append([]extract.Block{rows}, append(lines("（五）不 1.信访 540 328 189 574 561 543 381"), rest)...)
	r := Standard().Read(blocks, func(string) bool { return false }, func() int { return 0 })
	r.Facts()
	for _, p := range r.Problems() {
		if p.Code == "stray_row" && strings.Contains(p.Raw, "540") {
			return
		}
	}
	t.Errorf("no problem tells of the row: %+v", r.Problems())
}

// The header of a dumped page says which column is whose only where it stands in the order of the form: sums hold in
// any.
func TestScrambledHeaderInText(t *testing.T) {
	row := []string{"一、本年新收政府信息公开申请数量", "1", "2", "3", "4", "5", "6", "21"}
	for name, c := range map[string]struct {
		header []string
		want   string
	}{
		"the form's order":         {[]string{"自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"}, "2"},
		"the first behind others":  {[]string{"商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "自然人", "总计"}, extract.Unreadable},
		"columns in another order": {[]string{"自然人", "其他", "法律服务机构", "社会公益组织", "科研机构", "商业企业", "总计"}, extract.Unreadable},
		"one moved, one in pieces": {[]string{"商业企业", "科研机构", "社会公", "法律服务机构", "其他", "自然人", "总计"}, extract.Unreadable},
	} {
		got := said(lines(append(append([]string{"申请人情况"}, c.header...), row...)...)...)
		if got["requests.received/business"] != c.want && !(c.want == extract.Unreadable && got["requests.received/business"] == "") {
			t.Errorf("%s: business is %q, want %q", name, got["requests.received/business"], c.want)
		}
	}
}
