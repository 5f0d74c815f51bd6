package crawl

import (
	"strings"
	"testing"
	"time"
)

func TestReadSeeds(t *testing.T) {
	seeds, err := ReadSeeds(strings.NewReader("\uFEFFsite,name,division_code,years,delay\nwww.a.test,青山县,370686,2019-2024,3s\nhttps://b.test/nb/,,,2020,0.5\nwww.a.test,again,,,\n\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := []Seed{{"http://www.a.test", "青山县", "370686", 2019, 2024, 3 * time.Second}, {"https://b.test/nb/", "", "", 2020, 2020, 500 * time.Millisecond}}
	if len(seeds) != 2 || seeds[0] != want[0] || seeds[1] != want[1] {
		t.Errorf("%+v", seeds)
	}
	for text, says := range map[string]string{
		"name\nx\n":                       "the column site is missing",
		"site,colour\nx,y\n":              "colour",
		"site,years\na.test,2024-2019\n":  "out of range",
		"site,years\na.test,soon\n":       "line 2",
		"site\nftp://a.test\n":            "no http",
		"site,division_code\na.test,37\n": "digits",
		"site,delay\na.test,-1s\n":        "negative",
		"site\nhttp://user:pw@a.test/\n":  "no http",
		"":                                "the file is empty",
	} {
		if _, err := ReadSeeds(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: error %v, want %q", text, err, says)
		}
	}
}

func TestWindow(t *testing.T) {
	w, err := parseWindow("22:00-06:00")
	if err != nil {
		t.Fatal(err)
	}
	for hour, want := range map[int]bool{21: false, 22: true, 0: true, 5: true, 6: false, 12: false} {
		if got := w.open(time.Date(2026, 1, 2, hour, 0, 0, 0, beijing)); got != want {
			t.Errorf("%d:00 open = %v", hour, got)
		}
	}
	if _, err := parseWindow("noon"); err == nil {
		t.Error("a window of words was read")
	}
}

func FuzzReadSeeds(f *testing.F) {
	f.Add("site,name,division_code,years,delay\na.test,x,370686,2019-2024,2s\n")
	f.Fuzz(func(t *testing.T, text string) {
		seeds, err := ReadSeeds(strings.NewReader(text))
		if err != nil {
			return
		}
		for _, s := range seeds {
			if !strings.HasPrefix(s.Site, "http://") && !strings.HasPrefix(s.Site, "https://") || s.LastYear < s.FirstYear || s.Delay < 0 {
				t.Fatalf("%+v", s)
			}
		}
	})
}
