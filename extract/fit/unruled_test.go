package fit

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/extract"
)

// onPages lays a table out as a page shows it, without rules or with a rule between rows only: labels are broken at the
// width of their cells, numbers stand in the middle of theirs, and the page turns behind a row. It returns one
// paragraph a line, as the reader of PDFs has them.
func onPages(g *extract.Grid, m *rand.Rand) []extract.Block {
	const em, leading, pad = 10.0, 13.0, 4.0
	ruled, narrow, turn := m.IntN(2) == 0, m.IntN(2) == 0, g.Rows
	if m.IntN(3) == 0 && g.Rows > 6 {
		turn = 4 + m.IntN(g.Rows-5)
	}
	first := g.Cols
	for _, c := range g.Cells {
		if isNumber(c.Text) {
			first = min(first, c.Col)
		}
	}
	x := []float64{60}
	for k := range g.Cols {
		w := 52.0
		if k < first {
			w = []float64{40, 70, 130}[min(k+3-first, 2)]
			if !narrow && k == first-1 {
				w = 260
			}
		}
		x = append(x, x[k]+w)
	}
	height := slices.Repeat([]float64{leading + 2*pad}, g.Rows)
	broken := map[int][]string{}
	for n, c := range g.Cells {
		room := int((x[c.Col+c.ColSpan] - x[c.Col] - 2*pad) / em)
		for text := []rune(c.Text); len(text) > 0; text = text[min(room, len(text)):] {
			broken[n] = append(broken[n], string(text[:min(room, len(text))]))
		}
		if isNumber(c.Text) {
			broken[n] = []string{c.Text}
		}
		have := 0.0
		for r := c.Row; r < c.Row+c.RowSpan; r++ {
			have += height[r]
		}
		if need := float64(len(broken[n]))*leading + 2*pad; need > have {
			height[c.Row+c.RowSpan-1] += need - have
		}
	}
	top := []float64{0}
	for r := range g.Rows {
		top = append(top, top[r]+height[r])
	}
	var all []extract.Piece
	for n, c := range g.Cells {
		middle := (top[c.Row] + top[c.Row+c.RowSpan]) / 2
		for i, text := range broken[n] {
			w := width(text, true) * em
			p := extract.Piece{Text: text, Strip: c.Row*100 + c.RowSpan}
			if !ruled {
				p.Strip = 0
			}
			from := x[c.Col] + pad
			if isNumber(text) {
				from = (x[c.Col] + x[c.Col+c.ColSpan] - w) / 2
			}
			y := middle + (float64(i)-float64(len(broken[n]))/2)*leading
			p.From, p.To, p.Place = from/em, (from+w)/em, extract.Place{Page: 1, Box: [4]float64{from, -y - em, from + w, -y}}
			if turn < g.Rows && y > top[turn] {
				p.Place.Page = 2
			}
			all = append(all, p)
		}
	}
	slices.SortStableFunc(all, func(a, b extract.Piece) int {
		if d := b.Place.Box[1] - a.Place.Box[1]; d > 2 || d < -2 {
			return int(d)
		}
		return int(a.From - b.From)
	})
	return inLines(all)
}

// inLines puts pieces of one height on one line, and makes a paragraph of each line.
func inLines(all []extract.Piece) (out []extract.Block) {
	for i := range all {
		p := &all[i]
		p.Line = 1
		if i > 0 {
			if p.Line = all[i-1].Line; all[i-1].Place.Box[1]-p.Place.Box[1] > 2 {
				p.Line++
			}
		}
		if len(out) < p.Line {
			out = append(out, extract.Block{Kind: extract.Paragraph, Place: p.Place})
		}
		b := &out[len(out)-1]
		b.Pieces = append(b.Pieces, *p)
		b.Text += p.Text
	}
	return out
}

// damagePieces does to the lines of a page what readers do to them, and says what.
func damagePieces(m *rand.Rand, blocks []extract.Block) string {
	b := &blocks[m.IntN(len(blocks))]
	i := m.IntN(len(b.Pieces))
	p := &b.Pieces[i]
	switch m.IntN(4) {
	case 0:
		if text := []rune(p.Text); !isNumber(p.Text) && len(text) > 2 {
			p.Text = string(text[:len(text)-1])
			return "character lost"
		}
	case 1:
		if !isNumber(p.Text) && len(b.Pieces) > 1 {
			b.Pieces = slices.Delete(b.Pieces, i, i+1)
			return "label lost"
		}
	case 2:
		p.Text, p.Doubt = p.Text+"〇", "the two readers differ"
		return "text added"
	case 3:
		p.From, p.To = p.From+2, p.To+2
		return "moved"
	}
	return "nothing"
}

// Tables without rules, broken over lines and pages and damaged: what is read is right, nearly all whole ones are, and
// no text is lost.
func TestUnruled(t *testing.T) {
	documents := 800
	if testing.Short() {
		documents = 200
	}
	forms := codebook.Forms()
	whole, read := 0, 0
	for seed := range documents {
		m := rand.New(rand.NewPCG(uint64(seed), 21))
		f := forms[m.IntN(len(forms))]
		p := draw(f, m)
		blanks := map[string]bool{}
		for i := range p.grid.Cells {
			if c := &p.grid.Cells[i]; isNumber(c.Text) && f.Section == 3 && m.IntN(20) == 0 {
				blanks[fmt.Sprint(c.Row, c.Col)], c.Text = true, ""
			}
		}
		blocks := onPages(p.grid, m)
		how := "nothing"
		if m.IntN(2) == 0 {
			how = damagePieces(m, blocks)
		}
		var before []string
		for _, b := range blocks {
			for _, q := range b.Pieces {
				before = append(before, strings.ReplaceAll(q.Text, " ", ""))
			}
		}
		straight := Standard().Straighten(blocks, noHeading)
		var after strings.Builder
		for _, b := range straight {
			after.WriteString(b.Text)
			if b.Grid != nil {
				for _, c := range b.Grid.Cells {
					after.WriteString(strings.ReplaceAll(c.Text, " ", "") + "\n")
				}
			}
		}
		for _, text := range before {
			if isNumber(text) && !strings.Contains(after.String(), text) {
				t.Errorf("seed %d, %s: %q was lost", seed, how, text)
			}
		}
		r := Standard().Read(straight, noHeading, func() int { return 0 })
		if how == "nothing" {
			whole += len(p.truth) - len(blanks)
		}
		for _, f := range r.Facts() {
			k := Cell{Indicator: f.Indicator}
			if f.Applicant != nil {
				k.Applicant = *f.Applicant
			}
			switch {
			case f.Value == nil:
			case fmt.Sprint(*f.Value) != p.truth[k]:
				t.Errorf("seed %d, %s: %s is %s on the page, read as %v", seed, how, k, p.truth[k], *f.Value)
			case how == "nothing":
				read++
			}
		}
		if t.Failed() && seed > 20 {
			break
		}
	}
	if share := float64(read) / float64(whole); share < 0.99 {
		t.Errorf("%d of %d cells of undamaged pages read (%.2f%%)", read, whole, 100*share)
	} else {
		t.Logf("%d of %d cells read (%.3f%%)", read, whole, 100*share)
	}
}
