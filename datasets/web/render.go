package web

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"math"
	"net/url"
	"reflect"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/datasets/gazetteer"
)

//go:embed templates
var templateFiles embed.FS

// templates holds one template set per page: the layout and the page's own main.
type templates struct{ byName map[string]*template.Template }

func parseTemplates() (*templates, error) {
	t := &templates{map[string]*template.Template{}}
	files, err := templateFiles.ReadDir("templates")
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		name := strings.TrimSuffix(f.Name(), ".html")
		if name == "layout" {
			continue
		}
		parsed, err := template.New("layout.html").ParseFS(templateFiles, "templates/layout.html", "templates/"+f.Name())
		if err != nil {
			return nil, fmt.Errorf("reading the template %s: %w", name, err)
		}
		t.byName[name] = parsed
	}
	return t, nil
}

// buffer is a page in the making. It is used again and again, for a page of many cells is larger than all else that its
// request needs.
type buffer struct{ bytes.Buffer }

var buffers = sync.Pool{New: func() any { return &buffer{} }}

func newBuffer() *buffer { return buffers.Get().(*buffer) }

// release gives the buffer back when its bytes are of no more use. A very large one is left to the garbage collector.
func (b *buffer) release() {
	if b.Cap() <= 1<<20 {
		b.Reset()
		buffers.Put(b)
	}
}

// page is what every template gets: the request for words and links, and the page's own data.
type page struct {
	*request
	Data any
}

func (r *request) render(name string, data any) error {
	return r.server.templates.byName[name].Execute(r.body, page{r, data})
}

// Title is the page's own title.
func (r *request) Title() string { return r.title }

// Lang is zh or en.
func (r *request) Lang() string { return r.lang }

// Zh reports whether the page is in Chinese.
func (r *request) Zh() bool { return r.lang == "zh" }

// Release is the tag of the release that the page shows.
func (r *request) Release() string { return r.tag }

// Live reports whether a server answers, so that searches and free comparisons work.
func (r *request) Live() bool { return r.static == nil }

// Link is the address of a page of this language: path parts joined and escaped.
func (r *request) Link(parts ...any) string { return r.address("/"+r.lang+"/"+joined(parts), nil) }

// Root is the address of something that has no language.
func (r *request) Root(parts ...any) string { return r.address("/"+joined(parts), nil) }

// Query is the address of a page of this language with a query of key and value pairs; empty values are left out.
func (r *request) Query(path string, pairs ...any) (string, error) {
	if len(pairs)%2 != 0 {
		return "", fmt.Errorf("a query of %d parts", len(pairs))
	}
	q := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		if v := fmt.Sprint(pairs[i+1]); v != "" && v != "0" {
			q.Add(fmt.Sprint(pairs[i]), v)
		}
	}
	return r.address("/"+r.lang+"/"+path, q), nil
}

func (r *request) address(path string, q url.Values) string {
	if r.static != nil {
		return r.static.link(r.URL, path, q)
	}
	path = r.server.opt.Base + path
	if len(q) > 0 {
		return path + "?" + q.Encode()
	}
	return path
}

func joined(parts []any) string {
	var out []string
	for _, p := range parts {
		out = append(out, url.PathEscape(fmt.Sprint(p)))
	}
	return strings.Join(out, "/")
}

// Other is the address of this page in the other language.
func (r *request) Other() string {
	other := "en"
	if r.lang == "en" {
		other = "zh"
	}
	path := r.URL.EscapedPath()
	if second := r.PathValue("second"); r.static != nil && second != "" { // two texts, which are Chinese, are compared on a Chinese page only
		return r.address("/"+other+"/report/"+url.PathEscape(second), nil)
	}
	if rest, ok := strings.CutPrefix(path, "/"+r.lang+"/"); ok {
		return r.address("/"+other+"/"+rest, r.URL.Query())
	}
	return r.address("/"+other+"/", nil)
}

// Pick returns the text of the page's language.
func (r *request) Pick(zh, en string) string {
	if r.lang == "zh" {
		return zh
	}
	return en
}

// Plain takes out of foreign text the characters that control a line or turn its direction; the template escapes the
// rest.
func (r *request) Plain(s string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsControl(c) || unicode.Is(unicode.Bidi_Control, c) {
			return -1
		}
		return c
	}, s)
}

// Outward returns the address of a source if it is one of the web, else nothing: a link must not be javascript: or
// file:.
func (r *request) Outward(s string) string {
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	return u.String()
}

// Number prints a number grouped by thousands, one of a calculation to four places. A pointer to nothing is nothing.
func (r *request) Number(v any) (string, error) {
	p := reflect.ValueOf(v)
	if p.Kind() == reflect.Pointer {
		if p.IsNil() {
			return "", nil
		}
		p = p.Elem()
	}
	switch {
	case p.CanFloat():
		return grouped(strconv.FormatFloat(math.Round(p.Float()*1e4)/1e4, 'f', -1, 64)), nil
	case p.CanInt():
		return grouped(strconv.FormatInt(p.Int(), 10)), nil
	}
	return "", fmt.Errorf("%T is no number", v)
}

func grouped(s string) string {
	sign := ""
	if rest, negative := strings.CutPrefix(s, "-"); negative {
		sign, s = "−", rest
	}
	whole, fraction, cut := strings.Cut(s, ".")
	if len(whole) > 3 && !strings.Contains(whole, "e") {
		var b strings.Builder
		for i, d := range whole {
			if i > 0 && (len(whole)-i)%3 == 0 {
				b.WriteByte(',')
			}
			b.WriteRune(d)
		}
		whole = b.String()
	}
	if cut {
		whole += "." + fraction
	}
	return sign + whole
}

// value prints a value of a unit.
func value(v float64, unit string) string {
	if unit == codebook.Share {
		return strconv.FormatFloat(v*100, 'f', 1, 64) + "%"
	}
	return grouped(strconv.FormatFloat(v, 'f', -1, 64))
}

// Unit is the unit behind a number, nothing for a count or a share.
func (r *request) Unit(unit string) string { return codebook.LookupUnit(unit).Behind(r.lang) }

// Kind names a kind of issuer.
func (r *request) Kind(kind string) string { return r.T("kind_" + kind) }

// Area is the names of the divisions that an issuer lies in.
func (r *request) Area(code string) string {
	if code == "" {
		return r.T("country")
	}
	d, ok := gazetteer.Lookup(code)
	if !ok {
		return code
	}
	var names []string
	for _, up := range gazetteer.Ancestors(d.Code) {
		if !up.Pseudo {
			names = append(names, up.Name)
		}
	}
	return strings.Join(append(names, d.Name), " ")
}
