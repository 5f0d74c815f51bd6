package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/store"
)

// isDataset reports whether a folder holds a dataset, and what to do where it does not.
func isDataset(folder string) error {
	if _, err := os.Stat(filepath.Join(folder, store.ManifestFile)); errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("there is no dataset in %s: gongkai run or gongkai build makes one, --data names its folder", folder)
	}
	return nil
}

func openDataset(folder string) (*store.Dataset, error) {
	if err := isDataset(folder); err != nil {
		return nil, err
	}
	return store.OpenDataset(folder)
}

// reportsByID looks up the reports that are wanted by their report_id.
func reportsByID(ctx context.Context, d *store.Dataset, wanted map[string]bool) (map[string]schema.Report, error) {
	out := map[string]schema.Report{}
	for r, err := range store.Rows[schema.Report](ctx, d, schema.Reports, store.Query{}) {
		if err != nil {
			return nil, fmt.Errorf("looking up the reports: %w", err)
		}
		if wanted[r.ReportID] {
			out[r.ReportID] = r
		}
	}
	return out, nil
}
