package store

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
)

// ErrTooLarge is wrapped by errors about a body beyond a size limit.
var ErrTooLarge = errors.New("larger than the limit")

// spoolMemory is how much of a body is held in memory before it goes to a temporary file.
const spoolMemory = 1 << 20

// SpooledBody is a body of known length that can be read more than once: in memory while small, else in a temporary
// file.
type SpooledBody struct {
	io.ReadSeeker
	Size int64
	file *os.File
}

// Close removes the temporary file.
func (s *SpooledBody) Close() error {
	if s.file == nil {
		return nil
	}
	err := s.file.Close()
	if e := os.Remove(s.file.Name()); err == nil {
		err = e
	}
	s.file = nil
	return err
}

// rewound goes back to the start for another reading.
func (s *SpooledBody) rewound() (io.Reader, error) {
	_, err := s.Seek(0, io.SeekStart)
	return s, err
}

// Spool reads r to its end. More than limit bytes (limit > 0) is an error that wraps ErrTooLarge; on an error nothing
// is kept.
func Spool(r io.Reader, limit int64) (*SpooledBody, error) {
	if limit > 0 {
		r = &limitedReader{r: r, left: limit}
	}
	return spoolFrom(func(w io.Writer) error {
		_, err := io.Copy(w, r)
		return err
	})
}

// spoolFrom keeps what fill writes.
func spoolFrom(fill func(io.Writer) error) (*SpooledBody, error) {
	var w spoolWriter
	err := fill(&w)
	if err == nil && w.file != nil {
		_, err = w.file.Seek(0, io.SeekStart)
	}
	s := &SpooledBody{Size: w.size, file: w.file}
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	if w.file != nil {
		s.ReadSeeker = w.file
	} else {
		s.ReadSeeker = bytes.NewReader(w.memory.Bytes())
	}
	return s, nil
}

type spoolWriter struct {
	memory bytes.Buffer
	file   *os.File
	size   int64
}

func (w *spoolWriter) Write(p []byte) (n int, err error) {
	if w.file == nil && w.memory.Len()+len(p) > spoolMemory {
		if w.file, err = os.CreateTemp("", "gongkai-spool-*"); err != nil {
			return 0, fmt.Errorf("spooling a body: %w", err)
		}
		if _, err = w.file.Write(w.memory.Bytes()); err != nil {
			return 0, fmt.Errorf("spooling a body: %w", err)
		}
		w.memory = bytes.Buffer{}
	}
	if w.file != nil {
		n, err = w.file.Write(p)
	} else {
		n, err = w.memory.Write(p)
	}
	w.size += int64(n)
	return n, err
}

// limitedReader fails, where io.LimitReader would cut in silence.
type limitedReader struct {
	r    io.Reader
	left int64
}

func (l *limitedReader) Read(p []byte) (int, error) {
	if int64(len(p)) > l.left+1 {
		p = p[:l.left+1]
	}
	n, err := l.r.Read(p)
	if l.left -= int64(n); l.left < 0 {
		return 0, ErrTooLarge
	}
	return n, err
}
