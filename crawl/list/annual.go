package list

import (
	"context"
	"iter"
	"strconv"
	"strings"

	"github.com/gongkai-data/gongkai/crawl/page"
	"github.com/gongkai-data/gongkai/extract/lazyregexp"
)

// annual reads Hanweb's xxgkAnnualReport.jsp?area=<organ>&fbtime=<year>: one report an address, so every wanted year of
// every organ that the page names can be asked for. The list needs no request of its own.
type annual struct{}

func (annual) Family() string { return "xxgk-annual" }

var (
	annualAddress = lazyregexp.New(`[^"'\s()<>]*xxgkAnnualReport\.jsp\?[^"'\s()<>]*`)
	areaParam     = lazyregexp.New(`(?:[?&]|&amp;)area=(\w+)`)
	fbtimeParam   = lazyregexp.New(`(?:[?&]|&amp;)fbtime=(\d{4})`)
)

func (annual) Detect(p *page.Page) (Params, float64) {
	areas := annualAreas(p)
	if len(areas) == 0 {
		return nil, 0
	}
	names := make([]string, len(areas))
	for i, a := range areas {
		names[i] = a.area
	}
	confidence := 0.9
	if !strings.Contains(p.URL.Path, "xxgkAnnualReport") && (strings.Contains(p.Source, "dataproxy.jsp") || xxgkMark.MatchString(p.Source)) {
		confidence = 0.5 // the page has a list of its own; its links to reports are read along with it
	}
	return Params{"areas": strings.Join(names, ",")}, confidence
}

type annualArea struct{ address, area string }

// annualAreas lists the organs that the page's address and source name, each once.
func annualAreas(p *page.Page) []annualArea {
	var areas []annualArea
	seen := map[string]bool{}
	for _, address := range append([]string{p.URL.String()}, annualAddress.FindAllString(p.Source, 20_000)...) {
		if !strings.Contains(address, "xxgkAnnualReport.jsp") {
			continue
		}
		if area := firstMatch(areaParam, address); area != "" && !seen[area] {
			seen[area] = true
			areas = append(areas, annualArea{address, area})
		}
	}
	return areas
}

func (annual) Pages(_ context.Context, p *page.Page, _ Params, env Env) iter.Seq2[[]Item, error] {
	return func(yield func([]Item, error) bool) {
		if !yield(below(p, p), nil) {
			return
		}
		var items []Item // in one piece: a part without a new address would end the walk
		for _, a := range annualAreas(p) {
			path, _, _ := strings.Cut(a.address, "?")
			years := env.Years
			if y, err := strconv.Atoi(firstMatch(fbtimeParam, a.address)); err == nil && len(years) == 0 {
				years = []int{y}
			}
			for _, y := range years {
				if u := p.Resolve(path + "?area=" + a.area + "&fbtime=" + strconv.Itoa(y)); u != nil && u.Host == p.URL.Host {
					items = append(items, Item{Link: page.Link{URL: u}, Own: true, Year: y})
				}
			}
		}
		yield(items, nil)
	}
}
