package pipeline

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"runtime"
	"strings"
	"sync/atomic"

	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/extract/read"
	"github.com/gongkai-data/gongkai/normalize"
	"github.com/gongkai-data/gongkai/normalize/kept"
	"github.com/gongkai-data/gongkai/store"
)

// cache keeps what was read from each document, so that a later build reads only documents that are new or that another
// version of the software read. An entry is keyed by the document's digest and the program's own: nothing in it can be
// stale, and whoever writes one writes the same bytes.
type cache struct {
	objects store.Objects
	program string
	torn    atomic.Int64  // readings found damaged, and made again
	cores   chan struct{} // one for each document being read, of those that are fetched
}

func openCache(objects store.Objects) (*cache, error) {
	program, err := programDigest()
	if err != nil {
		return nil, err
	}
	if a := read.Abilities(); a != "" {
		program += "-" + a
	}
	return &cache{objects: objects, program: program, cores: make(chan struct{}, runtime.GOMAXPROCS(0))}, nil
}

// programDigest names the running program by its own bytes: a changed reader is a changed program.
func programDigest() (string, error) {
	name, err := os.Executable()
	if err != nil {
		return "", fmt.Errorf("finding the running program: %w", err)
	}
	f, err := os.Open(name)
	if err != nil {
		return "", fmt.Errorf("reading the running program: %w", err)
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", fmt.Errorf("reading the running program: %w", err)
	}
	return hex.EncodeToString(h.Sum(nil))[:16], nil
}

// name is where the reading of a document is kept: a folder per program, so that those of older ones can be deleted as
// a whole.
func (c *cache) name(key string) string { return c.program + "/" + key[:2] + "/" + key + ".reading" }

// cacheKey names a document by the digest of its bytes, the address it came by and the charset that its site named: all
// that a reading depends on.
func cacheKey(c schema.Capture) string {
	sum := sha256.Sum256([]byte(*c.SHA256 + "\n" + c.URL + "\n" + address(c) + "\n" + contentType(c)))
	return hex.EncodeToString(sum[:16])
}

// damagedSuffix marks the key of what is kept of a document that the archive lost: it serves the build that made it and
// no other, as the archive may be mended.
const damagedSuffix = "-damaged"

// load returns the reading kept under key, or nil.
func (c *cache) load(ctx context.Context, key string) (*normalize.Reading, error) {
	packed, err := c.packed(ctx, key)
	if packed == nil || err != nil {
		return nil, err
	}
	r, err := kept.Unpack(packed)
	if err != nil {
		c.torn.Add(1)
		return nil, nil
	}
	return r, nil
}

// head returns the head of the reading kept under key, or nil: where none is kept, or what is kept was damaged, by a
// crash of the machine say, and the document is to be read again.
func (c *cache) head(ctx context.Context, key string) (*kept.Head, error) {
	packed, err := c.packed(ctx, key)
	if packed == nil || err != nil {
		return nil, err
	}
	h, err := kept.UnpackHead(packed)
	if err != nil {
		c.torn.Add(1)
		return nil, nil
	}
	return &h, nil
}

// packed returns what is kept under key, or nil.
func (c *cache) packed(ctx context.Context, key string) ([]byte, error) {
	packed, err := c.objects.Get(ctx, c.name(key))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("opening a kept reading: %w", err)
	}
	return packed, nil
}

// save keeps a reading; it appears whole or not at all.
func (c *cache) save(ctx context.Context, key string, r *normalize.Reading) error {
	packed, err := kept.Pack(r)
	if err != nil {
		return err
	}
	if err := c.objects.Put(ctx, c.name(key), packed); err != nil {
		return fmt.Errorf("keeping a reading: %w", err)
	}
	return nil
}

// prune deletes the readings of other programs. Converted copies stay: they are not of this program's making, and a new
// one reads them as well.
func (c *cache) prune(ctx context.Context) error {
	programs, err := c.objects.List(ctx, "")
	if err != nil {
		return fmt.Errorf("listing the kept readings: %w", err)
	}
	for _, p := range programs {
		if !strings.HasSuffix(p, "/") || p == c.program+"/" || p == copiesFolder+"/" {
			continue
		}
		if err := store.DeleteUnder(ctx, c.objects, p); err != nil {
			return fmt.Errorf("deleting readings of an older program: %w", err)
		}
	}
	return nil
}
