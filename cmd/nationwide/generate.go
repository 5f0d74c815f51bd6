package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
	"time"

	"github.com/gongkai-data/gongkai/cmd/gongkai/pipeline"
	"github.com/gongkai-data/gongkai/datasets/gazetteer"
	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/normalize"
	"github.com/gongkai-data/gongkai/store"
	"golang.org/x/sync/errgroup"
)

// generator says what to generate.
type generator struct {
	out          string
	share        float64
	first, years int
	seed         uint64
	memory       int // MB
}

// result is what a run measured.
type result struct {
	Townships     int              `json:"townships"`
	Reports       int64            `json:"reports"`
	Rows          int64            `json:"rows"` // of all tables
	Seconds       float64          `json:"seconds"`
	GenerateShare float64          `json:"seconds_until_all_rows_were_added"`
	RowsPerSecond float64          `json:"rows_per_second"`
	PeakMB        int              `json:"peak_memory_mb"` // of the process; 0 where the system does not tell
	Bytes         map[string]int64 `json:"bytes"`          // by table
	TableRows     map[string]int64 `json:"table_rows"`
}

const software = "gongkai-nationwide"

// towns are the townships of the share wanted, by descending code as in a build. Every township of one county is in or
// out together with the others of its county, so that sums over parts are as dense as in the whole.
func (g generator) towns() []*gazetteer.Division {
	var towns []*gazetteer.Division
	counties, taken := 0, 0
	county := ""
	in := false
	for _, d := range gazetteer.All() {
		if d.Level != gazetteer.Township || d.Pseudo || d.ValidTo != "" {
			continue
		}
		if c := d.Code[:6]; c != county {
			county, counties = c, counties+1
			if in = float64(taken) < float64(counties)*g.share; in {
				taken++
			}
		}
		if in {
			towns = append(towns, d)
		}
	}
	for i, j := 0, len(towns)-1; i < j; i, j = i+1, j-1 {
		towns[i], towns[j] = towns[j], towns[i]
	}
	return towns
}

func (g generator) run(ctx context.Context) (result, error) {
	start := time.Now()
	opt := pipeline.DatasetOptions(software)
	opt.Memory = g.memory << 20
	w, err := store.CreateDataset(ctx, g.out, opt)
	if err != nil {
		return result{}, err
	}
	towns := g.towns()
	if err := errors.Join(g.fill(ctx, w, towns), pipeline.AddReference(w, software, false)); err != nil {
		return result{}, errors.Join(err, w.Abort())
	}
	r := result{Townships: len(towns), GenerateShare: time.Since(start).Seconds(), Bytes: map[string]int64{}, TableRows: map[string]int64{}}
	m, err := w.Commit(ctx)
	if err != nil {
		return result{}, err
	}
	for _, f := range m.Files {
		if f.Table != "" {
			r.Bytes[f.Table] += f.Bytes
			r.TableRows[f.Table] += *f.Rows
			r.Rows += *f.Rows
		}
	}
	r.Reports, r.Seconds, r.PeakMB = r.TableRows["reports"], time.Since(start).Seconds(), peak()
	r.RowsPerSecond = float64(r.Rows) / r.Seconds
	return r, nil
}

// fill makes the rows of each township on all cores and adds them in order, a few townships at a time in memory.
func (g generator) fill(ctx context.Context, w *store.DatasetWriter, towns []*gazetteer.Division) error {
	years := make([]int, g.years)
	for i := range years {
		years[i] = g.first + i
	}
	type made struct {
		rows normalize.Rows
		docs []normalize.Document
	}
	work, ctx := errgroup.WithContext(ctx)
	ahead := make(chan chan made, 2*runtime.GOMAXPROCS(0))
	work.Go(func() error {
		defer close(ahead)
		for _, d := range towns {
			one := make(chan made, 1)
			select {
			case ahead <- one:
			case <-ctx.Done():
				return ctx.Err()
			}
			work.Go(func() error {
				docs := newTown(d, g.seed).documents(years)
				one <- made{normalize.Issuer(docs), docs}
				return nil
			})
		}
		return nil
	})
	work.Go(func() error {
		var sums normalize.Aggregates
		for one := range ahead {
			m := <-one
			sums.Take(&m.rows)
			if err := errors.Join(pipeline.AddRows(w, m.rows), w.Reuse.Add(sharedText(&m.rows)...)); err != nil {
				return err
			}
			for i := range m.docs {
				r := &m.rows.Reports[i]
				if err := errors.Join(w.Captures.Add(m.docs[i].Capture), w.Coverage.Add(schema.Coverage{IssuerID: r.IssuerID, IssuerName: r.IssuerName, DivisionCode: r.DivisionCode,
					Year: r.Year, Status: schema.CoverageFound, ReportID: &r.ReportID})); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err := work.Wait(); err != nil {
		return fmt.Errorf("generating rows: %w", err)
	}
	return nil
}

// peak is the most memory that the process held, in MB, where the system tells (Linux).
func peak() int {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(status)) {
		if kb, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			n, err := strconv.Atoi(strings.Fields(kb)[0])
			if err != nil {
				return 0
			}
			return n / 1024
		}
	}
	return 0
}
