package frontier

import (
	"context"
	"database/sql"
	"encoding/json"

	"github.com/gongkai-data/gongkai/datasets/schema"
)

// States of a document that was recorded in a run, on its way to being read.
const (
	ExtractQueued  = "queued"
	ExtractDone    = "done"
	ExtractFailed  = "failed"  // tried for the last time
	ExtractSkipped = "skipped" // nothing new: an earlier capture holds the same
)

// Unbatched returns the documents of a run that are in no batch yet, by the ID of their exchange: those of one host, or
// of all where host is empty. What a slice still holds is left out: other machines may not be able to read it.
func (d *DB) Unbatched(ctx context.Context, run int64, host string) (ids []string, captures []schema.Capture, err error) {
	query, args := `SELECT e.id, e.capture FROM crawl_exchange e WHERE e.run = ? AND e.outcome = 'ok' AND e.held = 0`, []any{run}
	if host != "" {
		query, args = query+` AND e.host = ?`, append(args, host)
	}
	query += ` AND NOT EXISTS (SELECT 1 FROM crawl_extract x WHERE x.run = e.run AND x.id = e.id) ORDER BY e.id`
	err = d.query(ctx, d.sql, query, args, func(r *sql.Rows) error {
		var id, text string
		var c schema.Capture
		if err := r.Scan(&id, &text); err != nil {
			return err
		}
		if err := json.Unmarshal([]byte(text), &c); err != nil {
			return err
		}
		ids, captures = append(ids, id), append(captures, c)
		return nil
	})
	return ids, captures, err
}

// SetExtract keeps the state of documents. What is done stays done: a batch that was queued twice may end after its
// twin.
func (d *DB) SetExtract(ctx context.Context, run int64, ids []string, state string) error {
	if len(ids) == 0 {
		return nil
	}
	return d.inTx(ctx, func(tx *sql.Tx) error {
		for _, id := range ids {
			if _, err := d.exec(ctx, tx, `INSERT INTO crawl_extract (run, id, state) VALUES (?, ?, ?)
				ON CONFLICT (run, id) DO UPDATE SET state = excluded.state WHERE crawl_extract.state <> 'done' AND excluded.state <> 'queued'`, run, id, state); err != nil {
				return err
			}
		}
		return nil
	})
}

// Extracts counts the documents of a run in each state.
func (d *DB) Extracts(ctx context.Context, run int64) (map[string]int64, error) {
	counts := map[string]int64{}
	err := d.query(ctx, d.sql, `SELECT state, count(*) FROM crawl_extract WHERE run = ? GROUP BY state`, []any{run}, func(r *sql.Rows) error {
		var state string
		var n int64
		err := r.Scan(&state, &n)
		counts[state] = n
		return err
	})
	return counts, err
}

// GiveUpExtracts ends the wait for the batches of a run that nobody works on any more.
func (d *DB) GiveUpExtracts(ctx context.Context, run int64) error {
	_, err := d.exec(ctx, d.sql, `UPDATE crawl_extract SET state = 'failed' WHERE run = ? AND state = 'queued'`, run)
	return err
}
