package warc

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"sync"

	"github.com/klauspost/compress/gzip"
)

var compressors = sync.Pool{New: func() any { return gzip.NewWriter(io.Discard) }}

// Write writes one record as one gzip member. It is an error if Block does not hold exactly Length bytes.
func Write(w io.Writer, r *Record) error {
	if err := r.check(); err != nil {
		return err
	}
	var head bytes.Buffer
	head.WriteString("WARC/1.1\r\n")
	for _, f := range r.Header {
		head.WriteString(f.Name + ": " + f.Value + "\r\n")
	}
	head.WriteString("Content-Length: " + strconv.FormatInt(r.Length, 10) + "\r\n\r\n")
	if head.Len() > maxHeader {
		return fmt.Errorf("%w: a header of %d bytes", ErrMalformed, head.Len())
	}
	z := compressors.Get().(*gzip.Writer)
	defer compressors.Put(z)
	z.Reset(w)
	if _, err := z.Write(head.Bytes()); err != nil {
		return fmt.Errorf("writing the header of WARC record %s: %w", r.ID(), err)
	}
	if r.Block != nil {
		n, err := io.Copy(z, io.LimitReader(r.Block, r.Length+1))
		if err != nil {
			return fmt.Errorf("writing the block of WARC record %s: %w", r.ID(), err)
		}
		if n != r.Length {
			return fmt.Errorf("writing the block of WARC record %s: %w: its block is not of the %d bytes announced", r.ID(), ErrMalformed, r.Length)
		}
	} else if r.Length != 0 {
		return fmt.Errorf("writing WARC record %s: %w: no block", r.ID(), ErrMalformed)
	}
	if _, err := io.WriteString(z, "\r\n\r\n"); err != nil {
		return fmt.Errorf("writing the end of WARC record %s: %w", r.ID(), err)
	}
	if err := z.Close(); err != nil {
		return fmt.Errorf("writing the end of WARC record %s: %w", r.ID(), err)
	}
	return nil
}
