package mention

import (
	"fmt"
	"strings"
	"testing"
)

// TestForms holds ways of writing met in published reports, with invented places and figures. Each mention is written label|count|unit|part of|category.
func TestForms(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"发布时间：2022-01-18 15:36 字号：[大 中 小]", ""},
		{"浏览次数：382\n本报告由青禾镇编制。", ""},
		{"公开信息38\n条，其中动态类38条。", "公开信息|38|条||proactive 动态类|38|条|0|news"},
		{"全文包括总体情况、主动公开情况等6项内容。", ""},
		{"其他十一个区已完成首轮试点。", ""},
		{"全年发布信息61条，其中，其它信息9条。", "发布信息|61|条||proactive 其它信息|9|条|0|other"},
		{"机构设置及职能3条。", "机构设置及职能|3|条||organisation"},
		{"通过政务微信公众号“和美青禾”公开117条信息。", "通过政务微信公众号“和美青禾”公开|117|条||channel"},
		{"公开政府信息88条，其中：政务（工作）动态类信息71条；财政预决算信息4条；办事指南类信息13条。",
			"公开政府信息|88|条||proactive 政务（工作）动态类信息|71|条|0|news 财政预决算信息|4|条|0|finance 办事指南类信息|13|条|0|service"},
		{"发布各类信息731条，点击量达97269次。其中：基层政务公开领域343条，决策公开388条。",
			"发布各类信息|731|条||proactive 点击量|97269|次||audience 基层政务公开领域|343|条|0| 决策公开|388|条|0|"},
		{"公众号发布信息123篇，其中一周动态有51篇，工作简报有43篇；法律宣传有5篇；活动报道有24篇。",
			"公众号发布信息|123|篇||channel 一周动态|51|篇|0|news 工作简报|43|篇|0|news 法律宣传|5|篇|0|policy 活动报道|24|篇|0|"},
		{"我镇高度重视，提高公开水平2024年我镇通过政府网站发布信息17条。", "通过政府网站发布信息|17|条||channel"},
		{"全年未发生因政府信息公开申请行政复议，提起行政诉讼的情况。", "行政复议|0|||review 行政诉讼|0|||lawsuit"},
		{"公开信息952条，包含动态、招聘等信息；通过公众号公开信息580条。", "公开信息|952|条||proactive 通过公众号公开信息|580|条||channel"},
		{"做好2件人大代表建议、6件政协委员提案办理结果公开。", "人大代表建议|2|件||proposals 政协委员提案办理结果公开|6|件||proposals"},
		{"公开了3项行政许可、4项行政检查与5项服务事项。", "行政许可|3|项||enforcement 行政检查|4|项||enforcement 服务事项|5|项||service"},
		{"2020年和平街道主动公开信息73条。", "和平街道主动公开信息|73|条||proactive"},
		{"由1人专门负责。", "专门负责|1|人||"},
		{"主动公开信息有103条。在主动公开的信息中，政策法规类的信息14条，规划计划类的信息6条。",
			"主动公开信息|103|条||proactive 政策法规类的信息|14|条|0|policy 规划计划类的信息|6|条|0|planning"},
		{"收到依申请公开14件（其中信件申请10件，网络申请4件）。", "收到依申请公开|14|件||requests 信件申请|10|件|0|requests 网络申请|4|件|0|requests"},
		{"概况类信息更新量22条；抢险救灾、救济等情况类信息3条。", "概况类信息更新量|22|条||organisation 抢险救灾、救济等情况类信息|3|条||safety"},
		{"收到依申请公开85件，除2件结转下年办理外，均已答复。", "收到依申请公开|85|件||requests 结转下年办理|2|件||requests"},
		{"收到依申请公开149件。其中，通过网络申请130件，通过当面申请19件。", "收到依申请公开|149|件||requests 通过网络申请|130|件|0|requests 通过当面申请|19|件|0|requests"},
		{"发布法治政府建设年度报告1个。", "发布法治政府建设年度报告|1|个||annual_report"},
		{"发布各类信息516条，其中，各级媒体发布200余篇，其中国家级媒体发布55篇，微信公众号发布473篇。",
			"发布各类信息|516|条||proactive 各级媒体发布|200|篇|0|channel 国家级媒体发布|55|篇|1|channel 微信公众号发布|473|篇|0|channel"},
		{"公开文件156件，其中规范性文件20件，发布政府公报8期。文件均配发解读材料，其中文字解读62篇。",
			"公开文件|156|件||policy 规范性文件|20|件|0|policy 发布政府公报|8|期||channel 文字解读|62|篇||interpretation"},
		{"依申请公开统计4条。", "依申请公开统计|4|条||statistics"},
		{"解读政策文件6件；县长信箱受理信件3件，已办结3件。", "解读政策文件|6|件||interpretation 县长信箱受理信件|3|件||enquiry 办结|3|件||"},
		{"不予处理158件，因本机关不掌握等原因无法提供265件。", "不予处理|158|件||requests 因本机关不掌握等原因无法提供|265|件||requests"},
	} {
		var got []string
		for _, m := range Scan(c.text) {
			part, category := "", ""
			if m.PartOf != nil {
				part = fmt.Sprint(*m.PartOf)
			}
			if m.Category != nil {
				category = *m.Category
			}
			got = append(got, fmt.Sprintf("%s|%g|%s|%s|%s", m.Label, m.Count, m.Unit, part, category))
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.text, s, c.want)
		}
	}
	if ms := Scan("2015年1月至今，通过网站公开信息506条。"); len(ms) != 1 || ms[0].Cumulative {
		t.Errorf("the year to date covers no more than the year: %+v", ms)
	}
	ms := Scan("公开信息57条：其中部门公告4条，信息公开总量的7.02%；工作动态53条。")
	if len(ms) != 3 || ms[1].SharePct == nil || *ms[1].SharePct != 7.02 {
		t.Errorf("a share without 占: %+v", ms)
	}
}
