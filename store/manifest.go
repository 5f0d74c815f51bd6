package store

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/schema"
)

// ManifestFile is the name of the dataset's list of files.
const ManifestFile = "manifest.json"

// Manifest lists the files of a dataset. It holds no time of its making: the same input and software give the same
// bytes.
type Manifest struct {
	SchemaVersion string         `json:"schema_version"`
	Software      string         `json:"software"`
	Sample        *Sample        `json:"sample,omitempty"` // null where no report is of the bundled sample
	Files         []ManifestItem `json:"files"`            // by path; all but the manifest itself
}

// Sample says which reports of a dataset are of the bundled sample, whose places are invented.
type Sample struct {
	Note     string   `json:"note"`     // the same in words
	Invented []string `json:"invented"` // report_id of those whose places and figures are invented
	Real     []string `json:"real"`     // report_id of the real ones
}

// ManifestItem is one file of a dataset.
type ManifestItem struct {
	Path   string `json:"path"`            // from the dataset's folder, with slashes
	Table  string `json:"table,omitempty"` // of a Parquet file
	Rows   *int64 `json:"rows,omitempty"`  // of a Parquet file
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// DatasetDigest is the hexadecimal SHA-256 of the manifest of the dataset in a folder. As the manifest lists the digest
// of every file, it stands for the whole.
func DatasetDigest(folder string) (string, error) {
	text, err := os.ReadFile(filepath.Join(folder, ManifestFile))
	if err != nil {
		return "", fmt.Errorf("reading the manifest of the dataset: %w", err)
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:]), nil
}

func readManifest(dir fs.FS) (Manifest, error) {
	var m Manifest
	text, err := fs.ReadFile(dir, ManifestFile)
	if err != nil {
		return m, err
	}
	if err := json.Unmarshal(text, &m); err != nil {
		return m, fmt.Errorf("reading %s: %w", ManifestFile, err)
	}
	if m.SchemaVersion == "" {
		return m, fmt.Errorf("%s names no schema_version", ManifestFile)
	}
	for _, f := range m.Files {
		if !fs.ValidPath(f.Path) {
			return m, fmt.Errorf("%s lists %q, which is no path within the dataset", ManifestFile, f.Path)
		}
	}
	return m, nil
}

// checkVersion refuses a dataset that this program cannot read.
func (m Manifest) checkVersion() error {
	if m.SchemaVersion != schema.Version && !m.older() {
		return fmt.Errorf("the dataset is of schema version %s, this program reads %s: build it again", m.SchemaVersion, strings.Join(append([]string{schema.Version}, schema.Older...), ", "))
	}
	return nil
}

// older reports whether the dataset is of an older schema that can still be read.
func (m Manifest) older() bool { return slices.Contains(schema.Older, m.SchemaVersion) }
