package store

import (
	"context"
	"errors"
	"io"
	"net/url"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/schema"
)

// Copies lists the other captures of an address whose document has the same digest, for when the record of the one
// cannot be read.
func (a *Archive) Copies(ctx context.Context, c schema.Capture) ([]schema.Capture, error) {
	var copies []schema.Capture
	for e, err := range a.index.find(ctx, "WHERE url = ? AND sha256 = ? AND refers_to IS NULL ORDER BY fetched_at, warc_file, warc_offset", c.URL, c.SHA256) {
		if err != nil {
			return nil, err
		}
		if e.WarcFile != c.WarcFile || e.WarcOffset != c.WarcOffset {
			copies = append(copies, e.Capture)
		}
	}
	return copies, nil
}

// Holds returns a capture of an address whose document has this digest and can be read; ok is false when there is none.
func (a *Archive) Holds(ctx context.Context, url, sha string) (c schema.Capture, ok bool, err error) {
	all, err := a.Copies(ctx, schema.Capture{URL: url, SHA256: &sha})
	if err != nil {
		return c, false, err
	}
	for _, c := range all {
		body, err := a.Body(ctx, c)
		if err == nil {
			_, err = io.Copy(io.Discard, body)
			err = errors.Join(err, body.Close())
		}
		if err == nil {
			return c, true, nil
		}
		if !errors.Is(err, ErrDamaged) {
			return c, false, err
		}
	}
	return c, false, nil
}

// ImportScheme begins the address of what came by an import and has no other.
const ImportScheme = "import:"

// ImportAddress is the address of a local file of which no other is known: import: and the file's name, without its
// folders.
func ImportAddress(name string) string {
	return ImportScheme + strings.ToValidUTF8(name[strings.LastIndexAny(name, `/\`)+1:], "�")
}

// withoutPath is the address as it may be published: older versions gave imports a file:// address with the path of the
// machine.
func withoutPath(address string) string {
	path, isFile := strings.CutPrefix(address, "file://")
	if !isFile {
		return address
	}
	if plain, err := url.PathUnescape(path); err == nil {
		path = plain
	}
	return ImportAddress(path)
}
