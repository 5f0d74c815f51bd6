package mention

// Category is one entry of the controlled list that labels of counts are mapped to.
type Category struct {
	ID      string
	LabelZH string
	LabelEN string
}

// Categories returns the controlled list.
func Categories() []Category {
	var all []Category
	for _, r := range read("categories").Rows {
		all = append(all, Category{ID: r[0], LabelZH: r[1], LabelEN: r[2]})
	}
	return all
}

var categoryFacts = facts[*subjectOf]{
	flags: map[string]func(*subjectOf) bool{
		"zero_request": func(s *subjectOf) bool { return s.d.zero == zeroRequests },
		"zero_review":  func(s *subjectOf) bool { return s.d.zero == zeroReview },
		"zero_suit":    func(s *subjectOf) bool { return s.d.zero == zeroSuit },
		"label":        func(s *subjectOf) bool { return !s.d.about().empty() },
		"part":         func(s *subjectOf) bool { return s.d.of >= 0 },
	},
	finds: map[string]func(*subjectOf) bool{
		"core":           func(s *subjectOf) bool { return !s.coreOf().empty() },
		"of_review":      func(s *subjectOf) bool { return s.wholeTopic() == "review" },
		"of_suit":        func(s *subjectOf) bool { return s.wholeTopic() == "suit" },
		"of_request":     func(s *subjectOf) bool { return s.wholeTopic() == "request" },
		"in_requests":    func(s *subjectOf) bool { return s.inRequests(s.drafts, s.i) },
		"after_review":   func(s *subjectOf) bool { return s.cameOf() == "review" },
		"after_suit":     func(s *subjectOf) bool { return s.cameOf() == "suit" },
		"after_enquiry":  func(s *subjectOf) bool { return s.cameOf() == "enquiry" },
		"outcome":        (*subjectOf).ofOneOutcome,
		"under_requests": (*subjectOf).underRequests,
		"part_of_requests": func(s *subjectOf) bool {
			return s.d.of >= 0 && s.d.kind == s.drafts[s.d.of].kind && s.d.unitIs("case") && s.inRequests(s.drafts, s.d.of)
		},
	},
	spans: map[string]func(*subjectOf) span{
		"label": func(s *subjectOf) span { return s.d.about() },
		"core":  (*subjectOf).coreOf,
	},
}

// category returns the id of the label, empty where none fits.
func (s *subjectOf) category() string {
	if id := s.rules.categories.does(s); id != "none" {
		return id
	}
	return ""
}

func (s *subjectOf) ofOneOutcome() bool {
	if s.outcome == unknown {
		s.outcome = no
		if s.isOutcome(s.d) {
			s.outcome = yes
		}
	}
	return s.outcome == yes
}

// underRequests reports that the sentence stands behind a heading of requests in its line: 2．依申请公开情况。全年受理2件.
func (s *subjectOf) underRequests() bool {
	to := s.sentenceFrom - 1
	if to < 0 || s.run[to] != '。' && s.run[to] != '\n' {
		return false
	}
	from := to
	for from > 0 && to-from <= maxHeading && !isFullStop(s.run[from-1]) {
		from--
	}
	return to-from <= maxHeading && s.rules.requestHeading.in(s.view, span{from, to})
}

// maxHeading bounds a heading in the line of its text, in characters.
const maxHeading = 24

func (s *subjectOf) wholeTopic() string {
	if s.d.of < 0 {
		return "none"
	}
	return s.topic(&s.drafts[s.d.of])
}

// cameOf returns the topic of what the outcome that the draft counts (不予处理, 撤回) came of: its whole, or the counts
// before it in its sentence.
func (s *subjectOf) cameOf() string {
	of := s.wholeTopic()
	for k := s.i - 1; of == "none" && k >= max(0, s.i-maxBack) && !s.sentenceEnds(s.drafts[k].end, s.drafts[k+1].start); k-- {
		if !s.isOutcome(&s.drafts[k]) { // 作为信访事项处理 speaks of requests
			of = s.topic(&s.drafts[k])
		}
	}
	return of
}

// coreOf is the label without what was done, by which means and how much: what is behind the last name in quotes, the
// last 等 and the last word that tells what was done, as long as something is left.
func (s *subjectOf) coreOf() span {
	if s.core.to > 0 {
		return s.core
	}
	core := s.d.about()
	switch name := s.lastIn(core, s.rules.quoted); { // the name of an account or column says little of what it carries
	case name.empty() || name == core:
	case name.to < core.to:
		core.from = name.to
	default:
		core.to = name.from
	}
	if etc := s.lastIn(core, s.rules.etc); etc.to > 0 && core.to-etc.to >= 1 && !s.rules.nameless.in(s.view, span{etc.to, core.to}) {
		core.from = etc.to
	}
	if start, _, ok := s.rules.amountTail.Find(s.words(), core.from, core.to); ok {
		core.to = start
	}
	if done := s.lastIn(core, s.rules.done); done.to > 0 && !s.rules.request.holds(s.words(), core) {
		core.from = done.to
	}
	s.core = core
	return core
}
