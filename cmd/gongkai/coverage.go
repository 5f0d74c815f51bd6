package main

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/store"
	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"
	"github.com/spf13/cobra"
)

func (a *app) coverageCommand() *cobra.Command {
	var data, format string
	var all bool
	cmd := &cobra.Command{
		Use:   "coverage",
		Short: "Show which expected reports were found, and why the others were not",
		Long: `Show what was expected, issuer by issuer and year by year, against what was found, with the reason for every gap. What is expected comes
from the seed file (the seed's own body, the towns of its county, its years) and from the reports that a site held of other years.

EXAMPLES
  gongkai coverage
  gongkai coverage --format csv --all > coverage.csv`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if format != "table" && format != "csv" {
				return usageError{fmt.Errorf("--format is table or csv, not %q", format)}
			}
			return a.coverage(cmd.Context(), data, format, all)
		},
	}
	cmd.Flags().StringVar(&data, "data", "dataset", "folder of the dataset")
	cmd.Flags().StringVar(&format, "format", "table", "table or csv")
	cmd.Flags().BoolVar(&all, "all", false, "the reports that were found too")
	return cmd
}

func (a *app) coverage(ctx context.Context, data, format string, all bool) error {
	dataset, err := openDataset(data)
	if err != nil {
		return err
	}
	defer dataset.Close()
	count := map[string]int{}
	var rows []schema.Coverage
	for c, err := range store.Rows[schema.Coverage](ctx, dataset, schema.CoverageTable, store.Query{}) {
		if err != nil {
			return err
		}
		count[c.Status]++
		if all || c.Status != schema.CoverageFound {
			rows = append(rows, c)
		}
	}
	if a.json {
		for _, c := range rows {
			if err := a.emit(map[string]any{"message_type": "coverage", "issuer_id": c.IssuerID, "issuer_name": c.IssuerName, "division_code": c.DivisionCode,
				"year": c.Year, "status": c.Status, "detail": c.Detail, "report_id": c.ReportID}); err != nil {
				return err
			}
		}
		return a.emit(map[string]any{"message_type": "coverage_summary", "by_status": count, "sample": dataset.Manifest().Sample})
	}
	if format == "csv" {
		tellSample(a.err, dataset.Manifest().Sample)
		return a.coverageCSV(rows)
	}
	tw := table.NewWriter()
	tw.SetStyle(table.StyleLight)
	tw.AppendHeader(table.Row{"issuer", "year", "status", "why"})
	tw.SetColumnConfigs([]table.ColumnConfig{{Number: 4, WidthMax: 70, WidthMaxEnforcer: text.WrapSoft}})
	for _, c := range rows {
		tw.AppendRow(table.Row{c.IssuerName, yearOf(c.Year), c.Status, c.Detail})
	}
	if len(rows) > 0 {
		fmt.Fprintln(a.out, tw.Render())
	}
	statuses := make([]string, 0, len(count))
	for s := range count {
		statuses = append(statuses, s)
	}
	slices.Sort(statuses)
	for _, s := range statuses {
		fmt.Fprintf(a.out, "%-12s %6d\n", s, count[s])
	}
	tellSample(a.out, dataset.Manifest().Sample)
	return nil
}

func (a *app) coverageCSV(rows []schema.Coverage) error {
	if _, err := fmt.Fprint(a.out, "\ufeff"); err != nil {
		return err
	}
	w := csv.NewWriter(a.out)
	err := w.Write([]string{"issuer_id", "issuer_name", "division_code", "year", "status", "detail", "report_id"})
	for _, c := range rows {
		err = errors.Join(err, w.Write([]string{c.IssuerID, c.IssuerName, orBlank(c.DivisionCode), strings.Trim(yearOf(c.Year), "?"), c.Status, c.Detail, orBlank(c.ReportID)}))
	}
	w.Flush()
	return errors.Join(err, w.Error())
}

func orBlank(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
