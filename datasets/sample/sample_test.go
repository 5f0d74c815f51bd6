package sample_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/gongkai-data/gongkai/datasets/sample"
)

var linkPattern = regexp.MustCompile(`(?i)(?:href|src)\s*=\s*["']?([^"'\s>]+)`)

// TestLinks follows every link from the seeds: all resolve on the site but the one that is to be missing, and every
// page says that it is a sample.
func TestLinks(t *testing.T) {
	server := httptest.NewServer(sample.Handler())
	defer server.Close()
	queue := []string{server.URL + "/index.html", server.URL + "/robots.txt"}
	for _, seed := range sample.Seeds(server.URL) {
		queue = append(queue, seed.Site)
	}
	seen := map[string]bool{}
	kinds := map[string]int{}
	for len(queue) > 0 {
		next := queue[0]
		queue = queue[1:]
		if seen[next] {
			continue
		}
		seen[next] = true
		resp, err := http.Get(next)
		if err != nil {
			t.Fatalf("get %s: %v", next, err)
		}
		body, err := io.ReadAll(resp.Body)
		_ = resp.Body.Close()
		if strings.HasSuffix(next, "_900.html") && resp.StatusCode == http.StatusNotFound {
			kinds["gone"]++
			continue
		}
		if err != nil || resp.StatusCode != http.StatusOK || len(body) == 0 {
			t.Errorf("%s: status %d, %d bytes, %v", next, resp.StatusCode, len(body), err)
			continue
		}
		media := resp.Header.Get("Content-Type")
		kinds[media]++
		if !strings.HasPrefix(media, "text/html") {
			continue
		}
		text := string(body)
		if strings.Contains(text, "charset=gb2312") {
			if text, err = simplifiedchinese.GB18030.NewDecoder().String(text); err != nil {
				t.Errorf("%s: not GBK: %v", next, err)
			}
			kinds["gbk"]++
		}
		if !strings.Contains(text, "样例") {
			t.Errorf("%s does not say that it is a sample", next)
		}
		for _, m := range linkPattern.FindAllStringSubmatch(text, -1) {
			base, err := url.Parse(next)
			if err != nil {
				t.Fatal(err)
			}
			ref, err := base.Parse(m[1])
			if err != nil || ref.Host != base.Host {
				t.Errorf("%s links to %s outside the site (%v)", next, m[1], err)
				continue
			}
			ref.Fragment = ""
			queue = append(queue, ref.String())
		}
	}
	for _, want := range []string{"gone", "application/pdf", "gbk", "text/html; charset=utf-8", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"} {
		if kinds[want] == 0 {
			t.Errorf("no page of kind %s on the site: %v", want, kinds)
		}
	}
	if len(seen) < 115 {
		t.Errorf("only %d pages reachable", len(seen))
	}
}

// TestConditional checks that an unchanged page is answered with 304 to its ETag.
func TestConditional(t *testing.T) {
	server := httptest.NewServer(sample.Handler())
	defer server.Close()
	seed := sample.Seeds(server.URL)[0].Site
	first, err := http.Get(seed)
	if err != nil {
		t.Fatal(err)
	}
	_ = first.Body.Close()
	req, err := http.NewRequest(http.MethodGet, seed, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("If-None-Match", first.Header.Get("ETag"))
	again, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	_ = again.Body.Close()
	if again.StatusCode != http.StatusNotModified {
		t.Errorf("status %d for the ETag of the page, want 304", again.StatusCode)
	}
}
