package compare

import (
	"fmt"
	"strings"

	"github.com/jedib0t/go-pretty/v6/text"
)

// box is a piece of a table in the making: the library draws no header over several columns whose widths hold Chinese
// text.
type box struct {
	strings.Builder
	label  int   // width of the labels
	widths []int // of the columns
	spans  []int // columns of each place, in order
}

// piece prints the columns from one to before another. The name of a place stands once above its years, broken where
// they are narrower.
func (t Table) piece(names []string, language string, from, to int) string {
	b := box{widths: make([]int, to-from)}
	years := make([]string, to-from)
	for k := range b.widths {
		years[k] = fmt.Sprintf("%s [%d]", yearText(t.Columns[from+k].Year, language), from+k+1)
		b.widths[k] = text.StringWidth(years[k])
		if k == 0 || t.First(from+k) {
			b.spans = append(b.spans, 0)
		}
		b.spans[len(b.spans)-1]++
	}
	cells, labels := make([][]string, len(t.Rows)), make([][]string, len(t.Rows))
	for i, r := range t.Rows {
		labels[i] = strings.Split(broken(r.Label(language)+UnitText(r.Unit, language), labelWidth), "\n")
		for _, l := range labels[i] {
			b.label = max(b.label, text.StringWidth(l))
		}
		for k := range b.widths {
			s := r.Cells[from+k].Text(r.Unit, language)
			cells[i], b.widths[k] = append(cells[i], s), max(b.widths[k], text.StringWidth(s))
		}
	}
	k := 0
	for _, span := range b.spans {
		if span == 1 { // room for a short name on one line
			b.widths[k] = max(b.widths[k], min(14, text.StringWidth(names[from+k])))
		}
		k += span
	}
	b.rule("┌", "┬", "─", "┐")
	b.places(names[from:to])
	b.rule("├", "┼", "┬", "┤")
	b.line("", years)
	b.rule("├", "┼", "┼", "┤")
	for i := range t.Rows {
		for k, l := range labels[i] {
			row := cells[i]
			if k > 0 { // the value stands on the first line of its label
				row = make([]string, len(b.widths))
			}
			b.line(l, row)
		}
	}
	b.rule("└", "┴", "┴", "┘")
	return strings.TrimSuffix(b.String(), "\n")
}

// rule draws a line across: between stands where a place begins, inner between the years of one.
func (b *box) rule(left, between, inner, right string) {
	b.WriteString(left + strings.Repeat("─", b.label+2))
	k := 0
	for _, span := range b.spans {
		for i := range span {
			join := inner
			if i == 0 {
				join = between
			}
			b.WriteString(join + strings.Repeat("─", b.widths[k]+2))
			k++
		}
	}
	b.WriteString(right + "\n")
}

// places writes the names of the places, each in the middle above its years.
func (b *box) places(names []string) {
	rooms, parts, height, k := []int{}, [][]string{}, 0, 0
	for _, span := range b.spans {
		room := 3 * (span - 1) // a rule and its two blanks between columns
		for i := range span {
			room += b.widths[k+i]
		}
		parts, rooms = append(parts, strings.Split(broken(names[k], room), "\n")), append(rooms, room)
		height, k = max(height, len(parts[len(parts)-1])), k+span
	}
	for i := range height {
		b.WriteString("│ " + strings.Repeat(" ", b.label) + " │")
		for g := range parts {
			s := ""
			if i < len(parts[g]) {
				s = parts[g][i]
			}
			free := max(0, rooms[g]-text.StringWidth(s))
			b.WriteString(" " + strings.Repeat(" ", free/2) + s + strings.Repeat(" ", free-free/2) + " │")
		}
		b.WriteString("\n")
	}
}

func (b *box) line(label string, cells []string) {
	b.WriteString("│ " + label + strings.Repeat(" ", b.label-text.StringWidth(label)) + " │")
	for k, s := range cells {
		b.WriteString(" " + strings.Repeat(" ", b.widths[k]-text.StringWidth(s)) + s + " │")
	}
	b.WriteString("\n")
}

// broken puts a text on lines of at most width cells, broken at a blank or between Chinese characters, and inside a
// word only where it is longer.
func broken(s string, width int) string {
	var out strings.Builder
	line, atBlank := "", -1 // atBlank: where the line may be broken, behind a blank or a wide character
	for _, c := range s {
		for text.StringWidth(line+string(c)) > width && line != "" {
			cut := len(line)
			if atBlank > 0 && text.RuneWidth(c) == 1 && c != ' ' {
				cut = atBlank
			}
			out.WriteString(strings.TrimRight(line[:cut], " ") + "\n")
			line, atBlank = strings.TrimLeft(line[cut:], " "), -1
		}
		if line == "" && c == ' ' {
			continue
		}
		line += string(c)
		if c == ' ' || text.RuneWidth(c) == 2 {
			atBlank = len(line)
		}
	}
	out.WriteString(line)
	return out.String()
}
