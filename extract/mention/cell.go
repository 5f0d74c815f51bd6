package mention

var cellFacts = facts[*subjectOf]{
	flags: map[string]func(*subjectOf) bool{
		"about":        func(s *subjectOf) bool { return s.d.approx },
		"nothing":      func(s *subjectOf) bool { return s.d.value == 0 },
		"money":        func(s *subjectOf) bool { return s.d.unitIs("money") },
		"case":         func(s *subjectOf) bool { return s.d.unitIs("case") },
		"zero_request": func(s *subjectOf) bool { return s.d.zero == zeroRequests },
		"zero_review":  func(s *subjectOf) bool { return s.d.zero == zeroReview },
		"zero_suit":    func(s *subjectOf) bool { return s.d.zero == zeroSuit },
		"part":         func(s *subjectOf) bool { return s.d.of >= 0 },
	},
	finds: map[string]func(*subjectOf) bool{
		"other_year":        func(s *subjectOf) bool { return s.isOtherYear(s.sentenceFrom, s.d.start) },
		"in_requests":       func(s *subjectOf) bool { return s.inRequests(s.drafts, s.i) },
		"whole_in_requests": func(s *subjectOf) bool { return s.d.of >= 0 && s.inRequests(s.drafts, s.d.of) },
		"after_normative":   (*subjectOf).afterNormative,
		"after_decisions":   (*subjectOf).afterDecisions,
		"by_attribute":      (*subjectOf).besideAttribute,
		"part_of_some":      (*subjectOf).partOfSome,
	},
	spans: map[string]func(*subjectOf) span{
		"label":    func(s *subjectOf) span { return s.d.about() },
		"whole":    (*subjectOf).wholeLabel,
		"clause":   (*subjectOf).ownClause,
		"denial":   (*subjectOf).denial,
		"before":   func(s *subjectOf) span { return s.before(s.drafts, s.i) },
		"sentence": func(s *subjectOf) span { from, to := s.sentence(s.d.start, s.d.end); return span{from, to} },
	},
}

// cell names the table cell that the count restates (see cells.csv); empty where that is not sure, or where it tells of
// another year or of a part of this one. suit.total is the sum of suit_direct.total and suit_after_review.total.
func (s *subjectOf) cell() string {
	if id := s.rules.cells.does(s); id != "none" {
		return id
	}
	return ""
}

func (s *subjectOf) wholeLabel() span {
	if s.d.of < 0 {
		return span{}
	}
	return s.drafts[s.d.of].about()
}

func (s *subjectOf) ownClause() span {
	if s.clause.to == 0 {
		s.clause = s.clauseOf(s.drafts, s.i)
	}
	return s.clause
}

// denial is the clause around a zero in words and what it denies.
func (s *subjectOf) denial() span {
	from, to := min(s.d.start, s.d.label.from), max(s.d.end, s.d.label.to)
	for from > 0 && !isStop(s.run[from-1]) && to-from < maxPhrase {
		from--
	}
	for to < len(s.run) && !isStop(s.run[to]) && to-from < maxPhrase {
		to++
	}
	return span{from, to}
}

// before is the text between draft k and the one before it.
func (v *view) before(drafts []draft, k int) span {
	from := 0
	if k > 0 {
		from = drafts[k-1].end
	}
	to := drafts[k].start
	return span{min(max(from, to-maxPhrase), to), to}
}

// clauseOf is the clause around draft i, as far as the count before it and 20 characters behind it.
func (v *view) clauseOf(drafts []draft, i int) span {
	d := &drafts[i]
	from, to := d.start, d.end
	for from > 0 && d.start-from < maxPhrase && !(isStop(v.run[from-1]) && v.run[from-1] != ':') && (i == 0 || from > drafts[i-1].end) {
		from--
	}
	for to < len(v.run) && to < d.end+20 && !isStop(v.run[to]) && v.run[to] != '(' && v.run[to] != ')' {
		to++
	}
	return span{from, to}
}

// isOtherYear reports that the last year named in [from, to) is one before that of the report: 2022年收到申请14件 in the
// report of 2023.
func (v *view) isOtherYear(from, to int) bool {
	for i := to - 5; i >= from; i-- {
		if v.run[i+4] == '年' && v.isYearAt(i) && !isWord(v.rune(i-1)) && v.rune(i-1) != '《' {
			return string(v.run[i:i+4]) < v.year()
		}
	}
	return false
}

func (v *view) isYearAt(i int) bool {
	return v.run[i] == '2' && v.run[i+1] == '0' && isDigit(v.run[i+2]) && isDigit(v.run[i+3])
}

// partOfSome reports a part of requests that are not all that came in: 上年结转的2件申请中，1件予以公开.
func (s *subjectOf) partOfSome() bool {
	if s.d.of < 0 {
		return false
	}
	whole := s.clauseOf(s.drafts, s.d.of)
	return s.rules.someOf.in(s.view, whole) && !s.rules.cameIn.in(s.view, whole)
}

// besideAttribute reports a count of documents by attribute (主动公开12份、依申请公开20份、不予公开3份), which is none of requests.
func (s *subjectOf) besideAttribute() bool {
	for _, k := range []int{s.i - 1, s.i + 1} {
		if k < 0 || k >= len(s.drafts) || s.drafts[k].kind != s.d.kind {
			continue
		}
		if !s.sentenceEnds(s.drafts[min(s.i, k)].end, s.drafts[max(s.i, k)].start) && s.rules.attribute.in(s.view, s.drafts[k].about()) {
			return true
		}
	}
	return false
}

// afterNormative reports that the count before the draft in its sentence is of normative documents, or is itself said
// of them.
func (s *subjectOf) afterNormative() bool {
	for k := s.i - 1; k >= max(0, s.i-maxBack) && !s.sentenceEnds(s.drafts[k].end, s.drafts[k+1].start); k-- {
		label := s.drafts[k].about()
		if s.rules.normative.in(s.view, label) {
			return !s.rules.regulation.in(s.view, label)
		}
		if !s.rules.acts.in(s.view, label) {
			return false
		}
	}
	return false
}

// afterDecisions reports that a count before the draft in its sentence restates decisions on licences or penalties.
func (s *subjectOf) afterDecisions() bool {
	for k := s.i - 1; k >= max(0, s.i-maxBack) && !s.sentenceEnds(s.drafts[k].end, s.drafts[k+1].start); k-- {
		label := s.drafts[k].about()
		if start, end, ok := s.rules.licence.Find(s.words(), label.from, label.to); ok && (span{start, end}) != label {
			return s.rules.decided.holds(s.words(), s.clauseOf(s.drafts, k))
		}
	}
	return false
}
