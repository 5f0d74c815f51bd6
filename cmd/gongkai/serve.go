package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"runtime/debug"
	"time"

	"github.com/gongkai-data/gongkai/datasets/frozen"
	"github.com/gongkai-data/gongkai/datasets/query"
	"github.com/gongkai-data/gongkai/datasets/search"
	"github.com/gongkai-data/gongkai/datasets/web"
	"github.com/spf13/cobra"
)

// serving holds the flags of the web interface.
type serving struct {
	data, archive, addr string
	index               string // of the texts
	releases            string // folder
	dataNamed           bool   // beside releases a dataset is shown too
	cors                bool
	brought             brought
}

func (a *app) serveCommand() *cobra.Command {
	var s serving
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Show the dataset in a web browser",
		Long: `Show the dataset in a web browser: search, places, comparisons, rankings, checks, downloads, and for every number its place in the
archived document. The interface is read-only, in Chinese and English, and needs nothing but this program. A new release that a build
puts in the folder is taken up within seconds; a page that is being made sees one release only.

EXAMPLES
  gongkai serve
  gongkai serve --data /data/dataset --archive /data/archive --addr 0.0.0.0:80
  gongkai serve --releases releases      # every frozen release, /latest, their differences, and a feed of new and changed reports`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			s.dataNamed = cmd.Flags().Changed("data")
			return a.serve(cmd.Context(), s)
		},
	}
	f := cmd.Flags()
	f.StringVar(&s.data, "data", "dataset", "folder of the dataset")
	f.StringVar(&s.archive, "archive", "archive", "folder of the archive, or its s3:// address, for the documents behind the numbers; pages work without one")
	f.StringVar(&s.addr, "addr", "127.0.0.1:8080", "address to listen on")
	f.StringVar(&s.index, "index", "", "file of the index by which texts are searched, made in the background where needed (default DATA.search.sqlite)")
	f.StringVar(&s.releases, "releases", "", "folder of frozen releases (see gongkai release) to show; a dataset beside them only with --data")
	s.brought.addFlags(cmd)
	f.StringVar(&s.brought.denominators, "denominators", "", "CSV file of numbers of inhabitants, by which comparisons show counts per 10,000 (see gongkai template denominators)")
	f.BoolVar(&s.cors, "cors", false, "let pages of other sites read the API and the data files")
	return cmd
}

// refresh is how often the folder is looked at for a new release.
const refresh = 2 * time.Second

// frozenRefresh is the same for a release, which never changes.
const frozenRefresh = 1000 * time.Hour

func (a *app) serve(ctx context.Context, s serving) error {
	logger := slog.New(slog.NewTextHandler(a.err, nil))
	if os.Getenv("GOGC") == "" && os.Getenv("GOMEMLIMIT") == "" {
		// most of the memory is an index that lasts: collecting more often costs little and keeps the peaks of reading
		// low
		debug.SetGCPercent(20)
	}
	evidence, err := openEvidence(ctx, s.archive)
	if err != nil {
		return err
	}
	defer evidence.Close()
	opt := web.Options{CORS: s.cors, Log: logger}
	if err := s.brought.take(&opt); err != nil {
		return err
	}
	if evidence != nil {
		opt.Evidence = evidence
	} else {
		fmt.Fprintf(a.err, "gongkai: no archive at %s: documents are not shown\n", s.archive)
	}
	var handler http.Handler
	if s.releases != "" {
		shelf, err := a.shelf(ctx, s, opt)
		if err != nil {
			return err
		}
		defer shelf.Close()
		opt.Shelf, handler = shelf, shelf
	}
	if s.releases == "" || s.dataNamed {
		server, end, err := a.live(ctx, s, opt)
		if err != nil {
			return err
		}
		defer end()
		if opt.Shelf != nil {
			opt.Shelf.SetRoot(server)
		} else {
			handler = server
		}
	}
	return a.listen(ctx, s.addr, handler)
}

// live makes the server of the dataset in a folder, which follows the builds there.
func (a *app) live(ctx context.Context, s serving, opt web.Options) (*web.Server, func(), error) {
	if err := isDataset(s.data); err != nil {
		return nil, nil, err
	}
	current, err := query.OpenCurrent(ctx, s.data, refresh, func(err error) { opt.Log.Error("reading the dataset", "error", err) })
	if err != nil {
		return nil, nil, err
	}
	release, _, done := current.Acquire()
	tellSample(a.err, release.Data.Manifest().Sample)
	done()
	opt.Current = current
	file := s.index
	if file == "" {
		if file, err = search.FileOf(s.data); err != nil {
			current.Close()
			return nil, nil, err
		}
	}
	opt.Texts = search.NewKeeper(file)
	end := func() { closeTexts(current, opt) }
	server, err := web.New(opt)
	if err != nil {
		end()
		return nil, nil, err
	}
	return server, end, nil
}

func closeTexts(current *query.Current, opt web.Options) {
	current.Close()
	if err := opt.Texts.Close(); err != nil {
		opt.Log.Error("closing the dataset", "error", err)
	}
}

// frozenTexts keeps the index of a release's texts beside its folder. It is made when it is first searched.
func frozenTexts(releases, name string) (*search.Keeper, error) {
	file, err := search.FileOf(filepath.Join(releases, name))
	if err != nil {
		return nil, err
	}
	probe, err := os.CreateTemp(filepath.Dir(file), ".gongkai-writable-*")
	if err != nil {
		return nil, err
	}
	return search.NewKeeper(file), errors.Join(probe.Close(), os.Remove(probe.Name()))
}

// shelf makes the shelf of the frozen releases. Each is opened when it is first asked for.
func (a *app) shelf(ctx context.Context, s serving, opt web.Options) (*web.Shelf, error) {
	if _, err := frozen.List(s.releases); err != nil {
		return nil, err
	}
	var shelf *web.Shelf
	shelf = web.NewShelf(s.releases, opt.Log, func(r frozen.Record, dataset string) (*web.Server, func(), error) {
		current, err := query.OpenCurrent(ctx, dataset, frozenRefresh, func(err error) { opt.Log.Error("reading a release", "error", err) })
		if err != nil {
			return nil, nil, err
		}
		opt := opt
		opt.Current, opt.Shelf, opt.Frozen, opt.Base = current, shelf, r.Name, web.BaseOf(r.Name)
		end := current.Close
		if opt.Texts, err = frozenTexts(s.releases, r.Name); err != nil {
			opt.Log.Warn("the texts of a release cannot be searched: their index has no place", "release", r.Name, "error", err)
		} else {
			end = func() { closeTexts(current, opt) }
		}
		server, err := web.New(opt)
		if err != nil {
			end()
			return nil, nil, err
		}
		return server, end, nil
	})
	return shelf, nil
}

// listen answers requests until the command is ended.
func (a *app) listen(ctx context.Context, addr string, handler http.Handler) error {
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", addr)
	if err != nil {
		return fmt.Errorf("listening for readers: %w", err)
	}
	if a.json {
		if err := a.emit(map[string]string{"message_type": "serving", "address": "http://" + listener.Addr().String() + "/"}); err != nil {
			return err
		}
	} else {
		fmt.Fprintf(a.out, "http://%s/  (Ctrl-C ends it)\n", listener.Addr())
	}
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 30 * time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10, ConnContext: web.ConnContext}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	select {
	case err := <-ended:
		return fmt.Errorf("serving: %w", err)
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	if err := server.Shutdown(grace); err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("ending the service: %w", err)
	}
	return nil
}

// openEvidence opens the archive for reading, or returns nil where there is none.
func openEvidence(ctx context.Context, location string) (*evidence, error) {
	if missing, err := isMissing(location); err != nil || missing {
		return nil, err
	}
	return newEvidence(ctx, location)
}
