package frozen

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/diff"
	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/store"
)

// ReportChange is a report that was added, removed or changed between two releases.
type ReportChange struct {
	Change     string `json:"change"` // added, removed, changed
	IssuerID   string `json:"issuer_id"`
	IssuerName string `json:"issuer_name"`
	Year       *int32 `json:"year"`
	ReportID   string `json:"report_id"` // in the new release; of one that was removed in the old
	Cells      int    `json:"cells"`     // that differ
}

// compare writes what changed since the release before, which is the latest one in the folder of the releases.
func (r *Record) compare(ctx context.Context, releases, dir string) error {
	all, err := List(releases)
	if err != nil {
		return err
	}
	if len(all) == 0 {
		return os.WriteFile(filepath.Join(dir, ChangesFile), []byte("# Changes\n\n"+r.Name+" is the first release.\n"), 0o644)
	}
	before := all[0]
	if before.Date > r.Date {
		return fmt.Errorf("the release %s is of %s, later than %s", before.Name, before.Date, r.Date)
	}
	old, err := store.OpenDataset(filepath.Join(releases, before.Name, DatasetDir))
	if err != nil {
		return err
	}
	defer old.Close()
	now, err := store.OpenDataset(filepath.Join(dir, DatasetDir))
	if err != nil {
		return err
	}
	defer now.Close()
	reports := reportChanges{all: []*ReportChange{}, at: map[string]*ReportChange{}}
	if err := store.WriteTable(filepath.Join(dir, ChangesRows), schema.Changes, r.Software, reports.watch(diff.Datasets(ctx, old, now))); err != nil {
		return err
	}
	r.Before = &Before{before.Name, before.Digest, reports.counts()}
	reports.sort()
	return errors.Join(os.WriteFile(filepath.Join(dir, ChangesFile), reports.markdown(r), 0o644), writeJSON(filepath.Join(dir, ChangesJSON), reports.all))
}

// reportChanges gathers the changes by report.
type reportChanges struct {
	all []*ReportChange
	at  map[string]*ReportChange
}

// watch gathers changes on their way.
func (c *reportChanges) watch(changes iter.Seq2[schema.Change, error]) iter.Seq2[schema.Change, error] {
	return func(yield func(schema.Change, error) bool) {
		for change, err := range changes {
			if err == nil {
				c.add(change)
			}
			if !yield(change, err) {
				return
			}
		}
	}
}

func (c *reportChanges) add(change schema.Change) {
	id := change.NewReport
	if id == nil {
		id = change.OldReport
	}
	if id == nil {
		return
	}
	one := c.at[*id]
	if one == nil {
		one = &ReportChange{Change: diff.Changed, IssuerID: change.IssuerID, IssuerName: change.IssuerName, Year: change.Year, ReportID: *id}
		c.at[*id] = one
		c.all = append(c.all, one)
	}
	if change.Indicator == nil {
		one.Change = change.Change
	} else {
		one.Cells++
	}
}

// sort puts what was added first and what was removed last.
func (c *reportChanges) sort() {
	order := []string{diff.Added, diff.Changed, diff.Removed}
	slices.SortStableFunc(c.all, func(x, y *ReportChange) int {
		return cmp.Compare(slices.Index(order, x.Change), slices.Index(order, y.Change))
	})
}

func (c *reportChanges) counts() (n Counts) {
	for _, one := range c.all {
		switch one.Change {
		case diff.Added:
			n.ReportsAdded++
		case diff.Removed:
			n.ReportsRemoved++
		default:
			n.ReportsChanged++
			n.Cells += one.Cells
		}
	}
	return n
}

// listed is how many reports the change list for people names; all are in changes.parquet.
const listed = 1000

// markdown is the change list for people.
func (c *reportChanges) markdown(r *Record) []byte {
	n := r.Before.Changes
	var b strings.Builder
	fmt.Fprintf(&b, "# Changes from %s to %s\n\n", r.Before.Name, r.Name)
	fmt.Fprintf(&b, "- reports added 新增报告: %d\n- reports removed 移除报告: %d\n- reports with changed cells 有单元格变化的报告: %d (%d cells 单元格)\n\n", n.ReportsAdded, n.ReportsRemoved, n.ReportsChanged, n.Cells)
	fmt.Fprintf(&b, "Every change of a cell, old and new, is in %s.\n", ChangesRows)
	for i, one := range c.all {
		if i == listed {
			fmt.Fprintf(&b, "\nand %d more reports\n", len(c.all)-listed)
			break
		}
		if i == 0 || one.Change != c.all[i-1].Change {
			fmt.Fprintf(&b, "\n## %s\n\n", one.Change)
		}
		year := "year unknown"
		if one.Year != nil {
			year = strconv.Itoa(int(*one.Year))
		}
		fmt.Fprintf(&b, "- %s %s (%s)", one.IssuerName, year, one.ReportID)
		if one.Cells > 0 {
			fmt.Fprintf(&b, ", cells: %d", one.Cells)
		}
		b.WriteByte('\n')
	}
	return []byte(b.String())
}
