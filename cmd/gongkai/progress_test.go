package main

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	"github.com/gongkai-data/gongkai/crawl"
)

// In a pipe a crawl tells of itself in plain lines that fit a terminal, JSON only with --json.
func TestProgressInAPipe(t *testing.T) {
	e := crawl.Event{MessageType: "progress", Hosts: 1, Pages: 1, Reports: 2, Queued: 3, LastErrors: []string{"http://a.example/: " + strings.Repeat("broken ", 30)}}
	var out, errOut bytes.Buffer
	(&app{out: &out, err: &errOut}).progress("pages").event(e)
	if s := errOut.String(); out.Len() > 0 || !strings.HasPrefix(s, "gongkai: 1 page, 1 host, 2 reports, 3 to visit, last error: http://a.example/") {
		t.Errorf("%s%s", out.String(), s)
	}
	narrow(t, errOut.String())
	errOut.Reset()
	(&app{out: &out, err: &errOut, json: true}).progress("pages").event(e)
	if errOut.Len() > 0 || !strings.HasPrefix(out.String(), `{"message_type":"progress"`) {
		t.Errorf("%s%s", out.String(), errOut.String())
	}
	errOut.Reset()
	p := (&app{out: &out, err: &errOut}).progress("documents")
	p.set(1, 3, "a")
	p.last = time.Now().Add(-time.Minute)
	p.set(2, 3, "b")
	if errOut.String() != "gongkai: 2 of 3 documents\n" {
		t.Errorf("%q", errOut.String())
	}
}

// Where no site answers, the crawl says so with its first line, not at its end.
func TestNoNetworkIsTold(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "seeds.csv", []byte("site\nhttp://no-such-host.invalid/\n"))
	ctx, stop := context.WithTimeout(t.Context(), 20*time.Second)
	defer stop()
	told := &listener{want: "no network?", found: stop}
	code := (&app{out: &bytes.Buffer{}, err: told}).execute(ctx, []string{"crawl", "--seeds", "seeds.csv", "--contact", "a@example.org", "--delay", "10ms"})
	if !told.seen {
		t.Errorf("exit %d: %s", code, told.text.String())
	}
}

// listener is an output that calls found when it has what is wanted.
type listener struct {
	text  bytes.Buffer
	want  string
	found func()
	seen  bool
}

func (w *listener) Write(b []byte) (int, error) {
	w.text.Write(b)
	if !w.seen && strings.Contains(w.text.String(), w.want) {
		w.seen = true
		w.found()
	}
	return len(b), nil
}

// A mistyped indicator is an error that names those that were meant.
func TestDidYouMean(t *testing.T) {
	inSample(t)
	for _, args := range [][]string{{"explain", "370686107000-2020-b6af257d", "reveiw.total"}, {"compare", "寺口镇", "--indicator", "reveiw.total"},
		{"review", "--propose", "370686107000-2020-b6af257d", "reveiw.total", "1", "--reason", "r", "--evidence", "http://a.example/", "--who", "x"}} {
		if code, _, errOut := gongkai(t, args...); code != exitUsage || !strings.Contains(errOut, "did you mean review.total") {
			t.Errorf("%v: exit %d: %s", args, code, errOut)
		}
	}
}
