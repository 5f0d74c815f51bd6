package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/gongkai-data/gongkai/datasets/query"
	"github.com/gongkai-data/gongkai/datasets/web"
	"github.com/spf13/cobra"
)

func (a *app) siteCommand() *cobra.Command {
	var s serving
	var out string
	cmd := &cobra.Command{
		Use:   "site",
		Short: "Write the web interface as a static site",
		Long: `Write the pages of gongkai serve as files for any web host; they work from the disk as well. The Parquet files lie beside them, so that
DuckDB and others can query them from afar. Free comparisons and filters need gongkai serve.

EXAMPLES
  gongkai site --out public
  gongkai site --data /data/dataset --archive /data/archive --out /var/www/gongkai`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if out == "" {
				return usageError{errors.New("--out names the folder of the site")}
			}
			return a.site(cmd.Context(), s, out)
		},
	}
	f := cmd.Flags()
	f.StringVar(&s.data, "data", "dataset", "folder of the dataset")
	f.StringVar(&s.archive, "archive", "archive", "folder of the archive, for the documents behind the numbers; pages work without one")
	s.brought.addFlags(cmd)
	f.StringVar(&out, "out", "", "folder of the site; an old site there is exchanged at the end")
	return cmd
}

func (a *app) site(ctx context.Context, s serving, out string) error {
	logger := slog.New(slog.NewTextHandler(a.err, nil))
	// a site shows one release: no other is looked for while it is written
	if err := isDataset(s.data); err != nil {
		return err
	}
	current, err := query.OpenCurrent(ctx, s.data, frozenRefresh, func(err error) { logger.Error("reading the dataset", "error", err) })
	if err != nil {
		return err
	}
	defer current.Close()
	evidence, err := openEvidence(ctx, s.archive)
	if err != nil {
		return err
	}
	defer evidence.Close()
	opt := web.Options{Current: current, Log: logger, Timeout: 10 * time.Minute}
	if err := s.brought.take(&opt); err != nil {
		return err
	}
	if evidence != nil {
		opt.Evidence = evidence
	}
	server, err := web.New(opt)
	if err != nil {
		return err
	}
	progress := a.progress("pages")
	progress.every, progress.toEnd = 2*time.Second, true
	defer progress.finish()
	sum, err := web.WriteSite(ctx, server, out, func(done, total int) { progress.set(done, total, "") })
	if err != nil {
		return err
	}
	if a.json {
		return a.emit(struct {
			MessageType string `json:"message_type"`
			Site        string `json:"site"`
			web.SiteSummary
		}{"site_summary", out, sum})
	}
	for i, report := range sum.NotShown {
		if i == maxNamed {
			fmt.Fprintf(a.err, "gongkai: and %d more; gongkai --json site names each\n", len(sum.NotShown)-maxNamed)
			break
		}
		fmt.Fprintf(a.err, "gongkai: the archived document of %s cannot be shown; its pages say so\n", report)
	}
	_, err = fmt.Fprintf(a.out, "%s: %d pages, %d files, %d MB\n", out, sum.Pages, sum.Files, sum.Bytes>>20)
	return err
}
