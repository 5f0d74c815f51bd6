package html

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/normalize/number"
)

// What the number grammar says of a text it says of the same text in a page: no character that a person does not see as
// nothing disappears between the bytes of a page and the grammar.
func TestNoCharacterDisappearsBesideDigits(t *testing.T) {
	var inserted []string
	for r := rune(0); r < 0x3200; r++ {
		inserted = append(inserted, string(r))
	}
	for _, r := range []rune{0xe000, 0xf8ff, 0xfe00, 0xfe0f, 0xfeff, 0xfff9, 0xfffb, 0xfffc, 0xfffd, 0xfffe, 0xffff, 0xe0001, 0xe0038, 0xe007f, 0xe0100, 0xf0000, 0x10ffff} {
		inserted = append(inserted, string(r))
	}
	for _, form := range []string{"4%s8", "%s48", "48%s", "%s"} {
		var page strings.Builder
		var cells []string
		page.WriteString("<table>")
		for _, s := range inserted {
			if strings.ContainsAny(s, "<&") {
				continue
			}
			cells = append(cells, fmt.Sprintf(form, s))
			if len(cells)%40 == 1 {
				page.WriteString("<tr><td>规章")
			}
			fmt.Fprintf(&page, "<td>%s", cells[len(cells)-1])
		}
		doc, err := Read(context.Background(), []byte(page.String()), Options{ContentType: "text/html; charset=utf-8"})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, b := range doc.Blocks {
			if b.Grid != nil {
				for _, c := range b.Grid.Cells {
					if c.Col > 0 {
						got = append(got, c.Text)
					}
				}
			}
		}
		if len(got) != len(cells) {
			t.Fatalf("%s: %d cells of %d were read", form, len(got), len(cells))
		}
		for i, in := range cells {
			if strings.Contains(in, "\x00") {
				in = strings.ReplaceAll(in, "\x00", "\ufffd")
			}
			if want, is := number.Parse(in), number.Parse(got[i]); want.State != is.State || want.Value != is.Value {
				t.Errorf("%+q became %+q: %+v, want %+v", in, got[i], is, want)
			}
		}
	}
}
