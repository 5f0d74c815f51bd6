package main

import (
	"context"
	"fmt"
	"iter"
	"strconv"

	"github.com/gongkai-data/gongkai/datasets/diff"
	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/store"
	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/spf13/cobra"
)

func (a *app) diffCommand() *cobra.Command {
	var parquet string
	cmd := &cobra.Command{
		Use:   "diff OLD NEW",
		Short: "Show what changed between two releases of the dataset",
		Long: `Show the reports and the cells that were added, removed or changed between two datasets. Reports are matched by issuer and year, so
a corrected report shows as its changed cells. With --json each change is one object; --parquet writes them to a file.

EXAMPLES
  gongkai diff dataset-2025 dataset
  gongkai diff dataset-2025 dataset --parquet changes.parquet`,
		Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.diff(cmd.Context(), args[0], args[1], parquet)
		},
	}
	cmd.Flags().StringVar(&parquet, "parquet", "", "write the changes to this Parquet file")
	return cmd
}

func (a *app) diff(ctx context.Context, before, after, parquet string) error {
	old, err := openDataset(before)
	if err != nil {
		return err
	}
	defer old.Close()
	now, err := openDataset(after)
	if err != nil {
		return err
	}
	defer now.Close()
	tellSample(a.err, now.Manifest().Sample)
	changes := diff.Datasets(ctx, old, now)
	switch {
	case parquet != "":
		return store.WriteTable(parquet, schema.Changes, software(), changes)
	case a.json:
		for c, err := range changes {
			if err == nil {
				err = a.emit(struct {
					MessageType string `json:"message_type"`
					schema.Change
				}{"change", c})
			}
			if err != nil {
				return err
			}
		}
		return nil
	}
	return a.printChanges(changes)
}

// longTable is how many changes a terminal table holds; more are for --json or --parquet.
const longTable = 1000

func (a *app) printChanges(changes iter.Seq2[schema.Change, error]) error {
	tw := table.NewWriter()
	tw.SetStyle(table.StyleLight)
	tw.AppendHeader(table.Row{"", "issuer", "year", "cell", "old", "new"})
	n := map[string]int{}
	for c, err := range changes {
		if err != nil {
			return err
		}
		what := "report"
		if c.Indicator != nil {
			what = schema.CellName(*c.Indicator, c.Applicant)
		}
		if n[c.Change]++; n[diff.Added]+n[diff.Removed]+n[diff.Changed] <= longTable {
			tw.AppendRow(table.Row{c.Change, c.IssuerName, yearOf(c.Year), what, side(c.OldValue, c.OldState, c.OldReport), side(c.NewValue, c.NewState, c.NewReport)})
		}
	}
	total := n[diff.Added] + n[diff.Removed] + n[diff.Changed]
	if total > 0 {
		fmt.Fprintln(a.out, tw.Render())
	}
	if total > longTable {
		fmt.Fprintf(a.out, "… the first %d of them; --json or --parquet gives all\n", longTable)
	}
	_, err := fmt.Fprintf(a.out, "%d added, %d removed, %d changed\n", n[diff.Added], n[diff.Removed], n[diff.Changed])
	return err
}

// side prints one side of a change: the number, else the state of the cell, else the report.
func side(value *float64, state, report *string) string {
	switch {
	case value != nil:
		return trimFloat(*value)
	case state != nil:
		return *state
	case report != nil:
		return *report
	}
	return ""
}

func yearOf(y *int32) string {
	if y == nil {
		return "?"
	}
	return strconv.Itoa(int(*y))
}
