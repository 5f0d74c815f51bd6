package fit

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/items"
)

// damage does to a page what pages suffer, and says what.
func damage(m *rand.Rand, blocks []extract.Block) ([]extract.Block, string) {
	i := m.IntN(len(blocks))
	g := blocks[i].Grid
	if g == nil {
		switch m.IntN(3) {
		case 0:
			return slices.Delete(slices.Clone(blocks), i, i+1), "line lost"
		case 1:
			return slices.Insert(slices.Clone(blocks), i, extract.Block{Text: []string{"- 4 -", "续表", "第5页", ""}[m.IntN(4)]}), "line of the page between"
		}
		return blocks, "nothing"
	}
	if len(g.Cells) == 0 {
		return blocks, "nothing"
	}
	n := m.IntN(len(g.Cells))
	c := &g.Cells[n]
	switch m.IntN(8) {
	case 0:
		c.Text = ""
		return blocks, "cell emptied"
	case 1:
		g.Cells = slices.Delete(g.Cells, n, n+1)
		return blocks, "cell lost"
	case 2:
		if text := []rune(c.Text); len(text) > 2 && text[0] > 0x3000 {
			at := m.IntN(len(text))
			c.Text = string(slices.Delete(text, at, at+1))
		}
		return blocks, "character lost"
	case 3:
		row := c.Row
		g.Cells = slices.DeleteFunc(g.Cells, func(o extract.Cell) bool { return o.Row == row })
		return blocks, "row lost"
	case 4:
		if g.Rows < 3 || i > 0 {
			return blocks, "nothing"
		}
		return append(paged(g), blocks[i+1:]...), "page turned"
	case 5:
		c.RowSpan, c.ColSpan = 1, 1
		return blocks, "span lost"
	case 6:
		if i == 0 && len(blocks) == 1 {
			return flattened(g), "flattened"
		}
		return blocks, "nothing"
	}
	c.RowSpan++
	g.Rows = max(g.Rows, c.Row+c.RowSpan)
	return blocks, "cell grown"
}

// Whatever happens to a page, every item of a table of the form ends in a fact, a label, a note or a problem, and no
// number is read twice.
func TestConservation(t *testing.T) {
	documents := 4000
	if testing.Short() {
		documents = 400
	}
	tried := map[string]int{}
	forms := codebook.Forms()
	for seed := range documents {
		m := rand.New(rand.NewPCG(uint64(seed), 3))
		p := draw(forms[m.IntN(len(forms))], m)
		blocks := []extract.Block{{Kind: extract.Table, Grid: p.grid}}
		var how []string
		for range 1 + m.IntN(3) {
			if len(blocks) == 0 {
				break
			}
			var what string
			blocks, what = damage(m, blocks)
			how = append(how, what)
			tried[what]++
		}
		r := Standard().Read(blocks, func(string) bool { return false }, func() int { return 0 })
		facts := r.Facts()
		for _, p := range r.Problems() {
			if p.Code == "" {
				t.Errorf("seed %d, %v: a problem without a code: %s", seed, how, p.Detail)
			}
		}
		for s := range r.seen() {
			for _, c := range s.Items {
				if c.Kind != items.Blank && !r.f.accounted[c] && s.No > 0 {
					t.Errorf("seed %d, %v: %q at %d,%d ended nowhere", seed, how, c.Text, c.Row, c.Col)
				}
			}
		}
		where := map[string]string{}
		for _, f := range facts {
			k := fmt.Sprint(f.TableNo, f.Page, f.RowNo, f.ColumnNo, f.Locator)
			name := f.Indicator
			if f.Applicant != nil {
				name += "/" + *f.Applicant
			}
			if other, twice := where[k]; f.Value != nil && f.TableNo > 0 && twice && other != name {
				t.Errorf("seed %d, %v: %s and %s are one number", seed, how, name, other)
			}
			if f.Value != nil {
				where[k] = name
			}
		}
		if t.Failed() && seed > 20 {
			break
		}
	}
	var said []string
	for what, n := range tried {
		said = append(said, fmt.Sprintf("%s %d", what, n))
	}
	slices.Sort(said)
	t.Log("damage tried: " + strings.Join(said, ", "))
}

// A page cut, flattened, or with labels damaged gives the numbers that it has, or none: never one for another cell.
func TestNoNumberMoves(t *testing.T) {
	documents := 2000
	if testing.Short() {
		documents = 200
	}
	cells, read := 0, 0
	forms := codebook.Forms()
	for seed := range documents {
		m := rand.New(rand.NewPCG(uint64(seed), 9))
		p := draw(forms[m.IntN(len(forms))], m)
		blocks := []extract.Block{{Kind: extract.Table, Grid: p.grid}}
		how := "whole"
		switch m.IntN(4) {
		case 0:
			blocks, how = flattened(p.grid), "flattened"
		case 1:
			if p.grid.Rows > 2 {
				blocks, how = paged(p.grid), "cut by a page"
			}
		case 2:
			for range 3 {
				c := &p.grid.Cells[m.IntN(len(p.grid.Cells))]
				if text := []rune(c.Text); len(text) > 4 && text[0] > 0x3000 {
					at := m.IntN(len(text))
					c.Text = string(slices.Delete(text, at, at+1))
				}
			}
			how = "with characters lost"
		}
		r := Standard().Read(blocks, func(string) bool { return false }, func() int { return 0 })
		cells += len(p.truth)
		for _, f := range r.Facts() {
			k := Cell{Indicator: f.Indicator}
			if f.Applicant != nil {
				k.Applicant = *f.Applicant
			}
			switch {
			case f.Value == nil:
			case fmt.Sprint(*f.Value) != p.truth[k]:
				t.Errorf("seed %d, %s: %s is %s on the page, read as %v", seed, how, k, p.truth[k], *f.Value)
			default:
				read++
			}
		}
		if t.Failed() && seed > 20 {
			break
		}
	}
	if share := float64(read) / float64(cells); share < 0.99 {
		t.Errorf("%d of %d cells read (%.2f%%)", read, cells, 100*share)
	} else {
		t.Logf("%d of %d cells read (%.3f%%)", read, cells, 100*share)
	}
}

// The right half of a page of two comes before the left one: its rows are read by the header that comes later.
func TestRowsBeforeTheirHeader(t *testing.T) {
	p := draw(codebook.FindForm("2021", codebook.Requests), rand.New(rand.NewPCG(5, 5)))
	blocks := paged(p.grid)
	blocks[1].Grid.Continues = false
	lit := draw(codebook.FindForm("2021", codebook.Litigation), rand.New(rand.NewPCG(6, 6)))
	for k, v := range lit.truth {
		p.truth[k] = v
	}
	check(t, "two pages on one", Standard(), []extract.Block{blocks[1], {Kind: extract.Table, Grid: lit.grid}, blocks[0]}, p.truth)
}

// A header that lines cut into pieces is the form's where all its columns begin in it, in their order, and the sums of
// a row hold; else nothing is read.
func TestHeaderInPieces(t *testing.T) {
	head := []string{"申请人情况", "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四", "项之和） 自然人 总计", "商业企 科研机 社会公 法律服 其他"}
	rows := func(values string) *extract.Grid {
		g := &extract.Grid{Rows: 2, Cols: 8, Flat: true, Aligned: true}
		for i, s := range strings.Fields("业 构 益组织 务机构") {
			g.Cells = append(g.Cells, extract.Cell{Row: 0, Col: i, RowSpan: 1, ColSpan: 1, Text: s})
		}
		for i, s := range strings.Fields("一、本年新收政府信息公开申请数量 " + values) {
			g.Cells = append(g.Cells, extract.Cell{Row: 1, Col: i, RowSpan: 1, ColSpan: 1, Text: s})
		}
		return g
	}
	for _, c := range []struct {
		values string
		swap   bool
		want   int
	}{{"1 2 3 4 5 6 21", false, 7}, {"1 2 3 4 5 6 22", false, 0}, {"1 2 3 4 5 6 21", true, 0}} {
		var blocks []extract.Block
		for i, h := range head {
			if c.swap && i == 3 {
				h = "科研机 商业企 社会公 法律服 其他"
			}
			blocks = append(blocks, extract.Block{Text: h})
		}
		r := Standard().Read(append(blocks, extract.Block{Kind: extract.Table, Grid: rows(c.values)}), func(string) bool { return false }, func() int { return 0 })
		read := 0
		for _, f := range r.Facts() {
			if f.Value != nil {
				read++
			}
		}
		if read != c.want || c.want == 0 && len(r.Problems()) == 0 {
			t.Errorf("%+v: %d numbers read, problems %v", c, read, r.Problems())
		}
	}
}

// A table that goes on and on is told and costs little.
func TestEndlessTable(t *testing.T) {
	g := &extract.Grid{Rows: 20001, Cols: 2, Cells: []extract.Cell{{RowSpan: 1, ColSpan: 1, Text: "信息内容"}, {Col: 1, RowSpan: 1, ColSpan: 1, Text: "本年处理决定数量"}}}
	for r := range 20000 {
		g.Cells = append(g.Cells, extract.Cell{Row: r + 1, RowSpan: 1, ColSpan: 1, Text: fmt.Sprintf("行政许可事项之%d", r)}, extract.Cell{Row: r + 1, Col: 1, RowSpan: 1, ColSpan: 1, Text: "1"})
	}
	begun := time.Now()
	r := Standard().Read([]extract.Block{{Kind: extract.Table, Grid: g}}, func(string) bool { return false }, func() int { return 0 })
	if len(r.Facts()) > 0 || len(r.Problems()) != 1 || time.Since(begun) > 5*time.Minute {
		t.Errorf("%d facts, %d problems, %s", len(r.Facts()), len(r.Problems()), time.Since(begun))
	}
	t.Log(time.Since(begun))
}
