package sample

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/codebook"
)

// piece is a cell of a table with its span, both at least 1.
type piece struct {
	text       string
	rows, cols int
}

// grid is a table as HTML and Word know it: cells covered by a span are not among its pieces.
type grid [][]piece

// write prints every cell of the form, with what the table of reports says is written otherwise: CELL=TEXT, CELL=+N or
// -N for a wrong number, *zero=TEXT for what stands in place of noughts.
func (r *Report) write(otherwise string) {
	zero := "0"
	changes := map[string]string{}
	for _, o := range strings.FieldsFunc(otherwise, func(c rune) bool { return c == ';' }) {
		cell, text, _ := strings.Cut(o, "=")
		if cell == "*zero" {
			zero = text
			continue
		}
		changes[cell] = text
	}
	r.written = map[Cell]string{}
	for _, f := range r.forms() {
		for _, row := range standard(f.Rows) {
			for _, column := range standard(f.Columns) {
				indicator, applicant := f.Indicator(row.Key, column.Key)
				c, name := Cell{indicator, applicant}, indicator
				if applicant != "" {
					name += "/" + applicant
				}
				v, text := r.total[c], zero
				if change, ok := changes[name]; ok {
					if v = v + count(change); !strings.ContainsAny(change, "+-") {
						v = count(change)
					}
					text = "0"
				}
				if v != 0 {
					text = strconv.FormatFloat(v, 'f', -1, 64)
				}
				r.written[c] = text
			}
		}
	}
}

// forms are the tables of the report's form.
func (r *Report) forms() []*codebook.Form {
	var out []*codebook.Form
	for _, f := range codebook.Forms() {
		if f.Template == r.form {
			out = append(out, f)
		}
	}
	return out
}

// standard are the labels that the law's form has.
func standard(labels []codebook.Label) []codebook.Label {
	return slices.DeleteFunc(slices.Clone(labels), func(l codebook.Label) bool { return len(l.Replaces) > 0 })
}

// tables lays the tables of a section out.
func (r *Report) tables(section int) []grid {
	var out []grid
	for _, f := range r.forms() {
		if f.Section == section {
			out = append(out, r.table(f))
		}
	}
	return out
}

func (r *Report) table(f *codebook.Form) grid {
	rows, columns := standard(f.Rows), standard(f.Columns)
	rowDepth, columnDepth := depth(rows), depth(columns)
	head, side := turned(tree(columns, columnDepth), columnDepth), tree(rows, rowDepth)
	var g grid
	if rowDepth > 0 { // a litigation table has no labels at its side
		corner := piece{"", columnDepth, rowDepth}
		if f.Table == codebook.Requests {
			corner.text = f.Titles[0]
		} else {
			g = append(g, []piece{{f.Titles[0], 1, rowDepth + len(columns)}})
			corner.text = f.Heads[0]
		}
		head[0] = append([]piece{corner}, head[0]...)
	}
	g = append(g, head...)
	for i, row := range rows {
		var line []piece
		for _, p := range side[i] {
			line = append(line, p.piece)
		}
		for _, column := range columns {
			indicator, applicant := f.Indicator(row.Key, column.Key)
			line = append(line, piece{r.written[Cell{indicator, applicant}], 1, 1})
		}
		g = append(g, line)
	}
	return g
}

func depth(labels []codebook.Label) int {
	n := 0
	for _, l := range labels {
		n = max(n, len(l.Path))
	}
	return n
}

// placed is a label with the level that it stands on, outermost 0.
type placed struct {
	piece
	level int
}

// tree lays labels of several levels out at the side of a table: a group spans its rows, a label without groups below
// it spans the levels left.
func tree(labels []codebook.Label, depth int) [][]placed {
	out := make([][]placed, len(labels))
	for i, l := range labels {
		for level, text := range l.Path {
			if i > 0 && shared(labels[i-1], l, level) {
				continue
			}
			p := placed{piece{text, 1, 1}, level}
			if level == len(l.Path)-1 {
				p.cols = depth - level
			} else {
				for i+p.rows < len(labels) && shared(labels[i+p.rows], l, level) {
					p.rows++
				}
			}
			out[i] = append(out[i], p)
		}
	}
	return out
}

// shared reports whether two labels stand in the same group of a level.
func shared(a, b codebook.Label, level int) bool {
	return len(a.Path) > level+1 && len(b.Path) > level+1 && slices.Equal(a.Path[:level+1], b.Path[:level+1])
}

// turned lays what stands at the side out at the head: columns become rows.
func turned(side [][]placed, depth int) [][]piece {
	out := make([][]piece, depth)
	for _, line := range side {
		for _, p := range line {
			out[p.level] = append(out[p.level], piece{p.text, p.cols, p.rows})
		}
	}
	return out
}

// full expands the spans of a table: the text stands in the first cell of a span, the others are empty.
func (g grid) full() [][]string {
	covered := map[[2]int]bool{}
	var out [][]string
	for y, line := range g {
		var cells []string
		x := 0
		for _, p := range line {
			for covered[[2]int{y, x}] {
				cells = append(cells, "")
				x++
			}
			for dy := range p.rows {
				for dx := range p.cols {
					covered[[2]int{y + dy, x + dx}] = true
				}
			}
			cells = append(cells, append([]string{p.text}, make([]string, p.cols-1)...)...)
			x += p.cols
		}
		for covered[[2]int{y, x}] {
			cells = append(cells, "")
			x++
		}
		out = append(out, cells)
	}
	return out
}

// heading is the heading of a section of the form.
func heading(n int) string {
	return fmt.Sprintf("%c、%s", []rune("一二三四五六")[n-1], []string{"总体情况", "主动公开政府信息情况", "收到和处理政府信息公开申请情况",
		"政府信息公开行政复议、行政诉讼情况", "存在的主要问题及改进情况", "其他需要报告的事项"}[n-1])
}
