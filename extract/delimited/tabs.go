package delimited

import (
	"strings"
	"unicode/utf8"

	"github.com/gongkai-data/gongkai/extract"
)

// tabBlocks reads a run of tabbed lines: rows of a table, or prose that has tabs as indents and after list numbers.
func tabBlocks(run []item) []extract.Block {
	var out []extract.Block
	for len(run) > 0 && run[0].prose() {
		out = append(out, run[0].paragraph())
		run = run[1:]
	}
	end := len(run)
	for end > 0 && run[end-1].prose() && !(end > 1 && run[end-1].blankRow(run[end-2])) {
		end--
	}
	if rows := run[:end]; len(rows) > 0 {
		if isTable(rows) {
			out = append(out, gridBlocks(rows)...)
		} else {
			for _, it := range rows {
				out = append(out, it.paragraph())
			}
		}
	}
	for _, it := range run[end:] {
		out = append(out, it.paragraph())
	}
	return out
}

// prose tells a tabbed line that is an indented text or a list item: one text, or a list number and a text.
func (it *item) prose() bool {
	if it.filled == 1 {
		return len(it.fields) <= 3
	}
	return it.filled == 2 && len(it.fields) <= 4 && listNumber(it.first()) && utf8.RuneCountInString(it.fields[len(it.fields)-1]) > 2
}

// blankRow tells a short label with empty cells behind it, of the width of the row above: 行政许可 under 信息内容 | 本年处理决定数量.
func (it *item) blankRow(above item) bool {
	return it.filled == 1 && it.fields[0] != "" && len(it.fields) > 1 && len(it.fields) == len(above.fields) && above.filled > 1 &&
		utf8.RuneCountInString(it.fields[0]) <= longestAligned
}

func (it *item) first() string {
	for _, f := range it.fields {
		if f != "" {
			return f
		}
	}
	return ""
}

// listNumber tells 一、 (一) 1. ② and the like.
func listNumber(s string) bool {
	return utf8.RuneCountInString(s) <= 4 && strings.Trim(s, "一二三四五六七八九十0123456789()（）.．、①②③④⑤⑥⑦⑧⑨ ") == "" &&
		strings.ContainsAny(s, "()（）.．、①②③④⑤⑥⑦⑧⑨")
}

// isTable asks for one row with several texts, and refuses lines whose only structure is a tab in long prose.
func isTable(rows []item) bool {
	wide, long := 0, 0
	for _, it := range rows {
		wide = max(wide, it.filled)
		for _, f := range it.fields {
			long = max(long, utf8.RuneCountInString(f))
		}
	}
	return wide >= 3 || wide == 2 && long <= 100
}
