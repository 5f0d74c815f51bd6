package release

// Rule is one rule of the table checks, as the code book prints it.
type Rule struct{ ID, ZH, EN string }

// Rules are the rules of the table checks. Package normalize and normalize/rule try them.
var Rules = []Rule{
	{"requests.balance", "本年新收＋上年结转＝办理结果总计＋结转下年度，逐列（表样自带的勾稽关系）", "received + carried in = resolved + carried out, per applicant column (printed on the form itself)"},
	{"requests.sum", "各项办理结果之和＝总计，逐列", "the results add up to the total, per applicant column"},
	{"requests.row", "六类申请人之和＝总计，逐行", "the six applicant columns add up to the total, per row"},
	{"litigation.sum", "维持＋纠正＋其他＋尚未审结＝总计", "upheld + corrected + other + pending = total"},
	{"carry_over", "上年的结转下年度＝本年的上年结转，逐列", "carried out of the year before = carried in of this year, per applicant column"},
	{"in_force", "上年现行有效＋本年制发－本年废止＝本年现行有效；失效文件不入表，故不符只是提示", "in force of the year before + issued - repealed = in force; documents that lapse are in no column, so a failure is a flag"},
	{"mentions.sum", "文字所列各部分之和＝所述总数；约数允许多出一成；渠道重叠、列举未尽者不判", "the parts that the text lists add up to its total; an approximate total may be exceeded by a tenth; channels overlap, and lists that end in 等 or open with 其中 and name no rest (其他) are partial, so neither has to reach its total"},
	{"mentions.share", "件数÷总数＝所述百分比（四舍五入之内）", "count / total = the stated percentage, within its rounding"},
	{"text_vs_table", "文字所述与表格一致；范围不同者不判", "a number in the text equals the table's cell; a difference of scope is not assessable"},
	{"stat2014.sum", "2014 年统计表的勾稽关系", "the identities of the 2014 appendix"},
	{"report.duplicate", "同一机关同一年度的文件内容相同；不同者为更正版本，以后者为准", "documents of one issuer and year say the same; where they differ the later supersedes the earlier"},
	{"report.copied", "与上年报告不同（至少五个非零数全同，或文字仅年份不同，即为不符）", "the report differs from that of the year before; it fails where all of five or more non-zero numbers are the same, or the text but for the year"},
	{"report.year_mismatch", "标题年份＝文中统计期间年份", "the year in the title = the year of the period in the text"},
	{"series.outlier", "与本机关其他年度（至少四年）相比：x＝ln(1+|v|)（带符号），m 为其他年度 x 的中位数，MAD 为 |x－m| 的中位数；|x－m|＞3.5·max(1.4826·MAD, 0.35) 且与其他年度中位数相差至少 10 时提示。只提示，不剔除；口径中断的年度不相比",
		"against the issuer's own other years, at least four: with x = ln(1+|v|) under v's sign, m the median of the other years' x and MAD the median of their |x-m|, a value is flagged when |x-m| > 3.5 max(1.4826 MAD, 0.35) and it is at least 10 away from the median of the other years. A flag, no filter; years across a break are not compared"},
	{"aggregate.sum", "政府汇总报告与其已知组成部分（下一级政府、本级部门）之和：相等为通过；小于其部分之和为不符（可能只统计办公室）；大于则无法判定，因为缺少报告的部分数目不明",
		"the report of a county, city or province beside the sum of its known parts (governments right below, own departments): equal passes; less than its known parts fails (it may be of the office alone, the note tells what the report says); more is not assessable, as parts without a report may hold the rest"},
}
