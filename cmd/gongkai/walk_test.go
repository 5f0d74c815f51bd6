package main

import (
	"bytes"
	"context"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/jedib0t/go-pretty/v6/text"
)

// answering runs a command with the answers of a person.
func answering(ctx context.Context, in io.Reader, args ...string) (code int, out, errOut string) {
	var o, e bytes.Buffer
	code = (&app{in: in, out: &o, err: &e}).execute(ctx, args)
	return code, o.String(), e.String()
}

// narrow wants every line to fit a terminal.
func narrow(t *testing.T, out string) {
	t.Helper()
	for line := range strings.Lines(out) {
		if n := text.StringWidth(strings.TrimRight(line, "\n")); n > lineWidth {
			t.Errorf("%d columns: %s", n, line)
		}
	}
}

func TestReviewFitsATerminal(t *testing.T) {
	inSample(t)
	_, out, _ := gongkai(t, "review", "--limit", "0")
	narrow(t, out)
	if !strings.Contains(out, "\n     http://sample.invalid/") {
		t.Errorf("no address is named:\n%s", out)
	}
}

// Doubtful values one by one: what is decided is kept, the walk goes on behind it, Ctrl-C keeps it too, and a
// correction is one that build takes.
func TestReviewInteractive(t *testing.T) {
	inSample(t)
	walk := func(in io.Reader, more ...string) (int, string) {
		code, out, errOut := answering(t.Context(), in, append([]string{"review", "--interactive", "--who", "a tester", "--when", "2026-11-23", "--kinds", "failed_check"}, more...)...)
		return code, out + errOut
	}
	code, out := walk(strings.NewReader("accept\nas printed\nskip\n"))
	if code != exitDone || !strings.Contains(out, "1 accepted, 0 corrected, 1 skipped") || !strings.Contains(out, "see        pictures") {
		t.Fatalf("exit %d: %s", code, out)
	}
	narrow(t, out)
	if _, out = walk(strings.NewReader("")); strings.Contains(out, "requests.balance ·") || strings.Contains(out, "requests.row ·") {
		t.Errorf("what was decided is asked again:\n%s", out)
	}

	// the wrong total of 霏安区: a wrong number, a wrong cell and a missing reason are told, not written
	code, out = walk(strings.NewReader("c\n99\nc\n5\nmany\nr\nhttps://a.example/\nc\n5\n387\nthe parts add up to it\nhttps://a.example/r.pdf\nquit\n"), "--reports", reportOf(t, "霏安区人民政府2023").ReportID)
	if code != exitDone || !strings.Contains(out, "0 accepted, 1 corrected, 0 skipped") || !strings.Contains(out, "from 1 to 5") || !strings.Contains(out, `not "many"`) {
		t.Fatalf("exit %d: %s", code, out)
	}
	kept, _ := os.ReadFile("corrections.csv")
	if report := reportOf(t, "霏安区人民政府2023").ReportID; !strings.Contains(string(kept), report+",review.total,,0,387,the parts add up to it,https://a.example/r.pdf,a tester,2026-11-23\n") {
		t.Errorf("%s", kept)
	}
	if code, out, errOut := gongkai(t, "--json", "build"); code != exitDone || final(lines(t, out))["corrected"] != 3.0 { // two are the sample's
		t.Errorf("exit %d: %s%s", code, out, errOut)
	}

	// Ctrl-C in the middle of a question
	ctx, stop := context.WithCancel(t.Context())
	answers, typed := io.Pipe()
	go func() {
		_, _ = io.WriteString(typed, "skip\n")
		_, _ = io.WriteString(typed, "acc") // read once the first answer is taken: the second question is open
		stop()
	}()
	code, out, errOut := answering(ctx, answers, "review", "--interactive", "--who", "a tester", "--again")
	log, _ := os.ReadFile("reviewed.csv")
	if code != exitInterrupted || !strings.Contains(errOut, "kept in the log") || strings.Count(string(log), ",skipped,") < 1 {
		t.Errorf("exit %d: %s%s\n%s", code, out, errOut, log)
	}
}

func TestALogOfOtherColumnsIsLeft(t *testing.T) {
	inSample(t)
	write(t, "reviewed.csv", []byte("a,b\n1,2\n"))
	if code, _, errOut := answering(t.Context(), strings.NewReader(""), "review", "--interactive", "--who", "x"); code != exitFailed || !strings.Contains(errOut, "reviewed.csv") {
		t.Errorf("exit %d: %s", code, errOut)
	}
}
