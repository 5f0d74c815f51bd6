package doc

import (
	"unicode/utf16"

	"github.com/gongkai-data/gongkai/extract/word"
)

// field is one that is open: its instruction stands before its result and is not shown.
type field struct {
	instruction []uint16
	result      bool // it has begun
}

// mark takes the characters that are not shown as they stand: marks of fields, their instructions, hidden text.
func (b *builder) mark(out *prose, c uint16, l look, flush func()) bool {
	n := len(b.fields)
	switch {
	case c == fieldBegin:
		b.fields = append(b.fields, field{})
	case c == fieldResult && n > 0:
		b.fields[n-1].result = true
	case c == fieldEnd && n > 0:
		last := b.fields[n-1]
		b.fields = b.fields[:n-1]
		if !last.result && !l.hidden() && !b.instructing() && word.Drawn(string(utf16.Decode(last.instruction))) {
			flush()
			out.Write("\ufffd", false) // nothing tells what it looks like, but it is no blank
		}
	case c == fieldResult || c == fieldEnd || l.hidden():
	case b.instructing():
		if c >= 0x20 || c == tabChar {
			b.fields[n-1].instruction = append(b.fields[n-1].instruction, c)
		}
	default:
		return false
	}
	return true
}

// instructing reports whether what comes now belongs to the instruction of a field.
func (b *builder) instructing() bool {
	for _, f := range b.fields {
		if !f.result {
			return true
		}
	}
	return false
}

// endFields closes at the end of a paragraph the fields that are still in their instruction, and gives the text that was taken for one: the field is
// broken, and Word shows it.
func (b *builder) endFields(out *prose) {
	if !b.instructing() {
		return
	}
	for _, f := range b.fields {
		out.Write(string(utf16.Decode(f.instruction)), false)
	}
	b.fields = nil
}
