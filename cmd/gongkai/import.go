package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/gongkai-data/gongkai/crawl"
	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/store"
	"github.com/spf13/cobra"
)

func (a *app) importCommand() *cobra.Command {
	var url, archive, manifest string
	cmd := &cobra.Command{
		Use:   "import PATH... | --manifest FILE",
		Short: "Put local files or folders into the archive",
		Long: `Put local files, or all files of local folders, into the archive: a report that a person saved by hand, say, because its
site asks for a captcha. The address it came from belongs to it: give it with --url. The files stay where they are.
A file that is in the archive already, under the same address, is not stored again.

A manifest names many files with what is known of each: address, body, year, day of publication (gongkai template manifest prints one to fill in).
It is checked whole before anything is stored, and it is kept in the archive, so that a build knows what it says.` + formatsHelp + `

EXAMPLES
  gongkai import ~/reports
  gongkai import report.pdf --url http://www.example.gov.cn/zwgk/2023nb.pdf
  gongkai import --manifest files.csv`,
		Args: func(cmd *cobra.Command, paths []string) error {
			if manifest != "" {
				return cobra.NoArgs(cmd, paths)
			}
			return cobra.MinimumNArgs(1)(cmd, paths)
		},
		RunE: func(cmd *cobra.Command, paths []string) error {
			if manifest != "" {
				return a.importManifest(cmd.Context(), manifest, archive)
			}
			return a.importFiles(cmd.Context(), paths, url, archive)
		},
	}
	cmd.Flags().StringVar(&url, "url", "", "the address that the one file was saved from")
	cmd.Flags().StringVar(&archive, "archive", "archive", "folder of the archive")
	cmd.Flags().StringVar(&manifest, "manifest", "", "CSV file that names the files and says what is known of each")
	cmd.MarkFlagsMutuallyExclusive("url", "manifest")
	return cmd
}

func (a *app) importFiles(ctx context.Context, paths []string, url, location string) error {
	if url != "" && !crawl.IsSite(url) {
		return usageError{fmt.Errorf("--url %q is no http or https address", url)}
	}
	files, err := filesBelow(paths)
	if err != nil {
		return err
	}
	if url != "" && len(files) != 1 {
		return usageError{fmt.Errorf("--url is the address of one file, but %d were given", len(files))}
	}
	work := make([]imported, len(files))
	for i, name := range files {
		work[i] = imported{file: name, url: url}
	}
	return a.importAll(ctx, work, location, nil)
}

// imported is one file to import, with what is known of it.
type imported struct {
	file, url string
	seed      *string   // address of the manifest that names it
	at        time.Time // when it was saved; zero for the file's own time
}

// importAll stores files in the archive; before them what first stores, if anything.
func (a *app) importAll(ctx context.Context, files []imported, location string, first func(*store.Archive) error) error {
	archive, err := store.Open(ctx, location, store.Options{Software: software()})
	if err != nil {
		return err
	}
	defer archive.Close()
	if first != nil {
		if err := first(archive); err != nil {
			return err
		}
	}
	stored, known, unread := 0, 0, 0
	for _, f := range files {
		c, fresh, err := importFile(ctx, archive, f)
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case errors.As(err, new(unreadableFile)):
			if unread++; unread <= maxNamed || a.json {
				a.report(err, exitPartial)
			}
			continue
		case err != nil:
			return err
		case fresh:
			stored++
		default:
			known++
		}
		if a.json {
			if err := a.emit(map[string]any{"message_type": "import", "file": f.file, "url": c.URL, "sha256": c.SHA256, "stored": fresh}); err != nil {
				return err
			}
		}
	}
	if err := archive.Close(); err != nil {
		return fmt.Errorf("closing the archive %s: %w", location, err)
	}
	if a.json {
		err = a.emit(map[string]any{"message_type": "import_summary", "stored": stored, "already_there": known, "failed": unread, "archive": location})
	} else {
		_, err = fmt.Fprintf(a.out, "%s stored in %s, %d %s there already\n", counted(stored, "file"), location, known, agreeing(known, "was", "were"))
	}
	if unread > maxNamed && !a.json {
		fmt.Fprintf(a.err, "gongkai: and %d more; gongkai --json import names each\n", unread-maxNamed)
	}
	if err == nil && unread > 0 {
		return partialError{unread: unread}
	}
	return err
}

// filesBelow lists the files named and those below the folders named, hidden ones left out.
func filesBelow(paths []string) ([]string, error) {
	var files []string
	for _, path := range paths {
		err := filepath.WalkDir(path, func(name string, entry fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if name != path && strings.HasPrefix(entry.Name(), ".") {
				if entry.IsDir() {
					return fs.SkipDir
				}
				return nil
			}
			if entry.Type().IsRegular() {
				files = append(files, name)
			}
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("looking for files to import: %w", err)
		}
	}
	if len(files) == 0 {
		return nil, errors.New("no file to import below the paths given")
	}
	return files, nil
}

// namedBy finds, among the captures of a document, the one that a manifest has named.
func namedBy(ctx context.Context, archive *store.Archive, c schema.Capture, manifest string) (schema.Capture, bool, error) {
	all, err := archive.Copies(ctx, schema.Capture{URL: c.URL, SHA256: c.SHA256})
	for _, c := range all {
		if c.Seed != nil && *c.Seed == manifest {
			return c, true, err
		}
	}
	return c, false, err
}

// maxNamed is how many files that could not be read are named.
const maxNamed = 10

// unreadableFile marks an error about a file to import: the others can still be imported.
type unreadableFile struct{ error }

func (e unreadableFile) Unwrap() error { return e.error }

// importFile stores one file unless the archive holds the same bytes under the same address, and can read them.
func importFile(ctx context.Context, archive *store.Archive, want imported) (c schema.Capture, fresh bool, err error) {
	name, url := want.file, want.url
	f, err := os.Open(name)
	if err != nil {
		return c, false, unreadableFile{fmt.Errorf("importing: %w", err)}
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return c, false, unreadableFile{fmt.Errorf("importing: %w", err)}
	}
	if url == "" {
		url = store.ImportAddress(name)
	}
	digest, err := digestOf(f)
	if err != nil {
		return c, false, unreadableFile{fmt.Errorf("importing %s: %w", name, err)}
	}
	old, ok, err := archive.Holds(ctx, url, digest)
	if err != nil {
		return c, false, fmt.Errorf("importing %s: %w", name, err)
	}
	if ok && want.seed != nil {
		old, ok, err = namedBy(ctx, archive, old, *want.seed)
	}
	if err != nil {
		return c, false, fmt.Errorf("importing %s: %w", name, err)
	}
	if ok {
		return old, false, nil
	}
	at := want.at
	if at.IsZero() {
		at = info.ModTime()
	}
	c, err = archive.WriteImport(ctx, store.Import{Body: f, Detail: "imported from " + filepath.Base(name),
		Capture: schema.Capture{URL: url, Seed: want.seed, FetchedAt: at.UTC().Truncate(time.Second), Outcome: schema.OutcomeOK}})
	if err != nil {
		return c, false, fmt.Errorf("importing %s: %w", name, err)
	}
	return c, true, nil
}
