// Command bench serves many plain loopback sites ("serve SITES REPORTS", prints their addresses) or crawls the
// addresses on its standard input without a delay ("crawl"), and prints how fast it went. compare.sh runs Scrapy on the
// same sites. See the README of package crawl.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"time"

	"github.com/gongkai-data/gongkai/crawl"
	"github.com/gongkai-data/gongkai/crawl/sim"
	"github.com/gongkai-data/gongkai/store"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	err := fmt.Errorf("usage: bench serve SITES REPORTS | bench crawl < ADDRESSES")
	switch {
	case len(os.Args) == 4 && os.Args[1] == "serve":
		err = serve(ctx, os.Args[2], os.Args[3])
	case len(os.Args) == 2 && os.Args[1] == "crawl":
		err = measure(ctx)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func serve(ctx context.Context, sites, reports string) error {
	n, err := strconv.Atoi(sites)
	if err != nil {
		return err
	}
	m, err := strconv.Atoi(reports)
	if err != nil {
		return err
	}
	b, err := sim.NewBulk(n, m)
	if err != nil {
		return err
	}
	for _, s := range b.Seeds {
		fmt.Println(s)
	}
	<-ctx.Done()
	return b.Close()
}

func measure(ctx context.Context) error {
	dir, err := os.MkdirTemp("", "gongkai-bench-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	archive, err := store.Open(ctx, filepath.Join(dir, "archive"), store.Options{})
	if err != nil {
		return err
	}
	opt := crawl.Options{Archive: archive, Frontier: filepath.Join(dir, "frontier.sqlite"), Delay: -1, AllowLoopback: true}
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		opt.Seeds = append(opt.Seeds, crawl.Seed{Site: lines.Text()})
	}
	s, err := crawl.Run(ctx, opt)
	if err != nil {
		return err
	}
	if err := archive.Close(); err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(map[string]any{"crawler": "gongkai", "requests": s.Fetched, "reports": s.Reports, "seconds": s.Elapsed.Round(time.Millisecond).Seconds(),
		"requests_per_second": float64(s.Fetched) / s.Elapsed.Seconds()})
}
