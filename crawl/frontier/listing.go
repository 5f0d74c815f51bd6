package frontier

import (
	"context"
	"database/sql"
)

// Listing is a list that was walked through, and what is known of its end.
type Listing struct {
	URL      string
	Seed     string
	Family   string // of the site's software
	Complete bool   // it was read to its end
	Status   string // of schema's coverage statuses: what a report that is not in it is, when it was not read to its end
	Why      string // how the end is known, or why it was not reached
	Next     string // the address where a person can go on, when it was not
	Entries  int    // seen
	Stated   int    // by the site itself, 0 when it states none
	Pages    int
}

func (d *DB) addListing(ctx context.Context, r runner, run int64, c Listing) error {
	complete := 0
	if c.Complete {
		complete = 1
	}
	_, err := d.exec(ctx, r, `INSERT INTO crawl_column (run, url, seed, family, complete, status, why, next, entries, stated, pages) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (run, url) DO UPDATE SET complete = excluded.complete, status = excluded.status, why = excluded.why, next = excluded.next, entries = excluded.entries, stated = excluded.stated, pages = excluded.pages`,
		run, c.URL, c.Seed, c.Family, complete, c.Status, c.Why, c.Next, c.Entries, c.Stated, c.Pages)
	return err
}

// Listings returns the lists of a run, by seed and address.
func (d *DB) Listings(ctx context.Context, run int64) ([]Listing, error) {
	var columns []Listing
	err := d.query(ctx, d.sql, `SELECT url, seed, family, complete, status, why, next, entries, stated, pages FROM crawl_column WHERE run = ? ORDER BY seed, url`, []any{run}, func(r *sql.Rows) error {
		var c Listing
		var complete int
		err := r.Scan(&c.URL, &c.Seed, &c.Family, &complete, &c.Status, &c.Why, &c.Next, &c.Entries, &c.Stated, &c.Pages)
		c.Complete = complete == 1
		columns = append(columns, c)
		return err
	})
	return columns, err
}

// Yield counts the visits to pages of one shape on a host: those that led to something, and those that did not.
type Yield struct{ Barren, Fruitful int }

// Yield returns the count of a shape.
func (d *DB) Yield(ctx context.Context, run int64, host, shape string) (Yield, error) {
	var y Yield
	err := d.query(ctx, d.sql, `SELECT barren, fruitful FROM crawl_yield WHERE run = ? AND host = ? AND shape = ?`, []any{run, host, shape}, func(r *sql.Rows) error {
		return r.Scan(&y.Barren, &y.Fruitful)
	})
	return y, err
}

func (d *DB) addYield(ctx context.Context, r runner, run int64, host, shape string, fruitful bool) error {
	barren, n := 1, 0
	if fruitful {
		barren, n = 0, 1
	}
	_, err := d.exec(ctx, r, `INSERT INTO crawl_yield (run, host, shape, barren, fruitful) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (run, host, shape) DO UPDATE SET barren = crawl_yield.barren + excluded.barren, fruitful = crawl_yield.fruitful + excluded.fruitful`, run, host, shape, barren, n)
	return err
}

// Cookies returns what a host of a run has set, as Keep was given it.
func (d *DB) Cookies(ctx context.Context, run int64, host string) (string, error) {
	text := ""
	err := d.query(ctx, d.sql, `SELECT cookies FROM crawl_cookie WHERE run = ? AND host = ?`, []any{run, host}, func(r *sql.Rows) error { return r.Scan(&text) })
	return text, err
}

// KeepCookies keeps what a host has set, for the rest of the run.
func (d *DB) KeepCookies(ctx context.Context, run int64, host, cookies string) error {
	_, err := d.exec(ctx, d.sql, `INSERT INTO crawl_cookie (run, host, cookies) VALUES (?, ?, ?) ON CONFLICT (run, host) DO UPDATE SET cookies = excluded.cookies`, run, host, cookies)
	return err
}
