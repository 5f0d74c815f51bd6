package doc

// Marks that end a paragraph.
const (
	paragraphMark = 0x0D
	cellMark      = 0x07
	sectionMark   = 0x0C
)

// paragraph is one of the text: characters [from, mark), then its mark.
type paragraph struct {
	from, mark int
	char       uint16 // the mark
	depth      int    // tables that it stands in
	rowEnd     bool   // it is the mark that ends a row
	cellEnd    bool   // it is the last of a cell
	list, at   int    // number of its list (LFO) and level, where it has an automatic number
	style      uint16
	tables     []tableSprm
	err        error // its properties cannot be read
}

type tableSprm struct {
	sprm    uint16
	operand []byte
}

// paragraph reads the one that begins at a character; ok is false behind the last.
func (f *file) paragraph(from, end int) (p paragraph, ok bool) {
	p.from, p.mark = from, end
	for cp := from; cp < end; {
		piece, found := f.pieceAt(cp)
		if !found {
			break
		}
		for ; cp < min(piece.last, end); cp++ {
			switch c := f.unit(piece, cp); c {
			case paragraphMark, cellMark, sectionMark:
				p.mark, p.char = cp, c
				f.properties(&p, piece)
				return p, true
			}
		}
	}
	return p, from < end // text without a mark: the file is cut
}

// properties reads what the mark says of the paragraph ([MS-DOC] 2.4.6.1).
func (f *file) properties(p *paragraph, at piece) {
	r := find(f.papx, at.at(p.mark))
	p.style = r.style
	inTable, ttp, innerTtp, innerCell, itap := false, false, false, false, 0
	apply := func(sprm uint16, operand []byte) {
		switch sprm {
		case sprmPFInTable:
			inTable = flag(operand)
		case sprmPFTtp:
			ttp = flag(operand)
		case sprmPFInnerTtp:
			innerTtp = flag(operand)
		case sprmPFInnerTableCell:
			innerCell = flag(operand)
		case sprmPItap:
			itap = int(int32(u32(operand, 0)))
		case sprmPDtap:
			itap += int(int32(u32(operand, 0)))
		case sprmPIlfo:
			p.list = int(int16(u16(operand, 0)))
		case sprmPIlvl:
			p.at = int(operand[0])
		case sprmPIstd:
			p.style = u16(operand, 0)
		default:
			if ofTables(sprm) {
				p.tables = append(p.tables, tableSprm{sprm, operand})
			}
		}
	}
	for _, s := range f.chain(p.style) {
		_ = f.each(s.paragraph, apply) // a style can hide no table
	}
	p.err = f.each(r.list, apply)
	if err := f.each(at.list, apply); p.err == nil {
		p.err = err
	}
	if inTable && itap < 1 {
		itap = 1
	}
	if !inTable && itap > 0 && p.char != cellMark {
		itap = 0
	}
	p.depth = min(max(itap, 0), maxDepth)
	switch {
	case p.depth == 1:
		p.rowEnd = ttp
		p.cellEnd = p.char == cellMark && !ttp
	case p.depth > 1:
		p.rowEnd = innerTtp
		p.cellEnd = innerCell && !innerTtp
	}
}
