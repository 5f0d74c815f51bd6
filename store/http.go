package store

import (
	"bufio"
	"bytes"
	"compress/flate"
	"compress/zlib"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/http/httputil"
	"net/textproto"
	"strconv"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// maxHTTPHeader bounds the header of a stored response in bytes.
const maxHTTPHeader = 1 << 20

// storedHeader readies a response's header for the archive: it ends in an empty line, and a Transfer-Encoding, which no
// longer holds for the body that is stored, keeps its value under X-Archive-Orig-Transfer-Encoding.
func storedHeader(raw []byte) []byte {
	var out bytes.Buffer
	for line := range bytes.Lines(raw) {
		line = bytes.TrimRight(line, "\r\n")
		if len(line) == 0 {
			break
		}
		if name, _, ok := bytes.Cut(line, []byte(":")); ok && strings.EqualFold(string(bytes.TrimSpace(name)), "Transfer-Encoding") {
			out.WriteString("X-Archive-Orig-")
		}
		out.Write(line)
		out.WriteString("\r\n")
	}
	out.WriteString("\r\n")
	return out.Bytes()
}

// parseResponse reads status and fields from the head of a response. Lines that are no field are passed over, as
// servers write odd things.
func parseResponse(head []byte) (status int32, header http.Header) {
	header = http.Header{}
	first := true
	for line := range bytes.Lines(head) {
		s := strings.TrimSpace(string(line))
		if first {
			first = false
			if f := strings.Fields(s); len(f) >= 2 {
				if n, err := strconv.ParseInt(f[1], 10, 32); err == nil {
					status = int32(n)
				}
			}
			continue
		}
		if name, value, ok := strings.Cut(s, ":"); ok {
			header.Add(textproto.TrimString(name), strings.TrimSpace(value))
		}
	}
	return status, header
}

// readHead takes the head of a stored HTTP message from r, up to and with its empty line.
func readHead(r *bufio.Reader) ([]byte, error) {
	var head []byte
	for {
		line, err := r.ReadSlice('\n')
		head = append(head, line...)
		if len(head) > maxHTTPHeader {
			return nil, fmt.Errorf("the HTTP header is %w of %d bytes", ErrTooLarge, maxHTTPHeader)
		}
		if err == bufio.ErrBufferFull {
			continue
		}
		if err == io.EOF {
			return head, nil // a message without a body
		}
		if err != nil {
			return nil, err
		}
		if len(bytes.TrimRight(line, "\r\n")) == 0 {
			return head, nil
		}
	}
}

// mediaType splits a Content-Type into its type in lower case and its charset; nil where there is none.
func mediaType(header http.Header) (media, charset *string) {
	value := header.Get("Content-Type")
	if value == "" {
		return nil, nil
	}
	m, params, err := mime.ParseMediaType(value)
	if err != nil || m == "" { // such as "text/html; charset=": the type is still told
		m = strings.ToLower(strings.TrimSpace(strings.SplitN(value, ";", 2)[0]))
	}
	if m != "" {
		media = &m
	}
	if c := strings.ToLower(params["charset"]); c != "" {
		charset = &c
	}
	return media, charset
}

// DecodeBody undoes the transfer and content codings that the header names, in a stream of at most limit bytes, after
// which it gives ErrTooLarge. The gzip, deflate (with or without zlib's wrapper), br, zstd and identity codings are
// known; another one is an error. A body that is called gzip and is not is taken as it is, as servers that compress at
// two places send it.
func DecodeBody(header http.Header, body io.Reader, limit int64) (io.Reader, error) {
	if strings.EqualFold(header.Get("Transfer-Encoding"), "chunked") { // in WARC files of other makers
		body = httputil.NewChunkedReader(body)
	}
	codings := strings.Split(strings.Join(header.Values("Content-Encoding"), ","), ",")
	if len(codings) > 5 {
		return nil, fmt.Errorf("%d content codings on one body", len(codings))
	}
	for i := len(codings) - 1; i >= 0; i-- {
		var err error
		switch coding := strings.ToLower(strings.TrimSpace(codings[i])); coding {
		case "", "identity":
		case "gzip", "x-gzip":
			body, err = gunzip(body)
		case "deflate":
			body, err = inflate(body)
		case "br":
			body = brotli.NewReader(body)
		case "zstd":
			var z *zstd.Decoder
			// one goroutine and a bounded window: a frame may ask for gigabytes
			if z, err = zstd.NewReader(body, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(64<<20)); err == nil {
				body = z
			}
		default:
			err = fmt.Errorf("content coding %q is not known", coding)
		}
		if err != nil {
			return nil, fmt.Errorf("decoding the body: %w", err)
		}
	}
	return &limitedReader{r: body, left: limit}, nil
}

func gunzip(body io.Reader) (io.Reader, error) {
	b := bufio.NewReader(body)
	if head, err := b.Peek(2); err == io.EOF || err == nil && (head[0] != 0x1f || head[1] != 0x8b) {
		return b, nil
	}
	return gzip.NewReader(b)
}

// inflate reads deflate as the standard means it (zlib) and as many servers send it (bare).
func inflate(body io.Reader) (io.Reader, error) {
	b := bufio.NewReader(body)
	head, err := b.Peek(2)
	if err == io.EOF {
		return b, nil
	}
	if err != nil {
		return nil, err
	}
	if head[0]&0x0f == 8 && (int(head[0])<<8|int(head[1]))%31 == 0 {
		return zlib.NewReader(b)
	}
	return flate.NewReader(b), nil
}
