// Package warc reads and writes WARC/1.1 files (ISO 28500:2017), one gzip member per record (its annex D).
//
// It knows the format only: what a capture is, and which records make one, is the business of package store.
package warc

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"strings"
	"time"

	"github.com/google/uuid"
)

// Record types (section 5.5 of the standard).
const (
	Warcinfo   = "warcinfo"
	Response   = "response"
	Resource   = "resource"
	Request    = "request"
	Metadata   = "metadata"
	Revisit    = "revisit"
	Conversion = "conversion"
)

// Profiles of revisit records (section 6.7).
const (
	ServerNotModified      = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
	IdenticalPayloadDigest = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
)

// Content types of blocks.
const (
	HTTPRequest  = "application/http;msgtype=request"
	HTTPResponse = "application/http;msgtype=response"
	Fields       = "application/warc-fields"
)

// ErrMalformed is wrapped by every error about a record that breaks the standard. A file that ends within a record
// gives io.ErrUnexpectedEOF instead.
var ErrMalformed = errors.New("malformed WARC record")

// ErrRead is wrapped by every error that is not the file's but that of the disk or the network it comes from.
var ErrRead = errors.New("it cannot be read")

// maxHeader bounds the header of a record in bytes.
const maxHeader = 1 << 20

// Field is one named field of a record's header.
type Field struct{ Name, Value string }

// Record is one record. Length is the number of bytes in Block.
type Record struct {
	Header []Field // without Content-Length
	Length int64
	Block  io.Reader
}

// Get returns the first field of that name, in any case, or an empty string.
func (r *Record) Get(name string) string {
	for _, f := range r.Header {
		if strings.EqualFold(f.Name, name) {
			return f.Value
		}
	}
	return ""
}

// Set appends a field; an empty value is left out.
func (r *Record) Set(name, value string) {
	if value != "" {
		r.Header = append(r.Header, Field{name, value})
	}
}

// Type is the record's WARC-Type.
func (r *Record) Type() string { return r.Get("WARC-Type") }

// ID is the record's WARC-Record-ID with its angle brackets.
func (r *Record) ID() string { return r.Get("WARC-Record-ID") }

// NewID makes a WARC-Record-ID: <urn:uuid:...> of a random (version 4) UUID.
func NewID() string { return "<urn:uuid:" + uuid.NewString() + ">" }

// FormatDate writes a WARC-Date in UTC; version 1.1 allows fractions of a second, here to the microsecond.
func FormatDate(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000000Z") }

// NewDigest returns the hash of the digests that this package writes.
func NewDigest() hash.Hash { return sha256.New() }

// FormatDigest labels a digest as the standard asks: sha256:HEX.
func FormatDigest(h hash.Hash) string { return "sha256:" + hex.EncodeToString(h.Sum(nil)) }

// check refuses what would break the framing of the header: a line end in a field.
func (r *Record) check() error {
	if r.Type() == "" || r.ID() == "" {
		return fmt.Errorf("%w: no WARC-Type or no WARC-Record-ID", ErrMalformed)
	}
	for _, f := range r.Header {
		if f.Name == "" || strings.ContainsAny(f.Name, ": \t\r\n") || strings.ContainsAny(f.Value, "\r\n") {
			return fmt.Errorf("%w: field %q cannot stand in a header", ErrMalformed, f.Name+": "+f.Value)
		}
	}
	return nil
}
