package codebook

import (
	"regexp"
	"testing"
	"unicode"
)

func TestSay(t *testing.T) {
	for _, c := range []struct {
		code   string
		args   []string
		en, zh string
	}{
		{"dash_before", nil, "a count, and a dash stands before the cell's number", "应为数量，此格的数字前有一横"},
		{"text_after", []string{"件x"}, `text after the number: "件x"`, "数字之后有文字：“件x”"},
		{"not_confirmed", []string{"review.total", "merged_value"}, "review.total: one cell spans this number and that of another cell of the form, so whose it is cannot be told, " +
			"and no sum of the form confirms the number", "review.total：一格横跨表样的几格，无法确定属于哪一格，且没有勾稽关系可以印证"},
		{"missing_tables", []string{"2021", "3", "requests", "fees"}, "form 2021, section 3: no table was read of those that the form has there: requests, fees",
			"2021 年表样第 3 节应有的表未读出：requests, fees"},
		{"docx_chunks", []string{"1"}, "1 document that stands inside this one in a format of its own was not read", "文档中嵌入的 1 份其他格式文档未读"},
		{"docx_chunks", []string{"2"}, "2 documents that stand inside this one in a format of their own were not read", "文档中嵌入的 2 份其他格式文档未读"},
	} {
		for language, want := range map[string]string{"en": c.en, "zh": c.zh} {
			if got, ok := Say(language, c.code, c.args...); !ok || got != want {
				t.Errorf("%s: %s, want %s", c.code, got, want)
			}
		}
	}
	if _, ok := Say("en", "no_such_code"); ok {
		t.Error("a code that the table lacks was worded")
	}
}

// Every sentence is there in both languages and has its arguments in the same order.
func TestSentences(t *testing.T) {
	verb := regexp.MustCompile(`%.`)
	for code, s := range sentences {
		han := false
		for _, r := range s.ZH {
			han = han || unicode.Is(unicode.Han, r)
		}
		if !han || s.EN == "" || len(verb.FindAllString(s.EN, -1)) != len(verb.FindAllString(s.ZH, -1)) {
			t.Errorf("%s: %q, %q", code, s.EN, s.ZH)
		}
	}
}
