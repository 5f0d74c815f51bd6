package main

import (
	"context"
	"fmt"
	"slices"

	"github.com/gongkai-data/gongkai/datasets/compare"
	"github.com/gongkai-data/gongkai/datasets/query"
	"github.com/spf13/cobra"
)

// comparing holds the flags of a comparison.
type comparing struct {
	data, format, years, peers, language string
	indicators                           []string
}

var compareFormats = []string{"table", "csv", "xlsx", "html", "svg"}

func (a *app) compareCommand() *cobra.Command {
	var q comparing
	cmd := &cobra.Command{
		Use:   "compare PLACE...",
		Short: "Lay the reports of places beside each other",
		Long: `Lay the reports of places beside each other, one column per place and year. A place is an issuer's name, a part of it, its pinyin
initials, or an issuer_id. Rows are measures that hold over the years: series of the code book, single indicators, or rates.
A value that a rule of the form fails on is marked, as are those that are not comparable and rates on few cases; a blank is shown as
blank; below the table stands the source of every column.

EXAMPLES
  gongkai compare 寺口镇
  gongkai compare 甲镇 乙镇 --years 2019-2024 --format csv > towns.csv
  gongkai compare 甲镇 --peers same-county --indicator requests.received,review.total
  gongkai compare 甲镇 乙镇 --indicator requests.received --format svg > received.svg`,
		Args:              cobra.MinimumNArgs(1),
		ValidArgsFunction: q.complete,
		RunE: func(cmd *cobra.Command, names []string) error {
			t, err := q.table(cmd.Context(), names)
			if err != nil {
				return err
			}
			if a.json {
				return a.emit(struct {
					MessageType string `json:"message_type"`
					compare.Table
				}{"comparison", t})
			}
			switch q.format {
			case "csv":
				return t.WriteCSV(a.out)
			case "xlsx":
				return t.WriteXLSX(a.out)
			case "html":
				return t.WriteHTML(a.out, q.language)
			case "svg":
				return t.WriteSVG(a.out, q.language)
			}
			return t.WriteText(a.out)
		},
	}
	f := cmd.Flags()
	f.StringVar(&q.data, "data", "dataset", "folder of the dataset")
	f.StringVar(&q.format, "format", "table", "table, csv, xlsx, html or svg (the chart of the first measure)")
	f.StringVar(&q.years, "years", "", "years, as 2019-2024 or 2019,2021 (default all)")
	f.StringVar(&q.peers, "peers", "", "same-county or same-level: add up to seven issuers of the same kind near the first place")
	f.StringVar(&q.language, "language", "zh", "language of html and svg, zh or en")
	f.StringSliceVar(&q.indicators, "indicator", query.Headline, "measures, separated by commas")
	fixed := func(flag string, values ...string) {
		_ = cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp)) // fails for a flag that does not exist only
	}
	fixed("format", compareFormats...)
	fixed("peers", "same-county", "same-level")
	fixed("language", "zh", "en")
	var ids []string
	for _, m := range query.Measures() {
		ids = append(ids, m.ID+"\t"+m.LabelEN)
	}
	fixed("indicator", ids...)
	return cmd
}

// table checks the flags and makes the comparison.
func (q comparing) table(ctx context.Context, names []string) (compare.Table, error) {
	if !slices.Contains(compareFormats, q.format) {
		return compare.Table{}, usageError{fmt.Errorf("--format is table, csv, xlsx, html or svg, not %q", q.format)}
	}
	if !slices.Contains([]string{"", "same-county", "same-level"}, q.peers) {
		return compare.Table{}, usageError{fmt.Errorf("--peers is same-county or same-level, not %q", q.peers)}
	}
	if q.language != "zh" && q.language != "en" {
		return compare.Table{}, usageError{fmt.Errorf("--language is zh or en, not %q", q.language)}
	}
	years, err := compare.Years(q.years)
	if err != nil {
		return compare.Table{}, usageError{fmt.Errorf("--years: %w", err)}
	}
	measures, err := compare.Measures(q.indicators)
	if err != nil {
		return compare.Table{}, usageError{fmt.Errorf("--indicator: %w", err)}
	}
	release, err := query.Open(ctx, q.data)
	if err != nil {
		return compare.Table{}, err
	}
	defer release.Close()
	var issuers []*query.Issuer
	for _, name := range names {
		is, err := release.Find(name)
		if err != nil {
			return compare.Table{}, err
		}
		if !slices.Contains(issuers, is) {
			issuers = append(issuers, is)
		}
	}
	if q.peers != "" {
		if issuers[0].Division == "" {
			return compare.Table{}, fmt.Errorf("--peers: it is not settled which division %s belongs to", issuers[0].Name)
		}
		for _, p := range release.Peers(issuers[0], q.peers, 7) {
			if !slices.Contains(issuers, p) {
				issuers = append(issuers, p)
			}
		}
	}
	return compare.Of(ctx, release, issuers, years, measures)
}

// complete offers places of the dataset to the shell.
func (q *comparing) complete(cmd *cobra.Command, _ []string, text string) ([]string, cobra.ShellCompDirective) {
	release, err := query.Open(cmd.Context(), q.data)
	if err != nil {
		return nil, cobra.ShellCompDirectiveError
	}
	defer release.Close()
	var out []string
	add := func(is *query.Issuer) { out = append(out, is.Name+"\t"+is.ID) }
	if text == "" {
		for _, is := range release.Issuers()[:min(50, len(release.Issuers()))] {
			add(is)
		}
	} else {
		hits, _ := release.Search(text, 50)
		for _, h := range hits {
			add(h.Issuer)
		}
	}
	return out, cobra.ShellCompDirectiveNoFileComp
}
