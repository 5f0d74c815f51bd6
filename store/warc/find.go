package warc

import (
	"bufio"
	"bytes"
	"io"
)

// findWindow bounds the compressed header of a record that Find recognises, in bytes.
const findWindow = 128 << 10

// gzipMagic begins a gzip member: its mark and the one method there is.
var gzipMagic = []byte{0x1f, 0x8b, 8}

// Find returns the offset of the first gzip member in r that begins with the header of a record, and io.EOF where there
// is none. The first byte of r stands at offset base of its file. It is for going on behind damage: that the record is
// whole is not checked.
func Find(r io.Reader, base int64) (int64, error) {
	in := bufio.NewReaderSize(r, findWindow)
	for {
		window, err := in.Peek(findWindow)
		if err != nil && err != io.EOF {
			return base, err
		}
		at := bytes.Index(window, gzipMagic)
		if at < 0 {
			if err == io.EOF {
				return base, io.EOF
			}
			at = len(window) - len(gzipMagic) + 1 // the mark may begin in this window and end in the next
		} else if at == 0 {
			if _, bad := NewReader(bytes.NewReader(window), 0).Next(); bad == nil {
				return base, nil
			}
			at = 1
		}
		n, err := in.Discard(at)
		base += int64(n)
		if err != nil {
			return base, err
		}
	}
}
