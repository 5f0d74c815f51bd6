package main

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/gongkai-data/gongkai/datasets/sample"
)

// The commands for readers, on the sample.
func TestReadersCommands(t *testing.T) {
	inSample(t)
	for format, want := range map[string]string{"table": "│", "csv": "\ufeffplace,", "xlsx": "PK", "html": "<!DOCTYPE html>", "svg": "<svg"} {
		if code, out, errOut := gongkai(t, "compare", "霏陂镇", "荇溪镇", "--years", "2020-2022", "--format", format); code != exitDone || !strings.Contains(out, want) {
			t.Errorf("compare --format %s: exit %d: %s%.200s", format, code, errOut, out)
		}
	}
	for args, want := range map[string]string{"寺囗镇": "did you mean 栖霞市寺口镇", "镇": "fits several places", "寺口镇 --indicator requests.recieved": "did you mean requests.received", "苓湾乡 --peers same-county": "not settled",
		"霏陂镇 --years 2031": "2019 2020 2021 2022", "寺口镇 --indicator stat2014.req_received": "form of none", "寺口镇 --data nowhere": "gongkai run", "寺口镇 --language fr": "zh or en"} {
		if code, _, errOut := gongkai(t, append([]string{"compare"}, strings.Fields(args)...)...); code == exitDone || !strings.Contains(errOut, want) {
			t.Errorf("compare %s: exit %d: %s", args, code, errOut)
		}
	}
	if code, out, _ := gongkai(t, "compare", "寺口镇", "--indicator", "Requests resolved", "--language", "zh"); code != exitDone || !strings.Contains(out, "办理结果总计") || !strings.Contains(out, "质量 A") {
		t.Errorf("compare in Chinese by a label: exit %d: %s", code, out)
	}
	if _, _, errOut := gongkai(t, "compare", "寺口镇", "--peers", "same-county"); !strings.Contains(errOut, "no other issuer") {
		t.Errorf("a place without peers: %q", errOut)
	}
	if code, out, _ := gongkai(t, "__complete", "compare", "寺口"); code != exitDone || !strings.Contains(out, "栖霞市寺口镇") {
		t.Errorf("completion: %s", out)
	}
	t.Run("serve", testServe)
}

func testServe(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	out, in := io.Pipe()
	ended := make(chan int, 1)
	go func() {
		ended <- execute(ctx, []string{"--json", "serve", "--addr", "127.0.0.1:0"}, in, io.Discard)
		in.Close()
	}()
	line := make([]byte, 4096)
	n, err := out.Read(line)
	if err != nil {
		t.Fatal(err)
	}
	address := lines(t, string(line[:n]))[0]["address"].(string)
	res, err := http.Get(address + "zh/place/370686107000")
	if err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("%v %v", res, err)
	}
	res.Body.Close()
	stop()
	select {
	case code := <-ended:
		if code != exitDone {
			t.Errorf("serve ends with %d", code)
		}
	case <-time.After(2 * time.Minute):
		t.Error("serve does not end")
	}
}

// Two versions of one report: the site has a page for each, linked both ways, with the cells that changed and the
// length of the text.
func TestSiteOfVersions(t *testing.T) {
	t.Chdir(t.TempDir())
	body := sample.File("zfxxgk/nb/202101/sikou-2020.txt")
	later := bytes.Replace(body, []byte("行政处罚\t0\t0\t0"), []byte("行政处罚\t0\t0\t17"), 1)
	if bytes.Equal(later, body) {
		t.Fatal("the report has no such row any more")
	}
	write(t, "in/1.txt", body)
	write(t, "in/2.txt", append(later, "\n更正说明：行政处罚处理决定数量更正为17件。\n"...))
	if code, _, errOut := gongkai(t, "import", "in"); code != exitDone {
		t.Fatalf("import: exit %d: %s", code, errOut)
	}
	if code, _, errOut := gongkai(t, "build"); code != exitDone {
		t.Fatalf("build: exit %d: %s", code, errOut)
	}
	if code, out, errOut := gongkai(t, "site", "--out", "public"); code != exitDone {
		t.Fatalf("site: exit %d: %s%s", code, out, errOut)
	}
	pages, err := filepath.Glob("public/zh/report/*.html")
	if err != nil || len(pages) != 2 {
		t.Fatalf("pages of reports: %v %v", pages, err)
	}
	for i, page := range pages {
		body, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{filepath.Base(pages[1-i]), "正文字数", ">17<", "处理决定数量"} {
			if !bytes.Contains(body, []byte(want)) {
				t.Errorf("%s lacks %q:\n%s", page, want, body)
			}
		}
	}
}
