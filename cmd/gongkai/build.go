package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"

	"github.com/gongkai-data/gongkai/cmd/gongkai/pipeline"
	"github.com/gongkai-data/gongkai/crawl"
	"github.com/gongkai-data/gongkai/datasets/overrides"
	"github.com/gongkai-data/gongkai/extract/read"
	"github.com/gongkai-data/gongkai/normalize"
	"github.com/gongkai-data/gongkai/normalize/issuer"
	"github.com/gongkai-data/gongkai/normalize/reuse"
	"github.com/gongkai-data/gongkai/store"
	"github.com/spf13/cobra"
)

// places are the folders that commands share.
type places struct {
	archive, out, readings, overrides string
	corrections, boilerplate          string
	queue                             string // of the crawl, where it is not the file in the archive
}

func (p *places) addFlags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&p.archive, "archive", "archive", "folder of the archive (WARC files and their index)")
	cmd.Flags().StringVar(&p.out, "out", "dataset", "folder of the dataset; an old one is exchanged at the end, whole")
	cmd.Flags().StringVar(&p.readings, "readings", "", "folder that keeps what was read from each document between builds (default ARCHIVE/readings)")
	cmd.Flags().StringVar(&p.overrides, "overrides", "", "CSV file that settles whose a report is where names leave doubt")
	cmd.Flags().StringVar(&p.boilerplate, "boilerplate", "", "boilerplate.csv of a dataset: the text that counts as everybody's where reports are compared in words (default: found among the reports of this build)")
	cmd.Flags().StringVar(&p.corrections, "corrections", "", "CSV file of corrections (see gongkai review), set beside what was published (default ./corrections.csv if there is one)")
}

func (a *app) buildCommand() *cobra.Command {
	var p places
	cmd := &cobra.Command{
		Use:   "build",
		Short: "Build the dataset from the archive, without the network",
		Long: `Build the dataset from the archive, without the network. The same archive and the same version of gongkai give the same bytes.
The new dataset is written beside the old one and exchanged with it at the end, so a reader never sees half of one, and a build
that is killed leaves the old one as it was. Documents read by an earlier build of the same program are not read again.
Where nothing changed since the last build (archive, options, program, and the files of the dataset), the dataset stays as it is.

EXAMPLES
  gongkai build
  gongkai build --archive /data/archive --out /data/dataset
  gongkai build --boilerplate dataset/boilerplate.csv    # text that is everybody's stays what it was in an earlier build`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if state, err := stateFolder(p.archive); err != nil {
				return err
			} else if _, err := os.Stat(state); err != nil {
				return fmt.Errorf("no archive to build from: %w", err)
			}
			archive, err := store.Open(cmd.Context(), p.archive, store.Options{ReadOnly: true, Software: software()})
			if err != nil {
				return err
			}
			defer archive.Close()
			summary, err := a.build(cmd.Context(), archive, p)
			if err != nil {
				return err
			}
			return a.summarise(summary, p.out)
		},
	}
	p.addFlags(cmd)
	cmd.Flags().StringVar(&p.queue, "queue", "", "postgres:// address of the crawl's queue, where it is not in the archive's folder")
	return cmd
}

// buildMemory is the heap in bytes at which the collector works harder during a build: what is held at once is less,
// whatever the number of documents and of cores.
const buildMemory = 320 << 20

// build builds the dataset and shows how far it is.
func (a *app) build(ctx context.Context, archive *store.Archive, p places) (pipeline.Summary, error) {
	defer read.Close()
	if os.Getenv("GOMEMLIMIT") == "" {
		defer debug.SetMemoryLimit(debug.SetMemoryLimit(buildMemory))
	}
	resolver, err := readOverrides(p.overrides)
	if err != nil {
		return pipeline.Summary{}, err
	}
	readings, err := openReadings(ctx, p.archive, p.readings)
	if err != nil {
		return pipeline.Summary{}, err
	}
	defer readings.Close()
	ledger, err := a.ledger(ctx, archive, p)
	if err != nil {
		return pipeline.Summary{}, err
	}
	corrections, file, err := readCorrections(p.corrections)
	if err != nil {
		return pipeline.Summary{}, err
	}
	boilerplate, err := readBoilerplate(p.boilerplate)
	if err != nil {
		return pipeline.Summary{}, err
	}
	progress := a.progress("documents")
	defer progress.finish()
	return pipeline.Build(ctx, pipeline.Options{Boilerplate: boilerplate, Corrections: corrections, CorrectionsFile: file, Archive: archive, Out: p.out, Readings: readings, Software: software(), Seeds: seedFacts(ledger), Resolver: resolver, Ledger: ledger,
		Progress: func(now pipeline.Progress) {
			if now.Stage == "read" {
				progress.set(now.Done, now.Total, now.Document)
			}
		}})
}

// seedFacts is what the seed file said of each site. It comes from the crawl's own record, so that a build needs no
// seed file.
func seedFacts(ledger crawl.Ledger) map[string]pipeline.Seed {
	facts := make(map[string]pipeline.Seed, len(ledger.Sites))
	for _, s := range ledger.Sites {
		facts[s.Site] = pipeline.Seed{Name: s.Name, DivisionCode: s.DivisionCode}
	}
	return facts
}

// readOverrides reads the overrides that come with the program, and after them the user's.
func readOverrides(name string) (*issuer.Resolver, error) {
	all, err := issuer.ReadOverrides(strings.NewReader(overrides.Issuers))
	if err != nil {
		return nil, fmt.Errorf("reading the bundled overrides: %w", err)
	}
	if name == "" {
		return issuer.New(all), nil
	}
	own, err := readInput("overrides", name, issuer.ReadOverrides)
	if err != nil {
		return nil, err
	}
	return issuer.New(append(all, own...)), nil
}

// correctionsFile is read by build where it exists and no other is named.
const correctionsFile = "corrections.csv"

// readCorrections reads the corrections from the file named, or from correctionsFile if there is one.
func readCorrections(name string) ([]normalize.Correction, []byte, error) {
	named := name != ""
	if !named {
		name = correctionsFile
	}
	file, err := os.ReadFile(name)
	if !named && errors.Is(err, fs.ErrNotExist) {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, fmt.Errorf("reading the corrections: %w", err)
	}
	all, err := normalize.ReadCorrections(bytes.NewReader(file))
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", name, err)
	}
	return all, file, nil
}

// readBoilerplate reads the table of boilerplate named; nil where none is.
func readBoilerplate(name string) (*reuse.Table, error) {
	if name == "" {
		return nil, nil
	}
	return readInput("boilerplate", name, reuse.ReadTable)
}

// summarise prints what a build made.
func (a *app) summarise(s pipeline.Summary, out string) error {
	if a.json {
		if err := a.emit(struct {
			MessageType string `json:"message_type"`
			Dataset     string `json:"dataset"`
			pipeline.Summary
		}{"build_summary", out, s}); err != nil {
			return err
		}
	} else {
		fmt.Fprintf(a.out, `
reports        %8d   of %d issuers
cells          %8d
checks failed  %8d   of %d; kept as published, see checks.class for what each means
mentions       %8d   counts stated in the text
problems       %8d   things not read, or read with doubt
`, s.Reports, s.Issuers, s.Cells, s.ChecksFailed, s.ChecksFailed+s.ChecksPassed, s.Mentions, s.Problems)
		if s.NotReports > 0 {
			fmt.Fprintf(a.out, "not reports    %8d   documents that are no annual reports, in captures only\n", s.NotReports)
		}
		if s.Corrected+s.Refused > 0 {
			fmt.Fprintf(a.out, "corrections    %8d   beside what was published; %d refused, see problems\n", s.Corrected, s.Refused)
		}
		tellSample(a.out, s.Sample)
		if s.Unchanged {
			fmt.Fprintf(a.out, "unchanged: %s is what a build of this archive makes; nothing was written\n", out)
		}
	}
	for _, fault := range s.IndexFaults {
		fmt.Fprintf(a.err, "gongkai: the index of the archive is not as it was written (%s); what it should hold was read from the WARC files; see gongkai verify\n", fault)
	}
	if s.Torn > 0 {
		fmt.Fprintf(a.err, "gongkai: %d readings that were kept are damaged; their documents were read again\n", s.Torn)
	}
	if s.Unreadable+s.Lost == 0 {
		return nil
	}
	if !a.json {
		a.nameUnread(s, out)
	}
	return partialError{s.Unreadable, s.Lost}
}

// nameUnread prints what could not be read: the first of it, how many more there are, and where all of it is listed.
func (a *app) nameUnread(s pipeline.Summary, out string) {
	for _, u := range s.Unread {
		fmt.Fprintf(a.err, "gongkai: not read: %s\n", strings.ReplaceAll(u.Document+": "+u.Reason, "\n", " "))
	}
	if more := s.Unreadable + s.Lost - len(s.Unread); more > 0 {
		fmt.Fprintf(a.err, "gongkai: and %d more; all are listed in %s, kind unreadable_document (gongkai export --csv DIR --data %s)\n", more, filepath.Join(out, "problems"), out)
	}
}
