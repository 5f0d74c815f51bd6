package pipeline

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/gob"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"

	"github.com/gongkai-data/gongkai/normalize/reuse"
	"github.com/gongkai-data/gongkai/store"
	"github.com/klauspost/compress/zstd"
)

// standing is the dataset that a build takes the place of, with what was kept of it.
type standing struct {
	keptHead
	dir     string
	issuers []issuerRecord // by descending ID
	table   *reuse.Table
	texts   *os.File
	decoder *zstd.Decoder
}

// findStanding finds what was kept of the dataset at out, where that is as it was written, of the same program and with
// the same boilerplate given. Whatever is missing, damaged or of another build gives nil: then all is written anew.
func findStanding(ctx context.Context, opt Options, head keptHead) (*standing, error) {
	dir, err := store.Beside(opt.Out, keptName)
	if err != nil {
		return nil, err
	}
	s := &standing{dir: dir}
	if s.readHead() != nil || s.Program != head.Program || s.Software != head.Software || s.Given != head.Given || s.Unmet > 0 || !s.stands(opt.Out) {
		return nil, nil
	}
	if found, err := store.VerifyDataset(ctx, opt.Out); err != nil || len(found) > 0 {
		return nil, ctx.Err()
	}
	if s.read(opt) != nil {
		return nil, nil
	}
	return s, nil
}

// stands reports whether what is kept is of the dataset that stands at out.
func (s *standing) stands(out string) bool {
	digest, err := store.DatasetDigest(out)
	return err == nil && digest == s.Dataset
}

func digestTable(t *reuse.Table) (string, error) {
	if t == nil {
		return "", nil
	}
	h := sha256.New()
	if err := t.Write(h); err != nil {
		return "", fmt.Errorf("digesting the boilerplate: %w", err)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

func (s *standing) readHead() error {
	f, err := os.Open(filepath.Join(s.dir, lastFile))
	if err != nil {
		return err
	}
	defer f.Close()
	return gob.NewDecoder(bufio.NewReader(f)).Decode(&s.keptHead)
}

func (s *standing) read(opt Options) error {
	f, err := os.Open(filepath.Join(s.dir, issuersFile))
	if err != nil {
		return err
	}
	defer f.Close()
	in, err := zstd.NewReader(f, zstd.WithDecoderConcurrency(1))
	if err != nil {
		return err
	}
	defer in.Close()
	lines := json.NewDecoder(in)
	texts := 0
	for {
		var r issuerRecord
		if err := lines.Decode(&r); err == io.EOF {
			break
		} else if err != nil {
			return err
		}
		for i := range r.Reports {
			if r.Reports[i].Text != nil {
				texts++
			}
		}
		s.issuers = append(s.issuers, r)
	}
	if texts != len(s.Texts) {
		return errors.New("the texts kept are not those of the reports kept")
	}
	if s.table = opt.Boilerplate; s.table == nil {
		if err := s.readTable(opt.Out); err != nil {
			return err
		}
	}
	if s.decoder, err = zstd.NewReader(nil); err != nil {
		return err
	}
	s.texts, err = os.Open(filepath.Join(s.dir, textsFile))
	return err
}

func (s *standing) readTable(out string) error {
	f, err := os.Open(filepath.Join(out, BoilerplateFile))
	if err != nil {
		return err
	}
	defer f.Close()
	s.table, err = reuse.ReadTable(bufio.NewReader(f))
	return err
}

func (s *standing) close() error {
	if s == nil || s.texts == nil {
		return nil
	}
	s.decoder.Close()
	err := s.texts.Close()
	s.texts = nil
	return err
}

// errKept says that what is kept of the last build cannot be used; then all is written anew.
var errKept = errors.New("what is kept of the last build cannot be used")

// text is the text kept of a report, packed.
func (s *standing) text(number int) ([]byte, error) {
	at := s.Texts[number]
	b := make([]byte, at.Size)
	if _, err := s.texts.ReadAt(b, at.Offset); err != nil {
		return nil, fmt.Errorf("%w: reading a text: %w", errKept, err)
	}
	packed, err := s.decoder.DecodeAll(b, nil)
	if err != nil {
		return nil, fmt.Errorf("%w: reading a text: %w", errKept, err)
	}
	return packed, nil
}

// before is what the search for common text needs of the last one.
func (s *standing) before() reuse.Before {
	name := filepath.Join(s.dir, printsFile)
	return reuse.Before{Reports: len(s.Texts), Text: s.text, Table: s.table, Postings: func() iter.Seq2[reuse.Posting, error] {
		return func(yield func(reuse.Posting, error) bool) {
			for p, err := range takePrints(name, s.Prints) {
				if err != nil {
					err = fmt.Errorf("%w: %w", errKept, err)
				}
				if !yield(p, err) {
					return
				}
			}
		}
	}}
}
