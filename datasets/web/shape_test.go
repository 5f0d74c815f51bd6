package web_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/query/querytest"
)

// A reader chooses fields and gets items one a line, with what stood around them in headers; every list takes both.
func TestShapes(t *testing.T) {
	places := querytest.Towns()
	places[0].Sample = "invented"
	h, _, _ := serve(t, places...)
	res, body := get(t, h, "/api/v1/issuers?fields=name,issuer_id&limit=2&format=ndjson")
	if res.StatusCode != 200 || res.Header.Get("Content-Type") != "application/x-ndjson; charset=utf-8" || res.Header.Get("Gongkai-Total") != "5" || res.Header.Get("Gongkai-Sample") != "yes" ||
		res.Header.Get("Gongkai-Release") == "" || !strings.Contains(res.Header.Get("Link"), "offset=2") || !strings.HasSuffix(res.Header.Get("Link"), `>; rel="next"`) {
		t.Errorf("%d %v", res.StatusCode, res.Header)
	}
	if want := `{"name":"栖霞市观里镇","issuer_id":"370686101000"}` + "\n"; !strings.HasPrefix(body, want) || strings.Count(body, "\n") != 2 {
		t.Errorf("%s", body)
	}
	lines, byHeader := get(t, h, "/api/v1/issuers?fields=name,issuer_id&limit=2", "Accept", "application/x-ndjson, */*;q=0.1")
	if byHeader != body {
		t.Errorf("%s", byHeader)
	}
	whole, plain := get(t, h, "/api/v1/issuers?fields=name")
	if lines.Header.Get("Etag") == whole.Header.Get("Etag") || whole.Header.Get("Vary") != "Accept" {
		t.Errorf("two answers have one tag: %v", whole.Header)
	}
	var l struct {
		Total int              `json:"total"`
		Items []map[string]any `json:"items"`
	}
	if decode(t, plain, &l); l.Total != 5 || len(l.Items) != 5 || len(l.Items[0]) != 1 {
		t.Errorf("%s", plain)
	}
	for address, says := range map[string]string{"/api/v1/issuers?fields=nam": "issuer_id, kind, name", "/api/v1/release?fields=summary": "for lists", "/api/v1/issuers?format=xml": "json or ndjson"} {
		if res, body := get(t, h, address); res.StatusCode != 400 || !strings.Contains(body, says) {
			t.Errorf("%s: %d %s", address, res.StatusCode, body)
		}
	}
	// numbers keep their digits
	res, body = get(t, h, "/api/v1/reports/"+sikou+"/facts?fields=indicator,value,state&format=ndjson")
	if res.StatusCode != 200 || !strings.Contains(body, `{"indicator":"fees.amount","value":2.5,"state":"reported"}`) || !strings.Contains(body, `"value":null,"state":"blank"`) {
		t.Errorf("%s", body)
	}
}

// The start of the API names every address, each of which answers; reports are listed since a moment.
func TestStartAndSince(t *testing.T) {
	h, _, _ := serve(t, querytest.Towns()...)
	var start struct {
		Addresses []struct {
			Path       string
			About      string
			Parameters []string
		} `json:"addresses"`
	}
	res, body := get(t, h, "/api/v1/")
	if decode(t, body, &start); res.StatusCode != 200 || len(start.Addresses) < 18 {
		t.Fatalf("%d %s", res.StatusCode, body)
	}
	fill := strings.NewReplacer("{issuer}", "370686107000", "{report}", sikou, "{first}", sikou, "{second}", querytest.ReportID("370686107000", 2020))
	for _, a := range start.Addresses {
		address := fill.Replace(a.Path)
		switch a.Path {
		case "/api/v1/compare":
			address += "?p=370686107000"
		case "/api/v1/rank":
			address += "?m=requests.received&year=2022"
		case "/api/v1/texts", "/api/v1/tables/{table}":
			continue // the index of the first may still be in the making; the second answers in no JSON
		}
		res, body := get(t, h, address)
		if res.StatusCode != 200 || a.About == "" {
			t.Errorf("%s: %d %.200s", address, res.StatusCode, body)
		}
		if list := strings.Contains(body, `"items":`); list != slices.Contains(a.Parameters, "fields") || !json.Valid([]byte(body)) {
			t.Errorf("%s: a list %v, with the parameters %v", a.Path, list, a.Parameters)
		}
	}
	if res, _ := get(t, h, "/api/v1"); res.StatusCode != 301 || res.Header.Get("Location") != "/api/v1/" {
		t.Errorf("%d %v", res.StatusCode, res.Header)
	}
	for query, want := range map[string]string{"": `"total":15`, "?since=2025-01-02": `"total":15`, "?since=2025-01-02T00:00:01Z": `"total":0`, "?year=2022&since=2024-01-01": `"total":5`,
		"?issuer=370686107000": `"total":3`, "?limit=4&offset=12": `"offset":12`} {
		if res, body := get(t, h, "/api/v1/reports"+query); res.StatusCode != 200 || !strings.Contains(body, want) {
			t.Errorf("%s: %d %.300s", query, res.StatusCode, body)
		}
	}
	for query, status := range map[string]int{"?since=yesterday": 400, "?year=x": 400, "?issuer=none": 404} {
		if res, _ := get(t, h, "/api/v1/reports"+query); res.StatusCode != status {
			t.Errorf("%s: %d, want %d", query, res.StatusCode, status)
		}
	}
}
