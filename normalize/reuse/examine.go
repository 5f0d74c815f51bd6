package reuse

import (
	"cmp"
	"iter"
	"slices"

	"github.com/gongkai-data/gongkai/datasets/gazetteer"
	"github.com/gongkai-data/gongkai/datasets/schema"
)

// task is a report with the others that it is to be compared with.
type task struct {
	number uint32
	own    []uint32 // earlier reports of the same body
	others []uint32
}

// tasks goes over the reports with their links.
func (f *Finder) tasks() iter.Seq2[task, error] {
	return func(yield func(task, error) bool) {
		defer f.links.Close()
		var links []Link
		number := uint32(0)
		give := func() bool {
			t := task{number: number, own: f.earlier(number)}
			t.others = f.nearest(links, t.own)
			links, number = links[:0], number+1
			return yield(t, nil)
		}
		for l, err := range f.links.Sorted() {
			if err != nil {
				yield(task{}, err)
				return
			}
			for number < l.Report {
				if !give() {
					return
				}
			}
			links = append(links, l)
		}
		for int(number) < len(f.reports) {
			if !give() {
				return
			}
		}
	}
}

// sameBody reports whether two reports are of one body.
func sameBody(a, b *kept) bool { return a.IssuerID == b.IssuerID && a.Body == b.Body }

// earlier returns the reports of earlier years of the body of a report; they were added right before it.
func (f *Finder) earlier(number uint32) (own []uint32) {
	me := &f.reports[number]
	if me.Year == nil {
		return nil
	}
	for n := int(number) - 1; n >= 0 && sameBody(me, &f.reports[n]); n-- {
		if y := f.reports[n].Year; y != nil && *y < *me.Year {
			own = append(own, uint32(n))
		}
	}
	return own
}

// nearest picks of the others that a report is linked with those of the longest passages, as far as the links show
// them. Links stand by other report and place. Other reports of the body itself are no such others: the earlier ones
// are compared anyway, a later one or another of the same year repeats this one.
func (f *Finder) nearest(links []Link, own []uint32) []uint32 {
	type other struct {
		number          uint32
		longest, prints int
	}
	var others []other
	for i := 0; i < len(links); {
		o := other{number: links[i].Other}
		me := &f.reports[links[i].Report]
		begin, last := links[i], links[i]
		for ; i < len(links) && links[i].Other == o.number; i++ {
			l := links[i]
			if l.At-last.At != l.OtherAt-last.OtherAt {
				begin = l
			}
			last = l
			o.prints++
			o.longest = max(o.longest, int(l.At-begin.At)+K)
		}
		if !sameBody(me, &f.reports[o.number]) {
			others = append(others, o)
		}
	}
	slices.SortFunc(others, func(a, b other) int {
		return cmp.Or(cmp.Compare(b.longest, a.longest), cmp.Compare(b.prints, a.prints), cmp.Compare(a.number, b.number))
	})
	out := make([]uint32, 0, compared)
	for _, o := range others[:min(len(others), compared)] {
		out = append(out, o.number)
	}
	return out
}

// shared is what a report shares with another one.
type shared struct {
	other    *kept
	passages []passage
	longest  int32
}

// examine compares a report with the others of its task.
func (f *Finder) examine(t task, table *Table) (Result, error) {
	me := &f.reports[t.number]
	out := Result{ReportID: me.ID, IssuerID: me.IssuerID, Year: me.Year, Compared: f.digest(t.others)}
	if len(t.own)+len(t.others) == 0 {
		return out, nil
	}
	published, text, err := f.load(t.number)
	if err != nil {
		return out, err
	}
	s := newSubject(text, table)
	old := make([]bool, len(text.Symbols))
	var found []shared
	for i, number := range slices.Concat(t.own, t.others) {
		_, theirs, err := f.load(number)
		if err != nil {
			return out, err
		}
		sh := shared{other: &f.reports[number], passages: s.passages(theirs, theirs.prints())}
		for _, p := range sh.passages {
			sh.longest = max(sh.longest, text.characters(p.from, p.to))
			if i < len(t.own) {
				mark(old, p)
			}
		}
		if len(sh.passages) > 0 {
			found = append(found, sh)
		}
	}
	if all := s.freeCharacters(0, len(text.Symbols)); len(t.own) > 0 && all >= Least {
		out.Characters = all
		out.NewShare = new(1 - float64(s.marked(old, 0, len(old)))/float64(all))
	}
	slices.SortStableFunc(found, func(a, b shared) int {
		return cmp.Or(cmp.Compare(b.longest, a.longest), cmp.Compare(a.other.ID, b.other.ID))
	})
	for _, sh := range found[:min(len(found), Others)] {
		out.Rows = append(out.Rows, s.rows(me, sh, []rune(published))...)
	}
	return out, nil
}

func mark(symbols []bool, p passage) {
	for i := p.from; i < p.to; i++ {
		symbols[i] = true
	}
}

// marked counts the published characters of free symbols from to to that are marked.
func (s *subject) marked(symbols []bool, from, to int) (n int32) {
	for i := from; i < to; i++ {
		if symbols[i] && s.free[i] {
			n += s.lengths[i]
		}
	}
	return n
}

// rows makes a row for each section of a report that has a passage in common with the other.
func (s *subject) rows(me *kept, sh shared, published []rune) (rows []schema.Reuse) {
	numbers := []*int32{}
	for _, part := range s.Sections {
		if !slices.ContainsFunc(numbers, func(n *int32) bool { return same(n, part.Number) }) {
			numbers = append(numbers, part.Number)
		}
	}
	symbols := make([]bool, len(s.Symbols))
	for _, number := range numbers {
		row := schema.Reuse{ReportID: me.ID, IssuerID: me.IssuerID, Year: me.Year, Section: number, OtherReportID: sh.other.ID,
			Relation: relation(me, sh.other), OtherIsEarlier: isEarlier(me, sh.other)}
		all := int32(0)
		for _, part := range s.Sections {
			if !same(part.Number, number) {
				continue
			}
			all += s.freeCharacters(part.From, part.To)
			for _, p := range sh.passages {
				if p.from < part.From || p.from >= part.To {
					continue
				}
				mark(symbols, p)
				if n := s.characters(p.from, p.to); n > row.LongestCharacters {
					row.LongestCharacters, row.StartOffset, row.OtherStartOffset = n, s.starts[p.from], p.start
				}
			}
			row.SharedCharacters += s.marked(symbols, part.From, part.To)
		}
		if row.LongestCharacters == 0 {
			continue
		}
		row.Share = float64(row.SharedCharacters) / float64(all)
		row.Passage = string(published[row.StartOffset : row.StartOffset+min(row.LongestCharacters, 200)])
		rows = append(rows, row)
	}
	return rows
}

func same(a, b *int32) bool { return a == nil && b == nil || a != nil && b != nil && *a == *b }

// relation says whose the other report is.
func relation(me, other *kept) string {
	if sameBody(me, other) {
		return "own_earlier"
	}
	if me.DivisionCode == nil || other.DivisionCode == nil {
		return "elsewhere"
	}
	a, b := *me.DivisionCode, *other.DivisionCode
	for _, level := range []struct {
		digits int
		name   string
	}{{6, "same_county"}, {4, "same_prefecture"}, {2, "same_province"}} {
		if len(a) < level.digits || len(b) < level.digits || a[:level.digits] != b[:level.digits] {
			continue
		}
		if d, ok := gazetteer.Lookup(a[:level.digits]); level.digits == 2 || ok && !d.Pseudo && a[level.digits-2:level.digits] != "00" {
			return level.name
		}
	}
	return "elsewhere"
}

// isEarlier reports whether the other report is the earlier one; nil where that cannot be told.
func isEarlier(me, other *kept) *bool {
	switch {
	case me.Year == nil || other.Year == nil:
		return nil
	case *me.Year != *other.Year:
		return new(*other.Year < *me.Year)
	case me.PublishedOn == nil || other.PublishedOn == nil || *me.PublishedOn == *other.PublishedOn:
		return nil
	}
	return new(*other.PublishedOn < *me.PublishedOn)
}
