package store

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/schema"
)

// AddFile puts a document beside the tables (a code book, a licence): name is its path from the dataset's folder, with
// slashes. It is listed in the manifest with its size and digest. A name that leads out of the dataset, that is taken,
// or that belongs to a table is an error.
func (w *DatasetWriter) AddFile(name string, body []byte) error {
	fail := func(err error) error { return fmt.Errorf("adding %q to the dataset: %w", name, err) }
	first, _, _ := strings.Cut(name, "/")
	switch {
	case !fs.ValidPath(name) || name == "." || !filepath.IsLocal(filepath.FromSlash(name)):
		return fail(errors.New("the name is no path within the dataset"))
	case name == ManifestFile || name == PackageFile || strings.HasPrefix(name, ".") || strings.HasSuffix(name, ".parquet"):
		return fail(errors.New("the name is kept for a file of the dataset itself"))
	case slices.ContainsFunc(w.schemas, func(t *schema.Table) bool { return t.Name == first }):
		return fail(errors.New("the folder is that of a table"))
	case slices.ContainsFunc(w.files, func(f ManifestItem) bool { return f.Path == name }):
		return fail(errors.New("there is a file of that name already"))
	}
	path := filepath.Join(w.building, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return fail(err)
	}
	f, err := os.Create(path)
	if err != nil {
		return fail(err)
	}
	_, err = f.Write(body)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return fail(err)
	}
	sum := sha256.Sum256(body)
	w.files = append(w.files, ManifestItem{Path: name, Bytes: int64(len(body)), SHA256: hex.EncodeToString(sum[:])})
	return nil
}
