package export

import (
	"bufio"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/gongkai-data/gongkai/store"
)

// CSV writes one file per table into the folder dir: UTF-8 with a byte order mark, so that Excel shows Chinese, a
// header line, null as an empty field. Text that a spreadsheet would run as a formula gets a leading apostrophe.
func CSV(ctx context.Context, d *store.Dataset, dir string, s Selection) error {
	return files(ctx, d, dir, s, ".csv", csvFile)
}

// files writes one file for each selected table into the folder dir, named by the table and an ending.
func files(ctx context.Context, d *store.Dataset, dir string, s Selection, ending string, write func(name string, t rows) error) error {
	tables, err := s.tables(ctx, d)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return fmt.Errorf("making the folder of the export: %w", err)
	}
	for _, t := range tables {
		if err := write(filepath.Join(dir, t.table.Name+ending), t); err != nil {
			return fmt.Errorf("writing %s%s: %w", t.table.Name, ending, err)
		}
	}
	return nil
}

func csvFile(name string, t rows) (err error) {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	b := bufio.NewWriterSize(f, 1<<20)
	if _, err := b.WriteString("\ufeff"); err != nil {
		return err
	}
	w := csv.NewWriter(b)
	record := make([]string, len(t.table.Columns))
	for i, c := range t.table.Columns {
		record[i] = c.Name
	}
	if err := w.Write(record); err != nil {
		return err
	}
	for cells, err := range t.each {
		if err != nil {
			return err
		}
		for i, c := range cells {
			record[i] = inert(c)
		}
		if err := w.Write(record); err != nil {
			return err
		}
	}
	w.Flush()
	return errors.Join(w.Error(), b.Flush())
}
