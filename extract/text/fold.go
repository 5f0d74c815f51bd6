// Package text knows characters: which of them tell a label apart, and how labels are numbered. It is a leaf.
package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// simplified maps the traditional characters that the forms' labels and headings can be written with to the simplified ones the forms use.
var simplified = runeMap("數数規规範范總总體体況况動动開开請请與与處处廢废現现發发結结轉转續续繼继決决定定額额購购單单萬万訴诉訟讼審审維维糾纠經经議议復复後后機机構构組组織织務务業业會会團团眾众關关條条項项許许罰罚強强減减對对護护權权義义違违懲惩執执類类詢询屬属國国製制質质內内過过檔档補补舉举報报給给確确認认獲获無无當当繳缴費费頁页見见計计統统標标採采聯联絡络簽签點点員员訓训網网號号訪访談谈稱称終终應应為为與与於于歷历臨临應应個个證证書书區区縣县鎮镇鄉乡門门島岛雲云龍龙華华廣广東东貴贵陽阳蘇苏連连濟济灣湾從从實实際际嚴严顯显難难題题話话電电郵邮間间題题責责任任監监督督學学習习讀读釋释聽听說说衛卫傳传輸输贊赞獎奖勵励級级備备註注簡简體体術术產产業业獨独佈布")

func runeMap(pairs string) map[rune]rune {
	r := []rune(pairs)
	m := make(map[rune]rune, len(r)/2)
	for i := 0; i+1 < len(r); i += 2 {
		m[r[i]] = r[i+1]
	}
	return m
}

// Fold folds a label to what tells it apart: Han characters, letters and digits, in half-width and simplified script.
// Spaces, line ends, brackets and punctuation go, and so do pinyin glosses in brackets (發(fā)) that some copies put behind characters.
func Fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if r == '(' || r == '（' {
			if n := Gloss(s[i:]); n > 0 {
				i += n
				continue
			}
		}
		if r == '[' && strings.HasPrefix(s[i:], "[^") { // a note's mark
			if end := strings.IndexByte(s[i:min(len(s), i+24)], ']'); end > 0 {
				i += end + 1
				continue
			}
		}
		i += size
		if r >= 0xff01 && r <= 0xff5e {
			r -= 0xfee0
		}
		if r >= supplementFirst && r < radicalsEnd || r >= 0xf900 && r < 0xfb00 {
			r = Unify(r)
		}
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			continue
		}
		if t, ok := simplified[r]; ok {
			r = t
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return strings.ReplaceAll(b.String(), "规范性档案", "规范性文件") // Taiwan's word for 文件
}

// Gloss returns the length in bytes of the pinyin gloss that s opens with, brackets included, or 0.
func Gloss(s string) int {
	letters := 0
	for i, r := range s {
		switch {
		case i == 0 || r == ' ':
		case r == ')' || r == '）':
			if letters == 0 {
				return 0
			}
			return i + utf8.RuneLen(r)
		case r < 0x250 && unicode.IsLetter(r) && letters < 7:
			letters++
		default:
			return 0
		}
	}
	return 0
}

// Ordinal is the numbering before a label: 三、 is {1, 3}, （三） {2, 3}, 3. {3, 3}. The zero Ordinal is no numbering.
type Ordinal struct{ Level, N int }

var chineseOrdinals = map[rune]int{'一': 1, '二': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9, '十': 10}

// SplitOrdinal cuts the numbering from the front of a label as published. A numeral counts as numbering only with a mark after it:
// 三安全 is no numbering, and neither is 1属于, which may be a value and a label run together.
func SplitOrdinal(s string) (Ordinal, string) {
	rest := strings.TrimLeft(s, " \t\r\n\u00a0\u3000（(")
	bracket := strings.ContainsAny(s[:len(s)-len(rest)], "（(")
	rest = strings.TrimLeft(rest, " \u00a0\u3000")
	o, end, closed := Ordinal{}, 0, false
scan:
	for i, r := range rest {
		if r >= '０' && r <= '９' {
			r -= 0xfee0
		}
		if r >= supplementFirst && r < radicalsEnd || r >= 0xf900 && r < 0xfb00 {
			r = Unify(r)
		}
		switch n := chineseOrdinals[r]; {
		case r >= '0' && r <= '9' && o.Level != 1 && o.N < 10:
			o = Ordinal{3, o.N*10 + int(r-'0')}
		case n > 0 && o.Level == 0:
			o = Ordinal{1, n}
		case n > 0 && o == Ordinal{1, 10} && n < 10:
			o.N += n
		case strings.ContainsRune("）)、.．，,。:：", r) && o.Level > 0:
			end, closed = i+utf8.RuneLen(r), true
			break scan
		case r == ' ' || r == 0xa0 || r == 0x3000:
		default:
			break scan
		}
	}
	if !closed {
		return Ordinal{}, s
	}
	if bracket && o.Level == 1 {
		o.Level = 2
	}
	return o, rest[end:]
}
