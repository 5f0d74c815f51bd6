package mention

import (
	"regexp"
	"strings"
)

// Indicators of the tables that the text restates. Names are those of the dataset contract; suit.total is the sum of suit_direct.total and suit_after_review.total.
var (
	receivedWords = anyOf(`收到|受理|新收|接收|接到|收悉|办理|处理|申请$|申请数量$|申请数$|申请件$|申请事项$|申请总数$|申请件数$|依申请公开$|依申请公开件$|依申请公开事项$|依申请公开数量$|依申请公开数$`)
	resolvedWords = regexp.MustCompile(`^(?:按时|按期|依法|依规|按规定|已经|已|均|全部|共|全年|完成|予以|并|办理|及时|按程序|受理|处理)*(?:答复|办结|回复|办复|处理|完结)(?:完毕|申请|件|数|量|申请件|申请数|申请情况数|政府信息公开申请|依申请公开)*$`)
	carriedIn     = regexp.MustCompile(`(?:上年|上年度|上一年|上一年度|去年)(?:度)?(?:结转|转结)|(?:结转|转结)(?:上年|上一年|去年)`)
	carriedOut    = regexp.MustCompile(`(?:结转|转结|顺延)(?:至|到|下|本年度继续)?(?:下|20\d\d|次年|明年)|结转下|顺延|下(?:一)?年(?:度)?继续办理`)
	otherRequests = anyOf(`咨询|投诉|举报|留言|来信|信访|申诉|行政许可|许可申请|审批|救助|补贴|低保|公租房|贷款`)
	handledWords  = anyOf(`办理|处理`)
	finishedWords = anyOf(`答复|办结|办复|回复|完结|完毕`)
	arrivedWords  = anyOf(`收到|受理|新收|接收|接到|收悉`)
	lastYear      = anyOf(`去年收到|去年受理|上年收到|上年受理|上年度收到|上年度受理|上一年度收到|上一年收到`)
	outcomes      = anyOf(`不予|部分公开|无法提供|撤回|补正|延期|驳回|未答复|未办结`)
	handled       = anyOf(`受理|办理|审理|代理|办结|审结|应诉|出庭|指导|复议案件审`)
	instance      = anyOf(`一审|二审|再审|败诉|胜诉|撤诉`)
	partYear      = regexp.MustCompile(`[上下]半年|季度|(?:1月?(?:至|到|-|~)|前)[2-9二三四五六七八九]个?月`)
	byWay         = anyOf(`现场|口头|网络|网上|信函|当面|传真|邮|书面|来访|线上|线下|自然人|企业|法人`)
	notCases      = anyOf(`受理点|窗口|渠道|指南|流程|平台|制度|办法|表格|栏目|系统|手册`)
	normative     = anyOf(`规范性文件`)
)

// indicator names the table cell that draft i restates; empty where that is not sure, or where it tells of another year or of a part of this one.
func (v *view) indicator(drafts []draft, i, from int) string {
	id := v.cell(drafts, i, from)
	if id != "" && id != processingFee && (v.isOtherYear(from, drafts[i].start) || lastYear.in(v.clauseOf(drafts, i)) || partYear.MatchString(v.before(drafts, i))) {
		return ""
	}
	return id
}

const processingFee = "processing_fee.amount"

// cell names the cell by what is counted alone. Parts restate a cell only as a result of requests or reviews.
func (v *view) cell(drafts []draft, i, from int) string {
	d := &drafts[i]
	s := v.about(d)
	if d.approx || d.kind == "元" {
		if strings.Contains(s, "信息处理费") && !d.approx {
			return processingFee
		}
		return ""
	}
	switch d.zero {
	case zeroRequests:
		return v.zeroIndicator(d)
	case zeroReview:
		return "review.total"
	case zeroSuit:
		return "suit.total"
	}
	clause := v.clauseOf(drafts, i)
	if normative.in(s) && (d.kind == "个" || d.kind == "部" || d.kind == "篇") && d.of < 0 {
		return v.normativeIndicator(drafts, i, clause)
	}
	if !caseUnit[d.kind] || notCases.in(s) {
		return ""
	}
	review, suit := strings.Contains(s, "复议"), strings.Contains(s, "诉讼")
	if d.of >= 0 {
		return v.partIndicator(drafts, i, s)
	}
	if (review || suit) && (strings.Contains(s, "复议机关") || !strings.Contains(s, "公开") && handled.in(s)) {
		return "" // cases that the body decides or pleads itself, whatever they are about
	}
	switch {
	case review && suit:
		if d.value == 0 {
			return "review.total"
		}
		return ""
	case review:
		return resultOr("review", s)
	case suit:
		if resultOf(s) != "" || instance.in(s) {
			return ""
		}
		return "suit.total"
	}
	if normative.in(s) && d.kind != "条" || actWords.MatchString(s) && v.afterNormative(drafts, i) {
		return v.normativeIndicator(drafts, i, clause)
	}
	if id := decisions(s, clause, i > 0 && v.follows(drafts, i, "行政许可", "行政处罚")); id != "" {
		return id
	}
	return v.requestIndicator(drafts, i, s, clause, from)
}

// zeroIndicator names the cell that a denial of requests says to be zero: 未收到申请, 无上年结转申请; of 没有不予公开的申请 it is none.
func (v *view) zeroIndicator(d *draft) string {
	from, to := min(d.start, d.label.from), max(d.end, d.label.to)
	for from > 0 && !isStop(v.run[from-1]) && to-from < maxPhrase {
		from--
	}
	for to < len(v.run) && !isStop(v.run[to]) && to-from < maxPhrase {
		to++
	}
	switch s := string(v.run[from:to]); {
	case carriedIn.MatchString(s):
		return "requests.carried_in"
	case carriedOut.MatchString(s) || strings.Contains(s, "结转"):
		return "requests.carried_out"
	case outcomes.in(s):
		return ""
	}
	return "requests.received"
}

// isOtherYear reports that the last year named in [from, to) is one before that of the report: 2022年收到申请14件 in the report of 2023.
func (v *view) isOtherYear(from, to int) bool {
	for i := to - 5; i >= from; i-- {
		if v.run[i+4] == '年' && v.run[i] == '2' && v.run[i+1] == '0' && isDigit(v.run[i+2]) && isDigit(v.run[i+3]) && !isWord(v.rune(i-1)) && v.rune(i-1) != '《' {
			return string(v.run[i:i+4]) < v.year()
		}
	}
	return false
}

// caseUnit are the units in which requests, cases and documents are counted.
var caseUnit = map[string]bool{"件": true, "份": true, "宗": true, "起": true, "条": true, "": true, "件次": true, "件(次)": true, "次": true, "例": true}

func (v *view) clauseOf(drafts []draft, i int) string {
	from := drafts[i].start
	for from > 0 && !isFullStop(v.run[from-1]) && v.run[from-1] != ',' && v.run[from-1] != '、' && (i == 0 || from > drafts[i-1].end) {
		from--
	}
	to := drafts[i].end
	for to < len(v.run) && to < drafts[i].end+20 && !isStop(v.run[to]) && !isFullStop(v.run[to]) && v.run[to] != '(' && v.run[to] != ')' {
		to++
	}
	return string(v.run[from:to])
}

func resultOf(s string) string {
	switch {
	case strings.Contains(s, "维持") || strings.Contains(s, "驳回"):
		return "upheld"
	case strings.Contains(s, "纠正") || strings.Contains(s, "纠错"):
		return "corrected"
	case strings.Contains(s, "其他结果"):
		return "other"
	case strings.Contains(s, "尚未审结") || strings.Contains(s, "未审结"):
		return "pending"
	}
	return ""
}

func resultOr(group, s string) string {
	if r := resultOf(s); r != "" {
		return group + "." + r
	}
	return group + ".total"
}

func (v *view) partIndicator(drafts []draft, i int, s string) string {
	total := v.about(&drafts[drafts[i].of])
	if strings.Contains(total, "复议") && !strings.Contains(total, "诉讼") {
		if r := resultOf(s); r != "" {
			return "review." + r
		}
		return ""
	}
	if strings.Contains(total, "诉讼") {
		return ""
	}
	switch {
	case carriedIn.MatchString(s):
		return "requests.carried_in"
	case carriedOut.MatchString(s):
		return "requests.carried_out"
	case !v.inRequests(drafts, drafts[i].of):
		return ""
	case strings.Contains(s, "新收"):
		return "requests.received"
	case strings.Contains(s, "部分公开"):
		return "requests.granted_in_part"
	case granted(s):
		return "requests.granted"
	}
	return ""
}

// maxBack bounds how many counts of a sentence are looked back at for what it speaks of.
const maxBack = 40

// besideAttribute reports a count of documents by attribute (主动公开12份、依申请公开20份、不予公开3份), which is none of requests.
func (v *view) besideAttribute(drafts []draft, i int) bool {
	for _, k := range []int{i - 1, i + 1} {
		if k < 0 || k >= len(drafts) || drafts[k].kind != drafts[i].kind {
			continue
		}
		if s := v.about(&drafts[k]); !v.sentenceEnds(drafts[min(i, k)].end, drafts[max(i, k)].start) && (strings.Contains(s, "主动公开") || strings.Contains(s, "不予公开")) {
			return true
		}
	}
	return false
}

func granted(s string) bool {
	return strings.Contains(s, "予以公开") || strings.Contains(s, "同意公开") && !strings.Contains(s, "不同意")
}

// inRequests reports that draft i speaks of requests: by its own label, or by that of a count before it in the sentence.
func (v *view) inRequests(drafts []draft, i int) bool {
	for k := i; k >= max(0, i-maxBack); k-- {
		if k < i && v.sentenceEnds(drafts[k].end, drafts[k+1].start) {
			return false
		}
		s := v.about(&drafts[k])
		if otherRequests.in(s) {
			return false
		}
		if v.topic(&drafts[k]) == requestTopic && !strings.Contains(s, "复议") {
			return true
		}
	}
	return false
}

func (v *view) requestIndicator(drafts []draft, i int, s, clause string, from int) string {
	d := &drafts[i]
	switch {
	case strings.Contains(clause, "上述"):
		return ""
	case otherRequests.in(s) || otherRequests.in(clause) && !strings.Contains(s, "申请"):
		return ""
	case carriedIn.MatchString(s) || carriedIn.MatchString(clause) && !strings.Contains(clause, "含"):
		return "requests.carried_in"
	case carriedOut.MatchString(s) || carriedOut.MatchString(clause):
		return "requests.carried_out"
	case strings.Contains(clause, "增加") || strings.Contains(clause, "减少") || strings.Contains(clause, "同比") || strings.Contains(clause, "较"):
		return ""
	}
	if !v.inRequests(drafts, i) {
		return ""
	}
	switch {
	case strings.Contains(s, "部分公开"):
		return "requests.granted_in_part"
	case strings.Contains(s, "不予公开") || strings.Contains(s, "不同意") || strings.Contains(s, "无法提供") || strings.Contains(s, "不予处理"):
		return ""
	case granted(s):
		return "requests.granted"
	case isRequest(s) && handledWords.in(s) && !arrivedWords.in(s) && !finishedWords.in(s) && !byWay.in(s):
		return "requests.handled" // 办理申请12件: those received, or those resolved
	case resolvedWords.MatchString(s):
		return "requests.resolved"
	case strings.HasSuffix(s, "依申请公开") && d.kind != "条" && !v.besideAttribute(drafts, i), isRequest(s) && receivedWords.in(s) && !byWay.in(s):
		return "requests.received"
	}
	return ""
}

var actWords = regexp.MustCompile(`^(?:已|宣布|拟)?(?:废止|失效|现行有效|继续有效|有效|制定|新制定|印发|制发)(?:数|数量)?$`)

// afterNormative reports that the count before draft i in its sentence is of normative documents, or is itself said of them.
func (v *view) afterNormative(drafts []draft, i int) bool {
	for k := i - 1; k >= max(0, i-maxBack) && !v.sentenceEnds(drafts[k].end, drafts[k+1].start); k-- {
		s := v.about(&drafts[k])
		if normative.in(s) {
			return !strings.Contains(s, "规章")
		}
		if !actWords.MatchString(s) {
			return false
		}
	}
	return false
}

func (v *view) normativeIndicator(drafts []draft, i int, clause string) string {
	switch {
	case strings.Contains(clause, "现行有效") || strings.Contains(clause, "继续有效"):
		return "normative_documents.in_force"
	case strings.Contains(clause, "废止"):
		from, to := v.sentence(drafts[i].start, drafts[i].end)
		if strings.Contains(string(v.run[from:to]), "失效") || strings.Contains(clause, "修改") {
			return "" // the form counts both as repealed, or does not
		}
		return "normative_documents.repealed"
	case strings.Contains(clause, "失效") || strings.Contains(clause, "清理") || strings.Contains(clause, "备案") || strings.Contains(clause, "审查"):
		return ""
	case strings.Contains(clause, "制定") || strings.Contains(clause, "制发") || strings.Contains(clause, "印发") || strings.Contains(clause, "出台") || strings.Contains(clause, "新制作"):
		return "normative_documents.issued"
	}
	return ""
}

// follows reports that the count before draft i in its sentence restates decisions on one of words.
func (v *view) follows(drafts []draft, i int, words ...string) bool {
	for k := i - 1; k >= max(0, i-maxBack) && !v.sentenceEnds(drafts[k].end, drafts[k+1].start); k-- {
		for _, w := range words {
			if s := v.about(&drafts[k]); strings.Contains(s, w) {
				if s != w {
					return decisions(s, v.clauseOf(drafts, k), false) != ""
				}
				break
			}
		}
	}
	return false
}

// decisions names the decision counts of licensing, penalties and coercion; items of information about them are none.
func decisions(s, clause string, continued bool) string {
	if strings.Contains(clause, "公开") || strings.Contains(clause, "公示") || strings.Contains(clause, "信息") || strings.Contains(clause, "事项") {
		return ""
	}
	done := continued && (s == "行政处罚" || s == "行政强制") || strings.Contains(clause, "决定") || strings.Contains(clause, "办理") || strings.Contains(clause, "作出") || strings.Contains(clause, "实施")
	switch {
	case !done:
		return ""
	case strings.Contains(s, "行政许可"):
		return "licensing.decisions"
	case strings.Contains(s, "行政处罚"):
		return "penalties.decisions"
	case strings.Contains(s, "行政强制"):
		return "coercion.decisions"
	}
	return ""
}
