// Package frozen makes releases of a dataset that never change: a folder with the dataset, its citation, code book,
// changes, audit and RO-Crate metadata, and the same as one zip file for an archive such as Zenodo. The same dataset,
// name, day and release before give the same bytes.
package frozen

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/gongkai-data/gongkai/datasets/audit"
	"github.com/gongkai-data/gongkai/extract/lazyregexp"
	"github.com/gongkai-data/gongkai/store"
)

// Names within a release.
const (
	RecordFile  = "release.json" // what the release is, and the digest of every other file
	DatasetDir  = "dataset"
	ChangesFile = "CHANGES.md"
	ChangesJSON = "changes.json"    // the reports that changed; absent in a first release
	ChangesRows = "changes.parquet" // rows of schema.Changes; absent in a first release
	CrateFile   = "ro-crate-metadata.json"
)

// Record says what a release is.
type Record struct {
	Name          string        `json:"name"`
	Date          string        `json:"date"`   // YYYY-MM-DD
	Digest        string        `json:"digest"` // sha256 of the dataset's manifest, which lists the digest of every table
	SchemaVersion string        `json:"schema_version"`
	Software      string        `json:"software"`
	Sample        *store.Sample `json:"sample,omitempty"` // null where no report is of the bundled sample
	Authors       []string      `json:"authors"`
	DOI           string        `json:"doi,omitempty"`
	Reports       int64         `json:"reports"`
	Before        *Before       `json:"before"` // null in a first release
	Audit         *audit.Result `json:"audit"`  // null where nobody judged a sample
	Files         []File        `json:"files"`  // by path; all but this one
}

// Before is the release before, and what changed since.
type Before struct {
	Name    string `json:"name"`
	Digest  string `json:"digest"`
	Changes Counts `json:"changes"`
}

// Counts are numbers of changes.
type Counts struct {
	ReportsAdded   int `json:"reports_added"`
	ReportsRemoved int `json:"reports_removed"`
	ReportsChanged int `json:"reports_changed"` // with a cell added, removed or changed
	Cells          int `json:"cells"`           // of those reports
}

// File is one file of a release.
type File struct {
	Path   string `json:"path"` // from the release's folder, with slashes
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

var nameShape = lazyregexp.New(`^[0-9A-Za-z][0-9A-Za-z._-]{0,63}$`)

// CheckName says what is wrong with the name of a release.
func CheckName(name string) error {
	if !nameShape.MatchString(name) || name == "latest" || filepath.Ext(name) == ".zip" {
		return fmt.Errorf("the name of a release is of letters, digits, dots, dashes and underscores, like 2026.11, not %q", name)
	}
	return nil
}

// Read reads the record of the release in a folder.
func Read(dir string) (Record, error) {
	body, err := os.ReadFile(filepath.Join(dir, RecordFile))
	if err != nil {
		return Record{}, fmt.Errorf("reading the release %s: %w", dir, err)
	}
	return parseRecord(dir, body)
}

func parseRecord(where string, body []byte) (r Record, err error) {
	if err = json.Unmarshal(body, &r); err == nil {
		err = CheckName(r.Name)
	}
	for _, f := range r.Files {
		if err == nil && !fs.ValidPath(f.Path) {
			err = fmt.Errorf("it lists %q, which is no path within the release", f.Path)
		}
	}
	if err != nil {
		return r, fmt.Errorf("reading the release %s: %s: %w", where, RecordFile, err)
	}
	return r, nil
}

// ReadChanges lists the reports that changed since the release before: none in a first release.
func ReadChanges(dir string) ([]ReportChange, error) {
	body, err := os.ReadFile(filepath.Join(dir, ChangesJSON))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var all []ReportChange
	if err == nil {
		err = json.Unmarshal(body, &all)
	}
	if err != nil {
		return nil, fmt.Errorf("reading the changes of the release %s: %w", dir, err)
	}
	return all, nil
}

// List lists the releases in a folder, the latest first. What is no release is left out; a release that cannot be read
// is an error.
func List(folder string) ([]Record, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, fmt.Errorf("listing the releases: %w", err)
	}
	var all []Record
	for _, e := range entries {
		if !e.IsDir() || CheckName(e.Name()) != nil {
			continue
		}
		r, err := Read(filepath.Join(folder, e.Name()))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if r.Name != e.Name() {
			return nil, fmt.Errorf("the folder %s holds the release %s", filepath.Join(folder, e.Name()), r.Name)
		}
		all = append(all, r)
	}
	slices.SortFunc(all, func(a, b Record) int { return cmp.Or(cmp.Compare(b.Date, a.Date), cmp.Compare(b.Name, a.Name)) })
	return all, nil
}
