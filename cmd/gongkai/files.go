package main

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/gongkai-data/gongkai/extract/read"
)

// digestOf returns the sha256 of a file in hex and goes back to its beginning.
func digestOf(f io.ReadSeeker) (string, error) {
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// readLimited reads a file, but not much more than the readers take: they refuse what is longer.
func readLimited(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, read.DefaultMaxBytes+1))
}

// readInput reads a file that a user brings with the reader of its kind; what is how its kind is called in an error.
func readInput[T any](what, name string, parse func(io.Reader) (T, error)) (read T, err error) {
	f, err := os.Open(name)
	if err != nil {
		return read, fmt.Errorf("reading the %s: %w", what, err)
	}
	defer f.Close()
	if read, err = parse(f); err != nil {
		return read, fmt.Errorf("%s: %w", name, err)
	}
	return read, nil
}

// trimFloat prints a published number without padding.
func trimFloat(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// stateFolder is the local folder for what goes with an archive but is no part of it, the state of a crawl:
// the archive's own folder, or one in the user's cache for an archive in a bucket.
func stateFolder(archive string) (string, error) {
	scheme, path, isURL := strings.Cut(archive, "://")
	switch {
	case !isURL:
		return archive, nil
	case scheme == "file":
		return filepath.FromSlash(path), nil
	}
	return cacheFolder("state", archive)
}

// isMissing reports whether there is no folder or file at a location. Of a bucket it says no: opening it tells.
func isMissing(location string) (bool, error) {
	scheme, path, isURL := strings.Cut(location, "://")
	if isURL && scheme != "file" {
		return false, nil
	}
	if isURL {
		location = filepath.FromSlash(path)
	}
	_, err := os.Stat(location)
	if errors.Is(err, fs.ErrNotExist) {
		return true, nil
	}
	return false, err
}

// cacheFolder makes a folder in the user's cache for what goes with an archive and cannot be kept in it.
func cacheFolder(kind, archive string) (string, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("finding a folder for the %s of %s: %w", kind, archive, err)
	}
	if !strings.Contains(archive, "://") {
		if archive, err = filepath.Abs(archive); err != nil {
			return "", fmt.Errorf("finding a folder for the %s of an archive: %w", kind, err)
		}
	}
	sum := sha256.Sum256([]byte(archive))
	dir := filepath.Join(cache, "gongkai", kind+"-"+hex.EncodeToString(sum[:8]))
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", fmt.Errorf("making a folder for the %s of %s: %w", kind, archive, err)
	}
	return dir, nil
}
