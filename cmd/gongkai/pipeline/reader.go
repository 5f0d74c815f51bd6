package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"

	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/read"
	"github.com/gongkai-data/gongkai/normalize"
	"github.com/gongkai-data/gongkai/store"
)

// Reader reads captures ahead of a build and keeps their readings where Build finds them. It may be used from many goroutines, and several
// machines may read into one place: a reading that is kept is not made again, and two that read the same document keep the same bytes.
type Reader struct {
	archive *store.Archive
	kept    *cache
}

// NewReader reads from an archive into readings, as Options.Readings.
func NewReader(archive *store.Archive, readings store.Objects) (*Reader, error) {
	kept, err := openCache(readings)
	if err != nil {
		return nil, err
	}
	return &Reader{archive, kept}, nil
}

// Read reads documents, one after the other. A document that is no report is kept as such, with its problem. One whose record cannot be had is an error
// after the others were read, and nothing is kept of it: another machine may not have stored it yet.
func (r *Reader) Read(ctx context.Context, captures []schema.Capture) error {
	var failed []error
	for _, c := range captures {
		if err := r.read(ctx, c); err != nil {
			failed = append(failed, fmt.Errorf("reading %s: %w", c.URL, err))
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	return errors.Join(failed...)
}

func (r *Reader) read(ctx context.Context, c schema.Capture) error {
	key := cacheKey(c)
	if reading, err := r.kept.load(ctx, key); err != nil || reading != nil {
		return err
	}
	body, err := archived(ctx, r.archive, c)
	if err != nil {
		return err
	}
	report, err := read.Report(ctx, c.URL, body, read.Options{ContentType: contentType(c)})
	if err != nil {
		return err
	}
	return r.kept.save(ctx, key, normalize.Read(report))
}

// readBody reads one archived document for a build. What is wrong with the document, or with its record, is a problem of the report; the error is for the run.
func readBody(ctx context.Context, archive *store.Archive, c schema.Capture) (*extract.Report, error) {
	body, err := archived(ctx, archive, c)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		return &extract.Report{Problems: []extract.Problem{{Kind: extract.UnreadableDocument, Detail: "the archived body cannot be read: " + err.Error()}}}, nil
	}
	return read.Report(ctx, c.URL, body, read.Options{ContentType: contentType(c)})
}

// archived returns the document of a capture, but not much more of it than the readers take: they refuse what is longer.
func archived(ctx context.Context, archive *store.Archive, c schema.Capture) ([]byte, error) {
	body, err := archive.Body(ctx, c)
	if err != nil {
		return nil, err
	}
	bytes, err := io.ReadAll(io.LimitReader(body, read.DefaultMaxBytes+1))
	return bytes, errors.Join(err, body.Close())
}

// contentType is the header that the readers learn the charset from.
func contentType(c schema.Capture) string {
	if c.MediaType == nil || c.Charset == nil {
		return ""
	}
	return mime.FormatMediaType(*c.MediaType, map[string]string{"charset": *c.Charset})
}
