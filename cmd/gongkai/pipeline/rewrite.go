package pipeline

import (
	"context"
	"errors"
	"fmt"

	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/normalize"
	"github.com/gongkai-data/gongkai/normalize/reuse"
	"github.com/gongkai-data/gongkai/store"
	"golang.org/x/sync/errgroup"
)

// A build of which few issuers changed since the last makes the rows of those alone, and of the others that theirs may
// change: governments whose parts they are, and reports that share text with theirs. It rewrites the files in which a
// row is another and keeps the rest of the dataset that stands. The bytes are those of a build that writes all.

// Bounds up to which a build changes the dataset that stands: the rows of the issuers that changed are held in memory,
// and where they are more than a share of all, hardly a file stays as it is.
const (
	changedShare = 1. / 8
	changedMost  = 2000
)

var changedLeast = 16 // up to which the share does not count; a test has few issuers, of which most share text

// rewriter changes the dataset that stands.
type rewriter struct {
	opt         Options
	kept        *cache
	last        *standing
	given       []normalize.Correction
	corrections map[string][]normalize.Correction // given, by issuer
	issuers     []*issuerAt                       // of this build, in its order
	gone        []int                             // of last.issuers: they have no document any more
	firstText   []int                             // of last.issuers: the number of its first text
	changed     int
	texts       *copying
	of          []*issuerAt          // by the number of a report that is searched
	found       map[int]reuse.Result // of the reports that were examined, by their number
	stale       map[string]bool
}

// issuerAt is an issuer in this build and in the last.
type issuerAt struct {
	group []document
	was   int         // of last.issuers; -1: it is new
	anew  bool        // its documents, or what its texts fold to, changed
	other bool        // its documents are the same, its rows are not
	made  *issuerRows // its rows, where anew or other
}

// rewrite writes the dataset by changing the one that stands, and keeps what the next build may start from. It returns
// errKept where that is not to be done; then nothing is changed.
func rewrite(ctx context.Context, opt Options, kept *cache, docs []document, aside asides, last *standing, head keptHead, sum *Summary) error {
	given, err := withOfSample(opt.Corrections, docs)
	if err != nil {
		return err
	}
	w, err := store.CreateDataset(ctx, opt.Out, DatasetOptions(opt.Software))
	if err != nil {
		return err
	}
	if !last.stands(opt.Out) { // another process built meanwhile
		return errors.Join(errKept, w.Abort())
	}
	k, err := newKeeper(opt.Out, last.dir, head)
	if err != nil {
		return errors.Join(errKept, err, w.Abort())
	}
	r := &rewriter{opt: opt, kept: kept, last: last, given: given, corrections: correctionsOf(given), found: map[int]reuse.Result{}, stale: map[string]bool{}}
	if r.texts, err = newCopying(w.Scratch(), docs, last, k); err == nil {
		err = errors.Join(r.write(ctx, w, docs, aside, k, sum), r.texts.close())
	}
	if err == nil {
		w.After(func() error { return errors.Join(last.close(), k.commit()) })
		_, err = w.Commit(ctx)
	}
	return errors.Join(err, w.Abort(), k.drop())
}

func (r *rewriter) write(ctx context.Context, w *store.DatasetWriter, docs []document, aside asides, k *keeper, sum *Summary) error {
	if err := r.compare(docs); err != nil {
		return err
	}
	if err := r.otherNames(k.head.Names); err != nil {
		return err
	}
	if err := r.make(ctx); err != nil {
		return err
	}
	r.otherParts()
	table, err := r.search(ctx)
	if err != nil {
		return err
	}
	m := newMaker(r.given, docs, k, sum)
	if err := r.complete(m); err != nil {
		return err
	}
	if k.head.Unmet = m.unmet(); k.head.Unmet > 0 {
		return errKept
	}
	if err := r.upon(w, m); err != nil {
		return err
	}
	for i := range r.issuers {
		if made := r.issuers[i].made; made != nil {
			if err := AddRows(w, made.rows); err != nil {
				return err
			}
		}
	}
	for number, found := range r.found {
		if r.of[number].made == nil { // the same was found before
			continue
		}
		if err := r.texts.put(w, found); err != nil {
			return err
		}
	}
	if err := errors.Join(m.finish(w, r.opt), r.texts.finish(w, table, k, sum)); err != nil {
		return err
	}
	sum.NotReports = len(aside.others)
	return writeReference(ctx, w, r.opt, aside, sum.Sample != nil)
}

// make makes the rows of the issuers that changed, as far as they are not made, on all cores.
func (r *rewriter) make(ctx context.Context) error {
	if n := r.changed + len(r.gone); len(r.issuers) == 0 || n > changedMost || n > changedLeast && float64(n) > changedShare*float64(len(r.issuers)) {
		return errKept
	}
	work, ctx := errgroup.WithContext(ctx)
	work.SetLimit(r.opt.fetches())
	for _, at := range r.issuers {
		if at.made != nil || !at.anew && !at.other {
			continue
		}
		work.Go(func() error {
			made := load(ctx, r.kept, at.group, r.texts, r.corrections)
			at.made = &made
			return made.err
		})
	}
	return work.Wait()
}

// complete completes the rows made, and gives all issuers to m in order.
func (r *rewriter) complete(m *maker) error {
	for _, at := range r.issuers {
		var record issuerRecord
		var was map[string]string
		if at.was >= 0 {
			record = r.last.issuers[at.was]
			was = record.Files
		}
		if at.made == nil {
			m.pass(&record)
		} else {
			record = m.complete(at.made)
			r.otherRows(was, record.Files)
		}
		if err := m.note(&record); err != nil {
			return err
		}
	}
	for _, was := range r.gone {
		r.otherRows(r.last.issuers[was].Files, nil)
	}
	return nil
}

// otherRows marks the files in which an issuer has other rows than before.
func (r *rewriter) otherRows(was, now map[string]string) {
	for _, side := range [][2]map[string]string{{was, now}, {now, was}} {
		for name, digest := range side[0] {
			if side[1][name] != digest {
				r.stale[name] = true
			}
		}
	}
}

// always are the tables of one file that have a row for each report: hardly ever would one stay as it is.
var always = map[string]bool{schema.Reports.Name: true, "panel": true, schema.Corrections.Name: true}

// upon has the writer keep the files of the dataset that stands that are not stale.
func (r *rewriter) upon(w *store.DatasetWriter, m *maker) error {
	data, err := store.OpenDataset(r.opt.Out)
	if err != nil {
		return fmt.Errorf("%w: %w", errKept, err)
	}
	gone := map[string]bool{}
	var years []*int32
	for _, at := range r.issuers {
		if at.made != nil {
			gone[at.made.issuer] = true
		}
	}
	for _, was := range r.gone {
		gone[r.last.issuers[was].ID] = true
	}
	for y := range m.years {
		years = append(years, y.pointer())
	}
	sampled := m.sample.manifest() != nil
	w.Upon(store.Standing{Data: data, Years: years, Gone: func(issuer string) bool { return gone[issuer] }, Stale: func(table, partition string) bool {
		switch {
		case always[table]:
			return true
		case table == schema.Divisions.Name || table == schema.Indicators.Name:
			return sampled != r.last.Sampled
		case partition == "":
			return r.stale[table]
		}
		return r.stale[table+"/"+partition]
	}})
	return nil
}
