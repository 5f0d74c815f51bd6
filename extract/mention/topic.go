package mention

import "strings"

// topic is what sort of thing a count counts, as far as its label tells; used to see where a breakdown ends.
type topic uint8

const (
	noTopic topic = iota
	requestTopic
	reviewTopic
	suitTopic
	enquiryTopic // letters, questions, complaints
	readerTopic  // readers, clicks, followers
	staffTopic
)

var (
	enquiryWords = anyOf(words("enquiries")...)
	readerWords  = anyOf(words("readers")...)
	staffWords   = anyOf(words("staff")...)
	channelWords = anyOf(words("channels")...)
)

// about returns the folded label with the text before it in the clause that trim cut off, for what it tells of the topic.
func (v *view) about(d *draft) string {
	return string(v.run[d.label.from:max(d.label.from, d.label.to)])
}

func (v *view) topic(d *draft) topic {
	s := v.about(d)
	switch {
	case strings.Contains(s, "复议"):
		return reviewTopic
	case strings.Contains(s, "诉讼") || strings.Contains(s, "应诉"):
		return suitTopic
	case enquiryWords.in(s) && !(strings.HasSuffix(s, "申请") && isRequest(s)):
		return enquiryTopic
	case isRequest(s) || strings.HasSuffix(s, "依申请公开") && d.kind != "条":
		return requestTopic
	case readerWords.in(s):
		return readerTopic
	case staffWords.in(s):
		return staffTopic
	}
	return noTopic
}

// isRequest tells a count of requests for information from a count of documents disclosed on request (依申请公开信息459条) and from
// applications for something else (不动产登记申请500件).
func isRequest(s string) bool {
	own := strings.ReplaceAll(s, "依申请", "")
	if strings.Contains(own, "申请") {
		return strings.Contains(s, "公开") || strings.Contains(s, "信息") || asides.Replace(own) == "申请"
	}
	return strings.Contains(s, "依申请公开") && (strings.Contains(s, "收到") || strings.Contains(s, "受理") || strings.Contains(s, "接到") || strings.Contains(s, "新收"))
}

// asides are the words that say how, by whom or in what state a request came, and nothing of what it asks for.
var asides = removeAll(`共计 收到 受理 新收 接收 接到 接受 办理 处理 答复 办结 提出 提交 网络 网上 信函 当面 传真 邮寄 邮政 电子邮件 邮件 书面 现场 口头 纸质 信件 通过 平台 线上 线下 来访 自然人 公民 个人 法人 商业企业 企业
其他组织 组织 社会公益 科研机构 法律服务机构 单位 群众 居民 村民 市民 有效 各类 相关 有关 任何 人 的 和 或 、 数量 总数 总量 数 件 量 本年度 本年 上年度 上年 结转 转结 共 无 未 没有 因 事项 其他 等 过 全年 尚 暂 也 情况 已 均 按时 并`)

func removeAll(words string) *strings.Replacer {
	var pairs []string
	for _, w := range strings.Fields(words) {
		pairs = append(pairs, w, "")
	}
	return strings.NewReplacer(pairs...)
}

// isChannel reports a part named after a publication channel; one document goes out on several, so channels never add up.
func (v *view) isChannel(d *draft) bool {
	s := v.about(d)
	return channelWords.in(s) && !strings.Contains(s, "申请") && !enquiryWords.in(s)
}
