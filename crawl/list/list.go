// Package list reads the column pages of the site families that Chinese government sites are built with: which family a
// page belongs to, and where the further pages of its list are. Each family whose lists come from an interface of its
// own is one file and one Lister; all other lists go on in one of a few ways (links, numbered addresses, forms,
// cursors, addresses in scripts), which the walker tries by their evidence. A lister takes every parameter from the
// page and fetches only through the function that it is given, so politeness, recording and resuming are its caller's.
// A walk ends with what is known of the list's end: only a list that was read to it can be said to lack something.
package list

import (
	"context"
	"errors"
	"iter"
	"net/url"
	"path"
	"strings"

	"github.com/gongkai-data/gongkai/crawl/page"
	"github.com/gongkai-data/gongkai/extract/lazyregexp"
)

// Request is one request that a lister needs: a list API or a further page.
type Request struct {
	Method      string // GET or POST
	URL         string
	Body        string            // of a POST
	ContentType string            // of the Body
	Referer     string            // the column page: two families answer nothing without it
	Salt        string            // tells two requests apart that are written alike; not sent
	Header      map[string]string // what a page's scripts set beside it
}

// Fetch answers a request. Any HTTP status is an answer; an error means that there was none and that the walk must
// stop.
type Fetch func(ctx context.Context, r Request) (*page.Page, error)

// Env is what a lister may use besides the page.
type Env struct {
	Get   Fetch
	Years []int  // the years reported on that are wanted, ascending: for reports addressed by year
	Rules []Rule // columns that a person has described
	Drawn bool   // the page is as its scripts have made it: its list stands on it, whatever its family
	*trace
}

// Params are what a lister read from the page: column ids, API addresses. They are shown by probe.
type Params map[string]string

// Item is one entry of a list.
type Item struct {
	page.Link
	Own  bool // it stands in the column's own list or below its path; a sidebar's entry does not
	Year int  // the year that the entry's address asks for, or 0
}

// Lister reads the lists of one family.
type Lister interface {
	// Family is the short name: trs, jpage, xxgk, ...
	Family() string
	// Detect says how sure it is, 0 to 1, that the page is of its family, and with which parameters.
	Detect(p *page.Page) (Params, float64)
	// Pages yields the entries page by page, the given page first. It ends when the site has no more; an error ends it
	// too.
	Pages(ctx context.Context, p *page.Page, params Params, env Env) iter.Seq2[[]Item, error]
}

// ErrNeedsBrowser says that the list is made by scripts with a token that only a browser can make.
var ErrNeedsBrowser = errors.New("the list needs a browser")

// Families are all listers, in the order in which equal confidences are decided; static is last and takes every page.
func Families() []Lister {
	return []Lister{annual{}, gkmlpt{}, jpage{}, xxgk{}, jpaas{}, trueCMS{}, epoint{}, ucap{}, trs{}, vsb{}, webPlus{}, static{}}
}

// Match is one family's claim on a page.
type Match struct {
	Lister     Lister
	Params     Params
	Confidence float64
}

// Detect returns the family that claims the page with the highest confidence.
func Detect(p *page.Page) Match {
	var best Match
	for _, l := range Families() {
		if params, c := l.Detect(p); c > best.Confidence {
			best = Match{l, params, c}
		}
	}
	return best
}

// fresh keeps the items not seen before and marks them seen.
func fresh(items []Item, seen map[string]bool) []Item {
	var out []Item
	for _, it := range items {
		if key := it.URL.String(); !seen[key] {
			seen[key] = true
			out = append(out, it)
		}
	}
	return out
}

// ownBelow turns links into items; own are those below the folder of the column page.
func ownBelow(p *page.Page, links []page.Link) []Item {
	prefix := folder(p.URL)
	items := make([]Item, 0, len(links))
	for _, l := range links {
		items = append(items, Item{Link: l, Own: l.URL.Host == p.URL.Host && strings.HasPrefix(l.URL.Path, prefix) && l.URL.Path != p.URL.Path && prefix != "/"})
	}
	return items
}

// own marks all links as the list's own: the answer of an API that was asked for one column.
func own(links []page.Link) []Item {
	items := make([]Item, len(links))
	for i, l := range links {
		items[i] = Item{Link: l, Own: true}
	}
	return items
}

// folder is the path of an address up to and including its last slash.
func folder(u *url.URL) string {
	if strings.HasSuffix(u.Path, "/") {
		return u.Path
	}
	dir := path.Dir(u.Path)
	return strings.TrimSuffix(dir, "/") + "/"
}

func countOwn(items []Item) int {
	n := 0
	for _, it := range items {
		if it.Own {
			n++
		}
	}
	return n
}

// pair matches key:'value', "key":"value" and key:123 as scripts and attributes write them.
var pair = lazyregexp.New(`["']?([A-Za-z_]\w*)["']?\s*:\s*(?:'([^']*)'|"([^"]*)"|(-?\d+))`)

// pairs reads the pairs of a script's object literal; of a repeated key the first counts.
func pairs(source string) map[string]string {
	m := map[string]string{}
	for _, f := range pair.FindAllStringSubmatch(source, -1) {
		if _, ok := m[f[1]]; !ok {
			m[f[1]] = f[2] + f[3] + f[4]
		}
	}
	return m
}

// braces returns the text of the object literal that starts at the first { at or after from, braces included, or "".
func braces(source string, from int) string {
	start := strings.IndexByte(source[from:], '{')
	if start < 0 {
		return ""
	}
	start += from
	depth, quote := 0, byte(0)
	for i := start; i < len(source) && i < start+1<<20; i++ {
		switch c := source[i]; {
		case quote != 0:
			if c == '\\' {
				i++
			} else if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '{':
			depth++
		case c == '}':
			if depth--; depth == 0 {
				return source[start : i+1]
			}
		}
	}
	return ""
}

// firstMatch returns what the first group of an expression holds where it first matches, or "".
func firstMatch(re interface{ FindStringSubmatch(string) []string }, s string) string {
	if m := re.FindStringSubmatch(s); m != nil {
		return m[1]
	}
	return ""
}

func isOK(p *page.Page) bool { return p.Status >= 200 && p.Status < 300 }
