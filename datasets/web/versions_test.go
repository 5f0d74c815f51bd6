package web_test

import (
	"context"
	"net/http"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/query/querytest"
	"github.com/gongkai-data/gongkai/datasets/web"
	"golang.org/x/net/html"
)

// republished is a town whose reports came in several versions, and an office whose report one of the town's
// supersedes.
func republished() []querytest.Place {
	const town, office = "370686107000", "370686107000-0a1b2c3d"
	year := func(y int32, version int, supersedes string, received float64) querytest.Year {
		return querytest.Year{Year: y, Template: "2021", Version: version, Supersedes: supersedes, Title: "第" + string(rune('一'+version)) + "版",
			Values: map[string]float64{"requests.received": received, "review.total": 1, "requests.granted": 3}, States: map[string]string{"requests.carried_in": "blank"},
			Failed: map[string][]string{"review.total": {"litigation.sum"}}}
	}
	id := func(y int32, version int) string { return querytest.VersionID(town, y, version) }
	two := year(2021, 0, "", 40)
	two.Name = "栖霞市寺口公社"
	moved := year(2019, 1, querytest.VersionID(office, 2019, 0), 9)
	return []querytest.Place{
		{ID: town, Name: "栖霞市寺口镇", Kind: "township", Division: town, Years: []querytest.Year{
			year(0, 0, "", 5), year(0, 1, id(0, 0), 6), // of no known year
			moved,
			two, year(2021, 1, id(2021, 0), 41),
			year(2022, 0, "", 50), year(2022, 1, id(2022, 0), 51), year(2022, 2, id(2022, 1), 51),
		}},
		{ID: office, Name: "栖霞市寺口镇人民政府办公室", Kind: "department", Division: town, Years: []querytest.Year{year(2019, 0, "", 8)}},
	}
}

// Every version of a report has a page that is linked with those of the others, says what changed, and leads to the
// evidence of its numbers.
func TestVersions(t *testing.T) {
	const town, office = "370686107000", "370686107000-0a1b2c3d"
	h, s, _ := serve(t, republished()...)
	id := func(y int32, version int) string { return querytest.VersionID(town, y, version) }
	for report, want := range map[string]struct {
		links, words []string
		evidence     string // what the page of its number says
	}{
		id(2021, 0):                          {[]string{id(2021, 1)}, []string{"已被较新的版本取代", "后一版的改动", ">40<", ">41<"}, ">40<"},
		id(2021, 1):                          {[]string{id(2021, 0)}, []string{"与前一版相比", ">40<", ">41<", "寺口公社"}, ">41<"},
		id(2022, 0):                          {[]string{id(2022, 1), id(2022, 2)}, []string{"已被较新的版本取代"}, ">50<"},
		id(2022, 1):                          {[]string{id(2022, 0), id(2022, 2)}, []string{"已被较新的版本取代", "与前一版相比", "后一版的改动", "表格数字没有变化", "正文字数"}, ">51<"},
		id(2022, 2):                          {[]string{id(2022, 0), id(2022, 1)}, []string{"与前一版相比", "表格数字没有变化"}, ">51<"},
		id(0, 0):                             {[]string{id(0, 1)}, []string{"已被较新的版本取代", "年份不明"}, ">5<"},
		id(0, 1):                             {[]string{id(0, 0)}, []string{"与前一版相比", "年份不明"}, ">6<"},
		id(2019, 1):                          {[]string{querytest.VersionID(office, 2019, 0)}, []string{"与前一版相比", "办公室"}, ">9<"},
		querytest.VersionID(office, 2019, 0): {[]string{id(2019, 1)}, []string{"已被较新的版本取代"}, ">8<"},
	} {
		res, body := get(t, h, "/zh/report/"+report)
		if res.StatusCode != http.StatusOK {
			t.Errorf("the report %s answers %d", report, res.StatusCode)
			continue
		}
		for _, other := range want.links {
			if !strings.Contains(body, `href="/zh/report/`+other+`"`) {
				t.Errorf("%s has no link to %s", report, other)
			}
		}
		for _, word := range want.words {
			if !strings.Contains(body, word) {
				t.Errorf("%s lacks %q:\n%s", report, word, body)
			}
		}
		for _, address := range []string{"/en/report/" + report, "/copy/" + report, "/original/" + report, "/api/v1/reports/" + report, "/api/v1/reports/" + report + "/facts"} {
			if res, _ := get(t, h, address); res.StatusCode != http.StatusOK {
				t.Errorf("%s answers %d", address, res.StatusCode)
			}
		}
		if res, body := get(t, h, "/zh/evidence/"+report+"/requests.received/-"); res.StatusCode != http.StatusOK || !strings.Contains(body, want.evidence) {
			t.Errorf("the evidence of %s answers %d and lacks %q:\n%s", report, res.StatusCode, want.evidence, body)
		}
	}
	if _, body := get(t, h, "/zh/place/"+town); !strings.Contains(body, "另有 2 个较早版本") || strings.Contains(body, "寺口公社") || strings.Contains(body, ">50<") {
		t.Errorf("the place shows an earlier version, or does not tell of it:\n%s", body)
	}
	if res, body := get(t, h, "/zh/place/"+office); res.StatusCode != http.StatusOK || !strings.Contains(body, "/zh/report/"+querytest.VersionID(office, 2019, 0)) {
		t.Errorf("a place whose only report was superseded: %d\n%s", res.StatusCode, body)
	}
	if _, body := get(t, h, "/zh/checks"); strings.Contains(body, "/zh/report/"+id(2022, 0)+`"`) || !strings.Contains(body, id(2022, 2)) {
		t.Errorf("the list of checks: \n%s", body)
	}
	var out struct {
		Versions []struct {
			ID     string `json:"report_id"`
			Latest bool
		}
	}
	_, body := get(t, h, "/api/v1/reports/"+id(2022, 0))
	decode(t, body, &out)
	if len(out.Versions) != 3 || out.Versions[0].ID != id(2022, 0) || out.Versions[0].Latest || !out.Versions[2].Latest {
		t.Errorf("the versions in the API: %s", body)
	}

	site := filepath.Join(t.TempDir(), "site")
	if _, err := web.WriteSite(context.Background(), s, site, nil); err != nil {
		t.Fatal(err)
	}
	checkLinks(t, site)
}

// What is reached from the start by links answers, earlier versions too.
func TestVersionsAreReached(t *testing.T) {
	h, _, _ := serve(t, republished()...)
	href := regexp.MustCompile(`(?:href|src)="(/[^"#]*)`)
	seen, queue := map[string]bool{}, []string{"/zh/", "/zh/checks?outcome=fail", "/zh/checks?outcome=pass"}
	for len(queue) > 0 {
		address := queue[0]
		queue = queue[1:]
		if seen[address] || strings.HasSuffix(strings.Split(address, "?")[0], ".png") {
			continue
		}
		seen[address] = true
		res, body := get(t, h, address)
		if res.StatusCode != http.StatusOK {
			t.Errorf("%s answers %d", address, res.StatusCode)
		}
		if strings.HasPrefix(address, "/zh/") && strings.HasPrefix(res.Header.Get("Content-Type"), "text/html") {
			for _, m := range href.FindAllStringSubmatch(body, -1) {
				queue = append(queue, html.UnescapeString(m[1]))
			}
		}
	}
	for _, y := range republished()[0].Years {
		if report := querytest.VersionID("370686107000", y.Year, y.Version); !seen["/zh/report/"+report] {
			t.Errorf("no link leads to %s", report)
		}
	}
}
