package doc

import "unicode/utf16"

// mark takes the characters that are not shown as they stand: marks of fields, their instructions, hidden text.
func (b *builder) mark(out *prose, c uint16, l look, flush func()) bool {
	switch {
	case c == fieldBegin:
		b.fields.Begin()
	case c == fieldResult:
		b.fields.Result()
	case c == fieldEnd:
		if b.fields.End() && !l.hidden() {
			flush()
			out.Write("\ufffd", false) // nothing tells what it looks like, but it is no blank
		}
	case l.hidden():
		if l.deleted && !l.vanished {
			out.Deleted(string(rune(c)))
		}
	case b.fields.Instructing():
		if c >= 0x20 || c == tabChar {
			b.fields.Instruct(string(utf16.Decode([]uint16{c})))
		}
	default:
		return false
	}
	return true
}
