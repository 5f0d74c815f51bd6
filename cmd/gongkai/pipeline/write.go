package pipeline

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"

	"github.com/gongkai-data/gongkai/datasets/release"
	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/normalize"
	"github.com/gongkai-data/gongkai/normalize/rule"
	"github.com/gongkai-data/gongkai/store"
	"golang.org/x/sync/errgroup"
)

// issuerRows are the rows of one issuer on their way from a worker to the writer.
type issuerRows struct {
	rows   normalize.Rows
	texts  []textOf
	reused int
	err    error
}

// write makes the rows issuer by issuer on all cores and writes them in the order given, so memory holds a few issuers
// at a time.
func write(ctx context.Context, opt Options, kept *cache, docs []document, aside asides, lost []schema.Problem, sum *Summary) error {
	w, err := store.CreateDataset(ctx, opt.Out, DatasetOptions(opt.Software))
	if err != nil {
		return err
	}
	if err := w.Problems.Add(lost...); err != nil {
		return errors.Join(err, w.Abort())
	}
	sum.Problems += len(lost)
	if err := writeTables(ctx, w, opt, kept, docs, aside, sum); err != nil {
		return errors.Join(err, w.Abort())
	}
	_, err = w.Commit(ctx)
	return err
}

// DatasetOptions are those of every dataset: the panel's columns after the code book, licences and sources.
func DatasetOptions(software string) store.DatasetOptions {
	return store.DatasetOptions{Software: software, Indicators: panelIndicators(), Licences: release.Licences, Sources: release.Sources}
}

func writeTables(ctx context.Context, w *store.DatasetWriter, opt Options, kept *cache, docs []document, aside asides, sum *Summary) error {
	texts, err := newCopying(w.Scratch(), docs)
	if err != nil {
		return err
	}
	if err := writeIssuers(ctx, w, opt, kept, docs, texts, sum); err != nil {
		return errors.Join(err, texts.close())
	}
	if err := errors.Join(texts.write(ctx, w, opt.Boilerplate, sum), texts.close()); err != nil {
		return err
	}
	sum.NotReports = len(aside.others)
	return writeReference(ctx, w, opt, aside, sum.Sample != nil)
}

// writeIssuers writes what follows from the documents of each issuer.
func writeIssuers(ctx context.Context, w *store.DatasetWriter, opt Options, kept *cache, docs []document, texts *copying, sum *Summary) error {
	groups := slices.Collect(chunkBy(docs))
	work, running := errgroup.WithContext(ctx)
	ahead := make(chan chan issuerRows, max(opt.fetches(), 2*runtime.GOMAXPROCS(0)))
	work.Go(func() error {
		defer close(ahead)
		for _, group := range groups {
			result := make(chan issuerRows, 1)
			select {
			case ahead <- result:
			case <-running.Done():
				return running.Err()
			}
			work.Go(func() error {
				result <- load(running, kept, group, texts)
				return nil
			})
		}
		return nil
	})
	var ofSample sampled
	covered := newCoverage(docs)
	var aggregates normalize.Aggregates
	var bodies normalize.Bodies
	given, err := withOfSample(opt.Corrections, docs)
	if err != nil {
		return err
	}
	corrections := normalize.NewCorrections(given)
	work.Go(func() error {
		for result := range ahead {
			r := <-result
			if r.err != nil {
				return r.err
			}
			aggregates.Take(&r.rows)
			bodies.Take(r.rows.Reports)
			sum.Corrected += corrections.Apply(&r.rows)
			ofSample.take(r.rows.Reports)
			if err := errors.Join(writeIssuer(w, r, covered, sum), texts.add(r.texts)); err != nil {
				return err
			}
			if opt.Progress != nil {
				opt.Progress(Progress{Stage: "write", Done: sum.Issuers, Total: len(groups)})
			}
		}
		return nil
	})
	if err := work.Wait(); err != nil {
		return err
	}
	if err := w.Coverage.Add(covered.gaps(opt.Ledger, opt.Resolver)...); err != nil {
		return err
	}
	if err := w.Issuers.Add(bodies.Rows()...); err != nil {
		return err
	}
	lost, unmet := corrections.Unmet()
	sum.Problems += len(unmet)
	sum.Refused += len(unmet)
	if err := errors.Join(w.Corrections.Add(lost...), w.Problems.Add(unmet...)); err != nil {
		return err
	}
	sum.Sample = ofSample.manifest()
	w.Sample(sum.Sample)
	return nil
}

// chunkBy cuts the sorted documents into one slice per issuer.
func chunkBy(docs []document) func(yield func([]document) bool) {
	return func(yield func([]document) bool) {
		for i := 0; i < len(docs); {
			j := i + 1
			for j < len(docs) && docs[j].issuer.ID == docs[i].issuer.ID {
				j++
			}
			if !yield(docs[i:j]) {
				return
			}
			i = j
		}
	}
}

func load(ctx context.Context, kept *cache, group []document, texts *copying) (out issuerRows) {
	documents := make([]normalize.Document, 0, len(group))
	for _, d := range group {
		reading, err := kept.load(ctx, d.key)
		if err == nil && reading == nil {
			err = fmt.Errorf("the reading of %s was deleted during the build", d.capture.URL)
		}
		if err != nil {
			return issuerRows{err: err}
		}
		if err := ofPage(ctx, kept, d, reading); err != nil {
			return issuerRows{err: err}
		}
		if d.reused {
			out.reused++
		}
		doc := normalize.Document{Capture: d.capture, Reading: reading, Issuer: d.issuer}
		if d.stated != nil {
			doc.Stated = *d.stated
			reading.TakeYear(doc.Stated)
			reading.CheckIssuer(doc.Stated, d.issuer)
		}
		documents = append(documents, doc)
	}
	out.rows = normalize.Issuer(documents)
	out.texts = texts.fold(&out.rows)
	return out
}

func writeIssuer(w *store.DatasetWriter, r issuerRows, covered *coverage, sum *Summary) error {
	rows := r.rows
	sum.Issuers++
	sum.Reused += r.reused
	sum.Reports += len(rows.Reports)
	sum.Cells += len(rows.Facts)
	sum.Mentions += len(rows.Mentions)
	sum.Problems += len(rows.Problems)
	for _, c := range rows.Checks {
		switch c.Outcome {
		case rule.Pass:
			sum.ChecksPassed++
		case rule.Fail:
			sum.ChecksFailed++
		}
	}
	for _, p := range rows.Problems {
		if p.Kind == normalize.CorrectionRefused {
			sum.Refused++
		}
	}
	unreadable := sum.nameUnread(rows)
	older := map[string]bool{} // versions that a later one supersedes: coverage has one row per issuer and year
	for _, rep := range rows.Reports {
		if rep.Supersedes != nil {
			older[*rep.Supersedes] = true
		}
	}
	for _, rep := range rows.Reports {
		covered.add(rep, unreadable[rep.ReportID])
		if older[rep.ReportID] {
			continue
		}
		if err := w.Coverage.Add(foundRow(rep, unreadable[rep.ReportID])); err != nil {
			return err
		}
	}
	return AddRows(w, rows)
}

// AddRows adds the rows of an issuer to a dataset.
func AddRows(w *store.DatasetWriter, rows normalize.Rows) error {
	return errors.Join(w.Reports.Add(rows.Reports...), w.Facts.Add(rows.Facts...), w.Mentions.Add(rows.Mentions...), w.Checks.Add(rows.Checks...),
		w.Problems.Add(rows.Problems...), w.Texts.Add(rows.Texts...), w.Panel.Add(rows.Panel...), w.Series.Add(rows.Series...), w.Corrections.Add(rows.Corrections...))
}

// foundRow is the coverage row of a report that was found.
func foundRow(r schema.Report, unreadable bool) schema.Coverage {
	c := schema.Coverage{IssuerID: r.IssuerID, IssuerName: r.IssuerName, DivisionCode: r.DivisionCode, Year: r.Year, Status: schema.CoverageFound, ReportID: &r.ReportID}
	if unreadable {
		c.Status, c.Detail = schema.CoverageUnreadable, "found, but it could not be read; see problems"
	}
	return c
}

// writeReference writes what does not come from reports: captures, and what AddReference adds. Documents that turned
// out to be no reports when they were read are told so there.
func writeReference(ctx context.Context, w *store.DatasetWriter, opt Options, aside asides, sampled bool) error {
	for c, err := range opt.Archive.Captures(ctx) {
		if err != nil {
			return fmt.Errorf("listing the captures of the archive: %w", err)
		}
		if c.SHA256 != nil {
			of := content{c.URL, *c.SHA256}
			if aside.others[of] {
				c.Outcome = schema.OutcomeNotAReport
			}
			if page := aside.pages[of]; page != "" && c.FoundOn == nil {
				c.FoundOn = &page
			}
		}
		if err := w.Captures.Add(c); err != nil {
			return err
		}
	}
	if len(opt.CorrectionsFile) > 0 {
		if err := w.AddFile("corrections.csv", opt.CorrectionsFile); err != nil {
			return err
		}
	}
	return AddReference(w, opt.Software, sampled)
}
