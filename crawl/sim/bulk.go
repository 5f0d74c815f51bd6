package sim

import (
	"fmt"
	"net"
	"net/http"
	"strconv"
	"strings"
)

// Bulk serves many plain sites for measuring throughput: each has a home page, a disclosure page, a column in pages of
// twenty and its reports. Sites are told apart by their loopback address, 127.0.0.2 and up, all on one port, so that
// crawlers without a name service of their own reach them too.
type Bulk struct {
	Seeds   []string
	Reports int // in all

	listener net.Listener
	server   *http.Server
}

// NewBulk starts sites hosts with so many reports each. It needs a system that answers on all of 127.0.0.0/8, as Linux
// does.
func NewBulk(sites, reports int) (*Bulk, error) {
	l, err := net.Listen("tcp4", "0.0.0.0:0")
	if err != nil {
		return nil, fmt.Errorf("sim: %w", err)
	}
	b := &Bulk{listener: l, Reports: sites * reports}
	port := l.Addr().(*net.TCPAddr).Port
	for i := range sites {
		b.Seeds = append(b.Seeds, fmt.Sprintf("http://127.0.0.%d:%d/", i+2, port))
	}
	b.server = &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { serveBulk(w, r, reports) })}
	go b.server.Serve(l) // ends with Close
	return b, nil
}

// Close ends the sites.
func (b *Bulk) Close() error { return b.server.Close() }

func serveBulk(w http.ResponseWriter, r *http.Request, reports int) {
	const per = 20
	host, _, _ := strings.Cut(r.Host, ":")
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	number := func(prefix, suffix string) (int, bool) {
		s, ok := strings.CutPrefix(r.URL.Path, prefix)
		s, ok2 := strings.CutSuffix(s, suffix)
		n, err := strconv.Atoi(s)
		return n, ok && ok2 && err == nil
	}
	column := func(n int) {
		fmt.Fprint(w, "<html><title>政府信息公开年报</title><body><ul>")
		for i := n * per; i < min((n+1)*per, reports); i++ {
			fmt.Fprint(w, entry{fmt.Sprintf("/nb/r%d.html", i), Title(organName(host, i), 2008+i%17), "2024-01-26"}.li())
		}
		fmt.Fprint(w, "</ul>")
		if (n+1)*per < reports {
			fmt.Fprintf(w, `<a href="/nb/index_%d.html">下一页</a>`, n+1)
		}
		fmt.Fprint(w, "</body></html>")
	}
	if n, ok := number("/nb/r", ".html"); ok && n < reports {
		fmt.Fprint(w, ReportPage(organName(host, n), 2008+n%17, n))
		return
	}
	if n, ok := number("/nb/index_", ".html"); ok {
		column(n)
		return
	}
	switch r.URL.Path {
	case "/":
		fmt.Fprint(w, `<html><body><a href="/gk.html">政府信息公开</a></body></html>`)
	case "/gk.html":
		fmt.Fprint(w, `<html><title>政府信息公开</title><body><a href="/nb/index.html">政府信息公开年报</a></body></html>`)
	case "/nb/index.html":
		column(0)
	default:
		http.NotFound(w, r)
	}
}

func organName(host string, i int) string {
	return fmt.Sprintf("云%s县第%d镇人民政府", strings.ReplaceAll(host, ".", ""), i/17)
}
