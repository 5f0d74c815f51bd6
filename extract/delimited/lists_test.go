package delimited

import (
	"strings"
	"testing"
)

// Rows that a program printed as lists are cut at their commas and nowhere else.
func TestSplitList(t *testing.T) {
	for text, want := range map[string]string{
		`['规章', None, '12', 3.5]`:   "规章;None;12;3.5",
		`[["信息内容", null, "1,234"],`: "信息内容;null;1,234",
		`["a\"b", 'c\nd', nan]]`:    "a\"b;c\nd;nan",
		`[1]`:                       "",
		`[规章, 12]`:                  "",
		`['规章' '12']`:               "",
		`['规章', '12'`:               "",
		`[]`:                        "",
		`〔2021〕30号`:                 "",
	} {
		got, ok := splitList(text)
		if s := strings.Join(got, ";"); ok != (want != "") || ok && s != want {
			t.Errorf("%s: %q %v, want %q", text, s, ok, want)
		}
	}
}
