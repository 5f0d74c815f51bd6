package crawl

import (
	"net/url"
	"testing"
)

func TestHosts(t *testing.T) {
	parse := func(s string) *url.URL {
		u, err := url.Parse(s)
		if err != nil {
			t.Fatal(err)
		}
		return u
	}
	for _, c := range []struct {
		a, b    string
		related bool
	}{
		{"http://www.qingshan.gov.cn/", "https://xxgk.qingshan.gov.cn/", true},
		{"http://www.qingshan.gov.cn/", "http://www.baishui.gov.cn/", false},
		{"http://122.137.242.24:8080/", "http://122.137.242.24/", true},
		{"http://122.137.242.24/", "http://9.9.242.24/", false},
		{"http://a.example.com/", "http://b.example.com/", true},
	} {
		if got := related(parse(c.a), parse(c.b)); got != c.related {
			t.Errorf("related(%s, %s) = %v", c.a, c.b, got)
		}
	}
	for address, want := range map[string]string{"http://WWW.a.test/": "a.test", "https://a.test:8443/": "a.test", "http://127.0.0.1:8001/": "127.0.0.1:8001", "http://localhost:9/": "localhost:9"} {
		if got := hostKey(parse(address)); got != want {
			t.Errorf("hostKey(%s) = %s, want %s", address, got, want)
		}
	}
}
