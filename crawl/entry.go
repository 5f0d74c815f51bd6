package crawl

import (
	"strings"

	"github.com/gongkai-data/gongkai/crawl/frontier"
	"github.com/gongkai-data/gongkai/crawl/list"
	"github.com/gongkai-data/gongkai/crawl/page"
	"github.com/gongkai-data/gongkai/crawl/title"
	"github.com/gongkai-data/gongkai/extract/lazyregexp"
)

// listed is one entry of a list, and what is known of it before it is fetched.
type listed struct {
	list.Item
	listing
	verdict   title.Verdict // on its text
	anyYear   int           // that its place or its title says it is of, or 0
	report    bool          // its text or its place calls it a report
	bundled   bool          // an archive of files, which say their years themselves
	here      bool          // it stands in the list itself, not around it
	near      bool          // it lies on the site of the list
	deeper    bool          // a column below this one may still be entered
	way       bool          // a page on the way to a column may still be entered
	reachable func() bool   // the crawl goes to its host
}

func newListed(it list.Item, l listing, verdict title.Verdict, near bool, depth int) *listed {
	if strings.Contains(it.URL.Path, "xxgkAnnualReport.jsp") { // the address names the year, and is a report's whoever links to it
		it.Year, it.Own = title.Year(it.URL.Query().Get("fbtime")), true
	}
	e := &listed{Item: it, listing: l, verdict: verdict, near: near, deeper: near && depth < maxColumnDepth, way: depth < maxWayDepth,
		anyYear: max(it.Year, verdict.Year), bundled: page.IsBundle(it.URL), here: it.Own || it.Date != ""}
	e.report = it.Year != 0 || e.is(title.Report) || e.is(title.Weak) && l.inColumn
	if e.bundled {
		e.anyYear = 0
	}
	return e
}

func (e *listed) is(k title.Kind) bool { return e.verdict.Kind == k }

// file reports whether the entry is a file that the list offers as a report.
func (e *listed) file() bool {
	switch {
	case e.report:
		return true
	case !e.inColumn:
		return false
	case e.bundled && e.here && !title.Foreign(e.Text):
		return true
	}
	return e.is(title.Section) && (e.Own || e.verdict.Year != 0) || e.is(title.Organ) && e.Own
}

// step is what to do with an entry: a task of a role, within a limit for its host where it may be nothing; or a note in
// the ledger; or nothing.
type step struct {
	role  frontier.Role
	limit int
	know  known
	note  note
}

// known is how much of an entry its task is told.
type known int

const (
	all      known = iota // title, kind, year and whether it stands in a column
	asReport              // the same, and that it stands in a column
	named                 // its title
	inside                // its title, and that it stands in a column
)

// note is what the ledger says of an entry where this crawl does not go.
type note int

const (
	none note = iota
	elsewhereNoted
	leftOut
)

// steps are tried in this order; the first that an entry calls for is taken.
var steps = []struct {
	name string
	when func(e *listed) bool
	step step
}{
	{"a column on another host", func(e *listed) bool { return !e.near && e.is(title.Column) }, step{note: elsewhereNoted}},
	{"something else than a report", func(e *listed) bool { return e.is(title.Never) }, step{}},
	{"a report on a host that is not crawled", func(e *listed) bool { return !e.reachable() && e.inColumn && e.report && e.anyYear != 0 }, step{note: leftOut}},
	{"on a host that is not crawled", func(e *listed) bool { return !e.reachable() }, step{}},
	{"a file that is a report", func(e *listed) bool { return page.IsDocument(e.URL) && e.file() }, step{role: frontier.Attachment, know: asReport}},
	{"another file", func(e *listed) bool { return page.IsDocument(e.URL) }, step{}},
	{"a report of a year, by its place", func(e *listed) bool { return e.Year != 0 && (e.Own || e.is(title.Report)) }, step{role: frontier.Article, know: asReport}},
	{"a report, by its title", func(e *listed) bool { return e.is(title.Report) }, step{role: frontier.Article}},
	{"on another host", func(e *listed) bool { return !e.near }, step{}},
	{"a search", func(e *listed) bool { return isSearch(e.URL) && !(e.is(title.Column) && !hasKeyword(e.URL)) }, step{}},
	{"perhaps a report", func(e *listed) bool { return e.is(title.Weak) || e.inColumn && e.here && e.deeper && e.unclear() }, step{role: frontier.Entry, limit: maxEntries}},
	{"a column", func(e *listed) bool { return e.is(title.Column) && e.deeper }, step{role: frontier.Column, limit: maxColumns, know: named}},
	{"the older reports of a column", func(e *listed) bool { return e.inColumn && e.deeper && e.is(title.Older) && !e.mixed }, step{role: frontier.Column, limit: maxColumns, know: inside}},
	{"the column of one year, wherever it lies", func(e *listed) bool { return e.inColumn && e.deeper && e.is(title.Section) && e.verdict.Year != 0 }, step{role: frontier.Entry, limit: maxEntries}},
	{"a way to columns", func(e *listed) bool {
		return e.way && (e.is(title.Portal) || e.inColumn && (e.is(title.Section) || e.is(title.Organ)))
	}, step{role: frontier.Way, limit: maxWays, know: named}},
}

// next is the step that the entry calls for.
func (e *listed) next() step {
	for _, s := range steps {
		if s.when(e) {
			return s.step
		}
	}
	return step{}
}

// hint is what the task of a step is told of the entry.
func (e *listed) hint(s step) hint {
	switch s.know {
	case named:
		return hint{Title: e.Text}
	case inside:
		return hint{Title: e.Text, InColumn: true}
	}
	return hint{Title: e.Text, Kind: e.verdict.Kind, Year: e.anyYear, InColumn: e.inColumn || s.know == asReport, Read: e.Read}
}

// unclear reports whether an entry of a column's own list may be a report, or a column below, though its text does not
// say so: an issuer's name, a year, a title that is cut off or missing. In a list of many other things a whole title
// that says nothing of a report is none.
func (e *listed) unclear() bool {
	switch e.verdict.Kind {
	case title.Section, title.Organ:
		return true
	case title.Other:
		cut := strings.HasSuffix(e.Text, "…") || strings.HasSuffix(e.Text, "...")
		if e.mixed {
			return cut && e.verdict.Year != 0
		}
		return cut || e.verdict.Year != 0 && page.Han(dateWords.ReplaceAllString(e.Text, "")) > 2 || page.Han(e.Text) < 6 && e.Own && !strings.ContainsAny(e.Text, "0123456789页<>«»")
	}
	return false
}

// dateWords are what calendars are made of: their pages go on for ever.
var dateWords = lazyregexp.New(`[年月日周上下一]|星期|日历`)
