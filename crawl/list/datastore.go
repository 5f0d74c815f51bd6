package list

import (
	"strconv"
	"strings"

	"github.com/gongkai-data/gongkai/crawl/page"
	"github.com/gongkai-data/gongkai/extract/lazyregexp"
)

// datastore is the XML in which Hanweb's jpage and TrueCMS carry a piece of a list: <datastore> with <record>s that
// hold HTML.
type datastore struct {
	html  string // the HTML of the records, joined
	count int    // records
	total int    // <totalrecord>, or 0
	next  string // href of <nextgroup>, or ""
}

var (
	storeRecord = lazyregexp.New(`(?s)<record>(.*?)</record>`)
	storeTotal  = lazyregexp.New(`<totalrecord>\s*(\d+)`)
	storeNext   = lazyregexp.New(`(?s)<nextgroup>(.*?)</nextgroup>`)
	hrefValue   = lazyregexp.New(`href\s*=\s*["']([^"']+)["']`)
	storeStart  = lazyregexp.New(`<datastore>`)
)

func parseDatastore(source string) datastore {
	var d datastore
	var b strings.Builder
	for _, m := range storeRecord.FindAllStringSubmatch(source, -1) {
		b.WriteString(uncdata(m[1]))
		b.WriteByte('\n')
		d.count++
	}
	d.html = b.String()
	if n, err := strconv.Atoi(firstMatch(storeTotal, source)); err == nil {
		d.total = n
	}
	d.next = strings.ReplaceAll(firstMatch(hrefValue, firstMatch(storeNext, source)), "&amp;", "&")
	return d
}

func uncdata(s string) string {
	s = strings.TrimSpace(s)
	if strings.HasPrefix(s, "<![CDATA[") {
		return strings.TrimSuffix(strings.TrimPrefix(s, "<![CDATA["), "]]>")
	}
	return s
}

// items reads the anchors of the records. Where a column is known by number, an address of another column is not the
// list's own.
func (d datastore) items(p *page.Page, column string) []Item {
	items := own(p.Links(p.Fragment(d.html)))
	for i, it := range items {
		if m := artColumn.FindStringSubmatch(it.URL.Path); m != nil && column != "" && m[1] != column {
			items[i].Own = false
		}
	}
	return items
}

var artColumn = lazyregexp.New(`/art_(\d+)_\d+\.`)

// datastores splits the page into its embedded datastores.
func datastores(source string) []datastore {
	var out []datastore
	for _, at := range storeStart.FindAllStringIndex(source, 32) {
		end := strings.Index(source[at[0]:], "</datastore>")
		if end < 0 {
			end = len(source) - at[0]
		}
		out = append(out, parseDatastore(source[at[0]:at[0]+end]))
	}
	return out
}
