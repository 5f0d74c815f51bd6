package fit

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/gongkai-data/gongkai/extract"
)

// Where a text has the digits of its numbers apart, a digit alone is no number: not in a row of one cell a line, and not
// where blank cells left no trace, so that a row has by chance as many digits as columns.
func TestSpreadDigits(t *testing.T) {
	header := strings.Split(requestsHeader, "|")
	for name, c := range map[string]struct {
		rows []string
		want map[string]string
	}{
		"one cell a line": {
			[]string{"一、本年新收政府信息公开申请数量", "63", "117", "0", "4", "2", "65", "251", "（一）予以公开", "", "2 1", "", "0", "0", "4", "2 5"},
			map[string]string{"requests.received/total": "251", "requests.granted/natural_person": "unreadable", "requests.granted/total": "unreadable"}},
		"one row a line": {
			[]string{"一、本年新收政府信息公开申请数量 1 0 9 2 5 17 16 19 12 100", "二、上年结转政府信息公开申请数量 3 1 1 7 6 9 2 30", "（一）予以公开 3 0 12 4 9 16 2"},
			map[string]string{"requests.granted/natural_person": "unreadable", "requests.granted/research": "unreadable"}},
		"commas between cells": {
			[]string{"一、本年新收政府信息公开申请数量 9 3 1 7,923,628,686,9 5 9 4,743,487"},
			map[string]string{"requests.received/natural_person": "unreadable", "requests.received/research": "unreadable"}},
	} {
		got := said(lines(append(append([]string{}, header...), c.rows...)...)...)
		for k, want := range c.want {
			if got[k] != want {
				t.Errorf("%s: %s is %q, want %q", name, k, got[k], want)
			}
		}
	}
}

var gap = regexp.MustCompile(` {2,}`)

// In aligned text whose cells stand farther apart digits one space apart are no two cells.
func TestStraightenSpreadDigits(t *testing.T) {
	text := brokenHeader + `一、本年新收政府信息    31  1 0  17  1 6    19    12   1 0 5
公开申请数量
二、上年结转政府信息    2 1       4         3          0    2 8
公开申请数量
四、结转下年度继续办    3      1 0    2 2     14    0    49
理`
	for _, space := range []string{" ", "\u00a0"} {
		got := said(Standard().Straighten(alignedText(text, space), noHeading)...)
		for k, want := range map[string]string{"requests.received/natural_person": "31", "requests.received/total": "1 0 5", // the sum of its row says so
			"requests.carried_in/natural_person": "unreadable", "requests.carried_in/total": "unreadable", "requests.carried_out/research": "unreadable"} {
			if got[k] != want {
				t.Errorf("digits apart by %q: %s is %q, want %q", space, k, got[k], want)
			}
		}
	}
}

// alignedText is a text as blocks of a line each, with a piece for each text between two spaces or more; space stands
// for the single ones.
func alignedText(text, space string) (blocks []extract.Block) {
	for n, line := range strings.Split(text, "\n") {
		b := extract.Block{Kind: extract.Paragraph, Text: strings.TrimSpace(line), Place: extract.Place{LineStart: n + 1, LineEnd: n + 1}}
		at := 0
		for _, part := range append(gap.FindAllStringIndex(line, -1), []int{len(line), len(line)}) {
			if text := line[at:part[0]]; text != "" {
				from := float64(utf8.RuneCountInString(line[:at]))
				b.Pieces = append(b.Pieces, extract.Piece{Text: strings.ReplaceAll(text, " ", space), Place: b.Place, Line: n + 1, From: from, To: from + float64(utf8.RuneCountInString(text))})
			}
			at = part[1]
		}
		blocks = append(blocks, b)
	}
	return blocks
}
