package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/gongkai-data/gongkai/store/warc"
)

// catchUp lists the captures that the index lacks. Where we write, it also cuts a torn end off a local file, after moving it to a file of
// its own, and picks the file to go on with.
func (a *Archive) catchUp(ctx context.Context) error {
	names, sizes, err := a.fileNames(ctx)
	if err != nil {
		return err
	}
	indexed, err := a.index.files(ctx)
	if err != nil {
		return err
	}
	for name, to := range indexed {
		if size, ok := sizes[name]; !ok || size < to { // gone, or shorter than before: what is left is read again
			if err := a.index.forget(ctx, name, 0); err != nil {
				return err
			}
			delete(indexed, name)
		}
	}
	for _, name := range names {
		to := indexed[name]
		if to < sizes[name] {
			if to, err = a.catchUpFile(ctx, name, to, sizes[name]); err != nil {
				return err
			}
		}
		if a.opt.ReadOnly {
			continue
		}
		a.reuse = ""
		if local, ok := a.files.(folder); ok {
			if info, err := os.Stat(filepath.Join(string(local), name)); err == nil && info.Size() == to && to < a.opt.MaxFile {
				a.reuse = name
			}
		} else if err := a.files.seal(ctx, name); err != nil { // left behind by a process that died before it uploaded
			return fmt.Errorf("storing the WARC file %s: %w", name, err)
		}
	}
	return nil
}

// catchUpOthers lists the captures that other processes have stored in a shared bucket since it was opened.
func (a *Archive) catchUpOthers(ctx context.Context) error {
	if _, local := a.files.(folder); local || a.lock == nil {
		return nil
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	names, sizes, err := a.fileNames(ctx)
	if err != nil {
		return err
	}
	indexed, err := a.index.files(ctx)
	if err != nil {
		return err
	}
	for _, name := range names {
		if ours := a.segment != nil && a.segment.name == name; !ours && indexed[name] < sizes[name] {
			if _, err := a.catchUpFile(ctx, name, indexed[name], sizes[name]); err != nil {
				return err
			}
		}
	}
	return nil
}

// catchUpFile lists the captures of one file from an offset on, and returns the offset after the last whole one.
func (a *Archive) catchUpFile(ctx context.Context, name string, from, size int64) (int64, error) {
	var batch []entry
	to := from
	put := func(end int64) error {
		err := a.index.add(ctx, name, batch, end)
		batch, to = batch[:0], end
		return err
	}
	end, err := a.scan(ctx, name, from, func(e entry) error {
		if batch = append(batch, e); len(batch) < 1000 {
			return nil
		}
		return put(e.end)
	})
	var torn *tornError
	if err != nil && !errors.As(err, &torn) {
		return to, err
	}
	if err := put(end); err != nil {
		return to, err
	}
	path := filepath.Join(a.dir, name)
	if _, missing := os.Stat(path); end == size || a.opt.ReadOnly || missing != nil || torn == nil || !errors.Is(torn.cause, io.ErrUnexpectedEOF) {
		return end, nil // whole, not ours to mend, or damaged otherwise, which Verify reports: nothing is cut from it, or added to it
	}
	return end, isolateTail(path, end)
}

// tornError says that a WARC file does not end with a whole capture.
type tornError struct {
	name  string
	at    int64
	cause error
}

func (e *tornError) Error() string {
	return fmt.Sprintf("%s holds no whole capture from byte %d on: %v", e.name, e.at, e.cause)
}

// scan yields the captures of a WARC file from an offset on, which must stand between captures. It returns the offset after the last
// whole capture, and a *tornError when that is not the end of the file.
func (a *Archive) scan(ctx context.Context, name string, from int64, yield func(entry) error) (int64, error) {
	f, err := a.files.open(ctx, name, from)
	if err != nil {
		return from, fmt.Errorf("reading %s: %w", name, err)
	}
	defer f.Close()
	r := warc.NewReader(f, from)
	end, start, inside := from, from, ""
	fail := func(err error) (int64, error) {
		var path *os.PathError
		if errors.As(err, &path) || ctx.Err() != nil {
			return end, fmt.Errorf("reading %s: %w", name, err) // the disk or the network failed, not the file
		}
		return end, &tornError{name, end, err}
	}
	for {
		record, err := r.Next()
		if err == io.EOF {
			if inside != "" {
				return fail(fmt.Errorf("a capture without its metadata record: %w", io.ErrUnexpectedEOF))
			}
			return end, nil
		}
		if err != nil {
			return fail(err)
		}
		if err := ctx.Err(); err != nil {
			return end, err
		}
		switch record.Type() {
		case warc.Response, warc.Revisit, warc.Resource:
			start, inside = r.Offset(), record.ID()
		case warc.Metadata:
			text, err := io.ReadAll(io.LimitReader(record.Block, maxHTTPHeader))
			if err != nil {
				return fail(err)
			}
			e, ok, err := parseMetadata(string(text))
			if err != nil {
				return fail(err)
			}
			of := record.Get("WARC-Refers-To")
			if !ok || of != inside && of != "" {
				break
			}
			e.WarcFile, e.WarcOffset, e.recordID = name, start, of
			if of == "" {
				e.WarcOffset, e.recordID = r.Offset(), record.ID()
			}
			if e.end, err = r.Finish(); err != nil {
				return fail(err)
			}
			if err := yield(e); err != nil {
				return end, err
			}
			end, inside = e.end, ""
			continue
		}
		after, err := r.Finish()
		if err != nil {
			return fail(err)
		}
		if inside == "" {
			end = after // warcinfo, and records of other makers
		}
	}
}

// isolateTail moves what stands behind the last whole capture into a file of its own and cuts it off.
func isolateTail(path string, end int64) error {
	fail := func(err error) error { return fmt.Errorf("cutting the torn end off %s: %w", path, err) }
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return fail(err)
	}
	defer f.Close()
	if _, err := f.Seek(end, io.SeekStart); err != nil {
		return fail(err)
	}
	torn, err := os.Create(fmt.Sprintf("%s.%d.torn", path, end))
	if err != nil {
		return fail(err)
	}
	_, err = io.Copy(torn, f)
	if err = errors.Join(err, torn.Sync(), torn.Close()); err != nil {
		return fail(err)
	}
	if err := errors.Join(f.Truncate(end), f.Sync(), syncFolder(filepath.Dir(path))); err != nil {
		return fail(err)
	}
	return nil
}
