package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/datasets/web"
)

// sight puts the pages behind numbers before a person: a picture of the page of a PDF, a page of HTML for the others,
// each with the cell marked.
type sight struct {
	evidence *evidence // nil where there is no archive
	folder   string    // of the pictures
}

// file writes the page with the cell of a fact marked and returns its path; f is nil for the document as a whole.
func (s sight) file(ctx context.Context, r schema.Report, f *schema.Fact) (string, error) {
	if s.evidence == nil {
		return "", fmt.Errorf("%w: there is no archive", web.ErrNoEvidence)
	}
	view, err := s.evidence.Show(ctx, r, f)
	if err != nil {
		return "", err
	}
	name := r.ReportID[strings.LastIndexByte(r.ReportID, '-')+1:] // the digest of the document, short enough for a line
	if f != nil {
		name += "-" + f.Indicator
		if f.Applicant != nil {
			name += "-" + *f.Applicant
		}
	}
	ext := ".html"
	if view.MediaType == "image/png" {
		ext = ".png"
	}
	path := filepath.Join(s.folder, name+ext)
	if err := errors.Join(os.MkdirAll(s.folder, 0o755), os.WriteFile(path, view.Body, 0o666)); err != nil {
		return "", fmt.Errorf("writing the page with the cell: %w", err)
	}
	return path, nil
}

// words describes a cell in lines: its labels, what is published there, and where to see it. What cannot be shown is
// told so.
func (s sight) words(ctx context.Context, r schema.Report, f schema.Fact) []string {
	value := f.State
	if f.Value != nil {
		value = trimFloat(*f.Value)
	}
	lines := []string{fmt.Sprintf("cell       %s = %s, published as %q", factName(f), value, f.Raw)}
	if s.evidence != nil {
		if labels, err := s.evidence.Labels(ctx, r, f); err == nil && len(labels) > 0 {
			lines = append(lines, "labels     "+strings.Join(labels, " › "))
		}
	}
	return append(lines, s.line(ctx, r, &f))
}

// line is where to see the page that file writes, or why it is not shown.
func (s sight) line(ctx context.Context, r schema.Report, f *schema.Fact) string {
	path, err := s.file(ctx, r, f)
	if err != nil {
		return "not shown  " + err.Error()
	}
	return "see        " + path
}

// factName names a cell as checks do.
func factName(f schema.Fact) string { return schema.CellName(f.Indicator, f.Applicant) }
