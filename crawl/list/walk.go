package list

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"net/url"
	"strconv"
	"strings"

	"github.com/gongkai-data/gongkai/crawl/page"
	"github.com/gongkai-data/gongkai/crawl/title"
	"github.com/gongkai-data/gongkai/datasets/codebook"
)

// maxPages ends lists that never do: calendars, and servers that make up an entry for each page.
const maxPages = 400

// End is what is known of a list when its walk is over.
type End struct {
	Complete bool   `json:"complete"`       // it was read to its end
	Why      string `json:"why"`            // how that is known, or why it was not
	Next     string `json:"next,omitempty"` // where a person can go on, when it was not
	Entries  int    `json:"entries"`        // seen
	Stated   int    `json:"stated"`         // entries that the site itself states, 0 when it states none
	Pages    int    `json:"pages"`          // that gave entries
	Left     bool   `json:"left"`           // its reader, or a limit, ended the walk
}

// Walk is a walk through one list.
type Walk struct {
	Match
	p       *page.Page
	env     Env
	seen    map[string]bool
	stopped bool
	limit   bool
	err     error
}

// NewWalk detects the family of a column page, or finds the rule that a person has written for it.
func NewWalk(p *page.Page, env Env) *Walk {
	w := &Walk{p: p, env: env, seen: map[string]bool{}}
	w.Match = Detect(p)
	if env.Drawn {
		w.Match = Match{Lister: static{}, Confidence: 1}
	}
	if r, ok := RuleFor(env.Rules, p.URL); ok {
		w.Match = Match{taught{r}, r.params(), 1}
	}
	w.env.trace = &trace{}
	fetch := env.Get
	w.env.Get = w.env.ask
	w.env.try = func(ctx context.Context, r Request) (*page.Page, error) {
		if w.env.latest = r.URL; r.Method != "GET" {
			w.env.latest = ""
		}
		return fetch(ctx, r)
	}
	return w
}

// Pages yields the entries of each page that were not seen before. It stops at the first page without a new address,
// whatever the number of pages that the site claims: servers repeat the last page or ignore the parameter.
func (w *Walk) Pages(ctx context.Context) iter.Seq2[[]Item, error] {
	return func(yield func([]Item, error) bool) {
		if !ownCounts[w.Lister.Family()] {
			w.env.state(statedRecords(w.p), statedPages(w.p))
		}
		count := 0
		for items, err := range w.Lister.Pages(ctx, w.p, w.Params, w.env) {
			if err != nil {
				w.err = err
				yield(nil, err)
				return
			}
			fresh := fresh(items, w.seen)
			count++
			w.env.trace.pages = count
			w.env.entries += listed(fresh)
			if len(fresh) == 0 && count > 1 {
				return
			}
			if count >= maxPages {
				w.limit = true
			}
			if !yield(fresh, nil) || w.limit {
				w.stopped = true
				return
			}
		}
	}
}

// ownCounts are families whose interfaces state the length of the list asked for; what their pages say besides is of
// other lists too.
var ownCounts = map[string]bool{"jpage": true, "truecms": true, "gkmlpt": true, "epoint": true, "jpaas": true, "xxgk": true, "xxgk-annual": true}

// listed counts the items that stand in a list: in the column's own, with a date beside them, or with the title of a
// report.
func listed(items []Item) int {
	n := 0
	for _, it := range items {
		if it.Own || it.Date != "" || it.Year != 0 {
			n++
			continue
		}
		if k := title.Judge(it.Text).Kind; k == title.Report || k == title.Weak {
			n++
		}
	}
	return n
}

// End says what is known of the list's end, after Pages.
func (w *Walk) End() End {
	t := w.env.trace
	e := End{Entries: t.entries, Stated: t.records, Pages: t.pages, Next: t.at, Left: w.limit || w.stopped}
	if e.Next == "" {
		e.Next = w.p.URL.String()
		if e.Left && t.latest != "" {
			e.Next = t.latest
		}
	}
	var reasons []string
	add := func(format string, args ...any) { reasons = append(reasons, fmt.Sprintf(format, args...)) }
	switch {
	case errors.Is(w.err, ErrNeedsBrowser):
		add("%v", w.err)
	case w.err != nil:
		add("reading it ended with an error: %v", w.err)
	case w.limit:
		add("the limit of %d pages", maxPages)
	case w.stopped:
		add("it was left after %d pages", t.pages)
	}
	if t.records > t.entries {
		add("the site states %d entries, %d were seen", t.records, t.entries)
	}
	if read := max(t.pages, t.read); t.all > read && !(t.records > 0 && t.entries >= t.records) {
		add("the site states %d pages, %d were read", t.all, read)
	}
	if t.why != "" {
		add("%s", t.why)
	}
	if t.failed != "" && !(t.records > 0 && t.entries >= t.records) {
		add("%s", t.failed)
		if t.at == "" {
			e.Next = t.failedAt
		}
	}
	if t.entries == 0 && len(reasons) == 0 && !title.Apology(w.p.Text()) {
		add("no entry of a list stands on the page: a script may fill it in")
	}
	if w.env.Drawn && t.pages <= 1 && t.records == 0 && w.p.Pager() {
		add("its further pages are opened by scripts")
	}
	if len(reasons) > 0 {
		e.Why = strings.Join(reasons, "; ")
		return e
	}
	e.Complete, e.Next = true, ""
	switch {
	case t.records > 0:
		e.Why = codebook.Note("all_entries_seen", strconv.Itoa(t.records))
	case t.all > 0:
		e.Why = codebook.Note("all_pages_read", strconv.Itoa(t.all))
	case t.how != "":
		e.Why = t.how
	case t.pages > 1:
		e.Why = codebook.Note("nothing_new")
	default:
		e.Why = codebook.Note("one_page")
	}
	return e
}

// trace is what a walk learns of the list's extent. Listers write it through Env.
type trace struct {
	try              Fetch // asks for what may not be there: a failure says nothing
	records, all     int   // entries and pages that the site states
	entries, pages   int   // listed entries seen, pages that gave entries
	read             int   // pages that answered, where a lister counts them
	how              string
	why, at          string
	failed, failedAt string
	latest           string // address asked for
}

// ask remembers the first answer of a list that was none.
func (t *trace) ask(ctx context.Context, r Request) (*page.Page, error) {
	p, err := t.try(ctx, r)
	if err == nil && !isOK(p) && t.failed == "" {
		t.failed, t.failedAt = fmt.Sprintf("its page %s answers status %d", short(r.URL), p.Status), r.URL
	}
	return p, err
}

func short(address string) string {
	if u, err := url.Parse(address); err == nil {
		address = u.RequestURI()
	}
	if len(address) > 120 {
		return address[:120] + "…"
	}
	return address
}

// state notes how many entries and pages the site itself says there are; 0 says nothing.
func (t *trace) state(records, pages int) {
	t.records, t.all = max(t.records, records), max(t.all, pages)
}

// gap notes that the list goes on where the walk could not follow, and where.
func (t *trace) gap(at *url.URL, format string, args ...any) {
	if t.why == "" {
		t.why, t.at = fmt.Sprintf(format, args...), at.String()
	}
}

// ended notes a sign of the list's end.
func (t *trace) ended(how string) { t.how = how }
