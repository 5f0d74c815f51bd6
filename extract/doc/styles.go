package doc

// style is one of the style sheet: what a paragraph or a run has before its own properties.
type style struct {
	base       uint16
	paragraph  []byte // sprms
	characters []byte
}

// noStyle ends the chain of base styles.
const noStyle = 0xFFF

// maxBases bounds that chain.
const maxBases = 11

// readStyles reads a style sheet (STSH, [MS-DOC] 2.9.271). One that is cut has the styles before the cut: they can only
// hide text and number lists.
func readStyles(b []byte) []style {
	n := int(u16(b, 0))
	if 2+n > len(b) || n < 4 {
		return nil
	}
	base := int(u16(b, 4)) // cbSTDBaseInFile
	b = b[2+n:]
	var all []style
	for len(b) >= 2 {
		size := int(u16(b, 0))
		if 2+size > len(b) {
			break
		}
		all = append(all, readStyle(b[2:2+size], base))
		b = b[min(2+size+size&1, len(b)):]
	}
	return all
}

func readStyle(b []byte, base int) style {
	s := style{base: noStyle}
	if len(b) < base+2 || base < 10 {
		return s
	}
	kind := u16(b, 2) & 0xF
	s.base = u16(b, 2) >> 4
	at := base + 2 + 2*int(u16(b, base)) + 2 // behind the name and its end
	for i := range int(u16(b, 4) & 0xF) {
		n := int(u16(b, at))
		if at+2+n > len(b) {
			break
		}
		upx := b[at+2 : at+2+n]
		switch {
		case kind == 1 && i == 0 && n >= 2:
			s.paragraph = upx[2:]
		case kind == 1 && i == 1, kind == 2 && i == 0:
			s.characters = upx
		}
		at += 2 + n + n&1
	}
	return s
}

// chain returns a style and those that it is based on, the outermost first.
func (f *file) chain(index uint16) []style {
	var all []style
	for n := 0; n < maxBases && int(index) < len(f.styles); n++ {
		s := f.styles[index]
		all = append([]style{s}, all...)
		index = s.base
	}
	return all
}
