package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// lose notes what cannot be read.
func (x *index) lose(ctx context.Context, losses []Loss) error {
	if len(losses) == 0 {
		return nil
	}
	tx, err := x.write.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("writing the index: %w", err)
	}
	defer tx.Rollback()
	for _, l := range losses {
		if _, err := tx.ExecContext(ctx, "INSERT OR REPLACE INTO losses VALUES (?, ?, ?, ?, ?)", l.File, l.Offset, l.Captures, l.URL, l.Detail); err != nil {
			return fmt.Errorf("writing the index: %w", err)
		}
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("writing the index: %w", err)
	}
	return nil
}

// losses lists what cannot be read of a file, or of all where none is named.
func (x *index) losses(ctx context.Context, file string) ([]Loss, error) {
	rows, err := x.read.QueryContext(ctx, "SELECT file, offset, captures, url, detail FROM losses WHERE ? IN ('', file) ORDER BY file, offset", file)
	if err != nil {
		return nil, fmt.Errorf("reading the index: %w", err)
	}
	defer rows.Close()
	var all []Loss
	for rows.Next() {
		var l Loss
		if err := rows.Scan(&l.File, &l.Offset, &l.Captures, &l.URL, &l.Detail); err != nil {
			return nil, fmt.Errorf("reading the index: %w", err)
		}
		all = append(all, l)
	}
	return all, rows.Err()
}

// witnesses are the rows of one file that can be believed, by their offset.
func (x *index) witnesses(ctx context.Context, file string) (map[int64]entry, error) {
	all := map[int64]entry{}
	for e, err := range x.find(ctx, "WHERE warc_file = ? ORDER BY warc_offset", file) {
		if err != nil {
			return nil, err
		}
		if ok, err := e.believable(); err != nil {
			return nil, err
		} else if ok {
			all[e.WarcOffset] = e
		}
	}
	return all, nil
}

// believable reports whether a row bears its own digest. Those of version 1 bear none.
func (e entry) believable() (bool, error) {
	if e.stated == 0 {
		return true, nil
	}
	digest, err := e.digest()
	return digest == e.stated, err
}

// check lists the files whose rows are not those that the index once had, with what is wrong. A fault of the database
// itself stands under an empty name.
func (x *index) check(ctx context.Context) (map[string]string, error) {
	bad := map[string]string{}
	var verdict string
	err := x.read.QueryRowContext(ctx, "PRAGMA integrity_check(1)").Scan(&verdict)
	if isDamaged(err) {
		verdict, err = err.Error(), nil
	}
	if err != nil {
		return nil, fmt.Errorf("checking the index: %w", err)
	}
	if verdict != "ok" {
		bad[""] = "the database is damaged: " + strings.Join(strings.Fields(verdict), " ")
		return bad, nil
	}
	counted := map[string]fileState{}
	var rows = x.find(ctx, "ORDER BY warc_file, warc_offset")
	for e, err := range rows {
		if isDamaged(err) {
			return map[string]string{"": err.Error()}, nil
		}
		if err != nil {
			return nil, err
		}
		digest, err := e.digest()
		if err != nil {
			return nil, err
		}
		if digest != e.stated {
			bad[e.WarcFile] = fmt.Sprintf("the row at %d is not as it was written", e.WarcOffset)
		}
		f := counted[e.WarcFile]
		f.captures++
		f.digest += digest
		counted[e.WarcFile] = f
	}
	files, err := x.files(ctx)
	if err != nil {
		return nil, err
	}
	for name, f := range files {
		if c := counted[name]; bad[name] == "" && (c.captures != f.captures || c.digest != f.digest) {
			bad[name] = fmt.Sprintf("%d rows are there, or not the right ones, where %d were written", c.captures, f.captures)
		}
	}
	for name := range counted {
		if _, ok := files[name]; !ok {
			bad[name] = "its rows are there, the row of the file is not"
		}
	}
	return bad, nil
}

// Examine says what of the archive cannot be read, as far as that can be known without reading the files: what was met
// when they were listed, and the captures that the index lists and a file does not hold any more. (What became bad
// since within a file is met by who reads it, and by Verify.) An index that is not as it was written is not used: one
// is made beside it from the WARC files, for this opening of the archive only, and faults tells of it.
func (a *Archive) Examine(ctx context.Context) (losses []Loss, faults []Finding, err error) {
	bad, err := a.index.check(ctx)
	if err != nil {
		return nil, nil, err
	}
	for name, why := range bad {
		faults = append(faults, Finding{File: indexFile, Offset: -1, Detail: strings.TrimSpace(name + " " + why)})
	}
	if len(bad) > 0 {
		if err := a.indexBeside(ctx, bad); err != nil {
			return nil, nil, fmt.Errorf("making an index beside the damaged one: %w", err)
		}
	}
	losses, err = a.index.losses(ctx, "")
	return losses, faults, err
}

// indexBeside makes an index in a temporary folder, from the WARC files that the one at hand cannot be believed of and
// from its other rows, and uses it.
func (a *Archive) indexBeside(ctx context.Context, bad map[string]string) error {
	dir, err := os.MkdirTemp("", "gongkai-index-*")
	if err != nil {
		return err
	}
	a.temps = append(a.temps, dir)
	x, err := openIndexAt(ctx, filepath.Join(dir, indexFile))
	if err != nil {
		return err
	}
	fail := func(err error) error { return errors.Join(err, x.close()) }
	if err := x.copyFrom(ctx, a.index); err != nil {
		return fail(err)
	}
	names, sizes, err := a.fileNames(ctx)
	if err != nil {
		return fail(err)
	}
	_, all := bad[""]
	for _, name := range names {
		if _, one := bad[name]; all || one {
			if _, err := a.rescan(ctx, x, name); err != nil {
				return fail(err)
			}
		}
	}
	for name := range bad {
		if _, there := sizes[name]; !there && name != "" {
			if err := missing(ctx, x, name, fileState{}); err != nil {
				return fail(err)
			}
		}
	}
	old := a.index
	a.index = x
	return old.close()
}

// copyFrom takes over all rows of another index that can be read and believed.
func (x *index) copyFrom(ctx context.Context, from *index) error {
	files, err := from.files(ctx)
	if err != nil && !isDamaged(err) {
		return err
	}
	losses, err := from.losses(ctx, "")
	if err != nil && !isDamaged(err) {
		return err
	}
	return errors.Join(x.copyRows(ctx, from, files), x.lose(ctx, losses))
}

func (x *index) copyRows(ctx context.Context, from *index, files map[string]fileState) error {
	tx, err := x.write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	for e, err := range from.find(ctx, "ORDER BY warc_file, warc_offset") {
		if isDamaged(err) {
			break
		}
		if err != nil {
			return err
		}
		if ok, err := e.believable(); err != nil {
			return err
		} else if !ok {
			continue
		}
		if err := addTo(ctx, tx, e.WarcFile, []entry{e}, 0); err != nil {
			return err
		}
	}
	if err := setFiles(ctx, tx, files); err != nil {
		return err
	}
	return tx.Commit()
}

// setFiles puts the rows of files in the place of those that are there.
func setFiles(ctx context.Context, tx *sql.Tx, files map[string]fileState) error {
	if _, err := tx.ExecContext(ctx, "DELETE FROM files"); err != nil {
		return err
	}
	for name, f := range files {
		if _, err := tx.ExecContext(ctx, "INSERT INTO files VALUES (?, ?, ?, ?, ?)", name, f.to, f.captures, f.digest, f.seal(name)); err != nil {
			return err
		}
	}
	return nil
}

// salvage takes over, as witnesses, the rows that can be read in a damaged index. The WARC files are read anew after
// it.
func (x *index) salvage(ctx context.Context, damaged string) error {
	old, err := openIndexAt(ctx, damaged)
	if err != nil {
		return nil // nothing can be read in it
	}
	err = x.copyRows(ctx, old, nil)
	return errors.Join(err, old.close())
}

// copyFile copies a file; one that is not there is no error.
func copyFile(from, to string) error {
	in, err := os.Open(from)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}
