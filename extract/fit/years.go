package fit

import (
	"slices"
	"strings"

	"github.com/gongkai-data/gongkai/extract/items"
	"github.com/gongkai-data/gongkai/extract/lazyregexp"
	"github.com/gongkai-data/gongkai/extract/text"
)

// Tables that print two years side by side, or in rows one below the other. The report's own year is read; another
// year's numbers are no facts of this report. Where it is open which year is the report's, neither is read.

const yearsOpen = "the table gives several years, and which of them is the report's is open"

// period is the year that a label states; label is what else it says, empty for one that is nothing but a year.
type period struct {
	item  *items.Item
	year  int
	label string
}

var (
	statedYear = lazyregexp.New(`[（(]?20\d\d年度?[）)]?`)
	ofPeriod   = []string{"", "度", "数", "数量", "数据", "情况", "统计数"}
	relative   = map[string]int{"本年": 0, "本年度": 0, "今年": 0, "当年": 0, "上年": -1, "上年度": -1, "上一年": -1, "上一年度": -1, "去年": -1} // 0: the report's
)

// periodOf reads the year that a label states; ok is false for one that states none.
func (f *fitter) periodOf(i *items.Item) (p period, ok bool) {
	if i.Kind == items.Blank || len(i.Text) < len("本年") {
		return p, false
	}
	name := fold(i.Text)
	if back, known := relative[name]; known {
		return period{i, back, ""}, true
	}
	if years := text.Years(name); len(years) != 1 {
		return p, false
	} else if rest := statedYear.ReplaceAllString(name, ""); slices.Contains(ofPeriod, rest) {
		return period{i, years[0], ""}, true
	} else {
		return period{i, years[0], rest}, rest != name
	}
}

// ownYear takes the columns, and then the rows, of other years than the report's out of a sheet.
func (f *fitter) ownYear(s *items.Sheet) {
	if !slices.ContainsFunc(s.Items, func(i *items.Item) bool { return strings.Contains(i.Text, "年") }) {
		return
	}
	f.leaveOut(s, true)
	f.leaveOut(s, false)
}

// leaveOut takes the columns of other years out of a sheet, or its rows. Labels that differ in the year only contest
// each other.
func (f *fitter) leaveOut(s *items.Sheet, columns bool) {
	lines := map[int][]period{} // of each row of the sheet, or of each column
	for _, i := range s.Items {
		if p, ok := f.periodOf(i); ok && (columns || p.label == "" && valueRightOf(s, i)) {
			lines[along(i, columns)] = append(lines[along(i, columns)], p)
		}
	}
	drop := map[int]bool{}
	for at, periods := range lines {
		contested := contestedOf(periods)
		if len(contested) == 0 {
			continue
		}
		if columns && f.overLabels(s, periods) { // spans were lost, so the years stand over other columns than their own
			f.openAll(s)
			continue
		}
		own := slices.ContainsFunc(periods, func(p period) bool { return contested[p.label] && f.isOwn(p) })
		if own && contested[""] {
			f.dropCompared(s, at, columns, drop)
		}
		for _, p := range periods {
			if contested[p.label] && !f.isOwn(p) {
				f.leave(s, p, columns, own, drop)
			}
		}
		for _, p := range periods {
			if contested[p.label] && own {
				f.used(p.item)
				p.item.Text = p.label
				p.item.Kind, p.item.Number = items.Classify(p.label)
			}
		}
	}
	if len(drop) > 0 {
		s.Drop(drop, columns)
	}
}

// overLabels reports whether a label of a row stands below one of the years.
func (f *fitter) overLabels(s *items.Sheet, periods []period) bool {
	return slices.ContainsFunc(s.Items, func(i *items.Item) bool {
		hits := f.hits(i)
		return i.Kind == items.Word && len(hits) > 0 && !slices.ContainsFunc(hits, func(n *node) bool { return n.axis != rowAxis }) &&
			slices.ContainsFunc(periods, func(p period) bool { return i.Row > p.item.Row && i.Col < p.item.End() && i.End() > p.item.Col })
	})
}

// listsYears reports whether a text is several years and nothing else: 2022年 2023年.
func (f *fitter) listsYears(i *items.Item) bool {
	return i.Kind == items.Word && severalYears(i.Text, func(word string) (period, bool) {
		return f.periodOf(&items.Item{Kind: items.Word, Text: word})
	})
}

// severalYears reports whether a text is nothing but years of which two differ, by what reads the year of a word.
func severalYears(text string, yearOf func(word string) (period, bool)) bool {
	var years []period
	for word := range strings.FieldsSeq(text) {
		p, ok := yearOf(word)
		if !ok || p.label != "" {
			return false
		}
		years = append(years, p)
	}
	return len(contestedOf(years)) > 0
}

// openAll leaves all values of a sheet open.
func (f *fitter) openAll(s *items.Sheet) {
	for _, i := range s.Items {
		f.undated[i] = f.undated[i] || i.Kind == items.Value
	}
}

// isOwn reports whether a year is the report's.
func (f *fitter) isOwn(p period) bool { return p.year == f.year() && p.year > 0 || p.year == 0 }

// leave notes what is of another year than the report's: to be dropped, or where the report's own year is not among
// those given, as open.
func (f *fitter) leave(s *items.Sheet, p period, columns, own bool, drop map[int]bool) {
	from, to := f.reach(s, p.item, columns)
	if own {
		f.captions = append(f.captions, Caption{s.No, p.item.Text, p.item})
		for k := from; k < to; k++ {
			drop[k] = true
		}
		return
	}
	for _, i := range s.Items {
		if at, end := i.Col, i.End(); i.Kind == items.Value && (columns && at < to && end > from || !columns && i.Row < to && i.Below() > from) {
			f.undated[i] = true
		}
	}
}

// contestedOf returns the labels that stand there for several years.
func contestedOf(periods []period) map[string]bool {
	contested, first := map[string]bool{}, map[string]int{}
	for _, p := range periods {
		if year, again := first[p.label]; again && year != p.year {
			contested[p.label] = true
		}
		first[p.label] = p.year
	}
	return contested
}

// along is the row of an item, or its column.
func along(i *items.Item, columns bool) int {
	if columns {
		return i.Row
	}
	return i.Col
}

// reach is where a year's columns or rows are: where its label stands and, in text that lost its spans, up to the next
// label.
func (f *fitter) reach(s *items.Sheet, i *items.Item, columns bool) (from, to int) {
	if !columns {
		return i.Row, i.Below()
	}
	to = i.End()
	for s.Placement != items.Drawn && to < s.Cols {
		if next := s.At(i.Row, to); next != nil && next.Kind != items.Blank {
			break
		}
		to++
	}
	return i.Col, to
}

// dropCompared takes what stands beside years and compares them (增减, 同比) out as well.
func (f *fitter) dropCompared(s *items.Sheet, at int, columns bool, drop map[int]bool) {
	for _, i := range s.Items {
		if _, year := f.periodOf(i); year || along(i, columns) != at || i.Kind != items.Word || len(f.hits(i)) > 0 || !strings.ContainsAny(i.Text, "增减比") {
			continue
		}
		f.captions = append(f.captions, Caption{s.No, i.Text, i})
		from, to := f.reach(s, i, columns)
		for k := from; k < to; k++ {
			drop[k] = true
		}
	}
}

// valueRightOf reports whether a number stands right of a label in its rows.
func valueRightOf(s *items.Sheet, label *items.Item) bool {
	return slices.ContainsFunc(s.Items, func(i *items.Item) bool {
		return i.Kind == items.Value && i.Row >= label.Row && i.Below() <= label.Below() && i.Col >= label.End()
	})
}
