package main

import (
	"context"
	"os"
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/extract/read"
)

// A number of a DOCX is shown in the document as it was read, the cell marked once.
func TestShowDocument(t *testing.T) {
	const name = "../../datasets/sample/site/fa/info/1103/files/2021.docx"
	body, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	report, err := read.Report(context.Background(), name, body, read.Options{})
	if err != nil || len(report.Facts) == 0 {
		t.Fatalf("%v: %d facts", err, len(report.Facts))
	}
	for _, f := range report.Facts {
		if f.TableNo == 0 { // a sentence, not a cell
			continue
		}
		v, err := showDocument(context.Background(), name, body, &schema.Fact{Locator: f.Locator})
		if err != nil {
			t.Fatal(err)
		}
		_, after, _ := strings.Cut(string(v.Body), `id="gongkai-cell" `)
		_, after, _ = strings.Cut(after, ">")
		if text, _, _ := strings.Cut(after, "</td>"); strings.Count(string(v.Body), `id="gongkai-cell"`) != 1 || strings.TrimSpace(text) != strings.TrimSpace(f.Raw) {
			t.Fatalf("%s: marked is %q, published %q", f.Indicator, text, f.Raw)
		}
	}
	if _, err := showDocument(context.Background(), name, body, &schema.Fact{Locator: "word/document.xml/body/tbl[99]"}); err == nil {
		t.Error("a cell that is not there is shown")
	}
}
