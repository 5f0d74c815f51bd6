package main

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// The exit codes are a contract with scripts, and an error is one line.
func TestExitCodes(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "empty.pdf", nil)
	write(t, "seeds.csv", []byte("site\nhttp://gov.invalid/nb/\n"))
	write(t, "blank.html", nil)
	write(t, "zip.pdf", []byte("PK\x03\x04 no report"))
	write(t, "truncated.pdf", []byte("%PDF-1.7\n1 0 obj\n<< /Type /Catalog"))
	write(t, "report.txt", []byte("2023年甲镇政府信息公开工作年度报告\n一、总体情况\n全年主动公开政府信息12条。\n二、主动公开政府信息情况\n"))
	cases := []struct {
		args string
		code int
	}{
		{"version", exitDone},
		{"extract report.txt", exitDone},
		{"extract report.txt empty.pdf", exitPartial},
		{"extract blank.html", exitPartial},
		{"extract zip.pdf", exitPartial},
		{"extract truncated.pdf", exitPartial},
		{"extract missing.pdf", exitFailed},
		{"extract missing.pdf report.txt empty.pdf", exitFailed},
		{"extract", exitUsage},
		{"nonsense", exitUsage},
		{"version --nonsense", exitUsage},
		{"compare", exitUsage},
		{"compare 甲镇 --format xml", exitUsage},
		{"compare 甲镇", exitFailed},
		{"build", exitFailed},
		{"verify", exitFailed},
		{"import missing", exitFailed},
		{"import report.txt empty.pdf --url http://example.org", exitUsage},
		{"import report.txt --url javascript:1", exitUsage},
		{"crawl", exitUsage},
		{"crawl --seeds missing.csv", exitFailed},
		{"crawl --seeds seeds.csv", exitUsage}, // a public site needs a contact address
		{"crawl --seeds seeds.csv --contact nobody", exitUsage},
		{"crawl --seeds seeds.csv --contact a@example.org --delay -1s", exitUsage},
		{"crawl --seeds seeds.csv --contact a@example.org --window 25:00-1", exitUsage},
		{"crawl --seeds seeds.csv --contact a@example.org --workers 0", exitUsage},
		{"probe ftp://gov.invalid/ --contact a@example.org", exitUsage},
		{"run --dry-run", exitUsage},
		{"run --seeds missing.csv", exitFailed},
		{"worker", exitUsage},
		{"probe http://gov.invalid/", exitUsage},
		{"coverage", exitFailed},
		{"coverage --format xml", exitUsage},
		{"diff a b", exitFailed},
		{"explain report.txt nonsense", exitUsage},
		{"explain report.txt review.total", exitFailed},
	}
	for _, c := range cases {
		code, _, errOut := gongkai(t, strings.Fields(c.args)...)
		if code != c.code {
			t.Errorf("gongkai %s: exit %d, want %d; %s", c.args, code, c.code, errOut)
		}
		if code != exitDone && !strings.HasPrefix(errOut, "gongkai: ") {
			t.Errorf("gongkai %s: no clear line: %q", c.args, errOut)
		}
	}
}

// A file that is not there is one clear line, and the others are read.
func TestExtractOfAMissingFile(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "report.txt", []byte("2023年甲镇政府信息公开工作年度报告\n一、总体情况\n全年主动公开政府信息12条。\n"))
	code, out, errOut := gongkai(t, "extract", "missing.pdf", "report.txt")
	if code != exitFailed || strings.Count(errOut, "\n") != 1 || !strings.Contains(errOut, "missing.pdf") {
		t.Errorf("exit %d: %q", code, errOut)
	}
	if reports := lines(t, out); len(reports) != 1 || reports[0]["file"] != "report.txt" {
		t.Errorf("%d reports: %s", len(reports), out)
	}
}

// A full disk is a failure of its own, whatever stage met it.
func TestDiskFullIsSaidToBe(t *testing.T) {
	var out bytes.Buffer
	a := &app{err: &out}
	if code := a.end(fmt.Errorf("importing x: %w", &fs.PathError{Op: "write", Path: "x", Err: syscall.ENOSPC})); code != exitFailed || !strings.HasPrefix(out.String(), "gongkai: the disk is full: ") {
		t.Errorf("exit %d: %s", code, out.String())
	}
}

func TestErrorsAsJSON(t *testing.T) {
	t.Chdir(t.TempDir())
	code, _, errOut := gongkai(t, "--json", "build")
	messages := lines(t, errOut)
	if code != exitFailed || len(messages) != 1 || messages[0]["message_type"] != "exit_error" || messages[0]["code"] != float64(exitFailed) {
		t.Errorf("exit %d: %v", code, messages)
	}
}

func TestHelpTeaches(t *testing.T) {
	for _, c := range []string{"run", "crawl", "worker", "probe", "coverage", "import", "build", "extract", "explain", "compare", "diff", "export", "verify", "version"} {
		code, out, _ := gongkai(t, c, "--help")
		if code != exitDone || !strings.Contains(out, "EXIT STATUS") || !strings.Contains(out, "--json") {
			t.Errorf("gongkai %s --help: exit %d:\n%s", c, code, out)
		}
	}
}

// What is unreadable stands as such in the output; the documents around it are read.
func TestUnreadableDocumentsAreSaidToBe(t *testing.T) {
	dir := t.TempDir()
	good := write(t, filepath.Join(dir, "good.txt"), []byte("2023年甲镇政府信息公开工作年度报告\n一、总体情况\n全年主动公开政府信息12条。\n"))
	bad := write(t, filepath.Join(dir, "bad.pdf"), []byte("%PDF-1.4 cut"))
	_, out, _ := gongkai(t, "extract", bad, good)
	reports := lines(t, out)
	if len(reports) != 2 {
		t.Fatalf("%d reports", len(reports))
	}
	problems := reports[0]["problems"].([]any)
	if len(problems) == 0 || problems[0].(map[string]any)["kind"] != "unreadable_document" {
		t.Errorf("problems of the truncated file: %v", problems)
	}
	if mentions := reports[1]["mentions"].([]any); len(mentions) != 1 || mentions[0].(map[string]any)["count"] != 12.0 {
		t.Errorf("mentions of the good file: %v", mentions)
	}
}

// Ctrl-C ends a command with 130 and one line that says what was kept and how to go on; the same command resumes.
func TestInterrupted(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "report.txt", []byte("2023年甲镇政府信息公开工作年度报告\n一、总体情况\n全年主动公开政府信息12条。\n"))
	if code, _, errOut := gongkai(t, "import", "report.txt"); code != exitDone {
		t.Fatalf("exit %d: %s", code, errOut)
	}
	stopped, stop := context.WithCancel(context.Background())
	stop()
	for _, command := range []string{"build", "run"} {
		var out, errOut bytes.Buffer
		if code := execute(stopped, []string{command}, &out, &errOut); code != exitInterrupted {
			t.Errorf("%s: exit %d, want %d: %s", command, code, exitInterrupted, errOut.String())
		}
		if told := errOut.String(); strings.Count(told, "\n") != 1 || !strings.Contains(told, keptBy[command]) {
			t.Errorf("%s: %q does not say what was kept", command, told)
		}
	}
	if code, _, errOut := gongkai(t, "build"); code != exitDone {
		t.Errorf("after the interruption: exit %d: %s", code, errOut)
	}
}
