package store

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/store/warc"
)

// captureField is the field of the metadata record that holds the capture's row as JSON. The fields beside it (via,
// hopsFromSeed) say the same in the vocabulary that other tools read.
const captureField = "gongkai-capture"

// note is the capture's row as kept in its metadata record; place and record ids are those of the records themselves.
type note struct {
	URL           string    `json:"url"`
	FinalURL      *string   `json:"final_url,omitempty"`
	Seed          *string   `json:"seed,omitempty"`
	FoundOn       *string   `json:"found_on,omitempty"`
	Depth         int32     `json:"depth,omitempty"`
	FetchedAt     time.Time `json:"fetched_at"`
	Status        *int32    `json:"status,omitempty"`
	MediaType     *string   `json:"media_type,omitempty"`
	Charset       *string   `json:"charset,omitempty"`
	Bytes         *int64    `json:"bytes,omitempty"`
	SHA256        *string   `json:"sha256,omitempty"`
	Outcome       string    `json:"outcome"`
	Detail        string    `json:"detail,omitempty"`
	PayloadDigest string    `json:"payload_digest,omitempty"`
	RefersTo      string    `json:"refers_to,omitempty"`
	Number        int       `json:"number,omitempty"` // counts the captures of the file from 1, so that what damage swallowed is counted exactly
	File          string    `json:"file,omitempty"`   // where the capture was written: what stands elsewhere, within a document say, is none of the file's
	At            int64     `json:"at,omitempty"`
}

// metadataBlock writes the block of a capture's metadata record.
func metadataBlock(e entry, detail string) (string, error) {
	c := e.Capture
	text, err := json.Marshal(note{c.URL, c.FinalURL, c.Seed, c.FoundOn, c.Depth, c.FetchedAt, c.Status, c.MediaType, c.Charset, c.Bytes, c.SHA256, c.Outcome,
		detail, e.payloadDigest, e.refersTo, e.number, e.file, e.start})
	if err != nil {
		return "", fmt.Errorf("writing the metadata of %s: %w", c.URL, err)
	}
	var b strings.Builder
	if c.FoundOn != nil {
		b.WriteString("via: " + targetURI(*c.FoundOn) + "\r\n")
	}
	b.WriteString("hopsFromSeed: " + strconv.Itoa(int(c.Depth)) + "\r\n")
	b.WriteString(captureField + ": " + string(text) + "\r\n")
	return b.String(), nil
}

// parseMetadata reads a block that metadataBlock wrote; ok is false for a metadata record of another maker.
func parseMetadata(block string) (e entry, ok bool, err error) {
	for line := range strings.Lines(block) {
		value, found := strings.CutPrefix(strings.TrimSpace(line), captureField+": ")
		if !found {
			continue
		}
		var n note
		if err := json.Unmarshal([]byte(value), &n); err != nil {
			return entry{}, false, fmt.Errorf("%w: its %s field: %w", warc.ErrMalformed, captureField, err)
		}
		c := schema.Capture{URL: n.URL, FinalURL: n.FinalURL, Seed: n.Seed, FoundOn: n.FoundOn, Depth: n.Depth, FetchedAt: n.FetchedAt, Status: n.Status,
			MediaType: n.MediaType, Charset: n.Charset, Bytes: n.Bytes, SHA256: n.SHA256, Outcome: n.Outcome}
		return entry{Capture: c, payloadDigest: n.PayloadDigest, refersTo: n.RefersTo, number: n.Number, file: n.File, start: n.At}, true, nil
	}
	return entry{}, false, nil
}

// targetURI is the address as a WARC header may hold it: what no URI may hold (RFC 3986: controls, space, bytes that
// are not ASCII) is percent-encoded. The metadata record keeps the address as it is.
func targetURI(address string) string {
	var b strings.Builder
	for i := range len(address) {
		if c := address[i]; c <= ' ' || c >= 0x7f || strings.IndexByte(`<>"\^{|}`+"`", c) >= 0 {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}
