package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/gongkai-data/gongkai/store/remote"
)

// bucket keeps full WARC files on object storage. A file is written in the local folder and goes to the bucket when it
// is full or the archive is closed; a file left behind by a process that died goes there when the archive is opened
// next on that machine.
type bucket struct {
	remote remote.Bucket
	local  folder
}

// openBucket opens the bucket at location and finds its local folder.
func (a *Archive) openBucket(location string) error {
	var err error
	if a.dir = a.opt.Staging; a.dir == "" {
		if a.dir, err = stagingFor(location); err != nil {
			return err
		}
	}
	if err := os.MkdirAll(a.dir, 0o755); err != nil {
		return err
	}
	opened, err := remote.Open(location)
	if err != nil {
		return err
	}
	a.files = &bucket{opened, folder(a.dir)}
	return nil
}

func (b *bucket) list(ctx context.Context) (map[string]int64, error) {
	sizes, err := b.local.list(ctx)
	if err != nil {
		return nil, err
	}
	for o, err := range b.remote.List(ctx, "", false) {
		if err != nil {
			return nil, err
		}
		if _, here := sizes[o.Name]; !here && strings.HasSuffix(o.Name, warcSuffix) {
			sizes[o.Name] = o.Size
		}
	}
	return sizes, nil
}

func (b *bucket) open(ctx context.Context, name string, offset int64) (io.ReadCloser, error) {
	f, err := b.local.open(ctx, name, offset)
	if !errors.Is(err, os.ErrNotExist) {
		return f, err
	}
	return b.remote.Open(ctx, name, offset)
}

// seal uploads a file. It is removed here only after the bucket has all of it.
func (b *bucket) seal(ctx context.Context, name string) error {
	path := filepath.Join(string(b.local), name)
	f, err := os.Open(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil // it is there already
	}
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if err := b.remote.Put(ctx, name, f, info.Size(), "application/warc"); err != nil {
		return err
	}
	stored, err := b.remote.Size(ctx, name)
	if err != nil {
		return err
	}
	if stored != info.Size() {
		return fmt.Errorf("the bucket holds %d bytes of %s, not its %d", stored, name, info.Size())
	}
	return os.Remove(path)
}

func (b *bucket) close() error { return nil }

// shared reports whether other processes of this machine may write to the same bucket beside us, each with a staging
// folder of its own.
func (a *Archive) shared() bool {
	_, isBucket := a.files.(*bucket)
	return isBucket && !a.opt.ReadOnly && a.opt.Staging == ""
}

// Remote reports whether the documents lie in an object store, where each takes a while to come but many come at once.
func (a *Archive) Remote() bool {
	_, isBucket := a.files.(*bucket)
	return isBucket
}

// stagingFolders bounds how many processes of one machine write to one bucket.
const stagingFolders = 64

// stageElsewhere takes the next staging folder that no process holds.
func (a *Archive) stageElsewhere() (*os.File, error) {
	first := a.dir
	for n := 2; n <= stagingFolders; n++ {
		a.dir = fmt.Sprintf("%s-%d", first, n)
		if err := os.MkdirAll(a.dir, 0o755); err != nil {
			return nil, err
		}
		lock, err := lockFile(filepath.Join(a.dir, "lock"))
		if err == nil {
			a.files.(*bucket).local = folder(a.dir)
		}
		if !errors.Is(err, ErrLocked) {
			return lock, err
		}
	}
	return nil, ErrLocked
}

// adopt takes over the WARC files that processes of this machine left in their staging folders when they died.
func (a *Archive) adopt() error {
	base, _, _ := strings.Cut(filepath.Base(a.dir), "-") // archive-HASH[-N]
	hash := strings.Split(strings.TrimPrefix(filepath.Base(a.dir), base+"-"), "-")[0]
	beside, err := filepath.Glob(filepath.Join(filepath.Dir(a.dir), base+"-"+hash+"*"))
	if err != nil {
		return err
	}
	for _, dir := range beside {
		if dir == a.dir {
			continue
		}
		lock, err := lockFile(filepath.Join(dir, "lock"))
		if errors.Is(err, ErrLocked) {
			continue // alive
		}
		if err != nil {
			return err
		}
		left, err := filepath.Glob(filepath.Join(dir, "*"+warcSuffix))
		for _, name := range left {
			err = errors.Join(err, os.Rename(name, filepath.Join(a.dir, filepath.Base(name))))
		}
		if err = errors.Join(err, lock.Close()); err != nil {
			return fmt.Errorf("taking over what a process left in %s: %w", dir, err)
		}
	}
	return nil
}
