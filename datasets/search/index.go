// Package search finds words in the texts of a dataset, by an index beside it: SQLite's FTS5 over the terms that
// package lexicon cuts.
//
// The index is no part of the release, whose bytes it leaves alone. It is one file beside the dataset's folder, made by
// the first search (or by a server when it starts), in a stream, and made anew when the dataset's digest or the way of
// indexing changed.
package search

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"

	"github.com/gongkai-data/gongkai/store"
	"github.com/klauspost/compress/zstd"
	_ "modernc.org/sqlite" // driver "sqlite"
)

// format is the version of the index and of the dictionaries: another one is made anew.
const format = "1"

// Index answers searches over one release. It may be used from many goroutines.
type Index struct {
	db      *sql.DB
	digest  string
	decoder *zstd.Decoder
}

// FileOf is where the index of the dataset in a folder stands.
func FileOf(dir string) (string, error) {
	full, err := filepath.Abs(dir)
	if err != nil {
		return "", fmt.Errorf("finding the folder of the dataset: %w", err)
	}
	return full + ".search.sqlite", nil
}

// DigestOf names a release by its manifest, which names every file by its digest.
func DigestOf(d *store.Dataset) (string, error) {
	text, err := json.Marshal(d.Manifest())
	if err != nil {
		return "", fmt.Errorf("naming the release: %w", err)
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:]), nil
}

// errStale says that an index is of another release or format.
var errStale = errors.New("the index is of another release")

// Open opens the index of a release, or makes it where there is none or it is of another release. Progress, if not nil,
// is told how many sections are indexed so far. The dataset must stay open only until Open returns.
func Open(ctx context.Context, d *store.Dataset, file string, progress func(done int)) (*Index, error) {
	digest, err := DigestOf(d)
	if err != nil {
		return nil, err
	}
	x, err := open(ctx, file, digest)
	if err == nil {
		return x, nil
	}
	if !errors.Is(err, errStale) {
		return nil, fmt.Errorf("opening the index %s: %w", file, err)
	}
	if err := build(ctx, d, file, digest, progress); err != nil {
		return nil, fmt.Errorf("making the index %s: %w", file, err)
	}
	if x, err = open(ctx, file, digest); err != nil {
		return nil, fmt.Errorf("opening the index %s: %w", file, err)
	}
	return x, nil
}

// open opens an index; errStale where there is none, or one of another release or format, or a file that is no index.
func open(ctx context.Context, file, digest string) (*Index, error) {
	if _, err := os.Stat(file); errors.Is(err, os.ErrNotExist) {
		return nil, errStale
	} else if err != nil {
		return nil, err
	}
	db, err := connect(file, url.Values{"mode": {"ro"}, "immutable": {"1"}, "_pragma": {"cache_size(-16384)"}})
	if err != nil {
		return nil, err
	}
	var of, made string
	err = db.QueryRowContext(ctx, "SELECT release, format FROM about").Scan(&of, &made)
	if err != nil && ctx.Err() == nil || err == nil && (of != digest || made != format) {
		return nil, errors.Join(errStale, db.Close())
	}
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	decoder, err := zstd.NewReader(nil, zstd.WithDecoderMaxMemory(1<<28), zstd.WithDecoderConcurrency(0))
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return &Index{db: db, digest: digest, decoder: decoder}, nil
}

func connect(file string, query url.Values) (*sql.DB, error) {
	return sql.Open("sqlite", (&url.URL{Scheme: "file", Opaque: filepath.ToSlash(file), RawQuery: query.Encode()}).String())
}

// Digest names the release that the index is of.
func (x *Index) Digest() string { return x.digest }

// Close closes the file.
func (x *Index) Close() error {
	x.decoder.Close()
	return x.db.Close()
}
