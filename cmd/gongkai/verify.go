package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/gongkai-data/gongkai/datasets/frozen"
	"github.com/gongkai-data/gongkai/store"
	"github.com/spf13/cobra"
)

func (a *app) verifyCommand() *cobra.Command {
	var archive, data string
	cmd := &cobra.Command{
		Use:   "verify [RELEASE…]",
		Short: "Check the digests of the archive, of the dataset and of releases",
		Long: `Check every record of the archive against its digests, and every file of the dataset against manifest.json.
A part that does not exist is said to be absent, and is an error where a flag names it; a digest that does not hold is an error. With the folders or zip files of releases only these are checked.

EXAMPLES
  gongkai verify
  gongkai verify releases/2026.11 gongkai-2026.11.zip`,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			parts := []part{{"archive", archive, cmd.Flags().Changed("archive"), verifyArchive}, {"dataset", data, cmd.Flags().Changed("data"), store.VerifyDataset}}
			if len(args) > 0 {
				parts = nil
				for _, where := range args {
					if _, err := os.Stat(where); err != nil {
						return fmt.Errorf("no release to verify: %w", err)
					}
					parts = append(parts, part{"release", where, true, frozen.Verify})
				}
			}
			return a.verify(cmd.Context(), parts)
		},
	}
	cmd.Flags().StringVar(&archive, "archive", "archive", "folder of the archive, or its s3:// address")
	cmd.Flags().StringVar(&data, "data", "dataset", "folder of the dataset")
	return cmd
}

// part is what can be verified.
type part struct {
	what, where string
	named       bool // by its flag: then it must be there
	check       func(context.Context, string) ([]store.Finding, error)
}

func (a *app) verify(ctx context.Context, parts []part) error {
	bad, checked := 0, 0
	for _, part := range parts {
		missing, err := isMissing(part.where)
		if err != nil {
			return fmt.Errorf("looking for the %s: %w", part.what, err)
		}
		if missing && part.named {
			return fmt.Errorf("no %s to verify at %s", part.what, part.where)
		}
		if missing {
			fmt.Fprintf(a.err, "gongkai: no %s at %s\n", part.what, part.where)
			continue
		}
		checked++
		findings, err := part.check(ctx, part.where)
		if err != nil {
			return err
		}
		bad += len(findings)
		if err := a.found(part.what, part.where, findings); err != nil {
			return err
		}
	}
	switch {
	case checked == 0:
		return errors.New("there is nothing to verify: neither archive nor dataset")
	case bad > 0:
		return fmt.Errorf("%s found", counted(bad, "fault"))
	}
	return nil
}

// found prints what the check of one part found.
func (a *app) found(what, where string, findings []store.Finding) error {
	if a.json {
		return a.emit(map[string]any{"message_type": "verify", "part": what, "path": where, "findings": orNone(findings)})
	}
	for _, f := range findings {
		place := f.File
		if f.Offset >= 0 {
			place = fmt.Sprintf("%s at byte %d", f.File, f.Offset)
		}
		fmt.Fprintf(a.out, "%s: %s: %s\n", what, place, f.Detail)
	}
	verdict := "every digest holds"
	if len(findings) > 0 {
		verdict = counted(len(findings), "fault")
	}
	_, err := fmt.Fprintf(a.out, "%s %s: %s\n", what, where, verdict)
	return err
}

func verifyArchive(ctx context.Context, where string) ([]store.Finding, error) {
	archive, err := store.Open(ctx, where, store.Options{ReadOnly: true, Software: software()})
	if err != nil {
		return nil, err
	}
	defer archive.Close()
	var findings []store.Finding
	for f, err := range archive.Verify(ctx) {
		if err != nil {
			return nil, err
		}
		findings = append(findings, f)
	}
	return findings, nil
}
