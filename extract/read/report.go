package read

import (
	"context"
	"fmt"
	"runtime/debug"

	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/mention"
	"github.com/gongkai-data/gongkai/extract/report"
)

// Report reads one document as an annual report: its sections, facts and mentions. What is wrong with the document is told in Report.Problems;
// one that cannot be read has an empty Reader and a problem of kind unreadable_document. The error is for a ctx that ended.
func Report(ctx context.Context, name string, body []byte, opt Options) (*extract.Report, error) {
	doc, err := Document(ctx, name, body, opt)
	if err != nil {
		return nil, err
	}
	r, err := build(doc)
	if err != nil {
		r, _ = build(unreadable(doc.MediaType, err.Error()))
	}
	return r, nil
}

// build puts meaning on a document. A panic there is a bug of ours that must not end a run over a million documents.
func build(doc *extract.Document) (r *extract.Report, err error) {
	defer func() {
		if p := recover(); p != nil {
			r, err = nil, fmt.Errorf("the report could not be built: %v at %s", p, panicSite(debug.Stack()))
		}
	}()
	r = report.Build(doc)
	if doc.Reader != "" {
		mention.Find(r)
	}
	return r, nil
}
