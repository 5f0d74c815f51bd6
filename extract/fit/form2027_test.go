package fit

import (
	"fmt"
	"math/rand/v2"
	"os"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/fit/drawn"
)

// The form of a year to come: two new outcomes, an eighth applicant, a new column with a sum of its own. It is in
// testdata/2027 and nowhere in the program.
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

func draw(f *codebook.Form, m *rand.Rand) page {
	g, figures := drawn.Table(f, m)
	p := page{g, map[Cell]string{}}
	for k, v := range figures {
		p.truth[Cell(k)] = v
	}
	return p
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

// The sums of the new form choose too: digits that a narrow column cut are read together where 废止 and 净增 make 制发, and
// else not.
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
