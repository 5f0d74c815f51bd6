package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"

	"github.com/gongkai-data/gongkai/datasets/export"
	"github.com/gongkai-data/gongkai/datasets/query"
	"github.com/gongkai-data/gongkai/extract/lazyregexp"
	"github.com/spf13/cobra"
)

// exporting holds the flags of `export`.
type exporting struct {
	data, csv, xlsx, arrow, duckdb, years, values string
	tables, issuers                               []string
}

func (a *app) exportCommand() *cobra.Command {
	var e exporting
	cmd := &cobra.Command{
		Use:   "export",
		Short: "Write the dataset as CSV, an Excel workbook, Arrow files, or a script for DuckDB",
		Long: `Write the dataset, or a selection of it, for programs that read no Parquet:
CSV with a byte order mark (so that Excel shows Chinese), an Excel workbook (a sheet ends at 1,048,576 rows: select years, issuers or
tables), Arrow IPC files (Feather 2), or a SQL script from which DuckDB makes a database. All values are as published; with --values
corrected the tables panel and series hold what corrections found right, where there are any, and the table corrections what was
published (not in the script, which reads the files of the dataset).

EXAMPLES
  gongkai export --csv csv/
  gongkai export --xlsx towns.xlsx --tables reports,panel --years 2019-2024
  gongkai export --arrow arrow/ --tables panel
  gongkai export --duckdb gongkai.sql && duckdb gongkai.duckdb < gongkai.sql`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.export(cmd.Context(), e) },
	}
	f := cmd.Flags()
	f.StringVar(&e.data, "data", "dataset", "folder of the dataset")
	f.StringVar(&e.csv, "csv", "", "folder for one CSV file per table")
	f.StringVar(&e.xlsx, "xlsx", "", "file for an Excel workbook with one sheet per table")
	f.StringVar(&e.arrow, "arrow", "", "folder for one Arrow IPC file (Feather 2) per table")
	f.StringVar(&e.duckdb, "duckdb", "", "file for a SQL script that makes a DuckDB database")
	f.StringVar(&e.values, "values", "published", "published or corrected values in panel and series (not for --duckdb)")
	f.StringSliceVar(&e.tables, "tables", nil, "tables to export (default all)")
	f.StringSliceVar(&e.issuers, "issuers", nil, "issuer_id to export (default all)")
	f.StringVar(&e.years, "years", "", "years to export, like 2019-2024 (default all)")
	return cmd
}

var yearSpan = lazyregexp.New(`^(\d{4})(?:-(\d{4}))?$`)

// yearList reads 2023 or 2019-2024; nothing means all years.
func yearList(s string) ([]int32, error) {
	if s == "" {
		return nil, nil
	}
	m := yearSpan.FindStringSubmatch(s)
	if m == nil {
		return nil, usageError{fmt.Errorf("years are written 2023 or 2019-2024, not %q", s)}
	}
	first, _ := strconv.Atoi(m[1])
	last := first
	if m[2] != "" {
		last, _ = strconv.Atoi(m[2])
	}
	if last < first || last-first > 200 {
		return nil, usageError{fmt.Errorf("the years %s do not run forward", s)}
	}
	var years []int32
	for y := first; y <= last; y++ {
		years = append(years, int32(y))
	}
	return years, nil
}

func (a *app) export(ctx context.Context, e exporting) error {
	if e.csv == "" && e.xlsx == "" && e.arrow == "" && e.duckdb == "" {
		return usageError{errors.New("say where to: --csv, --xlsx, --arrow or --duckdb")}
	}
	values, err := query.ParseValues(e.values)
	if err != nil {
		return usageError{fmt.Errorf("--values: %w", err)}
	}
	if values == query.Corrected && e.duckdb != "" {
		return usageError{errors.New("--values corrected is for --csv, --xlsx and --arrow: the script for DuckDB reads the files of the dataset, which hold what was published")}
	}
	years, err := yearList(e.years)
	if err != nil {
		return err
	}
	dataset, err := openDataset(e.data)
	if err != nil {
		return err
	}
	defer dataset.Close()
	tellSample(a.err, dataset.Manifest().Sample)
	selection := export.Selection{Tables: e.tables, Issuers: e.issuers, Years: years, Corrected: values == query.Corrected}
	if e.csv != "" {
		if err := export.CSV(ctx, dataset, e.csv, selection); err != nil {
			return err
		}
	}
	if e.xlsx != "" {
		if err := export.XLSX(ctx, dataset, e.xlsx, selection); err != nil {
			return err
		}
	}
	if e.arrow != "" {
		if err := export.Arrow(ctx, dataset, e.arrow, selection); err != nil {
			return err
		}
	}
	if e.duckdb == "" {
		return nil
	}
	f, err := os.Create(e.duckdb)
	if err != nil {
		return fmt.Errorf("writing the script for DuckDB: %w", err)
	}
	return errors.Join(export.DuckDB(f, dataset, e.data), f.Close())
}
