package report

import (
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/extract"
)

// tabbed makes a document of a grid cut out of text: rows of cells apart by bars.
func tabbed(rows ...string) *extract.Document {
	return &extract.Document{Reader: "test", Blocks: []extract.Block{{Kind: extract.Table, Grid: flatGrid(rows...)}}}
}

// TestRowsThatLostACell: a cell more or less in one row of a flattened table moves its values, or makes a blank of one,
// and must be told.
func TestRowsThatLostACell(t *testing.T) {
	requests := []string{"（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）|||申请人情况||||||", "|||自然人|法人或其他组织|||||总计", "||||商业企业|科研机构|社会公益组织|法律服务机构|其他|",
		"一、本年新收政府信息公开申请数量|||9|0|0|0|0|0|9", "二、上年结转政府信息公开申请数量|||0|0|0|0|0|0|0"}
	statistics := []string{"统计指标|单位|统计数|", "一、主动公开情况|——||", "（一）主动公开政府信息数|条|31|"}
	for _, c := range []struct {
		name string
		rows []string
		want string // the facts that matter, as read prints them
	}{
		{"a padded row with a blank is one cell short", append(requests[:5:5], "三、本年度办理结果|（一）予以公开||9|0|0|0|0|0|9", "|（七）总计||9||0|0|0|9"), "requests.resolved=unreadable"},
		{"a padded row with a blank is whole", append(requests[:5:5], "三、本年度办理结果|（一）予以公开||9|0|0|0|0|0|9", "|（七）总计||9||0|0|0|0|9"), "requests.resolved=9 requests.resolved=blank"},
		{"a row of labels without fillers has one cell too many", append(requests[:3:3], "一、本年新收政府信息公开申请数量|9|0|0|0|0|0|9", "二、上年结转政府信息公开申请数量|0|0|0|0|0|0|0", "三、本年度办理结果|（一）予以公开|2|0|0|0|0|0|2",
			"（二）部分公开（区分处理的，只计这一情形，不计其他情形）|0|0|0|0|0|0|0", "四、结转下年度继续办理|||0|0|7||7|7"), "requests.carried_out=unreadable"},
		{"the label swallowed the number, and a cell came in", []string{"第二十条第（五）项|||", "信息内容|本年处理决定数量||", "行政许可 5|||"}, ""},
		{"the label swallowed the number", []string{"第二十条第（五）项|||", "信息内容|本年处理决定数量||", "行政许可 5||"}, ""},
		{"the unit is lost", append(statistics[:3:3], "1.政府公报公开政府信息数|14||"), "stat2014.channel_gazette=unreadable"},
		{"the number is cut in two", append(statistics[:3:3], "1.政府公报公开政府信息数|条|1|4"), "stat2014.channel_gazette=unreadable"},
		{"unit and number in one cell", append(statistics[:3:3], "1.政府公报公开政府信息数|条14||"), "stat2014.channel_gazette=unreadable"},
		{"the number is lost with its cell", append(statistics[:3:3], "1.政府公报公开政府信息数|条|"), "stat2014.channel_gazette=unreadable"},
		{"a heading and a row joined", append(statistics[:3:3], "（二）通过不同渠道和方式公开政府信息的情况|——||1.政府公报公开政府信息数|条|14|"), "stat2014.channel_gazette=14"},
		{"a blank in its place", append(statistics[:3:3], "1.政府公报公开政府信息数|条||"), "stat2014.channel_gazette=blank"},
		{"a row of 行政复议 printed twice", append(statistics[:3:3], "四、行政复议数量|件|3|", "（一）维持具体行政行为数|件|1|", "（二）被依法纠错数|件|2|", "（三）其他情形数|件|0|", "（三）其他情形数|件|0|", "五、行政诉讼数量|件|0|", "（三）其他情形数|件||"), "stat2014.suit_other=blank"},
		{"the first row under 其他处理 lost its label", append(requests[:5:5], "（六）其他处理||4|0|0|0|0|0|4", "|2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请||0|0|0|0|0|0|0", "|3.其他||0|0|0|0|0|0|0"), "requests.other=unreadable"},
		{"the second row under 其他处理 lost its label", append(requests[:5:5], "（六）其他处理|1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请||4|0|0|0|0|0|4",
			"（六）其他处理|||1|0|0|0|0|0|1", "（六）其他处理|3.其他||0|0|0|0|0|0|0"), "requests.other.overdue_correction=4 requests.other=unreadable"},
		{"a filler stands behind every row of section four, and a number of it is lost", []string{"行政复议|行政诉讼|", "结果维持|结果纠正|其他结果|尚未审结|总计|未经复议直接起诉|复议后起诉|", "结果维持|结果纠正|其他结果|尚未审结|总计|结果维持|结果纠正|其他结果|尚未审结|总计|",
			"7|0|0|0|7|0|0|0|0|0|2|3|4|9|"}, "suit_after_review.corrected=unreadable"},
	} {
		d := tabbed(c.rows...)
		got := read(d)
		for _, w := range strings.Fields(c.want) {
			if !strings.Contains(got+" ", w+" ") {
				t.Errorf("%s: want %s in %s", c.name, w, got)
			}
		}
		if strings.Contains(c.want, "unreadable") && len(Build(d).Problems) == 0 {
			t.Errorf("%s: no problem says so", c.name)
		}
		if c.want == "" && (strings.Contains(got, "licensing.decisions=blank") || strings.Contains(got, "licensing.decisions=5 ")) {
			t.Errorf("%s: read %s", c.name, got)
		}
	}
}

// TestGluedDigits: as many digits as columns, run together with the label, are one each, unless the document's other rows
// show that its empty cells left no trace. Digits that stand clear of the label are one number.
func TestGluedDigits(t *testing.T) {
	head := []string{"第二十条第（一）项", "信息内容本年制发件数本年废止件数现行有效件数"}
	for _, c := range []struct {
		rows []string
		want string
	}{
		{[]string{"规章000", "行政规范性文件173"}, "normative_documents.issued=1 normative_documents.repealed=7 normative_documents.in_force=3"},
		{[]string{"规章00", "行政规范性文件173"}, "normative_documents.issued=unreadable normative_documents.repealed=unreadable normative_documents.in_force=unreadable"},
		{[]string{"规章", "行政规范性文件173"}, "normative_documents.issued=unreadable normative_documents.repealed=unreadable normative_documents.in_force=unreadable"},
		{[]string{"规章000", "行政规范性文件  173"}, "normative_documents.issued=unreadable normative_documents.repealed=unreadable normative_documents.in_force=unreadable"},
		{[]string{"规章0", "行政规范性文件003"}, "normative_documents.issued=0 normative_documents.repealed=0 normative_documents.in_force=3"},
	} {
		if got := read(flatten("二、主动公开政府信息情况", append(head, c.rows...)...)); !strings.Contains(got, c.want) {
			t.Errorf("%v: got %s, want %s", c.rows, got, c.want)
		}
	}
}

// TestLabelsAtEveryPosition: an exporter that writes the label of a span at each of its positions leaves section four
// readable.
func TestLabelsAtEveryPosition(t *testing.T) {
	results := "结果维持|结果纠正|其他结果|尚未审结|总计"
	five := func(s string) string { return strings.TrimSuffix(strings.Repeat(s+"|", 5), "|") }
	numbers := "11|12|13|14|50|21|22|23|24|90|31|32|33|34|130"
	for name, rows := range map[string][]string{
		"both ways": {five("行政复议") + "|" + five("行政诉讼") + "|" + five("行政诉讼"), results + "|" + five("未经复议直接起诉") + "|" + five("复议后起诉"), results + "|" + results + "|" + results, numbers},
		"downwards": {"行政复议|||||行政诉讼|||||||||", results + "|未经复议直接起诉|||||复议后起诉||||", results + "|" + results + "|" + results, numbers},
	} {
		got := read(tabbed(rows...))
		for _, want := range []string{"review.upheld=11", "review.total=50", "suit_direct.upheld=21", "suit_direct.total=90", "suit_after_review.pending=34", "suit_after_review.total=130"} {
			if !strings.Contains(got+" ", want+" ") {
				t.Errorf("%s: want %s in %s", name, want, got)
			}
		}
	}
}

// TestNumberBelowTable: a number on the line right below a table of text may be the end of its last row.
func TestNumberBelowTable(t *testing.T) {
	for _, c := range []struct {
		line  int
		text  string
		wants bool
	}{{4, "485", true}, {5, "485", false}, {4, "五、存在的主要问题", false}} {
		d := tabbed("统计指标|单位|统计数", "六、举报投诉数量|件|7", "七、依申请公开信息收取的费用|万元|")
		d.Blocks[0].Grid.Place = extract.Place{LineStart: 1, LineEnd: 3}
		d.Blocks = append(d.Blocks, extract.Block{Kind: extract.Paragraph, Text: c.text, Place: extract.Place{LineStart: c.line, LineEnd: c.line}})
		if got := len(Build(d).Problems) > 0; got != c.wants {
			t.Errorf("%q in line %d: problem %v", c.text, c.line, got)
		}
	}
}

// TestAlignedHeaderInPart: between spaces a blank cell cannot be seen, so as many numbers as a part of the header names
// are not surely theirs.
func TestAlignedHeaderInPart(t *testing.T) {
	d := tabbed("商业企业|科研机构|社会公益组织|法律服务机构|其他", "一、本年新收政府信息公开申请数量|3|0|38|1|42", "二、上年结转政府信息公开申请数量|0|0|5|0|5")
	d.Blocks[0].Grid.Aligned = true
	if got := read(d); strings.Contains(got, "=3") || strings.Contains(got, "=38") || len(Build(d).Problems) == 0 {
		t.Error(got)
	}
}
