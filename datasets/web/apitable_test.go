package web_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/apache/arrow/go/v15/arrow/ipc"
	"github.com/gongkai-data/gongkai/datasets/query/querytest"
	"github.com/gongkai-data/gongkai/datasets/schema"
)

// A table comes as a stream of its chosen rows; what cannot be had is said in JSON, as everywhere in the API.
func TestArrowOfATable(t *testing.T) {
	places := querytest.Towns()
	places[0].Sample = "invented"
	h, _, _ := serve(t, places...)
	res, body := get(t, h, "/api/v1/tables/facts?years=2022&issuer=370686101000")
	if res.StatusCode != http.StatusOK || res.Header.Get("Content-Type") != "application/vnd.apache.arrow.stream" || res.Header.Get("Gongkai-Release") == "" || res.Header.Get("Gongkai-Sample") != "yes" {
		t.Fatalf("%d %v", res.StatusCode, res.Header)
	}
	r, err := ipc.NewReader(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer r.Release()
	n := 0
	for r.Next() {
		if err := schema.Decode(schema.Facts, r.Record(), func(f *schema.Fact) error {
			if n++; f.IssuerID != "370686101000" || f.Year == nil || *f.Year != 2022 {
				t.Errorf("a fact of %s %v", f.IssuerID, f.Year)
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	if r.Err() != nil || n == 0 {
		t.Errorf("%d facts, %v", n, r.Err())
	}
	if res, _ := get(t, h, "/api/v1/tables/facts?years=2022&issuer=370686101000", "If-None-Match", res.Header.Get("Etag")); res.StatusCode != http.StatusNotModified {
		t.Errorf("Etag: %d", res.StatusCode)
	}
	for address, want := range map[string]int{"/api/v1/tables/none": http.StatusNotFound, "/api/v1/tables/facts?years=x": http.StatusBadRequest} {
		if res, body := get(t, h, address); res.StatusCode != want || !strings.Contains(body, `"error"`) || res.Header.Get("Etag") != "" {
			t.Errorf("%s: %d %s", address, res.StatusCode, body)
		}
	}
}
