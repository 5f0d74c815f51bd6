package manual

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// The two languages have the same chapters with the same commands, and lines fit a terminal.
func TestManual(t *testing.T) {
	en, err := Chapters("en")
	if err != nil {
		t.Fatal(err)
	}
	zh, err := Chapters("zh")
	if err != nil || len(en) != 8 || len(zh) != len(en) {
		t.Fatalf("%d and %d chapters, %v", len(en), len(zh), err)
	}
	for i, c := range en {
		if zh[i].Name != c.Name || zh[i].Title == c.Title || !slices.Equal(zh[i].Commands(), c.Commands()) || len(c.Commands()) == 0 {
			t.Errorf("%s and %s differ", c.Name, zh[i].Name)
		}
		for _, l := range [][]string{strings.Split(c.Text, "\n"), strings.Split(zh[i].Text, "\n")} {
			for _, line := range l {
				width := 0
				for _, r := range line {
					if width++; r > 0x2E00 {
						width++
					}
				}
				if width > 100 || !utf8.ValidString(line) {
					t.Errorf("%s: %d columns: %s", c.Name, width, line)
				}
			}
		}
		html, err := c.HTML()
		if err != nil || strings.Count(string(html), "<h1") != 1 || strings.Contains(string(html), "```") || strings.Contains(string(html), "|---|") {
			t.Errorf("%s: %v: %s", c.Name, err, html)
		}
	}
	if _, err := Chapters("fr"); err == nil {
		t.Error("there is a manual in French")
	}
	if _, ok := Find(en, "quality"); !ok {
		t.Error("no chapter quality")
	}
}
