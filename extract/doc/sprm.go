package doc

import (
	"errors"
	"fmt"
)

// Single property modifiers, sprms ([MS-DOC] 2.6), that matter to text and tables.
const (
	sprmPIstd            = 0x4600
	sprmPIlvl            = 0x260A
	sprmPIlfo            = 0x460B
	sprmPFInTable        = 0x2416
	sprmPFTtp            = 0x2417
	sprmPFInnerTableCell = 0x244B
	sprmPFInnerTtp       = 0x244C
	sprmPItap            = 0x6649
	sprmPDtap            = 0x664A
	sprmPHugePapx        = 0x6646
	sprmPHugePapxOld     = 0x6645
	sprmPTableProps      = 0x646B
	sprmPChgTabs         = 0xC615

	sprmCFRMarkDel   = 0x0800
	sprmCFFldVanish  = 0x0802
	sprmCFData       = 0x0806
	sprmCIstd        = 0x4A30
	sprmCFStrike     = 0x0837
	sprmCFVanish     = 0x083C
	sprmCFSpec       = 0x0855
	sprmCIss         = 0x2A48
	sprmCIco         = 0x2A42
	sprmCHighlight   = 0x2A0C
	sprmCShd80       = 0x4866
	sprmCShd         = 0xCA71
	sprmCHps         = 0x4A43
	sprmCCv          = 0x6870
	sprmCHpsPos      = 0x4845
	sprmCFDStrike    = 0x2A53
	sprmCSymbol      = 0x6A09
	sprmCPicLocation = 0x6A03

	sprmTDefTable   = 0xD608
	sprmTDefTable10 = 0xD606
	sprmTInsert     = 0x7621
	sprmTDelete     = 0x5622
	sprmTDxaCol     = 0x7623
	sprmTMerge      = 0x5624
	sprmTSplit      = 0x5625
	sprmTVertMerge  = 0xD62B
)

// ofTables reports whether a sprm modifies a table row (its sgc is 5).
func ofTables(sprm uint16) bool { return sprm>>10&7 == 5 }

// maxLists bounds how often a property list may refer to another in the Data stream.
const maxLists = 4

// maxWork bounds the bytes of property lists that are looked at for one document; a report of 1 MB has under 5 MB.
const maxWork = 500 << 20

var errWork = errors.New("its properties take more work than a document may")

// each calls do for every property of a list, also of those that the list refers to in the Data stream. An error is a
// list that is cut.
func (f *file) each(list []byte, do func(sprm uint16, operand []byte)) error {
	return f.eachWithin(list, do, maxLists)
}

func (f *file) eachWithin(list []byte, do func(sprm uint16, operand []byte), left int) error {
	if f.work += len(list); f.work > maxWork {
		return errWork
	}
	for len(list) >= 2 {
		sprm := u16(list, 0)
		list = list[2:]
		skip, n := operandSize(sprm, list)
		if skip+n > len(list) || n < 0 {
			if len(list) == 0 && sprm == 0 { // padding to an even length
				return nil
			}
			return fmt.Errorf("the property %#04x is cut", sprm)
		}
		operand := list[skip : skip+n]
		list = list[skip+n:]
		switch sprm {
		case sprmPHugePapx, sprmPHugePapxOld, sprmPTableProps:
			at := int(u32(operand, 0))
			size := int(u16(f.data, at))
			if left == 0 || at < 0 || at+2+size > len(f.data) {
				return fmt.Errorf("the property list at %d of the Data stream is missing or cut", at)
			}
			if err := f.eachWithin(f.data[at+2:at+2+size], do, left-1); err != nil {
				return err
			}
		default:
			do(sprm, operand)
		}
	}
	return nil
}

// operandSize returns how many bytes of length stand before an operand, and its own (2.6.1, spra).
func operandSize(sprm uint16, list []byte) (skip, n int) {
	switch sprm >> 13 {
	case 0, 1:
		return 0, 1
	case 2, 4, 5:
		return 0, 2
	case 3:
		return 0, 4
	case 7:
		return 0, 3
	}
	if len(list) == 0 {
		return 0, 1
	}
	switch {
	case sprm == sprmTDefTable || sprm == sprmTDefTable10:
		return 2, int(u16(list, 0)) - 1
	case sprm == sprmPChgTabs && list[0] == 255 && len(list) > 1:
		deleted := 4 * int(list[1])
		if 2+deleted >= len(list) {
			return 1, len(list)
		}
		return 1, 2 + deleted + 3*int(list[2+deleted])
	}
	return 1, int(list[0])
}

func flag(operand []byte) bool { return len(operand) > 0 && operand[0]&1 != 0 }
