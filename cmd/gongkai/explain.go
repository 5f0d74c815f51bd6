package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/gongkai-data/gongkai/cmd/gongkai/pipeline"
	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/datasets/compare"
	"github.com/gongkai-data/gongkai/datasets/query"
	"github.com/gongkai-data/gongkai/datasets/sample"
	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/bundle"
	"github.com/gongkai-data/gongkai/extract/read"
	"github.com/gongkai-data/gongkai/normalize"
	"github.com/gongkai-data/gongkai/normalize/rule"
	"github.com/gongkai-data/gongkai/store"
	"github.com/spf13/cobra"
)

// question is what `explain` is asked.
type question struct {
	target, indicator, applicant string // target: a file, or a report_id of the dataset
	png                          string // file for the picture of the page
	why                          bool
	archive, data                string
}

func (a *app) explainCommand() *cobra.Command {
	var q question
	cmd := &cobra.Command{
		Use:   "explain FILE-or-report_id INDICATOR",
		Short: "Show how a value was read: the cell in the source, its labels, the checks on it",
		Long: `Show how a value was read: the cell in the source and its place, the path of labels that names it, and every check it takes part in.
With --why also what the reading of the table considered: the labels of the form that the row may bear with their scores, the alignment of all rows and
columns to the form, and the sums that the cell takes part in.
With --png a picture: the page of a PDF with the edges of its tables, the cells, those that became values of the form, and the labels of this one; for other
documents the table as a headless Chromium shows it, or as an HTML file where there is none.

EXAMPLES
  gongkai explain report.pdf review.total
  gongkai explain report.pdf requests.denied.state_secret --why
  gongkai explain report.pdf requests.received --applicant natural_person --png cell.png
  gongkai explain 320813000000-2023-1a2b3c4d review.total`,
		Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			q.target, q.indicator = args[0], args[1]
			return a.explain(cmd.Context(), q)
		},
	}
	cmd.Flags().StringVar(&q.applicant, "applicant", "", "applicant column: "+applicantIDs()+" (default total)")
	cmd.Flags().StringVar(&q.png, "png", "", "file for a picture of the page or the table, with the cell marked")
	cmd.Flags().BoolVar(&q.why, "why", false, "also print the candidates, the alignment and the sums")
	cmd.Flags().StringVar(&q.archive, "archive", "archive", "folder of the archive, for a report_id")
	cmd.Flags().StringVar(&q.data, "data", "dataset", "folder of the dataset, for a report_id")
	return cmd
}

// applicantIDs lists the applicants of the form.
func applicantIDs() string {
	ids := make([]string, len(codebook.Applicants))
	for i, a := range codebook.Applicants {
		ids[i] = a.ID
	}
	return strings.Join(ids, ", ")
}

// explanation is the answer.
type explanation struct {
	MessageType string            `json:"message_type"`
	Document    string            `json:"document"`
	Reader      string            `json:"reader"`
	Fact        extract.Fact      `json:"fact"`
	Checks      []normalize.Check `json:"checks"`
	Sample      string            `json:"sample,omitempty"` // where the document is one of the bundled sample
	Problems    []extract.Problem `json:"problems"`         // those of the cell, of its table, and of the whole document
	Why         *reasons          `json:"why,omitempty"`
	Picture     string            `json:"picture,omitempty"` // file
	Undrawn     string            `json:"undrawn,omitempty"` // why that is no picture but HTML
}

func (a *app) explain(ctx context.Context, q question) (err error) {
	defer read.Close()
	in, known := codebook.Lookup(q.indicator)
	if !known {
		return usageError{unknownIndicator(q.indicator)}
	}
	if in.Applicants && q.applicant == "" {
		q.applicant = codebook.Total
	}
	d, err := q.document(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.close()) }()
	name, body, opt := d.name, d.body, d.opt
	report, trace, doc, err := read.Explain(ctx, name, body, opt)
	if err != nil {
		return fmt.Errorf("reading %s: %w", name, err)
	}
	n := normalize.Read(report)
	i := slices.IndexFunc(report.Facts, func(f extract.Fact) bool {
		k := normalize.KeyOf(&f)
		return k.Indicator == q.indicator && k.Applicant == q.applicant
	})
	if i < 0 {
		return fmt.Errorf("%s states no %s; what could not be read: %s", name, strings.TrimSpace(q.indicator+" "+q.applicant), problemWords(report.Problems))
	}
	fact := report.Facts[i]
	fact.FailedChecks = orNone(fact.FailedChecks)
	answer := explanation{MessageType: "explanation", Document: name, Reader: report.Reader, Fact: fact, Checks: []normalize.Check{}, Problems: []extract.Problem{}}
	key := normalize.KeyOf(&fact).String()
	for _, c := range n.Checks {
		if slices.Contains(c.Cells, key) {
			answer.Checks = append(answer.Checks, c)
		}
	}
	for _, p := range report.Problems {
		if p.TableNo == 0 || p.TableNo == fact.TableNo || p.Indicator == fact.Indicator { // another table may give the cell too
			answer.Problems = append(answer.Problems, p)
		}
	}
	sum := sha256.Sum256(body)
	answer.Sample = originWords[sample.OriginOf(hex.EncodeToString(sum[:]))]
	if q.why {
		answer.Why = why(trace, fact)
	}
	if q.png != "" {
		answer.Picture, answer.Undrawn, err = depict(ctx, body, doc, report, trace, fact, q.png)
		if err != nil {
			return err
		}
	}
	if a.json {
		return a.emit(answer)
	}
	return answer.print(a.out)
}

// unknownIndicator says that the code book lacks an indicator, and which was meant.
func unknownIndicator(id string) error {
	near := slices.DeleteFunc(query.Suggest(id), func(id string) bool {
		_, known := codebook.Lookup(id)
		return !known
	})
	if len(near) == 0 {
		return fmt.Errorf("no indicator %q in the code book; gongkai serve shows it under /en/codebook", id)
	}
	return fmt.Errorf("no indicator %q in the code book; did you mean %s?", id, strings.Join(near, ", "))
}

// asked is the document that a question is about. close ends what its options need.
type asked struct {
	name  string
	body  []byte
	opt   read.Options
	close func() error
}

// document finds what is asked about: a local file, or the archived document of a report of the dataset.
func (q question) document(ctx context.Context) (asked, error) {
	if _, statErr := os.Stat(q.target); statErr == nil {
		body, err := readLimited(q.target)
		return asked{name: q.target, body: body, close: func() error { return nil }}, err
	}
	dataset, err := openDataset(q.data)
	if err != nil {
		return asked{}, fmt.Errorf("%s is no file, and there is no dataset to look it up in: %w", q.target, err)
	}
	defer dataset.Close()
	for r, err := range store.Rows[schema.Report](ctx, dataset, schema.Reports, store.Query{}) {
		if err != nil {
			return asked{}, err
		}
		if r.ReportID == q.target {
			return archived(ctx, q.archive, r)
		}
	}
	return asked{}, fmt.Errorf("%s is neither a file nor a report_id of the dataset %s", q.target, q.data)
}

// archived opens the document of a report in the archive.
func archived(ctx context.Context, location string, r schema.Report) (a asked, err error) {
	e, err := newEvidence(ctx, location)
	if err != nil {
		return asked{}, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, e.Close())
		}
	}()
	for c, err := range e.archive.Captures(ctx) {
		if err != nil {
			return asked{}, err
		}
		zip, _, member := bundle.Split(r.URL)
		if member && c.URL == zip && c.SHA256 != nil {
			c.URL, c.SHA256 = r.URL, &r.SHA256
		}
		if c.URL != r.URL || c.SHA256 == nil || *c.SHA256 != r.SHA256 {
			continue
		}
		body, err := pipeline.Body(ctx, e.archive, c)
		if member && errors.Is(err, store.ErrDamaged) {
			continue // an earlier zip file of the same address
		}
		if err != nil {
			return asked{}, err
		}
		whole, err := io.ReadAll(io.LimitReader(body, read.DefaultMaxBytes+1))
		if err = errors.Join(err, body.Close()); err != nil {
			return asked{}, fmt.Errorf("reading the archived document of %s: %w", r.ReportID, err)
		}
		return asked{r.URL, whole, e.again(r), e.Close}, nil
	}
	return asked{}, fmt.Errorf("the archive %s does not hold %s", location, r.URL)
}

func problemWords(problems []extract.Problem) string {
	if len(problems) == 0 {
		return "nothing, the page lacks this cell"
	}
	words := make([]string, 0, 3)
	for _, p := range problems[:min(3, len(problems))] {
		words = append(words, p.Detail)
	}
	return strings.Join(words, "; ")
}

func (e explanation) print(w io.Writer) error {
	var b strings.Builder
	f := e.Fact
	value := f.State
	if f.Value != nil {
		value = compare.Amount(*f.Value, f.Unit, "en")
	}
	fmt.Fprintf(&b, "%s %s = %s (unit %s)\n", f.Indicator, normalize.KeyOf(&f).Applicant, value, codebook.LookupUnit(f.Unit).Called("en"))
	fmt.Fprintf(&b, "as published  %q\n", f.Raw)
	fmt.Fprintf(&b, "labels        %s\n", strings.Join(f.LabelPath, " › "))
	fmt.Fprintf(&b, "place         %s, table %d, row %d, column %d, %s\n", e.Document, f.TableNo, f.RowNo, f.ColumnNo, f.Locator)
	fmt.Fprintf(&b, "read by       %s\n", e.Reader)
	if e.Sample != "" {
		fmt.Fprintf(&b, "sample        %s\n", e.Sample)
	}
	for _, c := range e.Checks {
		says := ""
		if c.Outcome == rule.Fail {
			says = " [" + codebook.LookupRule(c.Rule).Fails("en") + "]"
			if c.LHS != nil && c.RHS != nil {
				says = fmt.Sprintf(": %s ≠ %s%s", trimFloat(*c.LHS), trimFloat(*c.RHS), says)
			}
		}
		fmt.Fprintf(&b, "check         %-14s %s: %s%s %s\n", c.Outcome, c.Rule, c.Expression, says, c.Note)
	}
	for _, p := range e.Problems {
		fmt.Fprintf(&b, "problem       %s: %s\n", p.Kind, p.Detail)
	}
	if e.Why != nil {
		e.Why.write(&b)
	}
	if e.Picture != "" {
		fmt.Fprintf(&b, "picture       %s\n", e.Picture)
	}
	if e.Undrawn != "" {
		fmt.Fprintf(&b, "not drawn     %s\n", e.Undrawn)
	}
	_, err := io.WriteString(w, b.String())
	return err
}
