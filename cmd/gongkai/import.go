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
	var url, archive string
	cmd := &cobra.Command{
		Use:   "import PATH...",
		Short: "Put local files or folders into the archive",
		Long: `Put local files, or all files of local folders, into the archive: a report that a person saved by hand, say, because its
site asks for a captcha. The address it came from belongs to it: give it with --url. The files stay where they are.
A file that is in the archive already, under the same address, is not stored again.

EXAMPLES
  gongkai import ~/reports
  gongkai import report.pdf --url http://www.example.gov.cn/zwgk/2023nb.pdf`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, paths []string) error {
			return a.importFiles(cmd.Context(), paths, url, archive)
		},
	}
	cmd.Flags().StringVar(&url, "url", "", "the address that the one file was saved from")
	cmd.Flags().StringVar(&archive, "archive", "archive", "folder of the archive")
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
	archive, err := store.Open(ctx, location, store.Options{Software: software()})
	if err != nil {
		return err
	}
	defer archive.Close()
	stored, known, unread := 0, 0, 0
	for _, name := range files {
		c, fresh, err := importFile(ctx, archive, name, url)
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
			if err := a.emit(map[string]any{"message_type": "import", "file": name, "url": c.URL, "sha256": c.SHA256, "stored": fresh}); err != nil {
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
		_, err = fmt.Fprintf(a.out, "%d files stored in %s, %d were there already\n", stored, location, known)
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

// maxNamed is how many files that could not be read are named.
const maxNamed = 10

// unreadableFile marks an error about a file to import: the others can still be imported.
type unreadableFile struct{ error }

func (e unreadableFile) Unwrap() error { return e.error }

// importFile stores one file unless the archive holds the same bytes under the same address, and can read them.
func importFile(ctx context.Context, archive *store.Archive, name, url string) (c schema.Capture, fresh bool, err error) {
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
	if ok {
		return old, false, nil
	}
	c, err = archive.WriteImport(ctx, store.Import{Body: f, Detail: "imported from " + filepath.Base(name),
		Capture: schema.Capture{URL: url, FetchedAt: info.ModTime().UTC().Truncate(time.Second), Outcome: schema.OutcomeOK}})
	if err != nil {
		return c, false, fmt.Errorf("importing %s: %w", name, err)
	}
	return c, true, nil
}
