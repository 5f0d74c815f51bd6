package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strconv"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/bundle"
	"github.com/gongkai-data/gongkai/extract/read"
	"github.com/gongkai-data/gongkai/normalize"
	"github.com/gongkai-data/gongkai/store"
)

// Reader reads captures ahead of a build and keeps their readings where Build finds them. It may be used from many
// goroutines, and several machines may read into one place: a reading that is kept is not made again, and two that read
// the same document keep the same bytes.
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

// Read reads documents, one after the other. A document that is no report is kept as such, with its problem. One whose
// record cannot be had is an error after the others were read, and nothing is kept of it: another machine may not have
// stored it yet.
func (r *Reader) Read(ctx context.Context, captures []schema.Capture) error {
	var failed []error
	for _, c := range captures {
		documents, err := members(ctx, r.archive, c)
		if len(documents) == 0 || err != nil { // what is wrong with a zip file its own reading says
			documents = append(documents, c)
		}
		for _, c := range documents {
			if err := r.read(ctx, c); err != nil {
				failed = append(failed, fmt.Errorf("reading %s: %w", c.URL, err))
			}
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	return errors.Join(failed...)
}

func (r *Reader) read(ctx context.Context, c schema.Capture) error {
	key := cacheKey(c)
	if reading, err := r.kept.current(ctx, r.archive, c, key); err != nil || reading != nil {
		return err
	}
	body, cut, err := archived(ctx, r.archive, c)
	if err != nil {
		return err
	}
	report, err := read.Report(ctx, c.URL, body, readOptions(r.archive, r.kept.objects, c, cut))
	if err != nil {
		return err
	}
	return r.kept.save(ctx, key, normalize.Read(report))
}

// readBody reads one archived document for a build. What is wrong with the document, or with its record, is a problem
// of the report; the error is for the run. damaged says that the archive lost the document.
func readBody(ctx context.Context, archive *store.Archive, kept *cache, c schema.Capture) (r *extract.Report, damaged bool, err error) {
	body, cut, err := archived(ctx, archive, c)
	switch {
	case ctx.Err() != nil:
		return nil, false, ctx.Err()
	case ofTheRun(err):
		return nil, false, err
	case err != nil:
		return &extract.Report{Problems: []extract.Problem{extract.Tell(extract.UnreadableDocument, "archive_unreadable", err)}}, errors.Is(err, store.ErrDamaged), nil
	}
	kept.cores <- struct{}{}
	defer func() { <-kept.cores }()
	r, err = read.Report(ctx, c.URL, body, readOptions(archive, kept.objects, c, cut))
	return r, false, err
}

// archived returns the document of a capture, but not much more of it than the readers take: they refuse what is
// longer. Where its record is damaged it is that of another capture of the same address with the same digest. cut says
// why it is shorter than its sender promised, if it is.
func archived(ctx context.Context, archive *store.Archive, c schema.Capture) (bytes []byte, cut string, err error) {
	bytes, cut, err = bodyOf(ctx, archive, c)
	if !errors.Is(err, store.ErrDamaged) {
		return bytes, cut, err
	}
	copies, e := archive.Copies(ctx, c)
	if e != nil {
		return nil, "", e
	}
	for _, other := range copies {
		if bytes, cut, e := bodyOf(ctx, archive, other); e == nil {
			return bytes, cut, nil
		}
	}
	return nil, "", err
}

func bodyOf(ctx context.Context, archive *store.Archive, c schema.Capture) (bytes []byte, cut string, err error) {
	body, err := Body(ctx, archive, c)
	if err != nil {
		return nil, "", err
	}
	bytes, err = io.ReadAll(io.LimitReader(body, read.DefaultMaxBytes+1))
	if errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, store.ErrDamaged) && len(bytes) > 0 {
		cut, err = "the body ends before its coding does", nil
	}
	if err = errors.Join(err, body.Close()); err != nil || cut != "" {
		return bytes, cut, err
	}
	if _, _, member := bundle.Split(c.URL); member {
		return bytes, "", nil
	}
	header, err := archive.Header(ctx, c)
	if err != nil {
		return nil, "", err
	}
	return bytes, shortOf(header, int64(len(bytes))), nil
}

// shortOf says that a body of n bytes is shorter than the Content-Length of its response; empty where it is not. A
// coding has an end of its own.
func shortOf(header http.Header, n int64) string {
	promised, err := strconv.ParseInt(header.Get("Content-Length"), 10, 64)
	coding := header.Get("Content-Encoding")
	if err != nil || promised <= n || n > read.DefaultMaxBytes || coding != "" && !strings.EqualFold(coding, "identity") || header.Get("Transfer-Encoding") != "" {
		return ""
	}
	return fmt.Sprintf("the server promised %d bytes and sent %d", promised, n)
}

// address is where a document's own links start from.
func address(c schema.Capture) string {
	if c.FinalURL != nil {
		return *c.FinalURL
	}
	return c.URL
}

// contentType is the header that the readers learn the charset from.
func contentType(c schema.Capture) string {
	if c.MediaType == nil || c.Charset == nil {
		return ""
	}
	return mime.FormatMediaType(*c.MediaType, map[string]string{"charset": *c.Charset})
}
