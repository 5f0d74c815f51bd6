package compare

import (
	"encoding/csv"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/export"
	"github.com/gongkai-data/gongkai/datasets/query"
)

// header names the columns of the long form, one line per report and measure.
// value is what was published, unless the corrected values were chosen.
var header = []string{"place", "issuer_id", "year", "measure", "label_zh", "label_en", "unit", "value", "state", "comparability", "marks", "failed_checks", "numerator", "denominator", "report_id", "url",
	"published_value", "corrected_value", "flagged", "quality", "complete", "correction_reason", "correction_evidence", "correction_author", "corrected_on"}

// header names the columns of the long form. One that marks the sample is there only where an invented place is.
func (t Table) header() []string {
	if t.Sampled() {
		return append(slices.Clone(header), "sample")
	}
	return header
}

// long calls each with every line of the long form; a number is a float64, all else text.
func (t Table) long(each func([]any) error) error {
	sampled := t.Sampled()
	for i, c := range t.Columns {
		for _, r := range t.Rows {
			cell := r.Cells[i]
			var year any = ""
			if c.Year != nil {
				year = float64(*c.Year)
			}
			complete := ""
			if c.Complete != nil {
				complete = strconv.FormatBool(*c.Complete)
			}
			by := func(field func(query.Correction) string) string {
				var all []string
				for _, one := range cell.Corrections {
					all = append(all, field(one))
				}
				return strings.Join(all, "; ")
			}
			line := []any{c.Place, c.IssuerID, year, r.Measure, r.LabelZH, r.LabelEN, cell.Unit, orEmpty(cell.Value), cell.State, cell.Comparability, strings.Join(cell.Marks, " "),
				strings.Join(cell.Failed, ";"), orEmpty(cell.Numerator), orEmpty(cell.Denominator), c.ReportID, c.URL,
				orEmpty(cell.Published), orEmpty(cell.Corrected), strconv.FormatBool(cell.Flagged), c.Quality, complete,
				by(func(c query.Correction) string { return c.Reason }), by(func(c query.Correction) string { return c.Evidence }), by(func(c query.Correction) string { return c.Author }),
				by(func(c query.Correction) string { return c.CorrectedOn })}
			if sampled {
				line = append(line, map[bool]string{true: "invented", false: ""}[c.Sample])
			}
			if err := each(line); err != nil {
				return err
			}
		}
	}
	return nil
}

func orEmpty(v *float64) any {
	if v == nil {
		return ""
	}
	return *v
}

// WriteCSV writes the long form with a byte order mark so that spreadsheets show Chinese. Text that a spreadsheet would
// run as a formula gets a leading apostrophe. The value is the number itself, a rate as a share of 1.
func (t Table) WriteCSV(w io.Writer) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	header := t.header()
	if err := out.Write(header); err != nil {
		return err
	}
	line := make([]string, len(header))
	if err := t.long(func(fields []any) error {
		for i, f := range fields {
			switch f := f.(type) {
			case float64:
				line[i] = strconv.FormatFloat(f, 'f', -1, 64)
			case string:
				line[i] = export.Inert(f)
			}
		}
		return out.Write(line)
	}); err != nil {
		return err
	}
	out.Flush()
	return out.Error()
}
