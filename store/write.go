package store

import (
	"bufio"
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/store/warc"
)

// Exchange is one HTTP request and its response.
type Exchange struct {
	// Capture's URL, FetchedAt and Outcome must be set, FinalURL, Seed, FoundOn, Depth and Charset may be. The Write
	// method fills in Status, MediaType, Bytes, SHA256, the place, and Charset from the Content-Type where it is nil.
	Capture  schema.Capture
	Request  []byte    // request line and header as sent; empty to store none
	Response []byte    // status line and header as received
	Body     io.Reader // body as received, its transfer coding removed and its content coding kept; nil for none
	RemoteIP string    // address that answered, empty when not known
	Dedupe   bool      // write a revisit record in place of a body that the archive holds already, see WriteExchange
	Detail   string    // remark for the metadata record
}

// WriteExchange stores a response and its request, and returns the capture as listed.
//
// SHA256 and Bytes are of the decoded document. When its content coding is unknown or damaged they are of the body as
// stored, and Body of the capture fails. With Dedupe, a body that the archive already holds becomes a revisit record
// (identical-payload-digest), and an Outcome of 'ok' becomes 'unchanged' when the latest capture of that URL has that
// body, else 'duplicate'.
func (a *Archive) WriteExchange(ctx context.Context, x Exchange) (schema.Capture, error) {
	c, err := a.writeExchange(ctx, x)
	if err != nil {
		return c, fmt.Errorf("storing the capture of %s: %w", x.Capture.URL, err)
	}
	return c, nil
}

func (a *Archive) writeExchange(ctx context.Context, x Exchange) (schema.Capture, error) {
	body, err := asSpooled(x.Body)
	if err != nil {
		return x.Capture, err
	}
	defer body.Close()
	head := storedHeader(x.Response)
	status, header := parseResponse(head)
	e := entry{Capture: cleanCapture(x.Capture)}
	e.Status = &status
	media, charset := mediaType(header)
	if e.MediaType = media; e.Charset == nil {
		e.Charset = charset
	}
	digest, detail, err := a.describe(&e, header, body)
	if err != nil {
		return e.Capture, err
	}
	r := newRecord(warc.Response, warc.NewID(), e.FetchedAt, e.URL)
	if x.Dedupe && body.Size > 0 {
		original, ok, err := a.index.first(ctx, "WHERE payload_digest = ? AND refers_to IS NULL ORDER BY fetched_at, warc_file, warc_offset", digest)
		if err != nil {
			return e.Capture, err
		}
		if ok {
			latest, seen, err := a.LookupBody(ctx, e.URL)
			if err != nil {
				return e.Capture, err
			}
			if e.Outcome == schema.OutcomeOK {
				e.Outcome = schema.OutcomeDuplicate
				if seen && *latest.SHA256 == *e.SHA256 {
					e.Outcome = schema.OutcomeUnchanged
				}
			}
			r = revisit(&e, original, warc.IdenticalPayloadDigest)
		}
	}
	e.recordID = r.ID()
	r.Set("WARC-IP-Address", x.RemoteIP)
	r.Set("WARC-Payload-Digest", digest)
	r.Set("Content-Type", warc.HTTPResponse)
	block := func() (io.Reader, error) {
		if e.refersTo != "" {
			return bytes.NewReader(head), nil
		}
		in, err := body.rewound()
		return io.MultiReader(bytes.NewReader(head), in), err
	}
	length := int64(len(head))
	if e.refersTo == "" {
		length += body.Size
	}
	if x.Detail != "" {
		detail = strings.TrimPrefix(detail+"; "+x.Detail, "; ")
	}
	return a.writeCapture(ctx, e, r, length, block, x.Request, detail)
}

// WriteNotModified stores a 304 answer to a conditional request as a revisit record (server-not-modified) of an earlier
// capture, whose body it shares.
func (a *Archive) WriteNotModified(ctx context.Context, x Exchange, of schema.Capture) (schema.Capture, error) {
	fail := func(err error) (schema.Capture, error) {
		return x.Capture, fmt.Errorf("storing that %s was not modified: %w", x.Capture.URL, err)
	}
	original, err := a.original(ctx, of)
	if err != nil {
		return fail(err)
	}
	head := storedHeader(x.Response)
	status, _ := parseResponse(head)
	e := entry{Capture: cleanCapture(x.Capture)}
	e.Status, e.MediaType, e.Charset, e.Bytes, e.SHA256 = &status, original.MediaType, original.Charset, original.Bytes, original.SHA256
	if e.Outcome == "" {
		e.Outcome = schema.OutcomeUnchanged
	}
	e.payloadDigest = original.payloadDigest
	r := revisit(&e, original, warc.ServerNotModified)
	e.recordID = r.ID()
	r.Set("WARC-IP-Address", x.RemoteIP)
	r.Set("Content-Type", warc.HTTPResponse)
	c, err := a.writeCapture(ctx, e, r, int64(len(head)), func() (io.Reader, error) { return bytes.NewReader(head), nil }, x.Request, x.Detail)
	if err != nil {
		return fail(err)
	}
	return c, nil
}

// WriteFailure stores a try that had no response (robots, timeout, unreachable, ...): c's URL, FetchedAt and Outcome
// must be set.
func (a *Archive) WriteFailure(ctx context.Context, c schema.Capture, detail string) (schema.Capture, error) {
	c, err := a.writeCapture(ctx, entry{Capture: cleanCapture(c)}, nil, 0, nil, nil, detail)
	if err != nil {
		return c, fmt.Errorf("storing the failed capture of %s: %w", c.URL, err)
	}
	return c, nil
}

// Import is a document that did not come over HTTP.
type Import struct {
	// Capture's FetchedAt must be set; URL is the source address, or empty where none is known: then it becomes
	// import:NAME. MediaType is told from the first bytes where it is nil; Outcome is 'ok' where it is empty.
	Capture schema.Capture
	Name    string // file name; folders before it are left out
	Body    io.Reader
	Detail  string // remark for the metadata record
}

// WriteImport stores a local document as a resource record.
func (a *Archive) WriteImport(ctx context.Context, im Import) (schema.Capture, error) {
	c, err := a.writeImport(ctx, im)
	if err != nil {
		return c, fmt.Errorf("importing %s: %w", im.Name, err)
	}
	return c, nil
}

func (a *Archive) writeImport(ctx context.Context, im Import) (schema.Capture, error) {
	body, err := asSpooled(im.Body)
	if err != nil {
		return im.Capture, err
	}
	defer body.Close()
	e := entry{Capture: cleanCapture(im.Capture)}
	if e.URL == "" {
		e.URL = ImportAddress(im.Name)
	}
	if e.Outcome == "" {
		e.Outcome = schema.OutcomeOK
	}
	if e.MediaType == nil {
		in, err := body.rewound()
		if err != nil {
			return e.Capture, err
		}
		start, _ := bufio.NewReaderSize(in, 512).Peek(512) // shorter at the end of the body, which is no error here
		e.MediaType, _ = mediaType(http.Header{"Content-Type": {http.DetectContentType(start)}})
	}
	digest, detail, err := a.describe(&e, http.Header{}, body)
	if err != nil {
		return e.Capture, err
	}
	e.recordID = warc.NewID()
	r := newRecord(warc.Resource, e.recordID, e.FetchedAt, e.URL)
	r.Set("WARC-Payload-Digest", digest)
	r.Set("Content-Type", *e.MediaType)
	if im.Detail != "" {
		detail = strings.TrimPrefix(detail+"; "+im.Detail, "; ")
	}
	return a.writeCapture(ctx, e, r, body.Size, body.rewound, nil, detail)
}

func asSpooled(r io.Reader) (*SpooledBody, error) {
	if r == nil {
		r = bytes.NewReader(nil)
	}
	if s, ok := r.(*SpooledBody); ok {
		return &SpooledBody{ReadSeeker: s.ReadSeeker, Size: s.Size}, nil // the caller's to close
	}
	return Spool(r, 0)
}

// describe fills in digest and size of the decoded document and returns the digest of the body as stored.
func (a *Archive) describe(e *entry, header http.Header, body *SpooledBody) (digest, detail string, err error) {
	in, err := body.rewound()
	if err != nil {
		return "", "", err
	}
	h := warc.NewDigest()
	if _, err := io.Copy(h, in); err != nil {
		return "", "", fmt.Errorf("reading the body: %w", err)
	}
	stored := h.Sum(nil)
	size := body.Size
	if header.Get("Content-Encoding") != "" && body.Size > 0 {
		if in, err = body.rewound(); err != nil {
			return "", "", err
		}
		h.Reset()
		decoded, err := DecodeBody(header, in, a.opt.MaxBody)
		var n int64
		if err == nil {
			n, err = io.Copy(h, decoded)
		}
		if err == nil {
			size = n
		} else {
			detail = "body not decoded: " + err.Error()
			h.Reset()
		}
	}
	e.Bytes = &size
	sum := hex.EncodeToString(stored)
	digest = "sha256:" + sum
	if header.Get("Content-Encoding") != "" && body.Size > 0 && detail == "" {
		sum = hex.EncodeToString(h.Sum(nil))
	}
	e.SHA256 = &sum
	e.payloadDigest = digest
	return digest, detail, nil
}

// revisit begins a revisit record and joins the entry to its original.
func revisit(e *entry, original entry, profile string) *warc.Record {
	r := newRecord(warc.Revisit, warc.NewID(), e.FetchedAt, e.URL)
	r.Set("WARC-Profile", profile)
	r.Set("WARC-Refers-To", original.recordID)
	r.Set("WARC-Refers-To-Target-URI", targetURI(original.URL))
	r.Set("WARC-Refers-To-Date", warc.FormatDate(original.FetchedAt))
	e.refersTo = original.recordID
	return r
}

// writeCapture encodes the records of one capture beside the file, which needs no lock, and appends them in one piece.
// Last comes the metadata record, which tells the capture's place and so is made when that is known.
func (a *Archive) writeCapture(ctx context.Context, e entry, main *warc.Record, length int64, block func() (io.Reader, error), request []byte, detail string) (schema.Capture, error) {
	if e.URL == "" || e.Outcome == "" || e.FetchedAt.IsZero() {
		return e.Capture, errors.New("a capture needs an address, a time and an outcome")
	}
	about := newRecord(warc.Metadata, warc.NewID(), e.FetchedAt, e.URL)
	if main == nil {
		e.recordID = about.ID()
	} else {
		about.Set("WARC-Refers-To", e.recordID)
	}
	about.Set("Content-Type", warc.Fields)
	records, err := spoolFrom(func(w io.Writer) error {
		if main != nil {
			if err := writeMain(w, main, length, block); err != nil {
				return err
			}
		}
		if len(request) > 0 {
			r := newRecord(warc.Request, warc.NewID(), e.FetchedAt, e.URL)
			r.Set("WARC-Concurrent-To", e.recordID)
			r.Set("Content-Type", warc.HTTPRequest)
			setBlock(r, string(request))
			return warc.Write(w, r)
		}
		return nil
	})
	if err != nil {
		return e.Capture, err
	}
	defer records.Close()
	e, err = a.append(ctx, e, records, func(placed entry) ([]byte, error) {
		text, err := metadataBlock(placed, strings.ToValidUTF8(detail, "�"))
		if err != nil {
			return nil, err
		}
		setBlock(about, text)
		var b bytes.Buffer
		err = warc.Write(&b, about)
		return b.Bytes(), err
	})
	return e.Capture, err
}

func writeMain(w io.Writer, r *warc.Record, length int64, block func() (io.Reader, error)) error {
	in, err := block()
	if err != nil {
		return err
	}
	h := warc.NewDigest()
	if _, err := io.Copy(h, in); err != nil {
		return fmt.Errorf("reading the body: %w", err)
	}
	r.Set("WARC-Block-Digest", warc.FormatDigest(h))
	if r.Block, err = block(); err != nil {
		return err
	}
	r.Length = length
	return warc.Write(w, r)
}

func newRecord(kind, id string, date time.Time, address string) *warc.Record {
	r := &warc.Record{}
	r.Set("WARC-Type", kind)
	r.Set("WARC-Record-ID", id)
	r.Set("WARC-Date", warc.FormatDate(date))
	r.Set("WARC-Target-URI", targetURI(address))
	return r
}

func setBlock(r *warc.Record, text string) {
	h := warc.NewDigest()
	h.Write([]byte(text))
	r.Set("WARC-Block-Digest", warc.FormatDigest(h))
	r.Block, r.Length = strings.NewReader(text), int64(len(text))
}

// cleanCapture puts a capture into the form in which both the WARC and the index keep it: time to the microsecond in
// UTC, text in UTF-8.
func cleanCapture(c schema.Capture) schema.Capture {
	c.FetchedAt = c.FetchedAt.UTC().Truncate(time.Microsecond)
	c.URL = strings.ToValidUTF8(c.URL, "�")
	for _, p := range []**string{&c.FinalURL, &c.Seed, &c.FoundOn, &c.MediaType, &c.Charset} {
		if *p != nil {
			s := strings.ToValidUTF8(**p, "�")
			*p = &s
		}
	}
	return c
}
