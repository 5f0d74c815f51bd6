package fit

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/extract"
)

// The form of a year to come: two new outcomes, an eighth applicant, a new column with a sum of its own. It is in testdata/2027 and nowhere in the
// program.
func formOf2027(t *testing.T) (*codebook.Book, *Form) {
	t.Helper()
	b, err := codebook.Load(os.DirFS("testdata/2027"))
	if err != nil {
		t.Fatal(err)
	}
	return b, NewForm(b, DefaultSettings())
}

// page is a table as it is drawn, and the number that each of its cells holds.
type page struct {
	grid  *extract.Grid
	truth map[Cell]string
}

// draw lays a form out as its ministry would print it, with another number in every cell, so that the sums hold.
func draw(f *codebook.Form, m *rand.Rand) page {
	variant := func(l codebook.Label) bool { return len(l.Replaces) > 0 }
	own := *f
	own.Rows, own.Columns = slices.DeleteFunc(slices.Clone(f.Rows), variant), slices.DeleteFunc(slices.Clone(f.Columns), variant)
	f = &own
	if f.Section == 0 { // the appendix prints its levels one below the other
		for i, l := range own.Rows {
			own.Rows[i].Path = []string{l.Text()}
		}
	}
	p := page{&extract.Grid{}, map[Cell]string{}}
	put := func(row, col, rows, cols int, text string) {
		p.grid.Cells = append(p.grid.Cells, extract.Cell{Row: row, Col: col, RowSpan: rows, ColSpan: cols, Text: text})
		p.grid.Rows, p.grid.Cols = max(p.grid.Rows, row+rows), max(p.grid.Cols, col+cols)
	}
	levels, depth := 1, 1
	for _, l := range f.Columns {
		levels = max(levels, len(l.Path))
	}
	for _, l := range f.Rows {
		depth = max(depth, len(l.Path))
	}
	if f.Rows[0].Key == "" {
		depth = 0
	} else {
		corner := "信息内容"
		if f.Section == 3 {
			corner = f.Titles[0]
		}
		put(0, 0, levels, depth, corner)
	}
	groups(f.Columns, levels, func(level, from, to, span int, text string) { put(level, depth+from, span, to-from, text) })
	groups(f.Rows, depth, func(level, from, to, span int, text string) {
		if depth > 0 {
			put(levels+from, level, to-from, span, text)
		}
	})
	values := numbers(f, m)
	for r := range f.Rows {
		for c := range f.Columns {
			k := Cell{}
			k.Indicator, k.Applicant = f.Indicator(f.Rows[r].Key, f.Columns[c].Key)
			p.truth[k] = fmt.Sprint(values[r][c])
			put(levels+r, depth+c, 1, 1, p.truth[k])
		}
	}
	return p
}

// groups calls put for each label of paths of which equal beginnings stand over each other.
func groups(labels []codebook.Label, levels int, put func(level, from, to, span int, text string)) {
	for level := range levels {
		for from := 0; from < len(labels); {
			if level >= len(labels[from].Path) {
				from++
				continue
			}
			to := from + 1
			head := strings.Join(labels[from].Path[:level+1], "/")
			for to < len(labels) && len(labels[to].Path) > level && strings.Join(labels[to].Path[:level+1], "/") == head {
				to++
			}
			span := 1
			if level == len(labels[from].Path)-1 {
				span = levels - level
			}
			put(level, from, to, span, labels[from].Path[level])
			from = to
		}
	}
}

// numbers fills a form so that its sums hold along the rows; the last column, or that of the table's own sum, is made of the others.
func numbers(f *codebook.Form, m *rand.Rand) [][]int {
	out := make([][]int, len(f.Rows))
	for r := range out {
		out[r] = make([]int, len(f.Columns))
		sum := 0
		for c, l := range f.Columns {
			out[r][c] = 1 + m.IntN(900)
			if f.Section == 3 && c < len(f.Columns)-1 || f.Section == 4 && !strings.HasSuffix(l.Key, ".total") {
				sum += out[r][c]
			} else if f.Section >= 3 {
				out[r][c], sum = sum, 0
			}
			if l.Key == "net" {
				out[r][0] = out[r][1] + out[r][c]
			}
		}
	}
	return out
}

// check holds what was read against the page.
func check(t *testing.T, what string, form *Form, blocks []extract.Block, truth map[Cell]string) {
	t.Helper()
	r := form.Read(blocks, func(string) bool { return false }, func() int { return 0 })
	got := map[Cell]string{}
	for _, f := range r.Facts() {
		k := Cell{Indicator: f.Indicator}
		if f.Applicant != nil {
			k.Applicant = *f.Applicant
		}
		if f.Value != nil {
			got[k] = fmt.Sprint(*f.Value)
		}
	}
	for k, v := range truth {
		if got[k] != v {
			t.Errorf("%s: %s is %q, want %s", what, k, got[k], v)
		}
	}
	if len(got) != len(truth) {
		t.Errorf("%s: %d cells of %d", what, len(got), len(truth))
	}
	for _, p := range r.Problems() {
		t.Errorf("%s: %s: %s (%q)", what, p.Kind, p.Detail, p.Raw)
	}
}

func TestAFormOfTheFuture(t *testing.T) {
	book, form := formOf2027(t)
	for _, f := range book.Forms {
		p := draw(f, rand.New(rand.NewPCG(27, uint64(len(f.Rows)))))
		what := f.Table
		check(t, what+" with its spans", form, []extract.Block{{Kind: extract.Table, Grid: p.grid}}, p.truth)
		check(t, what+" cut by a page", form, paged(p.grid), p.truth)
		check(t, what+" as text", form, flattened(p.grid), p.truth)
	}
}

// paged cuts a grid in two pages below its header, the second without one.
func paged(g *extract.Grid) []extract.Block {
	at := g.Rows - 1
	upper, lower := &extract.Grid{Rows: at, Cols: g.Cols}, &extract.Grid{Rows: g.Rows - at, Cols: g.Cols, Continues: true}
	for _, c := range g.Cells {
		c.Place.Page = 1
		if c.Row < at {
			c.RowSpan = min(c.RowSpan, at-c.Row)
			upper.Cells = append(upper.Cells, c)
			continue
		}
		c.Row, c.Place.Page = c.Row-at, 2
		lower.Cells = append(lower.Cells, c)
	}
	return []extract.Block{{Kind: extract.Table, Grid: upper}, {Kind: extract.Table, Grid: lower}}
}

// flattened is a grid as text: one cell a line.
func flattened(g *extract.Grid) (blocks []extract.Block) {
	for row := range g.Rows {
		for col := range g.Cols {
			for i := range g.Cells {
				if c := &g.Cells[i]; c.Row == row && c.Col == col {
					n := len(blocks) + 1
					blocks = append(blocks, extract.Block{Text: c.Text, Place: extract.Place{LineStart: n, LineEnd: n}})
				}
			}
		}
	}
	return blocks
}

// The sums of the new form choose too: digits that a narrow column cut are read together where 废止 and 净增 make 制发, and else not.
func TestSumsOfAFormOfTheFuture(t *testing.T) {
	book, form := formOf2027(t)
	f := book.Find("2027", codebook.Documents)
	p := draw(f, rand.New(rand.NewPCG(1, 2)))
	for i := range p.grid.Cells {
		c := &p.grid.Cells[i]
		for col, text := range map[int]string{1: "19\n1", 2: "90", 3: "101"} {
			if c.Row == 1 && c.Col == col {
				c.Text = text
			}
		}
	}
	facts := func() map[string]extract.Fact {
		out := map[string]extract.Fact{}
		r := form.Read([]extract.Block{{Kind: extract.Table, Grid: p.grid}}, func(string) bool { return false }, func() int { return 0 })
		for _, f := range r.Facts() {
			out[f.Indicator] = f
		}
		return out
	}
	if got := facts()["regulations.issued"]; got.Value == nil || *got.Value != 191 {
		t.Errorf("19 over 1 beside 90 and 101: %+v", got)
	}
	for i := range p.grid.Cells {
		if c := &p.grid.Cells[i]; c.Row == 1 && c.Col == 3 {
			c.Text = "102"
		}
	}
	if got := facts()["regulations.issued"]; got.State != extract.Unreadable {
		t.Errorf("19 over 1 beside 90 and 102: %+v", got)
	}
}
