// Package frontier keeps what a crawl must not lose, in SQL: runs, seeds, the tasks of each host, which exchanges are
// recorded, the state of each host and the reports found. SQLite embedded in the process and PostgreSQL shared by many
// give the same results. The job queue is not in here: it can be rebuilt from these tables at any time.
package frontier

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"modernc.org/sqlite" // driver "sqlite"
)

// DB is a frontier. It is safe for concurrent use.
type DB struct {
	sql      *sql.DB
	pool     *pgxpool.Pool // of PostgreSQL, under sql
	alone    sync.Mutex    // one of this process waits for the others at a time: it holds a connection meanwhile
	postgres bool
	location string
}

// Open opens the frontier at location: the path of an SQLite file, made when absent, or a postgres:// address.
func Open(ctx context.Context, location string) (*DB, error) {
	d := &DB{postgres: IsPostgres(location), location: location}
	var err error
	if d.postgres {
		if d.pool, err = openPool(ctx, location); err == nil {
			d.sql = stdlib.OpenDBFromPool(d.pool)
		}
	} else {
		d.sql, err = OpenSQLite(location, false)
	}
	if err != nil {
		return nil, fmt.Errorf("open the frontier: %w", err)
	}
	if err := d.Alone(ctx, d.migrate); err != nil {
		return nil, fmt.Errorf("open the frontier: %w", errors.Join(err, d.Close()))
	}
	return d, nil
}

// connections are what a process takes of PostgreSQL, where its address does not say pool_max_conns: one listens for
// jobs, two work. Thirty-two processes so stay below the hundred that a server allows unless it is told otherwise.
const connections = 3

func openPool(ctx context.Context, location string) (*pgxpool.Pool, error) {
	config, err := pgxpool.ParseConfig(location)
	if err != nil {
		return nil, err
	}
	if !strings.Contains(location, "pool_max_conns=") {
		config.MaxConns = connections
	}
	if config.MaxConns < connections {
		return nil, fmt.Errorf("pool_max_conns is %d, and %d are needed", config.MaxConns, connections)
	}
	return pgxpool.NewWithConfig(ctx, config)
}

// Pool is the connections to PostgreSQL, which the job queue shares; nil on SQLite.
func (d *DB) Pool() *pgxpool.Pool { return d.pool }

// ErrDamaged says that a file of the crawl's state is no database, or one with damage.
var ErrDamaged = errors.New("is damaged")

// Damaged turns what SQLite says of a file that it cannot read into one sentence that says what to do; any other error
// stays as it is.
func Damaged(path string, err error) error {
	var failure *sqlite.Error
	if errors.Is(err, errNotADatabase) {
		return fmt.Errorf(damage, path, ErrDamaged, err)
	}
	const corrupt, notADatabase = 11, 26 // SQLite's primary result codes
	if !errors.As(err, &failure) || failure.Code()&0xFF != corrupt && failure.Code()&0xFF != notADatabase {
		return err
	}
	return fmt.Errorf(damage, path, ErrDamaged, failure)
}

const damage = "the crawl's state %s %w (%v): move it away and crawl again, which asks the sites anew; the archive is not touched"

var errNotADatabase = errors.New("file is not a database")

// checkHeader reports a file that is no SQLite database: SQLite itself would write over one of a few bytes.
func checkHeader(path string) error {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer f.Close()
	head := make([]byte, 16)
	if n, err := io.ReadFull(f, head); n > 0 && (err != nil || string(head) != "SQLite format 3\x00") {
		return errNotADatabase
	}
	return nil
}

// IsPostgres reports whether a location names a PostgreSQL database.
func IsPostgres(location string) bool {
	return strings.HasPrefix(location, "postgres://") || strings.HasPrefix(location, "postgresql://")
}

// OpenSQLite opens an SQLite file for one connection, with a write-ahead log: what was committed survives the end of
// the process. An exclusive database can be opened by one process at a time; the operating system lets go of it when
// that process dies.
func OpenSQLite(path string, exclusive bool) (*sql.DB, error) {
	pragmas := url.Values{"_pragma": {"busy_timeout(10000)", "journal_mode(WAL)", "synchronous(NORMAL)", "foreign_keys(ON)"}}
	if err := checkHeader(path); err != nil {
		return nil, Damaged(path, err)
	}
	if exclusive {
		pragmas = url.Values{"_pragma": {"busy_timeout(500)", "locking_mode(EXCLUSIVE)", "journal_mode(WAL)", "synchronous(NORMAL)"}}
	}
	db, err := sql.Open("sqlite", (&url.URL{Scheme: "file", Opaque: filepath.ToSlash(path), RawQuery: pragmas.Encode()}).String())
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	return db, nil
}

// Close closes the database.
func (d *DB) Close() error {
	err := d.sql.Close()
	if d.pool != nil {
		d.pool.Close()
	}
	return err
}

// schemaVersion is written with the tables; a frontier of another version is refused.
const schemaVersion = 1

var tables = []string{
	`CREATE TABLE IF NOT EXISTS crawl_version (version BIGINT PRIMARY KEY)`,
	`CREATE TABLE IF NOT EXISTS crawl_run (id BIGINT PRIMARY KEY, started_at BIGINT NOT NULL, finished_at BIGINT NOT NULL, settings TEXT NOT NULL)`,
	`CREATE TABLE IF NOT EXISTS crawl_seed (run BIGINT NOT NULL, site TEXT NOT NULL, name TEXT NOT NULL, division_code TEXT NOT NULL, first_year BIGINT NOT NULL,
		last_year BIGINT NOT NULL, delay_ms BIGINT NOT NULL, host TEXT NOT NULL, PRIMARY KEY (run, site))`,
	`CREATE TABLE IF NOT EXISTS crawl_task (run BIGINT NOT NULL, id TEXT NOT NULL, host TEXT NOT NULL, url TEXT NOT NULL, role TEXT NOT NULL, priority BIGINT NOT NULL,
		seq BIGINT NOT NULL, seed TEXT NOT NULL, found_on TEXT NOT NULL, depth BIGINT NOT NULL, hint TEXT NOT NULL, state TEXT NOT NULL, attempts BIGINT NOT NULL,
		not_before BIGINT NOT NULL, outcome TEXT NOT NULL, detail TEXT NOT NULL, PRIMARY KEY (run, id))`,
	`CREATE INDEX IF NOT EXISTS crawl_task_open ON crawl_task (run, state, host, priority, seq)`,
	`CREATE TABLE IF NOT EXISTS crawl_exchange (run BIGINT NOT NULL, id TEXT NOT NULL, host TEXT NOT NULL, at BIGINT NOT NULL, outcome TEXT NOT NULL, detail TEXT NOT NULL,
		location TEXT NOT NULL, capture TEXT NOT NULL, held BIGINT NOT NULL, PRIMARY KEY (run, id))`,
	`CREATE INDEX IF NOT EXISTS crawl_exchange_held ON crawl_exchange (host) WHERE held = 1`,
	`CREATE TABLE IF NOT EXISTS crawl_page (id TEXT PRIMARY KEY, etag TEXT NOT NULL, last_modified TEXT NOT NULL, outcome TEXT NOT NULL, detail TEXT NOT NULL, capture TEXT NOT NULL)`,
	`CREATE TABLE IF NOT EXISTS crawl_host (host TEXT PRIMARY KEY, next_at BIGINT NOT NULL, cool_until BIGINT NOT NULL, cool_reason TEXT NOT NULL, failures BIGINT NOT NULL,
		delay_ms BIGINT NOT NULL, lease_owner TEXT NOT NULL, lease_until BIGINT NOT NULL, queued_until BIGINT NOT NULL)`,
	`CREATE TABLE IF NOT EXISTS crawl_report (run BIGINT NOT NULL, url TEXT NOT NULL, seed TEXT NOT NULL, host TEXT NOT NULL, title TEXT NOT NULL, year BIGINT NOT NULL,
		found_on TEXT NOT NULL, kind TEXT NOT NULL, capture TEXT NOT NULL, PRIMARY KEY (run, url))`,
	`CREATE TABLE IF NOT EXISTS crawl_extract (run BIGINT NOT NULL, id TEXT NOT NULL, state TEXT NOT NULL, PRIMARY KEY (run, id))`,
	`CREATE TABLE IF NOT EXISTS crawl_column (run BIGINT NOT NULL, url TEXT NOT NULL, seed TEXT NOT NULL, family TEXT NOT NULL, complete BIGINT NOT NULL, status TEXT NOT NULL,
		why TEXT NOT NULL, next TEXT NOT NULL, entries BIGINT NOT NULL, stated BIGINT NOT NULL, pages BIGINT NOT NULL, PRIMARY KEY (run, url))`,
	`CREATE TABLE IF NOT EXISTS crawl_yield (run BIGINT NOT NULL, host TEXT NOT NULL, shape TEXT NOT NULL, barren BIGINT NOT NULL, fruitful BIGINT NOT NULL, PRIMARY KEY (run, host, shape))`,
	`CREATE TABLE IF NOT EXISTS crawl_cookie (run BIGINT NOT NULL, host TEXT NOT NULL, cookies TEXT NOT NULL, PRIMARY KEY (run, host))`,
	`CREATE INDEX IF NOT EXISTS crawl_exchange_ok ON crawl_exchange (run, host) WHERE outcome = 'ok'`,
}

// Alone runs f while no other process that shares the database does the same: for making tables, which PostgreSQL does
// not do twice at once.
func (d *DB) Alone(ctx context.Context, f func(context.Context) error) error {
	if !d.postgres {
		return f(ctx) // an SQLite file locks itself
	}
	d.alone.Lock()
	defer d.alone.Unlock()
	conn, err := d.sql.Conn(ctx)
	if err != nil {
		return fmt.Errorf("frontier: connect: %w", err)
	}
	defer conn.Close()
	const key = 0x676f6e676b6169 // "gongkai"
	if _, err := conn.ExecContext(ctx, `SELECT pg_advisory_lock($1)`, int64(key)); err != nil {
		return fmt.Errorf("frontier: wait for the others: %w", err)
	}
	err = f(ctx)
	if _, e := conn.ExecContext(context.WithoutCancel(ctx), `SELECT pg_advisory_unlock($1)`, int64(key)); err == nil && e != nil {
		err = fmt.Errorf("frontier: let the others in: %w", e)
	}
	return err
}

func (d *DB) migrate(ctx context.Context) error {
	for _, t := range tables {
		if _, err := d.sql.ExecContext(ctx, t); err != nil {
			return d.fault("make the tables", err)
		}
	}
	if _, err := d.exec(ctx, d.sql, `INSERT INTO crawl_version (version) VALUES (?) ON CONFLICT (version) DO NOTHING`, schemaVersion); err != nil {
		return err
	}
	var version int
	if err := d.sql.QueryRowContext(ctx, `SELECT max(version) FROM crawl_version`).Scan(&version); err != nil {
		return d.fault("read the version", err)
	}
	if version != schemaVersion {
		return fmt.Errorf("version %d of the tables is not %d, which this program knows", version, schemaVersion)
	}
	return nil
}

// runner is a database or a transaction.
type runner interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

func (d *DB) exec(ctx context.Context, r runner, query string, args ...any) (int64, error) {
	res, err := r.ExecContext(ctx, d.bind(query), args...)
	if err != nil {
		return 0, d.fault(firstWords(query), err)
	}
	return res.RowsAffected()
}

func (d *DB) query(ctx context.Context, r runner, query string, args []any, scan func(*sql.Rows) error) error {
	rows, err := r.QueryContext(ctx, d.bind(query), args...)
	if err != nil {
		return d.fault(firstWords(query), err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return d.fault(firstWords(query), err)
		}
	}
	if err := rows.Err(); err != nil {
		return d.fault(firstWords(query), err)
	}
	return nil
}

// fault says what was being done when the database failed.
func (d *DB) fault(doing string, err error) error {
	if damage := Damaged(d.location, err); damage != err && !d.postgres {
		return damage
	}
	return fmt.Errorf("frontier: %s: %w", doing, err)
}

// inTx runs f in a transaction: all of it is kept, or none.
func (d *DB) inTx(ctx context.Context, f func(tx *sql.Tx) error) error {
	tx, err := d.sql.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("frontier: begin: %w", err)
	}
	if err := f(tx); err != nil {
		if e := tx.Rollback(); e != nil {
			return fmt.Errorf("%w (and %v on rolling back)", err, e)
		}
		return err
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("frontier: commit: %w", err)
	}
	return nil
}

// bind writes the placeholders as the database wants them: ? for SQLite, $1, $2, … for PostgreSQL.
func (d *DB) bind(query string) string {
	if !d.postgres {
		return query
	}
	var b strings.Builder
	n := 0
	for _, r := range query {
		if r == '?' {
			n++
			b.WriteString("$" + strconv.Itoa(n))
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

func firstWords(query string) string {
	words := strings.Fields(query)
	return strings.Join(words[:min(len(words), 4)], " ")
}
