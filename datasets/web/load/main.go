// Command load measures a running `gongkai serve`: how long its pages take when many readers ask at once, each for
// places, reports and counties drawn at random from the whole release, so that little is found in any cache, and on
// Linux how much processor time the server takes for each. See ../README.md for the figures.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/gongkai-data/gongkai/datasets/query"
)

func main() {
	address := flag.String("addr", "http://127.0.0.1:8080", "address of the server")
	readers := flag.Int("readers", 50, "requests at a time")
	requests := flag.Int("requests", 5000, "requests of each kind")
	places := flag.Int("places", 4, "places of a comparison")
	process := flag.Int("pid", 0, "process of the server, to read its memory (Linux)")
	kinds := flag.String("kinds", "", "kinds of requests, with commas between them; empty for all")
	flag.Parse()
	if err := run(*address, *kinds, *readers, *requests, *places, *process); err != nil {
		fmt.Fprintln(os.Stderr, "load:", err)
		os.Exit(1)
	}
}

func run(address, kinds string, readers, requests, places, process int) error {
	of, err := held(address)
	if err != nil {
		return err
	}
	fmt.Printf("%d issuers, %d reports, %d readers\n", len(of.issuers), len(of.reports), readers)
	for _, kind := range []struct {
		name  string
		share int // of the requests, 1 in so many
		make  func() string
	}{
		{"place", 1, func() string { return "/zh/place/" + one(of.issuers) }},
		{"compare", 1, func() string {
			q := url.Values{}
			for range places {
				q.Add("p", one(of.issuers))
			}
			return "/zh/compare?" + q.Encode()
		}},
		{"search", 1, func() string {
			return "/zh/search?q=" + url.QueryEscape(one([]string{"镇", "skz", "城关", "wj", "sikou"}))
		}},
		{"report", 2, func() string { return "/zh/report/" + one(of.reports) }},
		{"evidence", 2, func() string { return "/zh/evidence/" + one(of.reports) + "/requests.received/-" }},
		{"rank of a county", 2, func() string {
			return "/zh/rank?area=" + one(of.counties) + "&year=" + one(of.years) + "&m=" + one(query.Headline)
		}},
		{"area", 2, func() string { return "/zh/area/" + one(of.counties) + "?page=" + one([]string{"1", "2"}) }},
		{"coverage", 2, func() string { return "/zh/coverage?area=" + one(of.counties) }},
		{"report in the API", 2, func() string { return "/api/v1/reports/" + one(of.reports) }},
	} {
		if !strings.Contains(","+kinds+",", ","+kind.name+",") && kinds != "" {
			continue
		}
		before := processor(process)
		took, bytes, err := measure(address, readers, max(1, requests/kind.share), kind.make)
		if err != nil {
			return err
		}
		total := time.Duration(0)
		for _, d := range took {
			total += d
		}
		at := func(p float64) time.Duration { return took[int(p*float64(len(took)-1))].Round(100 * time.Microsecond) }
		fmt.Printf("%-17s %d requests: p50 %v, p95 %v, p99 %v, %.0f requests/s, %d KB a page, %.1f ms of processor time each\n", kind.name, len(took), at(.5), at(.95), at(.99),
			float64(len(took)*readers)/total.Seconds(), bytes/int64(len(took))>>10, 1000*(processor(process)-before).Seconds()/float64(len(took)))
	}
	if process > 0 {
		status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", process))
		if err != nil {
			return err
		}
		for line := range strings.Lines(string(status)) {
			if strings.HasPrefix(line, "VmRSS") || strings.HasPrefix(line, "VmHWM") {
				fmt.Print(line)
			}
		}
	}
	return nil
}

// release is what the server holds, to draw from.
type release struct{ issuers, reports, counties, years []string }

func one(from []string) string { return from[rand.IntN(len(from))] }

// held lists issuers and reports by their IDs, the counties
// and the years, through the API.
func held(address string) (of release, err error) {
	counties, years := map[string]bool{}, map[string]bool{}
	for next := "/api/v1/issuers?limit=1000"; next != ""; {
		res, err := http.Get(address + next)
		if err != nil {
			return of, err
		}
		var page struct {
			Next  string
			Items []struct {
				ID       string `json:"issuer_id"`
				Division string `json:"division_code"`
				Reports  []struct {
					ID   string `json:"report_id"`
					Year int
				}
			}
		}
		err = json.NewDecoder(res.Body).Decode(&page)
		res.Body.Close()
		if err != nil {
			return of, fmt.Errorf("reading %s: %w", next, err)
		}
		for _, i := range page.Items {
			of.issuers = append(of.issuers, i.ID)
			if len(i.Division) == 12 {
				counties[i.Division[:6]+"000000"] = true
			}
			for _, r := range i.Reports {
				of.reports = append(of.reports, r.ID)
				years[strconv.Itoa(r.Year)] = true
			}
		}
		next = page.Next
	}
	of.counties, of.years = slices.Sorted(maps.Keys(counties)), slices.Sorted(maps.Keys(years))
	return of, nil
}

// processor is the processor time that a process has taken, 0 where the system does not tell: Linux counts hundredths
// of a second, in the twelfth and thirteenth field behind the name.
func processor(process int) (spent time.Duration) {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", process))
	if err != nil {
		return 0
	}
	_, behind, _ := strings.Cut(string(stat), ") ")
	for k, field := range strings.Fields(behind) {
		if n, err := strconv.Atoi(field); err == nil && (k == 11 || k == 12) {
			spent += time.Duration(n) * 10 * time.Millisecond
		}
	}
	return spent
}

// measure sends requests from a number of readers, each the next one when it has its answer, and returns how long they
// took, rising.
func measure(address string, readers, requests int, next func() string) (took []time.Duration, bytes int64, err error) {
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: readers, ReadBufferSize: 64 << 10}, Timeout: time.Minute}
	work := make(chan string)
	var mu sync.Mutex
	var running sync.WaitGroup
	for range readers {
		running.Go(func() {
			for path := range work {
				begin := time.Now()
				n, e := fetch(client, address+path)
				d := time.Since(begin)
				mu.Lock()
				took, bytes = append(took, d), bytes+n
				if e != nil {
					err = e
				}
				mu.Unlock()
			}
		})
	}
	for range requests {
		work <- next()
	}
	close(work)
	running.Wait()
	slices.Sort(took)
	return took, bytes, err
}

func fetch(client *http.Client, address string) (int64, error) {
	res, err := client.Get(address)
	if err != nil {
		return 0, err
	}
	defer res.Body.Close()
	n, err := io.Copy(io.Discard, res.Body)
	if err == nil && res.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s answers %d", address, res.StatusCode)
	}
	return n, err
}
