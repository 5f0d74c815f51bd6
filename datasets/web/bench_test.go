package web_test

import (
	"context"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"testing"
	"time"

	"github.com/gongkai-data/gongkai/datasets/query"
	"github.com/gongkai-data/gongkai/datasets/web"
)

// BenchmarkPage makes pages of random places of a large dataset, which GONGKAI_LARGE names (see README.md for how to
// make one).
func BenchmarkPage(b *testing.B) {
	dir := os.Getenv("GONGKAI_LARGE")
	if dir == "" {
		b.Skip("GONGKAI_LARGE names no dataset")
	}
	current, err := query.OpenCurrent(context.Background(), dir, time.Hour, func(err error) { b.Error(err) })
	if err != nil {
		b.Fatal(err)
	}
	defer current.Close()
	s, err := web.New(web.Options{Current: current})
	if err != nil {
		b.Fatal(err)
	}
	r, _, release := current.Acquire()
	defer release()
	for !r.Loaded() {
		time.Sleep(10 * time.Millisecond)
	}
	random := func() string { return r.Issuers()[rand.IntN(len(r.Issuers()))].ID }
	report := func() string {
		all := r.Issuers()[rand.IntN(len(r.Issuers()))].Reports
		return all[rand.IntN(len(all))].ID
	}
	one := func(from []string) string { return from[rand.IntN(len(from))] }
	counties, years := []string{""}, r.Years()
	for _, is := range r.Issuers() {
		if county := is.Division[:6] + "000000"; county != counties[len(counties)-1] {
			counties = append(counties, county)
		}
	}
	year := func() string { return strconv.Itoa(int(years[rand.IntN(len(years))])) }
	for name, address := range map[string]func() string{
		"place": func() string { return "/zh/place/" + random() },
		"compare": func() string {
			return "/zh/compare?p=" + random() + "&p=" + random() + "&p=" + random() + "&p=" + random()
		},
		"search":   func() string { return "/zh/search?q=skz&page=" + random()[:2] },
		"report":   func() string { return "/zh/report/" + report() },
		"evidence": func() string { return "/zh/evidence/" + report() + "/requests.received/-" },
		"rank": func() string {
			return "/zh/rank?area=" + one(counties) + "&year=" + year() + "&m=" + one(query.Headline)
		},
		"area":     func() string { return "/zh/area/" + one(counties[1:]) },
		"coverage": func() string { return "/zh/coverage?area=" + one(counties) },
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				w := httptest.NewRecorder()
				s.ServeHTTP(w, httptest.NewRequest(http.MethodGet, address(), nil))
				if w.Code != http.StatusOK {
					b.Fatal(w.Code, w.Body.String())
				}
			}
		})
	}
}
