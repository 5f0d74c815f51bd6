package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/gongkai-data/gongkai/store/remote"
)

// Objects keeps small files under names with slashes, in a folder or in a bucket. Its methods may be called from many
// goroutines and processes: an object appears whole or not at all, and of two that are put under one name at once, one
// stays.
type Objects interface {
	// Get returns an object; one that is not there is an error that is fs.ErrNotExist.
	Get(ctx context.Context, name string) ([]byte, error)
	Put(ctx context.Context, name string, body []byte) error
	// Delete removes an object; one that is not there is no error.
	Delete(ctx context.Context, name string) error
	// List returns what is directly under a prefix that is empty or ends in a slash: full names, those of folders with
	// a slash at the end.
	List(ctx context.Context, prefix string) ([]string, error)
	Close() error
}

// OpenObjects opens the objects that lie under a name at a location of Open: in a folder below the archive's folder, or
// under this prefix in its bucket.
func OpenObjects(ctx context.Context, location, under string) (Objects, error) {
	scheme, _, isURL := strings.Cut(location, "://")
	if isURL && scheme != "file" {
		b, err := remote.Open(location)
		if err != nil {
			return nil, fmt.Errorf("opening %s in %s: %w", under, location, err)
		}
		if under != "" {
			under += "/"
		}
		return bucketObjects{remote.Under(b, under)}, nil
	}
	if isURL {
		u, err := url.Parse(location)
		if err != nil {
			return nil, fmt.Errorf("opening %s in %s: %w", under, location, err)
		}
		location = filepath.FromSlash(u.Path)
	}
	return folderObjects(filepath.Join(location, filepath.FromSlash(under))), nil
}

// DeleteUnder removes every object under a prefix that ends in a slash.
func DeleteUnder(ctx context.Context, o Objects, prefix string) error {
	names, err := o.List(ctx, prefix)
	if err != nil {
		return err
	}
	for _, name := range names {
		if strings.HasSuffix(name, "/") {
			err = DeleteUnder(ctx, o, name)
		} else {
			err = o.Delete(ctx, name)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

type bucketObjects struct{ remote remote.Bucket }

func (b bucketObjects) Get(ctx context.Context, name string) ([]byte, error) {
	r, err := b.remote.Open(ctx, name, 0)
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(r)
	if err = errors.Join(err, r.Close()); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return body, nil
}

func (b bucketObjects) Put(ctx context.Context, name string, body []byte) error {
	return b.remote.Put(ctx, name, bytes.NewReader(body), int64(len(body)), "application/octet-stream")
}

func (b bucketObjects) Delete(ctx context.Context, name string) error {
	return b.remote.Delete(ctx, name)
}

func (b bucketObjects) List(ctx context.Context, prefix string) ([]string, error) {
	var names []string
	for o, err := range b.remote.List(ctx, prefix, false) {
		if err != nil {
			return nil, err
		}
		names = append(names, o.Name)
	}
	return names, nil
}

func (bucketObjects) Close() error { return nil }

// folderObjects is a folder, made when the first object is put there.
type folderObjects string

func (f folderObjects) path(name string) (string, error) {
	local := filepath.FromSlash(name)
	if !filepath.IsLocal(local) {
		return "", fmt.Errorf("%q is no name of an object", name)
	}
	return filepath.Join(string(f), local), nil
}

func (f folderObjects) Get(_ context.Context, name string) ([]byte, error) {
	at, err := f.path(name)
	if err != nil {
		return nil, err
	}
	return os.ReadFile(at)
}

func (f folderObjects) Put(_ context.Context, name string, body []byte) error {
	at, err := f.path(name)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(at), 0o777); err != nil {
		return err
	}
	tmp, err := os.CreateTemp(filepath.Dir(at), "*.tmp")
	if err != nil {
		return err
	}
	_, err = tmp.Write(body)
	if err = errors.Join(err, tmp.Close()); err == nil {
		err = os.Rename(tmp.Name(), at)
	}
	if err != nil {
		return errors.Join(err, os.Remove(tmp.Name()))
	}
	return nil
}

// Delete removes the folders too that become empty by it.
func (f folderObjects) Delete(_ context.Context, name string) error {
	at, err := f.path(name)
	if err != nil {
		return err
	}
	if err := os.Remove(at); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	for dir := filepath.Dir(at); dir != filepath.Clean(string(f)); dir = filepath.Dir(dir) {
		if os.Remove(dir) != nil {
			break // something is left in it
		}
	}
	return nil
}

func (f folderObjects) List(_ context.Context, prefix string) ([]string, error) {
	at, err := f.path(path.Join(".", prefix))
	if err != nil {
		return nil, err
	}
	entries, err := os.ReadDir(at)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	names := make([]string, len(entries))
	for i, e := range entries {
		names[i] = prefix + e.Name()
		if e.IsDir() {
			names[i] += "/"
		}
	}
	return names, nil
}

func (folderObjects) Close() error { return nil }
