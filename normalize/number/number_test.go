package number

import (
	"math"
	"strconv"
	"strings"
	"testing"
	"unicode"
)

func TestParse(t *testing.T) {
	reported := func(v float64, unit string) Value { return Value{State: Reported, Value: v, Unit: unit} }
	cases := map[string]Value{
		"0": reported(0, ""), " 12 ": reported(12, ""), "\u00a0 7\u3000\n": reported(7, ""), "１２３": reported(123, ""),
		"4\u200b8": reported(48, ""), "\ufeff4\u00ad8\u2060": reported(48, ""), "\u200948\u202f": reported(48, ""), "1\u2009234": reported(1234, ""), "12\u202f345\u202f678.5": reported(12345678.5, ""),
		"1,234": reported(1234, ""), "1，234，567": reported(1234567, ""), "12'345": reported(12345, ""), "3985758": reported(3985758, ""),
		"7730.28": reported(7730.28, ""), "153103.83": reported(153103.83, ""), "0.00": reported(0, ""), "１．５": reported(1.5, ""),
		"-2": reported(-2, ""), "－2": reported(-2, ""), "—8": reported(-8, ""), "+2": reported(2, ""), "＋2": reported(2, ""), "- 3": reported(-3, ""),
		"减8": reported(-8, ""), "减少 8": reported(-8, ""), "增3": reported(3, ""), "负2": reported(-2, ""), "-0": reported(0, ""),
		"0件": reported(0, Count), "5 件": reported(5, Count), "251000元": reported(251000, CNY), "7.5万元": reported(7.5, CNY10k), "1.2万": reported(12000, Count),
		"615.54万条": reported(6155400, Count), "2.5亿元": reported(25000, CNY10k), "3人次": reported(3, Count), "12（件）": reported(12, Count), "4，000元": reported(4000, CNY),
		"二十三": reported(23, ""), "零": reported(0, ""), "十一条": reported(11, Count), "三万": reported(30000, ""),
		"": {State: Blank}, " \u00a0\n\t": {State: Blank}, "\u200b": {State: Blank},
		"-": {State: NotApplicable}, "—": {State: NotApplicable}, "——": {State: NotApplicable}, "／": {State: NotApplicable}, "/": {State: NotApplicable}, "无": {State: NotApplicable}, "N/A": {State: NotApplicable},
		"12①": reported(12, ""), "12*": reported(12, ""), "12＊＊": reported(12, ""), "12[1]": reported(12, ""), "12[注1]": reported(12, ""), "12（注1）": reported(12, ""), "12※件": reported(12, Count),
		"$12$": reported(12, ""), "$ 1 2 $": reported(12, ""), `\(\mathrm{12}\)`: reported(12, ""), `$\mathbf{1 2 . 5}$`: reported(12.5, ""), "$$0$$": reported(0, ""), "$-$": {State: NotApplicable}, "$ $": {State: Blank},
		"22\n（其中修订16件）": reported(22, ""), "5件(含2件)": reported(5, Count), "5（含上年2件）": reported(5, ""), "ーー": {State: NotApplicable}, "──": {State: NotApplicable}, "―": {State: NotApplicable}, "48人民币": reported(48, ""), "48元（人民币）": reported(48, CNY),
	}
	for in, want := range cases {
		if got := Parse(in); got != want {
			t.Errorf("Parse(%q) = %+v, want %+v", in, got, want)
		}
	}
	for _, in := range []string{"1 2", "1\n2", "1,5", "12,34", "1,2345", "0,123", "1.2.3", "5.", "5%", "约5", "5余", "abc", "规章0", "00", "000", "012", "1e5", "--5", "+-5", "百五", "99999999999999999999", "1,", "0 0 0", "O", "3/4", "件", "1万2",
		"22（万元，其中16）", "1（含2件）", "5（含2件、3件）", "22（16）", "22（其中修订16件", "22其中16", "?10", "\ufffd10", "4\x188", "\x137", "48\x7f", "4\u00858", "\u008548", "\v48", "4\v8", "\u202e48", "48\u200f", "4\U000e00418", "\ue60348", "48)", "(48", "(48)", "48()", "48（件", "48件）", "48）（", "一", "一一", "—一", "一—",
		"12(1)", "12[123]", "12[1]3", "①12", "1①2", "*12", "12^1", "$12^{1}$", "$12", "12$", "$1$2$", "$1,5$", `\frac{1}{2}`, `$\frac{1}{2}$`, "12注", "12注1", "12(2)", "$ $1 2",
		"一 一", "五六", "4\u03018", "1\ufe0f", "①", "4²", "½", "4½", "٤٨", "४८", "4O", "l8", "I8", "4o", "1\u20dd", "1\u2009234\u20095", "12\u200934", "4\u1680", "48\u2028 9", "4\ufffc8"} {
		if got := Parse(in); got.State != Unreadable || got.Code == "" || got.Value != 0 {
			t.Errorf("Parse(%q) = %+v, want unreadable with its reason", in, got)
		}
	}
	if got := Parse("? 10"); got.State != Unreadable {
		t.Errorf("damaged padding: %+v, want unreadable", got)
	}
}

func TestChinese(t *testing.T) {
	for in, want := range map[string]float64{"零": 0, "十": 10, "十一": 11, "二十": 20, "二十三": 23, "一百": 100, "一百零五": 105, "一百一十": 110, "两千": 2000, "二千零二十": 2020,
		"三万二千": 32000, "三万零五": 30005, "一亿": 1e8, "二〇二〇": 2020, "九": 9, "一千二百三十四": 1234} {
		if got, ok := Chinese(in); !ok || got != want {
			t.Errorf("Chinese(%q) = %v %v, want %v", in, got, ok, want)
		}
	}
	for _, in := range []string{"", "百", "一百五", "十十", "一二十", "三万五", "五千二十", "年", "一年", "万", "百一"} {
		if got, ok := Chinese(in); ok {
			t.Errorf("Chinese(%q) = %v, want it refused", in, got)
		}
	}
}

// Every integer and every two-place decimal reads back as itself, with and without grouping, at either width.
func TestParseReadsBackWhatWasWritten(t *testing.T) {
	wide := strings.NewReplacer("0", "０", "1", "１", "2", "２", "3", "３", "4", "４", "5", "５", "6", "６", "7", "７", "8", "８", "9", "９")
	for n := 0; n < 3_000_000; n += 1 + n/7 {
		s := strconv.Itoa(n)
		grouped := s
		for i := len(s) - 3; i > 0; i -= 3 {
			grouped = grouped[:i] + "," + grouped[i:]
		}
		for _, form := range []string{s, grouped, wide.Replace(s), s + "件", "\u00a0" + s + "\n", s + ".00"} {
			if got := Parse(form); got.State != Reported || got.Value != float64(n) {
				t.Fatalf("Parse(%q) = %+v, want %d", form, got, n)
			}
		}
	}
}

// A character put into, before or behind a number leaves the number that a person sees or makes the cell unreadable;
// what the grammar itself knows is listed.
func TestParseKnowsEveryCharacter(t *testing.T) {
	const harmless = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
	const spaces = "\t\n\f\r \u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
	const minus, plus = "-－—–−‐‑﹣减负", "+＋﹢增"
	wide := func(r rune) rune {
		if r >= 0xff01 && r <= 0xff5e {
			return r - 0xfee0
		}
		return r
	}
	for n, last := range map[string]rune{"48": unicode.MaxRune, "7": 0x3200, "1,234": 0x3200, "12.5": 0x3200} {
		clean := Parse(n).Value
		for at := 0; at <= len(n); at++ {
			for r := rune(0); r <= last; r++ {
				if r >= 0xd800 && r < 0xe000 || r > 0xffff && r>>12 != 0xe0 && r%13 != 0 && at != 1 {
					continue // surrogates; at the ends a sample of the further planes, but for tags and selectors
				}
				in := n[:at] + string(r) + n[at:]
				got := Parse(in)
				edge := at == 0 || at == len(n)
				want := math.NaN()
				switch w := wide(r); {
				case strings.ContainsRune(harmless, r), edge && strings.ContainsRune(spaces, r), at == 0 && strings.ContainsRune(plus, r):
					want = clean
				case at == 0 && strings.ContainsRune(minus, r):
					want = -clean
				case w >= '0' && w <= '9' || strings.ContainsRune(".,'", w):
					continue // another number, or none; TestParse and TestParseReadsBackWhatWasWritten say which
				case at == len(n) && (strings.ContainsRune(counters, r) || r == '元'):
					want = clean
				case at == len(n) && (r >= '①' && r <= '⑳' || strings.ContainsRune("*＊†‡※", r)):
					want = clean
				case at == len(n) && r == '万':
					want = clean * 1e4
				case at == len(n) && r == '亿':
					want = clean * 1e8
				}
				if math.IsNaN(want) && got.State != Unreadable || !math.IsNaN(want) && (got.State != Reported || got.Value != want) {
					t.Fatalf("Parse(%+q) = %+v, want %v", in, got, want)
				}
			}
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"", "0", "1,234.5万元", "二十三条", "-—／", "？ 0", "减8"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		v := Parse(s)
		if v.State != Reported && v.Value != 0 || math.IsNaN(v.Value) || math.IsInf(v.Value, 0) {
			t.Fatalf("Parse(%q) = %+v", s, v)
		}
		if v.State == Unreadable && v.Code == "" {
			t.Fatalf("Parse(%q) is unreadable without a reason", s)
		}
		if again := Parse(" " + s + "\u3000"); again != v {
			t.Fatalf("padding changes Parse(%q): %+v, %+v", s, v, again)
		}
	})
}

func BenchmarkParse(b *testing.B) {
	cells := []string{"0", "12", "7730.28", "1,234", "", "-", "０", "251000元"}
	for i := 0; b.Loop(); i++ {
		Parse(cells[i%len(cells)])
	}
}
