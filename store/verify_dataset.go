package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/gongkai-data/gongkai/datasets/schema"
)

// VerifyDataset compares the files of a dataset with its manifest (presence, size, sha256, rows) and with the schema
// (columns). It returns what is wrong; the error is for what hinders the verification itself.
func VerifyDataset(ctx context.Context, dir string) ([]Finding, error) {
	fail := func(err error) ([]Finding, error) { return nil, fmt.Errorf("verifying the dataset %s: %w", dir, err) }
	m, err := readManifest(os.DirFS(dir))
	if err != nil {
		return fail(err)
	}
	var found []Finding
	note := func(file, format string, args ...any) {
		found = append(found, Finding{file, -1, fmt.Sprintf(format, args...)})
	}
	listed := map[string]bool{ManifestFile: true}
	for _, want := range m.Files {
		if err := ctx.Err(); err != nil {
			return fail(err)
		}
		listed[want.Path] = true
		got, err := DescribeFile(dir, want.Path)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			note(want.Path, "the file is missing")
		case err != nil:
			return fail(err)
		case got.Bytes != want.Bytes || got.SHA256 != want.SHA256:
			note(want.Path, "the file has %d bytes of sha256 %s, the manifest says %d of %s", got.Bytes, got.SHA256, want.Bytes, want.SHA256)
		}
	}
	err = filepath.WalkDir(dir, func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		rel, err := filepath.Rel(dir, p)
		if err == nil && !listed[filepath.ToSlash(rel)] {
			note(filepath.ToSlash(rel), "the manifest does not list the file")
		}
		return err
	})
	if err != nil || len(found) > 0 {
		return found, err
	}
	more, err := verifyTables(dir)
	if err != nil {
		return fail(err)
	}
	return append(found, more...), nil
}

// verifyTables looks into the Parquet files of a dataset whose files are those of its manifest.
func verifyTables(dir string) (found []Finding, err error) {
	d, err := OpenDataset(dir)
	if err != nil {
		return nil, err
	}
	defer d.Close()
	tables := map[string]*schema.Table{}
	for _, t := range schema.All(d.Panel()) {
		tables[t.Name] = t
	}
	for _, item := range d.manifest.Files {
		if item.Table == "" {
			continue
		}
		t := tables[item.Table]
		if t == nil {
			found = append(found, Finding{item.Path, -1, "the schema has no table " + item.Table})
			continue
		}
		r, _, err := d.reader(item.Path, false)
		if err != nil {
			found = append(found, Finding{item.Path, -1, err.Error()})
			continue
		}
		if n := r.NumRows(); item.Rows == nil || n != *item.Rows {
			found = append(found, Finding{item.Path, -1, fmt.Sprintf("the file has %d rows, not those of the manifest", n)})
		}
		if d.manifest.older() {
			continue // its columns are those of its own schema, which the program that wrote it pinned
		}
		columns, err := d.columns(item.Path)
		if err != nil {
			return nil, err
		}
		var want []string
		for _, c := range t.Columns {
			want = append(want, c.Name)
		}
		if !slices.Equal(columns, want) {
			found = append(found, Finding{item.Path, -1, fmt.Sprintf("the columns are %v, the schema has %v", columns, want)})
		}
	}
	return found, nil
}
