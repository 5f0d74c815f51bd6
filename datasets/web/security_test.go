package web_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/gongkai-data/gongkai/datasets/query"
	"github.com/gongkai-data/gongkai/datasets/query/querytest"
	"github.com/gongkai-data/gongkai/datasets/web"
)

func TestSecurityHeaders(t *testing.T) {
	h, _, _ := serve(t, querytest.Towns()[0])
	for _, address := range []string{"/zh/", "/zh/nothing", "/assets/app.js", "/data/panel.parquet", "/api/v1/release", "/copy/" + sikou, "/original/" + sikou, "/zh/compare.svg?p=寺口镇"} {
		res, _ := get(t, h, address)
		policy := res.Header.Get("Content-Security-Policy")
		if !strings.Contains(policy, "default-src 'none'") || strings.Contains(policy, "unsafe-eval") || strings.Contains(policy, "*") || strings.Contains(policy, "http") ||
			res.Header.Get("X-Content-Type-Options") != "nosniff" || res.Header.Get("Referrer-Policy") != "no-referrer" || res.Header.Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("%s: %v", address, res.Header)
		}
		if strings.Contains(policy, "unsafe-inline") && !strings.HasPrefix(policy, "sandbox;") {
			t.Errorf("%s allows inline styles outside a sandbox", address)
		}
	}
	res, _ := get(t, h, "/original/"+sikou)
	if res.Header.Get("Content-Type") != "application/octet-stream" || !strings.HasPrefix(res.Header.Get("Content-Disposition"), "attachment") {
		t.Errorf("the original is shown: %v", res.Header)
	}
	if res, err := http.Post(h.URL+"/zh/", "text/plain", nil); err != nil || res.StatusCode != http.StatusMethodNotAllowed {
		t.Errorf("POST: %v %v", res, err)
	}
}

func TestHostileText(t *testing.T) {
	p := querytest.Towns()[0]
	p.Name = `<script>alert(1)</script>"'../` + "\u202e镇"
	for i := range p.Years {
		p.Years[i].Title, p.Years[i].URL = `</title><script>alert(2)</script>"'`+"\u2067", `javascript:alert(3)`
		p.Years[i].Locator, p.Years[i].Text = `"><script>alert(4)</script>`, `</td><script>alert(5)</script>`
	}
	h, _, _ := serve(t, p)
	for _, address := range []string{"/zh/", "/zh/search?q=" + url.QueryEscape("<script>alert(6)"), "/zh/search?q=" + url.QueryEscape(p.Name), "/zh/place/370686107000", "/zh/report/" + sikou, "/zh/evidence/" + sikou + "/review.total/-",
		"/zh/compare?p=370686107000", "/zh/compare?p=" + url.QueryEscape("<script>alert(7)</script>"), "/zh/area/all", "/zh/checks", "/zh/rank?m=" + url.QueryEscape(`"><script>`), "/zh/compare.svg?p=370686107000", "/zh/compare?years=" + url.QueryEscape("<script>")} {
		_, body := get(t, h, address)
		if strings.Contains(body, "<script>alert") || strings.Contains(body, `href="javascript:`) || strings.ContainsAny(body, "\u202e\u2067") {
			t.Errorf("%s holds live text:\n%s", address, body)
		}
	}
	_, body := get(t, h, "/api/v1/issuers/370686107000")
	if strings.Contains(body, "<script") {
		t.Error("JSON holds a tag as such")
	}
}

func TestPathsStayInside(t *testing.T) {
	h, _, dir := serve(t, querytest.Towns()[0])
	if err := os.WriteFile(filepath.Join(dir, "secret.txt"), []byte("secret"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, address := range []string{"/data/secret.txt", "/data/../secret.txt", "/data/%2e%2e/dataset/secret.txt", "/data/..%2fdataset%2fsecret.txt", "/data//etc/passwd", "/assets/..%2fserver.go", "/assets/%2e%2e", "/zh/place/..%2f..", "/zh/chart/370686107000/..%2f.svg"} {
		if res, body := get(t, h, address); res.StatusCode == http.StatusOK || strings.Contains(body, "secret\n") || strings.Contains(body, "package web") {
			t.Errorf("%s answers %d", address, res.StatusCode)
		}
	}
}

func TestLimits(t *testing.T) {
	h, _, _ := serve(t, querytest.Towns()...)
	for address, want := range map[string]int{
		"/zh/search?q=" + strings.Repeat("x", 5000):        http.StatusRequestURITooLong,
		"/zh/compare?p=寺口镇&years=1-9999":                   http.StatusBadRequest,
		"/zh/compare?p=寺口镇&m=nonsense":                     http.StatusBadRequest,
		"/zh/compare.csv?p=丁镇":                             http.StatusNotFound,
		"/zh/rank?year=99999999":                           http.StatusBadRequest,
		"/zh/rank?area=xx":                                 http.StatusBadRequest,
		"/zh/checks?rule=nonsense":                         http.StatusBadRequest,
		"/api/v1/issuers?limit=100000":                     http.StatusBadRequest,
		"/api/v1/issuers?limit=-1":                         http.StatusBadRequest,
		"/api/v1/nothing":                                  http.StatusNotFound,
		"/zh/evidence/" + sikou + "/review.total/nonsense": http.StatusNotFound,
		"/xx/":               http.StatusNotFound,
		"/zh/checks?page=-5": http.StatusOK,
	} {
		if res, body := get(t, h, address); res.StatusCode != want {
			t.Errorf("%.80s answers %d, want %d: %.100s", address, res.StatusCode, want, body)
		}
	}
}

func TestCORS(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "dataset")
	querytest.Write(t, dir, querytest.Towns()[0])
	current, err := query.OpenCurrent(context.Background(), dir, time.Hour, func(err error) { t.Error(err) })
	if err != nil {
		t.Fatal(err)
	}
	defer current.Close()
	for cors, want := range map[bool]int{true: http.StatusNoContent, false: http.StatusMethodNotAllowed} {
		s, err := web.New(web.Options{Current: current, CORS: cors})
		if err != nil {
			t.Fatal(err)
		}
		req := httptest.NewRequest(http.MethodOptions, "/data/panel.parquet", nil)
		req.Header.Set("Access-Control-Request-Method", "GET")
		req.Header.Set("Access-Control-Request-Headers", "range")
		res := httptest.NewRecorder()
		s.ServeHTTP(res, req)
		if res.Code != want || (res.Header().Get("Access-Control-Allow-Origin") == "*") != cors {
			t.Errorf("cors %v: %d %v", cors, res.Code, res.Header())
		}
	}
}
