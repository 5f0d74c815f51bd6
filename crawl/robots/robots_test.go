package robots

import (
	"net/url"
	"testing"
	"time"
)

func TestParse(t *testing.T) {
	for _, c := range []struct {
		name    string
		status  int
		body    string
		path    string
		allowed bool
		delay   time.Duration
	}{
		{"rules", 200, "User-agent: *\nDisallow: /nb/\nCrawl-delay: 7\n", "/nb/1.html", false, 7 * time.Second},
		{"other path", 200, "User-agent: *\nDisallow: /nb/\n", "/zw/1.html", true, 0},
		{"own group", 200, "User-agent: *\nDisallow: /\n\nUser-agent: gongkai\nAllow: /\n", "/nb/", true, 0},
		{"mark", 200, "\xEF\xBB\xBFUser-agent: *\nDisallow: /\n", "/nb/", false, 0},
		{"none", 404, "", "/nb/", true, 0},
		{"broken server", 503, "", "/nb/", false, 0},
		{"page in its place", 200, "<!DOCTYPE html><html>Disallow: /</html>", "/nb/", true, 0},
		{"broken delay", 200, "User-agent: *\nCrawl-delay: soon\nDisallow: /x/\n", "/x/1", false, 0},
	} {
		u, err := url.Parse("http://a.test" + c.path)
		if err != nil {
			t.Fatal(err)
		}
		r := Parse(c.status, []byte(c.body), "gongkai/0.1")
		if r.Allowed(u) != c.allowed || r.Delay() != c.delay {
			t.Errorf("%s: allowed %v, delay %v", c.name, r.Allowed(u), r.Delay())
		}
	}
}
