package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/audit"
	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/store"
	"github.com/spf13/cobra"
)

// auditing holds the flags of `audit`.
type auditing struct {
	data, archive, file, pictures string
	who, when                     string
	sample                        int
	seed                          uint64
	draw                          bool
}

func (a *app) auditCommand() *cobra.Command {
	var o auditing
	cmd := &cobra.Command{
		Use:   "audit",
		Short: "Have a person judge a random sample of the dataset; tell the error rate with its interval",
		Long: `Draw a random sample of the cells and counts that the dataset publishes, by form, format, quality and size of the body, and show each with
the page that it comes from, for a person to judge: right, wrong, or cannot be told. What is judged is kept in a CSV file at once; the same command goes
on behind it, and a table may be filled in by hand in a spreadsheet too (columns verdict, found, note, who, when). The same seed draws the same sample
of the same dataset. When all is judged it prints the error rate with its 95% interval; gongkai release puts both files into the release.

EXAMPLES
  gongkai audit --sample 200 --who "A. Reader"
  gongkai audit --sample 200 --seed 7 --draw        # only draw; judge later, or in a spreadsheet
  gongkai --json audit                              # the result as JSON`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if o.sample < 1 || o.sample > 100_000 {
				return usageError{errors.New("--sample is a number from 1 to 100000")}
			}
			changed := cmd.Flags().Changed("sample") || cmd.Flags().Changed("seed")
			return a.audit(cmd.Context(), o, changed)
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.data, "data", "dataset", "folder of the dataset")
	f.StringVar(&o.archive, "archive", "archive", "folder of the archive, for the pages behind the numbers")
	f.StringVar(&o.file, "file", "audit.csv", "file of the sample and its judgements")
	f.StringVar(&o.pictures, "pictures", "pictures", "folder for the pages with the cell marked")
	f.StringVar(&o.who, "who", "", "who judges")
	f.StringVar(&o.when, "when", "", "day of the judgement, YYYY-MM-DD (default today)")
	f.IntVar(&o.sample, "sample", 200, "number of cells and counts to draw")
	f.Uint64Var(&o.seed, "seed", 1, "number that decides which are drawn")
	f.BoolVar(&o.draw, "draw", false, "draw the sample and ask nothing")
	return cmd
}

func (a *app) audit(ctx context.Context, o auditing, chosen bool) error {
	dataset, err := openDataset(o.data)
	if err != nil {
		return err
	}
	defer dataset.Close()
	tellSample(a.err, dataset.Manifest().Sample)
	drawn, err := a.drawn(ctx, o, dataset, chosen)
	if err != nil {
		return err
	}
	if !o.draw && !a.json {
		if err := a.judge(ctx, o, dataset, drawn); err != nil && !errors.Is(err, errNoMore) {
			return err
		}
	}
	if a.json {
		return a.emit(struct {
			MessageType string `json:"message_type"`
			audit.Result
		}{"audit", drawn.Result()})
	}
	return printAudit(a.out, drawn.Result(), o.file)
}

// drawn reads the sample from its file, or draws it.
func (a *app) drawn(ctx context.Context, o auditing, d *store.Dataset, chosen bool) (*audit.Audit, error) {
	digest, err := store.DatasetDigest(o.data)
	if err != nil {
		return nil, err
	}
	drawn, err := readInput("audit", o.file, audit.Read)
	if errors.Is(err, fs.ErrNotExist) {
		units, err := audit.Draw(ctx, d, audit.Options{Sample: o.sample, Seed: o.seed})
		if err != nil {
			return nil, err
		}
		if len(units) == 0 {
			return nil, errors.New("the dataset publishes nothing that could be judged")
		}
		drawn = audit.Audit{Dataset: digest, Seed: o.seed, Units: units}
		return &drawn, drawn.Write(o.file)
	}
	switch {
	case err != nil:
		return nil, err
	case drawn.Dataset != digest:
		return nil, fmt.Errorf("%s is the audit of another dataset; --file names another file, for a sample of this one", o.file)
	case chosen && (drawn.Seed != o.seed || len(drawn.Units) != o.sample):
		return nil, usageError{fmt.Errorf("%s holds a sample of %d with seed %d; --file names another file, for another sample", o.file, len(drawn.Units), drawn.Seed)}
	}
	return &drawn, nil
}

// judge asks for a verdict on every unit that has none. What is judged is kept at once.
func (a *app) judge(ctx context.Context, o auditing, d *store.Dataset, drawn *audit.Audit) error {
	var open []int
	wanted := map[string]bool{}
	for i, u := range drawn.Units {
		if u.Verdict == "" {
			open = append(open, i)
			wanted[u.ReportID] = true
		}
	}
	if len(open) == 0 {
		return nil
	}
	evidence, err := openEvidence(ctx, o.archive)
	if err != nil {
		return err
	}
	defer evidence.Close()
	reports, facts, err := behind(ctx, d, drawn, wanted)
	if err != nil {
		return err
	}
	q := a.asker(ctx)
	if err := o.sign(ctx, q); err != nil {
		return err
	}
	for n, i := range open {
		u := &drawn.Units[i]
		fmt.Fprintf(a.out, "\n%d of %d to judge\n", n+1, len(open))
		for _, line := range unitWords(ctx, sight{evidence, o.pictures}, *u, reports[u.ReportID], facts[placeOf(*u)]) {
			fmt.Fprintln(a.out, wrapped(line, "     "))
		}
		if err := q.judge(ctx, u); err != nil {
			return err
		}
		u.Who, u.When = o.who, o.when
		if err := drawn.Write(o.file); err != nil {
			return err
		}
	}
	return nil
}

// sign settles who judges, and on which day.
func (o *auditing) sign(ctx context.Context, q *asker) (err error) {
	if o.who == "" {
		if o.who, err = q.ask(ctx, "your name, for the record", ""); err != nil {
			return err
		}
	}
	if strings.TrimSpace(o.who) == "" {
		return usageError{errors.New("a judgement needs the name of who gives it: --who")}
	}
	if o.when == "" {
		o.when = today()
	}
	if _, err := schema.ParseDate(o.when); err != nil {
		return usageError{fmt.Errorf("--when: %w", err)}
	}
	return nil
}

// judge asks for the verdict on one unit. The unit stays as it is where the person leaves before the last answer.
func (q *asker) judge(ctx context.Context, u *audit.Unit) error {
	const cannotTell = "cannot tell"
	verdict, err := q.choose(ctx, "does the document say so?", audit.Right, audit.Wrong, cannotTell)
	if err != nil {
		return err
	}
	found, note := "", ""
	switch verdict {
	case audit.Wrong:
		found, err = q.ask(ctx, "what does it say", "")
	case cannotTell:
		verdict = audit.CannotTell
		note, err = q.ask(ctx, "why not", "")
	}
	if err != nil {
		return err
	}
	u.Verdict, u.Found, u.Note = verdict, found, note
	return nil
}

// place is where a cell stands: a report may print one twice.
type place struct {
	report, indicator, applicant string
	table, row, column           int32
}

func placeOf(u audit.Unit) place {
	return place{u.ReportID, u.Indicator, u.Applicant, u.TableNo, u.RowNo, u.ColumnNo}
}

// behind reads the reports and cells of the units that are to be judged.
func behind(ctx context.Context, d *store.Dataset, drawn *audit.Audit, wanted map[string]bool) (map[string]schema.Report, map[place]schema.Fact, error) {
	reports, err := reportsByID(ctx, d, wanted)
	if err != nil {
		return nil, nil, err
	}
	var q store.Query
	for _, r := range reports {
		q.Issuers = append(q.Issuers, r.IssuerID)
	}
	facts, units := map[place]schema.Fact{}, map[place]bool{}
	for _, u := range drawn.Units {
		units[placeOf(u)] = true
	}
	for f, err := range store.Rows[schema.Fact](ctx, d, schema.Facts, q) {
		if err != nil {
			return nil, nil, fmt.Errorf("looking up the cells to judge: %w", err)
		}
		p := place{f.ReportID, f.Indicator, "", f.TableNo, f.RowNo, f.ColumnNo}
		if f.Applicant != nil {
			p.applicant = *f.Applicant
		}
		if units[p] {
			facts[p] = f
		}
	}
	return reports, facts, nil
}

// unitWords puts a unit before the person who judges it.
func unitWords(ctx context.Context, s sight, u audit.Unit, r schema.Report, f schema.Fact) []string {
	lines := []string{fmt.Sprintf("report     %s %s", r.IssuerName, yearOf(r.Year)), "           " + fileOrAddress(u.URL)}
	if u.Kind == audit.Cell {
		return append(lines, s.words(ctx, r, f)...)
	}
	lines = append(lines, "count      "+u.Published, "sentence   "+u.Raw)
	return append(lines, s.line(ctx, r, nil))
}

// printAudit prints the result; while judgements are missing it says how many, and no rate.
func printAudit(w io.Writer, r audit.Result, file string) error {
	if r.Open > 0 {
		_, err := fmt.Fprintf(w, "%s: %d of %d judged; the same command goes on\n", file, r.Drawn-r.Open, r.Drawn)
		return err
	}
	line := func(what string, x audit.Rate) string {
		return fmt.Sprintf("%-32s %4d wrong of %4d  %6.3f%%  95%% interval %.3f%% to %.3f%%\n", what, x.Wrong, x.Judged, 100*x.Rate, 100*x.Low, 100*x.High)
	}
	var b strings.Builder
	b.WriteString("\n" + line("cells and counts", r.All) + line("cells", r.Cells) + line("counts in the text", r.Counts))
	if r.CannotTell > 0 {
		b.WriteString(line("if what cannot be told is wrong", r.Worst))
	}
	b.WriteString(wrapped(r.Method, "") + "\n")
	for _, j := range r.Judges {
		fmt.Fprintf(&b, "judged by %s: %d, %s to %s\n", j.Who, j.Units, j.First, j.Last)
	}
	_, err := io.WriteString(w, b.String())
	return err
}
