package second

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/ledongthuc/pdf"
)

// font decodes the strings of one font and knows the advance of each code.
type font struct {
	codeBytes int               // bytes of a code: 1 for simple fonts, 2 for composite ones
	text      map[string]string // ToUnicode, nil where the font has none
	simple    pdf.TextEncoding  // for a simple font without ToUnicode
	codes     cmap              // of a composite font with a predefined CMap, nil for others
	widths    map[int]float64   // by code, in units of the em
	width     float64           // of codes that widths lacks
	vertical  bool
}

// loadFont reads a font dictionary (PDF 32000-1, 9.6 and 9.7).
func loadFont(v pdf.Value) *font {
	f := &font{codeBytes: 1, widths: map[int]float64{}, width: 0.5}
	if u := v.Key("ToUnicode"); u.Kind() == pdf.Stream {
		f.text = toUnicode(u, v)
	}
	if v.Key("Subtype").Name() == "Type0" {
		f.composite(v)
		return f
	}
	scale := 0.001
	if m := v.Key("FontMatrix"); v.Key("Subtype").Name() == "Type3" && m.Len() == 6 {
		scale = m.Index(0).Float64()
	}
	first := int(v.Key("FirstChar").Int64())
	widths := v.Key("Widths")
	for i := range min(widths.Len(), 256) {
		f.widths[first+i] = widths.Index(i).Float64() * scale
	}
	if widths.Len() == 0 {
		for c := '0'; c <= '9'; c++ {
			f.widths[int(c)] = 0.556 // Helvetica, the usual standard font without widths
		}
	}
	if f.text == nil && v.Key("Subtype").Name() != "Type3" {
		plain := pdf.Font{V: v}
		f.simple = plain.Encoder()
	}
	return f
}

func (f *font) composite(v pdf.Value) {
	f.codeBytes, f.width = 2, 1
	encoding := v.Key("Encoding").Name()
	f.vertical = strings.HasSuffix(encoding, "-V")
	d := v.Key("DescendantFonts").Index(0)
	if dw := d.Key("DW"); !dw.IsNull() {
		f.width = dw.Float64() / 1000
	}
	if encoding != "Identity-H" && encoding != "Identity-V" {
		if f.codes = predefined(encoding); f.codes == nil {
			// Codes of other CMaps are not glyph numbers, so W cannot be looked up, and without ToUnicode there is no text.
			return
		}
	}
	w := d.Key("W")
	for i := 0; i+1 < w.Len() && i < 100_000; {
		first := int(w.Index(i).Int64())
		if list := w.Index(i + 1); list.Kind() == pdf.Array {
			for k := range min(list.Len(), 65536) {
				f.widths[first+k] = list.Index(k).Float64() / 1000
			}
			i += 2
			continue
		}
		last, width := int(w.Index(i+1).Int64()), w.Index(i+2).Float64()/1000
		for c := first; c <= min(last, first+65535); c++ {
			f.widths[c] = width
		}
		i += 3
	}
}

// glyph is one decoded code.
type glyph struct {
	text  string
	width float64 // in units of the em
	space bool    // the one-byte code 32, which word spacing applies to
}

// decode cuts a string into codes. A code without a known text becomes U+FFFD.
func (f *font) decode(raw string) []glyph {
	out := make([]glyph, 0, len(raw)/f.codeBytes)
	for len(raw) >= f.codeBytes || f.codes != nil && raw != "" {
		if f.codes != nil {
			n, text := f.codes(raw)
			out = append(out, f.charset(raw[:n], text))
			raw = raw[n:]
			continue
		}
		code := raw[:f.codeBytes]
		raw = raw[f.codeBytes:]
		n := 0
		for i := range len(code) {
			n = n<<8 | int(code[i])
		}
		g := glyph{text: "\uFFFD", width: f.width, space: f.codeBytes == 1 && n == ' '}
		if w, ok := f.widths[n]; ok {
			g.width = w
		}
		switch {
		case f.text != nil:
			if s, ok := f.text[code]; ok && utf8.ValidString(s) {
				g.text = s
			}
		case f.simple != nil:
			if s := f.simple.Decode(code); s != "" {
				g.text = s
			}
		}
		out = append(out, g)
	}
	return out
}

// charset is the glyph of a code of a predefined CMap. Only the widths of ASCII characters can be looked up without the CMap's table: by their
// proportional glyphs, or half an em for codes of one byte, which stand for half-width glyphs.
func (f *font) charset(code, text string) glyph {
	g := glyph{text: text, width: f.width, space: code == " "}
	if w, ok := f.widths[asciiCID(text)]; ok && len(code) > 1 {
		g.width = w
	} else if asciiCID(text) >= 0 {
		g.width = 0.5
	}
	if s, ok := f.text[code]; ok && utf8.ValidString(s) {
		g.text = s
	}
	return g
}

// toUnicode reads a ToUnicode CMap (PDF 32000-1, 9.10.3) into code bytes → text. The library wants a dictionary where the CMap asks for the
// PostScript resource CIDInit; any will do, so it gets the font's own.
func toUnicode(stream, dictionary pdf.Value) map[string]string {
	m := map[string]string{}
	pdf.Interpret(stream, func(stack *pdf.Stack, op string) {
		switch op {
		case "endbfchar":
			for stack.Len() >= 2 {
				to, from := stack.Pop(), stack.Pop()
				if from.Kind() != pdf.String || to.Kind() != pdf.String {
					return
				}
				m[from.RawString()] = utf16Text(to.RawString(), 0)
			}
		case "endbfrange":
			for stack.Len() >= 3 {
				to, last, first := stack.Pop(), stack.Pop(), stack.Pop()
				if first.Kind() != pdf.String || last.Kind() != pdf.String {
					return
				}
				addRange(m, first.RawString(), last.RawString(), to)
			}
		case "begincodespacerange", "beginbfchar", "beginbfrange", "endcodespacerange":
			for stack.Len() > 0 {
				stack.Pop()
			}
		case "findresource":
			stack.Push(dictionary)
		}
	})
	return m
}

func addRange(m map[string]string, first, last string, to pdf.Value) {
	if len(first) == 0 || len(first) != len(last) || len(first) > 4 {
		return
	}
	number := func(s string) (n int) {
		for i := range len(s) {
			n = n<<8 | int(s[i])
		}
		return n
	}
	a, z := number(first), number(last)
	for i := 0; i <= z-a && i < 65536; i++ {
		code := make([]byte, len(first))
		for k, n := len(code)-1, a+i; k >= 0; k, n = k-1, n>>8 {
			code[k] = byte(n)
		}
		switch to.Kind() {
		case pdf.String:
			m[string(code)] = utf16Text(to.RawString(), i)
		case pdf.Array:
			if e := to.Index(i); e.Kind() == pdf.String {
				m[string(code)] = utf16Text(e.RawString(), 0)
			}
		}
	}
}

// utf16Text decodes UTF-16BE with its last unit raised by add.
func utf16Text(s string, add int) string {
	units := make([]uint16, 0, len(s)/2)
	for i := 0; i+1 < len(s); i += 2 {
		units = append(units, uint16(s[i])<<8|uint16(s[i+1]))
	}
	if len(s) == 1 {
		units = append(units, uint16(s[0]))
	}
	if len(units) == 0 {
		return "\uFFFD"
	}
	units[len(units)-1] += uint16(add)
	return string(utf16.Decode(units))
}
