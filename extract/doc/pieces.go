package doc

import (
	"errors"
	"fmt"
	"sort"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"
)

// piece is a run of characters that stand together in the WordDocument stream ([MS-DOC] 2.9.177 Pcd). Saving in haste
// leaves many.
type piece struct {
	first, last int // characters [first, last)
	offset      int // in the stream, of its first character
	compressed  bool
	list        []byte // properties that all of it has, as a list of sprms; may be nil
}

func (p piece) width() int {
	if p.compressed {
		return 1
	}
	return 2
}

// at is the offset of a character in the stream.
func (p piece) at(cp int) int { return p.offset + (cp-p.first)*p.width() }

var errPieces = errors.New("its table of pieces is damaged")

// readPieces reads the Clx (2.9.38): property lists (Prc), then the piece table (Pcdt).
func (f *file) readPieces(clx []byte) error {
	for len(clx) > 0 && clx[0] == 1 {
		n := int(int16(u16(clx, 1)))
		if n < 0 || 3+n > len(clx) {
			return errPieces
		}
		f.prcs = append(f.prcs, clx[3:3+n])
		clx = clx[3+n:]
	}
	if len(clx) < 5 || clx[0] != 2 {
		return errPieces
	}
	n := int(u32(clx, 1))
	clx = clx[5:]
	if n < 0 || n > len(clx) {
		return errPieces
	}
	plc := clx[:n]
	count := (n - 4) / 12
	if count < 1 {
		return errPieces
	}
	for i := range count {
		p := piece{first: int(u32(plc, 4*i)), last: int(u32(plc, 4*i+4))}
		pcd := plc[4*(count+1)+8*i:]
		fc := u32(pcd, 2)
		p.offset = int(fc &^ (1 << 30))
		if p.compressed = fc&(1<<30) != 0; p.compressed {
			p.offset /= 2
		}
		if p.first < 0 || p.last < p.first || i > 0 && p.first != f.pieces[i-1].last || i == 0 && p.first != 0 {
			return errPieces
		}
		if end := p.at(p.last); p.last-p.first > len(f.streams.main) || end > len(f.streams.main) {
			return fmt.Errorf("%w: a piece ends at byte %d of %d", errPieces, end, len(f.streams.main))
		}
		p.list = f.pieceList(u16(pcd, 6))
		f.pieces = append(f.pieces, p)
	}
	return nil
}

// pieceList is the property list of a piece: one sprm of a table (Prm0, 2.9.213), or the number of a list in the Clx
// (Prm1).
func (f *file) pieceList(prm uint16) []byte {
	if prm&1 != 0 {
		if i := int(prm >> 1); i < len(f.prcs) {
			return f.prcs[i]
		}
		return nil
	}
	code, ok := shortSprms[prm>>1&0x7F]
	if !ok {
		return nil
	}
	return []byte{byte(code), byte(code >> 8), byte(prm >> 8)}
}

// shortSprms are the properties of Prm0 that matter here, by isprm.
var shortSprms = map[uint16]uint16{0x0C: sprmPIlvl, 0x18: sprmPFInTable, 0x19: sprmPFTtp, 0x41: sprmCFRMarkDel, 0x43: sprmCFFldVanish, 0x47: sprmCFData,
	0x57: sprmCFStrike, 0x5C: sprmCFVanish, 0x62: sprmCIco, 0x68: sprmCIss, 0x73: sprmCFDStrike, 0x75: sprmCFSpec}

// pieceAt finds the piece that holds a character.
func (f *file) pieceAt(cp int) (piece, bool) {
	i := sort.Search(len(f.pieces), func(i int) bool { return f.pieces[i].last > cp })
	if i == len(f.pieces) {
		return piece{}, false
	}
	return f.pieces[i], true
}

// unit returns the character at cp as stored: a UTF-16 unit.
func (f *file) unit(p piece, cp int) uint16 {
	at := p.at(cp)
	if p.compressed {
		return wide(f.streams.main[at])
	}
	return u16(f.streams.main, at)
}

// wide is the UTF-16 unit of a compressed character (2.9.73 FcCompressed): Windows-1252, whose bytes below 0x80 stand
// for themselves.
func wide(b byte) uint16 {
	if b < 0x80 {
		return uint16(b)
	}
	r := charmap.Windows1252.DecodeByte(b)
	if u := utf16.Encode([]rune{r}); len(u) == 1 {
		return u[0]
	}
	return 0xFFFD
}
