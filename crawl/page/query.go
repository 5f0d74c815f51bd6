package page

import (
	"strings"
	"unicode/utf8"

	"github.com/gongkai-data/gongkai/extract/charset"
)

// encodeQuery writes a raw query as a browser would: its characters in the page's charset, percent-encoded; what is
// encoded already stays.
func encodeQuery(raw string, c charset.Info) string {
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
	if enc := c.Encoding(); enc != nil {
		if out, err := enc.NewEncoder().Bytes(b); err == nil {
			b = out
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
