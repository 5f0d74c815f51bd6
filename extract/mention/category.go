package mention

import (
	_ "embed"
	"regexp"
	"sort"
	"strconv"
	"strings"
)

// Category is one entry of the controlled list that labels of counts are mapped to.
type Category struct {
	ID      string
	LabelZH string
	LabelEN string
}

// Categories returns the controlled list.
func Categories() []Category { return append([]Category(nil), categories...) }

// categoriesCSV holds the controlled list.
//
//go:embed categories.csv
var categoriesCSV string

// categoryWordsCSV holds what speaks for a category: its score; what it is matched against, the whole label or its core (without what was done and by which
// means); the units it holds for, "none" being no unit and ! all but these; its words (wordList), @NAME being those of a list of words.csv; an example.
//
//go:embed category_words.csv
var categoryWordsCSV string

var categories = func() (all []Category) {
	for _, row := range table("categories.csv", categoriesCSV) {
		all = append(all, Category{ID: row[0], LabelZH: row[1], LabelEN: row[2]})
	}
	return all
}()

// sign is one row of category_words.csv.
type sign struct {
	category string
	score    int
	units    map[string]bool // nil where it holds for all
	but      bool            // units are those it does not hold for
	words    *wordList
}

// signs are the rows by what they are matched against, the highest score first.
var signs = func() map[string][]sign {
	m := map[string][]sign{}
	for _, row := range table("category_words.csv", categoryWordsCSV) {
		score, err := strconv.Atoi(row[1])
		if err != nil {
			panic("mention: category_words.csv: " + err.Error())
		}
		list := strings.Split(row[4], "|")
		for i, w := range list {
			if name, is := strings.CutPrefix(w, "@"); is {
				list[i] = strings.Join(words(name), "|")
			}
		}
		s := sign{category: row[0], score: score, words: anyOf(list...)}
		units, but := strings.CutPrefix(row[3], "!")
		s.but = but
		for _, u := range strings.Fields(units) {
			if s.units == nil {
				s.units = map[string]bool{}
			}
			s.units[strings.TrimPrefix(u, "none")] = true
		}
		m[row[2]] = append(m[row[2]], s)
	}
	for _, list := range m {
		sort.SliceStable(list, func(i, j int) bool { return list[i].score > list[j].score })
	}
	return m
}()

// best returns the category that has the highest score for a text, a label or a core, with a unit; "" where no words speak for one.
func best(against, text, unit string) string {
	for _, s := range signs[against] {
		if (s.units == nil || s.units[unit] != s.but) && s.words.in(text) {
			return s.category
		}
	}
	return ""
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
	named := best("label", s, d.kind)
	if named == "requests" {
		if named = v.outcomeOf(drafts, i); named != "" {
			return named
		}
	}
	if named == "staff" {
		return named
	}
	if d.of >= 0 && d.kind == drafts[d.of].kind && caseUnit[d.kind] && v.inRequests(drafts, d.of) && !strings.Contains(s, "复议") && !strings.Contains(s, "诉讼") {
		return "requests" // by which way, from whom, with what result
	}
	if named == "training" || d.kind == "场" || d.kind == "场次" {
		return "training"
	}
	if isRequest(s) && !strings.Contains(s, "复议") && !strings.Contains(s, "诉讼") && !otherRequests.in(s) || strings.Contains(s, "依申请") && d.kind != "条" {
		return "requests"
	}
	if named != "" {
		return named
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
	if id := best("core", core, d.kind); id != "" {
		return id
	}
	switch {
	case channelWords.in(s):
		return "channel"
	case strings.Contains(s, "公开"):
		return "proactive"
	}
	return ""
}

// isOutcome reports a count of requests, or of what else was asked for, with one outcome.
func (v *view) isOutcome(d *draft) bool { return best("label", v.about(d), d.kind) == "requests" }

// outcomeOf returns the category of what the outcome that draft i counts (不予处理, 撤回) came of: of requests, unless its whole or the counts before it in its
// sentence are of reviews or suits; of letters it is none.
func (v *view) outcomeOf(drafts []draft, i int) string {
	of := noTopic
	if d := &drafts[i]; d.of >= 0 {
		of = v.topic(&drafts[d.of])
	}
	for k := i - 1; of == noTopic && k >= max(0, i-maxBack) && !v.sentenceEnds(drafts[k].end, drafts[k+1].start); k-- {
		if !v.isOutcome(&drafts[k]) { // 作为信访事项处理 speaks of requests
			of = v.topic(&drafts[k])
		}
	}
	switch of {
	case reviewTopic:
		return "review"
	case suitTopic:
		return "lawsuit"
	case enquiryTopic:
		return ""
	}
	return "requests"
}

var (
	namelessTail = regexp.MustCompile(`^(?:其他)?(?:情况|方面|事项|内容)?类?的?(?:政府)?信息?$`) // behind 等: 抢险救灾、救济等情况类信息
	quoted       = regexp.MustCompile(`[“"「《(][^”"」》)]*[”"」》)]`)
	channelTail  = regexp.MustCompile(`^(?:其他|其它|公开|多种)*(?:形式|方式|渠道|途径|平台|载体|媒体|媒介)$`)
)

var resultWords = regexp.MustCompile(`^(?:已|均|按时|依法|依规|全部)*(?:予以|同意|部分|不予)?(?:答复|办理|办结|办复|回复|公开|处理|维持|纠正|审结|驳回|撤销|结果维持|结果纠正|其他结果|尚未审结|结转|转结|无法提供|其他处理)|结转|顺延`)
