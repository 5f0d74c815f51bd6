package report

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/gongkai-data/gongkai/normalize/number"
)

// wordedNumber is a cell that holds a number with words around it, which the grammar of cells does not read: 减少45, 增加约3项.
var wordedNumber = regexp.MustCompile(`^\p{Han}{1,3}[+\-－＋]?\d[\d,.]*\p{Han}{0,2}$`)

// joinTokens joins header labels that the source broke over lines (本年新, 制作数量; 商业, 企业) where the pieces together are a header label
// and not all of them are one already.
func joinTokens(head []token) []token {
	roles := []role{servColumn, reqColumn, reqSpan, reqCorner, litGroup, litSuit, litResult}
	header := func(hits []hit) []hit {
		return slices.DeleteFunc(slices.Clone(hits), func(h hit) bool { return !slices.Contains(roles, h.role) })
	}
	var out []token
	for i := 0; i < len(head); i++ {
		t := head[i]
		for n := min(4, len(head)-i); n > 1; n-- {
			text, whole := "", 0
			for _, p := range head[i : i+n] {
				text += p.text
				if len(header(p.hits)) > 0 {
					whole++
				}
			}
			if hits := header(lex.exact[normalise(text)]); len(hits) > 0 && whole < n {
				t.text, t.hits = text, hits
				i += n - 1
				break
			}
		}
		out = append(out, t)
	}
	return out
}

// litigationHeader is the header of section four, all its cells run together.
const litigationHeader = "行政复议行政诉讼未经复议直接起诉复议后起诉结果维持结果纠正其他结果尚未审结总计结果维持结果纠正其他结果尚未审结总计结果维持结果纠正其他结果尚未审结总计"

// pieceOfHeader tells whether text may be a line of header labels broken over lines: 结果 结果 其他 尚未 总, or 科研.
func pieceOfHeader(f family, text string) bool {
	s := normalise(text)
	switch {
	case s == "":
		return false
	case f == litigation:
		return strings.IndexFunc(s, func(r rune) bool { return !strings.ContainsRune(litigationHeader, r) }) < 0
	case f == requests && utf8.RuneCountInString(s) <= 4:
		return slices.ContainsFunc(lex.byRole[reqColumn], func(e entry) bool {
			label := string(e.text)
			return label != s && strings.Contains(label, s)
		})
	}
	return false
}

// wholeInPieces tells whether the pieces of a header of section four, in whatever order lines cut them, are those of the whole form.
func wholeInPieces(head []token) bool {
	text := ""
	for _, t := range head {
		text += normalise(t.text)
	}
	got, want := []rune(text), []rune(litigationHeader)
	slices.Sort(got)
	slices.Sort(want)
	return slices.Equal(got, want)
}

// formOrder gives the columns of section four in the order of the form.
func formOrder(c *cell) []column {
	var columns []column
	for _, group := range []string{"review", "suit_direct", "suit_after_review"} {
		for _, result := range []string{"upheld", "corrected", "other", "pending", "total"} {
			key := group + "." + result
			columns = append(columns, column{key: key, cell: c, path: litPath(key, c)})
		}
	}
	return columns
}

// groupsSumUp tells whether each group of a row of section four adds up to its total, which confirms an order that the header could not show.
func groupsSumUp(cells []*cell) bool {
	if len(cells)%5 != 0 {
		return false
	}
	sum := 0.0
	for i, c := range cells {
		if c.value.State != number.Reported {
			return false
		}
		if i%5 < 4 {
			sum += c.value.Value
			continue
		}
		if sum != c.value.Value {
			return false
		}
		sum = 0
	}
	return true
}

// withoutNote reads a label that a filling note in brackets follows: 规章(设区的市人民政府应提供相关数据).
func withoutNote(text string, at int) (token, bool) {
	i := strings.IndexAny(text, "(（")
	if i < 6 || utf8.RuneCountInString(text[:i]) > 24 {
		return token{}, false
	}
	label := strings.TrimSpace(text[:i])
	if hits := lex.exact[normalise(label)]; len(hits) > 0 {
		return token{tokenLabel, label, hits, at}, true
	}
	if utf8.RuneCountInString(text) > longestText {
		return token{tokenText, label, nil, at}, true // a row of the publisher's own, with its note
	}
	return token{}, false
}
