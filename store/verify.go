package store

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"

	"github.com/gongkai-data/gongkai/store/warc"
)

// Finding is one fault that a verification met.
type Finding struct {
	File   string `json:"file"`
	Offset int64  `json:"offset"` // byte of the record, or -1 where the fault is not at a place
	Detail string `json:"detail"`
}

// Verify reads every record of the archive, checks its framing and its block and payload digests, and compares the captures with the index.
func (a *Archive) Verify(ctx context.Context) iter.Seq2[Finding, error] {
	return func(yield func(Finding, error) bool) {
		names, _, err := a.fileNames(ctx)
		if err != nil {
			yield(Finding{}, err)
			return
		}
		for _, name := range names {
			found, err := a.verifyFile(ctx, name)
			if err == nil {
				var more []Finding
				more, err = a.verifyIndex(ctx, name)
				found = append(found, more...)
			}
			for _, f := range found {
				if !yield(f, nil) {
					return
				}
			}
			if err != nil {
				yield(Finding{}, fmt.Errorf("verifying %s: %w", name, err))
				return
			}
		}
	}
}

func (a *Archive) verifyFile(ctx context.Context, name string) (found []Finding, err error) {
	f, err := a.files.open(ctx, name, 0)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r := warc.NewReader(f, 0)
	for {
		record, err := r.Next()
		if err == io.EOF {
			return found, nil
		}
		if err == nil {
			var details []string
			if details, err = verifyRecord(record); err == nil {
				_, err = r.Finish()
			}
			for _, d := range details {
				found = append(found, Finding{name, r.Offset(), d})
			}
		}
		if errors.Is(err, warc.ErrMalformed) || errors.Is(err, io.ErrUnexpectedEOF) {
			return append(found, Finding{name, r.Offset(), err.Error()}), nil
		}
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return found, err
		}
	}
}

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

// verifyIndex compares the captures in a file with those that the index lists of it.
func (a *Archive) verifyIndex(ctx context.Context, name string) (found []Finding, err error) {
	next, stop := iter.Pull2(a.index.find(ctx, "WHERE warc_file = ? ORDER BY warc_offset", name))
	defer stop()
	listed, err, more := next()
	advance := func() { listed, err, more = next() }
	_, scanErr := a.scan(ctx, name, 0, func(e entry) error {
		for more && err == nil && listed.WarcOffset < e.WarcOffset {
			found = append(found, Finding{name, listed.WarcOffset, "the index lists a capture that is not there"})
			advance()
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
	for ; more && err == nil; advance() {
		found = append(found, Finding{name, listed.WarcOffset, "the index lists a capture that is not there"})
	}
	if err != nil {
		return found, err
	}
	var torn *tornError
	if errors.As(scanErr, &torn) {
		return append(found, Finding{name, torn.at, torn.Error()}), nil
	}
	return found, scanErr
}

func sameEntry(a, b entry) (bool, error) {
	x, err := metadataBlock(a, "")
	if err != nil {
		return false, err
	}
	y, err := metadataBlock(b, "")
	return bytes.Equal([]byte(x), []byte(y)), err
}
