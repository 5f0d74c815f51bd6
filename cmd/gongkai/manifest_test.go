package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/schema"
)

const plainReport = "%s政府信息公开工作年度报告\n一、总体情况\n全年主动公开政府信息12条。\n二、主动公开政府信息情况\n"

// A manifest says what the documents do not: the body, the year, the day. Where a document says another, its own words
// stand and the difference is told.
func TestImportManifest(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.Mkdir("in", 0o755); err != nil {
		t.Fatal(err)
	}
	write(t, "in/silent.txt", fmt.Appendf(nil, plainReport, ""))
	write(t, "in/own.txt", fmt.Appendf(nil, plainReport, "淮安市洪泽区人民政府2022年"))
	write(t, "in/files.csv", []byte("file,url,issuer,year,division_code,published_on,fetched_at\n"+
		"silent.txt,http://www.example.gov.cn/a.txt,栖霞市寺口镇人民政府,2023,370686,2024-01-20,2024-02-01\n"+
		"own.txt,,栖霞市寺口镇人民政府,2023,370686,,\n"))
	for range 2 { // the second import changes nothing
		if code, out, errOut := gongkai(t, "import", "--manifest", filepath.Join("in", "files.csv")); code != exitDone {
			t.Fatalf("exit %d: %s%s", code, out, errOut)
		}
		if code, out, errOut := gongkai(t, "build"); code != exitDone {
			t.Fatalf("exit %d: %s%s", code, out, errOut)
		}
	}
	reports := rowsOf[schema.Report](t, schema.Reports)
	if len(reports) != 2 {
		t.Fatalf("%d reports", len(reports))
	}
	kinds := map[string]string{}
	for _, p := range rowsOf[schema.Problem](t, schema.Problems) {
		if p.Code != nil && strings.HasPrefix(*p.Code, "stated_") {
			kinds[*p.Code] += p.ReportID
		}
	}
	for _, r := range reports {
		switch r.URL {
		case "http://www.example.gov.cn/a.txt":
			if r.Year == nil || *r.Year != 2023 || !strings.Contains(r.IssuerName, "寺口镇") || r.PublishedOn == nil || r.PublishedOn.String() != "2024-01-20" || r.FetchedAt.Format("2006-01-02") != "2024-02-01" {
				t.Errorf("what the manifest says is not taken: %+v", r)
			}
			if kinds["stated_year"] != r.ReportID {
				t.Errorf("that the year rests on the manifest is not told: %v", kinds)
			}
		case "import:own.txt":
			if r.Year == nil || *r.Year != 2022 || !strings.Contains(r.IssuerName, "洪泽") {
				t.Errorf("the document's own words do not stand: %+v", r)
			}
			if kinds["stated_year_differs"] != r.ReportID || kinds["stated_place_differs"] != r.ReportID {
				t.Errorf("the differences are not told: %v", kinds)
			}
		default:
			t.Errorf("a report of %s", r.URL)
		}
	}
}

// A file that is in the archive already gets what a manifest, or a later one, says of it.
func TestImportAgainWithAManifest(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "silent.txt", fmt.Appendf(nil, plainReport, ""))
	for _, year := range []string{"", "2022", "2023"} {
		args := []string{"import", "silent.txt"}
		if year != "" {
			write(t, "files.csv", []byte("file,year\nsilent.txt,"+year+"\n"))
			args = []string{"import", "--manifest", "files.csv"}
		}
		if code, out, errOut := gongkai(t, args...); code != exitDone {
			t.Fatalf("exit %d: %s%s", code, out, errOut)
		}
		if code, out, errOut := gongkai(t, args...); code != exitDone || !strings.Contains(out, "0 files stored") {
			t.Errorf("the same import once more: exit %d: %s%s", code, out, errOut)
		}
		if code, out, errOut := gongkai(t, "build"); code != exitDone {
			t.Fatalf("exit %d: %s%s", code, out, errOut)
		}
		reports := rowsOf[schema.Report](t, schema.Reports)
		if len(reports) != 1 || (reports[0].Year == nil) != (year == "") || year != "" && fmt.Sprint(*reports[0].Year) != year {
			t.Errorf("year %q: %+v", year, reports)
		}
	}
}

// A manifest is checked whole: each bad line is named, and nothing is stored.
func TestABadManifestStoresNothing(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "good.txt", fmt.Appendf(nil, plainReport, "甲镇2023年"))
	write(t, "files.csv", []byte("file,url,year,published_on\ngood.txt,,,\nmissing.txt,,,\ngood.txt,ftp://a/,,\ngood.txt,http://a.test/1,23,\ngood.txt,http://a.test/2,,2024-13-01\ngood.txt,,,\n"))
	code, _, errOut := gongkai(t, "import", "--manifest", "files.csv")
	if code != exitFailed {
		t.Errorf("exit %d", code)
	}
	for _, line := range []string{"line 3: missing.txt", "line 4: url", "line 5: year", "line 6: published_on", "line 7: the address import:good.txt is that of line 2", "5 lines are wrong; nothing was stored"} {
		if !strings.Contains(errOut, line) {
			t.Errorf("not told: %s\n%s", line, errOut)
		}
	}
	if _, err := os.Stat("archive"); err == nil {
		t.Error("an archive was begun")
	}
	if code, _, _ := gongkai(t, "import", "--manifest", "files.csv", "good.txt"); code != exitUsage {
		t.Errorf("a path beside a manifest: exit %d", code)
	}
}
