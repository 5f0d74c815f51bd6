package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/store/warc"
)

// WriteConversion stores what was made of a capture's document, such as the document of a page as its scripts have made
// it, as a conversion record that refers to the capture's own (WARC/1.1, 5.5 and 6.8). c's URL, FetchedAt, Outcome,
// MediaType and Charset must be set; it has no status, for no server sent it.
func (a *Archive) WriteConversion(ctx context.Context, c, of schema.Capture, body io.Reader, detail string) (schema.Capture, error) {
	c, err := a.writeConversion(ctx, c, of, body, detail)
	if err != nil {
		return c, fmt.Errorf("storing what was made of %s: %w", c.URL, err)
	}
	return c, nil
}

func (a *Archive) writeConversion(ctx context.Context, c, of schema.Capture, body io.Reader, detail string) (schema.Capture, error) {
	if c.MediaType == nil {
		return c, errors.New("a conversion needs a media type")
	}
	original, ok, err := a.index.first(ctx, "WHERE warc_file = ? AND warc_offset = ?", of.WarcFile, of.WarcOffset)
	if err == nil && !ok {
		err = fmt.Errorf("the archive lists no capture at byte %d of %s", of.WarcOffset, of.WarcFile)
	}
	if err != nil {
		return c, err
	}
	spooled, err := asSpooled(body)
	if err != nil {
		return c, err
	}
	defer spooled.Close()
	e := entry{Capture: cleanCapture(c)}
	digest, undone, err := a.describe(&e, http.Header{}, spooled)
	if err != nil {
		return e.Capture, err
	}
	before, again, err := a.index.first(ctx, "WHERE payload_digest = ? AND refers_to IS NULL AND url = ? ORDER BY fetched_at, warc_file, warc_offset", digest, e.URL)
	if err != nil {
		return e.Capture, err
	}
	detail = strings.TrimPrefix(undone+"; "+detail, "; ")
	if again { // the same was made of it before
		if e.Outcome == schema.OutcomeOK {
			e.Outcome = schema.OutcomeUnchanged
		}
		r := revisit(&e, before, warc.IdenticalPayloadDigest)
		e.recordID = r.ID()
		r.Set("WARC-Payload-Digest", digest)
		return a.writeCapture(ctx, e, r, 0, func() (io.Reader, error) { return bytes.NewReader(nil), nil }, nil, detail)
	}
	e.recordID = warc.NewID()
	r := newRecord(warc.Conversion, e.recordID, e.FetchedAt, e.URL)
	r.Set("WARC-Refers-To", original.recordID)
	r.Set("WARC-Refers-To-Target-URI", targetURI(original.URL))
	r.Set("WARC-Refers-To-Date", warc.FormatDate(original.FetchedAt))
	r.Set("WARC-Payload-Digest", digest)
	content := *e.MediaType
	if e.Charset != nil {
		content += "; charset=" + *e.Charset
	}
	r.Set("Content-Type", content)
	return a.writeCapture(ctx, e, r, spooled.Size, spooled.rewound, nil, detail)
}
