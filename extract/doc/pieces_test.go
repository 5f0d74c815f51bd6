package doc

import (
	"context"
	"encoding/binary"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/gongkai-data/gongkai/extract/word"
)

// bit is a run of text with properties of its own and those of its piece.
type bit struct {
	text string
	list []byte // of its characters and, where it ends a paragraph, of that
	prm  uint16 // of its piece
}

// prm0 is one property of a table by its number there.
func prm0(isprm, value uint16) uint16 { return isprm<<1 | value<<8 }

// hasty makes a document as Word leaves it that saves in haste: its pieces lie in the stream in another order than in
// the text.
func hasty(bits ...bit) *file {
	f := &file{}
	for _, b := range slices.Backward(bits) {
		from := len(f.streams.main)
		for _, u := range utf16.Encode([]rune(b.text)) {
			f.streams.main = binary.LittleEndian.AppendUint16(f.streams.main, u)
		}
		r := run{from: from, to: len(f.streams.main), list: b.list}
		f.chpx, f.papx = append(f.chpx, r), append(f.papx, r)
		f.pieces = append(f.pieces, piece{last: len(utf16.Encode([]rune(b.text))), offset: from, list: f.pieceList(b.prm)})
	}
	slices.Reverse(f.pieces)
	for i := range f.pieces {
		f.pieces[i].first = f.main
		f.main += f.pieces[i].last
		f.pieces[i].last = f.main
	}
	return f
}

func TestHastySaves(t *testing.T) {
	sprm := func(code uint16, operand ...byte) []byte {
		return append(binary.LittleEndian.AppendUint16(nil, code), operand...)
	}
	for _, c := range []struct {
		name string
		bits []bit
		want string
	}{
		{"pieces", []bit{{text: "共收"}, {text: "12"}, {text: "件\r"}, {text: "又3件\r"}}, "共收12件|又3件"},
		{"a piece that is hidden", []bit{{text: "共1"}, {text: "8", prm: prm0(0x5C, 1)}, {text: "2件\r"}}, "共12件"},
		{"a piece that is deleted", []bit{{text: "共1"}, {text: "8", prm: prm0(0x41, 1)}, {text: "2件\r"}}, "共12件"},
		{"a piece that is shown again", []bit{{text: "共1"}, {text: "8", list: sprm(sprmCFVanish, 1), prm: prm0(0x5C, 0)}, {text: "2件\r"}}, "共182件"},
		{"a piece made plain, marked in colour, centred", []bit{{text: "共"}, {text: "1", prm: prm0(0x53, 1)}, {text: "2", prm: prm0(0x4D, 7)}, {text: "件\r", prm: prm0(0x05, 1)}}, "共12件"},
		{"a piece that is struck", []bit{{text: "4", prm: prm0(0x57, 1)}, {text: "6\r"}}, "4|6"},
		{"a raised piece", []bit{{text: "5"}, {text: "1", prm: prm0(0x68, 1)}, {text: "\r"}}, "5[^1]"},
		{"deleted, and not hidden", []bit{{text: "共1"}, {text: "8", list: append(sprm(sprmCFRMarkDel, 1), sprm(sprmCFVanish, 0)...)}, {text: "2件\r"}}, "共12件"},
		{"raised by its position", []bit{{text: "5"}, {text: "1", list: sprm(sprmCHpsPos, 6, 0)}, {text: "\r"}}, "5[^1]"},
		{"a field", []bit{{text: "共\x13 =1+2 \x1412\x15件\r"}}, "共12件"},
		{"a field that is drawn from its instruction", []bit{{text: "共\x13 EQ \\o(1,2) \x15件\r"}}, "共\ufffd件"},
		{"the entry of an index", []bit{{text: "共\x13 XE \"9\" \x1512件\r"}}, "共12件"},
		{"a field that does not end", []bit{{text: "共\x13 12件\r"}, {text: "又3件\r"}}, "共 12件|又3件"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := hasty(c.bits...)
			b := &builder{file: f}
			var s word.Story
			if err := b.story(context.Background(), &s, 0, f.main); err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, block := range s.Blocks {
				got = append(got, block.Text)
			}
			if text := strings.Join(got, "|"); text != c.want {
				t.Errorf("%q, want %q", text, c.want)
			}
		})
	}
}
