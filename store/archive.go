package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"iter"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/gongkai-data/gongkai/datasets/schema"
)

// Options of an archive. The zero value is ready for use.
type Options struct {
	ReadOnly bool   // take no lock for longer than opening needs: for readers, also beside a running crawl
	MaxFile  int64  // bytes at which a WARC file is full, default 1 GB
	MaxBody  int64  // limit of a decoded body in bytes, default 256 MB
	Software string // for the warcinfo record: program and version
	Operator string // for the warcinfo record: who to contact, may be empty
	Staging  string // local folder for the open WARC file and the index when the archive lies in a bucket; default in the user's cache folder
}

// Archive is the WARC files of one place and their index. Its methods may be called from many goroutines.
type Archive struct {
	opt   Options
	dir   string // holds the lock, the index and the WARC file being written
	files files  // where WARC files lie
	index *index
	noted map[string]fileState // what segmentsFile says
	lock  *os.File             // held while writing
	temp  string               // folder of the index where the archive's own can only be read
	temps []string             // folders to remove at Close

	mu       sync.Mutex // guards what follows
	segment  *segment   // the WARC file being written, nil before the first capture
	reuse    string     // the file that may be gone on with
	unsealed []string   // closed files that a bucket does not have yet
	closed   bool

	stop    chan struct{}
	stopped sync.WaitGroup
}

// flushEvery bounds what a loss of power can take.
const flushEvery = time.Second

// Open opens the archive at location and catches its index up with its WARC files. A location is a folder, made when it
// is missing (unless opt.ReadOnly), a file:// address, or the address of a bucket (s3://NAME?region=..., mem://). It
// returns ErrLocked when another process writes there.
func Open(ctx context.Context, location string, opt Options) (*Archive, error) {
	if opt.MaxFile <= 0 {
		opt.MaxFile = 1 << 30
	}
	if opt.MaxBody <= 0 {
		opt.MaxBody = 256 << 20
	}
	if opt.Software == "" {
		opt.Software = "gongkai"
	}
	a := &Archive{opt: opt, stop: make(chan struct{})}
	err := a.open(ctx, location)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("opening the archive %s: %w", location, err), a.release())
	}
	if !opt.ReadOnly {
		a.stopped.Go(a.flushNowAndThen)
	}
	return a, nil
}

func (a *Archive) open(ctx context.Context, location string) error {
	if err := a.locate(location); err != nil {
		return err
	}
	lock, err := lockFile(filepath.Join(a.dir, "lock"))
	if errors.Is(err, ErrLocked) && a.shared() {
		lock, err = a.stageElsewhere()
	}
	switch {
	case err == nil:
		a.lock = lock
	case !a.opt.ReadOnly:
		return err
	case errors.Is(err, os.ErrPermission) || isReadOnlyFS(err):
		// a folder that we may only read, such as a mounted copy: a copy of the index is worked on
		copied, err := CopyDatabase(filepath.Join(a.dir, indexFile))
		if err != nil {
			return fmt.Errorf("copying the index: %w", err)
		}
		a.temp = filepath.Dir(copied)
		a.temps = append(a.temps, a.temp)
	case !errors.Is(err, ErrLocked):
		return err
	}
	at := a.dir
	if a.temp != "" {
		at = a.temp
	}
	if a.index, err = openIndex(ctx, filepath.Join(at, indexFile), a.lock != nil || a.temp != ""); err != nil {
		return err
	}
	if a.lock == nil && a.temp == "" {
		return nil // the process that writes keeps the index
	}
	if a.shared() {
		if err := a.adopt(); err != nil {
			return err
		}
	}
	if a.noted, err = readSegments(a.dir); err != nil {
		return err
	}
	if err := a.catchUp(ctx); err != nil {
		return err
	}
	if a.opt.ReadOnly && a.lock != nil {
		err := a.lock.Close()
		a.lock = nil
		return err
	}
	return nil
}

// locate finds or makes the folder and the place of the WARC files.
func (a *Archive) locate(location string) error {
	scheme, _, isURL := strings.Cut(location, "://")
	if isURL && scheme != "file" {
		if err := a.openBucket(location); err != nil {
			return err
		}
	} else {
		if isURL {
			u, err := url.Parse(location)
			if err != nil {
				return err
			}
			location = filepath.FromSlash(u.Path)
		}
		if location == "" {
			return errors.New("no folder is named")
		}
		a.dir, a.files = location, folder(location)
	}
	if a.opt.ReadOnly {
		_, err := os.Stat(a.dir)
		return err
	}
	return os.MkdirAll(a.dir, 0o755)
}

// stagingFor is the default local folder of an archive in a bucket.
func stagingFor(location string) (string, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256([]byte(location))
	return filepath.Join(cache, "gongkai", "archive-"+hex.EncodeToString(sum[:8])), nil
}

// Close finishes the WARC file being written and frees the archive.
func (a *Archive) Close() error {
	a.mu.Lock()
	if a.closed {
		a.mu.Unlock()
		return nil
	}
	a.closed = true
	err := errors.Join(a.endSegment(context.Background()), a.sealAll(context.Background()))
	if a.lock != nil {
		err = errors.Join(err, a.noteSegments(context.Background()))
	}
	a.mu.Unlock()
	close(a.stop)
	a.stopped.Wait()
	if err := errors.Join(err, a.release()); err != nil {
		return fmt.Errorf("closing the archive: %w", err)
	}
	return nil
}

func (a *Archive) release() error {
	var err error
	if a.index != nil {
		err = a.index.close()
	}
	if a.files != nil {
		err = errors.Join(err, a.files.close())
	}
	for _, dir := range a.temps {
		err = errors.Join(err, os.RemoveAll(dir))
	}
	if a.lock != nil {
		err = errors.Join(err, a.lock.Close())
	}
	return err
}

func (a *Archive) flushNowAndThen() {
	tick := time.NewTicker(flushEvery)
	defer tick.Stop()
	for {
		select {
		case <-a.stop:
			return
		case <-tick.C:
			a.mu.Lock()
			if a.segment != nil {
				a.segment.flush()
			}
			a.mu.Unlock()
		}
	}
}

// Captures yields every capture by url, fetched_at, warc_file and warc_offset.
func (a *Archive) Captures(ctx context.Context) iter.Seq2[schema.Capture, error] {
	return func(yield func(schema.Capture, error) bool) {
		for e, err := range a.index.find(ctx, "ORDER BY url, fetched_at, warc_file, warc_offset") {
			e.URL = withoutPath(e.URL)
			if !yield(e.Capture, err) || err != nil {
				return
			}
		}
	}
}

// Lookup returns the latest capture of an address, whatever its outcome; ok is false when there is none.
func (a *Archive) Lookup(ctx context.Context, url string) (c schema.Capture, ok bool, err error) {
	e, ok, err := a.index.first(ctx, "WHERE url = ? ORDER BY fetched_at DESC, warc_file DESC, warc_offset DESC", url)
	return e.Capture, ok, err
}

// LookupBody returns the latest capture of an address that got a body (sha256 is set); ok is false when there is none.
func (a *Archive) LookupBody(ctx context.Context, url string) (c schema.Capture, ok bool, err error) {
	e, ok, err := a.index.first(ctx, "WHERE url = ? AND sha256 IS NOT NULL ORDER BY fetched_at DESC, warc_file DESC, warc_offset DESC", url)
	return e.Capture, ok, err
}

// LookupBodySince returns the first capture of an address with a body that was fetched at a time or after it, else the
// last one before: what belonged to a page that was fetched then. ok is false when there is none.
func (a *Archive) LookupBodySince(ctx context.Context, url string, at time.Time) (c schema.Capture, ok bool, err error) {
	const body = "WHERE url = ? AND sha256 IS NOT NULL AND fetched_at "
	e, ok, err := a.index.first(ctx, body+">= ? ORDER BY fetched_at, warc_file, warc_offset", url, at.UnixMicro())
	if err == nil && !ok {
		e, ok, err = a.index.first(ctx, body+"< ? ORDER BY fetched_at DESC, warc_file DESC, warc_offset DESC", url, at.UnixMicro())
	}
	return e.Capture, ok, err
}

// Rebuild makes the index anew from the WARC files. Of its rows it keeps those of captures that cannot be read any
// more.
func (a *Archive) Rebuild(ctx context.Context) error {
	if a.lock == nil {
		return errors.New("rebuilding the index: the archive was opened for reading only")
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if err := a.endSegment(ctx); err != nil {
		return err
	}
	names, _, err := a.fileNames(ctx)
	if err != nil {
		return err
	}
	for _, name := range names {
		if _, err := a.rescan(ctx, a.index, name); err != nil {
			return err
		}
	}
	return a.catchUp(ctx)
}

// fileNames lists the WARC files in the order of their names.
func (a *Archive) fileNames(ctx context.Context) ([]string, map[string]int64, error) {
	sizes, err := a.files.list(ctx)
	if err != nil {
		return nil, nil, fmt.Errorf("listing the WARC files: %w", err)
	}
	names := make([]string, 0, len(sizes))
	for name := range sizes {
		names = append(names, name)
	}
	slices.Sort(names)
	return names, sizes, nil
}
