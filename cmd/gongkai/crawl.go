package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"
	"time"

	"github.com/gongkai-data/gongkai/crawl"
	"github.com/gongkai-data/gongkai/crawl/browser"
	"github.com/gongkai-data/gongkai/store"
	"github.com/spf13/cobra"
)

// frontierFile keeps the state of a crawl, in the folder of its archive.
const frontierFile = "frontier.sqlite"

// crawling holds the flags of a crawl, shared by the commands that do one.
type crawling struct {
	seeds, columns, contact, queue, window string
	browser                                string // a path, anyBrowser, or empty for none
	delay                                  time.Duration
	workers                                int
	loopback, dryRun                       bool
}

// addFlags gives a command the flags of a crawl; the help leaves out those that do nothing for it.
func (c *crawling) addFlags(cmd *cobra.Command, idle ...string) {
	f := cmd.Flags()
	f.StringVar(&c.seeds, "seeds", "", "CSV file with the header site,name,division_code,years,delay (only site is required)")
	f.StringVar(&c.columns, "columns", "", "CSV file with the header site,list,next,entry,year: lists that the crawler does not find or read by itself (see gongkai probe)")
	f.StringVar(&c.contact, "contact", "", "mail or web address for the operators of the sites, sent with every request; needed for public sites")
	f.StringVar(&c.queue, "queue", "", "postgres:// address of a queue shared by several machines (default a file in the archive)")
	f.StringVar(&c.window, "window", "", "hours in which to fetch, Beijing time, like 22:00-06:00 (default always)")
	f.StringVar(&c.browser, "browser", "", "open pages that are made by their scripts in a headless Chromium, the one found or that of this `path` (default off: they are told)")
	f.Lookup("browser").NoOptDefVal = anyBrowser
	f.DurationVar(&c.delay, "delay", 2*time.Second, "between two requests to one host")
	f.IntVar(&c.workers, "workers", 16, "hosts worked on at once")
	f.BoolVar(&c.loopback, "allow-loopback", false, "allow addresses of this machine, for tests")
	f.BoolVar(&c.dryRun, "dry-run", false, "send nothing, print what would be fetched")
	for _, name := range idle {
		_ = f.MarkHidden(name) // fails for a flag that does not exist only
	}
}

func (a *app) crawlCommand() *cobra.Command {
	var c crawling
	var archive string
	cmd := &cobra.Command{
		Use:   "crawl",
		Short: "Find every annual report of the sites of a seed file and store it in the archive",
		Long: `Find every annual report of the sites of a seed file and store it in the archive, politely: robots.txt is obeyed, one request at a time
goes to a host with a delay between, and a site that asks for a captcha is left for a person. A crawl that was interrupted goes on where it
was; a later one fetches only what is new or has changed. Pictures in the text of a report, which may be its tables, are fetched with it, at most 20 a page.

Pages that show nothing until their scripts have run have the outcome needs_browser. With --browser they are opened in a headless Chromium, with its sandbox
and a fresh profile; it has no network of its own: each request of the page goes through the crawl like any other, to the hosts of the site and of its frames
only, without pictures, within limits on time, requests and memory. Lists that a button turns are turned, at most 30 pages. What the scripts made is kept in the archive and read like any page. No challenge is solved.

EXAMPLES
  gongkai crawl --seeds seeds.csv --contact mailto:me@example.org
  gongkai crawl --seeds seeds.csv --contact mailto:me@example.org --browser
  gongkai crawl --seeds seeds.csv --contact mailto:me@example.org --browser=/opt/chromium/chrome
  gongkai crawl --seeds seeds.csv --columns columns.csv --contact mailto:me@example.org
  gongkai crawl --seeds seeds.csv --dry-run
  gongkai crawl --seeds seeds.csv --contact https://example.org --queue postgres://host/db --archive s3://bucket?region=eu-central-1`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if c.seeds == "" {
				return usageError{errors.New("say what to crawl: --seeds FILE")}
			}
			return a.crawlInto(cmd.Context(), c, archive)
		},
	}
	c.addFlags(cmd)
	cmd.Flags().StringVar(&archive, "archive", "archive", "folder of the archive, or an s3:// address")
	return cmd
}

func (a *app) crawlInto(ctx context.Context, c crawling, location string) error {
	seeds, err := readInput("seeds", c.seeds, crawl.ReadSeeds)
	if err != nil {
		return err
	}
	archive, err := store.Open(ctx, location, store.Options{Software: software(), Operator: c.contact})
	if err != nil {
		return err
	}
	defer archive.Close()
	opt, err := c.options(seeds, archive, location)
	if err != nil {
		return err
	}
	stop, err := readAlong(ctx, &opt, location, "")
	if err != nil {
		return err
	}
	defer stop()
	summary, err := a.crawlAndKeep(ctx, opt, archive, location)
	if err != nil {
		return err
	}
	if err := a.crawled(summary); err != nil {
		return err
	}
	return archive.Close()
}

// crawlAndKeep crawls, and keeps with the archive what the crawl expected.
func (a *app) crawlAndKeep(ctx context.Context, opt crawl.Options, archive *store.Archive, location string) (crawl.Summary, error) {
	summary, err := a.crawl(ctx, opt)
	if opt.DryRun || summary.Run == 0 {
		return summary, err
	}
	if kept := keepLedger(ctx, archive, location, opt.Frontier); kept != nil {
		err = errors.Join(err, kept)
	}
	return summary, err
}

// crawled prints what a crawl did.
func (a *app) crawled(s crawl.Summary) error {
	if a.json {
		return a.emit(struct {
			MessageType string `json:"message_type"`
			crawl.Summary
		}{"crawl_summary", s})
	}
	for _, p := range s.Plan {
		fmt.Fprintf(a.out, "%-12s %s\n", p.Role, p.URL)
	}
	a.leftAlone(s)
	if s.Unread > 0 {
		fmt.Fprintf(a.out, "%d new documents could not be read during the crawl: gongkai build reads them\n", s.Unread)
	}
	_, err := fmt.Fprintf(a.out, "%d hosts, %d pages (%d fetched now), %d reports and attachments\n", s.Hosts, s.Pages, s.Fetched, s.Reports)
	return err
}

// leftAlone prints which hosts a crawl leaves alone, and what else must be known of it.
func (a *app) leftAlone(s crawl.Summary) {
	for _, n := range s.Notes {
		fmt.Fprintf(a.out, "note: %s\n", n)
	}
	for _, h := range s.LeftAlone {
		fmt.Fprintf(a.out, "left alone until %s: %s: %s\n", h.Until.Format(time.DateTime), h.Host, h.Reason)
	}
}

func (a *app) workerCommand() *cobra.Command {
	var c crawling
	var archive string
	var onlyExtract bool
	cmd := &cobra.Command{
		Use:   "worker",
		Short: "Join a crawl that several machines share",
		Long: `Join a crawl that several machines share: take hosts from the queue and store what they hold in the shared archive, take batches of new
documents and read them for the build, until interrupted. The crawl itself is begun by gongkai crawl with the same --queue and --archive.

EXAMPLE
  gongkai worker --queue postgres://host/db --archive s3://bucket?region=eu-central-1 --contact mailto:me@example.org`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if c.queue == "" {
				return usageError{errors.New("a worker needs the queue it shares: --queue postgres://…")}
			}
			opened, err := store.Open(cmd.Context(), archive, store.Options{Software: software(), Operator: c.contact})
			if err != nil {
				return err
			}
			defer opened.Close()
			opt, err := c.options(nil, opened, archive)
			if err != nil {
				return err
			}
			opt.OnlyExtract = onlyExtract
			stop, err := readAlong(cmd.Context(), &opt, archive, "")
			if err != nil {
				return err
			}
			defer stop()
			return errors.Join(crawl.Work(cmd.Context(), opt), opened.Close())
		},
	}
	c.addFlags(cmd, "seeds", "columns", "dry-run")
	cmd.Flags().BoolVar(&onlyExtract, "only-extract", false, "send no requests: only read what the others fetch (needs no --contact)")
	cmd.Flags().StringVar(&archive, "archive", "archive", "folder of the archive, or an s3:// address")
	return cmd
}

func (a *app) probeCommand() *cobra.Command {
	var c crawling
	cmd := &cobra.Command{
		Use:   "probe URL",
		Short: "Tell how a site lays out its list, and what a line of a columns file would find there",
		Long: `Look at one address as a crawl would, with at most two pages of its list, and tell what is seen: the family of the site's software, the
parameters found in the page, how many entries the first and second page hold, whether the list was read to its end, charset, tags, and the
reason for the choice. Nothing is stored.

It also proposes a line of a columns file for that list ("line"), and says after a trial on its first pages what that line would find ("trial").
Where the crawler does not read a list, put the line into a file, mend it, try it with --columns, and crawl with the same --columns:
  site   the seed that the list belongs to (default: the one of its host)
  list   the address of its first page
  next   a CSS selector of the link to the next page, or an address with {n}, {n-1} or {n+1} for the page's number (default: as found)
  entry  a CSS selector of the entries: links, or elements that hold one each (default: all links)
  year   a CSS selector of what names the year within an entry, or a regular expression with one group like /(20\d\d)/ for its text and address

EXAMPLES
  gongkai probe http://www.example.gov.cn/zwgk/nb/ --contact mailto:me@example.org
  gongkai probe http://www.example.gov.cn/zwgk/nb/ --columns columns.csv --contact mailto:me@example.org`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			opt, err := c.options(nil, nil, "")
			if err != nil {
				return err
			}
			found, err := crawl.Probe(cmd.Context(), args[0], opt)
			if errors.Is(err, crawl.ErrNoContact) || errors.Is(err, crawl.ErrNoSite) {
				return usageError{err}
			}
			if err != nil {
				return err
			}
			if a.json {
				return a.emit(found)
			}
			e := json.NewEncoder(a.out)
			e.SetEscapeHTML(false)
			e.SetIndent("", "  ")
			return e.Encode(found)
		},
	}
	c.addFlags(cmd, "seeds", "dry-run", "queue", "window", "workers", "browser")
	return cmd
}

// options makes the options of a crawl into the archive.
func (c *crawling) options(seeds []crawl.Seed, archive *store.Archive, location string) (crawl.Options, error) {
	opt := crawl.Options{Seeds: seeds, Archive: archive, Frontier: c.queue, Contact: c.contact, UserAgent: software(), Delay: c.delay, Workers: c.workers,
		Window: c.window, AllowLoopback: c.loopback, DryRun: c.dryRun}
	switch {
	case c.delay < 0:
		return opt, usageError{fmt.Errorf("--delay %v is negative", c.delay)}
	case c.workers < 1:
		return opt, usageError{fmt.Errorf("--workers %d: at least one is needed", c.workers)}
	case !crawl.IsWindow(c.window):
		return opt, usageError{fmt.Errorf("--window %q is not like 22:00-06:00", c.window)}
	case c.contact != "" && !isContact(c.contact):
		return opt, usageError{fmt.Errorf("--contact %q is neither a mail address nor a web address", c.contact)}
	}
	if c.browser != "" {
		found, err := findBrowser(c.browser)
		if err != nil {
			return opt, err
		}
		opt.Browser = found
	}
	if c.columns != "" {
		rules, err := readInput("columns", c.columns, crawl.ReadColumns)
		if err != nil {
			return opt, err
		}
		opt.Columns = rules
	}
	if c.delay == 0 {
		opt.Delay = -1 // the crawl's zero value means its default
	}
	if opt.Frontier != "" {
		return opt, nil
	}
	state, err := stateFolder(location)
	opt.Frontier = filepath.Join(state, frontierFile)
	return opt, err
}

// anyBrowser stands for a browser whose path is not given.
const anyBrowser = "the one found"

// findBrowser finds the browser and tries it, so that a crawl does not begin without what it was asked to use.
func findBrowser(path string) (*browser.Options, error) {
	if path == anyBrowser {
		found, err := browser.Find()
		if err != nil {
			return nil, usageError{fmt.Errorf("--browser: %w", err)}
		}
		path = found
	}
	opt := &browser.Options{Program: path}
	if err := browser.Try(context.Background(), *opt); err != nil {
		return nil, usageError{fmt.Errorf("--browser: %s cannot be used: %w (for root it has no sandbox)", path, err)}
	}
	return opt, nil
}

// isContact reports whether operators of a site can reach somebody there: me@example.org, mailto:me@example.org,
// https://example.org.
func isContact(s string) bool {
	u, err := url.Parse(s)
	if err != nil || strings.ContainsAny(s, " \t()") {
		return false
	}
	return u.Scheme == "mailto" && strings.Contains(u.Opaque, "@") || (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" || u.Scheme == "" && strings.Contains(s, "@")
}

// crawl runs a crawl and shows how far it is.
func (a *app) crawl(ctx context.Context, opt crawl.Options) (crawl.Summary, error) {
	progress := a.progress("pages")
	defer progress.finish()
	opt.Progress = progress.event
	summary, err := crawl.Run(ctx, opt)
	if errors.Is(err, crawl.ErrNoContact) {
		return summary, usageError{err}
	}
	return summary, err
}
