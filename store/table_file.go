package store

import (
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"

	"github.com/gongkai-data/gongkai/datasets/schema"
)

// WriteTable writes rows, in the order given, to one Parquet file outside any dataset. The file appears whole or not at
// all.
func WriteTable[R any](name string, t *schema.Table, software string, rows iter.Seq2[R, error]) (err error) {
	temp, err := os.MkdirTemp(filepath.Dir(name), ".table-*")
	if err != nil {
		return fmt.Errorf("writing %s: %w", name, err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(temp)) }()
	p, err := createParquet[R](temp, filepath.Base(name), t, software)
	if err != nil {
		return fmt.Errorf("writing %s: %w", name, err)
	}
	for r, rowErr := range rows {
		if rowErr == nil {
			rowErr = p.add(&r)
		}
		if rowErr != nil {
			_, finishErr := p.finish()
			return errors.Join(fmt.Errorf("writing %s: %w", name, rowErr), finishErr)
		}
	}
	if _, err := p.finish(); err != nil {
		return err
	}
	if err := os.Rename(filepath.Join(temp, filepath.Base(name)), name); err != nil {
		return fmt.Errorf("writing %s: %w", name, err)
	}
	return nil
}
