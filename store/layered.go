package store

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Layered joins objects that are written with others that are only read: Get looks in both, all else goes to those that
// are written.
func Layered(written, below Objects) Objects { return layered{written, below} }

type layered struct {
	Objects
	below Objects
}

func (l layered) Get(ctx context.Context, name string) ([]byte, error) {
	body, err := l.Objects.Get(ctx, name)
	if errors.Is(err, fs.ErrNotExist) {
		return l.below.Get(ctx, name)
	}
	return body, err
}

func (l layered) Close() error { return errors.Join(l.Objects.Close(), l.below.Close()) }

// IsReadOnlyFolder reports whether a location of Open is a local folder that is there and in which no file can be made.
func IsReadOnlyFolder(location string) bool {
	scheme, path, isURL := strings.Cut(location, "://")
	if isURL && scheme != "file" {
		return false
	}
	if isURL {
		location = filepath.FromSlash(path)
	}
	f, err := os.CreateTemp(location, ".probe-*")
	if err != nil {
		return errors.Is(err, fs.ErrPermission) || isReadOnlyFS(err)
	}
	return errors.Join(f.Close(), os.Remove(f.Name())) != nil
}

// CopyDatabase copies an SQLite database that lies where nothing can be written, with what its journal holds, to a
// temporary folder. The caller removes the folder.
func CopyDatabase(path string) (copied string, err error) {
	dir, err := os.MkdirTemp("", "gongkai-copy-*")
	if err != nil {
		return "", err
	}
	copied = filepath.Join(dir, filepath.Base(path))
	for _, suffix := range []string{"", "-wal"} {
		err = errors.Join(err, copyFile(path+suffix, copied+suffix))
	}
	if err != nil {
		return "", errors.Join(err, os.RemoveAll(dir))
	}
	return copied, nil
}
