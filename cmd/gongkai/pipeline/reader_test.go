package pipeline

import (
	"net/http"
	"testing"
)

func TestShortOf(t *testing.T) {
	for _, c := range []struct {
		header http.Header
		body   int64
		short  bool
	}{
		{http.Header{}, 5, false},
		{http.Header{"Content-Length": {"5"}}, 5, false},
		{http.Header{"Content-Length": {"5005"}}, 5, true},
		{http.Header{"Content-Length": {"4"}}, 5, false},
		{http.Header{"Content-Length": {"5005"}, "Content-Encoding": {"gzip"}}, 5, false}, // of the packed body
		{http.Header{"Content-Length": {"5005"}, "Content-Encoding": {"identity"}}, 5, true},
		{http.Header{"Content-Length": {"none"}}, 5, false},
	} {
		if got := shortOf(c.header, c.body); (got != "") != c.short {
			t.Errorf("%v, %d bytes: %q", c.header, c.body, got)
		}
	}
}
