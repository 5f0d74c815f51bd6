package web_test

import (
	"context"
	"encoding/csv"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/query/querytest"
	"github.com/gongkai-data/gongkai/datasets/web"
)

// corrected are the towns; of the first one a value of 2022 was corrected from 12 to 21, and of another the right value
// is not known.
func correctedTowns() []querytest.Place {
	towns := querytest.Towns()
	towns[0].Years[2].Corrected = map[string]*float64{"requests.received": new(21.0), "review.total": nil}
	return towns
}

// What was published stays first everywhere; a correction stands beside it with all that is known of it, and charts and
// downloads use it only where the reader chose so.
func TestCorrectionsStandBeside(t *testing.T) {
	h, s, _ := serve(t, correctedTowns()...)
	const town = "370686107000"
	for address, wants := range map[string][]string{
		"/zh/place/" + town:                                       {`>12<span class="marks">`, "更正为 21", "正确值不明", "the parts add up to it", `href="https://example.org/evidence"`, "A. Reader", "2026-11-23", `href="/zh/place/370686107000?values=corrected"`, "图表和下载用公布值"},
		"/en/compare?p=" + town:                                   {">12<", "corrected to 21", "A. Reader", "Charts and downloads: corrected values"},
		"/zh/report/" + sikou:                                     {">12<", "更正为 21", "A. Reader", "2026-11-23"},
		"/en/evidence/" + sikou + "/requests.received/-":          {">12<", "corrected to 21", "the parts add up to it", "https://example.org/evidence", "A. Reader", "2026-11-23"},
		"/zh/place/" + town + "?values=corrected":                 {`>12<span class="marks">`, "更正为 21", "compare.csv?p=370686107000&amp;values=corrected", "requests.received.svg?values=corrected"},
		"/zh/rank?m=requests.received&year=2022":                  {">12<", "更正为 21", "values=corrected"},
		"/zh/rank?m=requests.received&year=2022&values=corrected": {">12<", "更正为 21"},
		"/api/v1/reports/" + sikou:                                {`"corrected_value":21`, `"published_value":12`, `"author":"A. Reader"`},
	} {
		res, body := get(t, h, address)
		if res.StatusCode != http.StatusOK {
			t.Errorf("%s answers %d", address, res.StatusCode)
		}
		for _, want := range wants {
			if !strings.Contains(body, want) {
				t.Errorf("%s lacks %q:\n%s", address, want, body)
			}
		}
	}
	for query, want := range map[string]string{"": "12", "&values=published": "12", "&values=corrected": "21"} {
		_, body := get(t, h, "/zh/compare.csv?p="+town+"&years=2022&m=requests.received"+query)
		rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(body, "\ufeff"))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		at := func(column string) string { return rows[1][slices.Index(rows[0], column)] }
		if at("value") != want || at("published_value") != "12" || at("corrected_value") != "21" || at("correction_author") != "A. Reader" || at("unit") != "count" {
			t.Errorf("the download %q: %v", query, rows)
		}
		_, body = get(t, h, "/api/v1/compare?p="+town+"&years=2022&m=requests.received"+query)
		if !strings.Contains(body, `"value":`+want+",") || !strings.Contains(body, `"published_value":12`) {
			t.Errorf("the API %q: %s", query, body)
		}
	}
	_, published := get(t, h, "/zh/chart/"+town+"/requests.received.svg")
	_, corrected := get(t, h, "/zh/chart/"+town+"/requests.received.svg?values=corrected")
	if published == corrected || strings.Contains(published, "更正") || !strings.Contains(corrected, "更正") {
		t.Error("the chart does not follow the choice")
	}
	if res, _ := get(t, h, "/zh/place/"+town+"?values=nonsense"); res.StatusCode != http.StatusBadRequest {
		t.Errorf("values=nonsense answers %d", res.StatusCode)
	}
	if _, body := get(t, h, "/zh/place/370686101000"); strings.Contains(body, "values=") || strings.Contains(body, "更正为") {
		t.Error("a place without a correction offers a choice")
	}
	site := filepath.Join(t.TempDir(), "site")
	if _, err := web.WriteSite(context.Background(), s, site, nil); err != nil {
		t.Fatal(err)
	}
	checkLinks(t, site)
}

// Only where a sum of the form does not hold is a number coloured and left out of rankings; what is unusual is a
// neutral note.
func TestFailuresByClass(t *testing.T) {
	towns := querytest.Towns()
	towns[0].Years[2].Failed = map[string][]string{"requests.received": {"series.outlier"}, "requests.granted": {"text_vs_table"}, "requests.resolved": {"requests.sum"},
		"review.total": {"series.outlier"}, "fees.amount": {"litigation.sum"}}
	h, _, _ := serve(t, towns...)
	for address, c := range map[string]struct{ wants, not []string }{
		"/zh/report/" + sikou:                       {[]string{"表内校验不成立", "与其他年度相比不寻常，值得一看", "与文字所述不一致", "值得一看"}, nil},
		"/en/report/" + sikou:                       {[]string{"the form&#39;s sum does not hold", "unusual beside other years: worth a look", "differs from the text"}, nil},
		"/zh/evidence/" + sikou + "/review.total/-": {[]string{"与其他年度相比不寻常，值得一看", `class="noted"`}, []string{`class="fail"`, "mark flagged"}},
		"/zh/evidence/" + sikou + "/fees.amount/-":  {[]string{"表内校验不成立", `class="fail"`, "mark flagged"}, []string{`class="noted"`}},
		"/zh/checks?class=unusual":                  {[]string{"历年异常值", `class="outcome noted"`}, []string{`class="outcome fail"`}},
		"/zh/checks?class=arithmetic":               {[]string{`class="outcome fail"`}, []string{`class="outcome noted"`}},
		"/zh/rank?m=requests.received&year=2022":    {[]string{"中位数"}, []string{"不参与排名</span></span></td><th scope=\"row\"><a href=\"/zh/place/370686107000"}},
		"/zh/rank?m=requests.resolved&year=2022":    {[]string{"不参与排名</span></span></td><th scope=\"row\"><a href=\"/zh/place/370686107000"}, []string{"中位数</dt>"}},
	} {
		_, body := get(t, h, address)
		for _, want := range c.wants {
			if !strings.Contains(body, want) {
				t.Errorf("%s lacks %q:\n%s", address, want, body)
			}
		}
		for _, not := range c.not {
			if strings.Contains(body, not) {
				t.Errorf("%s has %q:\n%s", address, not, body)
			}
		}
	}
	if res, _ := get(t, h, "/zh/checks?class=nonsense"); res.StatusCode != http.StatusBadRequest {
		t.Errorf("class=nonsense answers %d", res.StatusCode)
	}
}

// An amount stands with its unit, in tables, downloads and charts, and amounts that cannot be told in one unit are not
// on one axis.
func TestUnitsAreShown(t *testing.T) {
	h, _, _ := serve(t, querytest.Towns()...)
	const town = "370686107000"
	for address, wants := range map[string][]string{
		"/zh/report/" + sikou:                          {`2.5 <span class="unit">万元</span>`},
		"/zh/evidence/" + sikou + "/fees.amount/-":     {`2.5 <span class="unit">万元</span>`},
		"/zh/compare?p=" + town + "&m=fees.amount":     {`2.5 <span class="unit">万元</span>`},
		"/zh/compare.csv?p=" + town + "&m=fees.amount": {"CNY_10k,2.5,"},
		"/zh/compare.svg?p=" + town + "&m=fees.amount": {"万元"},
		"/api/v1/compare?p=" + town + "&m=fees.amount": {`"unit":"CNY_10k"`},
		"/zh/compare.svg?p=" + town + "&m=fees":        {"万元", "单位不同的数值未画出"},
	} {
		if _, body := get(t, h, address); true {
			for _, want := range wants {
				if !strings.Contains(body, want) {
					t.Errorf("%s lacks %q:\n%s", address, want, body)
				}
			}
		}
	}
}

// What was recognised in a picture is marked on the pages; what was read as text is not.
func TestRecognisedNumbersAreMarked(t *testing.T) {
	towns := querytest.Towns()
	towns[0].Years[2].ReadBy = "ocr"
	h, _, _ := serve(t, towns...)
	text := querytest.ReportID("370686107000", towns[0].Years[1].Year)
	for address, want := range map[string]string{
		"/zh/report/" + sikou:                            "文件是图片",
		"/en/evidence/" + sikou + "/requests.received/-": "recognised it in a picture",
	} {
		if _, body := get(t, h, address); !strings.Contains(body, want) {
			t.Errorf("%s lacks %q", address, want)
		}
		if _, body := get(t, h, strings.Replace(address, sikou, text, 1)); strings.Contains(body, want) {
			t.Errorf("%s, of a text, has %q", address, want)
		}
	}
}
