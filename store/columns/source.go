package columns

import (
	"fmt"
	"io"
	"sync"

	"github.com/apache/arrow/go/v15/arrow/memory"
	"github.com/apache/arrow/go/v15/parquet/file"
	"github.com/apache/arrow/go/v15/parquet/metadata"
)

// File is a Parquet file of which stretches of rows are read. It may be read from many goroutines.
type File struct {
	Bytes  io.ReaderAt
	Footer *metadata.FileMetaData
}

// source reads one column of a row group after another with buffers that are used again, which are most of what
// reading a few rows takes. What it hands out is valid until the next column.
type source struct {
	pages   file.PageReader
	input   []byte // the bytes of the column
	at      int    // of them are read
	room    room   // for its pages
	entries [][]byte
}

var sources = sync.Pool{New: func() any { return &source{} }}

// roomKept is the size in bytes up to which buffers are kept: a source of a column with longer pages is let go.
const roomKept = 2 << 20

func (s *source) release() {
	if s.room.wanted <= roomKept && cap(s.input) <= roomKept {
		sources.Put(s)
	}
}

// open turns to a column of a row group.
func (s *source) open(f File, leaf, group int) (*pages, error) {
	chunk, err := f.Footer.RowGroup(group).ColumnChunk(leaf)
	if err != nil {
		return nil, err
	}
	start, size := chunk.DataPageOffset(), chunk.TotalCompressedSize()
	if at := chunk.DictionaryPageOffset(); chunk.HasDictionaryPage() && at > 0 && at < start {
		start = at
	}
	if start < 0 || size < 0 || size > 1<<31 {
		return nil, fmt.Errorf("column %s: %d bytes from %d on: %w", chunk.PathInSchema(), size, start, errDamaged)
	}
	s.room.reset()
	if s.at = 0; int64(cap(s.input)) < size {
		s.input = make([]byte, size+size/4)
	}
	s.input = s.input[:size]
	if _, err := f.Bytes.ReadAt(s.input, start); err != nil {
		if err == io.EOF {
			err = io.ErrUnexpectedEOF
		}
		return nil, err
	}
	if s.pages == nil {
		if s.pages, err = file.NewPageReader(s, chunk.NumValues(), chunk.Compression(), &s.room, nil); err != nil {
			return nil, err
		}
	} else if s.pages.Reset(s, chunk.NumValues(), chunk.Compression(), nil); s.pages.Err() != nil {
		return nil, s.pages.Err()
	}
	return &pages{source: s, descr: f.Footer.Schema.Column(leaf), left: chunk.NumValues()}, nil
}

// Peek returns the next bytes, fewer with io.EOF at the end.
func (s *source) Peek(n int) ([]byte, error) {
	if rest := s.input[s.at:]; len(rest) < n {
		return rest, io.EOF
	}
	return s.input[s.at : s.at+n], nil
}

// Discard passes over bytes.
func (s *source) Discard(n int) (int, error) {
	passed := min(n, len(s.input)-s.at)
	if s.at += passed; passed < n {
		return passed, io.EOF
	}
	return passed, nil
}

// Read reads bytes.
func (s *source) Read(p []byte) (int, error) {
	if s.at == len(s.input) && len(p) > 0 {
		return 0, io.EOF
	}
	n := copy(p, s.input[s.at:])
	s.at += n
	return n, nil
}

// room is an allocator of pages that all end together.
type room struct {
	bytes        []byte
	used, wanted int
}

// reset ends what was allocated. There is room then for as much as was wanted before.
func (r *room) reset() {
	if r.wanted > len(r.bytes) {
		r.bytes = make([]byte, r.wanted)
	}
	r.used, r.wanted = 0, 0
}

func (r *room) Allocate(size int) []byte {
	if r.wanted += size; r.used+size > len(r.bytes) {
		return make([]byte, size)
	}
	b := r.bytes[r.used : r.used+size : r.used+size]
	r.used += size
	return b
}

func (r *room) Reallocate(size int, b []byte) []byte {
	if size <= cap(b) {
		return b[:size]
	}
	grown := r.Allocate(size)
	copy(grown, b)
	return grown
}

// Free does nothing: pages end with reset.
func (r *room) Free([]byte) {}

var _ memory.Allocator = (*room)(nil)
