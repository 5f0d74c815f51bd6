package pipeline

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"path"

	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/extract/bundle"
	"github.com/gongkai-data/gongkai/extract/lazyregexp"
	"github.com/gongkai-data/gongkai/extract/read"
	"github.com/gongkai-data/gongkai/store"
)

// ownFormat matches endings and media types of documents that are no bundles: their bytes need not be looked at.
var ownFormat = lazyregexp.New(`(?i)\.(?:docx?|xlsx?|ofd|od[ts]|pdf|wps|s?html?|txt)$|^text/|^image/|pdf|msword|officedocument|opendocument|xhtml|json`)

// members lists the documents in the zip file that a capture is, as captures with their own address and digest at the
// zip file's place; nil for any other. What of the zip file is left out is err's to say, unless it wraps the run's own.
func members(ctx context.Context, archive *store.Archive, c schema.Capture) (out []schema.Capture, err error) {
	if ownFormat.MatchString(path.Ext(address(c))) || c.MediaType != nil && ownFormat.MatchString(*c.MediaType) {
		return nil, nil
	}
	body, _, err := bodyOf(ctx, archive, c)
	if err != nil || !bytes.HasPrefix(body, []byte("PK\x03\x04")) {
		return nil, err
	}
	err = bundle.Documents(body, func(d bundle.Document) error {
		sum := sha256.Sum256(d.Body)
		m := c
		m.URL, m.FinalURL = bundle.Address(c.URL, d.Name), nil
		m.SHA256, m.Bytes, m.MediaType, m.Charset = new(hex.EncodeToString(sum[:])), new(int64(len(d.Body))), read.MediaType(d.Body), nil
		out = append(out, m)
		return ctx.Err()
	})
	return out, err
}

// Body returns the document of a capture, also that of a document in a zip file, whose capture is the zip file's.
func Body(ctx context.Context, archive *store.Archive, c schema.Capture) (io.ReadCloser, error) {
	zip, name, ok := bundle.Split(c.URL)
	if !ok {
		return archive.Body(ctx, c)
	}
	body, err := archive.Body(ctx, schema.Capture{URL: zip, WarcFile: c.WarcFile, WarcOffset: c.WarcOffset, FetchedAt: c.FetchedAt})
	if err != nil {
		return nil, err
	}
	whole, err := io.ReadAll(io.LimitReader(body, read.DefaultMaxBytes+1))
	if err = errors.Join(err, body.Close()); err != nil {
		return nil, fmt.Errorf("reading %s: %w", zip, err)
	}
	text, err := bundle.Open(whole, name)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", c.URL, err)
	}
	if sum := sha256.Sum256(text); c.SHA256 != nil && hex.EncodeToString(sum[:]) != *c.SHA256 {
		return nil, fmt.Errorf("%w: %s is not the document that was read", store.ErrDamaged, c.URL)
	}
	return io.NopCloser(bytes.NewReader(text)), nil
}
