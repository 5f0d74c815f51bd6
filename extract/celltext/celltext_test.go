package celltext

import (
	"strings"
	"testing"
	"unicode"
)

func TestJoin(t *testing.T) {
	for _, c := range []struct{ lines, want string }{
		{"本年新|制作数量", "本年新制作数量"},
		{"商业|企业", "商业企业"},
		{"三|、|本|年", "三、本年"},
		{"7|8", "7\n8"},
		{"12|.5", "12\n.5"},
		{"12.|5", "12.\n5"},
		{"-|5", "-\n5"},
		{"1|.属于国家秘密", "1.属于国家秘密"},
		{"第二十条第（|1|）项", "第二十条第（1）项"},
		{"本年(|2023|)制发件数", "本年(2023)制发件数"},
		{"规章|5", "规章\n5"},
		{"5|件", "5件"},
		{"477.35|万元", "477.35万元"},
		{"5|注：含上年结转", "5\n注：含上年结转"},
		{"total|number", "total number"},
		{" | |12| ", "12"},
		{"", ""},
		{"2.其他法律行政|法规禁止公开", "2.其他法律行政法规禁止公开"},
		{"第20条|2项", "第20条2项"},
	} {
		if got := Join(strings.Split(c.lines, "|")); got != c.want {
			t.Errorf("%q: %q, want %q", c.lines, got, c.want)
		}
	}
}

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"  a b ": "a b", "\u00a0\u300012\u3000": "12", "1\u200b2": "12", "重\u00a0\u00a0新": "重 新", "\ufeff一": "一", "a\tb\nc": "a b c", "a\x00b": "ab",
		"（一）": "（一）", "": "", "\u3000": "", "a\u0085b": "ab",
	} {
		if got := Clean(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

// Joining never makes a number that no line held: the runs of digits of the result are those of the lines.
func FuzzJoin(f *testing.F) {
	f.Add("本年新\n12\n3")
	f.Add("（1\n2）")
	f.Fuzz(func(t *testing.T, s string) {
		digits := func(s string) []string {
			return strings.FieldsFunc(s, func(r rune) bool { return !digit(r) })
		}
		var want []string
		for _, l := range strings.Split(s, "\n") {
			want = append(want, digits(Clean(l))...)
		}
		got := Join(strings.Split(s, "\n"))
		if strings.Join(digits(got), " ") != strings.Join(want, " ") {
			t.Fatalf("%q became %q", s, got)
		}
		if c := Clean(got); strings.ContainsFunc(c, func(r rune) bool { return unicode.IsSpace(r) && r != ' ' }) || Clean(c) != c {
			t.Fatalf("%q is not clean", c)
		}
	})
}
