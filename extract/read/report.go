package read

import (
	"context"

	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/mention"
)

// Report reads one document as an annual report: its sections, facts and mentions. It never fails for what is in the document: see Document.
func Report(ctx context.Context, name string, body []byte, opt Options) (*extract.Report, error) {
	doc, err := Document(ctx, name, body, opt)
	if err != nil {
		return nil, err
	}
	r := &extract.Report{Title: doc.Title, Reader: doc.Reader, MediaType: doc.MediaType, Charset: doc.Charset, Meta: doc.Meta, Text: doc.Text(), Problems: doc.Problems}
	if doc.Reader != "" {
		mention.Find(r)
	}
	return r, nil
}
