package mention

import (
	"regexp"
	"sort"
	"strings"
)

// zeroKind tells what a zero in words denies.
type zeroKind uint8

const (
	noZero zeroKind = iota
	zeroRequests
	zeroReview
	zeroSuit
)

// zeroWord is a denial that can be a count of nothing: 未收到, 没有, 暂无, 不存在, 零申请. 未公开, 无法提供, 无正当理由 are none.
var zeroWord = regexp.MustCompile(`(?:尚|暂|均|都|也|并|仍|从|全年|至今)?(?:未(?:曾|有|能)?(?:收到|接到|接收|接受|受理|收悉|发生|出现|产生|引发|引起|涉及|提起|被|遭|有|因|新收)|没有?(?:人|公民|群众|任何)?(?:收到|接到|接收|接受|受理|发生|出现|产生|引发|引起|涉及|提起|被)?|不存在|不涉及|无(?:人)?(?:收到|接到|受理|发生|提起|被|因|任何|相关|群众|公民|公众|新增|一|政府信息公开申请|依申请|申请|行政复议|行政诉讼|复议|诉讼|上年|上年度|单位|对|针对|有关|涉及|引发|产生|关于|其他行政|要求|结转|转结|政府信息|信息公开)|零(?:申请|复议|诉讼|收到|发生))`)

// bareZero is a denial that ends its clause, so that what it denies stands before it: 行政复议、行政诉讼均未发生; 政府信息公开申请：无。
var bareZero = regexp.MustCompile(`^(?:情况|案件|事项|数量|数|均|都|也|为|:|,|尚|暂|皆|全部)*(?:未(?:有|曾)?(?:发生|收到|产生|出现|涉及)过?|没有(?:发生|收到)?|暂?无|为零|零发生|零)(?:情况|案件|。)?$`)

var (
	causes     = regexp.MustCompile(`(?:因|由|由于|就|对|针对|涉及|关于|有关)[^,。;]{0,40}?(?:引发|引起|提起|被|产生|导致|发生|工作|方面)的?`)
	causeWords = anyOf(`因|由|就|对|针对|涉及|有关|关于|引发|引起|导致|产生`)
	caused     = regexp.MustCompile(`[^,。;]{0,40}(?:引发|引起|导致|产生)的?((?:行政)?(?:复议|诉讼|起诉))`) // 无依申请公开引起的行政复议
	requestIn  = anyOf(`申请|信息公开请求|信息公开要求|要求公开|公开要求`)
	notRequest = regexp.MustCompile(`(?:申请|提起|提出)?(?:行政)?(?:复议|诉讼|申诉|赔偿)(?:的|及|和|或|、|行政复议|行政诉讼|复议|诉讼|提起|案件|与)*(?:申请|的申请)?`)
	otherTalk  = anyOf(`收费|费用|减免|收取|逾期|超期|超时|重复|恶意|败诉|纠错|被纠正|撤销|平台|部门网站|答复不|不予受理|拒绝|问题|障碍|投入|补正|不当|瑕疵|泄密|失泄密|公开答复|收到答复|台账|机制|专人|职能|职权|复议机构|经验|能力|意识`)
	condition  = regexp.MustCompile(`^(?:[^,。;\n]{0,8})(?:如|若|凡|对于未|无论|应当|不得|禁止|个别|部分(?:单位|部门|乡镇|村)|有的|有些|一些|少数|多数)`)
	mayDo      = anyOf(`可以申请|可申请|可以提起|可提起|可以提出|可以向|有权`)
)

// zeros lists the zeros in words. A denial with a number behind it in its clause is left to the number (没有收到…0件 is one count, not two).
func (v *view) zeros(counts []count) []draft {
	var all []draft
	for start := 0; start < len(v.run); {
		end := start
		for end < len(v.run) && !isFullStop(v.run[end]) {
			end++
		}
		all = append(all, v.zerosIn(start, end, counts)...)
		start = end + 1
	}
	return all
}

func (v *view) zerosIn(start, end int, counts []count) []draft {
	var all []draft
	seen := [4]bool{}
	for from := start; from < end; {
		to := from
		for to < end && v.run[to] != ',' {
			to++
		}
		if strings.ContainsAny(string(v.run[from:to]), "未没无") {
			to = v.withSuit(to, end, counts)
		}
		clause := string(v.run[from:to])
		if strings.ContainsAny(clause, "未没无不零") && to-from <= 150 && !hasCount(counts, from, to) && !mayDo.in(clause) && !condition.MatchString(clause) {
			for _, d := range v.zeroClause(from, to, clause) {
				if !seen[d.zero] || d.zero == zeroRequests && to < end {
					seen[d.zero] = true
					all = append(all, d)
				}
			}
		}
		from = to + 1
	}
	return once(all)
}

// once drops repeats of one zero in one sentence.
func once(all []draft) []draft {
	seen := [4]bool{}
	kept := all[:0]
	for _, d := range all {
		if !seen[d.zero] {
			seen[d.zero] = true
			kept = append(kept, d)
		}
	}
	return kept
}

func hasCount(counts []count, from, to int) bool {
	i := sort.Search(len(counts), func(i int) bool { return counts[i].start >= from })
	return i < len(counts) && counts[i].start < to
}

var suitGoesOn = regexp.MustCompile(`^(?:或|和|及|以及|被)?(?:提起|申请|引起|引发)?的?行政(?:诉讼|复议)(?:的)?(?:情况|案件|事项|情形|申请)?$`)

// withSuit takes to a denied clause that ends at to the next one, where it goes on with the same denial: 未发生因信息公开申请行政复议，提起行政诉讼的情况.
func (v *view) withSuit(to, end int, counts []count) int {
	next := to + 1
	for next < end && v.run[next] != ',' {
		next++
	}
	if to < end && next-to <= 20 && suitGoesOn.MatchString(string(v.run[to+1:next])) && !hasCount(counts, to, next) {
		return next
	}
	return to
}

// zeroClause reads one clause.
func (v *view) zeroClause(from, to int, clause string) []draft {
	index := byteIndex(clause)
	if m := zeroWord.FindStringIndex(clause); m != nil {
		object := clause[m[0]:]
		if ds := v.denied(from+index[m[0]], from+index[min(m[1], len(clause))], from+index[m[0]], to, object); ds != nil {
			return ds
		}
	}
	for i := range clause {
		if strings.ContainsRune("均都也未没暂无为零尚皆情案事:", []rune(clause[i:])[0]) && bareZero.MatchString(clause[i:]) {
			if i == 0 {
				return v.zeroUnderHeading(from, to)
			}
			return v.denied(from+index[i], to, from, from+index[i], clause[:i])
		}
	}
	return nil
}

// zeroUnderHeading reads a line that says nothing but 无: what it denies is the heading above it.
func (v *view) zeroUnderHeading(from, to int) []draft {
	end := from - 1
	if v.rune(end) != '\n' || to-from > 6 {
		return nil
	}
	start := end
	for start > 0 && v.run[start-1] != '\n' {
		start--
	}
	if end-start > 50 || end-start < 4 {
		return nil
	}
	return v.denied(from, to, start, end, string(v.run[start:end]))
}

// denied lists what a denial standing at [from, to) says did not happen; object is the folded text of [objectFrom, objectTo).
func (v *view) denied(from, to, objectFrom, objectTo int, object string) []draft {
	if otherTalk.in(object) {
		return nil
	}
	var all []draft
	add := func(kind zeroKind, words ...string) {
		for _, w := range words {
			if i := strings.LastIndex(object, w); i >= 0 {
				at := objectFrom + len([]rune(object[:i]))
				c := count{numeral: [2]int{from, to}, start: from, end: to}
				all = append(all, draft{count: c, label: span{at, at + len([]rune(w))}, of: -1, zero: kind})
				return
			}
		}
	}
	rest := object
	if causeWords.in(rest) {
		rest = causes.ReplaceAllString(caused.ReplaceAllString(rest, "$1"), "因")
	}
	rest = notRequest.ReplaceAllString(rest, "")
	if requestIn.in(rest) && (strings.Contains(rest, "公开") || strings.Contains(rest, "信息") || asides.Replace(rest) == "申请") && !strings.Contains(rest, "申请人情况") {
		add(zeroRequests, "政府信息公开申请", "申请公开政府信息", "依申请公开", "信息公开申请", "申请", "信息公开请求", "信息公开要求", "要求公开", "公开要求")
	}
	if strings.Contains(object, "复议") && !strings.Contains(object, "未经复议") {
		add(zeroReview, "行政复议", "复议")
	}
	if strings.Contains(object, "诉讼") || strings.Contains(object, "起诉") {
		add(zeroSuit, "行政诉讼", "诉讼", "起诉")
	}
	return all
}
