package crawl

import (
	"github.com/gongkai-data/gongkai/crawl/title"
)

// seen is what a page shows of itself and what was known of it before.
type seen struct {
	text, title string
	han         int // Chinese characters outside of anchors
	topics      int // sections of the form that its headings name
	listed      int // reports that its anchors promise
	images      int // in the article
	files       int // that may be its report
	best        title.Verdict
	column      bool // a list of reports
	retold      bool // speaks about a report (an explanation, news), without its figures
	role        string
	hint        hint
}

func (s *seen) short() bool { return s.han < shortArticle }

// calls reports whether the page's surest title is of a kind.
func (s *seen) calls(kinds ...title.Kind) bool {
	for _, k := range kinds {
		if s.best.Kind == k {
			return true
		}
	}
	return false
}

// dated reports whether a title calls the page the report of a year.
func (s *seen) dated() bool { return s.calls(title.Report) && s.best.Year != 0 }

// refused reports whether the page says that it is something else, which the list that led to it does not outweigh.
func (s *seen) refused() bool {
	return s.calls(title.Never) && (s.hint.Kind != title.Report || title.Enterprise(s.title) != "" || title.Author(s.text) != "")
}

// verdict is what a sign makes of a page.
type verdict int

const (
	aPage verdict = iota
	aReport
	aShell // only offers a report as a file
)

// signs are what is looked for, in this order; the first that a page shows decides.
var signs = []struct {
	name  string
	makes verdict
	shown func(s *seen) bool
}{
	{"a list of reports without sections of its own", aPage, func(s *seen) bool { return s.topics < 3 && s.listed >= 3 }},
	{"says that it is something else", aPage, (*seen).refused},
	{"retells a report", aPage, func(s *seen) bool { return s.retold }},
	{"most sections of the form under the report's name", aReport, func(s *seen) bool {
		return s.topics >= 4 && !s.short() && title.NamesItself(s.text+s.title) &&
			(!s.calls(title.Other) || s.hint.InColumn || title.NamesItself(title.Clip(s.text, 600)))
	}},
	{"titled a report, with three sections", aReport, func(s *seen) bool { return s.calls(title.Report) && s.topics >= 3 }},
	{"titled a report, with two sections and a text", aReport, func(s *seen) bool { return s.calls(title.Report) && s.topics >= 2 && !s.short() }},
	{"an article titled a report of a year, with two sections", aReport, func(s *seen) bool { return s.dated() && s.topics >= 2 && s.role == "article" }},
	{"titled a report of a year where one is expected, and named so in its text", aReport, func(s *seen) bool {
		return s.dated() && (s.hint.InColumn || s.role == "article") && !s.short() && title.NamesItself(s.text)
	}},
	{"a half-clear title in a column of reports, with two sections and a text", aReport, func(s *seen) bool {
		return s.hint.InColumn && s.calls(title.Weak) && s.topics >= 2 && !s.short()
	}},
	{"titled a report, and has but a file", aShell, func(s *seen) bool {
		named := s.calls(title.Report) || s.calls(title.Weak) && s.hint.InColumn
		return named && s.files > 0 && s.topics < 2 && !s.column && s.role != "seed" && s.role != "way"
	}},
	{"titled a report of a year, and is a picture", aReport, func(s *seen) bool {
		return s.dated() && s.images > 0 && s.role == "article" && !s.column
	}},
}

// judge finds the first sign that a page shows.
func (s *seen) judge() verdict {
	for _, sign := range signs {
		if sign.shown(s) {
			return sign.makes
		}
	}
	return aPage
}
