package warc

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/klauspost/compress/gzip"
)

// Reader reads the records of a file in order.
type Reader struct {
	source counter
	buf    *bufio.Reader // of the compressed bytes; gzip takes no byte beyond a member from it
	zip    *gzip.Reader
	plain  *bufio.Reader // of the record
	head   []byte        // the fixed part of the record's gzip header
	open   bool          // a record is begun and not finished
	left   int64         // bytes of its block not yet read
	start  int64
	err    error
}

type counter struct {
	r   io.Reader
	n   int64
	err error // other than the end
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	if err != nil && err != io.EOF {
		c.err = err
	}
	return n, err
}

// NewReader reads from r, whose first byte stands at offset base of its file and begins a record.
func NewReader(r io.Reader, base int64) *Reader {
	w := &Reader{source: counter{r: r, n: base}}
	w.buf = bufio.NewReaderSize(&w.source, 64<<10)
	return w
}

// gzipHeader is the length of what every gzip header begins with (RFC 1952, section 2.3).
const gzipHeader = 10

// Offset is the place in the file of the record that Next returned last, in bytes.
func (w *Reader) Offset() int64 { return w.start }

// GzipHeader is the fixed part (10 bytes, fewer at the end of a file) of the header of the gzip member that Next read
// last. No checksum covers it.
func (w *Reader) GzipHeader() []byte { return w.head }

// Next returns the next record; its Block is valid until the following call, which first finishes and checks the one
// before. At the end it returns io.EOF, in a file that ends within a record io.ErrUnexpectedEOF, and for bytes that are
// no WARC record an error that wraps ErrMalformed. After an error it returns that error again.
func (w *Reader) Next() (*Record, error) {
	if w.err == nil {
		w.err = w.finish()
	}
	if w.err != nil {
		return nil, w.err
	}
	r, err := w.begin()
	if err != nil && err != io.EOF {
		err = w.explain(err)
	}
	w.err = err
	return r, err
}

// Finish reads and checks what is left of the record, and returns the offset after it.
func (w *Reader) Finish() (int64, error) {
	if w.err == nil {
		w.err = w.finish()
	}
	return w.offset(), w.err
}

func (w *Reader) offset() int64 { return w.source.n - int64(w.buf.Buffered()) }

func (w *Reader) explain(err error) error {
	if w.source.err != nil {
		return fmt.Errorf("the record at %d: %w: %w", w.start, ErrRead, w.source.err)
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("the record at %d is cut off: %w", w.start, io.ErrUnexpectedEOF)
	}
	if errors.Is(err, ErrMalformed) {
		return fmt.Errorf("the record at %d: %w", w.start, err)
	}
	return fmt.Errorf("the record at %d: %w: %w", w.start, ErrMalformed, err)
}

func (w *Reader) begin() (*Record, error) {
	w.start = w.offset()
	head, err := w.buf.Peek(gzipHeader)
	if w.head = append(w.head[:0], head...); len(head) == 0 || err != nil && err != io.EOF {
		return nil, err
	}
	w.open = true
	if w.zip == nil {
		w.zip, err = gzip.NewReader(w.buf)
	} else {
		err = w.zip.Reset(w.buf)
	}
	if err != nil {
		return nil, notEOF(err)
	}
	w.zip.Multistream(false)
	if w.plain == nil {
		w.plain = bufio.NewReaderSize(w.zip, 32<<10)
	} else {
		w.plain.Reset(w.zip)
	}
	r, err := w.header()
	if err != nil {
		return nil, notEOF(err)
	}
	w.left = r.Length
	r.Block = (*block)(w)
	return r, nil
}

func notEOF(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

func (w *Reader) header() (*Record, error) {
	budget := maxHeader
	version, err := w.line(&budget)
	if err != nil {
		return nil, err
	}
	if version != "WARC/1.1" && version != "WARC/1.0" {
		return nil, fmt.Errorf("%w: version %.20q", ErrMalformed, version)
	}
	r := &Record{Length: -1}
	for {
		line, err := w.line(&budget)
		if err != nil {
			return nil, err
		}
		if line == "" {
			break
		}
		if (line[0] == ' ' || line[0] == '\t') && len(r.Header) > 0 { // a folded line continues the field before
			r.Header[len(r.Header)-1].Value += " " + strings.TrimSpace(line)
			continue
		}
		name, value, ok := strings.Cut(line, ":")
		if !ok {
			return nil, fmt.Errorf("%w: header line %.40q", ErrMalformed, line)
		}
		value = strings.TrimSpace(value)
		if strings.EqualFold(name, "Content-Length") {
			n, err := strconv.ParseInt(value, 10, 64)
			if err != nil || n < 0 || r.Length >= 0 {
				return nil, fmt.Errorf("%w: Content-Length %.40q", ErrMalformed, value)
			}
			r.Length = n
			continue
		}
		r.Header = append(r.Header, Field{name, value})
	}
	if r.Length < 0 {
		return nil, fmt.Errorf("%w: no Content-Length", ErrMalformed)
	}
	if r.Type() == "" || r.ID() == "" {
		return nil, fmt.Errorf("%w: no WARC-Type or no WARC-Record-ID", ErrMalformed)
	}
	return r, nil
}

func (w *Reader) line(budget *int) (string, error) {
	var long []byte
	for {
		part, err := w.plain.ReadSlice('\n')
		*budget -= len(part)
		if *budget < 0 {
			return "", fmt.Errorf("%w: a header of more than %d bytes", ErrMalformed, maxHeader)
		}
		if err == nil && long == nil {
			return string(bytes.TrimRight(part, "\r\n")), nil
		}
		long = append(long, part...)
		if err == nil {
			return string(bytes.TrimRight(long, "\r\n")), nil
		}
		if err != bufio.ErrBufferFull {
			return "", err
		}
	}
}

// block is the Reader seen as the block of its record.
type block Reader

func (b *block) Read(p []byte) (int, error) {
	if b.err != nil {
		return 0, b.err
	}
	if b.left == 0 {
		// whoever reads to the end learns whether the checksum holds
		if b.err = (*Reader)(b).finish(); b.err != nil {
			return 0, b.err
		}
		return 0, io.EOF
	}
	if int64(len(p)) > b.left {
		p = p[:b.left]
	}
	n, err := b.plain.Read(p)
	b.left -= int64(n)
	if err != nil && (err != io.EOF || b.left > 0) {
		b.err = (*Reader)(b).explain(err)
		return n, b.err
	}
	return n, nil
}

// finish reads to the end of the record's gzip member, whose checksum and end it checks.
func (w *Reader) finish() error {
	if !w.open {
		return nil
	}
	w.open = false
	if w.left > 0 {
		if _, err := io.CopyN(io.Discard, (*block)(w), w.left); err != nil {
			return err
		}
	}
	tail, err := io.ReadAll(io.LimitReader(w.plain, 5))
	if err != nil {
		return w.explain(err)
	}
	if string(tail) != "\r\n\r\n" {
		return w.explain(fmt.Errorf("%w: it does not end in two empty lines", ErrMalformed))
	}
	return nil
}
