package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/gongkai-data/gongkai/crawl"
	"github.com/gongkai-data/gongkai/store"
)

// keptLedger is the object beside an archive that keeps what its crawl expected and found, for builds on machines that
// have neither the crawl's file nor the address of its queue.
const keptLedger = "ledger.json"

// ledger is what the crawl into an archive expected. Its clock is the archive's last capture, so that a build does not
// depend on the day. Where captures of a crawl are there and its ledger is not, it says so: what was not found would be
// missing from the coverage without a word.
func (a *app) ledger(ctx context.Context, archive *store.Archive, p places) (crawl.Ledger, error) {
	last, crawled, err := lastCapture(ctx, archive)
	if err != nil {
		return crawl.Ledger{}, err
	}
	if strings.Contains(p.queue, "://") {
		return crawl.ReadLedger(ctx, p.queue, last)
	}
	own, err := ownLedger(ctx, p, last)
	if err != nil || p.queue != "" {
		return own, err
	}
	kept, err := readKeptLedger(ctx, p.archive)
	if err != nil {
		return crawl.Ledger{}, err
	}
	if kept.Run > own.Run {
		own = kept
	}
	if crawled && own.Run == 0 {
		fmt.Fprintf(a.err, "gongkai: %s holds captures of a crawl, but not what it expected: coverage has no row for what was not found; name the crawl's queue with --queue\n", p.archive)
	}
	return own, nil
}

// lastCapture is when the last capture of an archive was made, and whether a crawl made any.
func lastCapture(ctx context.Context, archive *store.Archive) (last time.Time, crawled bool, err error) {
	for c, err := range archive.Captures(ctx) {
		if err != nil {
			return last, crawled, fmt.Errorf("listing the captures of the archive: %w", err)
		}
		crawled = crawled || c.Seed != nil && *c.Seed != ""
		if c.FetchedAt.After(last) {
			last = c.FetchedAt
		}
	}
	return last, crawled, nil
}

// ownLedger reads the file of a crawl: the one named, else the one that goes with the archive on this machine; a ledger
// of no run where there is none.
func ownLedger(ctx context.Context, p places, last time.Time) (crawl.Ledger, error) {
	frontier := p.queue
	if frontier == "" {
		state, err := stateFolder(p.archive)
		if err != nil {
			return crawl.Ledger{}, err
		}
		frontier = filepath.Join(state, frontierFile)
	}
	if missing, err := isMissing(frontier); err != nil || missing {
		if missing && p.queue != "" {
			err = fmt.Errorf("no state of a crawl at %s", p.queue)
		}
		return crawl.Ledger{}, err
	}
	if store.IsReadOnlyFolder(filepath.Dir(frontier)) {
		copied, err := store.CopyDatabase(frontier)
		if err != nil {
			return crawl.Ledger{}, fmt.Errorf("reading the state of the crawl: %w", err)
		}
		defer os.RemoveAll(filepath.Dir(copied))
		frontier = copied
	}
	return crawl.ReadLedger(ctx, frontier, last)
}

// keepLedger writes the ledger of a crawl beside its archive, unless the crawl's own file is there. It does so for a
// crawl that was interrupted too.
func keepLedger(ctx context.Context, archive *store.Archive, location, queue string) error {
	ctx, done := context.WithTimeout(context.WithoutCancel(ctx), time.Minute)
	defer done()
	if !strings.Contains(location, "://") && !strings.Contains(queue, "://") {
		return nil
	}
	last, _, err := lastCapture(ctx, archive)
	if err != nil {
		return err
	}
	ledger, err := crawl.ReadLedger(ctx, queue, last)
	if err != nil {
		return err
	}
	text, err := json.Marshal(ledger)
	if err != nil {
		return fmt.Errorf("keeping the ledger: %w", err)
	}
	beside, err := store.OpenObjects(ctx, location, "crawl")
	if err != nil {
		return err
	}
	if err := errors.Join(beside.Put(ctx, keptLedger, text), beside.Close()); err != nil {
		return fmt.Errorf("keeping the ledger with the archive: %w", err)
	}
	return nil
}

func readKeptLedger(ctx context.Context, location string) (ledger crawl.Ledger, err error) {
	beside, err := store.OpenObjects(ctx, location, "crawl")
	if err != nil {
		return ledger, err
	}
	text, err := beside.Get(ctx, keptLedger)
	if errors.Is(err, fs.ErrNotExist) {
		return ledger, beside.Close()
	}
	if err = errors.Join(err, beside.Close()); err == nil {
		err = json.Unmarshal(text, &ledger)
	}
	if err != nil {
		return ledger, fmt.Errorf("reading the ledger kept with the archive: %w", err)
	}
	return ledger, nil
}
