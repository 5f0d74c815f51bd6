package web

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/datasets/compare"
	"github.com/gongkai-data/gongkai/datasets/query"
	"github.com/gongkai-data/gongkai/datasets/schema"
)

// reportOf finds the report that the address names, in the index and in the table.
func (r *request) reportOf() (*query.Issuer, *query.Ref, schema.Report, error) {
	r.concerns(r.PathValue("report"))
	return findReport(r.Context(), r.release, r.PathValue("report"))
}

func findReport(ctx context.Context, release *query.Release, id string) (*query.Issuer, *query.Ref, schema.Report, error) {
	is, ref := release.Report(id)
	if is == nil {
		return nil, nil, schema.Report{}, notFound("there is no report %s", id)
	}
	row, err := release.ReportRow(ctx, query.ReportOf{Issuer: is, Ref: ref})
	return is, ref, row, err
}

func (r *request) evidence() error {
	is, ref, row, err := r.reportOf()
	if err != nil {
		return err
	}
	m, ok := query.LookupMeasure(r.PathValue("measure"))
	if !ok {
		return notFound("%s", r.T("no_measure"))
	}
	applicant := r.PathValue("applicant")
	if applicant == "-" {
		applicant = ""
	} else if !slices.ContainsFunc(codebook.Applicants, func(a codebook.Applicant) bool { return a.ID == applicant }) {
		return notFound("%s", r.T("no_measure"))
	}
	rows, err := r.cellRows(is, ref, m)
	if err != nil {
		return err
	}
	facts, cell := rows.facts, rows.cell
	if applicant != "" {
		cell = query.Cell{Parts: []string{m.ID}}
	}
	data := struct {
		Issuer  *query.Issuer
		Row     schema.Report
		Measure query.Measure
		Whole   *query.Cell // of a measure that is made of several cells
		Parts   []cellOf
		Archive bool
		Reason  string
		Later   string // the report that supersedes this one
		Column  string // the applicant of the cell, where it is one of several
		Marks   []string
		Shown   string // the ending of the document's view
	}{Issuer: is, Row: row, Measure: m, Shown: shownAs(row.MediaType), Later: r.release.Superseded(ref.ID), Archive: r.server.opt.Evidence != nil, Marks: compare.Marks(&cell)}
	if applicant != "" {
		data.Column = r.Applicant(applicant)
	}
	for _, id := range cell.Parts {
		for _, f := range query.FactsOf(facts, id, applicant) {
			part := r.cellOf(row, f, rows.checks)
			part.Problems = cellProblems(rows.problems, f.Indicator, f.Applicant)
			part.Correction = query.CorrectionOf(r.release.Corrections(ref.ID), f.Indicator, f.Applicant)
			data.Parts = append(data.Parts, part)
		}
	}
	if len(data.Parts) == 0 {
		return notFound("%s", r.T("no_cell"))
	}
	if m.Kind == query.Rate || len(cell.Parts) > 1 {
		data.Whole = &cell
		for i := range data.Parts {
			data.Parts[i].onlyFailed()
		}
	} else if r.server.opt.Evidence != nil {
		// the document is drawn now, so that the page says why where it cannot be shown
		if _, err := r.server.view(r.Context(), r.tag, row, &data.Parts[0].Fact); err != nil {
			if !errors.Is(err, ErrNoEvidence) {
				r.server.opt.Log.Warn("a document cannot be shown", "report", row.ReportID, "error", err)
			}
			data.Archive, data.Reason = false, r.T("not_shown")
		} else if data.Parts[0].Labels, err = r.labels(row, data.Parts[0].Fact); err != nil {
			r.server.opt.Log.Warn("the labels of a cell cannot be read", "report", row.ReportID, "error", err)
		}
	}
	if applicant != "" || data.Whole == nil && len(data.Marks) == 0 {
		data.Marks = FactMarks(data.Parts[0].Fact)
	}
	r.title = r.Plain(is.Name) + " · " + m.Label(r.lang)
	if row.Year != nil {
		r.title += fmt.Sprintf(" · %d", *row.Year)
	}
	return r.render("evidence", data)
}

func (r *request) labels(row schema.Report, f schema.Fact) ([]string, error) {
	if err := r.server.showing.Acquire(r.Context(), 1); err != nil {
		return nil, err
	}
	defer r.server.showing.Release(1)
	return r.server.opt.Evidence.Labels(r.Context(), row, f)
}

// view draws the document with the cell marked; a few are kept.
func (s *Server) view(ctx context.Context, tag string, row schema.Report, f *schema.Fact) (View, error) {
	return s.drawn(ctx, tag+" "+row.ReportID+" "+f.Locator, func() (View, error) { return s.opt.Evidence.Show(ctx, row, f) })
}

// whole draws the document with its cells as anchors: those that say something, and the first of each table.
func (s *Server) whole(ctx context.Context, tag string, row schema.Report, facts []schema.Fact) (View, error) {
	return s.drawn(ctx, tag+" "+row.ReportID, func() (View, error) { return s.opt.Evidence.Whole(ctx, row, linkedCells(facts)) })
}

func (s *Server) drawn(ctx context.Context, key string, draw func() (View, error)) (View, error) {
	if v, ok := s.views.Get(key); ok {
		return v, nil
	}
	if err := s.showing.Acquire(ctx, 1); err != nil {
		return View{}, err
	}
	defer s.showing.Release(1)
	v, err := draw()
	if err == nil && len(v.Body) <= 2<<20 {
		s.views.Add(key, v)
	}
	return v, err
}

// copy serves the archived document as it is shown in the frame: without scripts, without requests to anywhere, in an
// origin of its own.
func (s *Server) copy(w http.ResponseWriter, req *http.Request) {
	release, tag, done := s.opt.Current.Acquire()
	defer done()
	is, ref, row, err := findReport(req.Context(), release, bare(req.PathValue("report")))
	var fact *schema.Fact
	if err == nil && s.opt.Evidence == nil {
		err = notFound("this server has no archive")
	}
	var facts []schema.Fact
	if err == nil {
		facts, err = release.Facts(req.Context(), is, ref)
	}
	if indicator := req.PathValue("indicator"); err == nil && indicator != "" {
		applicant := bare(req.PathValue("applicant"))
		if applicant == "-" {
			applicant = ""
		}
		if found := query.FactsOf(facts, indicator, applicant); err == nil && len(found) > 0 {
			fact = &found[0]
		} else if err == nil {
			err = notFound("the report has no such cell")
		}
	}
	var v View
	if err == nil {
		var leave func()
		if leave, err = s.copiesOut.enter(req.Context(), w); err == nil {
			defer leave()
		}
	}
	switch {
	case err != nil:
	case fact == nil:
		v, err = s.whole(req.Context(), tag, row, facts)
	default:
		v, err = s.view(req.Context(), tag, row, fact)
	}
	if err != nil {
		s.plainError(w, req, err)
		return
	}
	h := w.Header()
	h.Set("Content-Security-Policy", "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'; frame-ancestors 'self'")
	h.Set("Etag", strconv.Quote(tag))
	h.Set("Cache-Control", "no-cache")
	h.Set("Content-Type", v.MediaType)
	_, _ = w.Write(v.Body)
}

// original serves the archived bytes as a download, never to be shown.
func (s *Server) original(w http.ResponseWriter, req *http.Request) {
	release, _, done := s.opt.Current.Acquire()
	defer done()
	_, _, row, err := findReport(req.Context(), release, bare(req.PathValue("report")))
	if err == nil && s.opt.Evidence == nil {
		err = notFound("this server has no archive")
	}
	if err == nil {
		var leave func()
		if leave, err = s.originalsOut.enter(req.Context(), w); err == nil {
			defer leave()
		}
	}
	var body io.ReadCloser
	if err == nil {
		// it is read while it is sent, which may take longer than the making of an answer; a reader who stands still
		// ends it
		body, err = s.opt.Evidence.Original(context.WithoutCancel(req.Context()), row)
	}
	if err != nil {
		s.plainError(w, req, err)
		return
	}
	defer body.Close()
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Header().Set("Content-Security-Policy", "sandbox; default-src 'none'")
	w.Header().Set("Content-Disposition", `attachment; filename="`+row.ReportID+extension(row.MediaType)+`"`)
	piece := make([]byte, pieceSize)
	for {
		n, err := body.Read(piece)
		if _, gone := w.Write(piece[:n]); gone != nil || err == io.EOF {
			return
		}
		if err != nil {
			s.opt.Log.Error("an archived document broke off", "report", row.ReportID, "error", err)
			panic(http.ErrAbortHandler) // the reader must not take what came for the whole
		}
	}
}

func (s *Server) plainError(w http.ResponseWriter, req *http.Request, err error) {
	var known *statusError
	switch {
	case errors.As(err, &known):
		http.Error(w, known.text, known.status)
	case errors.Is(err, ErrNoEvidence):
		http.Error(w, ErrNoEvidence.Error(), http.StatusNotFound)
	case errors.Is(err, context.DeadlineExceeded):
		http.Error(w, "this took too long", http.StatusServiceUnavailable)
	case errors.Is(err, context.Canceled): // the reader went away
		w.WriteHeader(http.StatusServiceUnavailable)
	default:
		s.opt.Log.Error("a document failed", "address", req.URL.Path, "error", err)
		http.Error(w, "this document cannot be shown", http.StatusInternalServerError)
	}
}
