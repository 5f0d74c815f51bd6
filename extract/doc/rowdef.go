package doc

import (
	"errors"
	"fmt"
	"slices"
)

// rowDef is where the cells of a row lie.
type rowDef struct {
	edges []int // n+1, in twentieths of a point from the margin
	cells []cellDef
}

// cellDef is how a cell is merged with its neighbours (TCGRF, [MS-DOC] 2.9.317).
type cellDef struct{ beside, merged, below bool }

// known are the properties of rows that do not change which cells there are: borders, shading, heights, alignment,
// margins, positions, styles, revision marks (2.6.4).
var known = func() map[uint16]bool {
	m := map[uint16]bool{}
	for _, sprm := range []uint16{
		0x5400, 0x9601, 0x9602, 0x3403, 0x3404, 0xD605, 0x9407, 0xD609, 0x740A, 0x560B, 0xD60C, 0x360D, 0x940E, 0x940F, 0x9410, 0x9411, 0xD612,
		0xD613, 0xF614, 0x3615, 0xD616, 0xF617, 0xF618, 0x3619, 0xD61A, 0xD61B, 0xD61C, 0xD61D, 0x941E, 0x941F, 0xD620, 0x7629, 0xD62C, 0xD62D,
		0xD62E, 0xD62F, 0xD632, 0xD633, 0xD634, 0xD635, 0xF636, 0xD639, 0x563A, 0xD63E, 0xD642, 0xD660, 0xF661, 0xD662, 0x5664, 0x3465, 0x3466,
		0xD667, 0x3668, 0x7469, 0xD66A, 0xD670, 0xD671, 0xD672, 0x7479, 0x347C, 0x347D, 0xD47F, 0xD680, 0xD681, 0xD682, 0xD683, 0xD684, 0xD685,
		0xD686, 0xD687, 0x3488, 0x3489, 0x548A,
	} {
		m[sprm] = true
	}
	return m
}()

var errNoWidths = errors.New("a row does not say where its cells lie")

// rowDefs applies the properties of a row in their order. One that is not known might change which cells there are, so
// it is an error.
func rowDefs(sprms []tableSprm) (d rowDef, err error) {
	for _, s := range sprms {
		if err := d.apply(s.sprm, s.operand); err != nil {
			return d, err
		}
	}
	if len(d.cells) == 0 {
		return d, errNoWidths
	}
	for i := range d.cells {
		if d.edges[i+1] < d.edges[i] {
			return d, errors.New("the edges of the cells of a row cross")
		}
	}
	return d, nil
}

func (d *rowDef) apply(sprm uint16, o []byte) error {
	switch sprm {
	case sprmTDefTable:
		return d.define(o)
	case sprmTInsert:
		return d.insert(int(o[0]), int(o[1]), int(int16(u16(o, 2))))
	case sprmTDelete:
		return d.remove(int(o[0]), int(o[1]))
	case sprmTDxaCol:
		return d.widths(int(o[0]), int(o[1]), int(int16(u16(o, 2))))
	case sprmTMerge, sprmTSplit:
		return d.across(int(o[0]), int(o[1]), sprm == sprmTMerge)
	case sprmTVertMerge:
		if len(o) < 2 || int(o[0]) >= len(d.cells) {
			return errRowDef
		}
		c := &d.cells[o[0]]
		c.merged, c.below = o[1]&3 != 0, o[1]&3 == 1
		return nil
	}
	if !known[sprm] {
		return fmt.Errorf("a row has the property %#04x, which is not understood", sprm)
	}
	return nil
}

var errRowDef = errors.New("a property of a row names cells that it does not have")

// define reads TDefTableOperand (2.9.321).
func (d *rowDef) define(o []byte) error {
	const cell = 20 // bytes of TC80
	if len(o) == 0 {
		return errNoWidths
	}
	n := int(o[0])
	if n == 0 || n > 63 || len(o) < 1+2*(n+1) {
		return fmt.Errorf("a row is said to have %d cells", n)
	}
	d.edges, d.cells = make([]int, n+1), make([]cellDef, n)
	for i := range d.edges {
		d.edges[i] = int(int16(u16(o, 1+2*i)))
	}
	first := uint16(0) // what the first cell of a merge across is marked with
	for i := range d.cells {
		flags := u16(o, 1+2*(n+1)+cell*i) // cells that the operand leaves out have none
		across := flags & 3
		if across == 0 || first == 0 {
			first = across
			across = 0
		}
		d.cells[i] = cellDef{beside: across != 0 && leads(across) != leads(first), merged: flags>>5&3 != 0, below: flags>>5&3 == 1}
	}
	return nil
}

// leads reports one of the two marks of a merge across. [MS-DOC] gives the first cell of a merge 2 or 3 and those
// behind it 1, the documentation of Word 97 gives the first 1 and those behind it 2: the first cell of each row's merge
// shows which of them the writer followed.
func leads(mark uint16) bool { return mark >= 2 }

func (d *rowDef) insert(first, count, width int) error {
	if len(d.edges) == 0 || first > len(d.cells) || len(d.cells)+count > 63 {
		return errRowDef
	}
	at := d.edges[first]
	for i := first + 1; i < len(d.edges); i++ {
		d.edges[i] += count * width
	}
	edges := make([]int, count)
	for i := range edges {
		edges[i] = at + (i+1)*width
	}
	d.edges = slices.Insert(d.edges, first+1, edges...)
	d.cells = slices.Insert(d.cells, first, make([]cellDef, count)...)
	return nil
}

func (d *rowDef) remove(first, limit int) error {
	if first > limit || limit > len(d.cells) {
		return errRowDef
	}
	gone := d.edges[limit] - d.edges[first]
	d.cells = slices.Delete(d.cells, first, limit)
	d.edges = slices.Delete(d.edges, first+1, limit+1)
	for i := first + 1; i < len(d.edges); i++ {
		d.edges[i] -= gone
	}
	return nil
}

func (d *rowDef) widths(first, limit, width int) error {
	if first > limit || limit > len(d.cells) {
		return errRowDef
	}
	for i := first; i < limit; i++ {
		by := d.edges[i] + width - d.edges[i+1]
		for k := i + 1; k < len(d.edges); k++ {
			d.edges[k] += by
		}
	}
	return nil
}

func (d *rowDef) across(first, limit int, merge bool) error {
	if first > limit || limit > len(d.cells) {
		return errRowDef
	}
	for i := first; i < limit; i++ {
		d.cells[i].beside = merge && i > first
	}
	return nil
}
