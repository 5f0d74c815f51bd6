package main

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/datasets/web"
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
		v, err := showDocument(context.Background(), original{name: name, body: body}, &schema.Fact{Locator: f.Locator})
		if err != nil {
			t.Fatal(err)
		}
		_, after, _ := strings.Cut(string(v.Body), `<mark id="gongkai-cell">`)
		if text, _, _ := strings.Cut(after, "</mark>"); strings.Count(string(v.Body), `id="gongkai-cell"`) != 1 || strings.TrimSpace(text) != strings.TrimSpace(f.Raw) {
			t.Fatalf("%s: marked is %q, published %q", f.Indicator, text, f.Raw)
		}
	}
	if _, err := showDocument(context.Background(), original{name: name, body: body}, &schema.Fact{Locator: "word/document.xml/body/tbl[99]"}); err == nil {
		t.Error("a cell that is not there is shown")
	}
}

// Numbers of every page of the sample are shown in their page, marked once; one site sets its articles in a form.
func TestShowPages(t *testing.T) {
	shown := 0
	err := filepath.WalkDir("../../datasets/sample/site", func(name string, e fs.DirEntry, err error) error {
		if err != nil || !strings.HasPrefix(filepath.Ext(name), ".htm") {
			return err
		}
		body, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		report, err := read.Report(context.Background(), name, body, read.Options{})
		if err != nil {
			return err
		}
		for i := 0; i < len(report.Facts); i += 9 {
			f := report.Facts[i]
			v, err := showHTML(context.Background(), original{body: body}, &schema.Fact{Locator: f.Locator})
			if err != nil {
				t.Fatalf("%s: %s: %v", name, f.Indicator, err)
			}
			doc, err := goquery.NewDocumentFromReader(bytes.NewReader(v.Body))
			if err != nil {
				return err
			}
			cell := doc.Find("#gongkai-cell")
			if text := strings.Join(strings.Fields(cell.Text()), " "); cell.Length() != 1 || !strings.Contains(text, f.Raw) || cell.Is("td,th") && text != f.Raw {
				t.Fatalf("%s: %s: %d marked, %q, published %q", name, f.Indicator, cell.Length(), text, f.Raw)
			}
			shown++
		}
		return nil
	})
	if err != nil || shown == 0 {
		t.Errorf("%d numbers shown: %v", shown, err)
	}
	v, err := showHTML(context.Background(), original{body: []byte(`<form><table><tr><td><input value="17"></td></tr></table><script>1</script></form>`)}, &schema.Fact{Locator: "td"})
	if err != nil || !strings.Contains(string(v.Body), ">17</td>") || strings.Contains(string(v.Body), "script") {
		t.Errorf("%s %v", v.Body, err)
	}
	if _, err := showHTML(context.Background(), original{body: []byte("<p>1</p>")}, &schema.Fact{Locator: "td"}); !errors.Is(err, web.ErrNoEvidence) {
		t.Errorf("a cell that is not there: %v", err)
	}
}
