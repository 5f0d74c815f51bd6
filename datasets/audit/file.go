package audit

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/export"
)

// Audit is a sample with its judgements, as a CSV file keeps it.
type Audit struct {
	Dataset string // sha256 of the dataset's manifest
	Seed    uint64
	Units   []Unit
}

var header = []string{"dataset", "seed", "stratum", "stratum_size", "kind", "report_id", "url", "indicator", "applicant", "table_no", "row_no", "column_no", "seq",
	"published", "raw", "verdict", "found", "note", "who", "when"}

// Bytes is the file of an audit: one line a unit, with a byte order mark so that spreadsheets show Chinese.
func (a Audit) Bytes() []byte {
	var b bytes.Buffer
	b.WriteString("\ufeff")
	w := csv.NewWriter(&b)
	_ = w.Write(header) // to memory, like all below
	n := func(i int32) string { return strconv.Itoa(int(i)) }
	for _, u := range a.Units {
		_ = w.Write([]string{a.Dataset, strconv.FormatUint(a.Seed, 10), u.Stratum, strconv.Itoa(u.Size), u.Kind, u.ReportID, export.Inert(u.URL), u.Indicator, u.Applicant, n(u.TableNo), n(u.RowNo),
			n(u.ColumnNo), n(u.Seq), u.Published, export.Inert(u.Raw), u.Verdict, u.Found, u.Note, u.Who, u.When})
	}
	w.Flush()
	return b.Bytes()
}

// Write puts the file in its place in one step.
func (a Audit) Write(name string) error {
	f, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+"-*")
	if err != nil {
		return fmt.Errorf("writing the audit: %w", err)
	}
	_, err = f.Write(a.Bytes())
	if err = errors.Join(err, f.Chmod(0o644), f.Sync(), f.Close()); err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		return fmt.Errorf("writing the audit: %w", errors.Join(err, os.Remove(f.Name())))
	}
	return nil
}

// Read reads the file of an audit.
func Read(r io.Reader) (Audit, error) {
	var a Audit
	fail := func(err error) (Audit, error) { return Audit{}, fmt.Errorf("reading the audit: %w", err) }
	body, err := io.ReadAll(io.LimitReader(r, 64<<20))
	if err != nil {
		return fail(err)
	}
	all, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(body, []byte("\ufeff")))).ReadAll()
	if err != nil {
		return fail(err)
	}
	if len(all) < 2 || !slices.Equal(all[0], header) {
		return fail(fmt.Errorf("its columns are not %s, or no line follows", strings.Join(header, ",")))
	}
	for i, record := range all[1:] {
		u, dataset, seed, err := parseUnit(record)
		if err == nil && i > 0 && (dataset != a.Dataset || seed != a.Seed) {
			err = errors.New("dataset or seed is not that of the line above")
		}
		if err != nil {
			return fail(fmt.Errorf("line %d: %w", i+2, err))
		}
		a.Dataset, a.Seed = dataset, seed
		a.Units = append(a.Units, u)
	}
	return a, nil
}

func parseUnit(r []string) (u Unit, dataset string, seed uint64, err error) {
	number := func(s string) int {
		n, e := strconv.ParseInt(s, 10, 32)
		err = errors.Join(err, e)
		return int(n)
	}
	seed, e := strconv.ParseUint(r[1], 10, 64)
	err = errors.Join(err, e)
	u = Unit{Stratum: r[2], Size: number(r[3]), Kind: r[4], ReportID: r[5], URL: r[6], Indicator: r[7], Applicant: r[8], TableNo: int32(number(r[9])), RowNo: int32(number(r[10])),
		ColumnNo: int32(number(r[11])), Seq: int32(number(r[12])), Published: r[13], Raw: r[14], Verdict: r[15], Found: r[16], Note: r[17], Who: r[18], When: r[19]}
	switch {
	case err != nil:
	case !slices.Contains([]string{"", Right, Wrong, CannotTell}, u.Verdict):
		err = fmt.Errorf("the verdict is right, wrong, cannot_tell or empty, not %q", u.Verdict)
	case u.Verdict != "" && (u.Who == "" || u.When == ""):
		err = errors.New("a verdict needs who gave it and when")
	case u.Size < 1:
		err = errors.New("the size of a stratum is 1 or more")
	}
	return u, r[0], seed, err
}

// Result of the audit.
func (a Audit) Result() Result {
	r := Estimate(a.Units)
	r.Dataset, r.Seed = a.Dataset, a.Seed
	return r
}
