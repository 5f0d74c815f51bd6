package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/gongkai-data/gongkai/cmd/gongkai/pipeline"
	"github.com/gongkai-data/gongkai/datasets/inputs"
	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/store"
)

// importManifest stores the documents that a manifest names, once all of its lines are sound, and the manifest itself
// as their evidence.
func (a *app) importManifest(ctx context.Context, name, location string) error {
	body, err := os.ReadFile(name)
	if err != nil {
		return fmt.Errorf("reading the manifest: %w", err)
	}
	files, err := a.checkManifest(name, body)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(body)
	seed := store.ImportAddress(name) + "?sha256=" + hex.EncodeToString(sum[:8])
	for i := range files {
		files[i].seed = &seed
	}
	return a.importAll(ctx, files, location, func(archive *store.Archive) error {
		if _, known, err := archive.Holds(ctx, seed, hex.EncodeToString(sum[:])); err != nil || known {
			return err
		}
		_, err := archive.WriteImport(ctx, store.Import{Body: bytes.NewReader(body), Detail: "manifest of an import",
			Capture: schema.Capture{URL: seed, FetchedAt: time.Now().UTC().Truncate(time.Second), MediaType: new("text/csv"), Outcome: schema.OutcomeNotADocument}})
		return err
	})
}

// checkManifest reads a manifest whole and names each line that is not sound.
func (a *app) checkManifest(name string, body []byte) ([]imported, error) {
	var files []imported
	bad := 0
	wrong := func(l inputs.Line, err error) {
		if bad++; bad <= maxNamed || a.json {
			a.report(fmt.Errorf("%s, line %d: %w", name, l.Number, err), exitFailed)
		}
	}
	lines := map[string]int{} // by the address in the archive
	file, _ := inputs.Lookup(inputs.Manifest)
	err := file.Read(bytes.NewReader(body), func(l inputs.Line) error {
		s, err := pipeline.ParseStated(l)
		path := s.File
		if !filepath.IsAbs(path) {
			path = filepath.Join(filepath.Dir(name), filepath.FromSlash(path))
		}
		if err == nil {
			err = isFile(path)
		}
		if before := lines[s.Address()]; err == nil && before > 0 {
			err = fmt.Errorf("the address %s is that of line %d; give each document an address of its own in the column url", s.Address(), before)
		}
		if err != nil {
			wrong(l, err)
			return nil
		}
		lines[s.Address()] = l.Number
		files = append(files, imported{file: path, url: s.URL, at: s.FetchedAt})
		return nil
	})
	switch {
	case err != nil:
		return nil, fmt.Errorf("%s: %w", name, err)
	case bad > maxNamed && !a.json:
		return nil, fmt.Errorf("%s: %d lines are wrong, the first %d stand above (gongkai --json import names each); nothing was stored", name, bad, maxNamed)
	case bad > 0:
		return nil, fmt.Errorf("%s: %s %s wrong; nothing was stored", name, counted(bad, "line"), agreeing(bad, "is", "are"))
	case len(files) == 0:
		return nil, fmt.Errorf("%s names no file", name)
	}
	return files, nil
}

func isFile(path string) error {
	info, err := os.Stat(path)
	if err != nil {
		var where *os.PathError
		if errors.As(err, &where) {
			err = fmt.Errorf("%s: %w", path, where.Err)
		}
		return err
	}
	if !info.Mode().IsRegular() {
		return fmt.Errorf("%s is no file", path)
	}
	return nil
}
