package main

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/gongkai-data/gongkai/datasets/export"
	"github.com/gongkai-data/gongkai/datasets/review"
	"github.com/gongkai-data/gongkai/store"
	"github.com/spf13/cobra"
)

// reviewing holds the flags of `review`.
type reviewing struct {
	data, years, csv string
	reports, kinds   []string
	limit            int
	propose          bool
	proposal         proposal
	interactive      bool
	walk             walking
}

func (a *app) reviewCommand() *cobra.Command {
	var r reviewing
	cmd := &cobra.Command{
		Use:   "review [--propose REPORT INDICATOR[/APPLICANT] VALUE]",
		Short: "List what most needs a person's look; propose corrections",
		Long: `List what of the dataset most needs a person's look, in that order: documents and cells that could not be read or were read with doubt
(problem), reports whose issuer or year is not settled (identity), rules that fail (failed_check), and rules that hold by a second
reading only (thin_margin).

With --interactive it goes through them one by one: what is doubted, the cell as published, and the page with the cell marked, as a
picture or an HTML file. Each can be accepted (what is published stands), corrected, or skipped. Corrections go to corrections.csv with reason and
evidence, every decision to reviewed.csv at once: Ctrl-C keeps what was done, and the same command goes on behind it.

With --propose it appends a correction to corrections.csv: the cell's published value, taken from the dataset, and the value that a
person found right, with reason, evidence, name and day. VALUE is a number, or "none" where the published number is wrong and the
right one unknown. gongkai build sets corrections beside what was published, which stays in every table: see the table corrections,
panel.corrected and series.corrected_value. A correction is refused, with a problem, when the report no longer holds the value that it corrects.

EXAMPLES
  gongkai review
  gongkai review --interactive --who "A. Reader"
  gongkai review --kinds failed_check --years 2023 --csv look.csv
  gongkai review --propose 320813000000-2023-9d3f52a1 review.total 11 --reason "10 upheld and 1 corrected, total printed as 0" \
      --evidence https://www.hongze.gov.cn/report.pdf --who "A. Reader"`,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if r.propose {
				return a.propose(cmd.Context(), r, args)
			}
			if r.interactive {
				return a.walk(cmd.Context(), r)
			}
			if len(args) > 0 {
				return usageError{errors.New("to propose a correction, write --propose before it; see gongkai review --help")}
			}
			return a.review(cmd.Context(), r)
		},
	}
	f := cmd.Flags()
	f.StringVar(&r.data, "data", "dataset", "folder of the dataset")
	f.StringVar(&r.years, "years", "", "years to list, like 2019-2024 (default all)")
	f.StringSliceVar(&r.reports, "reports", nil, "report_id to list (default all)")
	f.StringSliceVar(&r.kinds, "kinds", nil, "problem, identity, failed_check, thin_margin (default all)")
	f.IntVar(&r.limit, "limit", 50, "number of lines; 0 lists all")
	f.StringVar(&r.csv, "csv", "", "write the list to this CSV file")
	f.BoolVar(&r.interactive, "interactive", false, "go through the list one by one and decide on each")
	f.StringVar(&r.walk.archive, "archive", "archive", "folder of the archive, for the pages behind the numbers, with --interactive")
	f.StringVar(&r.walk.log, "log", "reviewed.csv", "file that keeps every decision, with --interactive")
	f.StringVar(&r.walk.pictures, "pictures", "pictures", "folder for the pages with the cell marked, with --interactive")
	f.BoolVar(&r.walk.again, "again", false, "go through what was skipped as well, with --interactive")
	f.BoolVar(&r.propose, "propose", false, "append a correction of the cell named to the file of corrections")
	f.StringVar(&r.proposal.file, "corrections", correctionsFile, "the file of corrections, with --propose")
	f.StringVar(&r.proposal.reason, "reason", "", "why the published value is wrong, with --propose")
	f.StringVar(&r.proposal.evidence, "evidence", "", "address of what shows it, with --propose")
	f.StringVar(&r.proposal.who, "who", "", "who says so, with --propose and --interactive")
	f.StringVar(&r.proposal.when, "when", "", "day of the correction, YYYY-MM-DD, with --propose (default today)")
	return cmd
}

func (a *app) review(ctx context.Context, r reviewing) error {
	dataset, items, err := a.listed(ctx, r)
	if err != nil {
		return err
	}
	defer dataset.Close()
	switch {
	case r.csv != "":
		return reviewCSV(r.csv, items)
	case a.json:
		for _, i := range items {
			if err := a.emit(struct {
				MessageType string `json:"message_type"`
				review.Item
			}{"review_item", i}); err != nil {
				return err
			}
		}
		return nil
	}
	return a.reviewTable(items)
}

// listed opens the dataset and lists what of it needs a look.
func (a *app) listed(ctx context.Context, r reviewing) (*store.Dataset, []review.Item, error) {
	opt, err := r.options()
	if err != nil {
		return nil, nil, err
	}
	dataset, err := openDataset(r.data)
	if err != nil {
		return nil, nil, err
	}
	tellSample(a.err, dataset.Manifest().Sample)
	items, err := review.List(ctx, dataset, opt)
	if err != nil {
		return nil, nil, errors.Join(err, dataset.Close())
	}
	return dataset, items, nil
}

// options are what of the dataset is asked for.
func (r reviewing) options() (review.Options, error) {
	years, err := yearList(r.years)
	if err != nil {
		return review.Options{}, err
	}
	for _, k := range r.kinds {
		switch k {
		case review.Problem, review.Identity, review.FailedCheck, review.ThinMargin:
		default:
			return review.Options{}, usageError{fmt.Errorf("the kinds are problem, identity, failed_check and thin_margin, not %q", k)}
		}
	}
	if r.limit <= 0 {
		r.limit = -1
	}
	return review.Options{Reports: r.reports, Years: years, Kinds: r.kinds, Limit: r.limit}, nil
}

func (a *app) reviewTable(items []review.Item) error {
	if len(items) == 0 {
		_, err := fmt.Fprintln(a.out, "nothing to review")
		return err
	}
	var b strings.Builder
	for _, i := range items {
		b.WriteString(reviewLines(i))
	}
	_, err := io.WriteString(a.out, b.String())
	return err
}

// reviewLines tell of an item: its weight, what it is and whose, what is doubted, and which file or address it is
// about.
func reviewLines(i review.Item) string {
	const indent = "     "
	lines := []string{
		wrapped(fmt.Sprintf("%-4d %s %s · %s %s", i.Weight, i.Kind, i.What, i.IssuerName, yearOf(i.Year)), ""),
		wrapped(strings.TrimPrefix(i.Says+": "+i.Detail, ": "), indent),
		indent + "report " + i.ReportID,
		indent + fileOrAddress(i.URL),
	}
	return strings.Join(lines, "\n") + "\n"
}

// fileOrAddress is an address, or the file that an import took.
func fileOrAddress(url string) string {
	if name, imported := strings.CutPrefix(url, store.ImportScheme); imported {
		return "file   " + name
	}
	return url
}

// reviewCSV writes items as CSV with a byte order mark, so that Excel shows Chinese.
func reviewCSV(name string, items []review.Item) error {
	f, err := os.Create(name)
	if err != nil {
		return fmt.Errorf("writing what to review: %w", err)
	}
	if _, err = f.WriteString("\ufeff"); err == nil {
		w := csv.NewWriter(f)
		records := [][]string{{"weight", "kind", "what", "report_id", "issuer_name", "year", "cells", "detail", "url"}}
		for _, i := range items {
			year := ""
			if i.Year != nil {
				year = yearOf(i.Year)
			}
			records = append(records, []string{strconv.Itoa(i.Weight), i.Kind, i.What, i.ReportID, export.Inert(i.IssuerName), year, strings.Join(i.Cells, ";"), export.Inert(i.Detail), export.Inert(i.URL)})
		}
		err = w.WriteAll(records)
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return fmt.Errorf("writing what to review: %w", err)
	}
	return nil
}

// today is the day of a proposal that names none.
func today() string { return time.Now().UTC().Format(time.DateOnly) }
