// Package robots reads robots.txt (RFC 9309) with github.com/temoto/robotstxt and answers what a crawler asks of it.
package robots

import (
	"bytes"
	"net/url"
	"strconv"
	"time"

	"github.com/temoto/robotstxt"
)

// Rules are the rules of one origin for one user agent.
type Rules struct {
	group *robotstxt.Group
	data  *robotstxt.RobotsData
	agent string
}

// maxSize is how much of a robots.txt counts, as RFC 9309 section 2.5 allows.
const maxSize = 500 << 10

// Parse reads the answer to a request for /robots.txt. A status of 4xx allows everything (RFC 9309 section 2.3.1.3),
// one of 5xx forbids everything (2.3.1.4). An HTML page in place of the file, as sites serve for what they do not have,
// allows everything.
func Parse(status int, body []byte, agent string) Rules {
	body = body[:min(len(body), maxSize)]
	body = bytes.TrimPrefix(body, []byte("\xEF\xBB\xBF"))
	if trimmed := bytes.ToLower(bytes.TrimSpace(body[:min(len(body), 512)])); bytes.HasPrefix(trimmed, []byte("<!doctype")) || bytes.HasPrefix(trimmed, []byte("<html")) {
		body = nil
	}
	data, err := robotstxt.FromStatusAndBytes(status, body)
	if err != nil {
		// Lines that cannot be read are skipped by the standard; the library refuses the file, so only well-formed
		// lines are given to it.
		data, err = robotstxt.FromStatusAndBytes(status, wellFormed(body))
	}
	if err != nil {
		data, _ = robotstxt.FromStatusAndBytes(500, nil) // unreadable even so: stay out
	}
	return Rules{group: data.FindGroup(agent), data: data, agent: agent}
}

func wellFormed(body []byte) []byte {
	var out bytes.Buffer
	for line := range bytes.Lines(body) {
		key, value, ok := bytes.Cut(line, []byte(":"))
		switch string(bytes.ToLower(bytes.TrimSpace(key))) {
		case "crawl-delay":
			if _, err := strconv.ParseFloat(string(bytes.TrimSpace(value)), 64); err != nil {
				continue
			}
			fallthrough
		case "user-agent", "allow", "disallow":
			if ok {
				out.Write(line)
			}
		}
	}
	return out.Bytes()
}

// Allowed reports whether the address may be fetched.
func (r Rules) Allowed(u *url.URL) bool {
	return r.data == nil || r.data.TestAgent(u.RequestURI(), r.agent)
}

// Delay is the Crawl-delay that the site asks for, or 0.
func (r Rules) Delay() time.Duration {
	if r.group == nil {
		return 0
	}
	return r.group.CrawlDelay
}
