package mention

// maxHead is how much of a text is looked at for its year, in characters.
const maxHead = 1500

// year returns the year that the report is about as far as its head tells, else "".
func (v *view) year() string {
	if v.of == nil {
		head, year := min(len(v.run), maxHead), ""
		if start, _, ok := v.rules.titleYear.Find(v.words(), 0, head); ok {
			year = string(v.run[start : start+4])
		} else if _, end, ok := v.rules.termYear.Find(v.words(), 0, head); ok {
			year = string(v.run[end-7 : end-3]) // before 年1月
		}
		v.of = &year
	}
	return *v.of
}

// scope is what a count covers, as the text before it tells; the rules of scopes.csv are tried on it.
type scope struct {
	*view
	d      *draft
	before span
	from   string // the year from which on it goes, "" where none is named; once looked for
	looked bool
}

func (s *scope) unitOf() uint8     { return s.d.kind }
func (s *scope) place() (int, int) { return s.d.start, s.d.end }

var scopeFacts = facts[*scope]{
	flags: map[string]func(*scope) bool{
		"year_part": func(s *scope) bool { return s.d.yearPart },
	},
	finds: map[string]func(*scope) bool{
		"since_earlier": func(s *scope) bool { year := s.since(); return year != "" && year < s.year() },
		"since_now":     func(s *scope) bool { year := s.since(); return year != "" && s.year() != "" && year >= s.year() },
		"over_years":    (*scope).overYears,
	},
	spans: map[string]func(*scope) span{
		"before": func(s *scope) span { return s.before },
	},
}

// since returns the year from which on the count goes: 2003年以来的, 自2011年5月起累计.
func (s *scope) since() string {
	if !s.looked {
		s.looked = true
		if start, _, ok := s.rules.sinceYear.Find(s.words(), s.before.from, s.before.to); ok {
			s.from = string(s.run[start : start+4])
		}
	}
	return s.from
}

// overYears reports a span over years: 自2008年5月至2011年12月.
func (s *scope) overYears() bool {
	start, end, ok := s.rules.years.Find(s.words(), s.before.from, s.before.to)
	return ok && string(s.run[start:start+4]) < string(s.run[end-5:end-1])
}

// isCumulative reports a count that covers more than the year: 自2008年以来累计, 网站开通至今, or a total of which 本年度 is a part.
func (v *view) isCumulative(drafts []draft, i, from int) bool {
	d := &drafts[i]
	for depth := 0; depth < maxDepth && d.of >= 0 && d.of < i && !v.sentenceEnds(drafts[d.of].end, d.start); depth++ {
		if v.rules.ofOneYear.in(v, v.before(drafts, i)) {
			return false
		}
		i, d = d.of, &drafts[d.of]
	}
	start := from
	if i > 0 && drafts[i-1].end > from && d.of < 0 {
		start = drafts[i-1].end
	}
	v.scope = scope{view: v, d: d, before: span{min(start, d.start), d.start}}
	return v.rules.scopes.does(&v.scope) == "cumulative"
}

// markYearParts notes the totals of which a part is said to be of this year: 累计846条，其中本年度214条.
func (v *view) markYearParts(drafts []draft) {
	for k := range drafts {
		if of := drafts[k].of; of >= 0 && v.rules.ofThisYear.in(v, v.before(drafts, k)) {
			drafts[of].yearPart = true
		}
	}
}
