package fetch

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/andybalholm/brotli"

	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/store"
)

func TestAllowed(t *testing.T) {
	for address, want := range map[string]bool{
		"8.8.8.8": true, "2606:4700::1111": true, "127.0.0.1": false, "::1": false, "10.1.2.3": false, "192.168.1.1": false, "172.16.0.1": false, "169.254.169.254": false,
		"100.100.100.200": false, "0.0.0.0": false, "224.0.0.1": false, "fe80::1": false, "fd00:ec2::254": false, "::ffff:127.0.0.1": false, "::ffff:10.0.0.1": false,
		"64:ff9b::7f00:1": false, "2002:7f00:1::": false, "::8.8.8.8": false, "::127.0.0.1": false, "::ffff:0:8.8.8.8": false, "::ffff:0:10.0.0.1": false,
		"64:ff9b::10.0.0.1": false, "64:ff9b::169.254.169.254": false, "64:ff9b::8.8.8.8": true, "64:ff9b:1::8.8.8.8": false, "64:ff9b:1:2::1": false,
		"2002:a00:1::": false, "2002:6464:64c8::1": false, "2002:808:808::1": true, "2001:0:808:808::f5ff:fffe": false, "2001:0:a00:1::f7f7:f7f7": false, "2001:0:808:808::f7f7:f7f7": true, "255.255.255.255": false, "198.18.0.1": false,
	} {
		if got := allowed(netip.MustParseAddr(address), false); got != want {
			t.Errorf("allowed(%s) = %v, want %v", address, got, want)
		}
	}
	if !allowed(netip.MustParseAddr("127.0.0.1"), true) || allowed(netip.MustParseAddr("10.0.0.1"), true) {
		t.Error("the flag opens loopback and nothing else")
	}
}

// TestOddHosts refuses numbers in odd forms before anything is looked up or dialled.
func TestOddHosts(t *testing.T) {
	dialled := false
	c := New(Options{Dial: func(address string) string { dialled = true; return address }})
	defer c.Close()
	for _, host := range []string{"127.1", "0x7f000001", "2130706433", "0177.0.0.1", "0x7f.1", "127.0.0.1.", "10.1", "0", "127.0.0.0x1", "8.8.2056", "１２７.０.０.１", "127。0。0。1", "127．0．0．1",
		"%EF%BC%91%EF%BC%92%EF%BC%97.0.0.1", "①②⑦.0.0.1", "0ｘ7f000001", "127.0.0.1\u00ad", "localhost", "a.localhost", "LOCALHOST.", "[::1]", "[::ffff:7f00:1]", "[::7f00:1]", "169.254.169.254", "10.0.0.1"} {
		u, err := url.Parse("http://" + host + "/")
		if err != nil {
			u = &url.URL{Scheme: "http", Host: host, Path: "/"}
		}
		if _, err := c.Do(context.Background(), Request{Method: http.MethodGet, URL: u}); !errors.Is(err, ErrForbiddenAddress) || dialled {
			t.Errorf("%s: %v, dialled %v", host, err, dialled)
		}
		dialled = false
	}
	percent := &url.URL{Scheme: "http", Host: "%31%32%37.0.0.1", Path: "/"} // as a careless caller may write it: net/url refuses it
	if err := checkHost(percent, false); !errors.Is(err, ErrForbiddenAddress) {
		t.Errorf("percent-encoded digits: %v", err)
	}
	for _, host := range []string{"www.example.gov.cn", "8.8.8.8", "[2606:4700::1111]", "12345.com", "x1", "政府.中国", "0x7f.cn"} {
		if err := checkHost(&url.URL{Scheme: "http", Host: host}, false); err != nil {
			t.Errorf("%s: %v", host, err)
		}
	}
}

func do(t *testing.T, c *Client, address string) (*Response, *url.URL, error) {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	res, err := c.Do(context.Background(), Request{Method: http.MethodGet, URL: u})
	if err == nil {
		t.Cleanup(func() {
			if err := res.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	return res, u, err
}

func TestOutcomes(t *testing.T) {
	var bomb bytes.Buffer
	z := gzip.NewWriter(&bomb)
	if _, err := z.Write(make([]byte, 8<<20)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	var requests atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		requests.Add(1)
		switch r.URL.Path {
		case "/bomb":
			w.Header().Set("Content-Encoding", "gzip")
			w.Write(bomb.Bytes())
		case "/big":
			io.Copy(w, io.LimitReader(neverEnding{}, 4<<20))
		case "/header":
			for i := range 2000 {
				w.Header().Set(fmt.Sprintf("X-%d", i), strings.Repeat("x", 1000))
			}
		case "/short":
			w.Header().Set("Content-Length", "1000")
			fmt.Fprint(w, "x")
		case "/promise":
			w.Header().Set("Content-Length", "1000")
			fmt.Fprint(w, "<html>"+strings.Repeat("x", 100)+"</HTML>\n")
		case "/slow":
			time.Sleep(600 * time.Millisecond)
		case "/break":
			panic(http.ErrAbortHandler)
		case "/redirect":
			http.Redirect(w, r, "http://169.254.169.254/", http.StatusFound)
		default:
			w.Header().Set("Content-Encoding", "gzip")
			g := gzip.NewWriter(w)
			fmt.Fprint(g, "hello")
			g.Close()
		}
	}))
	defer server.Close()
	c := New(Options{UserAgent: "t", AllowLoopback: true, MaxBody: 1 << 20, Timeout: 400 * time.Millisecond})
	defer c.Close()
	for path, want := range map[string]string{"/big": schema.OutcomeTooLarge, "/header": schema.OutcomeTooLarge, "/short": schema.OutcomeUnreachable, "/slow": schema.OutcomeTimeout, "/break": schema.OutcomeUnreachable} {
		_, _, err := do(t, c, server.URL+path)
		var e *Error
		if !errors.As(err, &e) || e.Outcome != want {
			t.Errorf("%s: %v, want %s", path, err, want)
		}
	}
	res, u, err := do(t, c, server.URL+"/bomb")
	if err != nil {
		t.Fatal(err)
	}
	var e *Error
	if _, err := c.Body(u, res); !errors.As(err, &e) || e.Outcome != schema.OutcomeTooLarge {
		t.Errorf("bomb: %v", err)
	}
	if res, u, err = do(t, c, server.URL+"/ok"); err != nil {
		t.Fatal(err)
	}
	body, err := c.Body(u, res)
	if err != nil || string(body) != "hello" {
		t.Errorf("body %q, %v", body, err)
	}
	for coding, write := range map[string]func(io.Writer) io.WriteCloser{
		"br":       func(w io.Writer) io.WriteCloser { return brotli.NewWriter(w) },
		"deflate":  func(w io.Writer) io.WriteCloser { z, _ := flate.NewWriter(w, 6); return z },
		"deflate ": func(w io.Writer) io.WriteCloser { return zlib.NewWriter(w) },
	} {
		var b bytes.Buffer
		w := write(&b)
		fmt.Fprint(w, "年报")
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		raw, err := store.Spool(&b, 1<<20)
		if err != nil {
			t.Fatal(err)
		}
		r := &Response{Header: http.Header{"Content-Encoding": {coding}}, Raw: raw}
		if body, err := c.Body(u, r); err != nil || string(body) != "年报" {
			t.Errorf("%s: %q, %v", coding, body, err)
		}
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	}
	if !bytes.HasPrefix(res.ResponseHead, []byte("HTTP/1.1 200 OK\r\n")) || !bytes.HasSuffix(res.ResponseHead, []byte("\r\n\r\n")) || !bytes.HasPrefix(res.RequestHead, []byte("GET /ok HTTP/1.1\r\nHost: ")) {
		t.Errorf("heads:\n%s%s", res.RequestHead, res.ResponseHead)
	}
	if res, u, err = do(t, c, server.URL+"/promise"); err != nil {
		t.Errorf("a whole page that is shorter than its Content-Length: %v", err)
	} else if body, err := c.Body(u, res); err != nil || len(body) != 114 {
		t.Errorf("%d bytes, %v", len(body), err)
	}
	if res, _, err = do(t, c, server.URL+"/redirect"); err != nil || res.Status != 302 {
		t.Errorf("a redirect is an answer, not followed: %v", err)
	}
	if _, _, err := do(t, c, "ftp://a.test/"); !errors.Is(err, ErrForbiddenAddress) {
		t.Errorf("ftp: %v", err)
	}
	if _, _, err := do(t, New(Options{}), server.URL); !errors.Is(err, ErrForbiddenAddress) {
		t.Errorf("loopback without the flag: %v", err)
	}
	if _, _, err := do(t, New(Options{AllowLoopback: true}), "http://169.254.169.254/latest"); !errors.Is(err, ErrForbiddenAddress) {
		t.Errorf("metadata service: %v", err)
	}
	before := requests.Load()
	if _, _, err := do(t, c, server.URL+"/break"); err == nil || requests.Load()-before != 1 {
		t.Errorf("a broken connection made %d requests, %v", requests.Load()-before, err)
	}
}

type neverEnding struct{}

func (neverEnding) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	return len(p), nil
}

func TestChallengeAndMagic(t *testing.T) {
	for _, c := range []struct {
		status int
		body   string
		want   string
	}{{412, "", "rs"}, {202, "<script>$_ts={}</script>", "rs"}, {521, "<script>document.cookie='__jsl_clearance_s=1'</script>", "jsl"}, {200, "<script>acw_sc__v2</script>", "acw"}, {200, "<html>年报</html>", ""}, {404, "", ""}} {
		if got := Challenge(c.status, http.Header{}, []byte(c.body)); got != c.want {
			t.Errorf("%d %q: %q, want %q", c.status, c.body, got, c.want)
		}
	}
	for body, want := range map[string]string{"%PDF-1.7": "pdf", "\n%PDF-1.4": "pdf", "PK\x03\x04": "zip", "\xD0\xCF\x11\xE0": "ole", "<html>": "", "": ""} {
		if got := Magic([]byte(body)); got != want {
			t.Errorf("%q: %q, want %q", body, got, want)
		}
	}
	if Blocked("访问异常", "") != "block" || Blocked("", "请输入验证码") != "captcha" || Blocked("年报", "正文") != "" {
		t.Error("Blocked is wrong")
	}
}
