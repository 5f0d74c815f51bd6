package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/gongkai-data/gongkai/datasets/schema"
)

// DatasetOptions of a build.
type DatasetOptions struct {
	Indicators []schema.PanelIndicator // columns of the panel
	Software   string                  // program and version, for the manifest and the files
	Memory     int                     // bytes of rows held in memory over all tables before they go to temporary files, default 64 MB
	Licences   []Licence               // for datapackage.json
	Sources    []Source                // for datapackage.json
}

// DatasetWriter builds a dataset in a folder beside its place. Rows may come in any order and from many goroutines; the
// files are the same bytes for the same rows and software. Nothing shows in the dataset's place before Commit.
type DatasetWriter struct {
	Reports     *TableWriter[schema.Report]
	Facts       *TableWriter[schema.Fact]
	Mentions    *TableWriter[schema.Mention]
	Checks      *TableWriter[schema.Check]
	Problems    *TableWriter[schema.Problem]
	Texts       *TableWriter[schema.Text]
	Reuse       *TableWriter[schema.Reuse]
	Panel       *TableWriter[schema.Panel]
	Series      *TableWriter[schema.Series]
	Corrections *TableWriter[schema.Correction]
	Issuers     *TableWriter[schema.Issuer]
	Coverage    *TableWriter[schema.Coverage]
	Captures    *TableWriter[schema.Capture]
	Divisions   *TableWriter[schema.Division]
	Indicators  *TableWriter[schema.Indicator]

	opt      DatasetOptions
	out      string
	building string
	temp     string
	lock     *os.File
	tables   []finisher
	schemas  []*schema.Table
	files    []ManifestItem // documents added beside the tables
	sample   *Sample
	standing *Standing // see Upon
	after    func() error
}

type finisher interface {
	finish(ctx context.Context, w *DatasetWriter, years map[string]bool) ([]ManifestItem, error)
}

// CreateDataset begins a build of the dataset at out, a folder that may hold a dataset already. It first removes what
// builds that died left behind. It returns ErrLocked while another process builds there. End it with Commit or Abort.
func CreateDataset(_ context.Context, out string, opt DatasetOptions) (*DatasetWriter, error) {
	w, err := createDataset(out, opt)
	if err != nil {
		return nil, fmt.Errorf("beginning the dataset %s: %w", out, err)
	}
	return w, nil
}

func createDataset(out string, opt DatasetOptions) (*DatasetWriter, error) {
	if opt.Memory <= 0 {
		opt.Memory = 64 << 20
	}
	if opt.Software == "" {
		opt.Software = "gongkai"
	}
	out, err := folderOf(out)
	if err != nil {
		return nil, err
	}
	panel, err := schema.NewPanel(opt.Indicators)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Dir(out), 0o755); err != nil {
		return nil, err
	}
	w := &DatasetWriter{opt: opt, out: out, schemas: schema.All(panel)}
	if w.lock, err = lockFile(beside(out, ".lock")); err != nil {
		return nil, err
	}
	if err = recoverSwap(out); err == nil {
		err = checkTarget(out)
	}
	if err == nil {
		w.building, err = os.MkdirTemp(filepath.Dir(out), "."+filepath.Base(out)+".building-*")
	}
	if err == nil {
		w.temp = filepath.Join(w.building, ".runs")
		err = errors.Join(os.Chmod(w.building, 0o755), os.Mkdir(w.temp, 0o755))
	}
	if err == nil {
		err = w.openTables(panel)
	}
	if err != nil {
		return nil, errors.Join(err, w.Abort())
	}
	return w, nil
}

func (w *DatasetWriter) openTables(panel *schema.Table) error {
	return errors.Join(
		openTable(w, &w.Reports, schema.Reports), openTable(w, &w.Facts, schema.Facts), openTable(w, &w.Mentions, schema.Mentions),
		openTable(w, &w.Checks, schema.Checks), openTable(w, &w.Problems, schema.Problems), openTable(w, &w.Texts, schema.Texts), openTable(w, &w.Reuse, schema.ReuseTable), openTable(w, &w.Panel, panel),
		openTable(w, &w.Series, schema.SeriesTable), openTable(w, &w.Corrections, schema.Corrections), openTable(w, &w.Issuers, schema.IssuersTable), openTable(w, &w.Coverage, schema.CoverageTable), openTable(w, &w.Captures, schema.Captures),
		openTable(w, &w.Divisions, schema.Divisions), openTable(w, &w.Indicators, schema.Indicators))
}

// TableWriter takes the rows of one table.
type TableWriter[R any] struct {
	table    *schema.Table
	mu       sync.Mutex
	sort     *rowSorter[R]
	amend    func(*R)
	years    map[string]bool // partitions seen
	count    int64
	standing *Standing // see Upon
}

// memoryShares are the parts of DatasetOptions.Memory that the sorters of the large tables may hold, by the rows that a
// nationwide dataset has of each; each of the other twelve gets a forty-eighth part, so that all together hold no more
// than the whole.
var memoryShares = map[string]float64{"facts": 3. / 8, "checks": 1. / 4, "series": 1. / 8}

func openTable[R any](w *DatasetWriter, to **TableWriter[R], t *schema.Table) error {
	share, large := memoryShares[t.Name]
	if !large {
		share = 1. / 48
	}
	s, err := newRowSorter[R](t, w.temp, int(share*float64(w.opt.Memory)))
	if err != nil {
		return err
	}
	*to = &TableWriter[R]{table: t, sort: s, years: map[string]bool{}}
	w.tables = append(w.tables, *to)
	return nil
}

// Add takes copies of rows. What pointers and slices in them lead to must not change before Commit.
func (t *TableWriter[R]) Add(rows ...R) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, r := range rows {
		if t.stands(&r) {
			continue
		}
		if err := t.sort.add(r); err != nil {
			return fmt.Errorf("adding to %s: %w", t.table.Name, err)
		}
		t.count++
		if report, ok := any(&r).(*schema.Report); ok {
			t.years[partition(report.Year)] = true
		}
	}
	return nil
}

// Amend has f change rows on their way to the file, for columns that are known only when every row is. It must leave
// the columns that the table is sorted by as they are, and be called before Commit.
func (t *TableWriter[R]) Amend(f func(*R)) { t.amend = f }

// Rows is the number of rows added.
func (t *TableWriter[R]) Rows() int64 {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.count
}

// partition names the folder of a year, in the way of Hive.
func partition(year *int32) string {
	if year == nil {
		return "year=__HIVE_DEFAULT_PARTITION__"
	}
	return "year=" + strconv.Itoa(int(*year))
}

// partOfRow is the partition of a row of a table.
func partOfRow(t *schema.Table, row any) string {
	if !t.Partitioned {
		return ""
	}
	_, year := placeOf(row)
	return partition(year)
}

// placeOf is the report and the year that a row of a partitioned table is of.
func placeOf(row any) (report string, year *int32) {
	switch r := row.(type) {
	case *schema.Fact:
		return r.ReportID, r.Year
	case *schema.Mention:
		return r.ReportID, r.Year
	case *schema.Check:
		return r.ReportID, r.Year
	case *schema.Problem:
		return r.ReportID, r.Year
	case *schema.Text:
		return r.ReportID, r.Year
	case *schema.Reuse:
		return r.ReportID, r.Year
	}
	return "", nil
}

// finish writes the table's files. A partitioned table gets a file in each of the partitions given, if only an empty
// one, so that it exists with its schema.
func (t *TableWriter[R]) finish(ctx context.Context, w *DatasetWriter, years map[string]bool) (items []ManifestItem, err error) {
	var file *parquetFile[R]
	path := func(part string) string {
		if !t.table.Partitioned {
			return t.table.Name + ".parquet"
		}
		return t.table.Name + "/" + part + "/part-0.parquet"
	}
	open := ""
	begin := func(part string) error {
		open = part
		var err error
		file, err = createParquet[R](w.building, path(part), t.table, w.opt.Software)
		return err
	}
	end := func() error {
		if file == nil {
			return nil
		}
		item, err := file.finish()
		items, file = append(items, item), nil
		return err
	}
	missing := maps.Clone(years)
	if items, err = w.keepFiles(t.table, t.standing, missing); err != nil {
		return nil, err
	}
	rows := t.sort.Sorted()
	if t.standing != nil {
		merged, rest, err := t.mergeFiles(ctx, w, years)
		if err != nil {
			return nil, err
		}
		for _, f := range merged {
			items = append(items, f)
			delete(missing, partOf(t.table, f.Path))
		}
		rows = all(rest)
	}
	n := 0
	for k, err := range rows {
		if n++; err == nil && n%rowGroup == 0 {
			err = ctx.Err()
		}
		part := ""
		if err == nil {
			part = partOfRow(t.table, k.row)
		}
		if err == nil && (file == nil || part != open) {
			delete(missing, part)
			if err = end(); err == nil {
				err = begin(part)
			}
		}
		if err == nil && t.amend != nil && t.standing == nil {
			t.amend(k.row)
		}
		if err == nil {
			err = file.add(k.row)
		}
		if err != nil {
			return nil, errors.Join(fmt.Errorf("writing table %s: %w", t.table.Name, err), end())
		}
	}
	if err := end(); err != nil {
		return nil, err
	}
	if !t.table.Partitioned {
		missing = map[string]bool{}
	}
	if len(items) == 0 && len(missing) == 0 && !t.table.Optional {
		missing[partition(nil)] = true
	}
	for _, part := range slices.Sorted(maps.Keys(missing)) {
		if err := errors.Join(begin(part), end()); err != nil {
			return nil, err
		}
	}
	t.sort = nil
	return items, nil
}

// Commit writes the files and puts the dataset in its place in one step; readers see the old one or the new one, never
// a mix. On an error nothing changes there, and the build is removed.
func (w *DatasetWriter) Commit(ctx context.Context) (Manifest, error) {
	m, err := w.commit(ctx)
	if err = errors.Join(err, w.Abort()); err != nil {
		return m, fmt.Errorf("building the dataset %s: %w", w.out, err)
	}
	return m, nil
}

func (w *DatasetWriter) commit(ctx context.Context) (Manifest, error) {
	m := Manifest{SchemaVersion: schema.Version, Software: w.opt.Software, Sample: w.sample}
	years := maps.Clone(w.Reports.years)
	if len(years) > 1 {
		delete(years, partition(nil))
	}
	for _, t := range w.tables {
		items, err := t.finish(ctx, w, years)
		if err != nil {
			return m, err
		}
		m.Files = append(m.Files, items...)
	}
	m.Files = append(m.Files, w.files...)
	slices.SortFunc(m.Files, func(a, b ManifestItem) int { return strings.Compare(a.Path, b.Path) })
	if err := writeJSON(filepath.Join(w.building, PackageFile), dataPackage(w.schemas, m, w.opt)); err != nil {
		return m, err
	}
	item, err := DescribeFile(w.building, PackageFile)
	if err != nil {
		return m, err
	}
	m.Files = append(m.Files, item)
	slices.SortFunc(m.Files, func(a, b ManifestItem) int { return strings.Compare(a.Path, b.Path) })
	if err := errors.Join(writeJSON(filepath.Join(w.building, ManifestFile), m), os.RemoveAll(w.temp), syncFolder(w.building), ctx.Err()); err != nil {
		return m, err
	}
	if err := w.closeStanding(); err != nil {
		return m, err
	}
	if err := swap(w.building, w.out); err != nil {
		return m, fmt.Errorf("putting it in its place: %w", err)
	}
	if err := syncFolder(filepath.Dir(w.out)); err != nil || w.after == nil {
		return m, err
	}
	return m, w.after()
}

// After has Commit call f when the dataset is in its place, and before another process may build there.
func (w *DatasetWriter) After(f func() error) { w.after = f }

// Sample notes in the manifest which reports are of the bundled sample. Call it before Commit.
func (w *DatasetWriter) Sample(s *Sample) { w.sample = s }

// Scratch is a folder for temporary files of the build's maker; it goes with Commit or Abort.
func (w *DatasetWriter) Scratch() string { return w.temp }

// Abort removes the build; after Commit it does nothing.
func (w *DatasetWriter) Abort() error {
	err := w.closeStanding()
	if w.building != "" {
		err = errors.Join(err, os.RemoveAll(w.building))
		w.building = ""
	}
	if w.lock != nil {
		err = errors.Join(err, w.lock.Close())
		w.lock = nil
	}
	return err
}

// DescribeFile returns a file of a folder with its size and its SHA-256. path has slashes.
func DescribeFile(root, path string) (ManifestItem, error) {
	f, err := os.Open(filepath.Join(root, filepath.FromSlash(path)))
	if err != nil {
		return ManifestItem{}, err
	}
	defer f.Close()
	h := sha256.New()
	n, err := io.Copy(h, f)
	return ManifestItem{Path: path, Bytes: n, SHA256: hex.EncodeToString(h.Sum(nil))}, err
}
