// Package fetch sends one HTTP request and keeps the exchange as it was on the wire, within limits of size and time. It
// follows no redirect and knows nothing of delays and of what a page means: a caller decides on each hop.
package fetch

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"sort"
	"strings"
	"time"

	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/store"
)

// Options are the limits of a Client. The zero value of each means its default.
type Options struct {
	UserAgent     string
	Timeout       time.Duration // for a whole exchange, body included; default 1 minute
	MaxBody       int64         // bytes of a body as received and, separately, when decompressed; default 64 MiB
	AllowLoopback bool          // opens 127.0.0.0/8 and ::1, for tests and the bundled sample site
	// Dial maps host:port to the address to dial; nil means as it is. Tests give invented host names a loopback server
	// with it.
	Dial func(hostPort string) string
}

// Client sends requests. It is safe for concurrent use; keep-alive connections are at most one a host.
type Client struct {
	opt       Options
	transport *http.Transport
}

// maxHeader bounds the header of an answer.
const maxHeader = 256 << 10

// New makes a client.
func New(opt Options) *Client {
	if opt.Timeout <= 0 {
		opt.Timeout = time.Minute
	}
	if opt.MaxBody <= 0 {
		opt.MaxBody = 64 << 20
	}
	dialer := &net.Dialer{Timeout: 15 * time.Second, Control: guard(opt.AllowLoopback)}
	return &Client{opt: opt, transport: &http.Transport{
		DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			if opt.Dial != nil {
				address = opt.Dial(address)
			}
			return dialer.DialContext(ctx, network, address)
		},
		DisableCompression:     true, // the record keeps the bytes as sent
		MaxConnsPerHost:        1,
		MaxIdleConnsPerHost:    1,
		MaxIdleConns:           256,
		IdleConnTimeout:        30 * time.Second,
		TLSHandshakeTimeout:    15 * time.Second,
		ResponseHeaderTimeout:  min(opt.Timeout, time.Minute),
		MaxResponseHeaderBytes: maxHeader,
		TLSNextProto:           map[string]func(string, *tls.Conn) http.RoundTripper{}, // HTTP/1.1 only: its messages are what WARC records
	}}
}

// Close drops idle connections.
func (c *Client) Close() { c.transport.CloseIdleConnections() }

// Request is one request.
type Request struct {
	Method string // GET or POST
	URL    *url.URL
	Body   string
	Header map[string]string // beyond User-Agent, Accept, Accept-Language and Accept-Encoding
}

// Response is an answer, whatever its status. Close removes the spooled body.
type Response struct {
	Status       int
	Header       http.Header
	RequestHead  []byte // request line and headers as sent, CRLF
	ResponseHead []byte // status line and headers as received, CRLF
	Raw          *store.SpooledBody
	RemoteIP     string
}

// Close removes the body's temporary file.
func (r *Response) Close() error { return r.Raw.Close() }

// Error is a request that got no whole answer. Outcome is one of the outcomes of schema: timeout, too_large, tls_error,
// unreachable.
type Error struct {
	Outcome string
	URL     string
	Err     error
}

func (e *Error) Error() string { return fmt.Sprintf("fetch %s: %s: %v", e.URL, e.Outcome, e.Err) }
func (e *Error) Unwrap() error { return e.Err }

// Do sends the request and reads the whole answer. Errors are *Error, or the context's own when it was cancelled.
func (c *Client) Do(ctx context.Context, r Request) (*Response, error) {
	fail := func(err error) error {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return &Error{Outcome: outcome(err), URL: r.URL.String(), Err: err}
	}
	if r.URL.Scheme != "http" && r.URL.Scheme != "https" {
		return nil, fail(fmt.Errorf("scheme %q: %w", r.URL.Scheme, ErrForbiddenAddress))
	}
	if err := checkHost(r.URL, c.opt.AllowLoopback); err != nil {
		return nil, fail(err)
	}
	limited, stop := context.WithTimeout(ctx, c.opt.Timeout)
	defer stop()
	limited, cancel := context.WithCancelCause(limited)
	defer cancel(nil)
	req, err := http.NewRequestWithContext(limited, r.Method, r.URL.String(), strings.NewReader(r.Body))
	if err != nil {
		return nil, fail(err)
	}
	req.Header = http.Header{"User-Agent": {c.opt.UserAgent}, "Accept": {"text/html,application/xhtml+xml,application/pdf,application/json,*/*;q=0.8"},
		"Accept-Language": {"zh-CN,zh;q=0.9"}, "Accept-Encoding": {"gzip"}}
	for k, v := range r.Header {
		req.Header.Set(k, v)
	}
	head := requestHead(req, len(r.Body))
	var remote string
	res, err := c.transport.RoundTrip(req.WithContext(once(limited, cancel, &remote)))
	if err != nil {
		if errors.Is(context.Cause(limited), errBroken) {
			err = errBroken
		}
		return nil, fail(err)
	}
	defer res.Body.Close()
	raw, err := store.Spool(&ended{Reader: res.Body}, c.opt.MaxBody)
	if err != nil {
		return nil, fail(fmt.Errorf("read the body: %w", err))
	}
	return &Response{Status: res.StatusCode, Header: res.Header, RequestHead: head, ResponseHead: responseHead(res), Raw: raw, RemoteIP: remote}, nil
}

// Body decodes the content coding. A body that grows beyond the limit is an *Error with outcome too_large.
func (c *Client) Body(u *url.URL, r *Response) ([]byte, error) {
	if _, err := r.Raw.Seek(0, io.SeekStart); err != nil {
		return nil, fmt.Errorf("re-read the body of %s: %w", u, err)
	}
	reader, err := store.DecodeBody(r.Header, r.Raw, c.opt.MaxBody)
	if err != nil {
		return nil, &Error{schema.OutcomeNotADocument, u.String(), err}
	}
	var b bytes.Buffer
	_, err = io.Copy(&b, reader)
	switch {
	case errors.Is(err, store.ErrTooLarge):
		return nil, &Error{schema.OutcomeTooLarge, u.String(), fmt.Errorf("more than %d bytes when decompressed: %w", c.opt.MaxBody, store.ErrTooLarge)}
	case err != nil:
		return nil, &Error{schema.OutcomeNotADocument, u.String(), fmt.Errorf("decompress: %w", err)}
	}
	return b.Bytes(), nil
}

func outcome(err error) string {
	var verify *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	var alert tls.AlertError
	var timeout net.Error
	switch {
	case errors.Is(err, store.ErrTooLarge) || strings.Contains(err.Error(), "server response headers exceeded"):
		return schema.OutcomeTooLarge
	case errors.As(err, &verify) || errors.As(err, &record) || errors.As(err, &alert) || strings.Contains(err.Error(), "tls: "):
		return schema.OutcomeTLSError
	case errors.Is(err, context.DeadlineExceeded) || errors.As(err, &timeout) && timeout.Timeout():
		return schema.OutcomeTimeout
	}
	return schema.OutcomeUnreachable
}

func requestHead(req *http.Request, body int) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s %s HTTP/1.1\r\nHost: %s\r\n", req.Method, req.URL.RequestURI(), req.URL.Host)
	keys := make([]string, 0, len(req.Header))
	for k := range req.Header {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	for _, k := range keys {
		fmt.Fprintf(&b, "%s: %s\r\n", k, req.Header.Get(k))
	}
	if req.Method == http.MethodPost {
		fmt.Fprintf(&b, "Content-Length: %d\r\n", body)
	}
	b.WriteString("\r\n")
	return b.Bytes()
}

func responseHead(res *http.Response) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s %s\r\n", res.Proto, res.Status)
	if err := res.Header.Write(&b); err != nil { // a bytes.Buffer takes everything
		return nil
	}
	b.WriteString("\r\n")
	return b.Bytes()
}
