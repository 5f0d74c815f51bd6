package store

import (
	"bytes"
	"compress/flate"
	"compress/zlib"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

var testTime = time.Date(2026, 11, 23, 4, 5, 6, 789123456, time.UTC)

func openTest(t testing.TB, location string, opt Options) *Archive {
	t.Helper()
	a, err := Open(context.Background(), location, opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	return a
}

func exchange(url, header, body string) Exchange {
	return Exchange{
		Capture:  schema.Capture{URL: url, Seed: new("http://a.example/"), FoundOn: new("http://a.example/列表"), Depth: 2, FetchedAt: testTime, Outcome: schema.OutcomeOK},
		Request:  []byte("GET / HTTP/1.1\r\nHost: a.example\r\n\r\n"),
		Response: []byte("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=GBK\r\n" + header + "\r\n"),
		Body:     strings.NewReader(body),
		RemoteIP: "127.0.0.1",
	}
}

func put(t testing.TB, a *Archive, x Exchange) schema.Capture {
	t.Helper()
	c, err := a.WriteExchange(context.Background(), x)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func bodyOf(t testing.TB, a *Archive, c schema.Capture) string {
	t.Helper()
	r, err := a.Body(context.Background(), c)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func list(t testing.TB, a *Archive) (all []schema.Capture) {
	t.Helper()
	for c, err := range a.Captures(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, c)
	}
	return all
}

func sound(t testing.TB, a *Archive) {
	t.Helper()
	for f, err := range a.Verify(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		t.Errorf("verify: %+v", f)
	}
}

// fill writes one capture of every kind and returns them in the archive's order.
func fill(t testing.TB, a *Archive) []schema.Capture {
	t.Helper()
	ctx := context.Background()
	first := put(t, a, exchange("http://a.example/1", "ETag: \"x\"\r\n", "<p>年报</p>"))
	again := exchange("http://a.example/1", "", "<p>年报</p>")
	again.Dedupe, again.Capture.FetchedAt = true, testTime.Add(time.Hour)
	if c := put(t, a, again); c.Outcome != schema.OutcomeUnchanged || bodyOf(t, a, c) != "<p>年报</p>" || c.WarcFile == first.WarcFile && c.WarcOffset == first.WarcOffset {
		t.Errorf("same body again: %+v", c)
	}
	twin := exchange("http://a.example/twin", "", "<p>年报</p>")
	twin.Dedupe = true
	if c := put(t, a, twin); c.Outcome != schema.OutcomeDuplicate || *c.SHA256 != *first.SHA256 {
		t.Errorf("same body elsewhere: %+v", c)
	}
	same := exchange("http://a.example/1", "", "")
	same.Response, same.Capture.FetchedAt, same.Capture.Outcome = []byte("HTTP/1.1 304 Not Modified\r\n\r\n"), testTime.Add(2*time.Hour), ""
	c, err := a.WriteNotModified(ctx, same, first)
	if err != nil || c.Outcome != schema.OutcomeUnchanged || *c.Status != 304 || bodyOf(t, a, c) != "<p>年报</p>" {
		t.Errorf("not modified: %+v, %v", c, err)
	}
	failed, err := a.WriteFailure(ctx, schema.Capture{URL: "http://b.example/\x01 x", FetchedAt: testTime, Outcome: schema.OutcomeTimeout}, "no answer\r\nin 30 s")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.Body(ctx, failed); !errors.Is(err, ErrNoBody) {
		t.Errorf("body of a failed try: %v", err)
	}
	doc, err := a.WriteImport(ctx, Import{Capture: schema.Capture{FetchedAt: testTime}, Name: "../某镇 年报.pdf", Body: strings.NewReader("%PDF-1.7 ...")})
	if err != nil || *doc.MediaType != "application/pdf" || bodyOf(t, a, doc) != "%PDF-1.7 ..." {
		t.Errorf("import: %+v, %v", doc, err)
	}
	return list(t, a)
}

func TestArchive(t *testing.T) {
	dir := t.TempDir()
	ctx := context.Background()
	a := openTest(t, dir, Options{Software: "gongkai/test", Operator: "nobody@example.com"})
	all := fill(t, a)
	if len(all) != 6 {
		t.Fatalf("%d captures", len(all))
	}
	sound(t, a)
	latest, ok, err := a.Lookup(ctx, "http://a.example/1")
	if err != nil || !ok || *latest.Status != 304 {
		t.Errorf("Lookup: %+v %v %v", latest, ok, err)
	}
	first := all[0]
	if h, err := a.Header(ctx, first); err != nil || h.Get("etag") != `"x"` {
		t.Errorf("Header of %s: %v, %v", first.URL, h, err)
	}
	if *first.MediaType != "text/html" || *first.Charset != "gbk" || *first.Status != 200 || *first.Bytes != 13 || !first.FetchedAt.Equal(testTime.Truncate(time.Microsecond)) {
		t.Errorf("first capture: %+v", first)
	}
	r, err := a.Replay(ctx, first)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := io.ReadAll(r)
	if want := "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=GBK\r\nETag: \"x\"\r\n\r\n<p>年报</p>"; err != nil || string(raw) != want {
		t.Errorf("Replay: %q, %v", raw, err)
	}
	if err := r.Close(); err != nil {
		t.Error(err)
	}

	if _, err := Open(ctx, dir, Options{}); !errors.Is(err, ErrLocked) {
		t.Errorf("a second writer: %v", err)
	}
	reader := openTest(t, dir, Options{ReadOnly: true})
	if got := list(t, reader); !reflect.DeepEqual(got, all) {
		t.Errorf("beside the writer a reader sees %d captures", len(got))
	}
	if _, err := reader.WriteExchange(ctx, exchange("http://a.example/", "", "")); err == nil {
		t.Error("a reader writes")
	}
	if err := a.Rebuild(ctx); err != nil || !reflect.DeepEqual(list(t, a), all) {
		t.Errorf("after Rebuild: %v, %+v", err, list(t, a))
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	for _, damage := range []func(string) error{os.Remove, func(p string) error {
		return os.WriteFile(p, []byte("no database at all, but long enough to be one"), 0o644)
	}} {
		if err := damage(filepath.Join(dir, "index.sqlite")); err != nil {
			t.Fatal(err)
		}
		b := openTest(t, dir, Options{})
		if got := list(t, b); !reflect.DeepEqual(got, all) {
			t.Errorf("with a new index: %+v", got)
		}
		if _, err := os.Stat(filepath.Join(dir, damagedIndex)); err == nil {
			if found := faults(t, b); len(found) != 1 || found[0].File != damagedIndex {
				t.Errorf("a damaged index is not told of: %+v", found)
			}
			must(t, os.Remove(filepath.Join(dir, damagedIndex)))
		}
		sound(t, b)
		put(t, b, exchange("http://z.example/", "", "more"))
		if err := b.Close(); err != nil {
			t.Fatal(err)
		}
		before := len(all)
		if all = list(t, openTest(t, dir, Options{ReadOnly: true})); len(all) != before+1 || slices.ContainsFunc(all, func(c schema.Capture) bool { return c.WarcFile != all[0].WarcFile }) {
			t.Error("a whole file is not gone on with")
		}
	}
	warcioCheck(t, dir)
}

func encode(t *testing.T, w io.WriteCloser, body string) {
	t.Helper()
	if _, err := io.WriteString(w, body); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestContentCodings(t *testing.T) {
	a := openTest(t, t.TempDir(), Options{MaxBody: 1 << 20})
	doc := strings.Repeat("政府信息公开", 1000)
	plain := put(t, a, exchange("http://a.example/plain", "", doc))
	for coding, writer := range map[string]func(io.Writer) io.WriteCloser{
		"gzip":    func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) },
		"X-GZIP":  func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) },
		"br":      func(w io.Writer) io.WriteCloser { return brotli.NewWriter(w) },
		"deflate": func(w io.Writer) io.WriteCloser { return zlib.NewWriter(w) },
		"zstd":    func(w io.Writer) io.WriteCloser { z, _ := zstd.NewWriter(w); return z },
		"deflate ": func(w io.Writer) io.WriteCloser {
			z, err := flate.NewWriter(w, 6)
			if err != nil {
				t.Fatal(err)
			}
			return z
		},
		"identity": func(w io.Writer) io.WriteCloser { return struct{ io.WriteCloser }{nopCloser{w}} },
	} {
		var b bytes.Buffer
		encode(t, writer(&b), doc)
		c := put(t, a, exchange("http://a.example/"+coding, "Content-Encoding: "+coding+"\r\nTransfer-Encoding: chunked\r\n", b.String()))
		if *c.SHA256 != *plain.SHA256 || *c.Bytes != int64(len(doc)) || bodyOf(t, a, c) != doc {
			t.Errorf("%s: %+v", coding, c)
		}
		r, err := a.Replay(context.Background(), c)
		if err != nil {
			t.Fatal(err)
		}
		raw, err := io.ReadAll(r)
		if _, body, _ := bytes.Cut(raw, []byte("\r\n\r\n")); err != nil || !bytes.Equal(body, b.Bytes()) {
			t.Errorf("%s: the stored body differs, %v", coding, err)
		}
		r.Close()
	}
	if got := bodyOf(t, a, put(t, a, exchange("http://a.example/called", "Content-Encoding: gzip\r\n", doc))); got != doc {
		t.Errorf("called gzip and sent plain: %.40q", got)
	}
	var bomb bytes.Buffer
	encode(t, gzip.NewWriter(&bomb), strings.Repeat("0", 2<<20))
	for name, x := range map[string]Exchange{
		"bomb":      exchange("http://a.example/bomb", "Content-Encoding: gzip\r\n", bomb.String()),
		"damaged":   exchange("http://a.example/damaged", "Content-Encoding: gzip\r\n", bomb.String()[:50]),
		"not gzip":  exchange("http://a.example/not", "Content-Encoding: gzip\r\n", "\x1f\x8bplain"),
		"unknown":   exchange("http://a.example/unknown", "Content-Encoding: rot13\r\n", "cynva"),
		"too large": exchange("http://a.example/large", "", strings.Repeat("0", 2<<20)),
	} {
		r, err := a.Body(context.Background(), put(t, a, x))
		if err == nil {
			_, err = io.Copy(io.Discard, r)
			r.Close()
		}
		if err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	sound(t, a)
	a.Close()
}

type nopCloser struct{ io.Writer }

func (nopCloser) Close() error { return nil }

// Many writers, small files: all is there, in whole files.
func TestConcurrentWritersAndRotation(t *testing.T) {
	dir := t.TempDir()
	a := openTest(t, dir, Options{MaxFile: 20_000})
	var wg sync.WaitGroup
	for w := range 8 {
		wg.Go(func() {
			for i := range 25 {
				put(t, a, exchange(fmt.Sprintf("http://h%d.example/%d", w, i), "", fmt.Sprintf("%d-%d %s", w, i, strings.Repeat("x", i*100))))
			}
		})
	}
	wg.Wait()
	all := list(t, a)
	files := map[string]bool{}
	for _, c := range all {
		files[c.WarcFile] = true
		var w, i int
		fmt.Sscanf(c.URL, "http://h%d.example/%d", &w, &i)
		if !strings.HasPrefix(bodyOf(t, a, c), fmt.Sprintf("%d-%d ", w, i)) {
			t.Errorf("%s has another's body", c.URL)
		}
	}
	if len(all) != 200 || len(files) < 3 {
		t.Errorf("%d captures in %d files", len(all), len(files))
	}
	sound(t, a)
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	warcioCheck(t, dir)
}

func TestRefusals(t *testing.T) {
	a := openTest(t, t.TempDir(), Options{})
	ctx := context.Background()
	for _, name := range []string{"../x.warc.gz", "/etc/passwd", "x/y.warc.gz", "index.sqlite", ""} {
		if _, err := a.Body(ctx, schema.Capture{WarcFile: name}); err == nil {
			t.Errorf("%q is opened", name)
		}
	}
	x := exchange("http://a.example/", "", "b")
	x.Capture.Outcome = ""
	if _, err := a.WriteExchange(ctx, x); err == nil {
		t.Error("a capture without an outcome is taken")
	}
	x = exchange("http://a.example/", "", "")
	x.Body = io.MultiReader(strings.NewReader("half"), errReader{})
	if _, err := a.WriteExchange(ctx, x); err == nil || len(list(t, a)) != 0 {
		t.Errorf("a body that broke off is taken: %v", err)
	}
	if _, err := Open(ctx, filepath.Join(t.TempDir(), "none"), Options{ReadOnly: true}); err == nil {
		t.Error("a missing folder is read")
	}
}

type errReader struct{}

func (errReader) Read([]byte) (int, error) { return 0, errors.New("connection reset") }

func TestBucket(t *testing.T) {
	ctx := context.Background()
	staging := t.TempDir()
	location := "mem://"
	if bucket := os.Getenv("GONGKAI_TEST_BUCKET"); bucket != "" {
		location = emptyIn(t, bucket)
	}
	a := openTest(t, location, Options{Staging: staging, MaxFile: 1500})
	all := fill(t, a)
	sound(t, a)
	if err := a.endSegment(ctx); err != nil {
		t.Fatal(err)
	}
	if left, err := folder(staging).list(ctx); err != nil || len(left) != 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
	for _, c := range all {
		if c.SHA256 != nil && len(bodyOf(t, a, c)) != int(*c.Bytes) {
			t.Errorf("body of %s from the bucket", c.URL)
		}
	}
	sound(t, a)
}
