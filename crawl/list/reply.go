package list

import (
	"encoding/json"
	"encoding/xml"
	"io"
	"net/url"
	"slices"
	"strings"

	"github.com/gongkai-data/gongkai/crawl/page"
	"github.com/gongkai-data/gongkai/extract/lazyregexp"
)

// reply is what an interface of a list answered, whatever its form: HTML, or JSON with rows or with HTML inside.
type reply struct {
	items   []Item
	cursors map[string]string // values that name where the list goes on, by lower-case name
	next    string            // an address of the next piece
	records int               // entries that it states
	pages   int
	last    bool // it says that nothing follows
	json    bool
}

var (
	jsonpForm   = lazyregexp.New(`(?s)^\s*(?:[\w.$]+\s*\(|(?:var|let|const)\s+[\w$]+\s*=|[\w.$]+\s*=)\s*([\[{].*[\]}])\s*\)?\s*;?\s*$`)
	recordNames = lazyregexp.New(`(?i)^(?:total|total_?(?:count|records?|num|rows|elements|items)|record_?(?:count|total)|row_?count|allcount|hits)$`)
	pageNames   = lazyregexp.New(`(?i)^(?:pages|page_?(?:count|total|sum)|total_?pages?|page_?nums?total)$`)
	moreNames   = lazyregexp.New(`(?i)^(?:has_?(?:more|next|next_?page)|more)$`)
	lastNames   = lazyregexp.New(`(?i)^(?:is_?last(?:_?page)?|last_?page|is_?end|end|finished|no_?more)$`)
	cursorName  = lazyregexp.New(`(?i)cursor|^next|after|last_?(?:id|key)|scroll|token|max_?id|since|marker|position|anchor$`)
)

// readReply reads the answer of an interface as entries of the list on page p.
func readReply(p, answer *page.Page) reply {
	r := reply{cursors: map[string]string{}}
	source := strings.TrimSpace(strings.TrimPrefix(answer.Source, "\uFEFF"))
	if m := jsonpForm.FindStringSubmatch(source); m != nil {
		source = m[1]
	}
	var v any
	if source != "" && (source[0] == '{' || source[0] == '[') && decodeJSON(source, &v) {
		r.json = true
		r.walk(p, v, "", 0)
		return r
	}
	if strings.Contains(source, "<datastore>") {
		d := parseDatastore(source)
		r.items, r.records = d.items(p, ""), d.total
		return r
	}
	if strings.HasPrefix(source, "<?xml") || strings.HasPrefix(source, "<rss") {
		if r.items = xmlRows(p, source); len(r.items) > 0 {
			return r
		}
	}
	if answer.Doc == nil {
		return r
	}
	r.items = own(p.Links(p.Fragment(answer.Source)))
	return r
}

// xmlRows reads elements that hold a title and an address as entries: <item><title>…</title><url>…</url></item>.
func xmlRows(p *page.Page, source string) []Item {
	d := xml.NewDecoder(strings.NewReader(source))
	d.Strict = false
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil } // it is decoded already
	var items []Item
	var open []map[string]any
	text := ""
	for {
		token, err := d.Token()
		if err != nil {
			return items
		}
		switch token := token.(type) {
		case xml.StartElement:
			row := map[string]any{}
			for _, a := range token.Attr {
				row[a.Name.Local] = a.Value
			}
			open, text = append(open, row), ""
		case xml.CharData:
			text += string(token)
		case xml.EndElement:
			if len(open) == 0 {
				continue
			}
			row := open[len(open)-1]
			open = open[:len(open)-1]
			if it, ok := jsonRow(p, row); ok {
				items = append(items, it)
			} else if len(open) > 0 && len(row) == 0 {
				open[len(open)-1][token.Name.Local] = strings.TrimSpace(text)
			}
			text = ""
		}
	}
}

// isData reports whether an answer is rows for a script and no page.
func isData(p *page.Page) bool {
	source := strings.TrimSpace(strings.TrimPrefix(p.Source, "\uFEFF"))
	return strings.HasPrefix(source, "{") || strings.HasPrefix(source, "[") || strings.HasPrefix(source, "<?xml") || jsonpForm.MatchString(source)
}

func decodeJSON(source string, v *any) bool {
	d := json.NewDecoder(strings.NewReader(source))
	d.UseNumber()
	return d.Decode(v) == nil
}

// maxJSONDepth bounds how deep an answer is read.
const maxJSONDepth = 12

func (r *reply) walk(p *page.Page, v any, name string, depth int) {
	if depth > maxJSONDepth {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, x := range v {
			if row, ok := x.(map[string]any); ok {
				if it, ok := jsonRow(p, row); ok {
					r.items = append(r.items, it)
					continue
				}
			}
			r.walk(p, x, name, depth+1)
		}
	case map[string]any:
		for _, k := range sortedKeys(v) {
			r.field(p, k, v[k], depth)
		}
	case string:
		switch t := strings.TrimSpace(v); {
		case strings.HasPrefix(t, "{") || strings.HasPrefix(t, "["):
			var inner any
			if decodeJSON(t, &inner) {
				r.walk(p, inner, name, depth+1)
			}
		case strings.Contains(t, "<datastore>"):
			d := parseDatastore(t)
			r.items, r.records = append(r.items, d.items(p, "")...), max(r.records, d.total)
		case strings.Contains(t, "<a ") || strings.Contains(t, "<li") || strings.Contains(t, "<tr"):
			r.items = append(r.items, own(p.Links(p.Fragment(t)))...)
		}
	}
}

// field reads one field of an object that is no row.
func (r *reply) field(p *page.Page, name string, v any, depth int) {
	text := scalar(v)
	n := number([]string{"", text})
	switch {
	case recordNames.MatchString(name) && text != "":
		r.records = max(r.records, n)
	case pageNames.MatchString(name) && text != "":
		r.pages = max(r.pages, n)
	case moreNames.MatchString(name) && text != "":
		r.last = r.last || text == "false" || text == "0"
	case lastNames.MatchString(name) && (text == "true" || text == "false"):
		r.last = r.last || text == "true"
	case cursorName.MatchString(name) && text != "" && text != "false" && text != "true":
		if page.LooksLikeAddress(text) {
			r.next = text
		} else {
			r.cursors[strings.ToLower(name)] = text
		}
	default:
		r.walk(p, v, name, depth+1)
	}
}

func scalar(v any) string {
	switch v := v.(type) {
	case string:
		return strings.TrimSpace(v)
	case json.Number:
		return v.String()
	case bool:
		if v {
			return "true"
		}
		return "false"
	}
	return ""
}

func sortedKeys(m map[string]any) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// jsonRow reads an object as an entry: a title and an address, which the page's scripts may put together from the row's
// fields.
func jsonRow(p *page.Page, row map[string]any) (Item, bool) {
	fields := map[string]string{}
	all := ""
	for k, v := range row {
		if t := scalar(v); t != "" {
			fields[strings.ToLower(k)] = t
			all += " " + t
		}
	}
	label := page.Fold(tags.ReplaceAllString(firstOf(fields, scriptTitle), ""))
	if page.Han(label) < 2 {
		label = ""
		for _, k := range sortedKeys(row) {
			if t := page.Fold(tags.ReplaceAllString(scalar(row[k]), "")); page.Han(t) >= 4 && page.Han(t) > page.Han(label) && len(t) < 300 {
				label = t
			}
		}
	}
	if label == "" {
		return Item{}, false
	}
	u := p.Resolve(firstOf(fields, scriptURL))
	if u == nil {
		for _, k := range sortedKeys(row) {
			if t := scalar(row[k]); page.LooksLikeAddress(t) {
				u = p.Resolve(t)
				break
			}
		}
	}
	if u == nil {
		u = composed(p, fields)
	}
	if u == nil {
		return Item{}, false
	}
	return Item{Link: page.Link{URL: u, Text: label, Date: page.FindDate(all)}, Own: true}, true
}

// composed is the address that the page's scripts put together from a row's fields: '/nb/content_' + item.id + '.html'.
func composed(p *page.Page, fields map[string]string) *url.URL {
	for _, e := range p.OwnExprs() {
		dotted := false
		text, ok := e.Value(func(name string) (string, bool) {
			if i := strings.LastIndexByte(name, '.'); i >= 0 {
				if v, ok := fields[strings.ToLower(name[i+1:])]; ok {
					dotted = true
					return v, true
				}
				return "", false
			}
			return p.Variable(name)
		})
		if !ok || !dotted {
			continue
		}
		if m := hrefValue.FindStringSubmatch(text); m != nil {
			text = m[1]
		} else if i := strings.LastIndexAny(text, `"'`); i >= 0 { // <a href="/nb/ + id: what follows the quote
			text = text[i+1:]
		}
		text = strings.TrimRight(text, `"'> `)
		if page.LooksLikeAddress(text) {
			return p.Resolve(text)
		}
	}
	return nil
}
