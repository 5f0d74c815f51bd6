package report

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/extract"
)

// cutAt splits a sheet between two rows where no cell spans the cut, or cuts the spanning cells: their label stays on
// the first part, or is repeated on the second.
func (m *maker) cutAt(s sheet, row int, repeatHead int) (a, b sheet) {
	full := s.grid()
	a = append(a, s[:row]...)
	for r := range a {
		a[r] = slices.Clone(a[r])
	}
	lattice := full.Lattice()
	// shorten what spans the cut, and give the second part an empty or repeated cell in its place
	rest := []td{}
	for c := 0; c < full.Cols; c++ {
		i := lattice[row][c]
		if i < 0 || full.Cells[i].Col != c {
			continue
		}
		cell := full.Cells[i]
		if cell.Row < row {
			text := ""
			if m.IntN(2) == 0 {
				text = cell.Text
			}
			rest = append(rest, td{text, cell.Row + cell.RowSpan - row, cell.ColSpan, true})
			continue
		}
		j := 0
		for k := range i {
			if full.Cells[k].Row == row {
				j++
			}
		}
		rest = append(rest, s[row][j])
	}
	for r := range a {
		k := 0
		for _, cell := range full.Cells {
			if cell.Row == r {
				a[r][k].rows = min(cell.RowSpan, row-r)
				k++
			}
		}
	}
	for r := range repeatHead {
		b = append(b, slices.Clone(s[r]))
	}
	b = append(b, rest)
	b = append(b, s[row+1:]...)
	return a, b
}

// document writes one random document and what it publishes.
func (m *maker) document() *extract.Document {
	m.truth = truth{}
	d := &extract.Document{Reader: "test"}
	add := func(g *extract.Grid) { d.Blocks = append(d.Blocks, extract.Block{Kind: extract.Table, Grid: g}) }
	text := func(s string) {
		d.Blocks = append(d.Blocks, extract.Block{Kind: extract.Paragraph, Text: s})
	}
	template := []string{"2019", "2021"}[m.IntN(2)]
	damage := []int{0, 0, 20, 50}[m.IntN(4)]
	m.blanks = m.IntN(3) == 0
	layout := m.IntN(4) // 0, 1: spans kept; 2: spans lost; 3: spans lost and rows shifted
	draw := func(s sheet) *extract.Grid {
		m.damage(s, damage)
		switch {
		case layout == 3 && !m.blanks:
			return s.flat(true)
		case layout >= 2:
			return s.flat(false)
		}
		return s.grid()
	}
	text("二、主动公开政府信息情况")
	var joined sheet
	for _, f := range codebook.Forms() {
		if f.Template != template || f.Section != 2 {
			continue
		}
		s := m.section2(f)
		if m.IntN(2) == 0 || layout >= 2 {
			add(draw(s))
		} else {
			joined = append(joined, s...)
		}
	}
	if joined != nil {
		add(draw(joined))
	}
	text("三、收到和处理政府信息公开申请情况")
	order := slices.Clone(codebook.FindForm(template, codebook.Requests).Columns)
	if m.IntN(3) == 0 {
		m.Shuffle(5, func(i, j int) { order[i+1], order[j+1] = order[j+1], order[i+1] })
	}
	s := m.requests(template, order, template == "2019" || m.IntN(2) == 0)
	if layout < 2 && m.IntN(2) == 0 {
		at := 5 + m.IntN(len(s)-7)
		a, b := m.cutAt(s, at, 3*m.IntN(2))
		if m.IntN(3) == 0 {
			add(draw(append(slices.Clone(a), b...)))
		} else {
			add(draw(a))
			add(draw(b))
		}
	} else {
		add(draw(s))
	}
	if m.IntN(4) == 0 {
		add(sheet{{head("联系人", 1, 1), head("联系电话", 1, 1)}, {head("张某", 1, 1), head("87654321", 1, 1)}}.grid())
	}
	text("四、政府信息公开行政复议、行政诉讼情况")
	l := m.litigation()
	switch {
	case layout < 2 && m.IntN(3) == 0:
		m.damage(l, damage)
		add(l[:3].grid())
		add(l[3:].grid())
	case layout < 2 && m.IntN(3) == 0:
		m.damage(l, damage)
		add(transpose(l.grid()))
	default:
		add(draw(l))
	}
	if m.IntN(4) == 0 {
		add(draw(m.statistics()))
	}
	return d
}

func transpose(g *extract.Grid) *extract.Grid {
	t := &extract.Grid{Rows: g.Cols, Cols: g.Rows}
	for _, c := range g.Cells {
		t.Cells = append(t.Cells, extract.Cell{Row: c.Col, Col: c.Row, RowSpan: c.ColSpan, ColSpan: c.RowSpan, Text: c.Text})
	}
	slices.SortFunc(t.Cells, func(a, b extract.Cell) int {
		if a.Row != b.Row {
			return a.Row - b.Row
		}
		return a.Col - b.Col
	})
	return t
}

// TestLayouts is the property that matters most: whatever the layout, a number is read as what it is, or it is not read
// and said so. Every non-empty cell ends in a fact or in a problem.
func TestLayouts(t *testing.T) {
	documents, cells, read := 400, 0, 0
	if testing.Short() {
		documents = 40
	}
	for seed := range documents {
		m := &maker{Rand: rand.New(rand.NewPCG(uint64(seed), 7))}
		d := m.document()
		r := Build(d)
		seen := map[string]bool{}
		for _, f := range r.Facts {
			k := cellOf{f.Indicator, ""}
			if f.Applicant != nil {
				k.applicant = *f.Applicant
			}
			want, published := m.truth[k]
			switch {
			case !published:
				t.Errorf("seed %d: %v is not on the page: %+v", seed, k, f)
			case f.State == extract.Reported && fmt.Sprint(*f.Value) != want:
				t.Errorf("seed %d: %v is %v on the page, read as %v", seed, k, want, *f.Value)
			case f.State == extract.Reported, f.State == extract.Blank && want == "", f.State == extract.NotApplicable && (want == "-" || want == "/"):
				read++
			}
			seen[f.Raw] = true
		}
		for _, p := range r.Problems {
			for _, w := range strings.Fields(p.Raw) {
				seen[w] = true
			}
		}
		for k, v := range m.truth {
			cells++
			if v != "" && !seen[v] {
				t.Errorf("seed %d: %v = %q disappeared", seed, k, v)
			}
		}
		if t.Failed() && seed > 5 {
			break
		}
	}
	if share := float64(read) / float64(cells); share < 0.995 {
		t.Errorf("%d of %d cells read (%.2f%%)", read, cells, 100*share)
	} else {
		t.Logf("%d of %d cells read (%.3f%%)", read, cells, 100*share)
	}
}
