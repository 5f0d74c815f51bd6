package web_test

import (
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/query/querytest"
)

// Every page of the sample says that its places are invented, but those of the real report; pages of a reader's own
// reports never do.
func TestSampleIsMarked(t *testing.T) {
	of := func(kinds ...string) []querytest.Place {
		places := querytest.Towns()[:len(kinds)]
		for i, kind := range kinds {
			places[i].Sample = kind
		}
		return places
	}
	const overview = "/ /search /compare /rank /coverage /checks /codebook /data /about /area/all /nothing"
	id := func(place int) string { return querytest.Towns()[place].ID }
	report := func(place int) string { return querytest.ReportID(id(place), 2022) }
	pages := func(place int) []string {
		return []string{"/place/" + id(place), "/report/" + report(place), "/evidence/" + report(place) + "/review.total/-", "/compare?p=" + id(place)}
	}
	invented, real, mixed := [2]string{"虚构", "invented"}, [2]string{"真实年报", "real report"}, [2]string{"混有样例", "also holds sample data"}
	for name, c := range map[string]struct {
		places   []querytest.Place
		overview [2]string
		pages    [][2]string // by place
	}{
		"the sample":       {of("real", "invented", "invented"), [2]string{"寺口镇 2018", "寺口镇 2018"}, [][2]string{real, invented, invented}},
		"own reports":      {of("", "", ""), [2]string{}, [][2]string{{}, {}, {}}},
		"own and sample":   {of("real", "invented", ""), mixed, [][2]string{real, invented, {}}},
		"own and the real": {of("real", "", ""), [2]string{}, [][2]string{{}, {}, {}}},
	} {
		t.Run(name, func(t *testing.T) {
			h, _, _ := serve(t, c.places...)
			check := func(address, want string) {
				_, body := get(t, h, address)
				if has := strings.Contains(body, `class="sample"`); has != (want != "") || !strings.Contains(body, want) {
					t.Errorf("%s: marked %v, want %q:\n%s", address, has, want, body)
				}
			}
			for i, lang := range []string{"/zh", "/en"} {
				for _, page := range strings.Fields(overview) {
					check(lang+page, c.overview[i])
				}
				for place, want := range c.pages {
					for _, page := range pages(place) {
						check(lang+page, want[i])
					}
				}
			}
			for place, want := range c.pages {
				made := want == invented
				_, body := get(t, h, "/zh/compare.csv?p="+id(place))
				if strings.Contains(body, "invented") != made {
					t.Errorf("the CSV of place %d:\n%.300s", place, body)
				}
				if _, body := get(t, h, "/zh/compare.svg?p="+id(place)+"&m=requests.received"); strings.Contains(body, "样例") != made {
					t.Errorf("the chart of place %d", place)
				}
				if _, body := get(t, h, "/api/v1/issuers/"+id(place)); strings.Contains(body, `"sample"`) != (want[0] != "") {
					t.Errorf("the API of place %d: %s", place, body)
				}
			}
		})
	}
}
