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
	"github.com/gongkai-data/gongkai/store"
	"golang.org/x/sync/errgroup"
)

// issuerRows are the rows of one issuer on their way from a worker to the writer.
type issuerRows struct {
	issuer string
	inputs string // digest of what they follow from, see digestInputs
	rows   normalize.Rows
	texts  []textOf
	err    error
}

// writeDataset writes the dataset, by changing the one that stands where that is less work, and keeps what the next
// build may start from. Nothing is kept of an archive with losses, as it may be mended.
func writeDataset(ctx context.Context, opt Options, kept *cache, docs []document, aside asides, lost []schema.Problem, losses []store.Loss, sum *Summary) error {
	given, err := digestTable(opt.Boilerplate)
	if err != nil {
		return err
	}
	head := keptHead{Program: kept.program, Software: opt.Software, Given: given}
	whole := len(losses) == 0 && !slices.ContainsFunc(docs, func(d document) bool { return d.damaged })
	err = errKept
	if whole {
		err = writeUpon(ctx, opt, kept, docs, aside, head, sum)
	}
	if errors.Is(err, errKept) {
		err = writeAll(ctx, opt, kept, docs, aside, lost, head, whole, sum)
	}
	return err
}

// writeUpon changes the dataset that stands. It returns errKept, and leaves the summary as it was, where that cannot be
// done, or is no less work.
func writeUpon(ctx context.Context, opt Options, kept *cache, docs []document, aside asides, head keptHead, sum *Summary) error {
	last, err := findStanding(ctx, opt, head)
	if err != nil {
		return err
	}
	if last == nil {
		return errKept
	}
	of := *sum
	of.Unread = slices.Clone(sum.Unread)
	if err := errors.Join(rewrite(ctx, opt, kept, docs, aside, last, head, &of), last.close()); err != nil {
		return err
	}
	*sum = of
	return nil
}

// writeAll makes the rows issuer by issuer on all cores and writes them in the order given, so memory holds a few issuers
// at a time. What the next build may start from is kept where keep is true.
func writeAll(ctx context.Context, opt Options, kept *cache, docs []document, aside asides, lost []schema.Problem, head keptHead, keep bool, sum *Summary) error {
	w, err := store.CreateDataset(ctx, opt.Out, DatasetOptions(opt.Software))
	if err != nil {
		return err
	}
	if err := w.Problems.Add(lost...); err != nil {
		return errors.Join(err, w.Abort())
	}
	sum.Problems += len(lost)
	k, err := newKeeper(opt.Out, "", head)
	if err != nil {
		return errors.Join(err, w.Abort())
	}
	if keep {
		w.After(k.commit)
	}
	if err := writeTables(ctx, w, opt, kept, docs, aside, k, sum); err != nil {
		return errors.Join(err, w.Abort(), k.drop())
	}
	_, err = w.Commit(ctx)
	return errors.Join(err, k.drop())
}

// DatasetOptions are those of every dataset: the panel's columns after the code book, licences and sources.
func DatasetOptions(software string) store.DatasetOptions {
	return store.DatasetOptions{Software: software, Indicators: panelIndicators(), Licences: release.Licences, Sources: release.Sources}
}

func writeTables(ctx context.Context, w *store.DatasetWriter, opt Options, kept *cache, docs []document, aside asides, k *keeper, sum *Summary) error {
	texts, err := newCopying(w.Scratch(), docs, nil, k)
	if err != nil {
		return err
	}
	if err := writeIssuers(ctx, w, opt, kept, docs, texts, k, sum); err != nil {
		return errors.Join(err, texts.close())
	}
	table, err := texts.search(ctx, w, opt.Boilerplate)
	if err == nil {
		err = texts.finish(w, table, k, sum)
	}
	if err := errors.Join(err, texts.close()); err != nil {
		return err
	}
	sum.NotReports = len(aside.others)
	return writeReference(ctx, w, opt, aside, sum.Sample != nil)
}

// writeIssuers writes what follows from the documents of each issuer.
func writeIssuers(ctx context.Context, w *store.DatasetWriter, opt Options, kept *cache, docs []document, texts *copying, k *keeper, sum *Summary) error {
	given, err := withOfSample(opt.Corrections, docs)
	if err != nil {
		return err
	}
	corrections := correctionsOf(given)
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
				result <- load(running, kept, group, texts, corrections)
				return nil
			})
		}
		return nil
	})
	m := newMaker(given, docs, k, sum)
	work.Go(func() error {
		for result := range ahead {
			r := <-result
			if r.err != nil {
				return r.err
			}
			record := m.complete(&r)
			if err := errors.Join(m.note(&record), m.writeFound(w), AddRows(w, r.rows), texts.add(r.texts)); err != nil {
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
	return m.finish(w, opt)
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

func load(ctx context.Context, kept *cache, group []document, texts *copying, corrections map[string][]normalize.Correction) (out issuerRows) {
	out.issuer = group[0].issuer.ID
	if out.inputs, out.err = digestInputs(group, corrections[out.issuer]); out.err != nil {
		return out
	}
	documents := make([]normalize.Document, 0, len(group))
	for _, d := range group {
		reading, err := kept.load(ctx, d.key)
		if err == nil && reading == nil {
			err = fmt.Errorf("the reading of %s was deleted during the build", d.capture.URL)
		}
		if err == nil {
			err = ofPage(ctx, kept, d, reading)
		}
		if err != nil {
			return issuerRows{err: err}
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
