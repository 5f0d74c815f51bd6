package mention

import (
	"sort"
	"strings"
)

// formWords are the labels of the forms of 2014, 2019 and 2021, folded, by their first character. A line made of nothing but these and bare numbers is a table
// that an exporter flattened into paragraphs; package report reads it, the narrative does not.
var formWords = func() map[rune][][]rune {
	words := strings.Fields(`第二十条第(一)项 第二十条第(五)项 第二十条第(六)项 第二十条第(八)项 第二十条第(九)项
信息内容 本年新制作数量 本年新公开数量 对外公开总数量 本年制发件数 本年废止件数 现行有效件数 上一年项目数量 本年增/减 本年数量 本年新 制作数量 公开数量 处理决定数量 本年处理决定数量
采购项目数量 采购总金额 本年收费金额(单位:万元) 本年收费金额 规章 行政规范性文件 规范性文件 行政许可 其他对外管理服务事项 行政处罚 行政强制 行政事业性收费 政府集中采购
本列数据的勾稽关系为 第一项加第二项之和 等于第三项加第四项之和 申请人情况 自然人 法人或其他组织 商业企业 科研机构 社会公益组织 法律服务机构 其他 总计 合计 单位 万元
本年新收政府信息公开申请数量 上年结转政府信息公开申请数量 本年度办理结果 予以公开 部分公开 区分处理的 只计这一情形 不计其他情形 不予公开 属于国家秘密 其他法律行政法规禁止公开 危及“三安全一稳定”
保护第三方合法权益 属于三类内部事务信息 属于四类过程性信息 属于行政执法案卷 属于行政查询事项 无法提供 本机关不掌握相关政府信息 没有现成信息需要另行制作 补正后申请内容仍不明确 不予处理
信访举报投诉类申请 重复申请 要求提供公开出版物 无正当理由大量反复申请 要求行政机关确认或重新出具已获取信息 其他处理 结转下年度继续办理 申请人无正当理由逾期不补正 行政机关不再处理其政府信息公开申请
申请人逾期未按收费通知要求缴纳费用 行政复议 行政诉讼 未经复议直接起诉 复议后起诉 结果维持 结果纠正 其他结果 尚未审结 统计指标 统计数`)
	sort.SliceStable(words, func(i, j int) bool { return len(words[i]) > len(words[j]) })
	m := map[rune][][]rune{}
	for _, w := range words {
		r := []rune(w)
		m[r[0]] = append(m[r[0]], r)
	}
	return m
}()

// markFormRows marks the lines of the folded text that are rows of a flattened form.
func (v *view) markFormRows(marked []bool) {
	for start := 0; start < len(v.run); {
		end, digits := start, false
		for end < len(v.run) && v.run[end] != '\n' {
			digits = digits || isDigit(v.run[end])
			end++
		}
		if digits && v.isFormRow(start, end) {
			mark(marked, start, end)
		}
		start = end + 1
	}
}

// isFormRow reports a line of form labels and bare numbers. Damaged labels are allowed where the numbers are many.
func (v *view) isFormRow(start, end int) bool {
	if v.isStatisticsRow(start, end) {
		return true
	}
	numbers, labels, rest := 0, 0, 0
	for i := start; i < end; {
		if isDigit(v.run[i]) {
			for i < end && (isDigit(v.run[i]) || v.run[i] == '.') {
				i++
			}
			numbers++
			if i < end && v.unitAt(i) > 0 && !(v.has(i, "次")) {
				return false
			}
			continue
		}
		if n := v.formWord(i, end); n > 0 {
			labels++
			i += n
			continue
		}
		if isHan(v.run[i]) && !strings.ContainsRune("一二三四五六七八九十", v.run[i]) {
			rest++
		}
		i++
	}
	switch {
	case numbers == 0:
		return false
	case rest == 0:
		return true // form labels and numbers only, or numbers only
	case numbers >= 5:
		return rest <= 12
	}
	return labels > 0 && numbers >= 3 && rest <= 2
}

// isStatisticsRow reports a row of the statistics table of 2014 or of a table drawn with bars: label, unit, number (主动公开政府信息数 条 35), and no sentence.
func (v *view) isStatisticsRow(start, end int) bool {
	bars := 0
	for i := start; i < end; i++ {
		switch r := v.run[i]; {
		case r == '|':
			bars++
		case isFullStop(r) || r == ',':
			return false
		}
	}
	for end > start && !isWord(v.run[end-1]) && !isHan(v.run[end-1]) {
		end--
	}
	i := end
	for i > start && (isDigit(v.run[i-1]) || v.run[i-1] == '.') {
		i--
	}
	if i == end {
		return bars >= 2 && !isHan(v.run[max(start, end-1)])
	}
	for i > start && (v.run[i-1] == ' ' || v.run[i-1] == '|') {
		i--
	}
	for n := 1; n <= 2 && i-n > start; n++ {
		if v.unitAt(i-n) == n || v.has(i-n, "万元") {
			return true
		}
	}
	return bars >= 2
}

func (v *view) formWord(i, end int) int {
	for _, w := range formWords[v.run[i]] {
		if i+len(w) <= end && v.matches(i, w) {
			return len(w)
		}
	}
	return 0
}
