package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/datasets/inputs"
	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/normalize"
	"github.com/gongkai-data/gongkai/store"
)

// proposal holds the flags of `review --propose`.
type proposal struct{ file, reason, evidence, who, when string }

// propose appends a correction to the file of corrections, which must be sound before and after.
func (a *app) propose(ctx context.Context, r reviewing, args []string) error {
	if len(args) != 3 {
		return usageError{errors.New("--propose takes a report_id, an indicator with its applicant, and the right value; see gongkai review --help")}
	}
	c, err := r.proposal.correction(args)
	if err != nil {
		return usageError{err}
	}
	dataset, err := openDataset(r.data)
	if err != nil {
		return err
	}
	defer dataset.Close()
	fact, err := publishedFact(ctx, dataset, c)
	if err != nil {
		return err
	}
	c.Published = fact.Value
	if err := c.Validate(); err != nil {
		return usageError{fmt.Errorf("the proposal: %w", err)}
	}
	if err := appendCorrection(r.proposal.file, c); err != nil {
		return err
	}
	if a.json {
		return a.emit(struct {
			MessageType string   `json:"message_type"`
			File        string   `json:"file"`
			Line        []string `json:"line"`
		}{"correction_proposed", r.proposal.file, c.Record()})
	}
	_, err = fmt.Fprintf(a.out, "%s: %s of %s, published as %q, is now proposed as %q; gongkai build sets it beside what was published\n", r.proposal.file, c.Key(), c.ReportID, fact.Raw, args[2])
	return err
}

// correction is the proposal without the published value.
func (p proposal) correction(args []string) (c normalize.Correction, err error) {
	c = normalize.Correction{ReportID: args[0], Reason: p.reason, Evidence: p.evidence, Who: p.who}
	c.Indicator, c.Applicant, _ = strings.Cut(args[1], "/")
	if _, known := codebook.Lookup(c.Indicator); !known {
		return c, unknownIndicator(c.Indicator)
	}
	if args[2] != "none" {
		v, err := strconv.ParseFloat(args[2], 64)
		if err != nil {
			return c, fmt.Errorf("the right value is a number or none, not %q", args[2])
		}
		c.Corrected = &v
	}
	when := p.when
	if when == "" {
		when = today()
	}
	c.When, err = schema.ParseDate(when)
	return c, err
}

// publishedFact finds the cell that a correction is for; of a cell that a report prints twice the later, as series and
// panel take it.
func publishedFact(ctx context.Context, d *store.Dataset, c normalize.Correction) (*schema.Fact, error) {
	q := store.Query{}
	parts := strings.Split(c.ReportID, "-")
	if len(parts) < 3 {
		return nil, usageError{fmt.Errorf("%q is no report_id", c.ReportID)}
	}
	q.Issuers = []string{strings.Join(parts[:len(parts)-2], "-")}
	var found *schema.Fact
	any := false
	for f, err := range store.Rows[schema.Fact](ctx, d, schema.Facts, q) {
		if err != nil {
			return nil, fmt.Errorf("looking up %s of %s: %w", c.Key(), c.ReportID, err)
		}
		if f.ReportID != c.ReportID {
			continue
		}
		any = true
		applicant := ""
		if f.Applicant != nil {
			applicant = *f.Applicant
		}
		if f.Indicator == c.Indicator && applicant == c.Applicant {
			found = &f
		}
	}
	switch {
	case !any:
		return nil, fmt.Errorf("the dataset has no cell of a report %s", c.ReportID)
	case found == nil:
		return nil, fmt.Errorf("the report %s has no cell %s", c.ReportID, c.Key())
	}
	return found, nil
}

// appendCorrection adds a line to the file, which it begins with its header where there is none. A file that is not
// sound is left as it is.
func appendCorrection(name string, c normalize.Correction) error {
	fail := func(err error) error { return fmt.Errorf("adding to %s: %w", name, err) }
	old, err := os.ReadFile(name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fail(err)
	}
	file, _ := inputs.Lookup(inputs.Corrections)
	var line bytes.Buffer
	w := csv.NewWriter(&line)
	if len(old) == 0 {
		err = w.Write(file.Header())
	} else if _, err = normalize.ReadCorrections(bytes.NewReader(old)); err == nil && !hasHeader(old, file) {
		err = fmt.Errorf("its columns do not stand in the order %s, so the line would be put wrong: %s", strings.Join(file.Header(), ","), c.Record())
	} else if err == nil && old[len(old)-1] != '\n' {
		err = line.WriteByte('\n')
	}
	if err != nil {
		return fail(err)
	}
	if err := w.Write(c.Record()); err != nil {
		return fail(err)
	}
	w.Flush()
	if _, err := normalize.ReadCorrections(bytes.NewReader(append(bytes.Clone(old), line.Bytes()...))); err != nil {
		return fail(err)
	}
	f, err := os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o666)
	if err != nil {
		return fail(err)
	}
	_, err = f.Write(line.Bytes())
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return fail(err)
	}
	return nil
}

// hasHeader reports whether a file in UTF-8 has all columns in the order in which lines are added to it.
func hasHeader(body []byte, file inputs.File) bool {
	for line := range bytes.Lines(bytes.TrimPrefix(body, []byte("\uFEFF"))) {
		if line = bytes.TrimSpace(line); len(line) > 0 && line[0] != '#' {
			return utf8.Valid(body) && string(bytes.ReplaceAll(line, []byte(" "), nil)) == strings.Join(file.Header(), ",")
		}
	}
	return false
}
