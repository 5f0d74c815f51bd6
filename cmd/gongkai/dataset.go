package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

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
