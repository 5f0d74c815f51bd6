package frozen

import (
	"archive/zip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/gongkai-data/gongkai/store"
)

// root is the folder within the zip file.
func (r Record) root() string { return "gongkai-" + r.Name }

// writeZip writes the release as one file: entries by path, all of the release's day, tables stored and texts deflated.
func writeZip(name, dir string, r Record) (err error) {
	out, err := os.Create(name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	day, err := time.Parse(time.DateOnly, r.Date)
	if err != nil {
		return err
	}
	z := zip.NewWriter(out)
	for _, p := range r.paths() {
		h := &zip.FileHeader{Name: path.Join(r.root(), p), Method: zip.Deflate, Modified: day}
		h.SetMode(0o644)
		if strings.HasSuffix(p, ".parquet") {
			h.Method = zip.Store // compressed already
		}
		w, err := z.CreateHeader(h)
		if err != nil {
			return err
		}
		f, err := os.Open(filepath.Join(dir, filepath.FromSlash(p)))
		if err != nil {
			return err
		}
		_, err = io.Copy(w, f)
		if err = errors.Join(err, f.Close()); err != nil {
			return fmt.Errorf("adding %s to the zip file: %w", p, err)
		}
	}
	return z.Close()
}

// paths are all files of a release.
func (r Record) paths() []string {
	out := []string{RecordFile}
	for _, f := range r.Files {
		out = append(out, f.Path)
	}
	slices.Sort(out)
	return out
}

// Verify checks a release, a folder or a zip file, and returns what is wrong with it. The error is for what hinders the
// check.
func Verify(ctx context.Context, where string) ([]store.Finding, error) {
	info, err := os.Stat(where)
	if err == nil && info.IsDir() {
		return verifyFolder(ctx, where)
	}
	var found []store.Finding
	if err == nil {
		found, err = verifyZip(ctx, where)
	}
	if err != nil {
		return nil, fmt.Errorf("verifying the release %s: %w", where, err)
	}
	return found, nil
}

func verifyFolder(ctx context.Context, dir string) ([]store.Finding, error) {
	r, err := Read(dir)
	if err != nil {
		return nil, err
	}
	have, err := digests(dir)
	if err != nil {
		return nil, fmt.Errorf("verifying the release %s: %w", dir, err)
	}
	found := r.differences(have)
	if len(found) > 0 {
		return found, nil
	}
	tables, err := store.VerifyDataset(ctx, filepath.Join(dir, DatasetDir))
	for i := range tables {
		tables[i].File = path.Join(DatasetDir, tables[i].File)
	}
	return tables, err
}

func verifyZip(ctx context.Context, name string) ([]store.Finding, error) {
	z, err := zip.OpenReader(name)
	if err != nil {
		return nil, err
	}
	defer z.Close()
	var have []File
	var record []byte
	root := ""
	for _, f := range z.File {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		in, err := f.Open()
		if err != nil {
			return nil, err
		}
		h := sha256.New()
		var kept strings.Builder
		var to io.Writer = h
		first, rest, _ := strings.Cut(f.Name, "/")
		if root = first; rest == RecordFile {
			to = io.MultiWriter(h, &kept)
		}
		n, err := io.Copy(to, in)
		if err = errors.Join(err, in.Close()); err != nil {
			return []store.Finding{{File: f.Name, Offset: -1, Detail: "it cannot be unpacked: " + err.Error()}}, nil
		}
		if rest == RecordFile {
			record = []byte(kept.String())
			continue
		}
		have = append(have, File{rest, n, hex.EncodeToString(h.Sum(nil))})
	}
	if record == nil {
		return nil, errors.New("it holds no " + RecordFile + ": it is no release")
	}
	r, err := parseRecord(name, record)
	if err != nil {
		return nil, err
	}
	if root != r.root() {
		return []store.Finding{{File: root, Offset: -1, Detail: "the folder should be " + r.root()}}, nil
	}
	return r.differences(have), nil
}

// differences compares the files that are there with those of the record.
func (r Record) differences(have []File) (found []store.Finding) {
	note := func(file, format string, args ...any) {
		found = append(found, store.Finding{File: file, Offset: -1, Detail: fmt.Sprintf(format, args...)})
	}
	at := map[string]File{}
	for _, f := range have {
		at[f.Path] = f
	}
	for _, want := range r.Files {
		switch got, there := at[want.Path]; {
		case !there:
			note(want.Path, "the file is missing")
		case got != want:
			note(want.Path, "the file has %d bytes of sha256 %s, the record says %d of %s", got.Bytes, got.SHA256, want.Bytes, want.SHA256)
		case want.Path == DatasetDir+"/"+store.ManifestFile && want.SHA256 != r.Digest:
			note(want.Path, "its digest is not that of the release, %s", r.Digest)
		}
		delete(at, want.Path)
	}
	for _, f := range have {
		if _, more := at[f.Path]; more {
			note(f.Path, "the record does not list the file")
		}
	}
	return found
}
