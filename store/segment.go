package store

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/gongkai-data/gongkai/store/warc"
)

// segment is the WARC file being written.
type segment struct {
	name  string
	file  *os.File
	size  int64
	count int   // captures in it
	dirty bool  // written to since the last flush
	err   error // a failed flush or repair, after which nothing more is written to it
}

func (s *segment) flush() {
	if s.dirty && s.err == nil {
		s.err = s.file.Sync()
		s.dirty = false
	}
}

// append adds the records of one capture to the archive, and the one that about makes for its place, and lists it.
func (a *Archive) append(ctx context.Context, e entry, records *SpooledBody, about func(entry) ([]byte, error)) (entry, error) {
	in, err := records.rewound()
	if err != nil {
		return e, err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if err := a.ready(ctx, records.Size); err != nil {
		return e, err
	}
	s := a.segment
	e.WarcFile, e.WarcOffset, e.number, e.file, e.start = s.name, s.size, s.count+1, s.name, s.size
	last, err := about(e)
	if err != nil {
		return e, err
	}
	n, err := io.Copy(s.file, io.MultiReader(in, bytes.NewReader(last)))
	s.dirty = true
	if err != nil {
		// take back a half-written capture, else the next one would stand behind a torn record
		if cut := s.file.Truncate(s.size); cut != nil {
			s.err = errors.Join(err, cut)
		} else if _, back := s.file.Seek(s.size, io.SeekStart); back != nil {
			s.err = errors.Join(err, back)
		}
		return e, fmt.Errorf("writing to %s: %w", s.name, err)
	}
	s.size += n
	s.count++
	e.end = s.size
	return e, a.index.add(ctx, s.name, []entry{e}, s.size)
}

// ready makes sure that there is a WARC file with room for n more bytes.
func (a *Archive) ready(ctx context.Context, n int64) error {
	switch {
	case a.closed:
		return errors.New("writing to the archive: it is closed")
	case a.lock == nil:
		return errors.New("writing to the archive: it was opened for reading only")
	case ctx.Err() != nil:
		return ctx.Err()
	}
	if s := a.segment; s != nil && (s.err != nil || s.size+n > a.opt.MaxFile) {
		if err := a.endSegment(ctx); err != nil {
			return err
		}
	}
	if a.segment == nil && a.reuse != "" {
		if err := a.reopen(ctx, a.reuse); err != nil {
			return err
		}
		a.reuse = ""
		return a.ready(ctx, n)
	}
	if a.segment == nil {
		return a.begin(ctx)
	}
	return nil
}

// reopen resumes with a WARC file of an earlier run, which catchUp found whole.
func (a *Archive) reopen(ctx context.Context, name string) error {
	indexed, err := a.index.files(ctx)
	if err != nil {
		return err
	}
	f, err := os.OpenFile(filepath.Join(a.dir, name), os.O_WRONLY, 0)
	if err != nil {
		return fmt.Errorf("going on with a WARC file: %w", err)
	}
	size, err := f.Seek(0, io.SeekEnd)
	if err != nil {
		return errors.Join(fmt.Errorf("going on with the WARC file %s: %w", name, err), f.Close())
	}
	a.segment = &segment{name: name, file: f, size: size, count: int(indexed[name].captures)}
	return nil
}

// softwareField begins the warcinfo record of a file that an archive of this package began.
const softwareField = "software: gongkai"

// begin starts a WARC file with its warcinfo record.
func (a *Archive) begin(ctx context.Context) error {
	now := time.Now().UTC()
	var unique [4]byte
	if _, err := rand.Read(unique[:]); err != nil {
		return fmt.Errorf("naming a WARC file: %w", err)
	}
	// many machines may write to one bucket, so the name must be theirs alone; by name is by time
	name := "gongkai-" + now.Format("20060102T150405.000Z") + "-" + hex.EncodeToString(unique[:]) + warcSuffix
	// the index knows of the file first: a torn end of a file that it does not know is taken for a loss
	if err := a.index.add(ctx, name, nil, 0); err != nil {
		return err
	}
	f, err := os.OpenFile(filepath.Join(a.dir, name), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if err != nil {
		return fmt.Errorf("making a WARC file: %w", err)
	}
	lines := "software: " + a.opt.Software + "\r\nformat: WARC File Format 1.1\r\nconformsTo: http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\n"
	if a.opt.Operator != "" {
		lines += "operator: " + strings.NewReplacer("\r", " ", "\n", " ").Replace(a.opt.Operator) + "\r\n"
	}
	info := newRecord(warc.Warcinfo, warc.NewID(), now, "")
	info.Set("WARC-Filename", name)
	info.Set("Content-Type", warc.Fields)
	setBlock(info, lines)
	err = warc.Write(f, info)
	size, e := f.Seek(0, io.SeekCurrent)
	if err = errors.Join(err, e); err == nil {
		err = errors.Join(f.Sync(), syncFolder(a.dir), a.index.add(ctx, name, nil, size))
	}
	if err != nil {
		return errors.Join(fmt.Errorf("making the WARC file %s: %w", name, err), f.Close())
	}
	a.segment = &segment{name: name, file: f, size: size}
	return nil
}

// endSegment closes the WARC file being written.
func (a *Archive) endSegment(ctx context.Context) error {
	s := a.segment
	if s == nil {
		return nil
	}
	a.segment = nil
	s.flush()
	if err := errors.Join(s.err, s.file.Close()); err != nil {
		return fmt.Errorf("closing the WARC file %s: %w", s.name, err)
	}
	a.unsealed = append(a.unsealed, s.name)
	return errors.Join(a.noteSegments(ctx), a.sealAll(ctx))
}

// sealAll stores the closed files that are not stored yet; one that fails stays listed and is tried again at the next
// flush.
func (a *Archive) sealAll(ctx context.Context) error {
	for len(a.unsealed) > 0 {
		if err := a.files.seal(ctx, a.unsealed[0]); err != nil {
			return fmt.Errorf("storing the WARC file %s: %w", a.unsealed[0], err)
		}
		a.unsealed = a.unsealed[1:]
	}
	return nil
}

// Flush makes everything written so far durable, and readable by other processes: in a folder the open WARC file is
// flushed to the disk, in a bucket it is ended and uploaded.
func (a *Archive) Flush(ctx context.Context) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if _, local := a.files.(folder); local {
		if a.segment == nil {
			return nil
		}
		a.segment.flush()
		return a.segment.err
	}
	if err := a.endSegment(ctx); err != nil {
		return err
	}
	return a.sealAll(ctx)
}

// syncFolder makes a new file's name durable, where the system can.
func syncFolder(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	// some systems (Windows, some network mounts) cannot flush a folder; the file itself was flushed
	_ = d.Sync()
	return d.Close()
}
