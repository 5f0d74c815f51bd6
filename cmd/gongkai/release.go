package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/audit"
	"github.com/gongkai-data/gongkai/datasets/frozen"
	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/spf13/cobra"
)

// releasing holds the flags of `release`.
type releasing struct {
	name, out, data, date, audit, doi string
	authors                           []string
}

func (a *app) releaseCommand() *cobra.Command {
	var o releasing
	cmd := &cobra.Command{
		Use:   "release --name NAME",
		Short: "Freeze the dataset as a release that can be cited",
		Long: `Freeze the dataset under a name: a folder with the dataset, its citation (CITATION.cff), code book, changes since the release before, the audit
(see gongkai audit), metadata for machines (RO-Crate), and the same as one zip file for an archive such as Zenodo. A release never changes and is never
replaced. The same dataset, name, day and release before give the same bytes. gongkai verify checks it; gongkai serve --releases shows all.

EXAMPLES
  gongkai release --name 2026.11
  gongkai release --name 2026.11 --author "County archive" --doi 10.5281/zenodo.1234567
  gongkai verify releases/2026.11.zip`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.release(cmd.Context(), o, cmd.Flags().Changed("audit"))
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.name, "name", "", "name of the release, like 2026.11")
	f.StringVar(&o.out, "out", "releases", "folder of the releases")
	f.StringVar(&o.data, "data", "dataset", "folder of the dataset")
	f.StringVar(&o.date, "date", "", "day of the release, YYYY-MM-DD (default today)")
	f.StringVar(&o.audit, "audit", "audit.csv", "file of the audit; where there is none the release says that nobody judged a sample")
	f.StringArrayVar(&o.authors, "author", nil, "author for the citation, may be given several times (default the gongkai authors)")
	f.StringVar(&o.doi, "doi", "", "DOI, where one is reserved")
	return cmd
}

func (a *app) release(ctx context.Context, o releasing, auditNamed bool) error {
	if o.name == "" {
		return usageError{errors.New("--name names the release, like 2026.11")}
	}
	if err := frozen.CheckName(o.name); err != nil {
		return usageError{err}
	}
	if o.date == "" {
		o.date = today()
	}
	day, err := schema.ParseDate(o.date)
	if err != nil {
		return usageError{fmt.Errorf("--date: %w", err)}
	}
	if len(o.authors) == 0 {
		o.authors = []string{"The gongkai authors"}
	}
	if err := isDataset(o.data); err != nil {
		return err
	}
	judged, err := readAudit(o.audit, auditNamed)
	if err != nil {
		return err
	}
	r, err := frozen.Make(ctx, frozen.Options{Name: o.name, Date: day, Dataset: o.data, Out: o.out, Authors: o.authors, DOI: o.doi, Audit: judged})
	if err != nil {
		return err
	}
	tellSample(a.err, r.Sample)
	if a.json {
		return a.emit(struct {
			MessageType string `json:"message_type"`
			Folder      string `json:"folder"`
			Zip         string `json:"zip"`
			frozen.Record
		}{"release", filepath.Join(o.out, o.name), filepath.Join(o.out, o.name+".zip"), r})
	}
	return a.printRelease(r, o)
}

// readAudit reads the audit; nil where none was named and there is none.
func readAudit(name string, named bool) (*audit.Audit, error) {
	judged, err := readInput("audit", name, audit.Read)
	switch {
	case errors.Is(err, fs.ErrNotExist) && !named:
		return nil, nil
	case err != nil:
		return nil, err
	}
	return &judged, nil
}

func (a *app) printRelease(r frozen.Record, o releasing) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s and %s: %s, %s, in %s\n", filepath.Join(o.out, r.Name), r.Name+".zip", r.Date, counted(int(r.Reports), "report"), counted(len(r.Files)+1, "file"))
	fmt.Fprintf(&b, "dataset        sha256 %s\n", r.Digest)
	if r.Before == nil {
		b.WriteString("changes        the first release\n")
	} else {
		n := r.Before.Changes
		fmt.Fprintf(&b, "changes        since %s: reports %d added, %d removed, %d changed in %s\n", r.Before.Name, n.ReportsAdded, n.ReportsRemoved, n.ReportsChanged, counted(n.Cells, "cell"))
	}
	if r.Audit == nil {
		b.WriteString("audit          none: nobody has judged a sample (gongkai audit)\n")
	} else {
		fmt.Fprintf(&b, "audit          %d of %d wrong, %.3f%% (95%% interval %.3f%% to %.3f%%)\n", r.Audit.All.Wrong, r.Audit.All.Judged, 100*r.Audit.All.Rate, 100*r.Audit.All.Low, 100*r.Audit.All.High)
	}
	_, err := fmt.Fprint(a.out, b.String())
	return err
}
