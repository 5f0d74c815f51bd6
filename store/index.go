package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"iter"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"github.com/gongkai-data/gongkai/datasets/schema"

	"modernc.org/sqlite" // also the database/sql driver "sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// indexVersion is kept in the index; an index of another version is made anew from the WARC files.
const indexVersion = 2

var errIndexVersion = errors.New("an index of another version")

const indexTables = `
CREATE TABLE captures (
  record_id TEXT NOT NULL, url TEXT NOT NULL, final_url TEXT, seed TEXT, found_on TEXT, depth INTEGER NOT NULL, fetched_at INTEGER NOT NULL,
  status INTEGER, media_type TEXT, charset TEXT, bytes INTEGER, sha256 TEXT, warc_file TEXT NOT NULL, warc_offset INTEGER NOT NULL, outcome TEXT NOT NULL,
  payload_digest TEXT, refers_to TEXT, end_offset INTEGER NOT NULL, number INTEGER NOT NULL, digest INTEGER NOT NULL,
  PRIMARY KEY (warc_file, warc_offset)) WITHOUT ROWID;
CREATE INDEX captures_url ON captures (url, fetched_at, warc_file, warc_offset);
CREATE INDEX captures_digest ON captures (payload_digest) WHERE payload_digest IS NOT NULL AND refers_to IS NULL;
CREATE INDEX captures_record ON captures (record_id);
CREATE TABLE files (name TEXT PRIMARY KEY, indexed_to INTEGER NOT NULL, captures INTEGER NOT NULL, digest INTEGER NOT NULL, seal INTEGER NOT NULL);
CREATE TABLE losses (file TEXT NOT NULL, offset INTEGER NOT NULL, captures INTEGER NOT NULL, url TEXT NOT NULL, detail TEXT NOT NULL, PRIMARY KEY (file, offset)) WITHOUT ROWID;
`

// upgrade makes an index of version 1 one of this version. Its rows stay as witnesses of what the WARC files should
// hold, which are read again.
const upgrade = `
ALTER TABLE captures ADD COLUMN end_offset INTEGER NOT NULL DEFAULT 0;
ALTER TABLE captures ADD COLUMN number INTEGER NOT NULL DEFAULT 0;
ALTER TABLE captures ADD COLUMN digest INTEGER NOT NULL DEFAULT 0;
DROP TABLE files;
CREATE TABLE files (name TEXT PRIMARY KEY, indexed_to INTEGER NOT NULL, captures INTEGER NOT NULL, digest INTEGER NOT NULL, seal INTEGER NOT NULL);
CREATE TABLE losses (file TEXT NOT NULL, offset INTEGER NOT NULL, captures INTEGER NOT NULL, url TEXT NOT NULL, detail TEXT NOT NULL, PRIMARY KEY (file, offset)) WITHOUT ROWID;
`

// index is the list of captures in SQLite. While the WARC files are whole it holds nothing that they do not; where one
// is damaged, its rows are what is left to tell of the captures that were lost. So each row carries a digest of itself,
// and each file the number of its rows and the sum of their digests: a row that is missing, altered or strange is
// noticed.
type index struct {
	write *sql.DB // one connection
	read  *sql.DB
}

// entry is a capture with what finds and joins its records.
type entry struct {
	schema.Capture
	recordID      string
	payloadDigest string // of the stored payload, empty without one
	refersTo      string // record id of the original, of a revisit
	end           int64  // offset in the WARC file after the capture's last record, 0 where it is not known
	number        int    // counts the captures of its file from 1; 0 in those of other makers and older versions
	stated        int64  // of a row of the index: the digest that it bears
	file          string // the file and the offset that its metadata record tells of itself; empty as above
	start         int64
}

// openIndex opens or makes the index. Where mayReset says that no other process uses it, one that is damaged or of a
// strange version is set aside under the name damagedIndex, where Verify tells of it, and made anew from the WARC files
// and from those of its rows that can be read.
func openIndex(ctx context.Context, path string, mayReset bool) (*index, error) {
	x, err := openIndexAt(ctx, path)
	if err == nil || !mayReset || !isDamaged(err) && !errors.Is(err, errIndexVersion) {
		return x, err
	}
	aside := filepath.Join(filepath.Dir(path), damagedIndex)
	if e := os.Rename(path, aside); e != nil {
		return nil, fmt.Errorf("%w; setting it aside: %w", err, e)
	}
	for _, suffix := range []string{"-wal", "-shm"} {
		if e := os.Remove(path + suffix); e != nil && !errors.Is(e, os.ErrNotExist) {
			return nil, fmt.Errorf("%w; removing its journal: %w", err, e)
		}
	}
	if x, err = openIndexAt(ctx, path); err != nil {
		return nil, err
	}
	return x, x.salvage(ctx, aside)
}

const (
	indexFile    = "index.sqlite"
	damagedIndex = indexFile + ".damaged" // what a damaged index is renamed to
)

func isDamaged(err error) bool {
	var e *sqlite.Error
	return errors.As(err, &e) && (e.Code()&0xff == sqlite3.SQLITE_NOTADB || e.Code()&0xff == sqlite3.SQLITE_CORRUPT)
}

func openIndexAt(ctx context.Context, path string) (*index, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("opening the index %s: %w", path, err)
	}
	dsn := (&url.URL{Scheme: "file", Path: filepath.ToSlash(abs)}).String() + "?_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=synchronous(NORMAL)"
	x := &index{}
	for _, db := range []**sql.DB{&x.write, &x.read} {
		if *db, err = sql.Open("sqlite", dsn); err != nil {
			return nil, errors.Join(fmt.Errorf("opening the index %s: %w", path, err), x.close())
		}
	}
	x.write.SetMaxOpenConns(1)
	if err := x.prepare(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("opening the index %s: %w", path, err), x.close())
	}
	return x, nil
}

func (x *index) prepare(ctx context.Context) error {
	var version int
	if err := x.write.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return err
	}
	make := indexTables
	switch version {
	case indexVersion:
		// damage is met here and not in the middle of the work
		_, err := x.write.ExecContext(ctx, "SELECT count(*) FROM files; SELECT count(*) FROM losses; SELECT record_id FROM captures LIMIT 1")
		return err
	case 1:
		make = upgrade
	case 0:
	default:
		return fmt.Errorf("%w: it is of version %d, this program reads %d", errIndexVersion, version, indexVersion)
	}
	tx, err := x.write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.ExecContext(ctx, make+fmt.Sprintf("PRAGMA user_version = %d;", indexVersion)); err != nil {
		return err
	}
	return tx.Commit()
}

func (x *index) close() error {
	var err error
	for _, db := range []*sql.DB{x.read, x.write} {
		if db != nil {
			err = errors.Join(err, db.Close())
		}
	}
	return err
}

const captureColumns = "url, final_url, seed, found_on, depth, fetched_at, status, media_type, charset, bytes, sha256, warc_file, warc_offset, outcome"

// fileState is what the index says of a WARC file as a whole.
type fileState struct {
	to       int64 // indexed up to this offset
	captures int64 // its rows
	digest   int64 // the sum of their digests, wrapping around
}

func (f fileState) seal(name string) int64 {
	return digest64(fmt.Sprintf("%s\n%d\n%d\n%d", name, f.to, f.captures, f.digest))
}

func digest64(text string) int64 {
	sum := sha256.Sum256([]byte(text))
	return int64(binary.BigEndian.Uint64(sum[:8]))
}

// unplaced is the entry without what the index does not keep.
func (e entry) unplaced() entry {
	e.number, e.file, e.start = 0, "", 0
	return e
}

// digest is the row's own checksum.
func (e entry) digest() (int64, error) {
	text, err := metadataBlock(e.unplaced(), "")
	return digest64(fmt.Sprintf("%s\n%d\n%d\n%d\n%s\n%s", e.WarcFile, e.WarcOffset, e.end, e.number, e.recordID, text)), err
}

// add lists captures of one WARC file and notes how far it is indexed.
func (x *index) add(ctx context.Context, file string, entries []entry, to int64) error {
	tx, err := x.write.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("writing the index: %w", err)
	}
	defer tx.Rollback()
	if err := addTo(ctx, tx, file, entries, to); err != nil {
		return fmt.Errorf("writing the index: %w", err)
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("writing the index: %w", err)
	}
	return nil
}

func addTo(ctx context.Context, tx *sql.Tx, file string, entries []entry, to int64) error {
	insert, err := tx.PrepareContext(ctx, "INSERT OR REPLACE INTO captures ("+captureColumns+", record_id, payload_digest, refers_to, end_offset, number, digest) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)")
	if err != nil {
		return err
	}
	defer insert.Close()
	// what the file's row says of the rows before is carried on, not counted anew: damage is for check to find, not for
	// add to cover
	state := fileState{}
	err = tx.QueryRowContext(ctx, "SELECT captures, digest FROM files WHERE name = ?", file).Scan(&state.captures, &state.digest)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	state.to = to
	for _, e := range entries {
		c := e.Capture
		digest, err := e.digest()
		if err != nil {
			return err
		}
		if _, err := insert.ExecContext(ctx, c.URL, c.FinalURL, c.Seed, c.FoundOn, c.Depth, c.FetchedAt.UnixMicro(), c.Status, c.MediaType, c.Charset, c.Bytes, c.SHA256,
			c.WarcFile, c.WarcOffset, c.Outcome, e.recordID, orNull(e.payloadDigest), orNull(e.refersTo), e.end, e.number, digest); err != nil {
			return err
		}
		state.captures++
		state.digest += digest
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO files VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (name) DO UPDATE SET indexed_to = excluded.indexed_to, captures = excluded.captures, digest = excluded.digest, seal = excluded.seal`,
		file, state.to, state.captures, state.digest, state.seal(file))
	return err
}

func orNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// forget drops what is listed of a file.
func (x *index) forget(ctx context.Context, file string) error {
	_, err := x.write.ExecContext(ctx, "DELETE FROM captures WHERE warc_file = ?; DELETE FROM files WHERE name = ?; DELETE FROM losses WHERE file = ?", file, file, file)
	if err != nil {
		return fmt.Errorf("writing the index: %w", err)
	}
	return nil
}

// files lists the indexed files. A row that does not bear its own seal counts as none.
func (x *index) files(ctx context.Context) (map[string]fileState, error) {
	rows, err := x.read.QueryContext(ctx, "SELECT name, indexed_to, captures, digest, seal FROM files")
	if err != nil {
		return nil, fmt.Errorf("reading the index: %w", err)
	}
	defer rows.Close()
	files := map[string]fileState{}
	for rows.Next() {
		var name string
		var f fileState
		var seal int64
		if err := rows.Scan(&name, &f.to, &f.captures, &f.digest, &seal); err != nil {
			return nil, fmt.Errorf("reading the index: %w", err)
		}
		if f.seal(name) == seal {
			files[name] = f
		}
	}
	return files, rows.Err()
}

// find yields the entries that an SQL condition and order select.
func (x *index) find(ctx context.Context, where string, args ...any) iter.Seq2[entry, error] {
	return func(yield func(entry, error) bool) {
		rows, err := x.read.QueryContext(ctx, "SELECT "+captureColumns+", record_id, coalesce(payload_digest, ''), coalesce(refers_to, ''), end_offset, number, digest FROM captures "+where, args...)
		if err != nil {
			yield(entry{}, fmt.Errorf("reading the index: %w", err))
			return
		}
		defer rows.Close()
		for rows.Next() {
			var e entry
			c := &e.Capture
			var at int64
			if err := rows.Scan(&c.URL, &c.FinalURL, &c.Seed, &c.FoundOn, &c.Depth, &at, &c.Status, &c.MediaType, &c.Charset, &c.Bytes, &c.SHA256,
				&c.WarcFile, &c.WarcOffset, &c.Outcome, &e.recordID, &e.payloadDigest, &e.refersTo, &e.end, &e.number, &e.stated); err != nil {
				yield(entry{}, fmt.Errorf("reading the index: %w", err))
				return
			}
			c.FetchedAt = time.UnixMicro(at).UTC()
			if !yield(e, nil) {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(entry{}, fmt.Errorf("reading the index: %w", err))
		}
	}
}

// first returns the first entry that find yields.
func (x *index) first(ctx context.Context, where string, args ...any) (e entry, ok bool, err error) {
	for e, err := range x.find(ctx, where+" LIMIT 1", args...) {
		return e, err == nil, err
	}
	return entry{}, false, nil
}
