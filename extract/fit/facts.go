package fit

import (
	"fmt"
	"math"
	"sort"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/items"
	"github.com/gongkai-data/gongkai/extract/lazyregexp"
	"github.com/gongkai-data/gongkai/normalize/number"
)

// found is a fact before it is published: where it stands and what it is.
type found struct {
	Cell
	fam   *family
	item  *items.Item
	value number.Value
	path  []string
	unit  string // stated by the header or the row; empty: the code book's
	doubt string // why the cell allows two readings; empty: it does not
	alone bool   // the doubt is that nothing confirms what was recognised in a picture
	rest  string // text of a further cell that may hold the end of the number
}

// problemCut is told of a header that its place decided.
const problemCut = "the header is cut; its place among the others tells that it is %s"

// problem records what could not be read at an item, which is then accounted for.
func (f *fitter) problem(format string, i *items.Item, cell Cell, args ...any) {
	kind := extract.AmbiguousReading
	if format == problemCut {
		kind = extract.AmbiguousLabel
	}
	f.problemText(kind, i, cell, format, args...)
}

func (f *fitter) problemText(kind string, i *items.Item, cell Cell, format string, args ...any) {
	p := extract.Problem{Kind: kind, Detail: fmt.Sprintf(format, args...), Indicator: cell.Indicator}
	p.Code, p.Args = coded(format, args)
	if cell.Applicant != "" {
		a := cell.Applicant
		p.Applicant = &a
	}
	if i != nil {
		f.used(i)
		p.TableNo, p.Raw = i.Sheet.No, i.Text
		p.Page, p.Locator = i.Cell.Place.Page, i.Cell.Place.Locator()
		if i.Kind == items.Value && (kind == extract.LeftoverCell || kind == extract.UnmatchedLabel) {
			f.lost = append(f.lost, i)
		}
		if i.Sheet.No > 0 {
			p.RowNo, p.ColumnNo = i.Cell.Row+1, i.Cell.Col+1
		}
	}
	f.problems = append(f.problems, p)
}

// unread says why the number grammar does not read the value of a cell.
func (f *fitter) unread(kind string, n found, v number.Value) {
	f.problemText(kind, n.item, n.Cell, "%s", v.Code)
	p := &f.problems[len(f.problems)-1]
	worded, _ := codebook.Say("en", v.Code, v.At)
	p.Code, p.Args, p.Detail = v.Code, []string{v.At}, n.Cell.String()+": "+worded
}

// used notes that an item ended somewhere.
func (f *fitter) used(i *items.Item) {
	if o, ok := f.origin[i]; ok {
		f.used(o)
	}
	f.accounted[i] = true
	if i.At > 0 {
		f.taken[i.At-1] = true
	}
}

// add takes a value as a fact. A second, different one for the same cell of the form makes the first unreadable:
// nothing decides between them.
func (f *fitter) add(n found) {
	f.used(n.item)
	if n.doubt == "" && f.undated[n.item] {
		n.doubt = yearsOpen
	}
	i, twice := f.at[n.Cell]
	if !twice {
		f.at[n.Cell] = len(f.found)
		f.found = append(f.found, n)
		return
	}
	first := &f.found[i]
	a, b := first.value, n.value
	same := a.State == b.State && a.Value == b.Value && (a.State != number.Unreadable || first.item.Text == n.item.Text)
	f.noteOverlap(first, &n, same)
	switch {
	case first.item == n.item && first.doubt == "":
		return
	case same && first.doubt == "" && n.doubt == "":
		return
	case a.State == number.Blank && first.doubt == "":
		*first = n // a row printed twice, once without its numbers
		return
	case b.State == number.Blank && n.doubt == "":
		return
	}
	if first.doubt == "" {
		first.doubt = "the document gives this cell twice, differently"
	}
	f.problemText(extract.DuplicateFact, n.item, n.Cell, "%s: %q here, %q before", n.Cell, n.item.Text, first.item.Text)
}

// leftovers reports every item of a table of the form that ended nowhere.
func (f *fitter) leftovers(lines []*line) {
	for s, i := range f.ends {
		if f.seen[s] && !f.accounted[i] {
			f.problemText(extract.LeftoverCell, i, Cell{}, "a number alone below the table may be the end of its last row")
		}
	}
	outside := map[*items.Item]bool{} // text around a flattened table, the foot of a form
	for _, l := range lines {
		if !f.seen[l.sheet] {
			continue
		}
		signed := l.signed()
		for _, c := range l.own {
			if c.Kind == items.Blank || f.accounted[c] {
				continue
			}
			outside[c] = signed || c.At > 0 && (l.fam == nil || c.Kind == items.Word)
		}
	}
	done := map[*items.Sheet]bool{}
	for _, l := range lines {
		if !f.seen[l.sheet] || done[l.sheet] {
			continue
		}
		done[l.sheet] = true
		for _, c := range l.sheet.Items {
			if c.Kind != items.Blank && !f.accounted[c] && !outside[c] {
				f.problemText(extract.LeftoverCell, c, Cell{}, "this cell stands in a table of the form and was read as nothing")
			}
		}
	}
}

// strayRows reports lines between two tables of the form that hold a row of numbers and were read as nothing: pieces of
// a table that its reader lost.
func (f *fitter) strayRows(blocks []extract.Block) {
	seen := map[int]bool{}
	for s := range f.seen {
		seen[s.No] = true
	}
	no, before := 0, false
	var stray []int
	for i, b := range blocks {
		switch {
		case b.Kind == extract.Table && b.Grid != nil:
			no++
			if before && seen[no] {
				for _, at := range stray {
					f.strayRow(blocks[at], at)
				}
			}
			before, stray = seen[no], nil
		case b.Kind != extract.Paragraph:
		case f.heading(b.Text):
			before = false
		case before && !f.taken[i] && numbersInRow(b.Text) >= strayNumbers:
			stray = append(stray, i)
		}
	}
}

// strayNumbers is how many numbers in a row make a line between tables a row of them.
const strayNumbers = 3

// numbersInRow counts the most numbers of a text that stand apart by spaces in one run.
func numbersInRow(text string) (most int) {
	n := 0
	for _, word := range strings.Fields(text) {
		if n++; strings.Trim(word, "0123456789.,") != "" {
			n = 0
		}
		most = max(most, n)
	}
	return most
}

func (f *fitter) strayRow(b extract.Block, at int) {
	i := &items.Item{Cell: &extract.Cell{Text: b.Text, Place: b.Place}, Text: b.Text, At: at + 1}
	items.FromLines([][]*items.Item{{i}})
	f.problemText(extract.LeftoverCell, i, Cell{}, "a line of numbers between two tables of the form was read as nothing")
}

// foot begins the last line of the form, which names who is responsible for it and who filled it in.
var foot = lazyregexp.New(`^(单位|主要|分管)*(负责人|审核人|审签人|填报人|填表人|制表人|经办人|联系人|联系电话|填报日期|填表日期|填报时间)(（?签[字章名]）?)?[:：]`)

// signed reports whether a line is the foot of the form.
func (l *line) signed() bool {
	for _, c := range l.own {
		if c.Kind != items.Blank {
			return foot.MatchString(c.Text)
		}
	}
	return false
}

// cutOff notes a number alone on the line below a table of text, which may be the end of its last row.
func (f *fitter) cutOff(blocks []extract.Block, at int, s *items.Sheet) {
	if at+1 >= len(blocks) || !s.Grid.Flat || blocks[at+1].Kind != extract.Paragraph || blocks[at+1].Place.LineStart != s.Grid.Place.LineEnd+1 {
		return
	}
	b := &blocks[at+1]
	if kind, v := items.Classify(b.Text); kind == items.Value && v.State == number.Reported {
		i := &items.Item{Cell: &extract.Cell{Text: b.Text, Place: b.Place}, Text: b.Text, Kind: kind, Number: v, At: at + 2}
		items.FromLines([][]*items.Item{{i}})
		f.ends[s] = i
	}
}

// publish turns what was found into facts, ordered by table, row and column.
func (f *fitter) publish() []extract.Fact {
	facts := make([]extract.Fact, 0, len(f.found))
	for _, n := range f.found {
		facts = append(facts, f.fact(n))
	}
	told := f.toldRows()
	for i, n := range f.found {
		f.tell(n, &facts[i], told)
	}
	sort.SliceStable(facts, func(i, j int) bool {
		a, b := &facts[i], &facts[j]
		if a.TableNo != b.TableNo {
			return a.TableNo != 0 && (b.TableNo == 0 || a.TableNo < b.TableNo)
		}
		if a.RowNo != b.RowNo {
			return a.RowNo < b.RowNo
		}
		return a.ColumnNo < b.ColumnNo
	})
	return facts
}

func (f *fitter) fact(n found) extract.Fact {
	v := n.value
	in, _ := codebook.Lookup(n.Indicator)
	if in.Unit == "" {
		in.Unit = number.Count
	}
	out := extract.Fact{Indicator: n.Indicator, State: v.State, Raw: n.item.Text, Unit: in.Unit, TableNo: n.item.Sheet.No,
		Locator: n.item.Cell.Place.Locator(), LabelPath: n.path, ReadBy: extract.ReadByText}
	if n.item.Cell.Recognised {
		out.ReadBy = extract.ReadByOCR
	}
	if n.item.Sheet.No > 0 {
		out.RowNo, out.ColumnNo = n.item.Cell.Row+1, n.item.Cell.Col+1
	}
	if n.Applicant != "" {
		a := n.Applicant
		out.Applicant = &a
	}
	if p := n.item.Cell.Place.Page; p > 0 {
		out.Page = &p
	}
	if n.unit != "" {
		out.Unit = n.unit
	}
	if n.item.Cell.Image != "" && n.item.Kind == items.Blank {
		out.State, out.Locator = extract.InImage, n.item.Cell.Image
		f.problemText(extract.TableIsImage, n.item, n.Cell, "%s stands in a picture", n.Cell)
		return out
	}
	money := in.Unit == number.CNY || in.Unit == number.CNY10k || in.Unit == "unstated"
	switch {
	case n.doubt != "":
		out.State, out.Unconfirmed = extract.Unreadable, n.alone
		return out
	case v.State == number.Unreadable:
		f.unread(extract.UnreadNumber, n, v)
		return out
	case v.State != number.Reported:
		return out
	}
	unreadable := func(why string) extract.Fact {
		out.State = extract.Unreadable
		f.problemText(extract.UnreadNumber, n.item, n.Cell, "%s: %s", n.Cell, why)
		return out
	}
	switch {
	case v.Unit == number.CNY || v.Unit == number.CNY10k:
		if !money {
			return unreadable("a count, and the cell holds an amount of money")
		}
		out.Unit = v.Unit
	case v.Unit == number.Count && money:
		return unreadable("an amount of money, and the cell holds a count")
	}
	if v.Code != "" {
		f.unread(extract.UnreadNumber, n, v)
	}
	if out.Unit == number.Count && v.Value != math.Trunc(v.Value) {
		return unreadable("a count, and the cell holds a fraction; the point may separate thousands")
	}
	if strings.HasPrefix(n.item.Text, "—") && out.Unit == number.Count && !strings.HasSuffix(n.Indicator, "_change") {
		return unreadable("a count, and a dash stands before the cell's number")
	}
	value := v.Value
	out.Value = &value
	return out
}

// generations returns the template of each form table. The headers of section two decide; only where there are none
// does the split of 其他处理 into three rows tell of the 2021 form.
func (f *fitter) generations() (templates, tables []string) {
	told := false
	for _, u := range f.uses {
		told = told || u.template != "" && u.section != 3
	}
	for _, u := range f.uses {
		if told && u.section == 3 {
			u.template = ""
		}
		templates, tables = append(templates, u.template), append(tables, u.table)
	}
	return templates, tables
}

// pair is two tables that give the same cells of one form.
type pair struct {
	fam           *family
	first, second int
}

// agreement counts the cells that two tables both give: alike, and differently.
type agreement struct{ alike, differ int }

// noteOverlap notes that a cell is given twice.
func (f *fitter) noteOverlap(first, second *found, alike bool) {
	a, b := first.item.Sheet.No, second.item.Sheet.No
	if before, known := f.twice[first.Cell]; known {
		alike = alike && before
	}
	f.twice[first.Cell] = alike
	if a == b && a > 0 || first.value.State != second.value.State && (first.value.State == number.Blank || second.value.State == number.Blank) {
		return // an empty copy of a table contradicts nothing
	}
	k := pair{first.fam, a, b}
	n := f.overlaps[k]
	if alike {
		n.alike++
	} else {
		n.differ++
	}
	f.overlaps[k] = n
}

// contradicted doubts what two tables do not give alike that contradict each other in most of what both give: a page
// with last year's report, or another body's, below its own. Which of them is the report's is not told.
func (f *fitter) contradicted() {
	const few = 3
	for k, n := range f.overlaps {
		if n.differ < few || n.differ < n.alike {
			continue
		}
		for i := range f.found {
			c := &f.found[i]
			if no := c.item.Sheet.No; (no == k.first || no == k.second) && c.fam == k.fam && !f.twice[c.Cell] && c.doubt == "" && c.item.Kind != items.Blank {
				c.doubt = "another table of this form contradicts this one"
				f.problemText(extract.DuplicateFact, c.item, c.Cell, "%s: %s in most cells that both give", c.Cell, c.doubt)
			}
		}
	}
}

// partialGroups doubts a row that stands in place of several (其他处理) beside only some of them: its numbers may be sums,
// or those of the row that is missing, which then lost its own label.
func (f *fitter) partialGroups() {
	for _, fam := range f.lex.families {
		for _, n := range fam.rows {
			if len(n.children) == 0 || !n.optional {
				continue
			}
			have := 0
			for _, c := range n.children {
				for _, x := range f.found {
					if x.Indicator == c.key {
						have++
						break
					}
				}
			}
			if have == 0 || have == len(n.children) {
				continue
			}
			const why = "a row under it is missing, and these may be its numbers"
			told := false
			for i := range f.found {
				c := &f.found[i]
				if c.Indicator != n.key || c.doubt != "" {
					continue
				}
				c.doubt = why
				if !told {
					told = true
					f.problemText(extract.AmbiguousReading, c.item, Cell{Indicator: c.Indicator}, "%s: %s", n.text, why) // of the whole row
				}
			}
		}
	}
}

// isTitle recognises a caption of section two of which the end may be lost: 第二十条第.
func isTitle(text string) bool {
	s := fold(text)
	return (strings.HasPrefix(s, "第二十条") || strings.HasPrefix(s, "第二十第") || strings.HasPrefix(s, "第二条第") || strings.HasPrefix(s, "二十条第")) && len(s) <= len("第二十条第十项")+6
}
