package report

import (
	"slices"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/codebook"
)

// role is what a label can be on a form.
type role uint8

const (
	noRole     role = iota
	servTitle       // 第二十条第（一）项; key: the table
	servCorner      // 信息内容
	servColumn      // 本年新制作数量; key: the column of the form
	servRow         // 行政许可; key: the row
	reqCorner       // （本列数据的勾稽关系为：…）
	reqColumn       // 自然人; key: the applicant
	reqSpan         // 申请人情况, 法人或其他组织: headers over applicants
	reqRow          // 予以公开; key: the indicator
	reqGroup        // （三）不予公开: a label over rows, without numbers on the form
	litGroup        // 行政复议; key: review, suit_direct, suit_after_review
	litSuit         // 行政诉讼: over two groups
	litResult       // 结果维持; key: upheld, …
	statColumn      // 统计数
	statHead        // 统计指标, 单位, 序号, 代码
	statRow         // key: the indicator
	statGroup       // 二、回应解读情况
	numberOfRoles
)

// hit is one meaning of a label.
type hit struct {
	role role
	key  string
}

// entry is a label of the forms in the wording that a page may use.
type entry struct {
	hit
	text []rune  // normalised, without numbering
	num  ordinal // numbering on the form
}

// lexicon holds every label of the forms: by its normalised text, and by role for damaged text.
type lexicon struct {
	exact  map[string][]hit
	byRole [numberOfRoles][]entry
	full   map[string]string // requests and 2014 rows: indicator → normalised full label
	path   map[hit][]string  // label path as the form prints it
	order  map[hit]int       // position among the labels of its role on the form
}

var lex = buildLexicon()

func buildLexicon() *lexicon {
	l := &lexicon{exact: map[string][]hit{}, full: map[string]string{}, path: map[hit][]string{}, order: map[hit]int{}}
	for _, f := range codebook.Forms() {
		title, row, column, spans, groups := servTitle, servRow, servColumn, noRole, noRole
		switch f.Table {
		case codebook.Requests:
			title, row, column, spans, groups = reqCorner, reqRow, reqColumn, reqSpan, reqGroup
		case codebook.Litigation:
			l.addLitigation(f)
			continue
		case codebook.Stat2014:
			row, column, groups = statRow, statColumn, statGroup
		}
		for _, t := range f.Titles {
			l.add(hit{title, f.Table}, t, nil, 0)
		}
		for i, r := range f.Rows {
			l.addLabel(hit{row, r.Key}, r, i, groups)
		}
		for i, c := range f.Columns {
			l.addLabel(hit{column, c.Key}, c, i, spans)
		}
	}
	for _, w := range []string{"信息内容", "信息 内容", "项目", "类别", "内容"} {
		l.add(hit{servCorner, ""}, w, nil, 0)
	}
	for _, w := range []string{"统计指标", "单位", "计量单位", "序号", "代码", "指标", "指标名称", "统计项目"} {
		l.add(hit{statHead, ""}, w, nil, 0)
	}
	l.add(hit{reqSpan, "申请人情况"}, "申请人", nil, 0)
	for _, w := range []string{"法人或者其他组织", "法人和其他组织", "法人及其他组织"} {
		l.add(hit{reqSpan, "法人或其他组织"}, w, nil, 0)
	}
	return l
}

// addLabel adds a row or a column, its aliases, and the groups above it.
func (l *lexicon) addLabel(h hit, label codebook.Label, order int, group role) {
	if label.Text() == "" {
		return
	}
	if h.role == statColumn {
		h.key = "value"
	}
	l.add(h, label.Text(), label.Path, order)
	for _, a := range label.Aliases {
		l.add(h, a, label.Path, order)
	}
	if n := len(label.Path); n > 1 && group != noRole && group != reqSpan {
		l.add(h, label.Path[n-2]+label.Path[n-1], label.Path, order) // group and label run together in one cell
	}
	for _, g := range label.Path[:len(label.Path)-1] {
		if group == noRole {
			break
		}
		_, bare := splitOrdinal(g)
		if !l.has(normalise(bare), h.role) {
			l.add(hit{group, g}, g, nil, order)
		}
	}
}

func (l *lexicon) addLitigation(f *codebook.Form) {
	for i, c := range f.Columns {
		group, result, _ := cutKey(c.Key)
		l.path[hit{litResult, c.Key}] = c.Path
		h := hit{litGroup, group}
		l.add(h, c.Path[len(c.Path)-2], nil, i/5)
		if len(c.Path) == 3 {
			l.add(h, c.Path[0]+c.Path[1], nil, i/5)
			l.add(hit{litSuit, ""}, c.Path[0], nil, 1)
		}
		h = hit{litResult, result}
		l.add(h, c.Text(), nil, i%5)
		for _, a := range c.Aliases {
			l.add(h, a, nil, i%5)
		}
	}
}

func cutKey(key string) (group, rest string, ok bool) {
	for i := len(key) - 1; i >= 0; i-- {
		if key[i] == '.' {
			return key[:i], key[i+1:], true
		}
	}
	return "", key, false
}

// add enters one wording of a label.
func (l *lexicon) add(h hit, wording string, path []string, order int) {
	num, bare := splitOrdinal(wording)
	text := normalise(bare)
	if text == "" {
		return
	}
	for _, t := range []string{text, normalise(wording)} {
		if !slices.Contains(l.exact[t], h) {
			l.exact[t] = append(l.exact[t], h)
		}
	}
	if path != nil {
		if _, ok := l.path[h]; !ok {
			l.path[h] = path
			l.full[h.key] = normalise(wording)
		}
	}
	l.order[h] = order // the 2021 form comes last and has every row of the 2019 form
	for _, e := range l.byRole[h.role] {
		if e.hit == h && string(e.text) == text {
			return
		}
	}
	if path != nil && num == (ordinal{}) {
		num, _ = splitOrdinal(path[len(path)-1])
	}
	l.byRole[h.role] = append(l.byRole[h.role], entry{h, []rune(text), num})
}

func (l *lexicon) has(text string, r role) bool {
	for _, h := range l.exact[text] {
		if h.role == r {
			return true
		}
	}
	return false
}

// find returns every meaning of a text, with and without its numbering.
func (l *lexicon) find(text string) []hit {
	whole := normalise(text)
	if hits, ok := l.exact[whole]; ok {
		return hits
	}
	if _, bare := splitOrdinal(text); len(bare) != len(text) {
		if hits, ok := l.exact[normalise(bare)]; ok {
			return hits
		}
	}
	if bare := withoutBrackets(text); bare != text && !gains(whole, normalise(bare), otherYear) {
		if hits, ok := l.exact[normalise(bare)]; ok {
			return hits // 规章(…应提供相关数据), 本年(2023)制发件数
		}
	}
	for _, lead := range []string{"其中", "含"} {
		if len(whole) > len(lead) && whole[:len(lead)] == lead {
			if hits, ok := l.exact[whole[len(lead):]]; ok {
				return hits
			}
		}
	}
	return nil
}

// withoutBrackets removes what stands in brackets: filling notes, years, units.
func withoutBrackets(s string) string {
	var b strings.Builder
	depth := 0
	for _, r := range s {
		switch r {
		case '（', '(', '【', '[', '〔':
			depth++
		case '）', ')', '】', ']', '〕':
			depth = max(depth-1, 0)
		default:
			if depth == 0 {
				b.WriteRune(r)
			}
		}
	}
	return b.String()
}
