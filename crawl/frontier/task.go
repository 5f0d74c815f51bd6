package frontier

import (
	"cmp"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"time"
)

// Role is why an address is visited. The order is the order of visits on a host: reports before the search for more of
// them.
type Role string

const (
	Attachment Role = "attachment" // a document that a report's page offers
	Article    Role = "article"    // promises to be a report
	Entry      Role = "entry"      // an entry of a column: a report, or a column below
	Column     Role = "column"     // promises to be a list of reports
	Start      Role = "seed"       // the address that the seed file gives
	Way        Role = "way"        // may lead to a column
)

var priorities = map[Role]int{Attachment: 0, Article: 1, Entry: 2, Start: 3, Column: 4, Way: 5}

// Task is one address to visit.
type Task struct {
	ID        string // see ID; two tasks with one id are one
	Host      string // the politeness key
	URL       string
	Role      Role
	Seed      string
	FoundOn   string
	Depth     int
	Hint      string // JSON of what is known about it before the visit
	Attempts  int
	NotBefore time.Time
	State     string // open (also when empty), held (see DB.Settle), done
	Outcome   string // of a done task
	Detail    string
}

// NotTried is the outcome of a task that the run ended without visiting.
const NotTried = "not_tried"

// ID is the identity of a request: 16 bytes of the SHA-256 of method, address and body, in hex.
func ID(method, address, body string) string {
	sum := sha256.Sum256([]byte(method + "\x00" + address + "\x00" + body))
	return hex.EncodeToString(sum[:16])
}

// Meet makes a host known that no task lies on.
func (d *DB) Meet(ctx context.Context, host string) error { return d.ensureHost(ctx, d.sql, host) }

func (d *DB) ensureHost(ctx context.Context, r runner, host string) error {
	_, err := d.exec(ctx, r, `INSERT INTO crawl_host (host, next_at, cool_until, cool_reason, failures, delay_ms, lease_owner, lease_until, queued_until)
		VALUES (?, 0, 0, '', 0, 0, '', 0, 0) ON CONFLICT (host) DO NOTHING`, host)
	return err
}

func (d *DB) addTask(ctx context.Context, r runner, run int64, t Task) error {
	_, err := d.exec(ctx, r, `INSERT INTO crawl_task (run, id, host, url, role, priority, seq, seed, found_on, depth, hint, state, attempts, not_before, outcome, detail)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, ?, ?) ON CONFLICT (run, id) DO NOTHING`,
		run, t.ID, t.Host, t.URL, string(t.Role), priorities[t.Role], time.Now().UnixNano(), t.Seed, t.FoundOn, t.Depth, t.Hint, cmp.Or(t.State, "open"), t.Outcome, t.Detail)
	return err
}

// AddTask adds a task to a run; one that is there already stays as it is.
func (d *DB) AddTask(ctx context.Context, run int64, t Task) error {
	return d.inTx(ctx, func(tx *sql.Tx) error {
		if err := d.ensureHost(ctx, tx, t.Host); err != nil {
			return err
		}
		return d.addTask(ctx, tx, run, t)
	})
}

const taskColumns = `id, host, url, role, seed, found_on, depth, hint, attempts, not_before, state, outcome, detail`

func scanTask(r *sql.Rows) (Task, error) {
	var t Task
	var notBefore int64
	err := r.Scan(&t.ID, &t.Host, &t.URL, &t.Role, &t.Seed, &t.FoundOn, &t.Depth, &t.Hint, &t.Attempts, &notBefore, &t.State, &t.Outcome, &t.Detail)
	t.NotBefore = fromMillis(notBefore)
	return t, err
}

// NextTask returns the open task of a host that is to be visited first, or false when none is due.
func (d *DB) NextTask(ctx context.Context, run int64, host string, now time.Time) (Task, bool, error) {
	var t Task
	found := false
	err := d.query(ctx, d.sql, `SELECT `+taskColumns+` FROM crawl_task WHERE run = ? AND state = 'open' AND host = ? AND not_before <= ? ORDER BY priority, seq LIMIT 1`,
		[]any{run, host, millis(now)}, func(r *sql.Rows) (err error) {
			t, err = scanTask(r)
			found = err == nil
			return err
		})
	return t, found, err
}

// Tasks returns the tasks of a run in the given state.
func (d *DB) Tasks(ctx context.Context, run int64, state string) ([]Task, error) {
	var tasks []Task
	err := d.query(ctx, d.sql, `SELECT `+taskColumns+` FROM crawl_task WHERE run = ? AND state = ? ORDER BY host, priority, seq`, []any{run, state}, func(r *sql.Rows) error {
		t, err := scanTask(r)
		tasks = append(tasks, t)
		return err
	})
	return tasks, err
}

// EachTask hands all tasks of a run to f, in no order, without holding them.
func (d *DB) EachTask(ctx context.Context, run int64, f func(Task) error) error {
	return d.query(ctx, d.sql, `SELECT `+taskColumns+` FROM crawl_task WHERE run = ?`, []any{run}, func(r *sql.Rows) error {
		t, err := scanTask(r)
		if err != nil {
			return err
		}
		return f(t)
	})
}

// Visit is what a task led to.
type Visit struct {
	Outcome, Detail string
	Tasks           []Task
	Reports         []Report
	Listings        []Listing
	Shape           string // counts in the yield of this shape, when not empty
	Fruitful        bool
}

// Finish closes a task and adds what it led to, in one transaction. A task that is closed already counts in no yield
// again.
func (d *DB) Finish(ctx context.Context, run int64, t Task, v Visit) error {
	return d.inTx(ctx, func(tx *sql.Tx) error {
		closed, err := d.exec(ctx, tx, `UPDATE crawl_task SET state = ?, outcome = ?, detail = ? WHERE run = ? AND id = ? AND state = 'open'`, d.finished(), v.Outcome, v.Detail, run, t.ID)
		if err != nil {
			return err
		}
		hosts := map[string]bool{}
		for _, f := range v.Tasks {
			if !hosts[f.Host] {
				hosts[f.Host] = true
				if err := d.ensureHost(ctx, tx, f.Host); err != nil {
					return err
				}
			}
			if err := d.addTask(ctx, tx, run, f); err != nil {
				return err
			}
		}
		for _, r := range v.Reports {
			if err := d.addReport(ctx, tx, run, r); err != nil {
				return err
			}
		}
		for _, c := range v.Listings {
			if err := d.addListing(ctx, tx, run, c); err != nil {
				return err
			}
		}
		if v.Shape != "" && closed > 0 {
			return d.addYield(ctx, tx, run, t.Host, v.Shape, v.Fruitful)
		}
		return nil
	})
}

// Postpone leaves a task open for a later try.
func (d *DB) Postpone(ctx context.Context, run int64, t Task, until time.Time, detail string) error {
	_, err := d.exec(ctx, d.sql, `UPDATE crawl_task SET attempts = attempts + 1, not_before = ?, detail = ? WHERE run = ? AND id = ?`, millis(until), detail, run, t.ID)
	return err
}

// Counts are the numbers that progress shows.
type Counts struct {
	Open, Done int64
	Hosts      int64 // with any task
	HostsOpen  int64
	Pages      int64 // exchanges recorded
	Reports    int64
}

// Count returns the numbers of a run.
func (d *DB) Count(ctx context.Context, run int64) (Counts, error) {
	var c Counts
	row := d.sql.QueryRowContext(ctx, d.bind(`SELECT coalesce(sum(CASE WHEN state <> 'done' THEN 1 ELSE 0 END), 0), coalesce(sum(CASE WHEN state = 'done' THEN 1 ELSE 0 END), 0),
		count(DISTINCT host), count(DISTINCT CASE WHEN state <> 'done' THEN host END), (SELECT count(*) FROM crawl_exchange WHERE run = ?),
		(SELECT count(*) FROM crawl_report WHERE run = ?) FROM crawl_task WHERE run = ?`), run, run, run)
	if err := row.Scan(&c.Open, &c.Done, &c.Hosts, &c.HostsOpen, &c.Pages, &c.Reports); err != nil {
		return c, d.fault("count the tasks", err)
	}
	return c, nil
}

// CountRole counts the tasks of a role on a host: the budget of a search for columns. Addresses with parameters are
// counted by what stands before them, path, and those without together, for path "".
func (d *DB) CountRole(ctx context.Context, run int64, host string, role Role, path string) (int, error) {
	like, pattern := "NOT LIKE", "%?%"
	if path != "" {
		like, pattern = "LIKE", path+"?%"
	}
	var n int
	err := d.sql.QueryRowContext(ctx, d.bind(`SELECT count(*) FROM crawl_task WHERE run = ? AND host = ? AND role = ? AND url `+like+` ?`), run, host, string(role), pattern).Scan(&n)
	if err != nil {
		return 0, d.fault("count the tasks of "+host, err)
	}
	return n, nil
}
