package frontier

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Host is the state of one host: it belongs to the host, whatever the number of workers and whichever process asks.
type Host struct {
	Name      string
	NextAt    time.Time     // no request before
	CoolUntil time.Time     // left alone until
	Cool      Reason        // what made it so
	Failures  int           // in a row
	Delay     time.Duration // between two requests in this run: that of its seed or what the site asks for, 0 for the crawl's own
}

// Reason is why a host is left alone: an outcome, and what there is to say of it. The store keeps both in one column.
type Reason struct{ Outcome, Detail string }

// String is the reason as reports print it and the store keeps it.
func (r Reason) String() string { return r.Outcome + ": " + r.Detail }

// Scan reads the store's column; no outcome has a colon.
func (r *Reason) Scan(column any) error {
	text, ok := column.(string)
	if b, isBytes := column.([]byte); isBytes {
		text, ok = string(b), true
	}
	if !ok {
		return fmt.Errorf("frontier: the reason of a host is no text: %T", column)
	}
	r.Outcome, r.Detail, _ = strings.Cut(text, ": ")
	return nil
}

// Host returns the state of a host.
func (d *DB) Host(ctx context.Context, name string) (Host, error) {
	h := Host{Name: name}
	err := d.query(ctx, d.sql, `SELECT next_at, cool_until, cool_reason, failures, delay_ms FROM crawl_host WHERE host = ?`, []any{name}, func(r *sql.Rows) error {
		var next, cool, delay int64
		err := r.Scan(&next, &cool, &h.Cool, &h.Failures, &delay)
		h.NextAt, h.CoolUntil, h.Delay = fromMillis(next), fromMillis(cool), time.Duration(delay)*time.Millisecond
		return err
	})
	return h, err
}

// SetNext keeps the earliest time of the host's next request; it outlives the process.
func (d *DB) SetNext(ctx context.Context, host string, at time.Time) error {
	_, err := d.exec(ctx, d.sql, `UPDATE crawl_host SET next_at = ? WHERE host = ?`, millis(at), host)
	return err
}

// SetDelay keeps the pace of a host for the rest of the run.
func (d *DB) SetDelay(ctx context.Context, host string, delay time.Duration) error {
	_, err := d.exec(ctx, d.sql, `UPDATE crawl_host SET delay_ms = ? WHERE host = ?`, delay.Milliseconds(), host)
	return err
}

// Bounds are the longest times ahead that a crawl sets.
type Bounds struct {
	Delay time.Duration // of the crawl, between two requests
	Pause time.Duration // for which a host is left alone or a task put off
}

// slack is what a time may lie further ahead than it should: short pauses that a site asked for, clocks of machines
// that differ.
const slack = 10 * time.Minute

// CapJumps puts times that no crawl can have set, so far ahead that a clock must have been wrong, back to what can be.
// It returns the hosts that it did so for.
func (d *DB) CapJumps(ctx context.Context, now time.Time, b Bounds) ([]string, error) {
	ms, pause := millis(now), millis(now.Add(b.Pause))
	var hosts []string
	name := func(r *sql.Rows) error {
		var h string
		err := r.Scan(&h)
		hosts = append(hosts, h)
		return err
	}
	err := d.inTx(ctx, func(tx *sql.Tx) error {
		for _, q := range []struct {
			sql  string
			args []any
		}{
			{`UPDATE crawl_host SET next_at = ? WHERE next_at > ? + 2 * CASE WHEN delay_ms > ? THEN delay_ms ELSE ? END RETURNING host`,
				[]any{ms, ms + slack.Milliseconds(), b.Delay.Milliseconds(), b.Delay.Milliseconds()}},
			{`UPDATE crawl_host SET cool_until = ? WHERE cool_until > ? RETURNING host`, []any{pause, pause + slack.Milliseconds()}},
			{`UPDATE crawl_host SET lease_until = 0, queued_until = 0 WHERE lease_until > ? OR queued_until > ? RETURNING host`, []any{pause, pause}},
			{`UPDATE crawl_task SET not_before = ? WHERE state <> 'done' AND not_before > ? RETURNING host`, []any{ms, pause + slack.Milliseconds()}},
		} {
			if err := d.query(ctx, tx, q.sql, q.args, name); err != nil {
				return err
			}
		}
		return nil
	})
	slices.Sort(hosts)
	return slices.Compact(hosts), err
}

// Pending returns the hosts of a run with open tasks, and when the first of them is due.
func (d *DB) Pending(ctx context.Context, run int64) ([]Host, error) {
	var hosts []Host
	err := d.query(ctx, d.sql, `SELECT t.host, min(CASE WHEN t.not_before > h.next_at THEN t.not_before ELSE h.next_at END) FROM crawl_task t JOIN crawl_host h ON h.host = t.host
		WHERE t.run = ? AND t.state IN ('open', 'held') GROUP BY t.host ORDER BY t.host`, []any{run}, func(r *sql.Rows) error {
		var h Host
		var next int64
		err := r.Scan(&h.Name, &next)
		h.NextAt = fromMillis(next)
		hosts = append(hosts, h)
		return err
	})
	return hosts, err
}

// SetFailures keeps the number of failures in a row.
func (d *DB) SetFailures(ctx context.Context, host string, n int) error {
	_, err := d.exec(ctx, d.sql, `UPDATE crawl_host SET failures = ? WHERE host = ?`, n, host)
	return err
}

// Cool leaves a host alone until a time.
func (d *DB) Cool(ctx context.Context, host string, until time.Time, reason Reason) error {
	_, err := d.exec(ctx, d.sql, `UPDATE crawl_host SET cool_until = ?, cool_reason = ?, failures = 0 WHERE host = ?`, millis(until), reason.String(), host)
	return err
}

// Due returns hosts with work that is due, that nobody works on and that are not queued, and marks them queued until a
// time.
func (d *DB) Due(ctx context.Context, run int64, now, queuedUntil time.Time, limit int) ([]string, error) {
	ms := millis(now)
	var hosts []string
	err := d.query(ctx, d.sql, `UPDATE crawl_host SET queued_until = ? WHERE queued_until <= ? AND host IN (
		SELECT h.host FROM crawl_host h WHERE h.queued_until <= ? AND h.lease_until <= ? AND h.cool_until <= ? AND h.next_at <= ? AND EXISTS (
			SELECT 1 FROM crawl_task t WHERE t.run = ? AND t.state IN ('open', 'held') AND t.host = h.host AND t.not_before <= ?) LIMIT ?) RETURNING host`,
		[]any{millis(queuedUntil), ms, ms, ms, ms, ms + 1000, run, ms, limit}, func(r *sql.Rows) error {
			var h string
			err := r.Scan(&h)
			hosts = append(hosts, h)
			return err
		})
	return hosts, err
}

// Queued counts the hosts that are queued and not yet worked on.
func (d *DB) Queued(ctx context.Context, now time.Time) (int, error) {
	n := 0
	err := d.query(ctx, d.sql, `SELECT count(*) FROM crawl_host WHERE queued_until > ? AND lease_until <= ?`, []any{millis(now), millis(now)}, func(r *sql.Rows) error { return r.Scan(&n) })
	return n, err
}

// Busy counts the hosts that are queued or worked on.
func (d *DB) Busy(ctx context.Context, now time.Time) (int, error) {
	n := 0
	err := d.query(ctx, d.sql, `SELECT count(*) FROM crawl_host WHERE queued_until > ? OR lease_until > ?`, []any{millis(now), millis(now)}, func(r *sql.Rows) error { return r.Scan(&n) })
	return n, err
}

// Lease takes a host for one owner until a time; false when another owner has it. Taking it again renews it. The host
// is not queued any more: when its owner dies, the end of the lease alone says when it is due again.
func (d *DB) Lease(ctx context.Context, host, owner string, now, until time.Time) (bool, error) {
	n, err := d.exec(ctx, d.sql, `UPDATE crawl_host SET lease_owner = ?, lease_until = ?, queued_until = 0 WHERE host = ? AND (lease_until <= ? OR lease_owner = ?)`,
		owner, millis(until), host, millis(now), owner)
	return n == 1, err
}

// held marks what a shared frontier must not count on yet.
func (d *DB) held() int {
	if d.postgres {
		return 1
	}
	return 0
}

func (d *DB) finished() string {
	if d.postgres {
		return "held"
	}
	return "done"
}

// Settle makes final what a slice did on a host. In a frontier that machines share, finished tasks and recorded
// exchanges are held until their captures are where the others can read them (store.Archive.Flush); before that, the
// machine's end is the end of the captures too.
func (d *DB) Settle(ctx context.Context, run int64, host string) error {
	if !d.postgres {
		return nil
	}
	return d.inTx(ctx, func(tx *sql.Tx) error {
		if _, err := d.exec(ctx, tx, `UPDATE crawl_task SET state = 'done' WHERE run = ? AND host = ? AND state = 'held'`, run, host); err != nil {
			return err
		}
		_, err := d.exec(ctx, tx, `UPDATE crawl_exchange SET held = 0 WHERE run = ? AND host = ? AND held = 1`, run, host)
		return err
	})
}

// Recover undoes what a dead worker held on a host: its captures may have died with it. Only the new holder of the
// host's lease may call it.
func (d *DB) Recover(ctx context.Context, run int64, host string) error {
	if !d.postgres {
		return nil
	}
	return d.inTx(ctx, func(tx *sql.Tx) error {
		for _, q := range []string{
			`UPDATE crawl_task SET state = 'open', outcome = '', detail = '' WHERE run = ? AND host = ? AND state = 'held'`,
			`DELETE FROM crawl_page WHERE id IN (SELECT id FROM crawl_exchange WHERE run = ? AND host = ? AND held = 1)`,
			`DELETE FROM crawl_exchange WHERE run = ? AND host = ? AND held = 1`,
		} {
			if _, err := d.exec(ctx, tx, q, run, host); err != nil {
				return err
			}
		}
		return nil
	})
}

// Release gives a host back, so that the next slice of it can be queued.
func (d *DB) Release(ctx context.Context, host, owner string) error {
	_, err := d.exec(ctx, d.sql, `UPDATE crawl_host SET lease_owner = '', lease_until = 0, queued_until = 0 WHERE host = ? AND lease_owner = ?`, host, owner)
	return err
}

// ResetLeases forgets all leases and queue marks, of hosts and of batches. Only the one process that owns an embedded
// frontier may call it: whoever held them is dead.
func (d *DB) ResetLeases(ctx context.Context) error {
	if _, err := d.exec(ctx, d.sql, `UPDATE crawl_host SET lease_owner = '', lease_until = 0, queued_until = 0`); err != nil {
		return err
	}
	_, err := d.exec(ctx, d.sql, `DELETE FROM crawl_extract WHERE state = 'queued'`)
	return err
}

// Waiting returns the earliest time at which some open task of the run can be due: after its host's cooling-off, delay
// and lease and its own back-off. The zero time means that no task is open.
func (d *DB) Waiting(ctx context.Context, run int64) (time.Time, error) {
	var earliest time.Time
	err := d.query(ctx, d.sql, `SELECT DISTINCT t.not_before, h.cool_until, h.next_at FROM crawl_task t JOIN crawl_host h ON h.host = t.host WHERE t.run = ? AND t.state IN ('open', 'held')`,
		[]any{run}, func(r *sql.Rows) error {
			var a, b, c int64
			if err := r.Scan(&a, &b, &c); err != nil {
				return err
			}
			if at := time.UnixMilli(max(a, b, c, 1)).UTC(); earliest.IsZero() || at.Before(earliest) {
				earliest = at
			}
			return nil
		})
	return earliest, err
}

// CloseHost closes the open tasks of a host for a reason that will not pass in this run.
func (d *DB) CloseHost(ctx context.Context, run int64, host, outcome, detail string) error {
	_, err := d.exec(ctx, d.sql, `UPDATE crawl_task SET state = 'done', outcome = ?, detail = ? WHERE run = ? AND host = ? AND state = 'open'`, outcome, detail, run, host)
	return err
}

// Cooling returns the hosts of a run that are left alone beyond a time.
func (d *DB) Cooling(ctx context.Context, run int64, beyond time.Time) ([]Host, error) {
	var hosts []Host
	err := d.query(ctx, d.sql, `SELECT DISTINCT h.host, h.cool_until, h.cool_reason FROM crawl_host h JOIN crawl_task t ON t.host = h.host WHERE t.run = ? AND h.cool_until > ?`,
		[]any{run, millis(beyond)}, func(r *sql.Rows) error {
			var h Host
			var until int64
			err := r.Scan(&h.Name, &until, &h.Cool)
			h.CoolUntil = fromMillis(until)
			hosts = append(hosts, h)
			return err
		})
	return hosts, err
}
