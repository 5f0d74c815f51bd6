package web

import "net/url"

// static turns addresses into the files of a static site.
type static struct {
	link func(from *url.URL, path string, q url.Values) string
}
