package pipeline

import (
	"context"
	"fmt"
	"slices"

	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/normalize"
	"github.com/gongkai-data/gongkai/normalize/reuse"
)

// compare puts the issuers of this build beside those of the last.
func (r *rewriter) compare(docs []document) error {
	was, n := make(map[string]int, len(r.last.issuers)), 0
	r.firstText = make([]int, len(r.last.issuers))
	for i := range r.last.issuers {
		of := &r.last.issuers[i]
		was[of.ID], r.firstText[i] = i, n
		n += len(of.texts())
	}
	for group := range chunkBy(docs) {
		at := &issuerAt{group: group, was: -1}
		id := group[0].issuer.ID
		inputs, err := digestInputs(group, r.corrections[id])
		if err != nil {
			return err
		}
		if i, known := was[id]; known {
			at.was = i
			delete(was, id)
		}
		if at.was < 0 || r.last.issuers[at.was].Inputs != inputs {
			r.change(at, true)
		}
		r.issuers = append(r.issuers, at)
	}
	for _, i := range was {
		r.gone = append(r.gone, i)
	}
	return nil
}

// change has the rows of an issuer made anew.
func (r *rewriter) change(at *issuerAt, anew bool) {
	if !at.anew && !at.other {
		r.changed++
	}
	at.anew, at.other = at.anew || anew, true
}

// otherNames has issuers made anew whose texts hold a name that counts as a place now and did not, or no more.
func (r *rewriter) otherNames(now []string) error {
	var differ []string
	for _, side := range [][2][]string{{now, r.last.Names}, {r.last.Names, now}} {
		for _, name := range side[0] {
			if _, both := slices.BinarySearch(side[1], name); !both {
				differ = append(differ, name)
			}
		}
	}
	if len(differ) == 0 {
		return nil
	}
	for _, at := range r.issuers {
		if at.anew {
			continue
		}
		for i := range r.last.issuers[at.was].texts() {
			packed, err := r.last.text(r.firstText[at.was] + i)
			if err != nil {
				return err
			}
			if reuse.Contains(packed, differ) {
				r.change(at, true)
				break
			}
		}
	}
	return nil
}

// otherParts has the rows of issuers made anew whose reports are compared with other sums over their parts.
func (r *rewriter) otherParts() {
	var sums normalize.Aggregates
	for _, at := range r.issuers {
		if at.made != nil {
			sums.Count(at.made.rows.Contributions)
			continue
		}
		was := &r.last.issuers[at.was]
		if sums.Parts(was.Contributions) != was.Parts {
			r.change(at, false)
		}
		sums.Count(was.Contributions)
	}
}

// search looks for the reports that share other text than before, and has the rows of their issuers made anew. Of all
// issuers whose rows are made it finds what their reports share.
func (r *rewriter) search(ctx context.Context) (*reuse.Table, error) {
	c := r.texts
	for _, at := range r.issuers {
		from := len(c.found)
		if at.anew {
			if err := c.add(at.made.texts); err != nil {
				return nil, err
			}
		} else {
			for i, text := range r.last.issuers[at.was].texts() {
				number := r.firstText[at.was] + i
				c.finder.Stays(*text, number)
				c.found = append(c.found, r.last.Texts[number])
			}
		}
		for range len(c.found) - from {
			r.of = append(r.of, at)
		}
	}
	changes, table, err := c.finder.Affected(ctx, r.opt.Boilerplate)
	if err != nil {
		return nil, fmt.Errorf("finding text that reports share: %w", err)
	}
	if err := r.examine(ctx, table, changes); err != nil {
		return nil, err
	}
	if err := r.make(ctx); err != nil {
		return nil, err
	}
	rest := false
	for i, at := range r.of {
		changes[i] = reuse.Same
		if _, done := r.found[i]; at.made != nil && !done {
			changes[i], rest = reuse.Other, true
		}
	}
	if rest {
		err = r.examine(ctx, table, changes)
	}
	r.otherFound()
	return table, err
}

// examine finds what reports share, and has the rows of an issuer made anew where that is not what was found before.
func (r *rewriter) examine(ctx context.Context, table *reuse.Table, changes []reuse.Change) error {
	c := r.texts
	err := c.finder.Examine(ctx, table, changes, func(number int) string { return c.found[number].Compared }, func(number int, res reuse.Result) error {
		was := c.found[number].Found
		r.found[number] = res
		err := c.note(number, res)
		if c.found[number].Found != was {
			r.change(r.of[number], false)
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("finding text that reports share: %w", err)
	}
	return nil
}

// otherFound marks the files of what was found in the texts of the issuers that are made anew, or are gone, where it is
// not what was found before.
func (r *rewriter) otherFound() {
	type text struct {
		report, found string
		year          year
	}
	more := map[text]int{} // how many more there are now than before
	before := func(issuer int) {
		for i, t := range r.last.issuers[issuer].texts() {
			more[text{t.ID, r.last.Texts[r.firstText[issuer]+i].Found, yearOf(t.Year)}]--
		}
	}
	for _, issuer := range r.gone {
		before(issuer)
	}
	number := 0
	for _, at := range r.issuers {
		if at.made == nil {
			for number < len(r.of) && r.of[number] == at {
				number++
			}
			continue
		}
		if at.was >= 0 {
			before(at.was)
		}
		for i := 0; number < len(r.of) && r.of[number] == at; i++ {
			t := &at.made.texts[i].report
			more[text{t.ID, r.texts.found[number].Found, yearOf(t.Year)}]++
			number++
		}
	}
	for t, n := range more {
		if n != 0 {
			r.stale[fileName(schema.ReuseTable.Name, t.year.pointer())] = true
			r.stale[fileName(schema.Checks.Name, t.year.pointer())] = true
		}
	}
}
