package fit

import (
	"slices"

	"github.com/gongkai-data/gongkai/extract/items"
)

// block is a header and the rows under it.
type block struct {
	words   []*items.Item // of the header
	earlier []*items.Item // of the header before, which a page break may have repeated in part
	table   string        // that the caption names
	caption []*items.Item
	said    string // text of the header and of lines between it and the rows
	rows    []*row
	h       *header
}

// walk gathers the lines of each table into blocks and reads them.
func (f *fitter) walk(lines []*line) {
	var fam *family
	var blocks []*block
	waiting := map[*family][]*block{} // rows that came before any header: the right half of a page of two
	read := func() {
		switch {
		case fam == nil:
		case fam.ordered() && !slices.ContainsFunc(blocks, func(b *block) bool { return len(b.words) > 0 }):
			waiting[fam] = append(waiting[fam], blocks...)
		default:
			f.fenced(fam, append(blocks, waiting[fam]...))
			delete(waiting, fam)
		}
	}
	for _, l := range lines {
		if n := len(blocks); n > 0 && len(blocks[n-1].rows) == 0 && (l.fam == nil || l.fam == fam && l.head) {
			blocks[n-1].said += l.text()
		}
		if l.fam == nil {
			if isHeadingLine(f, l) {
				for _, c := range l.own {
					f.used(c)
				}
			}
			continue
		}
		f.seen[l.sheet] = true
		if l.fam != fam {
			read()
			fam, blocks = l.fam, nil
		}
		if l.head {
			before := len(blocks)
			if blocks = f.header(fam, blocks, l); len(blocks) != before {
				blocks[len(blocks)-1].said = l.text()
			}
			continue
		}
		if len(blocks) == 0 {
			blocks = append(blocks, &block{})
		}
		b := blocks[len(blocks)-1]
		if filled(l.own) == 0 && len(fam.rows) > 0 && filled(l.all) == 0 {
			continue
		}
		b.rows = append(b.rows, &row{line: l})
	}
	read()
	for _, fam := range f.lex.families {
		if len(waiting[fam]) > 0 {
			f.fenced(fam, waiting[fam])
		}
	}
}

// ordered reports whether the family is one table whose rows and columns both have names.
func (fam *family) ordered() bool {
	return len(fam.tables) == 1 && len(fam.rows) > 0 && len(fam.columns) > 1
}

func (l *line) text() (text string) {
	for _, c := range l.own {
		text += c.Text
	}
	return text
}

func isHeadingLine(f *fitter, l *line) bool {
	n := 0
	for _, c := range l.own {
		if c.Kind != items.Blank {
			n++
		}
	}
	return n == 1 && f.headed(l.own)
}

// header takes a line of a header: into the block that is open, or into a new one.
func (f *fitter) header(fam *family, blocks []*block, l *line) []*block {
	var words, caption []*items.Item
	table := ""
	titled := false
	for _, c := range l.own {
		if c.Kind == items.Blank {
			continue
		}
		f.used(c)
		if i := slices.IndexFunc(f.hits(c), func(n *node) bool { return n.family == fam && n.axis == titleAxis }); i >= 0 || fam.section == 2 && len(f.hits(c)) == 0 && isTitle(c.Text) {
			titled = true
			caption = append(caption, c)
			if i >= 0 {
				table = f.hits(c)[i].key
			}
			if fam.grouped() {
				words = append(words, c)
			}
			continue
		}
		words = append(words, c)
	}
	var open *block
	if len(blocks) > 0 {
		open = blocks[len(blocks)-1]
	}
	again := open != nil && f.repeats(fam, open, words)
	switch {
	case open == nil || answered(f, fam, open) || titled && !fam.grouped() || again:
		b := &block{table: table, caption: caption}
		if open != nil {
			b.earlier = open.words
			if !titled && !fam.grouped() && len(open.rows) == 0 {
				b.table = open.table
			}
			if again && len(open.rows) == 0 && fam.grouped() && len(fam.rows) > 0 {
				blocks = blocks[:len(blocks)-1] // the header stands twice: the nearer one holds
			}
		}
		b.words = words
		return append(blocks, b)
	}
	open.rows = nil // spacing
	open.words = append(open.words, words...)
	return blocks
}

// answered reports whether a row stands under the header of a block.
func answered(f *fitter, fam *family, b *block) bool {
	if len(fam.rows) > 0 {
		return len(b.rows) > 0
	}
	return slices.ContainsFunc(b.rows, func(r *row) bool { return f.hasValues(r.all) })
}

// repeats reports whether a line has a label that the header of the block has in another row or sheet, and that no span
// wrote there.
func (f *fitter) repeats(fam *family, b *block, words []*items.Item) bool {
	for _, w := range words {
		hits := f.hits(w)
		if len(hits) == 0 || hits[0].family != fam || hits[0].axis != columnAxis {
			continue
		}
		if len(hits) > 1 && hits[0].leaf() && hits[1].family == fam && hits[1].axis == columnAxis {
			continue // stands several times in one header
		}
		for _, o := range b.words {
			if o.Sheet == w.Sheet && (o.Row == w.Row || o.Below() == w.Row && o.Col <= w.Col && w.Sheet.Placement != items.Stream) {
				continue
			}
			if slices.Contains(f.hits(o), hits[0]) {
				return true
			}
		}
	}
	return false
}
