package pdf

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/pdf/geometry"
)

// verdict is the key of Document.Meta that tells what the second reader said: agrees, differs, used, or abstains and
// why.
const verdict = "pdf_second_reader"

// settle makes one document of the two readings. The main reading stands unless it is blind; where the cells of both
// can be compared and differ, a problem says so. other is nil when the second reader was left out.
func settle(main, other *extract.Document) *extract.Document {
	damage, letters := geometry.Damage(main)
	if other == nil {
		return finish(main, damage, "off")
	}
	otherDamage, otherLetters := geometry.Damage(other)
	switch {
	case otherLetters == 0 && letters == 0:
		return finish(main, damage, "abstains: no text")
	case otherLetters == 0:
		reason := "no text"
		if len(other.Problems) > 0 {
			reason = other.Problems[0].Detail
		}
		return finish(main, damage, "abstains: "+reason)
	case otherDamage <= geometry.TolerableDamage && (damage > geometry.TolerableDamage || 2*letters < otherLetters):
		// PDFium leaves out the text of fonts that are neither embedded nor among its own.
		p := extract.Tell(extract.DamagedText, "pdfium_undecoded", fmt.Sprintf("%.0f", damage*100))
		if damage <= geometry.TolerableDamage {
			p = extract.Tell(extract.DamagedText, "pdfium_finds", letters, otherLetters)
		}
		other.Problems = append(other.Problems, p)
		return finish(other, otherDamage, "used")
	case 2*letters < otherLetters:
		main.Problems = append(main.Problems, extract.Tell(extract.DamagedText, "pdfium_finds_alone", letters, otherLetters))
		return finish(main, damage, "abstains: it cannot decode the text that PDFium does not find")
	case otherDamage > 0.5:
		return finish(main, damage, fmt.Sprintf("abstains: it cannot decode %.0f%% of the text", otherDamage*100))
	}
	d := &difference{main: main, other: other}
	d.run()
	main.Problems = append(main.Problems, d.problems...)
	said := fmt.Sprintf("agrees on %d of %d cells, abstains on the rest", d.agreed, d.cells)
	switch {
	case len(d.problems) > 0:
		said = fmt.Sprintf("differs in %d of %d cells", d.differ, d.cells)
	case d.agreed == d.cells:
		said = fmt.Sprintf("agrees on all %d cells", d.cells)
	}
	return finish(main, damage, said)
}

func finish(d *extract.Document, damage float64, said string) *extract.Document {
	if d.Meta == nil {
		d.Meta = map[string]string{}
	}
	d.Meta[verdict] = said
	geometry.TellDamage(d, damage)
	return d
}

// difference compares the cells of two readings of one document.
type difference struct {
	main, other           *extract.Document
	cells, agreed, differ int
	problems              []extract.Problem
}

// maxProblems bounds the list for a document whose every cell differs.
const maxProblems = 200

func (d *difference) run() {
	byPage := map[int][]*extract.Cell{}
	for _, g := range geometry.Grids(d.other) {
		for i := range g.Cells {
			c := &g.Cells[i]
			byPage[c.Place.Page] = append(byPage[c.Place.Page], c)
		}
	}
	d.comparePieces()
	flattened := strings.Split(d.main.Meta[geometry.FlattenedPages], ",")
	for n, g := range geometry.Grids(d.main) {
		for i := range g.Cells {
			c := &g.Cells[i]
			d.cells++
			o := sameCell(byPage[c.Place.Page], c)
			if o == nil || strings.ContainsFunc(o.Text, geometry.Senseless) {
				continue // the second reader cannot say
			}
			a, b := squeeze(c.Text), squeeze(o.Text)
			if a != b && within(b, a) && slices.Contains(flattened, strconv.Itoa(c.Place.Page)) {
				continue // the second reader sees no form fields
			}
			if joined := strings.ReplaceAll(a, "|", ""); a != b && joined == strings.ReplaceAll(b, "|", "") {
				// They differ on whether a number goes on over a line end. Parting is the lack of a reason to join, so
				// the reader that saw one is right: the engines differ in the blanks that they report.
				c.Text = strings.ReplaceAll(c.Text, "\n", "")
				a = b
			}
			if a == b {
				d.agreed++
				continue
			}
			d.differ++
			raw := c.Text
			p := extract.Tell(extract.ReadersDisagree, "readers_differ", raw, o.Text)
			if strings.ContainsFunc(a+b, unicode.IsDigit) {
				c.Doubt = doubtOf(a, b)
			}
			if strings.ContainsFunc(c.Text, geometry.Senseless) || within(a, b) {
				// The main reader is blind in this cell alone, or leaves characters out: those of a font that is not in
				// the file.
				p = extract.Tell(extract.ReadersDisagree, "readers_differ_other_used", raw, o.Text)
				c.Text = o.Text
			}
			p.TableNo, p.Page, p.RowNo, p.ColumnNo, p.Locator, p.Raw = n+1, c.Place.Page, c.Row+1, c.Col+1, c.Place.Locator(), raw
			if len(d.problems) < maxProblems {
				d.problems = append(d.problems, p)
			}
		}
	}
}

// comparePieces compares the numbers that stand outside of ruled tables: one that the second reader has otherwise in
// its place is in doubt, as is one that it alone has.
func (d *difference) comparePieces() {
	mine, others := piecesOf(d.main), piecesOf(d.other)
	for _, p := range mine.all {
		if !isNumber(p.Text) {
			continue
		}
		said := ""
		for _, o := range others.at(p.Place) {
			if holds(p.Place, o.Place) || holds(o.Place, p.Place) && isNumber(o.Text) {
				said += squeeze(o.Text)
			}
		}
		if said != "" && !strings.ContainsFunc(said, geometry.Senseless) { // else the second reader cannot say
			d.compare(p, said)
		}
	}
	var lost []extract.Piece
	for _, o := range others.all {
		if !isNumber(o.Text) || len(lost) >= maxProblems {
			continue
		}
		near := mine.at(o.Place)
		if len(near) == 0 || slices.ContainsFunc(near, func(p *extract.Piece) bool { return holds(p.Place, o.Place) || holds(o.Place, p.Place) }) || d.inGrid(o.Place) {
			continue
		}
		p := *o
		p.Text, p.Line = "", near[0].Line
		d.compare(&p, squeeze(o.Text))
		p.Text = o.Text
		lost = append(lost, p)
	}
	for _, p := range lost {
		d.insert(p)
	}
}

// pieces are those of a document by the height of their middle, in points.
type pieces struct {
	all []*extract.Piece
	by  map[[2]int][]*extract.Piece // page and height
}

func piecesOf(doc *extract.Document) pieces {
	out := pieces{by: map[[2]int][]*extract.Piece{}}
	for _, b := range doc.Blocks {
		for i := range b.Pieces {
			p := &b.Pieces[i]
			k := [2]int{p.Place.Page, int((p.Place.Box[1] + p.Place.Box[3]) / 2)}
			out.all, out.by[k] = append(out.all, p), append(out.by[k], p)
		}
	}
	return out
}

// at lists the pieces whose middle lies between the lower and the upper edge of a place.
func (s pieces) at(place extract.Place) (out []*extract.Piece) {
	for y := int(place.Box[1]); y <= int(place.Box[3]) && y < int(place.Box[1])+100; y++ {
		out = append(out, s.by[[2]int{place.Page, y}]...)
	}
	return out
}

func isNumber(s string) bool { return strings.Trim(s, "0123456789.,-") == "" }

// holds reports whether the middle of a place lies in another.
func holds(a, of extract.Place) bool {
	x, y := (of.Box[0]+of.Box[2])/2, (of.Box[1]+of.Box[3])/2
	return a.Page == of.Page && x > a.Box[0] && x < a.Box[2] && y > a.Box[1] && y < a.Box[3]
}

// inGrid reports whether a place lies in a cell of a table of the main reader.
func (d *difference) inGrid(at extract.Place) bool {
	return slices.ContainsFunc(geometry.Grids(d.main), func(g *extract.Grid) bool {
		return slices.ContainsFunc(g.Cells, func(c extract.Cell) bool { return holds(c.Place, at) })
	})
}

// insert adds a piece to the block that has its line.
func (d *difference) insert(p extract.Piece) {
	for i := range d.main.Blocks {
		b := &d.main.Blocks[i]
		if slices.ContainsFunc(b.Pieces, func(o extract.Piece) bool { return o.Line == p.Line }) {
			b.Pieces = append(b.Pieces, p)
			return
		}
	}
}

// compare notes what the second reader says in the place of a number.
func (d *difference) compare(p *extract.Piece, said string) {
	d.cells++
	if said == squeeze(p.Text) {
		d.agreed++
		return
	}
	d.differ++
	p.Doubt = doubtOf(squeeze(p.Text), said)
	if len(d.problems) < maxProblems {
		told := extract.Tell(extract.ReadersDisagree, "readers_differ", p.Text, said)
		told.Page, told.Locator, told.Raw = p.Place.Page, p.Place.Locator(), p.Text
		d.problems = append(d.problems, told)
	}
}

// doubtOf is the doubt of a cell that the main reader has as a and the second one as b. Where the main reader only
// leaves characters out a sum may tell; which of two numbers was printed no sum tells.
func doubtOf(a, b string) string {
	digits := func(s string) string {
		return strings.Map(func(r rune) rune {
			if unicode.IsDigit(r) {
				return r
			}
			return -1
		}, s)
	}
	if digits(a) != digits(b) && !within(a, b) {
		return extract.DigitsDiffer
	}
	return extract.ReadersDiffer
}

// within reports whether a is b with some characters left out.
func within(a, b string) bool {
	rest := []rune(a)
	for _, r := range b {
		if len(rest) > 0 && rest[0] == r {
			rest = rest[1:]
		}
	}
	return len(rest) == 0
}

// sameCell returns the cell that has the same borders as c, or nil: where the two readings differ in the grid itself no
// cell can be compared.
func sameCell(cells []*extract.Cell, c *extract.Cell) *extract.Cell {
	const tolerance = 3 // points
	for _, o := range cells {
		same := true
		for i, v := range c.Place.Box {
			if d := v - o.Place.Box[i]; d > tolerance || d < -tolerance {
				same = false
				break
			}
		}
		if same {
			return o
		}
	}
	return nil
}

// squeeze leaves all white space out: engines differ on it and it never carries meaning between Chinese characters or
// inside one number's cell. A line end is kept as a bar, because it parts two numbers.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return '|'
		case unicode.IsSpace(r):
			return -1
		}
		return r
	}, s)
}
