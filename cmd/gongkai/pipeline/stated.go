package pipeline

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/gongkai-data/gongkai/crawl"
	"github.com/gongkai-data/gongkai/datasets/inputs"
	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/normalize"
	"github.com/gongkai-data/gongkai/store"
)

// Stated is one line of a manifest of imports, checked.
type Stated struct {
	normalize.Stated
	File      string    // path, as the line writes it
	URL       string    // empty where the line gives none
	FetchedAt time.Time // zero where the line gives none
}

// Address is the address that the document has in the archive.
func (s Stated) Address() string {
	if s.URL == "" {
		return store.ImportAddress(s.File)
	}
	return s.URL
}

// ParseStated reads one line of a manifest.
func ParseStated(l inputs.Line) (Stated, error) {
	s := Stated{File: l.Field("file"), URL: l.Field("url"), Stated: normalize.Stated{Issuer: l.Field("issuer"), DivisionCode: l.Field("division_code"),
		PublishedOn: l.Field("published_on")}}
	if s.File == "" {
		return s, errors.New("the column file is empty")
	}
	if s.URL != "" && !crawl.IsSite(s.URL) {
		return s, fmt.Errorf("url %q is no http or https address", s.URL)
	}
	if err := inputs.CheckDivisionCode(s.DivisionCode); err != nil {
		return s, err
	}
	if year := l.Field("year"); year != "" {
		var err error
		if s.Year, err = strconv.Atoi(year); err != nil || s.Year < 1990 || s.Year > 2100 {
			return s, fmt.Errorf("year %q is no year reported on", year)
		}
	}
	if _, err := schema.ParseDate(s.PublishedOn); s.PublishedOn != "" && err != nil {
		return s, fmt.Errorf("published_on: %w", err)
	}
	if at := l.Field("fetched_at"); at != "" {
		var err error
		if s.FetchedAt, err = time.Parse(time.RFC3339, at); err != nil {
			if s.FetchedAt, err = time.Parse(time.DateOnly, at); err != nil {
				return s, fmt.Errorf("fetched_at %q is neither like 2026-11-30 nor like 2026-11-30T08:00:00Z", at)
			}
		}
	}
	return s, nil
}

// byManifest reports whether a manifest named a document: its seed is the address in the archive of the manifest
// itself.
func byManifest(c schema.Capture) bool {
	return c.Seed != nil && strings.HasPrefix(*c.Seed, store.ImportScheme)
}

// takeStated looks up, in the manifests kept in the archive, what was said of each document that came by one. A
// manifest that the archive lost is among its losses; its documents stand without it.
func takeStated(ctx context.Context, archive *store.Archive, docs []document) error {
	kept := map[string]map[string]*normalize.Stated{}
	for i := range docs {
		if !byManifest(docs[i].capture) {
			continue
		}
		seed := docs[i].capture.Seed
		said, ok := kept[*seed]
		if !ok {
			var err error
			if said, err = manifestAt(ctx, archive, *seed); err != nil {
				return fmt.Errorf("reading the manifest %s: %w", *seed, err)
			}
			kept[*seed] = said
		}
		docs[i].stated = said[docs[i].capture.URL]
	}
	return nil
}

func manifestAt(ctx context.Context, archive *store.Archive, address string) (map[string]*normalize.Stated, error) {
	c, ok, err := archive.LookupBody(ctx, address)
	if err != nil || !ok {
		return nil, err
	}
	body, err := archive.Body(ctx, c)
	if errors.Is(err, store.ErrDamaged) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer body.Close()
	said := map[string]*normalize.Stated{}
	file, _ := inputs.Lookup(inputs.Manifest)
	err = file.Read(body, func(l inputs.Line) error {
		s, err := ParseStated(l)
		if err == nil {
			said[s.Address()] = &s.Stated
		}
		return err
	})
	if errors.Is(err, store.ErrDamaged) {
		return nil, nil
	}
	return said, err
}
