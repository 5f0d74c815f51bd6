package page

import (
	"bytes"
	"mime"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// Charset tells how the bytes of a page were turned into text.
type Charset struct {
	Declared     string            // as the server or the page says, lower case; empty when neither does
	Used         string            // the one that was used: utf-8, gb18030, big5, ...
	Replacements int               // U+FFFD in the text that the bytes did not hold
	encoding     encoding.Encoding // nil for UTF-8
}

var metaCharset = regexp.MustCompile(`(?i)<meta[^>]{0,200}?charset\s*=\s*["']?\s*([-\w]+)`)

// metaWindow is how far into a page a charset declaration is looked for: banners push it out of the 1,024 bytes of the HTML standard.
const metaWindow = 4096

// Decode turns the bytes of a text document into a string. The order is: byte order mark, strict UTF-8 of the whole body, charset of the
// Content-Type, meta tag, GB18030. UTF-8 stands before the declarations because pages declare gb2312 and send UTF-8, and a Chinese
// body that is valid UTF-8 by accident is next to impossible.
func Decode(body []byte, contentType string) (string, Charset) {
	declared := declaredCharset(body, contentType)
	switch {
	case bytes.HasPrefix(body, []byte{0xEF, 0xBB, 0xBF}):
		return decodeUTF8(body[3:], declared)
	case bytes.HasPrefix(body, []byte{0xFF, 0xFE}):
		return decodeWith(body, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), "utf-16le", declared)
	case bytes.HasPrefix(body, []byte{0xFE, 0xFF}):
		return decodeWith(body, unicode.UTF16(unicode.BigEndian, unicode.UseBOM), "utf-16be", declared)
	case utf8.Valid(body):
		return string(body), Charset{Declared: declared, Used: "utf-8"}
	}
	enc, name := charset.Lookup(declared)
	switch name {
	case "", "gbk", "replacement", "windows-1252", "x-user-defined":
		// gb2312, gbk and cp936 are subsets of GB18030; a Western charset on these sites is a server's default, not a fact.
		return decodeWith(body, simplifiedchinese.GB18030, "gb18030", declared)
	case "utf-8":
		// Declared UTF-8 with a broken byte: GB18030 if that reads the whole body, else UTF-8 with the damage shown.
		if text, cs := decodeWith(body, simplifiedchinese.GB18030, "gb18030", declared); cs.Replacements == 0 && !mostlyASCIIorUTF8(body) {
			return text, cs
		}
		return decodeUTF8(body, declared)
	}
	return decodeWith(body, enc, name, declared)
}

// mostlyASCIIorUTF8 reports whether at most one byte in a hundred breaks UTF-8.
func mostlyASCIIorUTF8(b []byte) bool {
	bad, n := 0, len(b)
	for len(b) > 0 {
		r, size := utf8.DecodeRune(b)
		if r == utf8.RuneError && size == 1 {
			bad++
		}
		b = b[size:]
	}
	return bad*100 <= n
}

func declaredCharset(body []byte, contentType string) string {
	if _, params, err := mime.ParseMediaType(contentType); err == nil && params["charset"] != "" {
		return strings.ToLower(strings.Trim(params["charset"], `"' `))
	}
	if m := metaCharset.FindSubmatch(body[:min(len(body), metaWindow)]); m != nil {
		return strings.ToLower(string(m[1]))
	}
	return ""
}

func decodeUTF8(body []byte, declared string) (string, Charset) {
	before := bytes.Count(body, []byte("\uFFFD"))
	text := strings.ToValidUTF8(string(body), "\uFFFD")
	return text, Charset{Declared: declared, Used: "utf-8", Replacements: strings.Count(text, "\uFFFD") - before}
}

func decodeWith(body []byte, enc encoding.Encoding, name, declared string) (string, Charset) {
	out, err := enc.NewDecoder().Bytes(body)
	if err != nil {
		return decodeUTF8(body, declared)
	}
	text := string(out)
	return text, Charset{Declared: declared, Used: name, Replacements: strings.Count(text, "\uFFFD"), encoding: enc}
}

// encodeQuery writes a raw query as a browser would: its characters in the page's charset, percent-encoded; what is encoded already stays.
func (c Charset) encodeQuery(raw string) string {
	ascii := true
	for i := range len(raw) {
		if raw[i] >= utf8.RuneSelf {
			ascii = false
			break
		}
	}
	if ascii {
		return strings.ReplaceAll(raw, " ", "%20")
	}
	b := []byte(raw)
	if c.encoding != nil {
		if enc, err := c.encoding.NewEncoder().Bytes(b); err == nil {
			b = enc
		}
	}
	var out strings.Builder
	for _, x := range b {
		if x >= utf8.RuneSelf || x <= ' ' {
			const hex = "0123456789ABCDEF"
			out.WriteByte('%')
			out.WriteByte(hex[x>>4])
			out.WriteByte(hex[x&15])
		} else {
			out.WriteByte(x)
		}
	}
	return out.String()
}
