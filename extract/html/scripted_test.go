package html

import (
	"context"
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/extract"
)

// A cell that a script fills, or whose number one replaces, holds what the page does not say; a blank one stays blank.
func TestScriptedCells(t *testing.T) {
	for cell, want := range map[string]string{
		`<td><span data-n="12"></span></td>`:           "object",
		`<td data-value="12"></td>`:                    "object",
		`<td><span v-text="n"></span></td>`:            "object",
		`<td><count-up end="12"></count-up></td>`:      "object",
		`<td id="n3"></td>`:                            "object",
		`<td><b id="n4">0</b></td>`:                    "object",
		`<td><span data-count="12">0</span></td>`:      "object",
		`<td><span data-count="12">12</span></td>`:     "12",
		`<td data-colwidth="129"></td>`:                "",
		`<td data-cell-id="4"><span></span></td>`:      "",
		`<td id="other"><p><o:p></o:p>&nbsp;</p></td>`: "",
		`<td data-row="3" data-mce-n="x">7</td>`:       "7",
		`<td><span data-v-1a2b3c=""></span></td>`:      "",
		`<td><span lang="EN-US">15</span></td>`:        "15",
	} {
		page := `<script>document.getElementById("n3").innerText = 12; $('#n4').text(12)</script><table><tr><td>规章<td>件<td>数</tr><tr><td>行政许可` + cell + `<td>9</td></tr></table>`
		doc, err := Read(context.Background(), []byte(page), Options{})
		if err != nil {
			t.Fatal(err)
		}
		got := "no grid"
		for _, b := range doc.Blocks {
			if b.Kind == extract.Table {
				for _, c := range b.Grid.Cells {
					if c.Row == 1 && c.Col == 1 {
						got = c.Text
					}
				}
			}
		}
		if strings.ContainsRune(got, '\ufffc') {
			got = "object"
		}
		if got != want {
			t.Errorf("%s is %q, want %q", cell, got, want)
		}
	}
}
