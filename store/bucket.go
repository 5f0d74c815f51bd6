package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"gocloud.dev/blob"
	_ "gocloud.dev/blob/memblob" // mem://, for tests
	_ "gocloud.dev/blob/s3blob"  // s3://NAME?region=...
)

// bucket keeps full WARC files on object storage. A file is written in the local folder and goes to the bucket when it
// is full or the archive is closed; a file left behind by a process that died goes there when the archive is opened
// next on that machine.
type bucket struct {
	remote *blob.Bucket
	local  folder
}

// openBucket opens the bucket at location (gocloud.dev/blob) and finds its local folder.
func (a *Archive) openBucket(ctx context.Context, location string) error {
	var err error
	if a.dir = a.opt.Staging; a.dir == "" {
		if a.dir, err = stagingFor(location); err != nil {
			return err
		}
	}
	if err := os.MkdirAll(a.dir, 0o755); err != nil {
		return err
	}
	remote, err := blob.OpenBucket(ctx, location)
	if err != nil {
		return err
	}
	a.files = &bucket{remote, folder(a.dir)}
	return nil
}

func (b *bucket) list(ctx context.Context) (map[string]int64, error) {
	sizes, err := b.local.list(ctx)
	if err != nil {
		return nil, err
	}
	objects := b.remote.List(nil)
	for {
		o, err := objects.Next(ctx)
		if err == io.EOF {
			return sizes, nil
		}
		if err != nil {
			return nil, err
		}
		if _, here := sizes[o.Key]; !here && strings.HasSuffix(o.Key, warcSuffix) {
			sizes[o.Key] = o.Size
		}
	}
}

func (b *bucket) open(ctx context.Context, name string, offset int64) (io.ReadCloser, error) {
	f, err := b.local.open(ctx, name, offset)
	if !errors.Is(err, os.ErrNotExist) {
		return f, err
	}
	return b.remote.NewRangeReader(ctx, name, offset, -1, nil)
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
	if err := b.remote.Upload(ctx, name, f, &blob.WriterOptions{ContentType: "application/warc"}); err != nil {
		return err
	}
	stored, err := b.remote.Attributes(ctx, name)
	if err != nil {
		return err
	}
	if stored.Size != info.Size() {
		return fmt.Errorf("the bucket holds %d bytes of %s, not its %d", stored.Size, name, info.Size())
	}
	return os.Remove(path)
}

func (b *bucket) close() error { return b.remote.Close() }

// shared reports whether other processes of this machine may write to the same bucket beside us, each with a staging
// folder of its own.
func (a *Archive) shared() bool {
	_, isBucket := a.files.(*bucket)
	return isBucket && !a.opt.ReadOnly && a.opt.Staging == ""
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
