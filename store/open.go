package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/parquet/file"
	"github.com/gongkai-data/gongkai/datasets/schema"
)

// Dataset is one release of a dataset, opened for reading: all its files are held open, so that a build that takes its
// place meanwhile changes nothing here. (On Windows a build cannot take the place of a dataset that is open.) It may be
// read from many goroutines.
type Dataset struct {
	manifest Manifest
	panel    *schema.Table
	narrowed map[string]*schema.Table // of an older schema, by name: with the columns that it has
	files    map[string]*os.File      // by path

	kept atomic.Pointer[kept] // nil unless row groups are kept (Keep)

	mu      sync.Mutex
	footers map[string]*footer // by path: with small row groups a footer is longer to read than one issuer's rows
}

// OpenDataset opens the dataset in a folder.
func OpenDataset(dir string) (*Dataset, error) {
	d, err := openDataset(dir)
	for range 5 { // a build may have taken its place, and removed it, while its files were being opened
		if !errors.Is(err, fs.ErrNotExist) {
			break
		}
		d, err = openDataset(dir)
	}
	if err != nil {
		return nil, fmt.Errorf("opening the dataset %s: %w", dir, err)
	}
	return d, nil
}

func openDataset(dir string) (*Dataset, error) {
	root, err := os.OpenRoot(dir) // stays with this folder when another takes its name
	if errors.Is(err, fs.ErrNotExist) && bringBack(dir) {
		root, err = os.OpenRoot(dir)
	}
	if err != nil {
		return nil, err
	}
	defer root.Close()
	d := &Dataset{files: map[string]*os.File{}, footers: map[string]*footer{}}
	if d.manifest, err = readManifest(root.FS()); err == nil {
		err = d.manifest.checkVersion()
	}
	for _, f := range d.manifest.Files {
		if err == nil {
			d.files[f.Path], err = root.Open(filepath.FromSlash(f.Path))
		}
	}
	if err == nil {
		err = d.openPanel()
	}
	if err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return d, nil
}

// bringBack mends a swap of two renames that a dying process left half done, unless a process is at it now.
func bringBack(out string) bool {
	out, err := filepath.Abs(out)
	if err != nil {
		return false
	}
	if _, err := os.Lstat(beside(out, ".old")); err != nil {
		return false
	}
	lock, err := lockFile(beside(out, ".lock"))
	if err != nil {
		return false
	}
	defer lock.Close()
	return recoverSwap(out) == nil
}

// openPanel learns the panel's columns from the code book within the dataset.
func (d *Dataset) openPanel() error {
	var indicators []schema.PanelIndicator
	columns, err := d.columns("panel.parquet")
	if err != nil {
		return err
	}
	for row, err := range Rows[schema.Indicator](context.Background(), d, schema.Indicators, Query{}) {
		if err != nil {
			return err
		}
		if slices.Contains(columns, schema.ColumnName(row.Indicator)) {
			indicators = append(indicators, schema.PanelIndicator{ID: row.Indicator, LabelZH: row.LabelZH, LabelEN: row.LabelEN, Unit: row.Unit})
		}
	}
	slices.SortFunc(indicators, func(a, b schema.PanelIndicator) int {
		return slices.Index(columns, schema.ColumnName(a.ID)) - slices.Index(columns, schema.ColumnName(b.ID))
	})
	d.panel, err = schema.NewPanel(indicators)
	if err == nil && d.manifest.older() {
		err = d.narrow()
	}
	return err
}

// narrow learns which columns the tables of a dataset of an older schema have.
func (d *Dataset) narrow() error {
	d.narrowed = map[string]*schema.Table{}
	for _, t := range schema.All(d.panel) {
		i := slices.IndexFunc(d.manifest.Files, func(f ManifestItem) bool { return f.Table == t.Name })
		if i < 0 {
			continue
		}
		r, _, err := d.reader(d.manifest.Files[i].Path, false)
		if err != nil {
			return err
		}
		d.narrowed[t.Name] = t.Only(func(c schema.Column) bool { return r.MetaData().Schema.ColumnIndexByName(leaf(c)) >= 0 })
	}
	d.panel = d.Table(d.panel)
	return nil
}

// Table returns a table of package schema with the columns that this release has: all of them, unless it is of an older
// schema.
func (d *Dataset) Table(t *schema.Table) *schema.Table {
	if n := d.narrowed[t.Name]; n != nil {
		return n
	}
	return t
}

// Older reports whether the release is of an older schema than this program writes.
func (d *Dataset) Older() bool { return d.manifest.older() }

// Holds reports whether the release has files of a table.
func (d *Dataset) Holds(t *schema.Table) bool {
	return slices.ContainsFunc(d.manifest.Files, func(f ManifestItem) bool { return f.Table == t.Name })
}

// leaf is the path by which Parquet knows the values of a column.
func leaf(c schema.Column) string {
	if c.Type.ID() == arrow.LIST {
		return c.Name + ".list.element"
	}
	return c.Name
}

func (d *Dataset) columns(path string) ([]string, error) {
	r, _, err := d.reader(path, false)
	if err != nil {
		return nil, err
	}
	s := r.MetaData().Schema
	names := make([]string, s.Root().NumFields())
	for i := range names {
		names[i] = s.Root().Field(i).Name()
	}
	return names, nil
}

// Close closes the files.
func (d *Dataset) Close() error {
	var err error
	for _, f := range d.files {
		if f != nil {
			err = errors.Join(err, f.Close())
		}
	}
	return err
}

// Manifest lists the files.
func (d *Dataset) Manifest() Manifest { return d.manifest }

// Panel is the table of panel.parquet with the columns that this release has.
func (d *Dataset) Panel() *schema.Table { return d.panel }

// reader opens a file of the release. Its footer is kept if more will be asked of it; whoever reads all of a large file
// once lets it go.
func (d *Dataset) reader(path string, keep bool) (*file.Reader, *footer, error) {
	f := d.files[path]
	if f == nil {
		return nil, nil, fmt.Errorf("the dataset has no %s", path)
	}
	info, err := f.Stat()
	if err != nil {
		return nil, nil, err
	}
	d.mu.Lock()
	foot := d.footers[path]
	d.mu.Unlock()
	if foot != nil {
		r, err := file.NewParquetReader(io.NewSectionReader(f, 0, info.Size()), file.WithMetadata(foot.meta))
		return r, foot, err
	}
	r, err := file.NewParquetReader(io.NewSectionReader(f, 0, info.Size()))
	if err != nil {
		return nil, nil, err
	}
	if !keep {
		return r, &footer{meta: r.MetaData()}, nil
	}
	foot = lean(r.MetaData())
	d.mu.Lock()
	d.footers[path] = foot
	d.mu.Unlock()
	return r, foot, nil
}

// Open returns a file of the release, for serving its bytes; reading it at offsets is safe from many goroutines. It
// stays valid until Close.
func (d *Dataset) Open(path string) (io.ReaderAt, int64, error) {
	f := d.files[path]
	if f == nil {
		return nil, 0, fmt.Errorf("the dataset has no %s", path)
	}
	info, err := f.Stat()
	if err != nil {
		return nil, 0, err
	}
	return f, info.Size(), nil
}
