package doc

import (
	"fmt"
	"unicode/utf16"

	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/word"
)

// look is how a run of characters is shown.
type look struct {
	vanished, deleted bool // hidden by its author, by a tracked change
	struck, raised    bool
	white, shaded     bool
	tiny              bool   // of a size that nobody sees
	special           bool   // control characters stand for fields, pictures and notes
	data              bool   // its picture is the data of a form field
	symbol            uint16 // the character of a symbol font, where there is one
	picture           uint32 // offset of its picture in the Data stream
}

func (l look) hidden() bool { return l.vanished || l.deleted }

// apply takes one property; styled is the look that the styles give.
func (l *look) apply(sprm uint16, operand []byte, styled look) {
	switch sprm {
	case sprmCFVanish:
		l.vanished = toggle(operand, styled.vanished)
	case sprmCFRMarkDel:
		l.deleted = toggle(operand, styled.deleted)
	case sprmCFStrike, sprmCFDStrike:
		l.struck = toggle(operand, styled.struck)
	case sprmCIss:
		l.raised = operand[0] == 1 || operand[0] == 2
	case sprmCHpsPos:
		l.raised = int16(u16(operand, 0)) > 0
	case sprmCIco:
		l.white = operand[0] == whiteIndex
	case sprmCCv:
		l.white = u32(operand, 0) == 0x00FFFFFF
	case sprmCHighlight:
		l.shaded = operand[0] != 0
	case sprmCShd80:
		l.shaded = u16(operand, 0) != 0 && u16(operand, 0) != 0xFFFF
	case sprmCShd:
		l.shaded = len(operand) >= 8 && u32(operand, 4)>>24 != 0xFF // the colour behind is not "automatic"
	case sprmCHps:
		l.tiny = u16(operand, 0) <= word.TinySize
	case sprmCFSpec:
		l.special = flag(operand)
	case sprmCFData:
		l.data = flag(operand)
	case sprmCSymbol:
		l.special, l.symbol = true, u16(operand, 2)
	case sprmCPicLocation:
		l.special, l.picture = true, u32(operand, 0)
	}
}

const whiteIndex = 8 // of the sixteen colours (2.9.119 Ico)

// unseen reports letters that most likely nobody sees.
func (l look) unseen() bool { return l.white && !l.shaded || l.tiny }

// toggle reads a ToggleOperand (2.9.327), which may say "as the style" or "not as the style".
func toggle(operand []byte, styled bool) bool {
	switch operand[0] {
	case 0x80:
		return styled
	case 0x81:
		return !styled
	}
	return operand[0]&1 != 0
}

// look reads the properties of the characters of a run.
func (f *file) look(p paragraph, r run, of piece) look {
	var l, styled look
	chain := f.chain(p.style)
	_ = f.each(r.list, func(sprm uint16, operand []byte) {
		if sprm == sprmCIstd {
			chain = append(chain, f.chain(u16(operand, 0))...)
		}
	})
	for _, s := range chain {
		_ = f.each(s.characters, func(sprm uint16, operand []byte) { l.apply(sprm, operand, styled) })
		styled = l
	}
	apply := func(sprm uint16, operand []byte) { l.apply(sprm, operand, styled) }
	_ = f.each(r.list, apply) // a list that is cut shows what it hid: more text, no wrong one
	_ = f.each(of.list, apply)
	return l
}

// Control characters of the text ([MS-DOC] 2.4.1).
const (
	pictureChar   = 0x01
	anchorChar    = 0x08
	tabChar       = 0x09
	lineBreak     = 0x0B
	columnBreak   = 0x0E
	fieldBegin    = 0x13
	fieldResult   = 0x14
	fieldEnd      = 0x15
	hardHyphen    = 0x1E
	softHyphen    = 0x1F
	symbolChar    = 0x28
	lastReference = 0x05 // 0x02 to 0x05: marks of notes and comments
)

// prose is the text of a paragraph as it is shown, and what is anchored in it.
type prose struct {
	word.Text
	anchors []int
	images  []extract.Block
}

// prose reads the text of a paragraph.
func (b *builder) prose(p paragraph) *prose {
	out := &prose{}
	units := []uint16{}
	var now look
	flush := func() {
		if len(units) > 0 {
			text := string(utf16.Decode(units))
			if now.unseen() {
				text = word.Unseen(text)
			}
			if now.struck {
				out.Struck(text)
			}
			out.Write(text, now.raised)
			units = units[:0]
		}
	}
	for cp := p.from; cp < p.mark; {
		piece, ok := b.file.pieceAt(cp)
		if !ok {
			break
		}
		for cp < min(piece.last, p.mark) {
			at := piece.at(cp)
			r := find(b.file.chpx, at)
			stop := min(piece.last, p.mark, cp+max((r.to-at)/piece.width(), 1))
			next := b.file.look(p, r, piece)
			flush()
			if next.struck != now.struck {
				out.Break()
			}
			now = next
			for ; cp < stop; cp++ {
				c := b.file.unit(piece, cp)
				if b.mark(out, c, now, flush) {
					continue
				}
				if c >= 0x20 && !(now.special && c == symbolChar && now.symbol != 0) {
					units = append(units, c)
					continue
				}
				flush()
				b.control(out, c, cp, now, p)
			}
		}
	}
	flush()
	if now.struck {
		out.Break()
	}
	if instructions, broken := b.fields.Break(); broken {
		out.Write(instructions, false)
	}
	return out
}

// control takes a control character of the text.
func (b *builder) control(out *prose, c uint16, cp int, l look, p paragraph) {
	switch {
	case c == lineBreak || c == columnBreak:
		out.Break()
	case c == tabChar:
		out.Write("\t", false)
	case c == hardHyphen:
		out.Write("-", false)
	case c == softHyphen:
	case c == symbolChar:
		out.Write(string(rune(l.symbol)), l.raised)
	case c == pictureChar:
		if !l.data {
			out.Picture()
			out.images = append(out.images, extract.Block{Kind: extract.Image, Source: fmt.Sprintf("Data/%d", l.picture), Place: place(p)})
		}
	case c == anchorChar:
		out.anchors = append(out.anchors, cp)
	case l.special && c <= lastReference:
	default:
		out.Write(string(rune(c)), false) // no text has it: a number beside it must not be read as if it were not there
	}
}

func place(p paragraph) extract.Place { return span(p.from, p.mark) }

func span(from, to int) extract.Place {
	return extract.Place{Path: fmt.Sprintf("WordDocument/characters[%d-%d]", from, to)}
}
