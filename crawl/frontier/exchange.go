package frontier

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"github.com/gongkai-data/gongkai/datasets/schema"
)

// Exchange is a recorded request of a run: it is never sent again in that run.
type Exchange struct {
	ID       string // of the request, see ID
	Host     string
	At       time.Time
	Outcome  string // of schema's outcomes: what was made of the answer
	Detail   string
	Location string // where a redirect leads, absolute, or empty
	Capture  schema.Capture
	ETag     string
	Modified string // Last-Modified
}

// Recorded returns the exchange of a request, if this run has made it.
func (d *DB) Recorded(ctx context.Context, run int64, id string) (Exchange, bool, error) {
	e := Exchange{ID: id}
	found := false
	err := d.query(ctx, d.sql, `SELECT host, at, outcome, detail, location, capture FROM crawl_exchange WHERE run = ? AND id = ?`, []any{run, id}, func(r *sql.Rows) error {
		var at int64
		var capture string
		if err := r.Scan(&e.Host, &at, &e.Outcome, &e.Detail, &e.Location, &capture); err != nil {
			return err
		}
		e.At, found = fromMillis(at), true
		return json.Unmarshal([]byte(capture), &e.Capture)
	})
	return e, found, err
}

// Record keeps an exchange, what is known of its page for later runs, and the earliest time of the host's next request,
// in one transaction.
func (d *DB) Record(ctx context.Context, run int64, e Exchange, next time.Time) error {
	capture, err := json.Marshal(e.Capture)
	if err != nil {
		return fmt.Errorf("frontier: write the capture of %s: %w", e.Capture.URL, err)
	}
	return d.inTx(ctx, func(tx *sql.Tx) error {
		if _, err := d.exec(ctx, tx, `INSERT INTO crawl_exchange (run, id, host, at, outcome, detail, location, capture, held) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT (run, id) DO UPDATE SET at = excluded.at, outcome = excluded.outcome, detail = excluded.detail, location = excluded.location, capture = excluded.capture, held = excluded.held`,
			run, e.ID, e.Host, millis(e.At), e.Outcome, e.Detail, e.Location, string(capture), d.held()); err != nil {
			return err
		}
		if !next.IsZero() {
			if _, err := d.exec(ctx, tx, `UPDATE crawl_host SET next_at = ?, failures = 0 WHERE host = ?`, millis(next), e.Host); err != nil {
				return err
			}
		}
		if e.Capture.Status == nil || *e.Capture.Status != 200 && *e.Capture.Status != 304 {
			return nil
		}
		_, err := d.exec(ctx, tx, `INSERT INTO crawl_page (id, etag, last_modified, outcome, detail, capture) VALUES (?, ?, ?, ?, ?, ?)
			ON CONFLICT (id) DO UPDATE SET etag = excluded.etag, last_modified = excluded.last_modified, outcome = excluded.outcome, detail = excluded.detail, capture = excluded.capture`,
			e.ID, e.ETag, e.Modified, e.Outcome, e.Detail, string(capture))
		return err
	})
}

// Known returns what earlier runs know of a page: its validators, its last capture with a body and what it was judged
// to be.
func (d *DB) Known(ctx context.Context, id string) (Exchange, bool, error) {
	e := Exchange{ID: id}
	found := false
	err := d.query(ctx, d.sql, `SELECT etag, last_modified, outcome, detail, capture FROM crawl_page WHERE id = ?`, []any{id}, func(r *sql.Rows) error {
		var capture string
		if err := r.Scan(&e.ETag, &e.Modified, &e.Outcome, &e.Detail, &capture); err != nil {
			return err
		}
		found = true
		return json.Unmarshal([]byte(capture), &e.Capture)
	})
	return e, found, err
}

// Report is a document that was judged to be an annual report, or an attachment of one.
type Report struct {
	URL     string
	Seed    string
	Host    string
	Title   string
	Year    int // 0 when neither title nor address nor text tells
	FoundOn string
	Kind    string // page, document
	Capture schema.Capture
}

func (d *DB) addReport(ctx context.Context, r runner, run int64, p Report) error {
	capture, err := json.Marshal(p.Capture)
	if err != nil {
		return fmt.Errorf("frontier: write the capture of %s: %w", p.URL, err)
	}
	_, err = d.exec(ctx, r, `INSERT INTO crawl_report (run, url, seed, host, title, year, found_on, kind, capture) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (run, url) DO UPDATE SET title = excluded.title, year = excluded.year, kind = excluded.kind, capture = excluded.capture`,
		run, p.URL, p.Seed, p.Host, p.Title, p.Year, p.FoundOn, p.Kind, string(capture))
	return err
}

// Reports returns the reports of a run, by seed, year and address.
func (d *DB) Reports(ctx context.Context, run int64) ([]Report, error) {
	var reports []Report
	err := d.query(ctx, d.sql, `SELECT url, seed, host, title, year, found_on, kind, capture FROM crawl_report WHERE run = ? ORDER BY seed, year, url`, []any{run}, func(r *sql.Rows) error {
		var p Report
		var capture string
		if err := r.Scan(&p.URL, &p.Seed, &p.Host, &p.Title, &p.Year, &p.FoundOn, &p.Kind, &capture); err != nil {
			return err
		}
		if err := json.Unmarshal([]byte(capture), &p.Capture); err != nil {
			return err
		}
		reports = append(reports, p)
		return nil
	})
	return reports, err
}
