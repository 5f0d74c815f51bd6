package pipeline

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/gongkai-data/gongkai/normalize"
	"github.com/klauspost/compress/zstd"
)

// cache keeps what was read from each document, so that a later build reads only documents that are new or that another version of the software read.
// An entry is keyed by the document's digest and the program's own: nothing in it can be stale.
type cache struct {
	dir     string
	program string
	encoder *zstd.Encoder
	decoder *zstd.Decoder
}

func openCache(dir string) (*cache, error) {
	program, err := programDigest()
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, fmt.Errorf("making the folder of readings: %w", err)
	}
	encoder, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedDefault))
	if err != nil {
		return nil, fmt.Errorf("starting the compressor of readings: %w", err)
	}
	decoder, err := zstd.NewReader(nil, zstd.WithDecoderMaxMemory(1<<30))
	if err != nil {
		return nil, fmt.Errorf("starting the decompressor of readings: %w", err)
	}
	return &cache{dir: dir, program: program, encoder: encoder, decoder: decoder}, nil
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

// file is where the reading of a document is kept: a folder per program, so that those of older ones can be deleted as a whole.
func (c *cache) file(key string) string {
	return filepath.Join(c.dir, c.program, key[:2], key+".json.zst")
}

// key names a document by the digest of its bytes and the name it came by, for the name takes part in a few readings.
func (c *cache) key(sha256Hex, url string) string {
	sum := sha256.Sum256([]byte(sha256Hex + "\n" + url))
	return hex.EncodeToString(sum[:16])
}

// load returns the reading kept under key, or nil.
func (c *cache) load(key string) (*normalize.Reading, error) {
	packed, err := os.ReadFile(c.file(key))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("opening a kept reading: %w", err)
	}
	plain, err := c.decoder.DecodeAll(packed, nil)
	if err != nil {
		return nil, nil // torn by a crash of the machine: read the document again
	}
	var r normalize.Reading
	if json.Unmarshal(plain, &r) != nil || r.Report == nil {
		return nil, nil
	}
	return &r, nil
}

// save keeps a reading; the file appears whole or not at all.
func (c *cache) save(key string, r *normalize.Reading) error {
	plain, err := json.Marshal(r)
	if err != nil {
		return fmt.Errorf("packing a reading: %w", err)
	}
	name := c.file(key)
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		return fmt.Errorf("making the folder of readings: %w", err)
	}
	tmp, err := os.CreateTemp(filepath.Dir(name), "*.tmp")
	if err != nil {
		return fmt.Errorf("keeping a reading: %w", err)
	}
	defer os.Remove(tmp.Name())
	if _, err := tmp.Write(c.encoder.EncodeAll(plain, nil)); err != nil {
		tmp.Close()
		return fmt.Errorf("keeping a reading: %w", err)
	}
	if err := tmp.Close(); err != nil {
		return fmt.Errorf("keeping a reading: %w", err)
	}
	if err := os.Rename(tmp.Name(), name); err != nil {
		return fmt.Errorf("keeping a reading: %w", err)
	}
	return nil
}

// prune deletes the readings of other programs.
func (c *cache) prune() error {
	entries, err := os.ReadDir(c.dir)
	if err != nil {
		return fmt.Errorf("listing the kept readings: %w", err)
	}
	for _, e := range entries {
		if e.Name() != c.program {
			if err := os.RemoveAll(filepath.Join(c.dir, e.Name())); err != nil {
				return fmt.Errorf("deleting readings of an older program: %w", err)
			}
		}
	}
	return nil
}
