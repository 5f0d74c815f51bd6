package read_test

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/extract"
)

// What publishers do to a table of the form. Each change returns a new grid; the figures stay those of the page.

type change func(g *extract.Grid, f *codebook.Form) *extract.Grid

func grown(g *extract.Grid, each func(c *extract.Cell)) *extract.Grid {
	out := *g
	out.Cells = slices.Clone(g.Cells)
	for i := range out.Cells {
		each(&out.Cells[i])
	}
	slices.SortStableFunc(out.Cells, func(a, b extract.Cell) int {
		if a.Row != b.Row {
			return a.Row - b.Row
		}
		return a.Col - b.Col
	})
	return &out
}

// empty stands in a cell for figures that holds none, until the table is written.
const empty = "\u200a"

func isFigure(text string) bool {
	return text == empty || text != "" && strings.Trim(text, "0123456789") == ""
}

// levels is how many rows the header has: the first row with a figure.
func levels(g *extract.Grid) int {
	first := g.Rows
	for _, c := range g.Cells {
		if isFigure(c.Text) {
			first = min(first, c.Row)
		}
	}
	return first
}

// labelColumns is how many columns stand before the first figure.
func labelColumns(g *extract.Grid) int {
	first := g.Cols
	for _, c := range g.Cells {
		if isFigure(c.Text) {
			first = min(first, c.Col)
		}
	}
	return first
}

func onLabels(to func(string) string) change {
	return func(g *extract.Grid, _ *codebook.Form) *extract.Grid {
		return grown(g, func(c *extract.Cell) {
			if !isFigure(c.Text) {
				c.Text = to(c.Text)
			}
		})
	}
}

func onFigures(to func(string) string) change {
	return func(g *extract.Grid, _ *codebook.Form) *extract.Grid {
		return grown(g, func(c *extract.Cell) {
			if isFigure(c.Text) && c.Text != empty {
				c.Text = to(c.Text)
			}
		})
	}
}

// onEvery changes every third figure, as programs that set some numbers as formulas do.
func onEvery(to func(string) string) change {
	i := 0
	return onFigures(func(s string) string {
		if i++; i%3 == 0 {
			return to(s)
		}
		return s
	})
}

// formula is a figure as LaTeX sets it.
func formula(s string) string { return `\(\mathrm{` + s + `}\)` }

// column puts a column at a place, with a header and what each row has in it.
func column(at func(g *extract.Grid) int, head string, cell func(row int) string) change {
	return func(g *extract.Grid, _ *codebook.Form) *extract.Grid {
		k, n := at(g), levels(g)
		out := grown(g, func(c *extract.Cell) {
			switch {
			case c.Col >= k:
				c.Col++
			case c.Col+c.ColSpan > k:
				c.ColSpan++
			}
		})
		out.Cols++
		taken := func(row int) bool {
			return slices.ContainsFunc(out.Cells, func(c extract.Cell) bool {
				return c.Row <= row && c.Row+c.RowSpan > row && c.Col <= k && c.Col+c.ColSpan > k
			})
		}
		if !taken(0) {
			out.Cells = append(out.Cells, extract.Cell{Row: 0, Col: k, RowSpan: n, ColSpan: 1, Text: head})
		}
		for r := n; r < g.Rows; r++ {
			if !taken(r) {
				out.Cells = append(out.Cells, extract.Cell{Row: r, Col: k, RowSpan: 1, ColSpan: 1, Text: cell(r - n)})
			}
		}
		return grown(out, func(*extract.Cell) {})
	}
}

func front(*extract.Grid) int    { return 0 }
func behind(g *extract.Grid) int { return g.Cols }
func blank(int) string           { return "" }
func counting(row int) string    { return fmt.Sprint(row + 1) }
func pieces(int) string          { return "件" }

// inSection makes a change only of tables of a section.
func inSection(section int, c change) change {
	return func(g *extract.Grid, f *codebook.Form) *extract.Grid {
		if f.Section != section {
			return g
		}
		return c(g, f)
	}
}

// moved moves the value column at one place to another.
func moved(from, to func(g *extract.Grid) int) change {
	return func(g *extract.Grid, _ *codebook.Form) *extract.Grid {
		a, b := from(g), to(g)
		return grown(g, func(c *extract.Cell) {
			switch {
			case c.Col == a && c.ColSpan == 1:
				c.Col = b
			case c.Col <= min(a, b) && c.Col+c.ColSpan > max(a, b): // a group over both
			case a > b && c.Col >= b && c.Col < a:
				c.Col++
			case a < b && c.Col > a && c.Col <= b:
				c.Col--
			case c.Col < a && c.Col >= labelColumns(g) && c.ColSpan > 1 && a >= c.Col+c.ColSpan:
				c.Col++
			}
		})
	}
}

// title puts the table's caption in a row of its own.
func title(g *extract.Grid, f *codebook.Form) *extract.Grid {
	if f.Section != 2 {
		return g
	}
	out := grown(g, func(c *extract.Cell) { c.Row++ })
	out.Rows++
	out.Cells = append([]extract.Cell{{RowSpan: 1, ColSpan: g.Cols, Text: f.Titles[0]}}, out.Cells...)
	return out
}

// again prints the header once more over the second half of the rows.
func again(g *extract.Grid, f *codebook.Form) *extract.Grid {
	n := levels(g)
	at := n + (g.Rows-n)/2
	for slices.ContainsFunc(g.Cells, func(c extract.Cell) bool { return c.Row < at && c.Row+c.RowSpan > at }) && at < g.Rows {
		at++
	}
	if f.Section != 3 || at >= g.Rows {
		return g
	}
	out := grown(g, func(c *extract.Cell) {
		if c.Row >= at {
			c.Row += n
		}
	})
	for _, c := range g.Cells {
		if c.Row < n {
			c.Row += at
			out.Cells = append(out.Cells, c)
		}
	}
	out.Rows += n
	return grown(out, func(*extract.Cell) {})
}

// spread writes every position of a span as a cell of its own, with the text of the span or without.
func spread(repeated bool) change {
	return func(g *extract.Grid, _ *codebook.Form) *extract.Grid {
		out := &extract.Grid{Rows: g.Rows, Cols: g.Cols}
		for _, c := range g.Cells {
			for r := c.Row; r < c.Row+c.RowSpan; r++ {
				for k := c.Col; k < c.Col+c.ColSpan; k++ {
					one := extract.Cell{Row: r, Col: k, RowSpan: 1, ColSpan: 1}
					if repeated || r == c.Row && k == c.Col {
						one.Text = c.Text
					}
					out.Cells = append(out.Cells, one)
				}
			}
		}
		return grown(out, func(*extract.Cell) {})
	}
}

// turned exchanges rows and columns.
func turned(g *extract.Grid, _ *codebook.Form) *extract.Grid {
	out := grown(g, func(c *extract.Cell) {
		c.Row, c.Col, c.RowSpan, c.ColSpan = c.Col, c.Row, c.ColSpan, c.RowSpan
	})
	out.Rows, out.Cols = g.Cols, g.Rows
	return out
}

// spaced puts an empty row below each row of figures.
func airy(g *extract.Grid, _ *codebook.Form) *extract.Grid {
	n := levels(g)
	shift := func(row int) int { return row + max(row-n, 0) }
	out := grown(g, func(c *extract.Cell) {
		end := c.Row + c.RowSpan - 1
		c.RowSpan = shift(end) - shift(c.Row) + 1
		c.Row = shift(c.Row)
	})
	out.Rows = shift(g.Rows-1) + 1
	for r := range out.Rows {
		for k := range out.Cols {
			if !slices.ContainsFunc(out.Cells, func(c extract.Cell) bool {
				return c.Row <= r && c.Row+c.RowSpan > r && c.Col <= k && c.Col+c.ColSpan > k
			}) {
				out.Cells = append(out.Cells, extract.Cell{Row: r, Col: k, RowSpan: 1, ColSpan: 1})
			}
		}
	}
	return grown(out, func(*extract.Cell) {})
}

func wide(text string) string {
	var b strings.Builder
	for _, r := range text {
		b.WriteRune(r - '0' + '０')
	}
	return b.String()
}

func thousands(text string) string {
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}

func apart(text string) string {
	if r := []rune(text); len(r) == 2 {
		return string(r[0]) + "  " + string(r[1])
	}
	return text
}

// years prints each value of a section beside that of another year: under each column, or over all of them.
func years(section int, ownFirst, over bool) change {
	return inSection(section, func(g *extract.Grid, f *codebook.Form) *extract.Grid {
		first, n := labelColumns(g), levels(g)
		own, other := g.Cols-first, g.Cols-first
		place := func(col int, mine bool) int { // of a column of values
			k := col - first
			if over && mine != ownFirst {
				return first + own + k
			} else if over {
				return first + k
			} else if mine != ownFirst {
				return first + 2*k + 1
			}
			return first + 2*k
		}
		out := &extract.Grid{Rows: g.Rows + 1, Cols: first + own + other}
		put := func(c extract.Cell, row, col, rows, cols int, text string) {
			c.Row, c.Col, c.RowSpan, c.ColSpan, c.Text = row, col, rows, cols, text
			out.Cells = append(out.Cells, c)
		}
		for _, c := range g.Cells {
			switch {
			case c.Col < first && c.Row == 0:
				put(c, 0, c.Col, n+1, c.ColSpan, c.Text)
			case c.Col < first:
				put(c, c.Row+1, c.Col, c.RowSpan, c.ColSpan, c.Text)
			case c.Row >= n:
				put(c, c.Row+1, place(c.Col, true), 1, 1, c.Text)
				put(c, c.Row+1, place(c.Col, false), 1, 1, fmt.Sprint(7000+101*c.Row+c.Col))
			case over:
				put(c, c.Row+1, place(c.Col, true), c.RowSpan, c.ColSpan, c.Text)
				put(c, c.Row+1, place(c.Col, false), c.RowSpan, c.ColSpan, c.Text)
			default:
				put(c, c.Row, first+2*(c.Col-first), c.RowSpan, 2*c.ColSpan, c.Text)
			}
		}
		year := map[string]int{"2019": 2020, "2021": 2023}[f.Template]
		for _, mine := range []bool{true, false} {
			text := fmt.Sprintf("%d年", year)
			if !mine {
				text = fmt.Sprintf("%d年", year-1)
			}
			if over {
				put(extract.Cell{}, 0, place(first, mine), 1, own, text)
				continue
			}
			for k := first; k < g.Cols; k++ {
				put(extract.Cell{}, n, place(k, mine), 1, 1, text)
			}
		}
		return grown(out, func(*extract.Cell) {})
	})
}

// packed moves the figures of section three to the start of their rows.
func packed(g *extract.Grid, _ *codebook.Form) *extract.Grid {
	first, n := labelColumns(g), levels(g)
	row := map[int][]string{}
	for _, c := range g.Cells {
		if c.Row >= n && c.Col >= first && c.Text != empty {
			row[c.Row] = append(row[c.Row], c.Text)
		}
	}
	return grown(g, func(c *extract.Cell) {
		if c.Row < n || c.Col < first {
			return
		}
		if c.Text = empty; c.Col-first < len(row[c.Row]) {
			c.Text = row[c.Row][c.Col-first]
		}
	})
}

// noted puts a note on some of the results of section four, so that a narrow column breaks them and no others.
func noted(text string) string {
	if text == "结果维持" || text == "尚未审结" {
		return text + "（注1）"
	}
	return text
}
