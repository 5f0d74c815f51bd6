package mention

import (
	"regexp"
	"strings"
)

// Category is one entry of the controlled list that labels of counts are mapped to.
type Category struct {
	ID      string
	LabelZH string
	LabelEN string
	words   *wordList
}

// Categories returns the controlled list in the order in which a label is tried: what is named more closely comes first.
func Categories() []Category { return append([]Category(nil), categories...) }

func entry(id, zh, en, words string) Category {
	return Category{id, zh, en, anyOf(words)}
}

var categories = []Category{
	entry("review", "行政复议", "Administrative reviews", `复议`),
	entry("lawsuit", "行政诉讼", "Administrative lawsuits", `诉讼|应诉|起诉`),
	entry("requests", "依申请公开", "Requests for information", `依申请|公开申请|信息申请`),
	entry("enquiry", "咨询与来信", "Enquiries, letters and complaints", enquiries+`|网民|交办件`),
	entry("interpretation", "政策解读", "Explanations of policy", `解读|图解|明白卡`),
	entry("response", "回应关切", "Responses to public concern", `回应|舆情|释疑`),
	entry("proposals", "建议提案", "Proposals of deputies and members", `建议|提案|议案`),
	entry("training", "会议与培训活动", "Meetings, training and events held", `培训|新闻发布|发布会|访谈|说明会|座谈|开放日|参训|出席|参与人|工作会|推进会|专题会|演练|宣传活动`),
	entry("staff", "机构与人员", "Offices and staff", `工作人员|专职|兼职|联络员|受理点|查阅点|查阅场所|公开专区`),
	entry("audience", "访问与阅读", "Visits and readers", readers+`|关注`),
	entry("finance", "财政", "Public finance", `财政|预算|决算|预决算|预结算|三公|资金|财务|审计`),
	entry("fee", "收费与经费", "Fees and budget", `经费|费用|收费|处理费|收取|支出|减免`),
	entry("account", "平台与栏目", "Platforms and columns", `账号|帐号|栏目|专栏$|政务新媒体$`),
	entry("annual_report", "年报指南目录", "Annual report, guide and catalogue", `年度报告|年报|指南|公开目录`),
	entry("personnel", "人事", "Personnel", `人事|任免|招考|招聘|招录|考录|录用|干部`),
	entry("procurement", "采购与招标", "Procurement and tenders", `采购|招标|投标|招投标|公共资源|交易|中标`),
	entry("enforcement", "行政执法", "Administrative enforcement", `执法|处罚|许可|强制|行政确认|行政裁决|双随机|行政检查|行政审批|行政权力|权责|监督检查`),
	entry("policy", "政策法规", "Policies, rules and normative documents", `规范性文件|规章|政策|法规|文件|公文|法律|制定|废止|修改|现行有效|继续有效|失效`),
	entry("planning", "规划计划", "Plans", `规划|计划|总结`),
	entry("statistics", "统计", "Statistics", `统计|数据发布`),
	entry("project", "重大项目", "Major projects", `项目|工程|建设`),
	entry("land", "征地与土地", "Land", `征地|土地|国土|拆迁|征收`),
	entry("environment", "环境保护", "Environment", `环境|环保|生态`),
	entry("safety", "安全与应急", "Safety and emergencies", `安全|应急|食品|药品|防疫|疫情|抢险|灾`),
	entry("welfare", "民生与社会保障", "Welfare and social security", `民生|社保|社会保障|保险|救助|救济|扶贫|民政|就业|医疗|卫生|教育|住房|养老|乡村振兴|公益|惠民|低保`),
	entry("organisation", "机构职能", "Organisation and functions", `机构|职能|职责|领导|概况|简介|内设|组织`),
	entry("meeting", "会议", "Meetings", `会议|常务会`),
	entry("notice", "通知公告", "Notices", `公告|通告|公示|通知`),
	entry("news", "工作动态", "News of work done", `动态|新闻|要闻|资讯$|进展|简报|快讯`),
	entry("service", "公共服务", "Public services", `服务|办事|便民`),
	entry("other", "其他", "Other", `^其他|^其它|^其余|其他信息|其他类|其他政府信息|其他文件|其它信息|其它类`),
	entry("channel", "公开渠道", "Publication by channel", channels),
	entry("proactive", "主动公开", "Information disclosed on the agency's own motion", `信息|公开|发布`),
}

// Words that say what was done, by which means or how many kinds, not what the count is of; they are set aside before a label is matched.
var (
	doneWords  = regexp.MustCompile(`主动公开|公开|发布|公布|制作|推送|转发|转载|上传|更新|印发|处理`)
	plainWords = regexp.MustCompile(`^(?:了|的|各类|各种|各项|有关|相关|政府|政务|工作)*(?:信息|资讯|消息)?(?:数|数量|总数|条数)?$`)
	tailWords  = regexp.MustCompile(`(?:主动公开类?|公开类|公开|发布|更新|数量|总数|总量|数|量)+$`)
)

// category returns the id of the label of draft i, empty where none fits. Results of requests, reviews and suits (办结, 结果维持) go with what they are results of.
func (v *view) category(drafts []draft, i int) string {
	d := &drafts[i]
	s := v.about(d)
	switch {
	case d.zero == zeroRequests:
		return "requests"
	case d.zero == zeroReview:
		return "review"
	case d.zero == zeroSuit:
		return "lawsuit"
	case s == "":
		return ""
	case d.kind == "元":
		return "fee"
	}
	if resultWords.MatchString(s) || strings.HasPrefix(s, "其他") {
		if d.of >= 0 {
			switch v.topic(&drafts[d.of]) {
			case reviewTopic:
				return "review"
			case suitTopic:
				return "lawsuit"
			case requestTopic:
				return "requests"
			}
		}
		if v.inRequests(drafts, i) && resultWords.MatchString(s) && !strings.Contains(s, "建议") && !strings.Contains(s, "提案") {
			return "requests"
		}
	}
	if (d.kind == "件" || d.kind == "" && d.of >= 0) && requestResult.MatchString(s) {
		return "requests"
	}
	if officeWords.in(s) {
		return "staff"
	}
	if d.of >= 0 && d.kind == drafts[d.of].kind && caseUnit[d.kind] && v.inRequests(drafts, d.of) && !strings.Contains(s, "复议") && !strings.Contains(s, "诉讼") {
		return "requests" // by which way, from whom, with what result
	}
	if eventWords.in(s) || d.kind == "场" || d.kind == "场次" {
		return "training"
	}
	if d.kind == "件" && (carriedIn.MatchString(s) || carriedOut.MatchString(s)) {
		return "requests"
	}
	if isRequest(s) && !strings.Contains(s, "复议") && !strings.Contains(s, "诉讼") && !otherRequests.in(s) || strings.Contains(s, "依申请") && d.kind != "条" {
		return "requests"
	}
	if strings.Contains(s, "公报") || strings.Contains(s, "政报") {
		return "channel"
	}
	core := s
	if bare := quoted.ReplaceAllString(s, ""); bare != "" {
		core = bare // the name of an account or column says little of what it carries
	}
	if k := strings.LastIndex(core, "等"); k >= 0 && k+3 < len(core) && !namelessTail.MatchString(core[k+3:]) {
		core = core[k+3:]
	}
	core = tailWords.ReplaceAllString(core, "")
	if m := doneWords.FindAllStringIndex(core, -1); m != nil && !isRequest(core) {
		core = core[m[len(m)-1][1]:]
	}
	if channelTail.MatchString(core) || (d.kind == "条" || d.kind == "篇") && strings.HasSuffix(core, "新媒体") { // items published there, not accounts
		return "channel"
	}
	if plainWords.MatchString(core) {
		switch {
		case isRequest(s):
			return "requests"
		case channelWords.in(s):
			return "channel"
		case core != "" || doneWords.MatchString(s):
			return "proactive"
		}
		return ""
	}
	core = strings.ReplaceAll(core, "人民政府", "政府") // it holds 民政
	core = strings.ReplaceAll(core, "办事指南", "办事") // a guide to a service, not to the disclosure of information
	for i := range categories {
		if categories[i].words.in(core) {
			return categories[i].ID
		}
	}
	switch {
	case channelWords.in(s):
		return "channel"
	case strings.Contains(s, "公开"):
		return "proactive"
	}
	return ""
}

var (
	namelessTail = regexp.MustCompile(`^(?:其他)?(?:情况|方面|事项|内容)?类?的?(?:政府)?信息?$`) // behind 等: 抢险救灾、救济等情况类信息
	quoted       = regexp.MustCompile(`[“"「《(][^”"」》)]*[”"」》)]`)
	eventWords   = anyOf(`新闻发布|发布会`)
	officeWords  = anyOf(`受理点$|受理窗口$|查阅点$|查阅场所$|工作人员$`)
	channelTail  = regexp.MustCompile(`^(?:其他|其它|公开|多种)*(?:形式|方式|渠道|途径|平台|载体|媒体|媒介)$`)
)

// requestResult are the headings of section three; no other count has these names.
var requestResult = regexp.MustCompile(`^(?:予以公开|部分公开|不予公开|不予处理|其他处理)(?:[及和、](?:予以公开|部分公开))?(?:答复)?$|无法提供(?:的)?$`)

var resultWords = regexp.MustCompile(`^(?:已|均|按时|依法|依规|全部)*(?:予以|同意|部分|不予)?(?:答复|办理|办结|办复|回复|公开|处理|维持|纠正|审结|驳回|撤销|结果维持|结果纠正|其他结果|尚未审结|结转|转结|无法提供|其他处理)|结转|顺延`)
