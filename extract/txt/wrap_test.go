package txt

import (
	"context"
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/extract"
)

// TestUnwrap: rows that an exporter broke at a fixed width are put together again; lines that are only of one length by
// chance are not.
func TestUnwrap(t *testing.T) {
	table := "信息内容 | 本年制发件数 | 本年废止件数 |\n"
	for i, numbers := range []string{"1234 | 5678", "31 | 32", "345 | 678", "9 | 10", "11 | 1213", "14151 | 6", "17 | 18"} {
		table += strings.Repeat("文", 25+2*i) + "件 | " + numbers + " |\n"
	}
	wrap := func(text string, width func(string) int, at int) string {
		var out []string
		for line := range strings.Lines(text) {
			piece := ""
			for _, r := range strings.TrimRight(line, "\n") {
				if width(piece+string(r)) > at {
					out = append(out, piece)
					piece = ""
				}
				piece += string(r)
			}
			out = append(out, piece)
		}
		return strings.Join(out, "\n") + "\n"
	}
	runes := func(s string) int { return len([]rune(s)) }
	cells := func(text string) (out []string) {
		doc, err := Read(context.Background(), []byte(text), Options{})
		if err != nil {
			t.Fatal(err)
		}
		for _, b := range doc.Blocks {
			if b.Kind == extract.Paragraph {
				out = append(out, "P:"+b.Text)
				continue
			}
			for _, c := range b.Grid.Cells {
				out = append(out, c.Text)
			}
		}
		return out
	}
	want := strings.Join(cells(table), ";")
	for name, text := range map[string]string{"characters": wrap(table, runes, 33), "columns": wrap(table, columns, 62)} {
		if text == table {
			t.Fatal("nothing was wrapped")
		}
		if got := strings.Join(cells(text), ";"); got != want {
			t.Errorf("%s:\n%s\ngot  %s\nwant %s", name, text, got, want)
		}
	}
	for name, text := range map[string]string{
		"aligned": "统计指标文文文文文文文文文文文文文文文文文文    统计数\n当面申请数文文文文文文文文文文文文文文文文文        445\n传真申请数文文文文文文文文文文文文文文文文文        118\n网络申请数文文文文文文文文文文文文文文文文文        357\n信函申请数文文文文文文文文文文文文文文文文文        571\n",
		"drawn":   strings.Repeat("| 文文文文文文文文文文文文文文文文文文文文文文文 | 12345 |\n", 6),
	} {
		lines, _ := split([]byte(text))
		if got := unwrap(lines); len(got) != len(lines) {
			t.Errorf("%s: %d lines became %d", name, len(lines), len(got))
		}
	}
	apart := strings.Repeat(strings.Repeat("年", 31)+"\n\n", 5)
	if got := cells(apart); len(got) != 5 {
		t.Errorf("%d paragraphs of equal length became %d", 5, len(got))
	}
}
