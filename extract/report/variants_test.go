package report

import (
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/extract"
)

// draw makes a grid of 1 × 1 cells from lines with bars.
func draw(lines ...string) *extract.Grid {
	g := &extract.Grid{Rows: len(lines)}
	for r, l := range lines {
		for c, text := range strings.Split(l, "|") {
			g.Cells = append(g.Cells, extract.Cell{Row: r, Col: c, RowSpan: 1, ColSpan: 1, Text: strings.TrimSpace(text)})
			g.Cols = max(g.Cols, c+1)
		}
	}
	return g
}

func tables(grids ...*extract.Grid) *extract.Document {
	d := &extract.Document{}
	for _, g := range grids {
		d.Blocks = append(d.Blocks, extract.Block{Kind: extract.Table, Grid: g})
	}
	return d
}

func TestVariants(t *testing.T) {
	head := "信息内容|本年制发件数|本年废止件数|现行有效件数"
	results := "结果维持|结果纠正|其他结果|尚未审结|总计"
	for _, c := range []struct {
		name    string
		d       *extract.Document
		want    string
		problem string // kind of a problem that must be there; "" for none at all
	}{
		{"two headers cut to 本年新 are known by their order", tables(draw("信息内容|本年新|本年新|对外公开总数量", "规章|1|2|3")),
			"regulations.made=1 regulations.newly_disclosed=2 regulations.disclosed_total=3", extract.AmbiguousLabel},
		{"本年数量 is a level, not a change", tables(draw("信息内容|上一年项目数量|本年数量|处理决定数量", "行政许可|61|36|97")),
			"licensing.items_last_year=61 licensing.items_this_year=36 licensing.decisions=97", ""},
		{"columns in another order", tables(draw("信息内容|现行有效件数|本年制发件数|本年废止件数", "规章|1|2|3")),
			"regulations.in_force=1 regulations.issued=2 regulations.repealed=3", ""},
		{"blank label of 规章", tables(draw(head, "|1|2|3", "行政规范性文件|4|5|6")),
			"regulations.issued=1 regulations.repealed=2 regulations.in_force=3 normative_documents.issued=4 normative_documents.repealed=5 normative_documents.in_force=6", ""},
		{"local row", tables(draw(head, "规章|1|2|3", "其他主动公开文件|186|86|255")),
			"regulations.issued=1 regulations.repealed=2 regulations.in_force=3", extract.UnmatchedLabel},
		{"split row gives no sum", tables(draw("信息内容|上一年项目数量|本年增/减|处理决定数量", "其他对外管理服务事项|行政检查|5|6", "|行政确认|7|8")),
			"", extract.UnmatchedLabel},
		{"traditional characters with pinyin", tables(draw("信息內容|本年制發(fā)件數(shù)|本年廢止件數(shù)|現(xiàn)行有效件數(shù)", "行政規(guī)范性文件|4|5|6")),
			"normative_documents.issued=4 normative_documents.repealed=5 normative_documents.in_force=6", ""},
		{"the label over the row labels damaged", tables(draw("息内容|本年制发件数|本年废止件数|现行有效件数", "规章|1|2|3"), draw("信内息容|本年处理决定数量", "行政许可|5")),
			"regulations.issued=1 regulations.repealed=2 regulations.in_force=3 licensing.decisions=5", ""},
		{"last year's column alone", tables(draw("信息内容|上年处理决定数量", "行政许可|5"), draw("信息内容|累计处理决定数量", "行政处罚|5")), "", extract.LeftoverCell},
		{"last year's row, and the opposite of a row", tables(draw("信息内容|本年处理决定数量", "行政许可（上年）|5", "非行政许可|6", "行政许可|7")),
			"licensing.decisions=7", extract.UnmatchedLabel},
		{"其他 of another group", tables(draw("申请人情况||", "项目|自然人|总计", "四、结转下年度继续办理|2|2", "（三）不予公开||", "9.其他|1|1", "（六）其他处理||", "3.其他|4|4")),
			"requests.carried_out=2 requests.carried_out=2 requests.other.remaining=4 requests.other.remaining=4", extract.UnmatchedLabel},
		{"two rows run into one", tables(draw(head, "规章|1|2|3|行政规范性文件|4|5|6")),
			"normative_documents.issued=unreadable normative_documents.repealed=unreadable normative_documents.in_force=unreadable", extract.LeftoverCell},
		{"serial numbers and units", tables(draw("序号|信息内容|单位|本年制发件数|本年废止件数|现行有效件数", "1|规章|件|1|2|3", "2|行政规范性文件|件|4|5|6")),
			"regulations.issued=1 regulations.repealed=2 regulations.in_force=3 normative_documents.issued=4 normative_documents.repealed=5 normative_documents.in_force=6", ""},
		{"last year before this year", tables(draw("信息内容|上年处理决定数量|本年处理决定数量", "行政许可|5|6")),
			"licensing.decisions=6", extract.LeftoverCell},
		{"one column and one row, exchanged", tables(draw("第二十条第（五）项|", "信息内容|行政许可", "本年处理决定数量|5")),
			"licensing.decisions=5", ""},
		{"a point that separates thousands", tables(draw("信息内容|本年处理决定数量", "行政许可|5.998")),
			"licensing.decisions=unreadable", extract.UnreadNumber},
		{"damaged groups of section four as rows", tables(draw("类别|"+results, "行政复|1|2|3|4|10")),
			"review.upheld=1 review.corrected=2 review.other=3 review.pending=4 review.total=10", ""},
		{"unit in the header", tables(draw("信息内容|采购项目数量|采购总金额(万元)", "政府集中采购|12|477.35")),
			"procurement.items=12 procurement.amount=477.35", ""},
		{"one number for two columns", tables(draw(head, "规章|1 2|3|4")),
			"regulations.issued=unreadable regulations.repealed=3 regulations.in_force=4", extract.UnreadNumber},
		{"a foreign table with a row of the form", tables(draw("信息内容|本年处理决定数量", "行政许可|5"), draw("行政许可|77")),
			"licensing.decisions=5", extract.UnmatchedLabel},
		{"two tables that contradict each other, with empty cells in one", tables(draw(head, "规章|1|2|3", "行政规范性文件|7||"), draw(head, "规章|4|5|6", "行政规范性文件|7|8|9")),
			"regulations.issued=unreadable regulations.repealed=unreadable regulations.in_force=unreadable normative_documents.issued=7 normative_documents.repealed=unreadable normative_documents.in_force=unreadable", extract.DuplicateFact},
		{"the same table twice", tables(draw(head, "规章|1|2|3"), draw(head, "规章|1|2|3")),
			"regulations.issued=1 regulations.repealed=2 regulations.in_force=3", ""},
		{"two different tables", tables(draw(head, "规章|1|2|3"), draw(head, "规章|1|9|3")),
			"regulations.issued=1 regulations.repealed=unreadable regulations.in_force=3", extract.DuplicateFact},
		{"groups of section four as rows", tables(draw("类别|"+results, "行政复议|1|2|3|4|10", "未经复议直接起诉|5|6|7|8|26", "复议后起诉|0|0|0|9|9")),
			"review.upheld=1 review.corrected=2 review.other=3 review.pending=4 review.total=10 suit_direct.upheld=5 suit_direct.corrected=6 suit_direct.other=7 suit_direct.pending=8 suit_direct.total=26 suit_after_review.upheld=0 suit_after_review.corrected=0 suit_after_review.other=0 suit_after_review.pending=9 suit_after_review.total=9", "any"},
		{"section four in three tables", tables(draw("行政复议||||", results, "1|2|3|4|10"), draw("行政诉讼||||", "未经复议直接起诉||||", results, "5|6|7|8|26"), draw("复议后起诉||||", results, "0|0|0|9|9")),
			"review.upheld=1 review.corrected=2 review.other=3 review.pending=4 review.total=10 suit_direct.upheld=5 suit_direct.corrected=6 suit_direct.other=7 suit_direct.pending=8 suit_direct.total=26 suit_after_review.upheld=0 suit_after_review.corrected=0 suit_after_review.other=0 suit_after_review.pending=9 suit_after_review.total=9", ""},
		{"the suit named with each of its groups", tables(draw("行政诉讼：未经复议直接起诉||||", results, "5|6|7|8|26"), draw("行政诉讼（复议后起诉）||||", results, "0|0|0|9|9")),
			"suit_direct.upheld=5 suit_direct.corrected=6 suit_direct.other=7 suit_direct.pending=8 suit_direct.total=26 suit_after_review.upheld=0 suit_after_review.corrected=0 suit_after_review.other=0 suit_after_review.pending=9 suit_after_review.total=9", ""},
		{"neighbours that changed places", tables(draw("行政复议||||", "结果维持|结果纠正|其他果结|尚未审结|总计", "1|2|3|4|10")),
			"review.upheld=1 review.corrected=2 review.other=3 review.pending=4 review.total=10", ""},
		{"a number struck out and its correction, in a part and its total", tables(draw("行政复议||||", results, "0|0|26\n19|0|26\n19")),
			"review.upheld=0 review.corrected=0 review.other=unreadable review.pending=0 review.total=unreadable", extract.UnreadNumber},
		{"what only one of two tables gives that contradict each other", tables(draw(head, "规章|1|2|3"), draw(head, "规章|7|8|9", "行政规范性文件|4|5|6")),
			"regulations.issued=unreadable regulations.repealed=unreadable regulations.in_force=unreadable normative_documents.issued=unreadable normative_documents.repealed=unreadable normative_documents.in_force=unreadable", extract.DuplicateFact},
		{"numbers of section four one column too far", tables(draw("行政复议|||||行政诉讼|||||||||", "|||||未经复议直接起诉|||||复议后起诉||||", results+"|"+results+"|"+results, "|1|2|3|4|10|5|6|7|8|26|0|0|0|9")),
			"review.upheld=unreadable review.corrected=unreadable review.other=unreadable review.pending=unreadable review.total=unreadable suit_direct.upheld=unreadable suit_direct.corrected=unreadable suit_direct.other=unreadable suit_direct.pending=unreadable suit_direct.total=unreadable suit_after_review.upheld=unreadable suit_after_review.corrected=unreadable suit_after_review.other=unreadable suit_after_review.pending=unreadable suit_after_review.total=unreadable", extract.AmbiguousReading},
		{"lawsuits without their groups", tables(draw("行政诉讼||||", results, "5|6|7|8|26")), "", extract.UnmatchedLabel},
		{"a calendar is no table of the form", tables(draw("日|一|二|三", "1|2|3|4")), "", ""},
		{"a total of a foreign table", tables(draw("单位|数量", "合计|17")), "", ""},
		{"appendix of 2014 with repeated labels", tables(draw("统计指标|单位|统计数", "四、行政复议数量|件|3", "（二）被依法纠错数|件|1", "五、行政诉讼数量|件|4", "（二）被依法纠错数|件|2")),
			"stat2014.review_total=3 stat2014.review_corrected=1 stat2014.suit_total=4 stat2014.suit_corrected=2", ""},
		{"appendix in two parts side by side", tables(draw("统计指标|单位|统计数|统计指标|单位|统计数", "四、行政复议数量|件|3|五、行政诉讼数量|件|4", "（二）被依法纠错数|件|1|（二）被依法纠错数|件|2", "（三）其他情形数|件||六、举报投诉数量|件|8")),
			"stat2014.review_total=3 stat2014.suit_total=4 stat2014.review_corrected=1 stat2014.suit_corrected=2 stat2014.review_other=blank stat2014.complaints=8", ""},
		{"appendix in two parts under one header", tables(draw("统计指标|统计数||", "四、行政复议数量|3|六、举报投诉数量|8")),
			"stat2014.review_total=3 stat2014.complaints=8", ""},
		{"appendix with serial numbers", tables(draw("序号|统计指标|计量单位|数据统计数", "1|六、举报投诉数量|件|8", "2|七、依申请公开信息收取的费用|元|9")),
			"stat2014.complaints=8 stat2014.fee_collected_10k_yuan=9", ""},
		{"appendix with two years", tables(draw("统计指标|单位|2016年|2015年", "六、举报投诉数量|件|8|3")), "stat2014.complaints=unreadable", extract.AmbiguousReading},
		{"appendix with the year's number and another", tables(draw("统计指标|单位|上年|统计数", "六、举报投诉数量|件|8|3")), "stat2014.complaints=3", extract.LeftoverCell},
		{"appendix in two halves side by side", tables(draw("统计指标|单位|统计数|统计指标|单位|统计数", "（一）收到申请数|件|5|六、举报投诉数量|件|8")), "stat2014.req_received=5 stat2014.complaints=8", ""},
		{"appendix with a parent's label over rows", tables(draw("统计指标||单位|统计数", "（一）收到申请数|1.当面申请数|件|5")), "stat2014.req_received_in_person=5", ""},
		{"appendix with codes under no header", tables(draw("（一）收到申请数|件|12|15", "1.当面申请数|件|13|1", "2.传真申请数|件|14|2", "3.网络申请数|件|15|4", "4.信函申请数|件|16|8")),
			"stat2014.req_received=15 stat2014.req_received_in_person=1 stat2014.req_received_fax=2 stat2014.req_received_online=4 stat2014.req_received_letter=8", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := read(c.d); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
			found := false
			r := Build(c.d)
			for _, p := range r.Problems {
				found = found || p.Kind == c.problem
			}
			if c.problem != "any" && (c.problem == "") != (len(r.Problems) == 0) || c.problem != "" && c.problem != "any" && !found {
				t.Errorf("problems %+v, want %q", r.Problems, c.problem)
			}
		})
	}
}

func TestUnits(t *testing.T) {
	for header, want := range map[string]string{"采购总金额": "unstated", "采购总金额(万元)": "CNY_10k", "采购总金额（单位：元）": "CNY"} {
		for _, f := range Build(tables(draw("信息内容|采购项目数量|"+header, "政府集中采购|12|477.35"))).Facts {
			if f.Indicator == "procurement.amount" && f.Unit != want {
				t.Errorf("%s: unit %s, want %s", header, f.Unit, want)
			}
		}
	}
	r := Build(tables(draw("信息内容|采购项目数量|采购总金额", "政府集中采购|12元|251000元")))
	for _, f := range r.Facts {
		if f.Indicator == "procurement.items" && f.State != extract.Unreadable || f.Indicator == "procurement.amount" && f.Unit != "CNY" {
			t.Errorf("%+v", f)
		}
	}
}

func TestTemplates(t *testing.T) {
	for _, c := range []struct {
		d    *extract.Document
		want string
	}{
		{tables(draw("信息内容|本年新制作数量|本年新公开数量|对外公开总数量", "规章|1|2|3"), draw("信息内容|本年处理决定数量", "行政许可|5")), "2019 2021"},
		{tables(draw("信息内容|上一年项目数量|本年增/减|处理决定数量", "行政处罚|1|2|3")), "2019"},
		{tables(draw("信息内容|处理决定数量", "行政处罚|1")), ""},
		{tables(draw("信息内容|本年收费金额（单位：万元）", "行政事业性收费|1")), "2021"},
		{tables(draw("统计指标|单位|统计数", "六、举报投诉数量|件|8")), "2014"},
	} {
		if got := strings.Join(Build(c.d).Templates, " "); got != c.want {
			t.Errorf("templates %q, want %q", got, c.want)
		}
	}
}
