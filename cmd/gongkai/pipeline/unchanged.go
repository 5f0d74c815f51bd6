package pipeline

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"strconv"

	"github.com/gongkai-data/gongkai/store"
)

// lastBuild is what is kept of the last build beside the readings, so that one of the same inputs has nothing to do.
type lastBuild struct {
	Inputs  string  // digest of all that the dataset follows from, see inputsDigest
	Dataset string  // store.DatasetDigest of what was made of it
	Summary Summary // as of a build that finds all readings kept
}

// buildName is beside the readings of the program, and goes with them.
func (c *cache) buildName() string { return c.program + "/build.json" }

// inputsDigest is one of all that a dataset follows from: the program with what it can read, the captures, what the archive
// lost of them, and every option that a row may rest on. What the documents hold follows from the captures, which bear
// the digests of their bodies.
func inputsDigest(ctx context.Context, opt Options, program string, losses []store.Loss) (string, error) {
	h := sha256.New()
	e := json.NewEncoder(h)
	corrections := make([][]string, len(opt.Corrections))
	for i, c := range opt.Corrections {
		corrections[i] = append(c.Record(), strconv.Itoa(c.Line))
	}
	err := e.Encode([]any{program, opt.Software, opt.Seeds, opt.Ledger, opt.Resolver.Overrides(), corrections, opt.CorrectionsFile, losses, opt.Boilerplate != nil})
	if err == nil && opt.Boilerplate != nil {
		err = opt.Boilerplate.Write(h)
	}
	if err != nil {
		return "", fmt.Errorf("digesting what is built from: %w", err)
	}
	for c, err := range opt.Archive.Captures(ctx) {
		if err == nil {
			err = e.Encode(c)
		}
		if err != nil {
			return "", fmt.Errorf("listing the captures of the archive: %w", err)
		}
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// unchanged returns the summary of the last build where it was made of the same inputs and every file of its dataset is
// as it was written; ok is false where it must be made again.
func (c *cache) unchanged(ctx context.Context, out, inputs string) (sum Summary, ok bool, err error) {
	text, err := c.objects.Get(ctx, c.buildName())
	if errors.Is(err, fs.ErrNotExist) {
		return sum, false, nil
	}
	if err != nil {
		return sum, false, fmt.Errorf("reading what is kept of the last build: %w", err)
	}
	var last lastBuild
	if json.Unmarshal(text, &last) != nil || last.Inputs != inputs {
		return sum, false, nil
	}
	if digest, err := store.DatasetDigest(out); err != nil || digest != last.Dataset {
		return sum, false, nil // none, or of another build
	}
	found, err := store.VerifyDataset(ctx, out)
	if err != nil || len(found) > 0 {
		return sum, false, ctx.Err() // not as it was written, or not to be read: written anew
	}
	last.Summary.Unchanged = true
	return last.Summary, true, nil
}

// noteBuild keeps what a build was made of. One that rests on documents or captures that the archive lost is not kept,
// as the archive may be mended, nor one during which captures came: which of them it holds is not known.
func (c *cache) noteBuild(ctx context.Context, opt Options, inputs string, sum Summary, docs []document, losses []store.Loss) error {
	if len(losses) > 0 {
		return nil
	}
	for _, d := range docs {
		if d.damaged {
			return nil
		}
	}
	if now, err := inputsDigest(ctx, opt, c.program, losses); err != nil || now != inputs {
		return err
	}
	sum.Reused, sum.Torn = len(docs), 0
	digest, err := store.DatasetDigest(opt.Out)
	if err != nil {
		return err
	}
	text, err := json.Marshal(lastBuild{inputs, digest, sum})
	if err == nil {
		err = c.objects.Put(ctx, c.buildName(), text)
	}
	if err != nil {
		return fmt.Errorf("keeping what was built from: %w", err)
	}
	return nil
}
