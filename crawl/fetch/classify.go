package fetch

import (
	"bytes"
	"net/http"
	"strings"

	"github.com/gongkai-data/gongkai/extract/lazyregexp"
)

// Challenge names the class of a page that asks for a browser or a person: rs (瑞数), jsl (加速乐), wzws, acw, captcha,
// block; "" when it is none. Nothing here gets around a challenge: the host is left alone and a person is told. The
// marks are those of the design note on site families, section 12.
func Challenge(status int, header http.Header, body []byte) string {
	head := body[:min(len(body), 16<<10)]
	cookies := strings.Join(header.Values("Set-Cookie"), ";")
	switch {
	case bytes.Contains(head, []byte("__jsl_clearance")) || strings.Contains(cookies, "__jsl_clearance") && status >= 500:
		return "jsl"
	case status == 412, (status == 202 || status == 400) && bytes.Contains(head, []byte("$_ts")), len(body) < 6000 && bytes.Contains(head, []byte("$_ts=window['$_ts']")):
		return "rs"
	case status == 521 || status == 512:
		return "jsl"
	case bytes.Contains(head, []byte("acw_sc__v2")):
		return "acw"
	case len(body) < 4000 && (bytes.Contains(head, []byte("wzws")) || strings.Contains(cookies, "wzws")):
		return "wzws"
	}
	return ""
}

var (
	blockTitle = lazyregexp.New(`访问异常|请稍候|请稍后|安全验证|人机验证|访问过于频繁|访问被拒绝|访问受限|Access Denied|Just a moment`)
	captcha    = lazyregexp.New(`验证码`)
)

// Blocked classifies a page by its words: title and visible text decoded by the caller. Only short pages can be block
// pages.
func Blocked(title, text string) string {
	if len([]rune(text)) > 400 {
		return ""
	}
	switch {
	case blockTitle.MatchString(title) || blockTitle.MatchString(text):
		return "block"
	case captcha.MatchString(text):
		return "captcha"
	}
	return ""
}

// Magic finds a document's type from its first bytes: pdf, zip (docx, xlsx, ofd), ole (doc, wps, xls), rtf, rar, ceb;
// "" when they are no document's.
func Magic(body []byte) string {
	b := body[:min(len(body), 1024)]
	switch {
	case bytes.Contains(b, []byte("%PDF-")):
		return "pdf"
	case bytes.HasPrefix(b, []byte("PK\x03\x04")):
		return "zip"
	case bytes.HasPrefix(b, []byte("\xD0\xCF\x11\xE0")):
		return "ole"
	case bytes.HasPrefix(b, []byte(`{\rtf`)):
		return "rtf"
	case bytes.HasPrefix(b, []byte("Rar!")):
		return "rar"
	case bytes.HasPrefix(b, []byte("7z\xBC\xAF\x27\x1C")):
		return "7z"
	case bytes.HasPrefix(b, []byte("Founder CEB")):
		return "ceb"
	}
	return ""
}
