package report

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/extract"
)

// td is a cell as HTML writes it: spans, and its place found by the rows before.
type td struct {
	text       string
	rows, cols int
	label      bool
}

// sheet is one table as rows of cells.
type sheet [][]td

// grid places the cells of a sheet on a lattice.
func (s sheet) grid() *extract.Grid {
	g := &extract.Grid{Rows: len(s)}
	taken := map[[2]int]bool{}
	for r, row := range s {
		col := 0
		for _, c := range row {
			for taken[[2]int{r, col}] {
				col++
			}
			g.Cells = append(g.Cells, extract.Cell{Row: r, Col: col, RowSpan: c.rows, ColSpan: c.cols, Text: c.text})
			for i := range c.rows {
				for j := range c.cols {
					taken[[2]int{r + i, col + j}] = true
				}
			}
			col += c.cols
			g.Cols = max(g.Cols, col)
		}
	}
	return g
}

// flat loses the spans: every position that a span covered is an empty cell, as tabs leave it; with shift, leading
// empty cells are dropped.
func (s sheet) flat(shift bool) *extract.Grid {
	full := s.grid()
	g := &extract.Grid{Rows: full.Rows, Cols: full.Cols, Flat: true}
	lattice := full.Lattice()
	for r := range lattice {
		col, leading := 0, true
		for c, i := range lattice[r] {
			text := ""
			if i >= 0 && full.Cells[i].Row == r && full.Cells[i].Col == c {
				text = full.Cells[i].Text
			}
			if leading = leading && text == ""; leading && shift && r > 2 {
				continue
			}
			g.Cells = append(g.Cells, extract.Cell{Row: r, Col: col, RowSpan: 1, ColSpan: 1, Text: text})
			col++
		}
	}
	return g
}

// cellOf names one cell of the forms.
type cellOf struct{ indicator, applicant string }

// truth is what the document publishes.
type truth map[cellOf]string

// maker writes documents with a different value in every cell.
type maker struct {
	*rand.Rand
	next   int
	truth  truth
	blanks bool
}

func (m *maker) value(k cellOf) td {
	m.next += 1 + m.IntN(3)
	text := fmt.Sprint(m.next)
	if m.blanks && m.IntN(12) == 0 {
		text = []string{"", "-", "/"}[m.IntN(3)]
	}
	m.truth[k] = text
	return td{text: text, rows: 1, cols: 1}
}

func head(text string, rows, cols int) td { return td{text, rows, cols, true} }

// requests writes the table of section three with the applicants in the given order.
func (m *maker) requests(template string, order []codebook.Label, oneOther bool) sheet {
	f := codebook.FindForm(template, codebook.Requests)
	var s sheet
	inner := 0
	for _, a := range order {
		if len(a.Path) == 3 {
			inner++
		}
	}
	s = append(s, []td{head(f.Titles[0], 3, 3), head("申请人情况", 1, len(order))}, nil, nil)
	grouped := false
	for _, a := range order {
		switch {
		case len(a.Path) == 2:
			s[1] = append(s[1], head(a.Text(), 2, 1))
		default:
			if !grouped {
				s[1] = append(s[1], head("法人或其他组织", 1, inner))
				grouped = true
			}
			s[2] = append(s[2], head(a.Text(), 1, 1))
		}
	}
	var rows []codebook.Label
	for _, r := range f.Rows {
		three := strings.HasPrefix(r.Key, "requests.other.")
		if three && oneOther || r.Key == "requests.other" && !oneOther {
			continue
		}
		rows = append(rows, r)
	}
	last := []string{"", ""}
	for i, r := range rows {
		var row []td
		for level := range len(r.Path) - 1 {
			if r.Path[level] == last[level] && (level == 0 || r.Path[0] == rows[i-1].Path[0]) {
				continue
			}
			n := 0
			for _, o := range rows[i:] {
				if len(o.Path) <= level+1 || o.Path[level] != r.Path[level] {
					break
				}
				n++
			}
			row = append(row, head(r.Path[level], n, 1))
			last[level] = r.Path[level]
		}
		row = append(row, head(r.Text(), 1, 4-len(r.Path)))
		for _, a := range order {
			row = append(row, m.value(cellOf{r.Key, a.Key}))
		}
		s = append(s, row)
	}
	return s
}

// litigation writes the table of section four.
func (m *maker) litigation() sheet {
	f := codebook.FindForm("2021", codebook.Litigation)
	s := sheet{{head("行政复议", 1, 5), head("行政诉讼", 1, 10)}, nil, nil, nil}
	for i, c := range f.Columns {
		switch {
		case i < 5:
			s[1] = append(s[1], head(c.Text(), 2, 1))
		default:
			if i%5 == 0 {
				s[1] = append(s[1], head(c.Path[1], 1, 5))
			}
			s[2] = append(s[2], head(c.Text(), 1, 1))
		}
		s[3] = append(s[3], m.value(cellOf{c.Key, ""}))
	}
	return s
}

// section2 writes one table of section two.
func (m *maker) section2(f *codebook.Form) sheet {
	var columns []codebook.Label
	for _, c := range f.Columns {
		if len(c.Replaces) == 0 {
			columns = append(columns, c)
		}
	}
	s := sheet{{head(f.Titles[0], 1, len(columns)+1)}, {head("信息内容", 1, 1)}}
	for _, c := range columns {
		s[1] = append(s[1], head(c.Text(), 1, 1))
	}
	for _, r := range f.Rows {
		row := []td{head(r.Text(), 1, 1)}
		for _, c := range columns {
			id, _ := f.Indicator(r.Key, c.Key)
			row = append(row, m.value(cellOf{id, ""}))
		}
		s = append(s, row)
	}
	return s
}

// statistics writes the 2014 form.
func (m *maker) statistics() sheet {
	f := codebook.FindForm("2014", codebook.Stat2014)
	s := sheet{{head("统计指标", 1, 1), head("单位", 1, 1), head("统计数", 1, 1)}}
	group := ""
	for _, r := range f.Rows {
		if len(r.Path) > 1 && r.Path[0] != group && !strings.HasSuffix(r.Path[0], "数量") {
			group = r.Path[0]
			s = append(s, []td{head(group, 1, 1), head("——", 1, 1), head("", 1, 1)})
		}
		s = append(s, []td{head(r.Text(), 1, 1), head("件", 1, 1), m.value(cellOf{r.Key, ""})})
	}
	return s
}

// damage changes labels as pages do: a lost or added character, spaces, other punctuation.
func (m *maker) damage(s sheet, share int) {
	for _, row := range s {
		for i := range row {
			c := &row[i]
			r := []rune(c.text)
			if !c.label || len(r) < 7 || m.IntN(100) >= share {
				continue
			}
			at := 2 + m.IntN(len(r)-3)
			switch m.IntN(5) {
			case 0:
				r = append(r[:at:at], r[at+1:]...)
			case 1:
				r = append(r[:at:at], append([]rune{' '}, r[at:]...)...)
			case 2:
				r = []rune(strings.NewReplacer("（", "(", "）", ")", ".", "、").Replace(c.text))
			case 3:
				r = append(r[:at:at], append([]rune{'\n'}, r[at:]...)...)
			case 4:
				r = append(r[:at:at], append([]rune{'的'}, r[at:]...)...)
			}
			c.text = string(r)
		}
	}
}
