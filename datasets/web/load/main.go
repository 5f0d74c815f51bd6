// Command load measures a running `gongkai serve`: how long place pages, comparisons, searches, reports and evidence
// take when many readers ask at once, each for places drawn at random from the whole release, so that little is found
// in any cache. See ../README.md for the figures.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"sync"
	"time"
)

func main() {
	address := flag.String("addr", "http://127.0.0.1:8080", "address of the server")
	readers := flag.Int("readers", 50, "requests at a time")
	requests := flag.Int("requests", 5000, "requests of each kind")
	places := flag.Int("places", 4, "places of a comparison")
	process := flag.Int("pid", 0, "process of the server, to read its memory (Linux)")
	flag.Parse()
	if err := run(*address, *readers, *requests, *places, *process); err != nil {
		fmt.Fprintln(os.Stderr, "load:", err)
		os.Exit(1)
	}
}

func run(address string, readers, requests, places, process int) error {
	ids, reports, err := issuers(address)
	if err != nil {
		return err
	}
	fmt.Printf("%d issuers, %d readers\n", len(ids), readers)
	random := func() string { return ids[rand.IntN(len(ids))] }
	for _, kind := range []struct {
		name  string
		share int // of the requests, 1 in so many
		make  func() string
	}{
		{"place", 1, func() string { return "/zh/place/" + random() }},
		{"compare", 1, func() string {
			q := url.Values{}
			for range places {
				q.Add("p", random())
			}
			return "/zh/compare?" + q.Encode()
		}},
		{"search", 1, func() string {
			return "/zh/search?q=" + url.QueryEscape([]string{"镇", "skz", "城关", "wj", "sikou"}[rand.IntN(5)])
		}},
		{"report", 10, func() string { return "/zh/report/" + reports[rand.IntN(len(reports))] }},
		{"evidence", 10, func() string { return "/zh/evidence/" + reports[rand.IntN(len(reports))] + "/requests.received/-" }},
	} {
		took, bytes, err := measure(address, readers, max(1, requests/kind.share), kind.make)
		if err != nil {
			return err
		}
		total := time.Duration(0)
		for _, d := range took {
			total += d
		}
		at := func(p float64) time.Duration { return took[int(p*float64(len(took)-1))].Round(100 * time.Microsecond) }
		fmt.Printf("%-8s %d requests: p50 %v, p95 %v, p99 %v, %.0f requests/s, %d KB a page\n", kind.name, len(took), at(.5), at(.95), at(.99),
			float64(len(took)*readers)/total.Seconds(), bytes/int64(len(took))>>10)
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

// issuers lists every issuer_id through the API, and the report_id of its last report.
func issuers(address string) (ids, reports []string, err error) {
	for next := "/api/v1/issuers?limit=1000"; next != ""; {
		res, err := http.Get(address + next)
		if err != nil {
			return nil, nil, err
		}
		var page struct {
			Next  string
			Items []struct {
				ID      string `json:"issuer_id"`
				Reports []struct {
					ID string `json:"report_id"`
				}
			}
		}
		err = json.NewDecoder(res.Body).Decode(&page)
		res.Body.Close()
		if err != nil {
			return nil, nil, fmt.Errorf("reading %s: %w", next, err)
		}
		for _, i := range page.Items {
			ids = append(ids, i.ID)
			if n := len(i.Reports); n > 0 {
				reports = append(reports, i.Reports[n-1].ID)
			}
		}
		next = page.Next
	}
	return ids, reports, nil
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
