package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

const warcSuffix = ".warc.gz"

// files is where the WARC files lie: a folder, or a bucket with a folder for what is not yet uploaded.
type files interface {
	list(ctx context.Context) (map[string]int64, error) // names and sizes in bytes
	open(ctx context.Context, name string, offset int64) (io.ReadCloser, error)
	seal(ctx context.Context, name string) error // the file will not grow any more
	close() error
}

// folder is a local folder of WARC files.
type folder string

func (f folder) list(context.Context) (map[string]int64, error) {
	entries, err := os.ReadDir(string(f))
	if err != nil {
		return nil, err
	}
	sizes := map[string]int64{}
	for _, e := range entries {
		if !e.Type().IsRegular() || !strings.HasSuffix(e.Name(), warcSuffix) {
			continue
		}
		info, err := e.Info()
		if err != nil {
			return nil, err
		}
		sizes[e.Name()] = info.Size()
	}
	return sizes, nil
}

func (f folder) open(_ context.Context, name string, offset int64) (io.ReadCloser, error) {
	if err := checkName(name); err != nil {
		return nil, err
	}
	file, err := os.Open(filepath.Join(string(f), name))
	if err != nil {
		return nil, err
	}
	if _, err := file.Seek(offset, io.SeekStart); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return file, nil
}

func (folder) seal(context.Context, string) error { return nil }
func (folder) close() error                       { return nil }

// checkName refuses a file name that leads out of the archive: captures may come from a dataset that somebody else
// made.
func checkName(name string) error {
	if !filepath.IsLocal(name) || strings.ContainsAny(name, `/\`) || !strings.HasSuffix(name, warcSuffix) {
		return fmt.Errorf("%q is not the name of a WARC file", name)
	}
	return nil
}

func isReadOnlyFS(err error) bool { return errors.Is(err, syscall.EROFS) }
