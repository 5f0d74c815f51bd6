package read_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/gongkai-data/gongkai/extract"
)

// How a table is written down.

type render func(g *extract.Grid) string

// at returns the cell that covers a position, and whether it begins there.
func at(g *extract.Grid, row, col int) (c *extract.Cell, begins bool) {
	for i := range g.Cells {
		if c := &g.Cells[i]; c.Row <= row && row < c.Row+c.RowSpan && c.Col <= col && col < c.Col+c.ColSpan {
			return c, c.Row == row && c.Col == col
		}
	}
	return nil, false
}

// rowsOf returns the texts of the rows: mark stands at positions that a span covers; with none, they are left out.
func rowsOf(g *extract.Grid, mark string, none bool) (out [][]string) {
	for r := range g.Rows {
		var row []string
		for k := range g.Cols {
			switch c, begins := at(g, r, k); {
			case begins:
				row = append(row, c.Text)
			case c == nil:
				row = append(row, "")
			case !none:
				row = append(row, mark)
			}
		}
		out = append(out, row)
	}
	return out
}

func asHTML(cell string) render {
	return func(g *extract.Grid) string {
		var b strings.Builder
		b.WriteString("<table>")
		for r := range g.Rows {
			b.WriteString("<tr>")
			for _, c := range g.Cells {
				if c.Row == r {
					fmt.Fprintf(&b, "<td rowspan=%d colspan=%d>"+cell+"</td>", c.RowSpan, c.ColSpan, c.Text)
				}
			}
			b.WriteString("</tr>")
		}
		return b.String() + "</table>\n"
	}
}

// withoutColumnSpans writes a table that has lost what it had of spans to the right.
func withoutColumnSpans(g *extract.Grid) string {
	return colspans.ReplaceAllString(plainHTML(g), "")
}

// withoutRowSpans writes a table that has lost what it had of spans downwards.
func withoutRowSpans(g *extract.Grid) string {
	return rowspans.ReplaceAllString(plainHTML(g), "")
}

var (
	colspans = regexp.MustCompile(` colspan=\d+`)
	rowspans = regexp.MustCompile(` rowspan=\d+`)
)

// asDivs writes a table of divs, row by row, that style lays out as one.
func asDivs(g *extract.Grid) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<div style="display:grid;grid-template-columns:repeat(%d,1fr)">`, g.Cols)
	for _, c := range grown(g, func(*extract.Cell) {}).Cells {
		fmt.Fprintf(&b, `<div style="grid-row:%d/span %d;grid-column:%d/span %d">%s</div>`, c.Row+1, c.RowSpan, c.Col+1, c.ColSpan, c.Text)
	}
	return b.String() + "</div>\n"
}

func between(separator, mark string, none bool) render {
	return func(g *extract.Grid) string {
		var b strings.Builder
		for _, row := range rowsOf(g, mark, none) {
			b.WriteString(strings.Join(row, separator) + "\n")
		}
		return b.String()
	}
}

func markdown(mark string) render {
	return func(g *extract.Grid) string {
		var b strings.Builder
		for i, row := range rowsOf(g, mark, false) {
			b.WriteString("| " + strings.Join(row, " | ") + " |\n")
			if i == 0 {
				b.WriteString(strings.Repeat("|---", len(row)) + "|\n")
			}
		}
		return b.String()
	}
}

func quoted(g *extract.Grid) string {
	var b strings.Builder
	for _, row := range rowsOf(g, "", false) {
		b.WriteString(`"` + strings.Join(row, `","`) + "\"\n")
	}
	return b.String()
}

// listed writes rows as programs print lists.
func listed(quote, none string) render {
	return func(g *extract.Grid) string {
		var b strings.Builder
		for _, row := range rowsOf(g, "\x00", false) {
			var cells []string
			for _, text := range row {
				switch {
				case text == "\x00":
					cells = append(cells, none)
				case quote == `"`:
					j, _ := json.Marshal(text)
					cells = append(cells, string(j))
				default:
					cells = append(cells, quote+text+quote)
				}
			}
			b.WriteString("[" + strings.Join(cells, ", ") + "]\n")
		}
		return b.String()
	}
}

func columnsOf(text string) (n int) {
	for _, r := range text {
		if n++; r > 0x2000 {
			n++
		}
	}
	return n
}

// boxes draws the table with the characters for frames.
func boxes(g *extract.Grid) string {
	rows := rowsOf(g, "", false)
	width := make([]int, g.Cols)
	for _, row := range rows {
		for k, text := range row {
			width[k] = max(width[k], columnsOf(text))
		}
	}
	var b strings.Builder
	line := func(left, cross, right string) {
		var parts []string
		for _, w := range width {
			parts = append(parts, strings.Repeat("─", w/2+1))
		}
		b.WriteString(left + strings.Join(parts, cross) + right + "\n")
	}
	line("┌", "┬", "┐")
	for i, row := range rows {
		if i > 0 {
			line("├", "┼", "┤")
		}
		for k, text := range row {
			b.WriteString("│" + text + strings.Repeat(" ", width[k]-columnsOf(text)))
		}
		b.WriteString("│\n")
	}
	line("└", "┴", "┘")
	return b.String()
}

// layout writes the table as programs do that keep the places of a page's words by spaces: labels are broken at the
// width of their columns, numbers stand beside the middle of their label. A character is one place wide, as pdftotext
// has it. Shift moves the second half to the right, as on another page.
func layout(widths []int, figures, shift int, centred bool) render {
	return func(g *extract.Grid) string {
		first := labelColumns(g)
		x := []int{2}
		for k := range g.Cols {
			w := figures
			if k < first {
				w = widths[min(k+max(0, len(widths)-first), len(widths)-1)]
			}
			x = append(x, x[k]+w+3)
		}
		height := make([]int, g.Rows)
		for i := range height {
			height[i] = 1
		}
		broken := map[*extract.Cell][]string{}
		for i := range g.Cells {
			c := &g.Cells[i]
			room := x[c.Col+c.ColSpan] - x[c.Col] - 3
			for text := []rune(c.Text); len(text) > 0; text = text[min(room, len(text)):] {
				broken[c] = append(broken[c], string(text[:min(room, len(text))]))
			}
			have := 0
			for r := c.Row; r < c.Row+c.RowSpan; r++ {
				have += height[r]
			}
			height[c.Row+c.RowSpan-1] += max(0, len(broken[c])-have)
		}
		top := []int{0}
		for r := range g.Rows {
			top = append(top, top[r]+height[r])
		}
		lines := make([][]rune, top[g.Rows])
		put := func(line, col int, text string) {
			if line >= len(lines)/2 {
				col += shift
			}
			for len(lines[line]) < col+utf8.RuneCountInString(text) {
				lines[line] = append(lines[line], ' ')
			}
			copy(lines[line][col:], []rune(text))
		}
		for i := range g.Cells {
			c := &g.Cells[i]
			from := top[c.Row] + (top[c.Row+c.RowSpan]-top[c.Row]-len(broken[c]))/2
			for n, text := range broken[c] {
				col := x[c.Col]
				if free := x[c.Col+c.ColSpan] - 3 - col - utf8.RuneCountInString(text); centred || isFigure(c.Text) {
					col += max(0, free/2)
				}
				put(from+n, col, text)
			}
		}
		var b strings.Builder
		for _, l := range lines {
			b.WriteString(strings.TrimRight(string(l), " ") + "\n")
		}
		return b.String()
	}
}

// oneALine writes a cell a line.
func oneALine(g *extract.Grid) string {
	var out []string
	for _, row := range rowsOf(g, "", true) {
		out = append(out, row...)
	}
	return strings.Join(slices.DeleteFunc(out, func(s string) bool { return s == "" }), "\n") + "\n"
}
