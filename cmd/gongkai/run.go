package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/gongkai-data/gongkai/crawl"
	"github.com/gongkai-data/gongkai/datasets/sample"
	"github.com/gongkai-data/gongkai/store"
	"github.com/jedib0t/go-pretty/v6/text"
	"github.com/spf13/cobra"
)

func (a *app) runCommand() *cobra.Command {
	var p places
	var c crawling
	cmd := &cobra.Command{
		Use:   "run",
		Short: "Crawl, build and report: the whole way in one command",
		Long: `Crawl the sites of a seed file into the archive, build the dataset, and print what came of it.
Without --seeds the bundled sample site is served on a loopback port inside the process and crawled over HTTP like any other;
its places are invented, but for the one real report that it begins with.

EXAMPLES
  gongkai run
  gongkai run --seeds seeds.csv --contact mailto:me@example.org --archive /data/archive --out /data/dataset`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if c.dryRun {
				return usageError{errors.New("--dry-run is for gongkai crawl: a run builds a dataset")}
			}
			return a.run(cmd.Context(), p, c)
		},
	}
	p.addFlags(cmd)
	c.addFlags(cmd, "dry-run")
	return cmd
}

func (a *app) run(ctx context.Context, p places, c crawling) error {
	seeds, serve, err := c.seedsOrSample()
	if err != nil {
		return err
	}
	if serve != nil {
		defer serve.Close()
	}
	archive, err := store.Open(ctx, p.archive, store.Options{Software: software(), Operator: c.contact})
	if err != nil {
		return err
	}
	defer archive.Close()
	opt, err := c.options(seeds, archive, p.archive)
	if err != nil {
		return err
	}
	if serve != nil {
		serve.apply(&opt)
	}
	stop, err := readAlong(ctx, &opt, p.archive, p.readings)
	if err != nil {
		return err
	}
	defer stop()
	crawled, err := a.crawlAndKeep(ctx, opt, archive, p.archive)
	if err != nil {
		return err
	}
	if a.json {
		if err := a.crawled(crawled); err != nil {
			return err
		}
	} else {
		a.leftAlone(crawled)
	}
	p.queue = c.queue
	summary, err := a.build(ctx, archive, p)
	if err != nil {
		return err
	}
	result := a.summarise(summary, p.out)
	if !a.json {
		a.next(p, serve != nil)
	}
	return result
}

// next says what to try now.
func (a *app) next(p places, isSample bool) {
	data, archive := "", ""
	if p.out != "dataset" {
		data = " --data " + p.out
	}
	if p.archive != "archive" {
		archive = " --archive " + p.archive
	}
	places := "PLACE"
	if isSample {
		places = "霏陂镇 荇溪镇"
	}
	lines := [][2]string{
		{"gongkai serve" + data + archive, "look at it in a browser: search, compare, every number with its source"},
		{"gongkai compare " + places + data, "places beside each other in the terminal; --help for CSV, Excel, charts"},
		{"gongkai coverage" + data, "what was expected and was not found, and why"},
	}
	if isSample {
		lines = append(lines, [2]string{"gongkai extract report.pdf", "a report of your own, as JSON (HTML, PDF, Word, OFD, Excel or text)"})
	}
	width := 0
	for _, l := range lines {
		width = max(width, text.StringWidth(l[0]))
	}
	fmt.Fprintf(a.out, "\nThe dataset is in %s. Try next:\n", p.out)
	for _, l := range lines {
		fmt.Fprintf(a.out, "  %s%s   %s\n", l[0], strings.Repeat(" ", width-text.StringWidth(l[0])), l[1])
	}
}

// sampleSite is the bundled site, served on a loopback port of this process.
type sampleSite struct {
	server *http.Server
	addr   string
}

// sampleHost names the sample site. The name is reserved (RFC 2606) and never looked up: the crawl dials the loopback
// port in its place, so that addresses in the dataset do not change from run to run.
const sampleHost = "sample.invalid"

// seedsOrSample reads the seed file, or starts the sample site where none is given.
func (c *crawling) seedsOrSample() ([]crawl.Seed, *sampleSite, error) {
	if c.seeds != "" {
		seeds, err := readInput("seeds", c.seeds, crawl.ReadSeeds)
		return seeds, nil, err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, nil, fmt.Errorf("serving the sample site: %w", err)
	}
	s := &sampleSite{server: &http.Server{Handler: sample.Handler(), ReadHeaderTimeout: 10 * time.Second}, addr: listener.Addr().String()}
	go func() { _ = s.server.Serve(listener) }() // ends with Close
	var seeds []crawl.Seed
	for _, site := range sample.Seeds("http://" + sampleHost) {
		seeds = append(seeds, crawl.Seed{Site: site.Site, Name: site.Name, DivisionCode: site.DivisionCode, FirstYear: site.FirstYear, LastYear: site.LastYear})
	}
	return seeds, s, nil
}

// apply points a crawl at the site and lifts the politeness that only strangers' servers need.
func (s *sampleSite) apply(opt *crawl.Options) {
	opt.AllowLoopback = true
	opt.Contact = "https://github.com/gongkai-data/gongkai"
	opt.Delay, opt.Jitter = -1, -1
	opt.Dial = func(address string) string {
		if host, _, err := net.SplitHostPort(address); err == nil && host == sampleHost {
			return s.addr
		}
		return address
	}
}

func (s *sampleSite) Close() { _ = s.server.Close() }
