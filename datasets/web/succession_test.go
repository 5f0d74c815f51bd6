package web_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/query/querytest"
)

// The page of a body leads to what it became and to what became it, in words and side by side; nothing is added up.
func TestSuccession(t *testing.T) {
	year := func(y int32, n float64) querytest.Year {
		return querytest.Year{Year: y, Template: "2014", Values: map[string]float64{"stat2014.req_received": n}}
	}
	h, _, _ := serve(t,
		querytest.Place{ID: "110103000000", Name: "崇文区人民政府", Kind: "county", Division: "110103000000", Years: []querytest.Year{year(2009, 7)}, Became: "110101000000", How: "merged"},
		querytest.Place{ID: "110101000000", Name: "东城区人民政府", Kind: "county", Division: "110101000000", Years: []querytest.Year{year(2009, 11), year(2011, 20)}},
		querytest.Place{ID: "130103000000", Name: "桥东区人民政府", Kind: "county", Division: "130103000000", Years: []querytest.Year{year(2013, 1)}, How: "split"})
	for address, wants := range map[string][]string{
		"/en/place/110103000000": {"Merged into", `href="/en/place/110101000000"`, "p=110103000000&amp;p=110101000000", "never added up", "a test"},
		"/zh/place/110103000000": {"并入", "从不相加"},
		"/en/place/110101000000": {"Merged into it:", `href="/en/place/110103000000"`, "never added up"},
		"/en/place/130103000000": {"Divided among several:"},
	} {
		res, body := get(t, h, address)
		for _, want := range wants {
			if res.StatusCode != 200 || !strings.Contains(body, want) {
				t.Errorf("%s: %d lacks %q", address, res.StatusCode, want)
			}
		}
	}
	if _, body := get(t, h, "/en/compare?p=110103000000&p=110101000000&m=stat2014.req_received&years=2009"); !strings.Contains(body, ">7<") || !strings.Contains(body, ">11<") || strings.Contains(body, ">18<") {
		t.Errorf("the two do not stand side by side, each with its own number:\n%s", body)
	}
	var answer struct {
		Became *struct {
			ID  string `json:"issuer_id"`
			How string `json:"succession"`
		} `json:"became"`
		Was []any `json:"was"`
	}
	_, body := get(t, h, "/api/v1/issuers/110103000000")
	if decode(t, body, &answer); answer.Became == nil || answer.Became.ID != "110101000000" || answer.Became.How != "merged" || len(answer.Was) != 0 {
		t.Errorf("%s", body)
	}
}

// The series of a measure has a page: its years with what may be compared, and what the body became; every headline
// measure of a place leads to its own.
func TestSeriesPage(t *testing.T) {
	towns := querytest.Towns()
	towns[0].Became, towns[0].How = towns[1].ID, "merged"
	h, _, _ := serve(t, towns...)
	for lang, want := range map[string][]string{"zh": {"本年新收申请", "2018", "2022", "可比", "栖霞市观里镇", "/zh/evidence/"}, "en": {"Requests received in the year", "2014", "omparable", "never added up", "/en/evidence/"}} {
		res, body := get(t, h, "/"+lang+"/series/"+towns[0].ID+"/requests.received")
		for _, w := range want {
			if res.StatusCode != http.StatusOK || !strings.Contains(strings.ToLower(body), strings.ToLower(w)) {
				t.Errorf("%s: %d, no %q in\n%s", lang, res.StatusCode, w, body)
			}
		}
	}
	if _, body := get(t, h, "/en/place/"+towns[0].ID); !strings.Contains(body, `<a href="/en/series/`+towns[0].ID+`/requests.received">`) {
		t.Errorf("the place does not lead to its series: %s", body)
	}
	for _, address := range []string{"/en/series/" + towns[0].ID + "/nonsense", "/en/series/nobody/requests.received"} {
		if res, _ := get(t, h, address); res.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %d", address, res.StatusCode)
		}
	}
}
