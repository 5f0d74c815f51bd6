package report

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/extract"
)

// flatten turns lines into the paragraphs of a flattened table under its section's heading.
func flatten(heading string, lines ...string) *extract.Document {
	d := &extract.Document{Blocks: []extract.Block{{Text: heading}}}
	for i, l := range lines {
		d.Blocks = append(d.Blocks, extract.Block{Text: l, Place: extract.Place{LineStart: i + 1, LineEnd: i + 1}})
	}
	return d
}

func read(d *extract.Document) string {
	var out []string
	for _, f := range Build(d).Facts {
		v := f.State
		if f.Value != nil {
			v = fmt.Sprint(*f.Value)
		}
		out = append(out, f.Indicator+"="+v)
	}
	return strings.Join(out, " ")
}

func TestFlattened(t *testing.T) {
	documents := []string{"第二十条第（一）项", "信息内容本年制发件数本年废止件数现行有效件数"}
	for _, c := range []struct {
		name  string
		lines []string
		want  string
	}{
		{"single digits run together have one reading", append(documents, "规章000", "行政规范性文件173"),
			"regulations.issued=0 regulations.repealed=0 regulations.in_force=0 normative_documents.issued=1 normative_documents.repealed=7 normative_documents.in_force=3"},
		{"more digits than columns have many", append(documents, "规章1120"),
			"regulations.issued=unreadable regulations.repealed=unreadable regulations.in_force=unreadable"},
		{"one cell a line", append(documents, "规章", "12", "0", "345"), "regulations.issued=12 regulations.repealed=0 regulations.in_force=345"},
		{"a repeated zero was dropped", append(documents, "规章", "0", "行政规范性文件", "5", "3", "8"),
			"regulations.issued=unreadable regulations.repealed=unreadable regulations.in_force=unreadable normative_documents.issued=5 normative_documents.repealed=3 normative_documents.in_force=8"},
		{"a blank that the bars kept", append(documents, "规章", "12", "", "345"), "regulations.issued=12 regulations.repealed=blank regulations.in_force=345"},
		{"another table that contradicts the first", append(append(documents, "规章 1 2 3", "行政规范性文件 4 5"), append(documents[:len(documents):len(documents)], "规章 6 7 8", "行政规范性文件 9 10 11")...),
			"regulations.issued=unreadable regulations.repealed=unreadable regulations.in_force=unreadable normative_documents.issued=unreadable normative_documents.repealed=unreadable normative_documents.in_force=unreadable"},
		{"no numbers at all", append(documents, "规章", "行政规范性文件"), ""},
		{"one row a line, spaces", append(documents, "规章 12 -3 1,345"), "regulations.issued=12 regulations.repealed=-3 regulations.in_force=1345"},
		{"too many numbers", append(documents, "规章 1 2 3 4"), "regulations.issued=unreadable regulations.repealed=unreadable regulations.in_force=unreadable"},
		{"the list number of a damaged label is no number of the row before", []string{"（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", "申请人情况", "自然人", "法人或其他组织", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计",
			"1.属于国家秘密", "1", "2", "3", "4", "5", "15", "2.其他法律行政止公开", "1", "0", "0", "0", "0", "0", "1"},
			strings.Repeat("requests.denied.state_secret=unreadable ", 7) + "requests.denied.prohibited_by_law=1" + strings.Repeat(" requests.denied.prohibited_by_law=0", 5) + " requests.denied.prohibited_by_law=1"},
		{"units, also behind a space", append(documents, "规章 12件 0 3 件", "行政规范性文件", "1 件", "2", "3件"),
			"regulations.issued=12 regulations.repealed=0 regulations.in_force=3 normative_documents.issued=1 normative_documents.repealed=2 normative_documents.in_force=3"},
		{"a caption that lost its end", append(documents, "规章", "1", "2", "3", "第二十条第", "信息内容", "本年处理决定数量", "行政许可", "6"),
			"regulations.issued=1 regulations.repealed=2 regulations.in_force=3 licensing.decisions=6"},
		{"money", []string{"第二十条第（八）项", "信息内容 本年收费金额（单位：万元）", "行政事业性收费 7730.28"}, "fees.amount=7730.28"},
		{"filling notes behind the labels", []string{"第二十条第（五）项", "信息内容", "上一年项目数量 (指2019年事项数)", "本年增/减(指2020年增加或减 少的事项数，减用负值表示，如-8)", "处理决定数量（指2020年办件量）",
			"行政许可", "31", "-2", "7", "其他主动公开文件(含以本单位名义正式签发的、除规范性文件以外的主动公开文件，可参考本单位政府信息公开平台栏目数据，以及其他有关的说明)", "5", "6", "9", "其他对外管理服务事项（指行政许可以外的事项）", "12", "0", "3"},
			"licensing.items_last_year=31 licensing.items_change=-2 licensing.decisions=7 other_services.items_last_year=12 other_services.items_change=0 other_services.decisions=3"},
		{"every row begins with a bar", []string{"第二十条第（一）项", "", "信息内容", "本年制发件数", "本年废止件数", "现行有效件数", "", "规章", "1", "", "3", "", "行政规范性文件", "4", "5", "6"},
			"regulations.issued=1 regulations.repealed=blank regulations.in_force=3 normative_documents.issued=4 normative_documents.repealed=5 normative_documents.in_force=6"},
		{"one empty cell too many", append(documents, "规章", "1", "", "3", "", "行政规范性文件", "4", "5", "6"),
			"regulations.issued=unreadable regulations.repealed=unreadable regulations.in_force=unreadable normative_documents.issued=4 normative_documents.repealed=5 normative_documents.in_force=6"},
		{"the first row's label is lost", append(documents, "4", "0", "7", "行政规范性文件", "5", "3", "8"),
			"regulations.issued=4 regulations.repealed=0 regulations.in_force=7 normative_documents.issued=5 normative_documents.repealed=3 normative_documents.in_force=8"},
		{"too few numbers for a row without label", append(documents, "4", "7", "行政规范性文件", "5", "3", "8"),
			"normative_documents.issued=5 normative_documents.repealed=3 normative_documents.in_force=8"},
		{"a row without label that nothing follows", append(documents, "4", "0", "7"), ""},
		{"a number on its own line is never split", append(documents, "规章", "105"), "regulations.issued=unreadable regulations.repealed=unreadable regulations.in_force=unreadable"},
		{"a number in words keeps its place", []string{"第二十条第（六）项", "信息内容", "上一年项目数量", "本年增/", "处理决定数量", "行政处罚", "117", "减少约4", "6"},
			"penalties.items_last_year=117 penalties.items_change=unreadable penalties.decisions=6"},
		{"a column header cut after its stroke", []string{"第二十条第（五）项", "信息内容", "上一年项目数量", "本年增/", "处理决定数量", "行政许可", "12", "-3", "/"},
			"licensing.items_last_year=12 licensing.items_change=-3 licensing.decisions=not_applicable"},
		{"column headers broken over lines", []string{"第二十条第（一）项", "信息内容", "本年新", "制作数量", "本年新", "公开数量", "对外公开", "总数量", "规章", "1", "2", "30"},
			"regulations.made=1 regulations.newly_disclosed=2 regulations.disclosed_total=30"},
		{"a number set apart behind its point", []string{"第二十条第（九）项", "信息内容 采购项目数量 采购总金额", "政府集中采购 85件 867. 71"},
			"procurement.items=unreadable procurement.amount=unreadable"},
		{"a number that belongs to no row", append(documents, "17"), ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := flatten("二、主动公开政府信息情况", c.lines...)
			if got := read(d); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
			if r := Build(d); strings.Contains(c.want, "unreadable") && len(r.Problems) == 0 {
				t.Error("unreadable cells without a problem")
			}
		})
	}
}

// Numbers of the form of 2014, one cell a line: words before its header are no column, the numbers that count the rows
// no value, and a number behind the labels of several rows nobody's.
func TestFlattenedStatistics(t *testing.T) {
	head := []string{"政府信息公开情况统计表", "序号", "填报单位（盖章）：槿安市教育局", "统计指标", "单位", "统计数"}
	for name, c := range map[string]struct {
		lines      []string
		key, state string
	}{
		"counted rows": {[]string{"1", "一、主动公开情况", "——", "2", "（一）主动公开政府信息数", "条", "1205", "3", "其中：主动公开规范性文件数", "条", "491", "4",
			"制发规范性文件总数", "件", "812", "5"}, "stat2014.proactive_total", "unreadable"},
		"rows not counted": {[]string{"一、主动公开情况", "——", "（一）主动公开政府信息数", "条", "1205", "其中：主动公开规范性文件数", "条", "491", "制发规范性文件总数", "件", "812"},
			"stat2014.proactive_total", "1205"},
		"labels first": {[]string{"三、依申请公开情况", "——", "（一）收到申请", "数", "1.当面申请", "数", "2.传真申请", "数", "3.网络申请", "数", "113", "件", "4.信函申请数", "件", "9"},
			"stat2014.req_received_online", "unreadable"},
	} {
		got := read(flatten("附表", append(slices.Clone(head), c.lines...)...))
		if !strings.Contains(got+" ", c.key+"="+c.state+" ") {
			t.Errorf("%s: %s is not %s in %s", name, c.key, c.state, got)
		}
	}
}

// The applicants' headers broken over lines, and blanks that bars kept: the rows of the exporter are of one width,
// their spans told at the end.
func TestFlattenedRequests(t *testing.T) {
	head := strings.Split("申请人情况 自然人 法人或其他组织 总计 商业 企业 科研 机构 社会公益组织 法律服务机构 其他", " ")
	row := func(label string, cells ...string) []string { return append([]string{label}, cells...) }
	for _, c := range []struct {
		name string
		rows [][]string
		want string
	}{
		{"headers over lines", [][]string{row("一、本年新收政府信息公开申请数量", "4", "3", "2", "1", "0", "5", "15")},
			"requests.received=4 requests.received=3 requests.received=2 requests.received=1 requests.received=0 requests.received=5 requests.received=15"},
		{"blanks and a filler at the end of the shorter rows", [][]string{row("一、本年新收政府信息公开申请数量", "", "", "", "", "", "", "7"), row("（一）予以公开", "", "", "", "", "", "", "6", "")},
			strings.Repeat("requests.received=blank ", 6) + "requests.received=7 " + strings.Repeat("requests.granted=blank ", 6) + "requests.granted=6"},
		{"a filler that nothing explains", [][]string{row("（一）予以公开", "", "", "", "", "", "", "6", "")}, strings.TrimSpace(strings.Repeat("requests.granted=unreadable ", 7))},
		{"one blank too many before a number", [][]string{row("一、本年新收政府信息公开申请数量", "", "", "", "", "", "", "", "7")}, strings.TrimSpace(strings.Repeat("requests.received=unreadable ", 7))},
	} {
		lines := head
		for _, r := range c.rows {
			lines = append(lines[:len(lines):len(lines)], r...)
		}
		if got := read(flatten("三、收到和处理政府信息公开申请情况", lines...)); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
	}
}

// A number alone at the start of a row without spans may be the total that moved left.
func TestPackedRow(t *testing.T) {
	g := &extract.Grid{Rows: 4, Cols: 10, Flat: true}
	add := func(row, col int, text string) {
		g.Cells = append(g.Cells, extract.Cell{Row: row, Col: col, RowSpan: 1, ColSpan: 1, Text: text})
	}
	for i, s := range []string{"自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"} {
		add(0, i+1, s)
	}
	for r, row := range []string{"一、本年新收政府信息公开申请数量,7", "二、上年结转政府信息公开申请数量,0,0,0,0,0,0,0", "（一）予以公开,3,,,,,,3"} {
		for i, s := range strings.Split(row, ",") {
			add(r+1, i, s)
		}
		for i := strings.Count(row, ",") + 1; i < 8; i++ {
			add(r+1, i, "")
		}
	}
	r := Build(&extract.Document{Blocks: []extract.Block{{Text: "三、收到和处理政府信息公开申请情况"}, {Kind: extract.Table, Grid: g}}})
	want := map[string]string{"requests.received natural_person": "unreadable", "requests.carried_in total": "reported", "requests.granted natural_person": "reported", "requests.granted total": "reported"}
	for _, f := range r.Facts {
		if f.Applicant == nil {
			continue
		}
		if w, ok := want[f.Indicator+" "+*f.Applicant]; ok && f.State != w {
			t.Errorf("%s %s: %s, want %s", f.Indicator, *f.Applicant, f.State, w)
		}
		delete(want, f.Indicator+" "+*f.Applicant)
	}
	if len(want) > 0 {
		t.Errorf("not read: %v", want)
	}
}

// The header of section four cut into lines of pieces, as text of a page of columns comes out: read only whole, and
// only where each group adds up.
func TestFlattenedLitigationInPieces(t *testing.T) {
	head := []string{"行政复议 行政诉讼", "未经复议直接起诉 复议后起诉", "结果 结果 其他 尚未 总", "维持 纠正 结果 审结 计 结果 结果 其他 尚未 总 结果 结果 其他 尚未 总", "维持 纠正 结果 审结 计 维持 纠正 结果 审结 计"}
	sums := read(flatten("四、政府信息公开行政复议、行政诉讼情况", append(head[:5:5], "1 2 3 4 10 5 6 7 8 26 9 1 2 3 15")...))
	want := "review.upheld=1 review.corrected=2 review.other=3 review.pending=4 review.total=10 suit_direct.upheld=5 suit_direct.corrected=6 suit_direct.other=7 suit_direct.pending=8 suit_direct.total=26 suit_after_review.upheld=9 suit_after_review.corrected=1 suit_after_review.other=2 suit_after_review.pending=3 suit_after_review.total=15"
	if sums != want {
		t.Errorf("got %s", sums)
	}
	r := Build(flatten("四、政府信息公开行政复议、行政诉讼情况", append(head[:5:5], "1 2 3 4 11 5 6 7 8 26 9 1 2 3 15")...))
	if len(r.Problems) == 0 {
		t.Error("a row that does not add up is read without a problem")
	}
	if got := read(flatten("四、政府信息公开行政复议、行政诉讼情况", append(head[:4:4], "1 2 3 4 10 5 6 7 8 26 9 1 2 3 15")...)); got != "" {
		t.Errorf("half a header: %s", got)
	}
}

// Narrative between tables is never taken for a table, and a table's pieces never for narrative.
func TestFlattenedTextIsLeftOut(t *testing.T) {
	d := flatten("二、主动公开政府信息情况", "第二十条第（一）项", "信息内容", "本年制发件数", "本年废止件数", "现行有效件数", "规章", "1", "2", "3",
		"五、存在的主要问题及改进情况", "全年主动公开政府信息294条。")
	r := Build(d)
	if want := "二、主动公开政府信息情况\n五、存在的主要问题及改进情况\n全年主动公开政府信息294条。"; r.Text != want {
		t.Errorf("text %q, want %q", r.Text, want)
	}
	if len(r.Sections) != 2 || r.Sections[1].Number != 5 || r.Sections[1].End != len([]rune(r.Text)) {
		t.Errorf("sections %+v", r.Sections)
	}
}

// FuzzFlattened: whatever the lines, the reading ends, says nothing twice, and reads no number that is not in a line.
func FuzzFlattened(f *testing.F) {
	f.Add("第二十条第（一）项\n信息内容\n本年制发件数\n规章\n000\n12")
	f.Add("自然人 法人或其他组织 总计\n商业企业\n一、本年新收政府信息公开申请数量 1 2 3\n（三）不予公开1.属于国家秘密0000000")
	f.Add("行政复议行政诉讼\n结果维持结果纠正其他结果尚未审结总计未经复议直接起诉复议后起诉\n000000000000000")
	f.Add("统计指标\n单位\n统计数\n六、举报投诉数量\n件\n7\n|3|")
	f.Fuzz(func(t *testing.T, text string) {
		r := Build(flatten("三、收到和处理政府信息公开申请情况", strings.Split(text, "\n")...))
		seen := map[string]bool{}
		for _, x := range r.Facts {
			k := x.Indicator
			if x.Applicant != nil {
				k += "/" + *x.Applicant
			}
			if seen[k] {
				t.Errorf("%s twice", k)
			}
			seen[k] = true
			if x.Value != nil && x.Indicator != "processing_fee.amount" && !strings.Contains(text, x.Raw) {
				t.Errorf("%s = %v, raw %q, is in no line", k, *x.Value, x.Raw)
			}
			if (x.Value != nil) != (x.State == extract.Reported) {
				t.Errorf("%s: state %s, value %v", k, x.State, x.Value)
			}
		}
	})
}

// Bars that begin each row of the page leave an empty cell between the rows of section four's header and before its
// numbers.
func TestFlattenedLitigationLedByBars(t *testing.T) {
	five := []string{"结果维持", "结果纠正", "其他结果", "尚未审结", "总计"}
	lines := slices.Concat([]string{"", "行政复议", "行政诉讼", ""}, five, []string{"未经复议直接起诉", "复议后起诉", ""}, five, five, []string{""}, strings.Split("8 4 0 3 15 2 7 1 6 16 5 9 10 11 35", " "))
	want := "review.upheld=8 review.corrected=4 review.other=0 review.pending=3 review.total=15 suit_direct.upheld=2 suit_direct.corrected=7 suit_direct.other=1 suit_direct.pending=6 suit_direct.total=16 " +
		"suit_after_review.upheld=5 suit_after_review.corrected=9 suit_after_review.other=10 suit_after_review.pending=11 suit_after_review.total=35"
	if got := read(flatten("四、政府信息公开行政复议、行政诉讼情况", lines...)); got != want {
		t.Errorf("\n got %s\nwant %s", got, want)
	}
}
