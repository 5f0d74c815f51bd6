package crawl

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"testing"

	"github.com/gongkai-data/gongkai/store"
)

const reportBody = `<h1>青山县%d年政府信息公开工作年度报告</h1><div class="content"><p>本年度报告由青山县人民政府办公室编制。</p><p>一、总体情况</p><p>%s</p>
<p>二、主动公开政府信息情况</p><p>三、收到和处理政府信息公开申请情况</p><p>四、政府信息公开行政复议、行政诉讼情况</p><p>五、存在的主要问题及改进情况</p><p>六、其他需要报告的事项</p></div>`

func filler() string {
	s := ""
	for range 20 {
		s += "全县各级行政机关认真贯彻落实政府信息公开条例的要求。"
	}
	return s
}

func TestRunOnOneStaticSite(t *testing.T) {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, `<html><body><a href="/zfxxgk/">政府信息公开</a><a href="/news/">新闻</a></body></html>`)
	})
	mux.HandleFunc("GET /zfxxgk/{$}", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, `<html><title>政府信息公开</title><body><a href="nb/index.html">政府信息公开年报</a></body></html>`)
	})
	page := func(years []int, next string) string {
		s := `<html><title>政府信息公开年报</title><body><ul>`
		for _, y := range years {
			s += fmt.Sprintf(`<li><a href="/zfxxgk/nb/r%d.html" title="青山县%d年政府信息公开工作年度报告">青山县%d年…</a><span>%d-01-20</span></li>`, y, y, y, y+1)
		}
		return s + `</ul>` + next + `</body></html>`
	}
	mux.HandleFunc("GET /zfxxgk/nb/index.html", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, page([]int{2023, 2022}, `<a href="index_1.html">下一页</a>`))
	})
	mux.HandleFunc("GET /zfxxgk/nb/index_1.html", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, page([]int{2021, 2020}, ``))
	})
	for y := 2020; y <= 2023; y++ {
		mux.HandleFunc(fmt.Sprintf("GET /zfxxgk/nb/r%d.html", y), func(w http.ResponseWriter, r *http.Request) {
			fmt.Fprintf(w, "<html><body>"+reportBody+"</body></html>", y, filler())
		})
	}
	server := httptest.NewServer(mux)
	defer server.Close()
	dir := t.TempDir()
	archive, err := store.Open(context.Background(), filepath.Join(dir, "archive"), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer archive.Close()
	s, err := Run(context.Background(), Options{Seeds: []Seed{{Site: server.URL}}, Archive: archive, Frontier: filepath.Join(dir, "frontier.sqlite"), Delay: -1, AllowLoopback: true})
	if err != nil {
		t.Fatal(err)
	}
	if s.Reports != 4 {
		t.Errorf("reports = %d, want 4 (%+v)", s.Reports, s)
		for c, err := range archive.Captures(context.Background()) {
			t.Log(c.URL, c.Outcome, err)
		}
	}
}
