package store

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/parquet"
	"github.com/apache/arrow/go/v15/parquet/compress"
	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/store/columns"
)

// rowGroup is the number of rows in a row group: DuckDB's vectors times 60, the size at which it reads them in
// parallel.
const rowGroup = 122_880

// rowGroups are the sizes of the tables that a server reads issuer by issuer: a group is the least that can be read.
// DuckDB reads the large ones by its vectors of 2,048 rows. Where rows are of reports a group goes on to the end of a
// report, so that the rows of each are in one group.
var rowGroups = map[string]int{"reports": 512, "panel": 2_048, "series": 16_384, "coverage": 1_024, "facts": 30_720, "checks": 15_360, "mentions": 4_096, "problems": 4_096,
	"texts": 1_024, "reuse": 4_096}

// runningText names columns whose bounds exclude nothing, while each would put some kilobytes into the footer.
var runningText = map[string][]string{"texts": {"heading", "text", "words.list.element", "locator"}, "reuse": {"passage"}}

func rowGroupOf(t *schema.Table) int {
	if n, ok := rowGroups[t.Name]; ok {
		return n
	}
	return rowGroup
}

// parquetFile writes rows of one table, in the order given, to one file.
type parquetFile[R any] struct {
	*recordFile
	builder *schema.Builder[R]
}

// recordFile writes records of one table to one file. It knows no type of row, so that there is one of it in the program
// and not one for each table.
type recordFile struct {
	item   ManifestItem
	file   *os.File
	buffer *bufio.Writer
	hash   hash.Hash
	writer *columns.Writer
	built  interface { // rows that are not yet a record
		Record() arrow.Record
		Release()
	}
	rows    int64
	pending int
	group   int    // rows in a row group
	report  string // of the last row
	table   *schema.Table
	// held are rows that were copied from another file, and those of the builder before and between them, of the pending
	// ones the first heldRows; those after them are in the builder.
	held     []arrow.Record
	heldRows int
}

func createParquet[R any](root, path string, t *schema.Table, software string) (*parquetFile[R], error) {
	b, err := schema.NewBuilder[R](t)
	if err != nil {
		return nil, err
	}
	f, err := createRecords(root, path, t, software)
	if err != nil {
		b.Release()
		return nil, err
	}
	f.built = b
	return &parquetFile[R]{f, b}, nil
}

func createRecords(root, path string, t *schema.Table, software string) (*recordFile, error) {
	full := filepath.Join(root, filepath.FromSlash(path))
	if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
		return nil, err
	}
	f, err := os.Create(full)
	if err != nil {
		return nil, err
	}
	p := &recordFile{item: ManifestItem{Path: path, Table: t.Name}, file: f, hash: sha256.New(), group: rowGroupOf(t), table: t}
	p.buffer = bufio.NewWriterSize(io.MultiWriter(f, p.hash), 1<<20)
	// Level 1: arrow makes an encoder for every page, and those of higher levels cost 4 MB each, for files of the same
	// size within 1%.
	options := []parquet.WriterProperty{
		parquet.WithCompression(compress.Codecs.Zstd), parquet.WithCompressionLevel(1), parquet.WithDictionaryDefault(true), parquet.WithStats(true),
		parquet.WithCreatedBy(parquet.DefaultCreatedBy + " (build " + software + ")")}
	if t.Name == "panel" {
		// the numbers of small row groups all range from nought to some thousands: their bounds would exclude nothing
		// and fill most of the footer
		for _, c := range t.Columns {
			if c.Type.ID() == arrow.FLOAT64 {
				options = append(options, parquet.WithStatsFor(c.Name, false))
			}
		}
	}
	for _, c := range runningText[t.Name] {
		options = append(options, parquet.WithStatsFor(c, false))
	}
	props := parquet.NewWriterProperties(options...)
	// writeOnly hides Close: the Parquet writer would close the file before it is flushed to the disk
	p.writer, err = columns.NewWriter(writeOnly{p.buffer}, t.Arrow(), props)
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return p, nil
}

type writeOnly struct{ io.Writer }

func (p *parquetFile[R]) add(row *R) error {
	report, _ := placeOf(row)
	if p.endsBefore(report) {
		if err := p.flush(); err != nil {
			return err
		}
	}
	p.report = report
	p.rows++
	p.pending++
	return p.builder.Append(row)
}

// endsBefore reports whether the row group ends before a row of a report.
func (p *recordFile) endsBefore(report string) bool {
	return p.pending >= p.group && (report == "" || report != p.report || p.pending >= 4*p.group)
}

// flush writes the rows held as one row group.
func (p *recordFile) flush() error {
	rec, err := p.record()
	if err != nil {
		return err
	}
	defer rec.Release()
	p.pending = 0
	return p.writer.Write(rec)
}

// finish ends the file and returns its line of the manifest.
func (p *recordFile) finish() (ManifestItem, error) {
	defer p.built.Release()
	var err error
	if p.pending > 0 {
		err = p.flush()
	}
	err = errors.Join(err, p.writer.Close(), p.buffer.Flush(), p.file.Sync())
	info, statErr := p.file.Stat()
	if err = errors.Join(err, statErr, p.file.Close()); err != nil {
		return p.item, fmt.Errorf("writing %s: %w", p.item.Path, err)
	}
	p.item.Rows, p.item.Bytes, p.item.SHA256 = &p.rows, info.Size(), hex.EncodeToString(p.hash.Sum(nil))
	return p.item, nil
}
