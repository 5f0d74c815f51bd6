package pipeline

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
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
	finder   *reuse.Finder
	folder   *reuse.Folder
	texts    *os.File
	found    []keptText // of each report that is searched: what was found, not where its text is kept
	newShare map[string]float64
	noted    map[string]bool
}

// textOf is the text of a report, as a worker folds it.
type textOf struct {
	report    reuse.Report
	published string
	folded    *reuse.Text
}

// newCopying keeps what does not fit into memory in a folder of its caller's, and what the next build is to find with a
// keeper. The names of the bodies are folded like those of the gazetteer. last is what is kept of the build before, or
// nil.
func newCopying(dir string, docs []document, last *standing, k *keeper) (*copying, error) {
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
	c := &copying{folder: reuse.NewFolder(bodies), texts: texts, newShare: map[string]float64{}, noted: map[string]bool{}}
	space := Sorters(dir, texts)
	k.head.Names, space.Keep = reuse.PlacesOf(bodies), k.print
	if last == nil {
		c.finder = reuse.NewFinder(space)
	} else {
		c.finder = reuse.NewFinderAfter(space, last.before())
	}
	return c, nil
}

// Sorters are what a search for common text keeps in a folder and a file.
func Sorters(dir string, texts *os.File) reuse.Store {
	return reuse.Store{Texts: texts,
		Postings: store.NewSorter(dir, sortMemory, store.Order[reuse.Posting]{Name: "fingerprints", Compare: reuse.ComparePostings,
			Weight: func(reuse.Posting) int { return recordSize }, Write: writeFixed(putPosting), Read: readFixed(takePosting)}),
		Links: func() reuse.Sorter[reuse.Link] {
			return store.NewSorter(dir, sortMemory, store.Order[reuse.Link]{Name: "links", Compare: reuse.CompareLinks,
				Weight: func(reuse.Link) int { return recordSize }, Write: writeFixed(putLink), Read: readFixed(takeLink)})
		}}
}

func (c *copying) close() error { return c.texts.Close() }

// fold folds the texts of the latest versions of an issuer's reports.
func (c *copying) fold(rows *normalize.Rows) (out []textOf) {
	older := olderOf(rows.Reports)
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
		c.found = append(c.found, keptText{})
	}
	return nil
}

// search finds what the reports share, and adds it to the dataset.
func (c *copying) search(ctx context.Context, w *store.DatasetWriter, given *reuse.Table) (*reuse.Table, error) {
	number := 0
	table, err := c.finder.Find(ctx, given, func(r reuse.Result) error {
		if err := c.note(number, r); err != nil {
			return err
		}
		number++
		return c.put(w, r)
	})
	if err != nil {
		return nil, fmt.Errorf("finding text that reports share: %w", err)
	}
	return table, nil
}

// note keeps what was found of a report by its number.
func (c *copying) note(number int, r reuse.Result) error {
	text, err := json.Marshal(r)
	if err != nil {
		return fmt.Errorf("keeping what was found in the text of %s: %w", r.ReportID, err)
	}
	sum := sha256.Sum256(text)
	f := &c.found[number]
	f.Found, f.Copied, f.Compared = hex.EncodeToString(sum[:16]), "", r.Compared
	if check, ok := normalize.CopiedText(r); ok {
		f.Copied = check.Outcome
	}
	return nil
}

// put adds what was found of a report to the dataset.
func (c *copying) put(w *store.DatasetWriter, r reuse.Result) error {
	if err := w.Reuse.Add(r.Rows...); err != nil || r.NewShare == nil {
		return err
	}
	c.newShare[r.ReportID] = *r.NewShare
	check, ok := normalize.CopiedText(r)
	if !ok {
		return nil
	}
	if check.Outcome == rule.Fail {
		c.noted[r.ReportID] = true
	}
	return w.Checks.Add(check)
}

// finish puts what follows from the texts into reports, panel and summary, and keeps them for the next build.
func (c *copying) finish(w *store.DatasetWriter, table *reuse.Table, k *keeper, sum *Summary) error {
	w.Panel.Amend(func(p *schema.Panel) {
		if share, known := c.newShare[p.ReportID]; known {
			p.TextNewShare = &share
		}
	})
	w.Reports.Amend(func(r *schema.Report) {
		if c.noted[r.ReportID] {
			r.Notes++
		}
	})
	for number, f := range c.found {
		switch f.Copied {
		case rule.Pass:
			sum.ChecksPassed++
		case rule.Fail:
			sum.ChecksFailed++
		}
		if err := c.keep(k, number); err != nil {
			return err
		}
	}
	var b bytes.Buffer
	if err := table.Write(&b); err != nil {
		return err
	}
	return w.AddFile(BoilerplateFile, b.Bytes())
}

// keep keeps the text of a report for the next build, where it is not kept.
func (c *copying) keep(k *keeper, number int) error {
	f := c.found[number]
	if f.Size > 0 {
		k.head.Texts = append(k.head.Texts, f)
		return nil
	}
	packed, err := c.finder.Packed(number)
	if err != nil {
		return err
	}
	return k.text(packed, f)
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
