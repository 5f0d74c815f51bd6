package store

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path"
	"path/filepath"
	"reflect"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/schema"
)

// Standing is the dataset that a build takes its place, as far as the build changes only some of it: rows of issuers
// and files that stay as they are.
type Standing struct {
	Data  *Dataset                           // in the place of what is built; its files must be as its manifest says
	Gone  func(issuer string) bool           // the issuers all of whose rows are added anew, or that are gone
	Stale func(table, partition string) bool // the files in which a row is another; partition as Partition gives it, empty for a table of one file
	Years []*int32                           // of all reports
}

// ofIssuers are the tables whose rows are those of issuers.
func (w *DatasetWriter) ofIssuers() []interface{ upon(*Standing) } {
	return []interface{ upon(*Standing) }{w.Reports, w.Facts, w.Mentions, w.Checks, w.Problems, w.Texts, w.Reuse, w.Panel, w.Series, w.Corrections}
}

// Upon has the writer take from the dataset that stands the files that are not stale, and into those that are the rows
// of all issuers that are not gone. Rows of files that are not stale may be added or not. It is called before any row is
// added, and the writer closes the dataset. Captures, coverage and issuers are added whole, and so are divisions and indicators where they are stale.
func (w *DatasetWriter) Upon(s Standing) {
	w.standing = &s
	for _, t := range w.ofIssuers() {
		t.upon(&s)
	}
	if !s.Stale(schema.Divisions.Name, "") {
		w.Divisions.upon(&s)
	}
	if !s.Stale(schema.Indicators.Name, "") {
		w.Indicators.upon(&s)
	}
	for _, y := range s.Years {
		w.Reports.years[partition(y)] = true
	}
}

func (t *TableWriter[R]) upon(s *Standing) { t.standing = s }

// Partition names the file of a partitioned table that rows of a year are in.
func Partition(year *int32) string { return partition(year) }

// stands reports whether a row is in a file that is kept as it is.
func (t *TableWriter[R]) stands(row *R) bool {
	return t.standing != nil && !t.standing.Stale(t.table.Name, partOfRow(t.table, row))
}

// partOf is the partition of a file of a table.
func partOf(t *schema.Table, file string) string {
	if !t.Partitioned {
		return ""
	}
	return path.Base(path.Dir(file))
}

// keepFiles puts the files of a table that are kept as they are into the dataset, and takes their partitions out of
// missing. A file without rows goes where no report is of its year.
func (w *DatasetWriter) keepFiles(t *schema.Table, standing *Standing, missing map[string]bool) (items []ManifestItem, err error) {
	if standing == nil {
		return nil, nil
	}
	for _, f := range standing.Data.manifest.Files {
		part := partOf(t, f.Path)
		if f.Table != t.Name || standing.Stale(t.Name, part) || t.Partitioned && *f.Rows == 0 && !missing[part] {
			continue
		}
		if err := keepFile(w.out, w.building, f.Path); err != nil {
			return nil, fmt.Errorf("keeping %s of the dataset that stands: %w", f.Path, err)
		}
		delete(missing, part)
		items = append(items, f)
	}
	return items, nil
}

// keepFile puts a file of one folder into another: one file under two names where the system allows it, else a copy.
func keepFile(from, to, name string) error {
	from, to = filepath.Join(from, filepath.FromSlash(name)), filepath.Join(to, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	if os.Link(from, to) == nil {
		return nil
	}
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Sync(), out.Close())
}

// all yields rows.
func all[R any](rows []*keyed[R]) iter.Seq2[*keyed[R], error] {
	return func(yield func(*keyed[R], error) bool) {
		for _, k := range rows {
			if !yield(k, nil) {
				return
			}
		}
	}
}

// IssuerOfReport takes the issuer_id out of a report_id, which ends with the year and a part of a digest.
func IssuerOfReport(id string) string {
	for range 2 {
		id = id[:max(0, strings.LastIndexByte(id, '-'))]
	}
	return id
}

// AppendRow appends to b what tells a row from any other of its table, but for what is in maps.
func AppendRow[R any](b []byte, row *R) []byte {
	v := reflect.ValueOf(row).Elem()
	for i := range v.NumField() {
		b = appendKey(b, v.Field(i))
	}
	return b
}

// Beside is the path of something that is kept beside the dataset out, by its name there.
func Beside(out, name string) (string, error) {
	out, err := folderOf(out)
	if err != nil {
		return "", fmt.Errorf("finding the folder of the dataset: %w", err)
	}
	return beside(out, "."+name), nil
}

func (w *DatasetWriter) closeStanding() error {
	if w.standing == nil {
		return nil
	}
	s := w.standing
	w.standing = nil
	return s.Data.Close()
}
