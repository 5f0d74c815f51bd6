package fetch

import (
	"bytes"
	"errors"
	"io"
)

// ended reads a body whose server promised more than it sent. Where the document itself says that it is at its end, the
// promise was wrong and nothing is missing.
type ended struct {
	io.Reader
	tail []byte // the last bytes read
}

// tailSize is room for an end mark and the white space behind it.
const tailSize = 64

func (e *ended) Read(p []byte) (int, error) {
	n, err := e.Reader.Read(p)
	e.tail = append(e.tail, p[max(0, n-tailSize):n]...)
	e.tail = e.tail[max(0, len(e.tail)-tailSize):]
	if errors.Is(err, io.ErrUnexpectedEOF) {
		last := bytes.ToLower(bytes.TrimSpace(e.tail))
		if bytes.HasSuffix(last, []byte("</html>")) || bytes.HasSuffix(last, []byte("%%eof")) {
			err = io.EOF
		}
	}
	return n, err
}
