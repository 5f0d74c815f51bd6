package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/gongkai-data/gongkai/cmd/gongkai/pipeline"
	"github.com/gongkai-data/gongkai/crawl"
	"github.com/gongkai-data/gongkai/store"
	"github.com/spf13/cobra"
)

// crawling holds the flags of a crawl, shared by the commands that do one.
type crawling struct {
	seeds, contact, queue, window string
	delay                         time.Duration
	workers                       int
	loopback, dryRun              bool
}

func (c *crawling) addFlags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&c.seeds, "seeds", "", "CSV file with the header site,name,division_code,years,delay (only site is required)")
	f.StringVar(&c.contact, "contact", "", "mail or web address for the operators of the sites, sent with every request; needed for public sites")
	f.StringVar(&c.queue, "queue", "", "postgres:// address of a queue shared by several machines (default a file in the archive)")
	f.StringVar(&c.window, "window", "", "hours in which to fetch, Beijing time, like 22:00-06:00 (default always)")
	f.DurationVar(&c.delay, "delay", 2*time.Second, "between two requests to one host")
	f.IntVar(&c.workers, "workers", 16, "hosts worked on at once")
	f.BoolVar(&c.loopback, "allow-loopback", false, "allow addresses of this machine, for tests")
	f.BoolVar(&c.dryRun, "dry-run", false, "send nothing, print what would be fetched")
}

// options makes the options of a crawl into the archive.
func (c *crawling) options(seeds []crawl.Seed, archive *store.Archive, location string) crawl.Options {
	opt := crawl.Options{Seeds: seeds, Archive: archive, Frontier: c.queue, Contact: c.contact, UserAgent: software(), Delay: c.delay, Workers: c.workers,
		Window: c.window, AllowLoopback: c.loopback, DryRun: c.dryRun}
	if opt.Frontier == "" {
		opt.Frontier = filepath.Join(location, "frontier.sqlite")
	}
	if c.delay == 0 {
		opt.Delay = -1 // the crawl's zero value means its default
	}
	return opt
}

func readSeeds(name string) ([]crawl.Seed, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("reading the seeds: %w", err)
	}
	defer f.Close()
	seeds, err := crawl.ReadSeeds(f)
	if err != nil {
		return nil, fmt.Errorf("reading the seeds %s: %w", name, err)
	}
	return seeds, nil
}

// seedFacts is what the build learns from the seed file.
func seedFacts(seeds []crawl.Seed) map[string]pipeline.Seed {
	facts := make(map[string]pipeline.Seed, len(seeds))
	for _, s := range seeds {
		facts[s.Site] = pipeline.Seed{Name: s.Name, DivisionCode: s.DivisionCode}
	}
	return facts
}

// crawl runs a crawl and shows how far it is.
func (a *app) crawl(ctx context.Context, opt crawl.Options) (crawl.Summary, error) {
	progress := a.progress("pages")
	defer progress.finish()
	opt.Progress = progress.event
	return crawl.Run(ctx, opt)
}
