package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/review"
	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/store"
)

// walking holds the flags of `review --interactive`.
type walking struct {
	archive, log, pictures string
	again                  bool
}

// walk is one way through the list with a person.
type walk struct {
	*asker
	reviewing
	dataset *store.Dataset
	sight   sight
	log     *review.Log
	count   map[string]int // of decisions
}

// walk goes through what needs a look and takes a decision on each. What is decided is kept at once.
func (a *app) walk(ctx context.Context, r reviewing) error {
	all := r
	all.limit = 0 // what is decided already is left out first
	dataset, items, err := a.listed(ctx, all)
	if err != nil {
		return err
	}
	defer dataset.Close()
	evidence, err := openEvidence(ctx, r.walk.archive)
	if err != nil {
		return err
	}
	defer evidence.Close()
	log, err := review.OpenLog(r.walk.log)
	if err != nil {
		return err
	}
	defer log.Close()
	w := walk{a.asker(ctx), r, dataset, sight{evidence, r.walk.pictures}, log, map[string]int{}}
	left := slices.DeleteFunc(items, func(i review.Item) bool {
		d := log.Decided(i)
		return d != "" && (d != review.Skipped || !r.walk.again)
	})
	if r.limit > 0 && len(left) > r.limit {
		left = left[:r.limit]
	}
	err = w.through(ctx, left)
	fmt.Fprintf(a.out, "%d accepted, %d corrected, %d skipped; %s keeps the decisions, the same command goes on\n",
		w.count[review.Accepted], w.count[review.Corrected], w.count[review.Skipped], r.walk.log)
	if errors.Is(err, errNoMore) {
		return nil
	}
	return err
}

func (w *walk) through(ctx context.Context, items []review.Item) error {
	if len(items) == 0 {
		fmt.Fprintln(w.out, "nothing to review")
		return nil
	}
	if w.proposal.who == "" {
		who, err := w.ask(ctx, "your name, for the record", "")
		if err != nil {
			return err
		}
		w.proposal.who = who
	}
	wanted := map[string]bool{}
	for _, i := range items {
		wanted[i.ReportID] = true
	}
	reports, err := reportsByID(ctx, w.dataset, wanted)
	if err != nil {
		return err
	}
	for n, i := range items {
		fmt.Fprintf(w.out, "\n%d of %d\n%s", n+1, len(items), reviewLines(i))
		if err := w.decide(ctx, i, reports[i.ReportID]); err != nil {
			return err
		}
	}
	return nil
}

// decide takes the decision on one item.
func (w *walk) decide(ctx context.Context, i review.Item, r schema.Report) error {
	facts, err := w.namedFacts(ctx, i, r)
	if err != nil {
		return err
	}
	for _, f := range facts {
		for _, line := range w.sight.words(ctx, r, f) {
			fmt.Fprintln(w.out, wrapped(line, "     "))
		}
	}
	choices := []string{"accept", "correct", "skip"}
	if len(facts) == 0 { // no cell that a correction could be for
		choices = []string{"accept", "skip"}
		if path, err := w.sight.file(ctx, r, nil); err == nil {
			fmt.Fprintln(w.out, wrapped("see        "+path, "     "))
		}
	}
	for {
		choice, err := w.choose(ctx, "what holds?", choices...)
		if err != nil {
			return err
		}
		decision, reason := review.Skipped, ""
		switch choice {
		case "accept":
			decision = review.Accepted
			reason, err = w.ask(ctx, "why (may be empty)", "")
		case "correct":
			decision = review.Corrected
			reason, err = w.correct(ctx, r, facts)
		}
		var wrong usageError
		if errors.As(err, &wrong) {
			fmt.Fprintln(w.out, wrapped(wrong.Error(), ""))
			continue
		}
		if err != nil {
			return err
		}
		if err := w.log.Add(i.Decide(decision, reason, w.proposal.who, w.day())); err != nil {
			return err
		}
		w.count[decision]++
		return nil
	}
}

func (w *walk) day() string {
	if w.proposal.when != "" {
		return w.proposal.when
	}
	return today()
}

// namedFacts are the cells that an item names, as published; what it names that is no cell of its report is left out.
func (w *walk) namedFacts(ctx context.Context, i review.Item, r schema.Report) ([]schema.Fact, error) {
	if len(i.Cells) == 0 {
		return nil, nil
	}
	q := store.Query{Issuers: []string{r.IssuerID}}
	if r.Year != nil {
		q.Years = []int32{*r.Year}
	}
	at := map[string]int{}
	var found []schema.Fact
	for f, err := range store.Rows[schema.Fact](ctx, w.dataset, schema.Facts, q) {
		if err != nil {
			return nil, fmt.Errorf("looking up the cells of %s: %w", i.ReportID, err)
		}
		if f.ReportID != i.ReportID || !slices.Contains(i.Cells, factName(f)) {
			continue
		}
		if n, twice := at[factName(f)]; twice { // the later of a cell that is printed twice, as series and panel take it
			found[n] = f
			continue
		}
		at[factName(f)] = len(found)
		found = append(found, f)
	}
	return found, nil
}

// chooseFact asks which of several cells is meant.
func (w *walk) chooseFact(ctx context.Context, facts []schema.Fact) (schema.Fact, error) {
	if len(facts) == 1 {
		return facts[0], nil
	}
	for n, f := range facts {
		fmt.Fprintf(w.out, "%4d %s\n", n+1, factName(f))
	}
	answer, err := w.ask(ctx, "which cell, by its number", "")
	if err != nil {
		return schema.Fact{}, err
	}
	n, err := strconv.Atoi(answer)
	if err != nil || n < 1 || n > len(facts) {
		return schema.Fact{}, usageError{fmt.Errorf("a number from 1 to %d names the cell, not %q", len(facts), answer)}
	}
	return facts[n-1], nil
}

// correct asks for a correction and appends it to the file of corrections. It returns the reason given.
func (w *walk) correct(ctx context.Context, r schema.Report, facts []schema.Fact) (reason string, err error) {
	f, err := w.chooseFact(ctx, facts)
	if err != nil {
		return "", err
	}
	value, err := w.ask(ctx, "right value (a number, or none where it is not known)", "")
	if err != nil {
		return "", err
	}
	p := w.proposal
	if p.reason, err = w.ask(ctx, "reason", p.reason); err != nil {
		return "", err
	}
	source := p.evidence
	if source == "" && !strings.HasPrefix(r.URL, store.ImportScheme) {
		source = r.URL
	}
	if p.evidence, err = w.ask(ctx, "address of what shows it", source); err != nil {
		return "", err
	}
	c, err := p.correction([]string{r.ReportID, factName(f), value})
	if err != nil {
		return "", usageError{err}
	}
	c.Published = f.Value
	if err := c.Validate(); err != nil {
		return "", usageError{fmt.Errorf("the correction: %w", err)}
	}
	return p.reason, appendCorrection(p.file, c)
}
