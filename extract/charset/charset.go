// Package charset turns the bytes of a page or text file into UTF-8.
//
// The order is: byte order mark, strict UTF-8 of the whole body, the character set of the HTTP header, the one in a
// <meta> tag or XML declaration in the first 4 KB, and last GB18030. Declarations come after the UTF-8 test because
// pages declare gb2312 and send UTF-8, and a Chinese body of some length that is valid UTF-8 is UTF-8. Statistical
// guessing is not used: it fails on short GBK text.
package charset

import (
	"bytes"
	"mime"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"github.com/gongkai-data/gongkai/extract/lazyregexp"
)

// Info says how a body was decoded.
type Info struct {
	Declared     string // label in the HTTP header, else in the page, lower case, as written; empty when there is none
	Used         string // utf-8, gb18030, big5, utf-16le, utf-16be, ...
	Replacements int    // U+FFFD characters that decoding put in, or that the body held already
}

// Encoding returns the encoding that the body is in, to write a query for its site as a browser does; nil for UTF-8 and
// UTF-16.
func (i Info) Encoding() encoding.Encoding {
	enc, _ := byLabel(i.Used)
	return enc
}

// metaWindow is how far a declaration is looked for: comment banners push it beyond the 1,024 bytes that browsers read.
const metaWindow = 4096

var (
	metaCharset = lazyregexp.New(`(?i)<meta\b[^>]{0,300}?charset\s*=\s*["']?\s*([a-z0-9_:.-]+)`)
	xmlCharset  = lazyregexp.New(`(?i)^\s*<\?xml\b[^>]{0,200}?encoding\s*=\s*["']([a-z0-9_:.-]+)`)
)

// Decode returns body in UTF-8 without a byte order mark, and how it got there. contentType is the HTTP header's value
// or empty. A body that is UTF-8 already is returned without a copy. Decode never fails: what cannot be decoded becomes
// U+FFFD and is counted.
func Decode(body []byte, contentType string) ([]byte, Info) {
	header := fromHeader(contentType)
	meta := fromBody(body)
	info := Info{Declared: header}
	if header == "" {
		info.Declared = meta
	}
	switch {
	case bytes.HasPrefix(body, []byte("\xef\xbb\xbf")):
		info.Used = "utf-8"
		return repair(body[3:], info)
	case bytes.HasPrefix(body, []byte("\xff\xfe")):
		info.Used = "utf-16le"
		return transform(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), body, info)
	case bytes.HasPrefix(body, []byte("\xfe\xff")):
		info.Used = "utf-16be"
		return transform(unicode.UTF16(unicode.BigEndian, unicode.UseBOM), body, info)
	case bytes.HasPrefix(body, []byte("\x84\x31\x95\x33")): // the byte order mark in GB18030
		info.Used = "gb18030"
		return transform(simplifiedchinese.GB18030, body[4:], info)
	case isUTF8(body):
		info.Used = "utf-8"
		return repair(body, info)
	}
	for _, label := range []string{header, meta} {
		enc, name := byLabel(label)
		switch good, bad, _ := count(body); {
		case enc != nil:
			info.Used = name
			return transform(enc, body, info)
		case name == "utf-8" && good >= 3*bad: // damaged, but UTF-8; else the declaration is false
			info.Used = name
			return repair(body, info)
		}
	}
	info.Used = "gb18030"
	return transform(simplifiedchinese.GB18030, body, info)
}

// byLabel returns the encoding of a declared label. A Latin label says nothing here (servers send ISO-8859-1 by default
// with GBK pages), and one that names UTF-16 inside a page that could be read byte by byte is false; both give nil and
// "".
func byLabel(label string) (encoding.Encoding, string) {
	switch label {
	case "":
		return nil, ""
	case "gb2312", "gbk", "x-gbk", "cp936", "gb_2312-80", "gb18030", "ms936", "windows-936", "euc-cn", "gb_2312", "csgb2312", "chinese":
		return simplifiedchinese.GB18030, "gb18030"
	case "utf8", "utf-8", "unicode-1-1-utf-8":
		return nil, "utf-8"
	}
	enc, err := htmlindex.Get(label)
	if err != nil {
		return nil, ""
	}
	name, err := htmlindex.Name(enc)
	if err != nil {
		return nil, ""
	}
	switch name {
	case "big5", "hz-gb-2312", "shift_jis", "euc-jp", "euc-kr":
		return enc, name
	}
	return nil, ""
}

// enough characters of three bytes show that a text with a few broken ones is UTF-8: GBK text, read so, has none or few
// among many broken bytes.
const (
	enough   = 16
	mostLost = 10 // one byte that fits no character for so many characters that do
)

// isUTF8 accepts valid UTF-8, UTF-8 whose last character was cut, and UTF-8 with a few broken characters: content
// systems cut titles by bytes.
func isUTF8(body []byte) bool {
	if utf8.Valid(body) {
		return true
	}
	good, bad, cut := count(body)
	if cut && bad == 0 {
		return true
	}
	return good >= enough && bad*mostLost <= good
}

// count reads body as UTF-8: characters of three bytes or more, bytes that fit no character, and whether the body ends
// inside a character.
func count(body []byte) (good, bad int, cut bool) {
	for i := 0; i < len(body); {
		if body[i] < utf8.RuneSelf {
			i++
			continue
		}
		_, n := utf8.DecodeRune(body[i:])
		switch {
		case n > 2:
			good++
		case n > 1:
		case !utf8.FullRune(body[i:]):
			return good, bad, true
		default:
			bad++
		}
		i += n
	}
	return good, bad, false
}

func repair(body []byte, info Info) ([]byte, Info) {
	if !utf8.Valid(body) {
		body = bytes.ToValidUTF8(body, []byte("\uFFFD"))
	}
	info.Replacements = bytes.Count(body, []byte("\uFFFD"))
	return body, info
}

func transform(enc encoding.Encoding, body []byte, info Info) ([]byte, Info) {
	out, err := enc.NewDecoder().Bytes(body)
	if err != nil { // decoders of x/text replace, so this is a decoder that gave up midway
		out = append(out, "\uFFFD"...)
	}
	return repair(bytes.TrimPrefix(out, []byte("\uFEFF")), info)
}

func fromHeader(contentType string) string {
	if contentType == "" {
		return ""
	}
	if _, params, err := mime.ParseMediaType(contentType); err == nil {
		return strings.ToLower(strings.TrimSpace(params["charset"]))
	}
	if _, after, ok := strings.Cut(strings.ToLower(contentType), "charset="); ok {
		return strings.Trim(strings.TrimSpace(strings.SplitN(after, ";", 2)[0]), `"'`)
	}
	return ""
}

func fromBody(body []byte) string {
	head := body[:min(len(body), metaWindow)]
	if m := metaCharset.FindSubmatch(head); m != nil {
		return strings.ToLower(string(m[1]))
	}
	if m := xmlCharset.FindSubmatch(head); m != nil {
		return strings.ToLower(string(m[1]))
	}
	return ""
}
