package store

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"net/http"

	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/store/warc"
)

// ErrNoBody says that a capture has no document: its try had no response.
var ErrNoBody = errors.New("the capture has no body")

// ErrDamaged is wrapped by errors about a capture whose record is not as it was stored, or is gone.
var ErrDamaged = errors.New("the archive is damaged")

// openRecord is a record opened at its place.
type openRecord struct {
	*warc.Record
	io.Closer
}

func (a *Archive) openRecord(ctx context.Context, c schema.Capture) (openRecord, error) {
	if err := checkName(c.WarcFile); err != nil {
		return openRecord{}, err
	}
	f, err := a.files.open(ctx, c.WarcFile, c.WarcOffset)
	if errors.Is(err, fs.ErrNotExist) {
		return openRecord{}, fmt.Errorf("%w: the WARC file %s is gone", ErrDamaged, c.WarcFile)
	}
	if err != nil {
		return openRecord{}, err
	}
	r, err := warc.NewReader(f, c.WarcOffset).Next()
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	if isDamage(err) {
		err = fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	if err != nil {
		return openRecord{}, errors.Join(fmt.Errorf("%s: %w", c.WarcFile, err), f.Close())
	}
	if address := r.Get("WARC-Target-URI"); withoutPath(address) != withoutPath(c.URL) && address != targetURI(c.URL) {
		return openRecord{}, errors.Join(fmt.Errorf("%w: at byte %d of %s stands a record of %s", ErrDamaged, c.WarcOffset, c.WarcFile, address), f.Close())
	}
	r.Block = &damageReader{r.Block, c.WarcFile}
	return openRecord{r, f}, nil
}

// damageReader says of an error that it is the archive's.
type damageReader struct {
	io.Reader
	file string
}

func (d *damageReader) Read(p []byte) (int, error) {
	n, err := d.Reader.Read(p)
	if err != nil && err != io.EOF && isDamage(err) {
		err = fmt.Errorf("%w: %s: %w", ErrDamaged, d.file, err)
	}
	return n, err
}

// digestReader checks at its end that a document is the one that was stored.
type digestReader struct {
	io.Reader
	hash hash.Hash
	want string
}

func (d *digestReader) Read(p []byte) (int, error) {
	n, err := d.Reader.Read(p)
	d.hash.Write(p[:n])
	if err == io.EOF {
		if got := hex.EncodeToString(d.hash.Sum(nil)); got != d.want {
			return n, fmt.Errorf("%w: the document's sha256 is %s, not the %s of what was stored", ErrDamaged, got, d.want)
		}
	}
	return n, err
}

// original finds the listed capture at c's place or, when that is a revisit, the capture that holds its body.
func (a *Archive) original(ctx context.Context, c schema.Capture) (entry, error) {
	at := func() (entry, bool, error) {
		return a.index.first(ctx, "WHERE warc_file = ? AND warc_offset = ?", c.WarcFile, c.WarcOffset)
	}
	e, ok, err := at()
	if err == nil && !ok {
		if err = a.catchUpOthers(ctx); err == nil {
			e, ok, err = at()
		}
	}
	if err == nil && ok && e.refersTo != "" {
		e, ok, err = a.index.first(ctx, "WHERE record_id = ?", e.refersTo)
	}
	if err == nil && !ok {
		err = fmt.Errorf("%w: it has no capture at byte %d of %s, or not its original", ErrDamaged, c.WarcOffset, c.WarcFile)
	}
	return e, err
}

// Replay returns the block of the capture's record as stored: of a response its HTTP header and body, of a revisit the
// header alone, of an import the document.
func (a *Archive) Replay(ctx context.Context, c schema.Capture) (io.ReadCloser, error) {
	r, err := a.openRecord(ctx, c)
	if err != nil {
		return nil, fmt.Errorf("replaying the capture of %s: %w", c.URL, err)
	}
	return readCloser{r.Block, r}, nil
}

type readCloser struct {
	io.Reader
	io.Closer
}

// Header returns the header of a capture's response; of an import or a failed try it is empty.
func (a *Archive) Header(ctx context.Context, c schema.Capture) (http.Header, error) {
	r, err := a.openRecord(ctx, c)
	if err != nil {
		return nil, fmt.Errorf("reading the header of %s: %w", c.URL, err)
	}
	defer r.Close()
	if t := r.Type(); t != warc.Response && t != warc.Revisit || r.Length == 0 { // a conversion that was made before has no header either
		return http.Header{}, nil
	}
	head, err := readHead(bufio.NewReader(r.Block))
	if err != nil {
		return nil, fmt.Errorf("reading the header of %s: %w", c.URL, err)
	}
	_, header := parseResponse(head)
	return header, nil
}

// Body returns the document of a capture, its transfer and content codings undone; of a revisit it is its original's.
// The caller closes it. It returns ErrNoBody for a try without a response. Reading it gives ErrTooLarge beyond
// Options.MaxBody, and at its end ErrDamaged where it is not the document that was stored.
func (a *Archive) Body(ctx context.Context, c schema.Capture) (io.ReadCloser, error) {
	body, err := a.body(ctx, c)
	if err != nil {
		return nil, fmt.Errorf("reading the body of %s: %w", c.URL, err)
	}
	if c.SHA256 != nil {
		body = readCloser{&digestReader{body, sha256.New(), *c.SHA256}, body}
	}
	return body, nil
}

func (a *Archive) body(ctx context.Context, c schema.Capture) (io.ReadCloser, error) {
	r, err := a.openRecord(ctx, c)
	if err != nil {
		return nil, err
	}
	if r.Type() == warc.Revisit {
		if err := r.Close(); err != nil {
			return nil, err
		}
		e, err := a.original(ctx, c)
		if err != nil {
			return nil, err
		}
		if r, err = a.openRecord(ctx, e.Capture); err != nil {
			return nil, err
		}
	}
	switch r.Type() {
	case warc.Resource, warc.Conversion:
		return readCloser{&limitedReader{r: r.Block, left: a.opt.MaxBody}, r}, nil
	case warc.Response:
	default:
		err := ErrNoBody
		if c.SHA256 != nil {
			err = fmt.Errorf("%w: of the capture only the %s record at byte %d of %s is left", ErrDamaged, r.Type(), c.WarcOffset, c.WarcFile)
		}
		return nil, errors.Join(err, r.Close())
	}
	block := bufio.NewReader(r.Block)
	head, err := readHead(block)
	if err != nil {
		return nil, errors.Join(err, r.Close())
	}
	_, header := parseResponse(head)
	if _, err := block.Peek(1); err == io.EOF {
		return readCloser{block, r}, nil // an empty body has no coding to undo
	}
	decoded, err := DecodeBody(header, block, a.opt.MaxBody)
	if err != nil {
		return nil, errors.Join(err, r.Close())
	}
	return readCloser{decoded, r}, nil
}
