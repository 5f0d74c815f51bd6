package fit

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/gongkai-data/gongkai/extract"
)

// alignedLines makes the blocks that the reader of text makes of lines whose words stand in columns.
func alignedLines(text string) (out []extract.Block) {
	for n, line := range strings.Split(text, "\n") {
		b := extract.Block{Kind: extract.Paragraph, Text: strings.Join(strings.Fields(line), " "), Place: extract.Place{LineStart: n + 1, LineEnd: n + 1}}
		at, rest := 0, line
		for _, word := range strings.Fields(line) {
			i := strings.Index(rest, word)
			at += utf8.RuneCountInString(rest[:i])
			b.Pieces = append(b.Pieces, extract.Piece{Text: word, Place: b.Place, Line: n + 1, From: float64(at), To: float64(at + utf8.RuneCountInString(word))})
			at, rest = at+utf8.RuneCountInString(word), rest[i+len(word):]
		}
		if line != "" {
			out = append(out, b)
		}
	}
	return out
}

func noHeading(string) bool { return false }

const brokenHeader = `             自然  商业  科研  社会   法律   其他  总计
             人   企业  机构  公益   服务
                         组织   机构
`

// Labels that narrow cells broke over lines are put together by the form, blank cells are determined from the full rows
// beside them, and what leaves two readings open is not read.
func TestStraighten(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want map[string]string
	}{
		"labels and groups in pieces": {brokenHeader + `一、本年新收政府信息    31  10  17  16    19    12   105
公开申请数量
三、  （一）予以公      5   0   1   0     0     2    8
本年  开
度办  （二）部分公      0       2         2     0    4
理结  开
果   （三  1.属     0   0   1   1     0     0    2
    ）不  于国
    予公  家秘
    开   密`,
			map[string]string{"requests.received/other_org": "12", "requests.granted/total": "8", "requests.granted_in_part/research": "2", "requests.granted_in_part/business": "blank",
				"requests.denied.state_secret/social_org": "1"}},
		"numbering apart from its label": {brokenHeader + `   1. 属于国家秘密         31  10  17  16    19    12   105
   2. 其他法律行政法规      4   0   0   1     0     0    5
      禁止公开
   3. 保护第三方合法权益    6   0   0   1     0     0    7`,
			map[string]string{"requests.denied.state_secret/total": "105", "requests.denied.prohibited_by_law/total": "5", "requests.denied.third_party_rights/total": "7"}},
		"two labels and one line of numbers": {brokenHeader + `一、本年新收政府信息    31  10  17  16    19    12   105
公开申请数量
二、上年结转政府信息
公开申请数量
四、结转下年度继续办    4   0   0   1     0     0    5
理`,
			map[string]string{"requests.received/total": "105", "requests.carried_in/total": "", "requests.carried_out/total": "5"}},
		"a blank cell that the rows beside it do not place": {brokenHeader + `一、本年新收政府信息    31  10  17  16    19    12   105
公开申请数量
二、上年结转政府信息      4       1             2        7
公开申请数量`,
			map[string]string{"requests.received/total": "105", "requests.carried_in/natural_person": "unreadable"}},
		"a row between full rows that stand elsewhere": {brokenHeader + `一、本年新收政府信息    31  10  17  16    19    12   105
公开申请数量
二、上年结转政府信息        4   1   2               9
公开申请数量
四、结转下年度继续办        4   0   0   1     0     0    5
理`,
			map[string]string{"requests.received/total": "105", "requests.carried_in/natural_person": "unreadable", "requests.carried_in/business": "unreadable"}},
		"places that say nothing, in rows beside": {brokenHeader + `一、本年新收政府信息    31   10   17   16   19   12   105
公开申请数量
（一）予以公开               7    1    2    3    4    1    18
四、结转下年度继续办              4    1    2         9
理`,
			map[string]string{"requests.received/total": "105", "requests.carried_out/natural_person": "unreadable", "requests.carried_out/business": "unreadable"}},
		"an ordinal beside the numbers, between the texts of two rows": {brokenHeader + `一、本年新收政府信息公开申请    31  10  17  16    19    12   105
数量
     3.要求提供公开出版物     4   0   0   1     0     0    5
       无正当理由大量反复申请
     4.                       7   1   2   3     4     1    18
       要求行政机关确认或重新出具已获取信息
     5.                       8   1   2   3     4     1    19
四、结转下年度继续办         4   0   0   1     0     0    5
理`,
			map[string]string{"requests.not_processed.publication/total": "5", "requests.not_processed.confirm_obtained/total": "", "requests.not_processed.excessive/total": ""}},
		"numbers broken over lines, an ordinal beside the rest": {brokenHeader + `一、本年新收政府信息公开申请    31  10  17  16    19    12   105
数量
       其他法律行政法规禁止公开   595 387
     2.                                   670  745   418   686   8
     3.要求提供公开出版物     4   0   0   1     0     0    5
四、结转下年度继续办         4   0   0   1     0     0    5
理`,
			map[string]string{"requests.received/total": "105", "requests.denied.prohibited_by_law/natural_person": "unreadable", "requests.denied.prohibited_by_law/business": "unreadable"}},
		"numbers broken over lines": {brokenHeader + `一、本年新收政府信息    31  10  17  16    19    12   10
公开申请数量                                    5
四、结转下年度继续办    4   0   0   1     0     0    5
理`,
			map[string]string{"requests.received/total": "unreadable", "requests.carried_out/total": "5"}},
		"numbers broken over lines, the rest with zeros first": {brokenHeader + `一、本年新收政府信息    104  761 802 984  100   112  571
公开申请数量            08  9   4   2    02    50   45
四、结转下年度继续办    4   0   0   1     0     0    5
理`,
			map[string]string{"requests.received/total": "unreadable", "requests.received/business": "unreadable", "requests.carried_out/total": "5"}},
		"a number set apart behind its point": {brokenHeader + `一、本年新收政府信息    31  10  17  16    19    12   105. 71
公开申请数量
四、结转下年度继续办    4   0   0   1     0     0    5
理`,
			map[string]string{"requests.received/total": "unreadable", "requests.carried_out/total": "5"}},
	} {
		blocks := Standard().Straighten(alignedLines(c.text), noHeading)
		got := said(blocks...)
		for k, want := range c.want {
			if got[k] != want {
				t.Errorf("%s: %s is %q, want %q", name, k, got[k], want)
			}
		}
	}
}

// Lines of prose beside the tables stay as they are.
func TestStraightenLeavesProse(t *testing.T) {
	text := "  一、总体情况\n  全年公开  12 条，其中政策 3 条。\n" + brokenHeader + "一、本年新收政府信息    31  10  17  16    19    12   105\n公开申请数量\n\n  解读形式不够丰富，形式较为单一，有待进一步改进。"
	var got []string
	for _, b := range Standard().Straighten(alignedLines(text), noHeading) {
		got = append(got, fmt.Sprint(b.Text, b.Grid != nil))
	}
	if want := "一、总体情况false;全年公开 12 条，其中政策 3 条。false;true;解读形式不够丰富，形式较为单一，有待进一步改进。false"; strings.Join(got, ";") != want {
		t.Errorf("got  %s\nwant %s", strings.Join(got, ";"), want)
	}
}

// In text of one piece a line a number stands below its label and not beside one: nothing is known of columns.
func TestStraightenOnePieceALine(t *testing.T) {
	text := `统计指标
单位
统计数
一、主动公开情况
——
    （一）主动公开政府信息数（不同渠道和方式公开相同信息计1
条）
条
3074
        其中：主动公开规范性文件数
条
494
            制发规范性文件总数
件
53
    （二）通过不同渠道和方式公开政府信息的情况
——
        1.政府公报公开政府信息数
条
865
二、回应解读情况
——
    （一）回应公众关注热点或重大舆情数（不同方式回应同一热
点或舆情计1次）
次
49`
	got := said(Standard().Straighten(alignedLines(text), noHeading)...)
	for k, want := range map[string]string{"stat2014.proactive_normdocs_disclosed": "494", "stat2014.normdocs_issued": "53", "stat2014.channel_gazette": "865"} {
		if got[k] != want {
			t.Errorf("%s is %q, want %q", k, got[k], want)
		}
	}
}

// A line without room for its words pushes them to the right, so labels of two lines say nothing of which column is
// left of the other: in another order than the form's they are not believed.
func TestOrderOfColumnsOverTwoLines(t *testing.T) {
	const text = `            总计 自然人 商业企业 科研机构 社会公益组织 法律服务机构
                                 其他
一、本年新收政府信息  53431 8046 7153   9809  8938 9914 9571
公开申请数量
二、上年结转政府信息   2050    9  426    391   296  545  383
公开申请数量`
	got := said(Standard().Straighten(alignedLines(text), noHeading)...)
	for _, k := range []string{"requests.received/legal_service", "requests.received/other_org", "requests.carried_in/legal_service"} {
		if v, ok := got[k]; ok && v != "unreadable" {
			t.Errorf("%s is %q, want unreadable", k, v)
		}
	}
}
