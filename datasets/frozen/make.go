package frozen

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/audit"
	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/store"
)

// Options of a release.
type Options struct {
	Name    string
	Date    schema.Date
	Dataset string   // folder
	Out     string   // folder of the releases
	Authors []string // of the dataset, for the citation
	DOI     string   // empty where there is none yet
	Audit   *audit.Audit
}

// Make freezes a dataset: it checks it, and writes the folder Out/Name and the file Out/Name.zip. A release is never
// replaced: a name that is taken is an error.
func Make(ctx context.Context, opt Options) (Record, error) {
	r, err := build(ctx, opt)
	if err != nil {
		return r, fmt.Errorf("making the release %s: %w", opt.Name, err)
	}
	return r, nil
}

func build(ctx context.Context, opt Options) (r Record, err error) {
	if err := CheckName(opt.Name); err != nil {
		return r, err
	}
	place, archive := filepath.Join(opt.Out, opt.Name), filepath.Join(opt.Out, opt.Name+".zip")
	for _, taken := range []string{place, archive} {
		if _, err := os.Lstat(taken); !errors.Is(err, fs.ErrNotExist) {
			return r, fmt.Errorf("there is %s already, and a release is never replaced", taken)
		}
	}
	if err := os.MkdirAll(opt.Out, 0o755); err != nil {
		return r, err
	}
	temp, err := os.MkdirTemp(opt.Out, "."+opt.Name+".building-*")
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(temp)) }()
	dir := filepath.Join(temp, opt.Name)
	if r, err = fill(ctx, opt, dir); err != nil {
		return r, err
	}
	zipped := filepath.Join(temp, "release.zip")
	if err := writeZip(zipped, dir, r); err != nil {
		return r, err
	}
	return r, errors.Join(os.Rename(zipped, archive), os.Rename(dir, place))
}

// fill writes everything of a release into a folder.
func fill(ctx context.Context, opt Options, dir string) (Record, error) {
	r := Record{Name: opt.Name, Date: opt.Date.String(), Authors: opt.Authors, DOI: opt.DOI}
	findings, err := store.VerifyDataset(ctx, opt.Dataset)
	if err != nil {
		return r, err
	}
	if len(findings) > 0 {
		return r, fmt.Errorf("the dataset is not as its manifest says: %s: %s; build it again", findings[0].File, findings[0].Detail)
	}
	copied := filepath.Join(dir, DatasetDir)
	if err := copyDataset(ctx, opt.Dataset, copied); err != nil {
		return r, err
	}
	if err := r.describe(copied); err != nil {
		return r, err
	}
	if opt.Audit != nil {
		if err := r.audited(*opt.Audit, dir); err != nil {
			return r, err
		}
	}
	if err := r.compare(ctx, opt.Out, dir); err != nil {
		return r, err
	}
	if err := r.document(dir); err != nil {
		return r, err
	}
	if r.Files, err = digests(dir); err != nil {
		return r, err
	}
	if err := r.crate(dir); err != nil {
		return r, err
	}
	crate, err := digest(dir, CrateFile)
	if err != nil {
		return r, err
	}
	r.Files = append(r.Files, crate)
	slices.SortFunc(r.Files, byPath)
	return r, writeJSON(filepath.Join(dir, RecordFile), r)
}

// copyDataset copies the files of the manifest, and the manifest.
func copyDataset(ctx context.Context, from, to string) error {
	d, err := store.OpenDataset(from)
	if err != nil {
		return err
	}
	defer d.Close()
	if err := os.MkdirAll(to, 0o755); err != nil {
		return err
	}
	text, err := os.ReadFile(filepath.Join(from, store.ManifestFile))
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(to, store.ManifestFile), text, 0o644); err != nil {
		return err
	}
	for _, f := range d.Manifest().Files {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := copyFile(filepath.Join(from, filepath.FromSlash(f.Path)), filepath.Join(to, filepath.FromSlash(f.Path))); err != nil {
			return fmt.Errorf("copying %s: %w", f.Path, err)
		}
	}
	return nil
}

func copyFile(from, to string) error {
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}

// describe takes from the copied dataset what the record says of it.
func (r *Record) describe(dataset string) error {
	d, err := store.OpenDataset(dataset)
	if err != nil {
		return err
	}
	defer d.Close()
	m := d.Manifest()
	r.SchemaVersion, r.Software, r.Sample = m.SchemaVersion, m.Software, m.Sample
	for _, f := range m.Files {
		if f.Table == schema.Reports.Name && f.Rows != nil {
			r.Reports += *f.Rows
		}
	}
	r.Digest, err = store.DatasetDigest(dataset)
	return err
}

// audited takes in an audit, which must be of this dataset and done.
func (r *Record) audited(a audit.Audit, dir string) error {
	result := a.Result()
	switch {
	case a.Dataset != r.Digest:
		return errors.New("the audit is of another dataset")
	case result.Open > 0:
		return fmt.Errorf("the audit is not done: %d of %d are not judged", result.Open, result.Drawn)
	}
	r.Audit = &result
	return errors.Join(os.WriteFile(filepath.Join(dir, "audit.csv"), a.Bytes(), 0o644), writeJSON(filepath.Join(dir, "audit.json"), result))
}

func writeJSON(name string, v any) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		return err
	}
	return os.WriteFile(name, b.Bytes(), 0o644)
}

// digests lists the files of a release by path, the record left out.
func digests(dir string) ([]File, error) {
	var files []File
	err := filepath.WalkDir(dir, func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		rel, err := filepath.Rel(dir, p)
		if err != nil || rel == RecordFile {
			return err
		}
		f, err := digest(dir, filepath.ToSlash(rel))
		files = append(files, f)
		return err
	})
	slices.SortFunc(files, byPath)
	return files, err
}

func byPath(a, b File) int { return strings.Compare(a.Path, b.Path) }

// digest describes one file of a release.
func digest(dir, name string) (File, error) {
	f, err := store.DescribeFile(dir, name)
	return File{f.Path, f.Bytes, f.SHA256}, err
}
