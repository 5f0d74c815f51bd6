package pipeline

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strconv"

	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/normalize"
	"github.com/gongkai-data/gongkai/store"
	"github.com/gongkai-data/gongkai/store/warc"
)

// Unread is one document, or one capture of the archive, that could not be read.
type Unread struct {
	Document string `json:"document"` // its address, or where that is not known its place in the archive
	Reason   string `json:"reason"`
}

// maxNamed is how many a summary names.
const maxNamed = 10

func (s *Summary) name(u Unread) {
	if len(s.Unread) < maxNamed {
		s.Unread = append(s.Unread, u)
	}
}

// unreadOf finds the documents of one issuer that could not be read: their report ids, and the first of them by name.
func unreadOf(rows normalize.Rows) (unreadable map[string]bool, named []Unread) {
	unreadable = map[string]bool{}
	for _, p := range rows.Problems {
		if p.Kind != extract.UnreadableDocument || unreadable[p.ReportID] {
			continue
		}
		unreadable[p.ReportID] = true
		if i := slices.IndexFunc(rows.Reports, func(r schema.Report) bool { return r.ReportID == p.ReportID }); i >= 0 && len(named) < maxNamed {
			named = append(named, Unread{rows.Reports[i].URL, p.Detail})
		}
	}
	return unreadable, named
}

// lostCode is the code of the problem that tells of captures lost by the archive; its arguments are file, offset and
// number.
const lostCode = "archive.lost"

// nameLost counts and names what the archive lost beside the documents that were tried, and returns it as problems.
func (s *Summary) nameLost(losses []store.Loss, tried map[place]bool) []schema.Problem {
	var problems []schema.Problem
	for _, l := range losses {
		if tried[place{l.File, l.Offset}] {
			continue
		}
		s.Lost += l.Captures
		u := Unread{l.URL, l.Detail}
		if where := fmt.Sprintf("%s at byte %d", l.File, l.Offset); l.URL == "" {
			u.Document = where
			if l.Captures > 1 {
				u.Reason = fmt.Sprintf("%d captures: %s", l.Captures, l.Detail)
			}
		} else {
			u.Reason = where + ": " + l.Detail
		}
		s.name(u)
		code, detail := lostCode, "the archive lost "+u.Document+": "+u.Reason
		problems = append(problems, schema.Problem{Kind: extract.UnreadableDocument, Code: &code, Detail: detail, Args: []string{l.File, strconv.FormatInt(l.Offset, 10), strconv.Itoa(l.Captures)}})
	}
	return problems
}

// place is where a capture stands in the archive.
type place struct {
	file   string
	offset int64
}

// before orders places by time: the name of a WARC file begins with when it was begun.
func (p place) before(q place) bool {
	return cmp.Or(cmp.Compare(p.file, q.file), cmp.Compare(p.offset, q.offset)) < 0
}

// examine asks the archive what it lost, and puts into the summary what is wrong with its index.
func examine(ctx context.Context, archive *store.Archive, sum *Summary) ([]store.Loss, error) {
	losses, faults, err := archive.Examine(ctx)
	if err != nil {
		return nil, fmt.Errorf("examining the archive: %w", err)
	}
	for _, f := range faults {
		sum.IndexFaults = append(sum.IndexFaults, f.Detail)
	}
	slices.SortFunc(sum.IndexFaults, cmp.Compare)
	return losses, nil
}

// ofTheRun reports whether an error about a document is none of the document's: the disk or the network failed.
func ofTheRun(err error) bool {
	var path *fs.PathError
	return errors.Is(err, warc.ErrRead) || errors.As(err, &path)
}
