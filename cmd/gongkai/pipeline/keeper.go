package pipeline

import (
	"bufio"
	"encoding/binary"
	"encoding/gob"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"iter"
	"os"
	"path/filepath"

	"github.com/gongkai-data/gongkai/normalize/reuse"
	"github.com/gongkai-data/gongkai/store"
	"github.com/klauspost/compress/zstd"
)

// Names beside a dataset OUT, whose content goes with it and with the program: .OUT.kept is what the next build finds,
// .OUT.kept-new what a build writes. Who deletes them has the next build write all anew.
const (
	keptName    = "kept"
	keptNewName = "kept-new"
)

// Files of what is kept.
const (
	lastFile    = "last"         // keptHead, written last
	issuersFile = "issuers"      // issuerRecords in their order, JSON lines, zstd
	printsFile  = "fingerprints" // see putPrint
	textsFile   = "texts"        // of reports, zstd each, at the places that keptHead tells
)

// keptHead tells what is kept of a build.
type keptHead struct {
	Program  string // see cache.program
	Software string
	Dataset  string   // store.DatasetDigest of what was built
	Given    string   // digest of the boilerplate given; empty where it was made
	Names    []string // reuse.PlacesOf the bodies
	Sampled  bool
	Unmet    int    // corrections without a report
	Prints   uint32 // checksum of the fingerprints
	Texts    []keptText
}

// keptText is where the text of a report is kept, and what was found of it.
type keptText struct {
	Offset   int64
	Size     int32
	Copied   string // outcome of report.copied of the text; empty where it was not tried
	Found    string // digest of its reuse.Result
	Compared string // see there
}

// keeper keeps what the next build may start from.
type keeper struct {
	out        string
	dir, place string
	head       keptHead
	issuers    *os.File
	packed     *zstd.Encoder
	lines      *json.Encoder
	prints     *os.File
	printed    *bufio.Writer
	sum        uint32
	last       reuse.Posting
	texts      *os.File
	end        int64 // of texts
	encoder    *zstd.Encoder
	b          []byte
}

// newKeeper begins to keep what is built at out, where no other process builds now; base is the folder of what the texts
// are added to, or empty.
func newKeeper(out, base string, head keptHead) (_ *keeper, err error) {
	k := &keeper{out: out, head: head}
	if k.place, err = store.Beside(out, keptName); err == nil {
		k.dir, err = store.Beside(out, keptNewName)
	}
	if err == nil {
		err = errors.Join(os.RemoveAll(k.dir), os.Mkdir(k.dir, 0o755))
	}
	if err == nil && base != "" {
		err = os.Link(filepath.Join(base, textsFile), filepath.Join(k.dir, textsFile))
	}
	if err == nil {
		k.issuers, err = os.Create(filepath.Join(k.dir, issuersFile))
	}
	if err == nil {
		k.prints, err = os.Create(filepath.Join(k.dir, printsFile))
	}
	if err == nil {
		k.texts, err = os.OpenFile(filepath.Join(k.dir, textsFile), os.O_CREATE|os.O_RDWR, 0o644)
	}
	if err == nil {
		k.end, err = k.texts.Seek(0, io.SeekEnd)
	}
	if err == nil {
		k.packed, err = zstd.NewWriter(k.issuers, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1))
	}
	if err == nil {
		k.encoder, err = zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(1<<20))
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("keeping what was built: %w", err), k.drop())
	}
	k.lines, k.printed = json.NewEncoder(k.packed), bufio.NewWriterSize(k.prints, 1<<16)
	return k, nil
}

func (k *keeper) issuer(r *issuerRecord) error {
	if err := k.lines.Encode(r); err != nil {
		return fmt.Errorf("keeping what was built of %s: %w", r.ID, err)
	}
	return nil
}

// print keeps a fingerprint; they come in order.
func (k *keeper) print(p reuse.Posting) error {
	k.b = putPrint(k.b[:0], k.last, p)
	k.last = p
	k.sum = crc32.Update(k.sum, crc32c, k.b)
	if _, err := k.printed.Write(k.b); err != nil {
		return fmt.Errorf("keeping the fingerprints: %w", err)
	}
	return nil
}

var crc32c = crc32.MakeTable(crc32.Castagnoli)

// putPrint writes a fingerprint down by what it is more than the last one.
func putPrint(b []byte, last, p reuse.Posting) []byte {
	b = binary.AppendUvarint(b, p.Print-last.Print)
	if p.Print == last.Print {
		p.Report -= last.Report
	}
	return binary.AppendUvarint(binary.AppendUvarint(b, uint64(p.Report)), uint64(p.At))
}

// takePrints yields what putPrint wrote of a file, and at its end an error where its checksum is another.
func takePrints(name string, want uint32) iter.Seq2[reuse.Posting, error] {
	return func(yield func(reuse.Posting, error) bool) {
		var p reuse.Posting
		f, err := os.Open(name)
		if err != nil {
			yield(p, err)
			return
		}
		defer f.Close()
		sum := &summing{r: f}
		in := bufio.NewReaderSize(sum, 1<<16)
		for {
			more, err := binary.ReadUvarint(in)
			if err == io.EOF {
				break
			}
			var report, at uint64
			if err == nil {
				report, err = binary.ReadUvarint(in)
			}
			if err == nil {
				at, err = binary.ReadUvarint(in)
			}
			if more > 0 {
				p.Report = 0
			}
			p.Print, p.Report, p.At = p.Print+more, p.Report+uint32(report), uint32(at)
			if !yield(p, err) || err != nil {
				return
			}
		}
		if sum.sum != want {
			yield(p, errors.New("the fingerprints kept are damaged"))
		}
	}
}

type summing struct {
	r   io.Reader
	sum uint32
}

func (s *summing) Read(b []byte) (int, error) {
	n, err := s.r.Read(b)
	s.sum = crc32.Update(s.sum, crc32c, b[:n])
	return n, err
}

// text keeps the text of the next report that is searched, with what was found of it.
func (k *keeper) text(packed []byte, found keptText) error {
	k.b = k.encoder.EncodeAll(packed, k.b[:0])
	if _, err := k.texts.WriteAt(k.b, k.end); err != nil {
		return fmt.Errorf("keeping a text: %w", err)
	}
	found.Offset, found.Size = k.end, int32(len(k.b))
	k.head.Texts = append(k.head.Texts, found)
	k.end += int64(len(k.b))
	return nil
}

// commit puts what is kept in its place, for the dataset that now stands.
func (k *keeper) commit() error {
	dataset, err := store.DatasetDigest(k.out)
	k.head.Dataset, k.head.Prints = dataset, k.sum
	err = errors.Join(err, k.packed.Close(), k.printed.Flush())
	if err == nil {
		err = k.writeHead()
	}
	for _, f := range []*os.File{k.issuers, k.prints, k.texts} {
		err = errors.Join(err, f.Sync(), f.Close())
	}
	k.issuers, k.prints, k.texts = nil, nil, nil
	if err == nil {
		err = os.RemoveAll(k.place)
	}
	if err == nil {
		err = os.Rename(k.dir, k.place)
	}
	if err != nil {
		return fmt.Errorf("keeping what was built: %w", err)
	}
	return nil
}

func (k *keeper) writeHead() error {
	f, err := os.Create(filepath.Join(k.dir, lastFile))
	if err != nil {
		return err
	}
	return errors.Join(gob.NewEncoder(f).Encode(k.head), f.Sync(), f.Close())
}

// drop removes what was begun to keep; after commit it does nothing.
func (k *keeper) drop() error {
	for _, f := range []*os.File{k.issuers, k.prints, k.texts} {
		if f != nil {
			f.Close() // it is deleted
		}
	}
	return os.RemoveAll(k.dir)
}
