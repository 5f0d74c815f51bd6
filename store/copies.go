package store

import (
	"context"

	"github.com/gongkai-data/gongkai/datasets/schema"
)

// Copies lists the other captures of an address whose document has the same digest, for when the record of the one cannot be read.
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
