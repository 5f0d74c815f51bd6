package read

import (
	"context"
	"slices"
	"unicode"
	"unicode/utf8"

	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/fence"
	"github.com/gongkai-data/gongkai/extract/fit"
	"github.com/gongkai-data/gongkai/extract/mention"
	"github.com/gongkai-data/gongkai/extract/report"
)

// Report reads one document as an annual report: its sections, facts and mentions. What is wrong with the document is
// told in Report.Problems; one that cannot be read has an empty Reader and a problem of kind unreadable_document. The
// error is for a ctx that ended.
func Report(ctx context.Context, name string, body []byte, opt Options) (*extract.Report, error) {
	doc, err := Document(ctx, name, body, opt)
	if err != nil {
		return nil, err
	}
	return build(doc, report.Build), nil
}

// Explain reads a document as Report does, and returns what the fitter considered and what the reader of the format
// saw.
func Explain(ctx context.Context, name string, body []byte, opt Options) (*extract.Report, *fit.Trace, *extract.Document, error) {
	doc, err := Document(ctx, name, body, opt)
	if err != nil {
		return nil, nil, nil, err
	}
	trace := &fit.Trace{}
	r := build(doc, func(d *extract.Document) (r *extract.Report) {
		r, trace = report.Explain(d)
		return r
	})
	return r, trace, doc, nil
}

func build(doc *extract.Document, make func(*extract.Document) *extract.Report) *extract.Report {
	var r *extract.Report
	if p := fence.Run("the report", func() { r = make(doc) }); p != nil {
		r = &extract.Report{MediaType: doc.MediaType, Charset: doc.Charset, Meta: doc.Meta, Title: doc.Title, Problems: append(doc.Problems, *p)}
	}
	r.Companions = doc.Companions
	if r.Reader == "" {
		return r
	}
	if p := fence.Run("the counts in the text", func() { mention.Find(r) }); p != nil {
		r.Mentions, r.Problems = nil, append(r.Problems, *p)
	}
	dropCut(doc, r)
	confirmByText(r)
	tellElsewhere(doc, r)
	return r
}

// dropCut takes back the count with which the text of a document ends that is cut there: it may be a piece of a longer
// number.
func dropCut(doc *extract.Document, r *extract.Report) {
	cut := slices.ContainsFunc(r.Problems, func(p extract.Problem) bool { return p.Kind == extract.Truncated })
	last, _ := utf8.DecodeLastRuneInString(r.Text) // no text ends with a digit, though nothing else may show the cut
	if n := len(doc.Blocks); !cut && !unicode.IsDigit(last) || n == 0 || !doc.Blocks[n-1].Open {
		return
	}
	end := utf8.RuneCountInString(r.Text)
	r.Mentions = slices.DeleteFunc(r.Mentions, func(m extract.Mention) bool {
		if m.EndOffset < end {
			return false
		}
		p := extract.Tell(extract.UnreadNumber, "cut_count", m.Label)
		p.Raw, p.Locator = m.Sentence, doc.Blocks[len(doc.Blocks)-1].Place.Locator()
		r.Problems = append(r.Problems, p)
		return true
	})
	for i := range r.Mentions {
		if of := r.Mentions[i].PartOf; of != nil && !slices.ContainsFunc(r.Mentions, func(m extract.Mention) bool { return m.Seq == *of }) {
			r.Mentions[i].PartOf = nil
		}
	}
}
