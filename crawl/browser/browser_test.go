package browser

import (
	"context"
	"errors"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"
)

// options are those of a browser of this machine; without one the test is skipped, but not in continuous integration.
func options(t *testing.T) Options {
	t.Helper()
	program, err := Find()
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	opt := Options{Program: program, Unsandboxed: os.Getuid() == 0}
	if Try(context.Background(), opt) != nil { // a container may forbid what the sandbox is made of
		opt.Unsandboxed = true
	}
	return opt
}

// site answers by address, and notes what it was asked.
type site struct {
	pages map[string]string // bodies by address; those of scripts and data begin with their media type in brackets
	asked []string
}

func (s *site) answer(_ context.Context, r Request) (Answer, bool, error) {
	s.asked = append(s.asked, r.Method+" "+r.URL+strings.TrimPrefix(" "+r.Body, " "))
	body, ok := s.pages[r.URL]
	if !ok {
		return Answer{}, false, nil
	}
	media := "text/html; charset=utf-8"
	if rest, found := strings.CutPrefix(body, "["); found {
		media, body, _ = strings.Cut(rest, "]")
	}
	return Answer{Status: http.StatusOK, Header: http.Header{"Content-Type": {media}}, Body: []byte(body)}, true, nil
}

const home = "http://www.town.example/"

func open(t *testing.T, opt Options, s *site) (*Page, error) {
	t.Helper()
	return Open(context.Background(), opt, home, s.answer)
}

func TestPages(t *testing.T) {
	opt := options(t)
	app := `<!DOCTYPE html><html><head><meta charset="utf-8"><link rel="stylesheet" href="/app.css"><script defer src="/app.js"></script></head><body><div id="app"></div></body></html>`
	for _, c := range []struct {
		name   string
		pages  map[string]string
		want   []string // that the document holds
		not    []string
		unsent []string // that must not be asked for
		cut    bool
	}{
		{name: "a list as Vue fills it", pages: map[string]string{home: app, home + "app.js": `[text/javascript]
			document.querySelector('link').addEventListener('load', () => setTimeout(() => fetch('/api/list', {method: 'POST', body: 'column=nb', headers: {'Content-Type': 'application/x-www-form-urlencoded'}}).then(r => r.json()).then(d => {
				document.getElementById('app').innerHTML = '<ul>' + d.map(x => '<li><a href="/r/' + x + '.html">' + x + '年政府信息公开工作年度报告</a></li>').join('') + '</ul><img src="/logo.png">' }), 3000))`,
			home + "api/list": `[application/json][2022, 2023]`},
			want: []string{`<!DOCTYPE html>`, `href="/r/2022.html"`, `2023年政府信息公开工作年度报告`}, unsent: []string{"logo.png", "app.css"}},
		{name: "a list as React fills it: drawn piece by piece between messages, and asked for after the first drawing", pages: map[string]string{home: `<html><body><div id="root"></div><script>
			const later = f => { const c = new MessageChannel(); c.port1.onmessage = f; c.port2.postMessage(null) };
			const draw = (parent, items) => { const x = items.shift(); if (!x) return; const li = document.createElement('li'); li.innerHTML = '<a href="/detail/' + x.id + '">' + x.name + '</a>'; parent.appendChild(li); later(() => draw(parent, items)) };
			later(() => { const ul = document.createElement('ul'); document.getElementById('root').replaceChildren(ul);
				requestAnimationFrame(() => later(() => fetch('/api/reports?size=3').then(r => r.json()).then(d => draw(ul, d.rows)))) })</script></body></html>`,
			home + "api/reports?size=3": `[application/json]{"rows":[{"id":7,"name":"2021年政府信息公开工作年度报告"},{"id":8,"name":"2022年政府信息公开工作年度报告"},{"id":9,"name":"2023年政府信息公开工作年度报告"}]}`},
			want: []string{`href="/detail/7"`, `href="/detail/9"`, "2023年政府信息公开工作年度报告"}},
		{name: "a page that calls other hosts and opens windows", pages: map[string]string{home: `<html><body><div id="app"></div><iframe src="http://other.example/frame"></iframe><script>
			alert('x'); window.open('http://popup.example/'); new WebSocket('ws://socket.example/'); navigator.sendBeacon('http://beacon.example/');
			fetch('http://other.example/data').catch(() => { document.getElementById('app').textContent = '无他' }); setInterval(() => document.title += 'x', 1000)</script></body></html>`},
			want: []string{"无他"}, unsent: []string{"popup.example", "socket.example", "beacon.example"}},
		{name: "a list that goes on as long as it is scrolled", pages: map[string]string{home: `<html><body><div id="app"></div><script>
			let n = 0; const add = () => { for (let i = 0; i < 40; i++) { const p = document.createElement('p'); p.textContent = '第' + (++n) + '条'; document.getElementById('app').append(p) } };
			add(); addEventListener('scroll', () => setTimeout(add, 100))</script></body></html>`},
			want: []string{"第120条"}, cut: true},
		{name: "a list that goes on when its end is seen, and ends", pages: map[string]string{home: `<html><body><div id="app"></div><p id="end">加载更多</p><script>
			let n = 0; new IntersectionObserver(e => { if (e[0].isIntersecting && n < 5) fetch('/more?page=' + (++n)).then(r => r.json()).then(d => {
				for (const x of d) { const p = document.createElement('p'); p.style.height = '400px'; p.textContent = '第' + n + '页' + x; document.getElementById('app').append(p) } }) }).observe(document.getElementById('end'))</script></body></html>`,
			home + "more?page=1": `[application/json]["a","b","c","d"]`, home + "more?page=2": `[application/json]["a","b","c","d"]`, home + "more?page=3": `[application/json]["a","b","c","d"]`, home + "more?page=4": `[application/json]["a"]`, home + "more?page=5": `[application/json][]`},
			want: []string{"第1页a", "第4页a"}},
		{name: "a script that asks without end", pages: map[string]string{home: `<html><body>始<script>let n = 0; const more = () => fetch('/poll').then(more, more); more()</script></body></html>`, home + "poll": `[text/plain]x`},
			want: []string{"始"}, cut: true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := &site{pages: c.pages}
			opt := opt
			opt.Requests, opt.Scrolls = 12, 4
			p, err := open(t, opt, s)
			if err != nil {
				t.Fatal(err)
			}
			for _, want := range c.want {
				if !strings.Contains(p.DOM, want) {
					t.Errorf("the document lacks %q: %.2000s", want, p.DOM)
				}
			}
			asked := strings.Join(s.asked, "\n")
			for _, not := range c.unsent {
				if strings.Contains(asked, not) {
					t.Errorf("asked for %s: %s", not, asked)
				}
			}
			if (p.Cut != "") != c.cut || p.Requests != len(s.asked) || p.Requests > opt.Requests {
				t.Errorf("cut %q after %d requests (%d asked)", p.Cut, p.Requests, len(s.asked))
			}
		})
	}
}

// What breaks the page or the browser is an error, soon, and nothing of it is left behind.
func TestBreakdowns(t *testing.T) {
	opt := options(t)
	stop := errors.New("the host is left alone")
	for _, c := range []struct {
		name, page string
		limit      func(*Options)
		err        error
	}{
		{"a crash", `<html><body><script>const a = []; for (;;) a.push(new Array(1e6).fill(Math.random()))</script></body></html>`, func(o *Options) { o.Time = 40 * time.Second }, ErrCrashed},
		{"too much memory", `<html><body><script>const a = []; setInterval(() => { for (let i = 0; i < 20; i++) a.push(new Uint8Array(1 << 22).fill(7)) }, 1)</script></body></html>`, func(o *Options) { o.Memory = 400 << 20 }, ErrCrashed},
		{"an answer that ends it", "", nil, stop},
	} {
		t.Run(c.name, func(t *testing.T) {
			opt := opt
			if c.limit != nil {
				c.limit(&opt)
			}
			answer := (&site{pages: map[string]string{home: c.page}}).answer
			if c.err == stop {
				answer = func(context.Context, Request) (Answer, bool, error) { return Answer{}, false, stop }
			}
			p, err := Open(context.Background(), opt, home, answer)
			if !errors.Is(err, c.err) {
				t.Errorf("page %+v, error %v", p, err)
			}
		})
	}
	if err := Try(context.Background(), opt); err != nil {
		t.Error(err)
	}
	if boxed := (Options{Program: opt.Program}); os.Getuid() == 0 && Try(context.Background(), boxed) == nil {
		t.Error("root runs the browser without a sandbox")
	}
	if err := Try(context.Background(), Options{Program: "/does/not/exist"}); err == nil {
		t.Error("a browser that is not there")
	}
}
