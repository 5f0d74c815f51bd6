package charset

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
)

const sample = "政府信息公开工作年度报告，主动公开政府信息294条。"

func encode(t *testing.T, name, s string) []byte {
	t.Helper()
	var b []byte
	var err error
	switch name {
	case "gbk":
		b, err = simplifiedchinese.GBK.NewEncoder().Bytes([]byte(s))
	case "gb18030":
		b, err = simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(s))
	case "big5":
		b, err = traditionalchinese.Big5.NewEncoder().Bytes([]byte(s))
	case "utf-16le":
		b, err = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().Bytes([]byte(s))
	case "utf-16be":
		b, err = unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder().Bytes([]byte(s))
	default:
		b = []byte(s)
	}
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestDecode(t *testing.T) {
	traditional := "政府資訊公開工作年度報告"
	long := strings.Repeat(sample, 20)
	banner := "<!--" + strings.Repeat("x", 2000) + "-->"
	for _, c := range []struct {
		name, encoding, text, header string
		declared, used               string
	}{
		{"plain UTF-8", "utf-8", sample, "", "", "utf-8"},
		{"declared gb2312, sent UTF-8", "utf-8", `<meta charset="gb2312">` + sample, "text/html; charset=GB2312", "gb2312", "utf-8"},
		{"byte order mark", "utf-8", "\ufeff" + sample, "text/html; charset=gbk", "gbk", "utf-8"},
		{"header", "gbk", sample, "text/html;charset=GBK", "gbk", "gb18030"},
		{"meta gb2312 with a character of GBK", "gbk", `<meta charset=gb2312>喆` + sample, "", "gb2312", "gb18030"},
		{"meta behind a long comment", "gbk", banner + `<META http-equiv=Content-Type content="text/html; charset=gb2312">` + sample, "", "gb2312", "gb18030"},
		{"nothing declared", "gb18030", sample + "𠮷", "", "", "gb18030"},
		{"Latin by default of the server", "gbk", sample, "text/html; charset=ISO-8859-1", "iso-8859-1", "gb18030"},
		{"falsely declared UTF-8", "gbk", `<meta charset="utf-8">` + sample, "", "utf-8", "gb18030"},
		{"Big5 when declared", "big5", traditional, "text/html; charset=big5", "big5", "big5"},
		{"UTF-16 little endian", "utf-16le", sample, "", "", "utf-16le"},
		{"UTF-16 big endian", "utf-16be", sample, "", "", "utf-16be"},
		{"header that is no media type", "gbk", sample, "charset=gbk; text", "gbk", "gb18030"},
		{"long GBK", "gbk", long, "", "", "gb18030"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, info := Decode(encode(t, c.encoding, c.text), c.header)
			if want := strings.TrimPrefix(c.text, "\ufeff"); string(got) != want {
				t.Errorf("got %q", got)
			}
			if info.Declared != c.declared || info.Used != c.used || info.Replacements != 0 {
				t.Errorf("info %+v", info)
			}
		})
	}
}

// Content systems cut titles by bytes, and crawlers cut bodies: one broken character must not turn a page of UTF-8 into
// mojibake.
func TestDecodeDamagedUTF8(t *testing.T) {
	long := strings.Repeat(sample, 20)
	for name, body := range map[string]string{
		"cut at the end":         long[:len(long)-5] + "\xe5\xba",
		"cut in a title":         "<title>政府信息\xe5\x85</title>" + long,
		"short, and says gb2312": `<meta charset="gb2312">` + sample[:10] + sample[11:],
		"declared, worse":        `<meta charset="utf-8">` + strings.Repeat("公开\xff信息", 30),
	} {
		got, info := Decode([]byte(body), "")
		if info.Used != "utf-8" || !utf8.Valid(got) || info.Replacements == 0 {
			t.Errorf("%s: %+v", name, info)
		}
	}
}

// GBK text of every length stays GBK, though some of its bytes are characters of UTF-8.
func TestGBKIsNoDamagedUTF8(t *testing.T) {
	text := []rune(strings.Repeat("联通与移动营业厅主动公开政府信息二百九十四条，其中机构职能类、规范性文件类；较上年增加。农业农村局、卫生健康委员会、市场监督管理局。", 3))
	for n := 1; n < len(text); n++ {
		for from := 0; from+n <= len(text); from += 7 {
			want := string(text[from : from+n])
			body, err := simplifiedchinese.GBK.NewEncoder().Bytes([]byte(want))
			if err != nil {
				t.Fatal(err)
			}
			if got, info := Decode(body, ""); !utf8.Valid(body) && string(got) != want {
				t.Fatalf("%s was read as %s: %s", want, info.Used, got)
			}
		}
	}
}

func TestDamage(t *testing.T) {
	for _, c := range []struct {
		text string
		bad  bool
	}{{sample, false}, {strings.Repeat("\uFFFD公", 10), true}, {strings.Repeat(sample, 400) + "\uFFFD\uFFFD\uFFFD", false}} {
		text, info := Decode([]byte(c.text), "")
		if got, _ := Damage(text, info); (got > 0) != c.bad {
			t.Errorf("%.20q: %d", c.text, got)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(sample), "text/html; charset=gbk")
	f.Add([]byte("\xff\xfe\x00"), "")
	f.Add([]byte("<meta charset=big5>\xa4\xa4"), "charset=\"")
	f.Fuzz(func(t *testing.T, body []byte, header string) {
		got, info := Decode(body, header)
		if !utf8.Valid(got) || info.Used == "" {
			t.Fatalf("%+v", info)
		}
		Damage(got, info)
	})
}
