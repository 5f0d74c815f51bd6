package store

import (
	"context"
	"database/sql"
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
const indexVersion = 1

var errIndexVersion = errors.New("an index of another version")

const indexTables = `
CREATE TABLE captures (
  record_id TEXT NOT NULL, url TEXT NOT NULL, final_url TEXT, seed TEXT, found_on TEXT, depth INTEGER NOT NULL, fetched_at INTEGER NOT NULL,
  status INTEGER, media_type TEXT, charset TEXT, bytes INTEGER, sha256 TEXT, warc_file TEXT NOT NULL, warc_offset INTEGER NOT NULL, outcome TEXT NOT NULL,
  payload_digest TEXT, refers_to TEXT,
  PRIMARY KEY (warc_file, warc_offset)) WITHOUT ROWID;
CREATE INDEX captures_url ON captures (url, fetched_at, warc_file, warc_offset);
CREATE INDEX captures_digest ON captures (payload_digest) WHERE payload_digest IS NOT NULL AND refers_to IS NULL;
CREATE INDEX captures_record ON captures (record_id);
CREATE TABLE files (name TEXT PRIMARY KEY, indexed_to INTEGER NOT NULL);
`

// index is the list of captures in SQLite. It holds nothing that the WARC files do not.
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
	end           int64  // offset in the WARC file after the capture's last record
}

// openIndex opens or makes the index. Where mayReset says that no other process uses it, one that is damaged or of another version is
// made anew: it holds nothing that the WARC files do not.
func openIndex(ctx context.Context, path string, mayReset bool) (*index, error) {
	x, err := openIndexAt(ctx, path)
	var sqliteErr *sqlite.Error
	damaged := errors.As(err, &sqliteErr) && (sqliteErr.Code()&0xff == sqlite3.SQLITE_NOTADB || sqliteErr.Code()&0xff == sqlite3.SQLITE_CORRUPT)
	if err == nil || !mayReset || !damaged && !errors.Is(err, errIndexVersion) {
		return x, err
	}
	for _, suffix := range []string{"", "-wal", "-shm"} {
		if e := os.Remove(path + suffix); e != nil && !errors.Is(e, os.ErrNotExist) {
			return nil, fmt.Errorf("%w; removing it: %w", err, e)
		}
	}
	return openIndexAt(ctx, path)
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
	switch version {
	case indexVersion:
		return nil
	case 0:
		tx, err := x.write.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		defer tx.Rollback()
		if _, err := tx.ExecContext(ctx, indexTables+fmt.Sprintf("PRAGMA user_version = %d;", indexVersion)); err != nil {
			return err
		}
		return tx.Commit()
	}
	return fmt.Errorf("%w: it is of version %d, this program reads %d", errIndexVersion, version, indexVersion)
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

// add lists captures of one WARC file and notes how far it is indexed.
func (x *index) add(ctx context.Context, file string, entries []entry, to int64) error {
	tx, err := x.write.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("writing the index: %w", err)
	}
	defer tx.Rollback()
	insert, err := tx.PrepareContext(ctx, "INSERT OR REPLACE INTO captures ("+captureColumns+", record_id, payload_digest, refers_to) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)")
	if err != nil {
		return fmt.Errorf("writing the index: %w", err)
	}
	defer insert.Close()
	for _, e := range entries {
		c := e.Capture
		if _, err := insert.ExecContext(ctx, c.URL, c.FinalURL, c.Seed, c.FoundOn, c.Depth, c.FetchedAt.UnixMicro(), c.Status, c.MediaType, c.Charset, c.Bytes, c.SHA256,
			c.WarcFile, c.WarcOffset, c.Outcome, e.recordID, orNull(e.payloadDigest), orNull(e.refersTo)); err != nil {
			return fmt.Errorf("writing the index: %w", err)
		}
	}
	if _, err := tx.ExecContext(ctx, "INSERT INTO files VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET indexed_to = excluded.indexed_to", file, to); err != nil {
		return fmt.Errorf("writing the index: %w", err)
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("writing the index: %w", err)
	}
	return nil
}

func orNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// forget drops what is listed of a file at and after an offset.
func (x *index) forget(ctx context.Context, file string, from int64) error {
	_, err := x.write.ExecContext(ctx, "DELETE FROM captures WHERE warc_file = ? AND warc_offset >= ?; DELETE FROM files WHERE name = ? AND indexed_to > ?", file, from, file, from)
	if err != nil {
		return fmt.Errorf("writing the index: %w", err)
	}
	return nil
}

// files lists the indexed files and how far each is indexed.
func (x *index) files(ctx context.Context) (map[string]int64, error) {
	rows, err := x.read.QueryContext(ctx, "SELECT name, indexed_to FROM files")
	if err != nil {
		return nil, fmt.Errorf("reading the index: %w", err)
	}
	defer rows.Close()
	files := map[string]int64{}
	for rows.Next() {
		var name string
		var to int64
		if err := rows.Scan(&name, &to); err != nil {
			return nil, fmt.Errorf("reading the index: %w", err)
		}
		files[name] = to
	}
	return files, rows.Err()
}

// find yields the entries that an SQL condition and order select.
func (x *index) find(ctx context.Context, where string, args ...any) iter.Seq2[entry, error] {
	return func(yield func(entry, error) bool) {
		rows, err := x.read.QueryContext(ctx, "SELECT "+captureColumns+", record_id, coalesce(payload_digest, ''), coalesce(refers_to, '') FROM captures "+where, args...)
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
				&c.WarcFile, &c.WarcOffset, &c.Outcome, &e.recordID, &e.payloadDigest, &e.refersTo); err != nil {
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
