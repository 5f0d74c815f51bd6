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
)

// The commands for readers, on the sample.
func TestReadersCommands(t *testing.T) {
	t.Chdir(t.TempDir())
	if code, _, errOut := gongkai(t, "run"); code != exitDone {
		t.Fatalf("run: exit %d: %s", code, errOut)
	}
	for format, want := range map[string]string{"table": "│", "csv": "\ufeffplace,", "xlsx": "PK", "html": "<!DOCTYPE html>", "svg": "<svg"} {
		if code, out, errOut := gongkai(t, "compare", "霏陂镇", "荇溪镇", "--years", "2020-2022", "--format", format); code != exitDone || !strings.Contains(out, want) {
			t.Errorf("compare --format %s: exit %d: %s%.200s", format, code, errOut, out)
		}
	}
	for args, want := range map[string]string{"寺囗镇": "did you mean 栖霞市寺口镇", "镇": "fits several places", "寺口镇 --indicator requests.recieved": "did you mean requests.received", "霏陂镇 --peers same-county": "not settled",
		"霏陂镇 --years 2031": "2019 2020 2021 2022", "寺口镇 --indicator stat2014.req_received": "form of none", "寺口镇 --data nowhere": "gongkai run", "寺口镇 --language fr": "zh or en"} {
		if code, _, errOut := gongkai(t, append([]string{"compare"}, strings.Fields(args)...)...); code == exitDone || !strings.Contains(errOut, want) {
			t.Errorf("compare %s: exit %d: %s", args, code, errOut)
		}
	}
	if code, out, _ := gongkai(t, "compare", "寺口镇", "--indicator", "Requests resolved", "--language", "zh"); code != exitDone || !strings.Contains(out, "办理结果总计") || !strings.Contains(out, "质量 B") {
		t.Errorf("compare in Chinese by a label: exit %d: %s", code, out)
	}
	if _, _, errOut := gongkai(t, "compare", "寺口镇", "--peers", "same-county"); !strings.Contains(errOut, "no other issuer") {
		t.Errorf("a place without peers: %q", errOut)
	}
	if code, out, _ := gongkai(t, "__complete", "compare", "寺口"); code != exitDone || !strings.Contains(out, "栖霞市寺口镇") {
		t.Errorf("completion: %s", out)
	}
	if code, out, errOut := gongkai(t, "site", "--archive", "none", "--out", "public"); code != exitDone || !strings.Contains(out, "pages") {
		t.Errorf("site: exit %d: %s%s", code, out, errOut)
	}
	if body, err := os.ReadFile(filepath.Join("public", "zh", "place", "370686107000.html")); err != nil || !bytes.Contains(body, []byte("栖霞市寺口镇")) {
		t.Errorf("the site lacks a place: %v", err)
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
	case <-time.After(15 * time.Second):
		t.Error("serve does not end")
	}
}
