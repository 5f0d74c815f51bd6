package crawl

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// jar holds the cookies that one host has set in one run, by name. They are sent back to that host alone and forgotten
// after the run.
type jar map[string]cookie

type cookie struct {
	Value  string `json:"value"`
	Path   string `json:"path,omitempty"`
	Secure bool   `json:"secure,omitempty"`
}

// maxCookies bounds a jar, and maxCookie one value.
const (
	maxCookies = 50
	maxCookie  = 4096
)

func readJar(text string) jar {
	j := jar{}
	if json.Unmarshal([]byte(text), &j) != nil || j == nil { // nothing is kept yet
		return jar{}
	}
	return j
}

// take keeps what an answer sets. It reports whether the jar has changed.
func (j jar) take(header http.Header, now time.Time) bool {
	changed := false
	for _, c := range (&http.Response{Header: header}).Cookies() {
		old, known := j[c.Name]
		switch kept := (cookie{c.Value, c.Path, c.Secure}); {
		case c.MaxAge < 0 || !c.Expires.IsZero() && c.Expires.Before(now):
			changed = changed || known
			delete(j, c.Name)
		case old != kept && len(c.Value) <= maxCookie && (known || len(j) < maxCookies):
			j[c.Name], changed = kept, true
		}
	}
	return changed
}

// header is the value of the Cookie header for an address, "" for none.
func (j jar) header(u *url.URL) string {
	var parts []string
	for name, c := range j {
		folder := strings.TrimSuffix(c.Path, "/")
		if (!c.Secure || u.Scheme == "https") && (folder == "" || u.Path == folder || strings.HasPrefix(u.Path, folder+"/")) {
			parts = append(parts, name+"="+c.Value)
		}
	}
	slices.Sort(parts)
	return strings.Join(parts, "; ")
}

func (j jar) String() string {
	text, err := json.Marshal(j)
	if err != nil {
		return "" // strings and booleans can always be written
	}
	return string(text)
}
