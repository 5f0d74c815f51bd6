package web_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/gongkai-data/gongkai/datasets/query"
	"github.com/gongkai-data/gongkai/datasets/query/querytest"
	"github.com/gongkai-data/gongkai/datasets/web"
)

// patient serves the towns, and documents of a size, with as much patience as given.
func patient(t *testing.T, size int, patience time.Duration) *httptest.Server {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "dataset")
	querytest.Write(t, dir, querytest.Towns()...)
	current, err := query.OpenCurrent(context.Background(), dir, time.Hour, func(err error) { t.Error(err) })
	if err != nil {
		t.Fatal(err)
	}
	s, err := web.New(web.Options{Current: current, Evidence: papers{strings.Repeat("原文<p>\n", size/10)}, Patience: patience})
	if err != nil {
		t.Fatal(err)
	}
	h := httptest.NewUnstartedServer(s)
	h.Config.ConnContext = web.ConnContext
	h.Start()
	t.Cleanup(func() { h.CloseClientConnections(); h.Close(); current.Close() })
	return h
}

// asker sends requests for an address over connections of its own, whose answers nobody takes.
func asker(t *testing.T, h *httptest.Server, address string, n int) []net.Conn {
	t.Helper()
	u, err := url.Parse(h.URL)
	if err != nil {
		t.Fatal(err)
	}
	var out []net.Conn
	for range n {
		c, err := net.Dial("tcp", u.Host)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { c.Close() })
		if err := c.(*net.TCPConn).SetReadBuffer(32 << 10); err != nil {
			t.Fatal(err)
		}
		if _, err := fmt.Fprintf(c, "GET %s HTTP/1.1\r\nHost: x\r\n\r\n", address); err != nil {
			t.Fatal(err)
		}
		out = append(out, c)
	}
	return out
}

func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// Readers that take nothing of a large answer hold little memory together, keep nobody from pages and downloads, and
// are ended.
func TestStuckReaders(t *testing.T) {
	const size, readers = 8 << 20, 60
	h := patient(t, size, 2*time.Second)
	for _, address := range []string{"/copy/" + sikou, "/original/" + sikou, "/data/panel.parquet", "/zh/place/370686107000"} { // what is made once is there
		get(t, h, address)
	}
	before := heap()
	stuck := append(asker(t, h, "/copy/"+sikou, readers), asker(t, h, "/original/"+sikou, readers)...)
	most := uint64(0)
	slowest, start := time.Duration(0), time.Now()
	for begun := time.Now(); time.Since(begun) < 3*time.Second; {
		for _, address := range []string{"/zh/place/370686101000?" + strconv.Itoa(int(time.Since(begun))), "/api/v1/issuers?q=skz", "/data/manifest.json"} {
			asked := time.Now()
			if res, _ := get(t, h, address); res.StatusCode != http.StatusOK {
				t.Errorf("%s answers %d", address, res.StatusCode)
			}
			slowest = max(slowest, time.Since(asked))
		}
		most = max(most, heap())
	}
	t.Logf("looked for %v", time.Since(start))
	if slowest > 10*time.Second {
		t.Errorf("a page takes %v beside stuck readers", slowest)
	}
	// eight copies on their way, each made of the document and sent, and the small buffers of all; all copies at once
	// would be 480 MB
	if grown := int64(most) - int64(before); grown > 200<<20 {
		t.Errorf("%d stuck readers hold %d MB", len(stuck), grown>>20)
	}
	asked := time.Now()
	if res, body := get(t, h, "/zh/compare.csv?p=寺口镇"); res.StatusCode != http.StatusOK || !strings.Contains(body, "寺口镇") {
		t.Errorf("a download beside stuck readers answers %d", res.StatusCode)
	}
	if d := time.Since(asked); d > 10*time.Second {
		t.Errorf("a download takes %v beside stuck readers", d)
	}
	for _, c := range stuck {
		if err := c.SetReadDeadline(time.Now().Add(time.Minute)); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("the slowest page took %v, a download %v; %d MB more in memory", slowest, time.Since(asked), (int64(most)-int64(before))>>20)
	time.Sleep(4 * time.Second) // longer than the server's patience: who stood still until now is ended
	for i := readers; i < len(stuck); i += 20 {
		if n, err := io.Copy(io.Discard, stuck[i]); err == nil && n >= size || errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("the reader %d got %d bytes after all: %v", i, n, err)
		}
	}
}

// A reader who is slow but goes on gets all of it.
func TestSlowReaderGetsAll(t *testing.T) {
	const size = 1 << 20
	h := patient(t, size, 4*time.Second)
	c := asker(t, h, "/original/"+sikou, 1)[0]
	res, err := http.ReadResponse(bufio.NewReaderSize(c, 4<<10), nil)
	if err != nil {
		t.Fatal(err)
	}
	got := 0
	for begun := time.Now(); ; time.Sleep(20 * time.Millisecond) {
		n, err := io.CopyN(io.Discard, res.Body, 16<<10)
		got += int(n)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("ended after %d bytes, %v: %v", got, time.Since(begun), err)
		}
	}
	if want := len(strings.Repeat("原文<p>\n", size/10)); got != want {
		t.Errorf("%d of %d bytes", got, want)
	}
}
