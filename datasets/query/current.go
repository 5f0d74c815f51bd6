package query

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"sync"
	"time"

	"github.com/gongkai-data/gongkai/store"
)

// Current keeps the release that stands in a folder open, and exchanges it when a build puts another one there. A
// request holds one release from its first question to its last; the old one is closed when its last request ends.
type Current struct {
	dir string

	mu   sync.Mutex
	held *held

	stop context.CancelFunc
	done chan struct{}
}

type held struct {
	*Release
	tag   string
	users int // the Current itself is one
}

// OpenCurrent opens the dataset in dir and looks for a new one every interval until Close. After each opening the marks
// are read in the background. report is told of a release that could not be opened; the one before goes on.
func OpenCurrent(ctx context.Context, dir string, interval time.Duration, report func(error)) (*Current, error) {
	ctx, stop := context.WithCancel(ctx)
	c := &Current{dir: dir, stop: stop, done: make(chan struct{})}
	h, err := c.open(ctx)
	if err != nil {
		stop()
		return nil, err
	}
	c.held = h
	go c.watch(ctx, interval, report)
	return c, nil
}

// open opens the release in the folder; its tag is the digest of the manifest, which names every file by its digest.
func (c *Current) open(ctx context.Context) (*held, error) {
	var tag string
	for range 5 {
		before, err := manifestTag(c.dir)
		if err != nil {
			return nil, err
		}
		r, err := Open(ctx, c.dir)
		if err != nil {
			return nil, err
		}
		if tag, err = manifestTag(c.dir); err == nil && tag == before {
			return &held{Release: r, tag: tag, users: 1}, nil
		}
		_ = r.Close() // a build came between: which of the two was opened is not certain
	}
	return nil, fmt.Errorf("opening the dataset %s: it is exchanged again and again", c.dir)
}

func manifestTag(dir string) (string, error) {
	text, err := os.ReadFile(filepath.Join(dir, store.ManifestFile))
	if err != nil {
		return "", fmt.Errorf("reading the manifest of the dataset: %w", err)
	}
	sum := sha256.Sum256(bytes.TrimSpace(text))
	return hex.EncodeToString(sum[:8]), nil
}

func (c *Current) watch(ctx context.Context, interval time.Duration, report func(error)) {
	defer close(c.done)
	c.loadMarks(ctx, report)
	t := time.NewTicker(interval)
	defer t.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-t.C:
		}
		if changed, err := c.Refresh(ctx); err != nil && ctx.Err() == nil {
			report(err)
		} else if changed {
			c.loadMarks(ctx, report)
		}
	}
}

func (c *Current) loadMarks(ctx context.Context, report func(error)) {
	r, _, release := c.Acquire()
	defer release()
	for _, load := range []func(context.Context) error{r.LoadValues, r.LoadTexts} {
		if err := load(ctx); err != nil && ctx.Err() == nil {
			report(err)
		}
	}
	if err := r.LoadMarks(ctx); err != nil && ctx.Err() == nil {
		report(err)
	}
	debug.FreeOSMemory() // reading took far more than what stays, and it is not needed again before the next release
}

// Refresh looks for a new release now and reports whether there was one.
func (c *Current) Refresh(ctx context.Context) (bool, error) {
	tag, err := manifestTag(c.dir)
	if errors.Is(err, os.ErrNotExist) {
		return false, nil // between the two renames of an exchange
	}
	c.mu.Lock()
	same := c.held != nil && c.held.tag == tag
	c.mu.Unlock()
	if err != nil || same {
		return false, err
	}
	h, err := c.open(ctx)
	if err != nil {
		return false, err
	}
	c.mu.Lock()
	old := c.held
	c.held = h
	c.mu.Unlock()
	c.drop(old)
	return true, nil
}

// Acquire returns the release of now and its tag. Call release when the request is over; the release stays open until
// then.
func (c *Current) Acquire() (r *Release, tag string, release func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	h := c.held
	h.users++
	return h.Release, h.tag, func() { c.drop(h) }
}

func (c *Current) drop(h *held) {
	c.mu.Lock()
	h.users--
	last := h.users == 0
	c.mu.Unlock()
	if last {
		_ = h.Close() // read-only files: nothing is lost
	}
}

// Close ends the watching and closes the release when its last request ends.
func (c *Current) Close() {
	c.stop()
	<-c.done
	c.drop(c.held)
}
