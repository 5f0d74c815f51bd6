package main

import (
	"context"
	"errors"

	"github.com/gongkai-data/gongkai/cmd/gongkai/pipeline"
	"github.com/gongkai-data/gongkai/crawl"
	"github.com/gongkai-data/gongkai/extract/read"
	"github.com/gongkai-data/gongkai/store"
)

// openReadings opens the place where readings of an archive's documents are kept: with the archive, so that machines
// that share one share the readings too, or the folder named. Where the archive's folder can only be read, new readings
// go to the user's cache folder.
func openReadings(ctx context.Context, archive, folder string) (store.Objects, error) {
	if folder != "" {
		return store.OpenObjects(ctx, folder, "")
	}
	beside, err := store.OpenObjects(ctx, archive, "readings")
	if err != nil || !store.IsReadOnlyFolder(archive) {
		return beside, err
	}
	own, err := cacheFolder("readings", archive)
	if err != nil {
		return nil, err
	}
	written, err := store.OpenObjects(ctx, own, "")
	return store.Layered(written, beside), err
}

// readAlong has a crawl read new documents while it goes on, so that the build after it finds their readings. The
// caller calls stop after the crawl.
func readAlong(ctx context.Context, opt *crawl.Options, archive, folder string) (stop func() error, err error) {
	if opt.DryRun {
		return func() error { return nil }, nil
	}
	readings, err := openReadings(ctx, archive, folder)
	if err != nil {
		return nil, err
	}
	reader, err := pipeline.NewReader(opt.Archive, readings)
	if err != nil {
		return nil, errors.Join(err, readings.Close())
	}
	opt.Extract = reader.Read
	return func() error {
		read.Close()
		return readings.Close()
	}, nil
}
