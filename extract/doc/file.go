package doc

import (
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/gongkai-data/gongkai/extract"
)

// file is an opened document: its text by pieces, and where the properties of paragraphs and characters stand.
type file struct {
	streams
	table    []byte // the table stream that the header names
	pieces   []piece
	prcs     [][]byte // property lists that pieces refer to
	papx     []run    // paragraph properties by file offset, ascending
	chpx     []run    // character properties by file offset, ascending
	styles   []style
	main     int // characters of the main text
	boxStart int // first character of the text of text boxes
	boxEnd   int
	problems []extract.Problem
	short    bool // the text ends before the header says
	work     int  // bytes of property lists looked at so far
}

// Offsets in the header, FIB ([MS-DOC] 2.5.1); the pairs of offset and length in the table stream start at 0x9A
// (2.5.6).
const (
	fibFlags     = 0x0A
	fibTexts     = 0x4C // lengths of main text, footnotes, headers, (macros,) comments, endnotes, text boxes
	fibPairs     = 0x9A
	pairStyles   = 1
	pairChpx     = 12
	pairPapx     = 13
	pairClx      = 33
	pairAnchors  = 40 // PlcfSpa of the main text: anchors of drawn objects
	pairDrawings = 50 // OfficeArtContent
	pairBoxes    = 56 // PlcftxbxTxt
	pairLists    = 73 // PlfLst
	pairLfo      = 74 // PlfLfo
)

func openFile(s streams) (*file, error) {
	f := &file{streams: s}
	h := s.main
	if len(h) < fibPairs+8*pairClx+8 {
		return nil, errors.New("its header is cut")
	}
	switch magic := u16(h, 0); magic {
	case 0xA5EC, 0xA5DC:
	default:
		return nil, fmt.Errorf("its header begins with %#04x, which is no Word document of 1997 or later", magic)
	}
	if n := u16(h, 2); n < 0x00C0 {
		return nil, fmt.Errorf("it was written by a Word older than that of 1997 (nFib %d)", n)
	}
	flags := u16(h, fibFlags)
	if flags&(1<<8|1<<15) != 0 { // fEncrypted, fObfuscated
		return nil, errEncrypted
	}
	f.table = s.table0
	if flags&(1<<9) != 0 { // fWhichTblStm
		f.table = s.table1
	}
	if f.table == nil {
		return nil, errors.New("its table stream is missing")
	}
	lengths := make([]int, 8)
	for i := range lengths {
		lengths[i] = int(int32(u32(h, fibTexts+4*i)))
		if lengths[i] < 0 {
			return nil, errors.New("a length in its header is negative")
		}
	}
	f.main = lengths[0]
	f.boxStart = lengths[0] + lengths[1] + lengths[2] + lengths[3] + lengths[4] + lengths[5]
	f.boxEnd = f.boxStart + lengths[6]
	if err := f.readPieces(f.pair(pairClx)); err != nil {
		return nil, err
	}
	if end := f.pieces[len(f.pieces)-1].last; f.main > end {
		f.problems = append(f.problems, extract.Tell(extract.Truncated, "doc.short", end, f.main))
		f.main, f.short = end, true
	}
	var err error
	if f.papx, err = f.runs(f.pair(pairPapx), papxPage); err != nil {
		return nil, fmt.Errorf("the properties of its paragraphs: %w", err)
	}
	if f.chpx, err = f.runs(f.pair(pairChpx), chpxPage); err != nil {
		return nil, fmt.Errorf("the properties of its characters: %w", err)
	}
	f.styles = readStyles(f.pair(pairStyles))
	return f, nil
}

// pair returns the part of the table stream that the header names at an index, nil where there is none or it does not
// lie in the stream.
func (f *file) pair(i int) []byte {
	at := fibPairs + 8*i
	if at+8 > len(f.streams.main) {
		return nil
	}
	from, n := int(u32(f.streams.main, at)), int(u32(f.streams.main, at+4))
	if n == 0 || from < 0 || n < 0 || from+n > len(f.table) {
		return nil
	}
	return f.table[from : from+n]
}

func u16(b []byte, at int) uint16 {
	if at < 0 || at+2 > len(b) {
		return 0
	}
	return binary.LittleEndian.Uint16(b[at:])
}

func u32(b []byte, at int) uint32 {
	if at < 0 || at+4 > len(b) {
		return 0
	}
	return binary.LittleEndian.Uint32(b[at:])
}
