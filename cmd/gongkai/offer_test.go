package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/schema"
)

// A page that only offers its report as a file has no row where the file is there; where it is not, one of quality D.
func TestPageThatOffersAFile(t *testing.T) {
	report, err := os.ReadFile(filepath.Join("..", "..", "extract", "read", "testdata", "corpus", "docx-libreoffice-1.docx"))
	if err != nil {
		t.Fatal(err)
	}
	pageOf := func(title, link string) []byte {
		return []byte(`<html><head><title>` + title + `</title></head><body><h1>` + title + `</h1><p>` + link + `</p></body></html>`)
	}
	page := func(link string) []byte {
		return pageOf("霏安区霏浦街道办事处2024年政府信息公开工作年度报告", link)
	} // as the file says
	older := func(link string) []byte {
		return pageOf("霏安区霏浦街道办事处2023年政府信息公开工作年度报告", link)
	}
	for _, c := range []struct {
		name    string
		files   map[string][]byte
		reports int
		read    bool // the first is read
		page    bool // the file's capture names the page
	}{
		{"the file beside it", map[string][]byte{"page.html": page(`<a href="./nb2023.docx">附件</a>`), "nb2023.docx": report}, 1, true, true},
		{"the file beside it, linked by its place on the web", map[string][]byte{"page.html": page(`<iframe src="https://www.a.example/view/viewer.html?file=%2Fupload%2F%E5%B9%B4%E6%8A%A5.docx"></iframe>`), "年报.docx": report}, 1, true, true},
		{"the file cannot be read: the page says whose it is", map[string][]byte{"page.html": page(`<a href="nb.ofd">附件：年报.ofd</a>`), "nb.ofd": []byte("PK\x03\x04 cut")}, 1, false, true},
		{"no file", map[string][]byte{"page.html": page(`<a href="nb2023.docx">附件</a>`)}, 1, false, false},
		{"a file of that name, of another year, in another folder", map[string][]byte{"a/page.html": older(`<a href="nb.docx">附件</a>`), "b/nb.docx": report}, 2, true, false},
		{"two unreadable files of that name in two folders", map[string][]byte{"a/page.html": page(`<a href="nb.ofd">附件</a>`), "a/nb.ofd": []byte("PK\x03\x04 cut"),
			"b/nb.ofd": []byte("PK\x03\x04 cut elsewhere")}, 3, false, false},
		{"another file", map[string][]byte{"page.html": older(`<a href="nb2023.docx">附件</a>`), "other.docx": report}, 2, true, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			for name, body := range c.files {
				write(t, filepath.Join("in", name), body)
			}
			if code, _, errOut := gongkai(t, "import", "in"); code != exitDone {
				t.Fatalf("exit %d: %s", code, errOut)
			}
			if code, _, errOut := gongkai(t, "build"); code != exitDone && code != exitPartial {
				t.Fatalf("exit %d: %s", code, errOut)
			}
			reports := rowsOf[schema.Report](t, schema.Reports)
			if len(reports) != c.reports || c.reports == 1 && (reports[0].Quality != "D") != c.read {
				t.Errorf("reports: %+v", reports)
			}
			if c.reports == 1 && (reports[0].Year == nil || reports[0].IssuerName == "") {
				t.Errorf("year and issuer: %+v", reports[0])
			}
			named := false
			for _, k := range rowsOf[schema.Capture](t, schema.Captures) {
				named = named || k.FoundOn != nil && k.Outcome == schema.OutcomeOK && *k.FoundOn == "import:page.html"
			}
			if named != c.page {
				t.Errorf("the file's capture names the page: %v", named)
			}
		})
	}
}
