package web_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/query/querytest"
)

// The pages for those who write about places: comparisons by year with changes, who is missing, maps, the method.
func TestPagesForJournalists(t *testing.T) {
	h, _, _ := serve(t, querytest.Towns()...)
	towns := querytest.Towns()
	pair := "p=" + towns[0].ID + "&p=" + towns[1].ID
	for address, want := range map[string][]string{
		"/en/compare?" + pair + "&order=year&changes=1": {`colspan="4"`, "Difference", `class="change"`, `aria-current="true">By year`},
		"/zh/compare?" + pair:                           {"先按年份", `href="/zh/compare?order=year`},
		"/en/missing":                                   {"Missing reports", "Not found is not the same as not published"},
		"/zh/map":                                       {`class="tilemap provinces"`, "鲁", `x6 y4`},
		"/en/map?area=370686&m=requests.received":       {"median", `class="tilemap"`},
		"/en/about":                                     {"How to cite", "CC BY 4.0", "What is not in it"},
	} {
		res, body := get(t, h, address)
		if res.StatusCode != http.StatusOK {
			t.Errorf("%s answers %d: %.300s", address, res.StatusCode, body)
		}
		for _, w := range want {
			if !strings.Contains(body, w) {
				t.Errorf("%s lacks %q:\n%s", address, w, body)
			}
		}
	}
	if _, body := get(t, h, "/zh/compare?"+pair); strings.Contains(body, "per=10000") {
		t.Error("counts per inhabitants are offered where nobody brought any")
	}
	for _, wrong := range []string{"order=place", "changes=yes", "per=1"} {
		if res, _ := get(t, h, "/zh/compare?"+pair+"&"+wrong); res.StatusCode != http.StatusBadRequest {
			t.Errorf("%s answers %d", wrong, res.StatusCode)
		}
	}
	if res, body := get(t, h, "/zh/missing.csv"); res.StatusCode != http.StatusOK || !strings.HasPrefix(body, "\ufeffissuer_id,issuer_name,division_code,year,status,detail") {
		t.Errorf("the download: %d %.200s", res.StatusCode, body)
	}
	get(t, h, "/en/embed/"+towns[0].ID+"/requests.received") // the second answer comes from what was kept
	res, body := get(t, h, "/en/embed/"+towns[0].ID+"/requests.received")
	if policy := res.Header.Get("Content-Security-Policy"); res.StatusCode != http.StatusOK || !strings.Contains(policy, "frame-ancestors *") || strings.Contains(body, "<form") || strings.Contains(body, "<script") {
		t.Errorf("the page for frames: %d %s\n%s", res.StatusCode, policy, body)
	}
	res, body = get(t, h, "/en/place/"+towns[0].ID)
	if policy := res.Header.Get("Content-Security-Policy"); !strings.Contains(policy, "frame-ancestors 'none'") || !strings.Contains(body, `og:image" content="http://127.0.0.1`) || !strings.Contains(body, "&lt;iframe src=&#34;http://127.0.0.1") {
		t.Errorf("the page of a place: %s\n%s", policy, body)
	}
	req, err := http.NewRequest(http.MethodGet, h.URL+"/en/place/"+towns[0].ID, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Host = "elsewhere.example"
	if res, err := http.DefaultClient.Do(req); err != nil {
		t.Fatal(err)
	} else {
		res.Body.Close()
	}
	if _, body := get(t, h, "/en/place/"+towns[0].ID); strings.Contains(body, "elsewhere.example") {
		t.Error("a page kept for one host is given to another")
	}
	if res, _ := get(t, h, "/en/embed/"+towns[0].ID+"/nonsense"); res.StatusCode != http.StatusNotFound {
		t.Errorf("a chart of nothing answers %d", res.StatusCode)
	}
}
