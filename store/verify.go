package store

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/gongkai-data/gongkai/store/warc"
)

// Finding is one fault that a verification met.
type Finding struct {
	File   string `json:"file"`
	Offset int64  `json:"offset"` // byte of the record, or -1 where the fault is not at a place
	Detail string `json:"detail"`
}

// Verify reads every record of the archive, checks its framing and its block and payload digests, and compares the
// captures with the index. Behind damage it resumes with the next record that can be read. It changes nothing.
func (a *Archive) Verify(ctx context.Context) iter.Seq2[Finding, error] {
	return func(yield func(Finding, error) bool) {
		names, sizes, err := a.fileNames(ctx)
		if err != nil {
			yield(Finding{}, err)
			return
		}
		found, err := a.verifyWhole(ctx, sizes)
		for i := -1; i < len(names) && err == nil; i++ {
			if i >= 0 {
				if found, err = a.verifyFile(ctx, names[i]); err != nil {
					err = fmt.Errorf("verifying %s: %w", names[i], err)
				}
			}
			for _, f := range found {
				if !yield(f, nil) {
					return
				}
			}
		}
		if err != nil {
			yield(Finding{}, err)
		}
	}
}

// verifyWhole finds what is wrong with the index as such, and the files that are gone.
func (a *Archive) verifyWhole(ctx context.Context, sizes map[string]int64) ([]Finding, error) {
	var found []Finding
	bad, err := a.index.check(ctx)
	if err != nil {
		return nil, err
	}
	for name, why := range bad {
		found = append(found, Finding{indexFile, -1, strings.TrimSpace(name + ": " + why)})
	}
	if _, err := os.Stat(filepath.Join(a.dir, damagedIndex)); err == nil {
		found = append(found, Finding{damagedIndex, -1, "the index was damaged and made anew from the WARC files; this is the old one: delete it once you know"})
	}
	lost, err := a.index.losses(ctx, "")
	if err != nil {
		return nil, err
	}
	for _, l := range lost {
		if _, there := sizes[l.File]; !there {
			found = append(found, l.finding())
		}
	}
	return found, nil
}

func (l Loss) finding() Finding {
	what := "the capture of " + l.URL
	if l.URL == "" {
		what = "a capture"
	}
	if l.Captures > 1 {
		what = fmt.Sprintf("%d captures", l.Captures)
	}
	return Finding{l.File, l.Offset, what + " cannot be read: " + l.Detail}
}

// verifyFile checks the records of one file, and what the index says of it.
func (a *Archive) verifyFile(ctx context.Context, name string) ([]Finding, error) {
	found, err := a.verifyRecords(ctx, name)
	if err != nil {
		return nil, err
	}
	more, losses, err := a.verifyIndex(ctx, name)
	if err != nil {
		return nil, err
	}
	for _, l := range losses { // they tell more than the records alone
		found = slices.DeleteFunc(found, func(f Finding) bool { return f.Offset == l.Offset })
		found = append(found, l.finding())
	}
	found = append(found, more...)
	slices.SortStableFunc(found, func(a, b Finding) int { return cmp.Compare(a.Offset, b.Offset) })
	return found, nil
}

func (a *Archive) verifyRecords(ctx context.Context, name string) ([]Finding, error) {
	var found []Finding
	heads := map[string][]int64{} // of gzip members: the offsets at which each stands
	for next := int64(0); ; {
		damage, at, err := a.verifyFrom(ctx, name, next, heads, &found)
		if err != nil {
			return found, err
		}
		if damage == nil {
			return append(found, strangeHeads(name, heads)...), nil
		}
		found = append(found, Finding{name, at, damage.Error()})
		if next, err = a.findRecord(ctx, name, at+1); err != nil && err != io.EOF {
			return found, err
		}
	}
}

// verifyFrom checks records from an offset up to the end of the file or to the first that cannot be read, and returns
// the damage and its offset.
func (a *Archive) verifyFrom(ctx context.Context, name string, from int64, heads map[string][]int64, found *[]Finding) (damage error, at int64, err error) {
	f, err := a.files.open(ctx, name, from)
	if err != nil {
		return nil, from, err
	}
	defer f.Close()
	r := warc.NewReader(f, from)
	for {
		record, err := r.Next()
		if err == io.EOF {
			return nil, r.Offset(), nil
		}
		var details []string
		if err == nil {
			details, err = verifyRecord(record)
		}
		if err == nil {
			_, err = r.Finish()
		}
		if err == nil {
			err = ctx.Err()
		}
		if isDamage(err) {
			return err, r.Offset(), nil
		}
		if err != nil {
			return nil, r.Offset(), err
		}
		head := string(r.GzipHeader())
		heads[head] = append(heads[head], r.Offset())
		for _, d := range details {
			*found = append(*found, Finding{name, r.Offset(), d})
		}
	}
}

// strangeHeads finds the members of a file of this package's making whose gzip header is not the one that it writes: no
// checksum covers it, and nothing is lost by it, but the file is not as it was written.
func strangeHeads(name string, heads map[string][]int64) (found []Finding) {
	own := ownGzipHeader()
	if len(heads[own]) == 0 {
		return nil
	}
	for head, offsets := range heads {
		for _, at := range offsets {
			if head != own {
				found = append(found, Finding{name, at, fmt.Sprintf("the gzip header % x is not the one that was written, % x; the record is whole", head, own)})
			}
		}
	}
	return found
}

// ownGzipHeader is the fixed part of the header of every gzip member that this package writes.
var ownGzipHeader = sync.OnceValue(func() string {
	r := newRecord(warc.Warcinfo, warc.NewID(), time.Time{}, "")
	setBlock(r, "")
	var b bytes.Buffer
	if warc.Write(&b, r) != nil {
		return ""
	}
	in := warc.NewReader(&b, 0)
	if _, err := in.Next(); err != nil {
		return ""
	}
	return string(in.GzipHeader())
})

func verifyRecord(r *warc.Record) (details []string, err error) {
	block, payload := warc.NewDigest(), warc.NewDigest()
	in := bufio.NewReader(io.TeeReader(r.Block, block))
	wantPayload := r.Get("WARC-Payload-Digest")
	switch r.Type() {
	case warc.Response:
		if _, err := readHead(in); err != nil {
			return nil, err
		}
	case warc.Revisit:
		wantPayload = "" // it is of the original's payload
	}
	if _, err := io.Copy(payload, in); err != nil {
		return nil, err
	}
	check := func(what, want, got string) {
		if want == "" || strings.EqualFold(want, got) {
			return
		}
		if !strings.HasPrefix(strings.ToLower(want), "sha256:") {
			return // of a maker that uses another hash
		}
		details = append(details, fmt.Sprintf("the %s is %s, its record %s says %s", what, got, r.ID(), want))
	}
	check("block", r.Get("WARC-Block-Digest"), warc.FormatDigest(block))
	check("payload", wantPayload, warc.FormatDigest(payload))
	return details, nil
}

// verifyIndex compares the captures in a file with those that the index lists of it, and returns what the file lost.
func (a *Archive) verifyIndex(ctx context.Context, name string) (found []Finding, losses []Loss, err error) {
	next, stop := iter.Pull2(a.index.find(ctx, "WHERE warc_file = ? ORDER BY warc_offset", name))
	defer stop()
	listed, err, more := next()
	advance := func() { listed, err, more = next() }
	absent := func() {
		found = append(found, Finding{name, listed.WarcOffset, "the index lists a capture of " + listed.URL + " that is not there"})
		advance()
	}
	scanned, scanErr := a.scan(ctx, name, 0, 0, func(e entry) error {
		for more && err == nil && listed.WarcOffset < e.WarcOffset {
			absent()
		}
		if err != nil {
			return err
		}
		if !more || listed.WarcOffset != e.WarcOffset {
			found = append(found, Finding{name, e.WarcOffset, "the index lacks the capture of " + e.URL})
			return nil
		}
		if same, err := sameEntry(listed, e); err != nil || !same {
			found = append(found, Finding{name, e.WarcOffset, "the index lists another capture than that of " + e.URL})
		}
		advance()
		return nil
	})
	for more && err == nil {
		absent()
	}
	return found, scanned.losses, errors.Join(err, scanErr)
}

func sameEntry(a, b entry) (bool, error) {
	x, err := metadataBlock(a.unplaced(), "")
	if err != nil {
		return false, err
	}
	y, err := metadataBlock(b.unplaced(), "")
	return bytes.Equal([]byte(x), []byte(y)), err
}
