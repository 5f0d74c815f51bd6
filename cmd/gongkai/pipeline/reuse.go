package pipeline

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"

	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/normalize"
	"github.com/gongkai-data/gongkai/normalize/reuse"
	"github.com/gongkai-data/gongkai/normalize/rule"
	"github.com/gongkai-data/gongkai/store"
)

// BoilerplateFile is the table of boilerplate among the files of a dataset.
const BoilerplateFile = "boilerplate.csv"

// sortMemory is what the sorter of fingerprints, and that of links, may hold in bytes.
const sortMemory = 16 << 20

// copying gathers the texts of a build and finds what they share.
type copying struct {
	finder *reuse.Finder
	folder *reuse.Folder
	texts  *os.File
}

// textOf is the text of a report, as a worker folds it.
type textOf struct {
	report    reuse.Report
	published string
	folded    *reuse.Text
}

// newCopying keeps what does not fit into memory in a folder of its caller's. The names of the bodies are folded like
// those of the gazetteer.
func newCopying(dir string, docs []document) (*copying, error) {
	texts, err := os.Create(filepath.Join(dir, "folded.texts"))
	if err != nil {
		return nil, fmt.Errorf("keeping the texts: %w", err)
	}
	var bodies []string
	for i := range docs {
		if n := len(bodies); n == 0 || bodies[n-1] != docs[i].issuer.Name {
			bodies = append(bodies, docs[i].issuer.Name)
		}
	}
	return &copying{reuse.NewFinder(Sorters(dir, texts)), reuse.NewFolder(bodies), texts}, nil
}

// Sorters are what a search for common text keeps in a folder and a file.
func Sorters(dir string, texts *os.File) reuse.Store {
	return reuse.Store{Texts: texts,
		Postings: store.NewSorter(dir, sortMemory, store.Order[reuse.Posting]{Name: "fingerprints", Compare: reuse.ComparePostings,
			Weight: func(reuse.Posting) int { return recordSize }, Write: writeFixed(putPosting), Read: readFixed(takePosting)}),
		Links: store.NewSorter(dir, sortMemory, store.Order[reuse.Link]{Name: "links", Compare: reuse.CompareLinks,
			Weight: func(reuse.Link) int { return recordSize }, Write: writeFixed(putLink), Read: readFixed(takeLink)})}
}

func (c *copying) close() error { return c.texts.Close() }

// fold folds the texts of the latest versions of an issuer's reports.
func (c *copying) fold(rows *normalize.Rows) (out []textOf) {
	older := map[string]bool{}
	for _, r := range rows.Reports {
		if r.Supersedes != nil {
			older[*r.Supersedes] = true
		}
	}
	sections := map[string][]schema.Text{}
	for _, t := range rows.Texts {
		sections[t.ReportID] = append(sections[t.ReportID], t)
	}
	for i := range rows.Reports {
		r := &rows.Reports[i]
		if older[r.ReportID] || len(sections[r.ReportID]) == 0 {
			continue
		}
		out = append(out, textOf{reuseReport(r), reuse.Join(sections[r.ReportID]), c.folder.Fold(sections[r.ReportID])})
	}
	return out
}

// reuseReport is what the search for common text needs of a report.
func reuseReport(r *schema.Report) reuse.Report {
	out := reuse.Report{ID: r.ReportID, IssuerID: r.IssuerID, DivisionCode: r.DivisionCode, Year: r.Year, PublishedOn: r.PublishedOn}
	if r.Template != nil {
		out.Template = *r.Template
	}
	body, alone := normalize.BodyOf(r.IssuerState, r.URL)
	if out.Body = body; alone {
		out.Body = r.ReportID
	}
	return out
}

func (c *copying) add(texts []textOf) error {
	for _, t := range texts {
		if err := c.finder.Add(t.report, t.published, t.folded); err != nil {
			return err
		}
	}
	return nil
}

// write adds what the reports share to the dataset, and what follows from it to checks, reports and panel.
func (c *copying) write(ctx context.Context, w *store.DatasetWriter, given *reuse.Table, sum *Summary) error {
	newShare, noted := map[string]float64{}, map[string]bool{}
	table, err := c.finder.Find(ctx, given, func(r reuse.Result) error {
		if err := w.Reuse.Add(r.Rows...); err != nil || r.NewShare == nil {
			return err
		}
		newShare[r.ReportID] = *r.NewShare
		check, ok := normalize.CopiedText(r)
		if !ok {
			return nil
		}
		if check.Outcome == rule.Fail {
			noted[r.ReportID] = true
			sum.ChecksFailed++
		} else {
			sum.ChecksPassed++
		}
		return w.Checks.Add(check)
	})
	if err != nil {
		return fmt.Errorf("finding text that reports share: %w", err)
	}
	w.Panel.Amend(func(p *schema.Panel) {
		if share, known := newShare[p.ReportID]; known {
			p.TextNewShare = &share
		}
	})
	w.Reports.Amend(func(r *schema.Report) {
		if noted[r.ReportID] {
			r.Notes++
		}
	})
	var b bytes.Buffer
	if err := table.Write(&b); err != nil {
		return err
	}
	return w.AddFile(BoilerplateFile, b.Bytes())
}

// recordSize is the size of a fingerprint, and of a link, in the temporary files and about that in memory, in bytes.
const recordSize = 16

func putPosting(b []byte, p reuse.Posting) []byte {
	b = binary.LittleEndian.AppendUint64(b, p.Print)
	return binary.LittleEndian.AppendUint32(binary.LittleEndian.AppendUint32(b, p.Report), p.At)
}

func takePosting(b []byte) reuse.Posting {
	return reuse.Posting{Print: binary.LittleEndian.Uint64(b), Report: binary.LittleEndian.Uint32(b[8:]), At: binary.LittleEndian.Uint32(b[12:])}
}

func putLink(b []byte, l reuse.Link) []byte {
	for _, v := range []uint32{l.Report, l.Other, l.At, l.OtherAt} {
		b = binary.LittleEndian.AppendUint32(b, v)
	}
	return b
}

func takeLink(b []byte) reuse.Link {
	return reuse.Link{Report: binary.LittleEndian.Uint32(b), Other: binary.LittleEndian.Uint32(b[4:]), At: binary.LittleEndian.Uint32(b[8:]),
		OtherAt: binary.LittleEndian.Uint32(b[12:])}
}

func writeFixed[T any](put func([]byte, T) []byte) func(io.Writer, iter.Seq2[T, error]) error {
	return func(w io.Writer, values iter.Seq2[T, error]) error {
		out := bufio.NewWriterSize(w, 1<<16)
		var b []byte
		for v, err := range values {
			if err != nil {
				return err
			}
			b = put(b[:0], v)
			if _, err := out.Write(b); err != nil {
				return err
			}
		}
		return out.Flush()
	}
}

func readFixed[T any](take func([]byte) T) func(io.Reader) iter.Seq2[T, error] {
	return func(r io.Reader) iter.Seq2[T, error] {
		return func(yield func(T, error) bool) {
			in := bufio.NewReaderSize(r, 1<<16)
			var none T
			b := make([]byte, recordSize)
			for {
				_, err := io.ReadFull(in, b)
				if errors.Is(err, io.EOF) {
					return
				}
				if err != nil {
					yield(none, err)
					return
				}
				if !yield(take(b), nil) {
					return
				}
			}
		}
	}
}
