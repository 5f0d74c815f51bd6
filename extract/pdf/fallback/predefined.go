package fallback

import (
	"strings"
	"unicode/utf16"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// cmap cuts the first code off a string of a font with a predefined CMap (PDF 32000-1, 9.7.5.2): how many bytes it has
// and its text. Only the CMaps whose codes are a character set are known; the fonts of such a file are often not
// embedded, and then PDFium shows no text.
type cmap func(raw string) (bytes int, text string)

// predefined returns the CMap of that name, or nil.
func predefined(name string) cmap {
	name = strings.TrimSuffix(strings.TrimSuffix(name, "-H"), "-V")
	switch {
	case strings.HasPrefix(name, "Uni") && (strings.HasSuffix(name, "-UCS2") || strings.HasSuffix(name, "-UTF16")):
		return unicodeCodes
	case name == "GBK-EUC", name == "GBKp-EUC", name == "GBK2K", name == "GB-EUC", name == "GBpc-EUC":
		return multibyte(simplifiedchinese.GB18030)
	case name == "B5pc", name == "ETen-B5", name == "HKscs-B5":
		return multibyte(traditionalchinese.Big5)
	}
	return nil
}

func unicodeCodes(raw string) (int, string) {
	if len(raw) < 2 {
		return len(raw), "\uFFFD"
	}
	unit := func(i int) rune { return rune(raw[i])<<8 | rune(raw[i+1]) }
	if r := unit(0); !utf16.IsSurrogate(r) {
		return 2, string(r)
	} else if len(raw) >= 4 {
		return 4, string(utf16.DecodeRune(r, unit(2)))
	}
	return 2, "\uFFFD"
}

func multibyte(set encoding.Encoding) cmap {
	return func(raw string) (int, string) {
		n := 1
		switch {
		case raw[0] <= 0x80 || raw[0] == 0xFF:
		case len(raw) >= 4 && set == simplifiedchinese.GB18030 && raw[1] >= '0' && raw[1] <= '9':
			n = 4
		case len(raw) >= 2:
			n = 2
		}
		text, err := set.NewDecoder().String(raw[:n])
		if err != nil || text == "" {
			text = "\uFFFD"
		}
		return n, text
	}
}

// asciiCID is the glyph number of an ASCII character in each of Adobe's character collections for Chinese, Japanese and
// Korean.
func asciiCID(text string) int {
	if len(text) != 1 || text[0] < ' ' {
		return -1
	}
	return int(text[0]) - ' ' + 1
}
