package main

import (
	"context"
	"fmt"

	"github.com/gongkai-data/gongkai/datasets/compare"
	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/store"
	"github.com/spf13/cobra"
)

func (a *app) compareCommand() *cobra.Command {
	var data, format string
	var indicators []string
	cmd := &cobra.Command{
		Use:   "compare PLACE...",
		Short: "Lay the reports of places beside each other",
		Long: `Lay the reports of places beside each other, one column per place and year. A place is an issuer's name, a part of it, or an issuer_id.
A value that a rule of the form fails on is marked; a blank is shown as blank; below the table stands the source of every column.

EXAMPLES
  gongkai compare 寺口镇
  gongkai compare 甲镇 乙镇 --format csv > towns.csv
  gongkai compare 甲镇 --indicator requests.received,review.total`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, names []string) error {
			if format != "table" && format != "csv" {
				return usageError{fmt.Errorf("--format is table or csv, not %q", format)}
			}
			t, err := comparison(cmd.Context(), data, names, indicators)
			if err != nil {
				return err
			}
			switch {
			case a.json:
				return a.emit(struct {
					MessageType string `json:"message_type"`
					compare.Table
				}{"comparison", t})
			case format == "csv":
				return t.WriteCSV(a.out)
			}
			return t.WriteText(a.out)
		},
	}
	cmd.Flags().StringVar(&data, "data", "dataset", "folder of the dataset")
	cmd.Flags().StringVar(&format, "format", "table", "table or csv")
	cmd.Flags().StringSliceVar(&indicators, "indicator", compare.Headline, "indicators of the code book, separated by commas")
	_ = cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions([]string{"table", "csv"}, cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

func comparison(ctx context.Context, data string, names, indicators []string) (compare.Table, error) {
	dataset, err := store.OpenDataset(data)
	if err != nil {
		return compare.Table{}, err
	}
	defer dataset.Close()
	var reports []schema.Report
	for r, err := range store.Rows[schema.Report](ctx, dataset, schema.Reports, store.Query{}) {
		if err != nil {
			return compare.Table{}, err
		}
		reports = append(reports, r)
	}
	selected, err := compare.Select(reports, names)
	if err != nil {
		return compare.Table{}, err
	}
	var facts []schema.Fact
	wanted := map[string]bool{}
	var issuers []string
	for _, r := range selected {
		wanted[r.ReportID] = true
		issuers = append(issuers, r.IssuerID)
	}
	for f, err := range store.Rows[schema.Fact](ctx, dataset, schema.Facts, store.Query{Issuers: issuers}) {
		if err != nil {
			return compare.Table{}, err
		}
		if wanted[f.ReportID] {
			facts = append(facts, f)
		}
	}
	return compare.New(selected, facts, indicators)
}
