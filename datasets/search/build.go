package search

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/lexicon"
	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/store"
	"github.com/klauspost/compress/zstd"
	"golang.org/x/sync/errgroup"
)

// tables of the index. The passages are numbered in the order of the answers: the newest year first, so that a search
// ends with the last answer that is asked for. Place holds what a search is narrowed by as terms of their own, which
// the full-text engine intersects without looking at a row. Pairs holds every two terms that follow each other as one:
// a phrase is looked for there, as two words that stand everywhere would have to be followed through every text that
// holds both.
const tables = `
CREATE TABLE about (release TEXT NOT NULL, format TEXT NOT NULL);
CREATE TABLE reports (report_id TEXT PRIMARY KEY, issuer_id TEXT NOT NULL, name TEXT NOT NULL, division TEXT NOT NULL, year INTEGER, superseded INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
CREATE TABLE passages (id INTEGER PRIMARY KEY, report_id TEXT NOT NULL, section INTEGER, heading TEXT NOT NULL, locator TEXT NOT NULL, body BLOB NOT NULL);
CREATE VIRTUAL TABLE terms USING fts5(place, words, pairs, content='', columnsize=0, tokenize='ascii');
INSERT INTO terms(terms, rank) VALUES ('hashsize', 16777216);`

// build makes the index in a file beside its place and puts it there whole.
func build(ctx context.Context, d *store.Dataset, file, digest string, progress func(int)) error {
	temp, err := os.CreateTemp(filepath.Dir(file), "."+filepath.Base(file)+".building-*")
	if err != nil {
		return err
	}
	defer os.Remove(temp.Name()) // nothing is left of it after the exchange
	if err := temp.Close(); err != nil {
		return err
	}
	db, err := connect(temp.Name(), url.Values{"_pragma": {"journal_mode(off)", "synchronous(off)", "locking_mode(exclusive)", "cache_size(-65536)"}})
	if err != nil {
		return err
	}
	db.SetMaxOpenConns(1)
	if err := errors.Join(fill(ctx, db, d, digest, progress), db.Close()); err != nil {
		return err
	}
	return errors.Join(os.Chmod(temp.Name(), 0o644), synced(temp.Name()), os.Rename(temp.Name(), file))
}

func synced(file string) error {
	f, err := os.OpenFile(file, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

func fill(ctx context.Context, db *sql.DB, d *store.Dataset, digest string, progress func(int)) error {
	if _, err := db.ExecContext(ctx, tables); err != nil {
		return err
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // after Commit it does nothing
	years, undated, err := addReports(ctx, tx, d)
	if err != nil {
		return err
	}
	w := &writer{tx: tx, progress: progress}
	if err := w.prepare(ctx); err != nil {
		return err
	}
	if d.Holds(schema.Texts) {
		for _, year := range years {
			if err := w.add(ctx, d, store.Query{Years: []int32{year}}, false); err != nil {
				return err
			}
		}
		if undated {
			if err := w.add(ctx, d, store.Query{}, true); err != nil {
				return err
			}
		}
	}
	if _, err := tx.ExecContext(ctx, "INSERT INTO terms(terms) VALUES ('optimize')"); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "INSERT INTO about VALUES (?, ?)", digest, format); err != nil {
		return err
	}
	return tx.Commit()
}

// addReports copies what an answer tells of a report, and returns the years that there are, the newest first, and
// whether any report has none.
func addReports(ctx context.Context, tx *sql.Tx, d *store.Dataset) (years []int32, undated bool, err error) {
	insert, err := tx.PrepareContext(ctx, "INSERT INTO reports (report_id, issuer_id, name, division, year) VALUES (?, ?, ?, ?, ?)")
	if err != nil {
		return nil, false, err
	}
	seen, older := map[int32]bool{}, []string{}
	q := store.Query{Columns: []string{"report_id", "issuer_id", "issuer_name", "division_code", "year", "supersedes"}}
	for r, err := range store.Rows[schema.Report](ctx, d, schema.Reports, q) {
		if err != nil {
			return nil, false, err
		}
		division := ""
		if r.DivisionCode != nil {
			division = *r.DivisionCode
		}
		if _, err := insert.ExecContext(ctx, r.ReportID, r.IssuerID, r.IssuerName, division, r.Year); err != nil {
			return nil, false, err
		}
		if r.Year != nil {
			seen[*r.Year] = true
		}
		undated = undated || r.Year == nil
		if r.Supersedes != nil {
			older = append(older, *r.Supersedes)
		}
	}
	for _, id := range older {
		if _, err := tx.ExecContext(ctx, "UPDATE reports SET superseded = 1 WHERE report_id = ?", id); err != nil {
			return nil, false, err
		}
	}
	years = slices.Sorted(maps.Keys(seen))
	slices.Reverse(years)
	return years, undated, nil
}

// writer adds sections in order; they are cut into terms on all cores.
type writer struct {
	tx                       *sql.Tx
	division, passage, terms *sql.Stmt
	id                       int
	progress                 func(int)
	report, place            string // of the report added last
}

func (w *writer) prepare(ctx context.Context) (err error) {
	if w.division, err = w.tx.PrepareContext(ctx, "SELECT division FROM reports WHERE report_id = ?"); err != nil {
		return err
	}
	if w.passage, err = w.tx.PrepareContext(ctx, "INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?)"); err != nil {
		return err
	}
	w.terms, err = w.tx.PrepareContext(ctx, "INSERT INTO terms(rowid, place, words, pairs) VALUES (?, ?, ?, ?)")
	return err
}

// cutText is a section on its way into the index.
type cutText struct {
	schema.Text
	terms, pairs string
	body         []byte
}

// batch is the number of sections that a core cuts at a time.
const batch = 128

func (w *writer) add(ctx context.Context, d *store.Dataset, q store.Query, undated bool) error {
	encoder, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedDefault))
	if err != nil {
		return err
	}
	q.Columns = []string{"report_id", "year", "section", "heading", "text", "locator"}
	work, ctx := errgroup.WithContext(ctx)
	ahead := make(chan chan []cutText, 2*runtime.GOMAXPROCS(0))
	cut := func(rows []cutText) error {
		result := make(chan []cutText, 1)
		select {
		case ahead <- result:
		case <-ctx.Done():
			return ctx.Err()
		}
		work.Go(func() error {
			for i := range rows {
				r := &rows[i]
				terms := lexicon.Terms(r.Heading + "\n" + r.Text.Text)
				r.terms, r.pairs, r.body = strings.Join(terms, " "), pairsOf(terms), encoder.EncodeAll([]byte(r.Text.Text), nil)
			}
			result <- rows
			return nil
		})
		return nil
	}
	work.Go(func() error {
		defer close(ahead)
		var rows []cutText
		for r, err := range store.Rows[schema.Text](ctx, d, schema.Texts, q) {
			if err != nil {
				return err
			}
			if undated && r.Year != nil {
				continue
			}
			if rows = append(rows, cutText{Text: r}); len(rows) == batch {
				if err := cut(rows); err != nil {
					return err
				}
				rows = nil
			}
		}
		return cut(rows)
	})
	work.Go(func() error {
		for result := range ahead {
			for _, r := range <-result {
				if err := w.put(ctx, r); err != nil {
					return fmt.Errorf("adding the text of %s: %w", r.ReportID, err)
				}
			}
			if w.progress != nil {
				w.progress(w.id)
			}
		}
		return nil
	})
	return work.Wait()
}

func (w *writer) put(ctx context.Context, r cutText) error {
	if r.ReportID != w.report {
		var division string
		if err := w.division.QueryRowContext(ctx, r.ReportID).Scan(&division); err != nil {
			return err
		}
		w.report, w.place = r.ReportID, strings.Join(append(areaTerms(division), yearTerm(r.Year)), " ")
	}
	w.id++
	if _, err := w.passage.ExecContext(ctx, w.id, r.ReportID, r.Section, r.Heading, r.Locator, r.body); err != nil {
		return err
	}
	section := int32(0)
	if r.Section != nil {
		section = *r.Section
	}
	_, err := w.terms.ExecContext(ctx, w.id, w.place+" "+sectionTerm(section), r.terms, r.pairs)
	return err
}

// pairsOf are the terms that follow each other, two as one.
func pairsOf(terms []string) string {
	var b strings.Builder
	for i := 1; i < len(terms); i++ {
		b.WriteString(terms[i-1] + "·" + terms[i] + " ") // the sign is no punctuation to the engine's tokenizer, so each is one token
	}
	return strings.TrimSuffix(b.String(), " ")
}

// The terms that a search is narrowed by.
func yearTerm(year *int32) string {
	if year == nil {
		return "y0"
	}
	return "y" + strconv.Itoa(int(*year))
}

func sectionTerm(section int32) string { return "s" + strconv.Itoa(int(section)) }

// areaTerms are the areas that a division lies in, itself included: by the digits that province, prefecture, county and
// township have of their own.
func areaTerms(division string) []string {
	var terms []string
	for _, n := range []int{2, 4, 6, 9, 12} {
		if len(division) >= n && (n == 2 || strings.Trim(division[:n], "0") != strings.Trim(division[:previous(n)], "0")) {
			terms = append(terms, "a"+division[:n])
		}
	}
	return terms
}

func previous(n int) int { return map[int]int{4: 2, 6: 4, 9: 6, 12: 9}[n] }
