package fallback

import (
	"strings"
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
		f.text = toUnicode(u)
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
			// Codes of other CMaps are not glyph numbers, so W cannot be looked up, and without ToUnicode there is no
			// text.
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

// charset is the glyph of a code of a predefined CMap. Only the widths of ASCII characters can be looked up without the
// CMap's table: by their proportional glyphs, or half an em for codes of one byte, which stand for half-width glyphs.
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
