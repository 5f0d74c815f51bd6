package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"runtime"
	"slices"

	"github.com/gongkai-data/gongkai/datasets/sample"
	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/bundle"
	"github.com/gongkai-data/gongkai/extract/read"
	"github.com/gongkai-data/gongkai/normalize"
	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"
)

func (a *app) extractCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "extract FILE...",
		Short: "Read reports and print each as one JSON object, as published",
		Long: `Read reports and print each as one JSON object on a line, as published:
file, title, issuer_name, year, template, reader, sections, facts, mentions, checks, problems.

A value that could not be read has state "unreadable" and a line in problems; a blank cell is "blank" and never zero.` + formatsHelp + `

EXAMPLES
  gongkai extract report.pdf | jq '.facts[] | select(.indicator=="requests.received")'
  gongkai extract *.html > reports.jsonl`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, files []string) error { return a.extract(cmd.Context(), files) },
	}
}

// published is one report as `extract` prints it.
type published struct {
	MessageType string            `json:"message_type"`
	File        string            `json:"file"`
	Sample      string            `json:"sample,omitempty"` // where the document is one of the bundled sample
	Title       string            `json:"title"`
	IssuerName  string            `json:"issuer_name"`
	Year        *int              `json:"year"`
	Template    *string           `json:"template"`
	Reader      string            `json:"reader"`
	Sections    []extract.Section `json:"sections"`
	Facts       []extract.Fact    `json:"facts"`
	Mentions    []extract.Mention `json:"mentions"`
	Checks      []normalize.Check `json:"checks"`
	Problems    []extract.Problem `json:"problems"`
}

func (a *app) extract(ctx context.Context, files []string) error {
	defer read.Close()
	type result struct {
		reports []published // of one document, or of each in a zip file
		missing error       // the file cannot be opened or read
	}
	results := make([]chan result, len(files))
	for i := range results {
		results[i] = make(chan result, 1)
	}
	work, ctx := errgroup.WithContext(ctx)
	work.SetLimit(runtime.GOMAXPROCS(0))
	fed := make(chan struct{})
	go func() {
		defer close(fed)
		for i, file := range files {
			work.Go(func() error {
				reports, err := readFile(ctx, file)
				r := result{reports: reports}
				if errors.As(err, new(*fs.PathError)) {
					r.missing, err = err, nil
				}
				results[i] <- r
				return err
			})
		}
	}()
	unread, missing := 0, 0
	for i := range results {
		r := <-results[i]
		if r.missing != nil {
			missing++
			a.report(r.missing, exitFailed)
			continue
		}
		if len(r.reports) == 0 {
			break // a failure of the run itself; work.Wait tells it
		}
		for _, p := range r.reports {
			if slices.ContainsFunc(p.Problems, func(q extract.Problem) bool { return q.Kind == extract.UnreadableDocument }) {
				unread++
				fmt.Fprintf(a.err, "gongkai: %s: %s\n", p.File, detail(p.Problems))
			}
			if err := a.emit(p); err != nil {
				return err
			}
		}
	}
	<-fed
	if err := work.Wait(); err != nil {
		return err
	}
	if missing > 0 {
		return errTold
	}
	if unread > 0 {
		return partialError{unread: unread}
	}
	return nil
}

func detail(problems []extract.Problem) string {
	for _, p := range problems {
		if p.Kind == extract.UnreadableDocument {
			return p.Detail
		}
	}
	return ""
}

// readFile reads one file, or each document in a zip file; what is wrong with a report is a problem in it, the error is
// for the run itself, or an *fs.PathError for a file that is not there or cannot be read.
func readFile(ctx context.Context, name string) ([]published, error) {
	body, err := readLimited(name)
	if err != nil {
		return nil, err
	}
	var out []published
	add := func(name string, body []byte) error {
		p, err := readDocument(ctx, name, body)
		out = append(out, p)
		return err
	}
	var failed error // of the run, not of the zip file
	told := bundle.Documents(body, func(d bundle.Document) error {
		failed = add(bundle.Address(name, d.Name), d.Body)
		return failed
	})
	if failed == nil && (len(out) == 0 || told != nil) { // what is wrong with a zip file its own reading says
		failed = add(name, body)
	}
	if failed != nil {
		return nil, failed
	}
	return out, nil
}

func readDocument(ctx context.Context, name string, body []byte) (published, error) {
	r, err := read.Report(ctx, name, body, read.Options{})
	if err != nil {
		return published{}, fmt.Errorf("reading %s: %w", name, err)
	}
	n := normalize.Read(r)
	out := published{MessageType: "report", File: name, Title: r.Title, IssuerName: n.Parsed.IssuerName, Year: n.Parsed.Year, Reader: r.Reader,
		Sections: orNone(r.Sections), Facts: orNone(r.Facts), Mentions: orNone(r.Mentions), Checks: orNone(n.Checks), Problems: orNone(r.Problems)}
	sum := sha256.Sum256(body)
	out.Sample = originWords[sample.OriginOf(hex.EncodeToString(sum[:]))]
	if n.Template != "" {
		out.Template = &n.Template
	}
	for i := range out.Facts {
		out.Facts[i].FailedChecks = orNone(out.Facts[i].FailedChecks)
	}
	return out, nil
}

// orNone makes an absent list print as [] and not as null.
func orNone[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
