// Package kept writes readings down and reads them again: a small part in front, which says whose report it is, and all
// the rest, so that who only groups documents decodes little.
//
// There is one version, that of the program: readings are kept by the program's digest, and another program reads the
// documents again. A checksum keeps bytes that were damaged, or that are none of these, from being taken for a reading.
package kept

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"reflect"
	"sync"

	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/title"
	"github.com/gongkai-data/gongkai/normalize"
	"github.com/klauspost/compress/zstd"
)

// Head is what is known of a reading without its cells: enough to tell whose report it is.
type Head struct {
	IsReport   bool // see normalize.Reading.IsReport
	Reader     string
	Title      string
	Text       string
	Meta       map[string]string
	Companions []extract.Companion
	Parsed     title.Parsed
	Leads      []string // see normalize.Reading.Leads
}

// HeadOf is the head of a reading.
func HeadOf(r *normalize.Reading) Head {
	return Head{r.IsReport(), r.Reader, r.Title, r.Text, r.Meta, r.Companions, r.Parsed, r.Leads()}
}

// magic begins what Pack writes; a checksum of all that follows comes after it.
const magic = "GKR1"

// maxPlain is the length in bytes that a part may have.
const maxPlain = 1 << 30

var (
	headCodec = sync.OnceValue(func() codec { return codecOf(reflect.TypeFor[Head]()) })
	restCodec = sync.OnceValue(func() codec { return codecOf(reflect.TypeFor[normalize.Reading]()) })
	checks    = crc32.MakeTable(crc32.Castagnoli)
	packer    = sync.OnceValue(func() *zstd.Encoder {
		e, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(2), zstd.WithEncoderCRC(false), zstd.WithWindowSize(1<<20))
		if err != nil {
			panic("kept: " + err.Error()) // of options that are none
		}
		return e
	})
	unpacker = sync.OnceValue(func() *zstd.Decoder {
		d, err := zstd.NewReader(nil, zstd.WithDecoderMaxMemory(maxPlain), zstd.WithDecoderConcurrency(2))
		if err != nil {
			panic("kept: " + err.Error())
		}
		return d
	})
)

func encode(c codec, value any) ([]byte, error) {
	w := &writer{known: map[string]uint64{}}
	c.put(w, reflect.ValueOf(value))
	if w.err != nil {
		return nil, w.err
	}
	return packer().EncodeAll(w.b, make([]byte, 0, len(w.b)/2)), nil
}

// decode reads what encode wrote of the value that to points to.
func decode(c codec, packed []byte, to any) error {
	plain, err := unpacker().DecodeAll(packed, nil)
	if err != nil {
		return err
	}
	r := &reader{b: plain}
	c.take(r, reflect.ValueOf(to).Elem())
	if r.err == nil && len(r.b) > 0 {
		r.fail()
	}
	return r.err
}

// Pack writes a reading down. The same reading gives the same bytes.
func Pack(r *normalize.Reading) ([]byte, error) {
	head, err := encode(headCodec(), HeadOf(r))
	if err != nil {
		return nil, fmt.Errorf("packing a reading: %w", err)
	}
	rest := *r
	report := *r.Report
	rest.Report, rest.Parsed = &report, title.Parsed{}
	report.Reader, report.Title, report.Text, report.Meta, report.Companions = "", "", "", nil, nil
	body, err := encode(restCodec(), rest)
	if err != nil {
		return nil, fmt.Errorf("packing a reading: %w", err)
	}
	out := append(make([]byte, 0, len(head)+len(body)+16), magic...)
	out = binary.AppendUvarint(append(out, 0, 0, 0, 0), uint64(len(head)))
	out = append(append(out, head...), body...)
	binary.LittleEndian.PutUint32(out[len(magic):], crc32.Checksum(out[len(magic)+4:], checks))
	return out, nil
}

// parts takes what Pack wrote apart.
func parts(packed []byte) (head, rest []byte, err error) {
	b, ok := bytes.CutPrefix(packed, []byte(magic))
	if !ok || len(b) < 4 || binary.LittleEndian.Uint32(b) != crc32.Checksum(b[4:], checks) {
		return nil, nil, errForeign
	}
	b = b[4:]
	n, size := binary.Uvarint(b)
	if size <= 0 || n > uint64(len(b)-size) {
		return nil, nil, errForeign
	}
	b = b[size:]
	return b[:n], b[n:], nil
}

// UnpackHead reads the head of what Pack wrote.
func UnpackHead(packed []byte) (Head, error) {
	var h Head
	head, _, err := parts(packed)
	if err == nil {
		err = decode(headCodec(), head, &h)
	}
	if err != nil {
		return Head{}, fmt.Errorf("reading the head of a kept reading: %w", err)
	}
	return h, nil
}

// Unpack reads what Pack wrote.
func Unpack(packed []byte) (*normalize.Reading, error) {
	h, err := UnpackHead(packed)
	if err != nil {
		return nil, err
	}
	_, rest, err := parts(packed)
	var r normalize.Reading
	if err == nil {
		err = decode(restCodec(), rest, &r)
	}
	if err == nil && r.Report == nil {
		err = errForeign
	}
	if err != nil {
		return nil, fmt.Errorf("reading a kept reading: %w", err)
	}
	r.Reader, r.Title, r.Text, r.Meta, r.Companions, r.Parsed = h.Reader, h.Title, h.Text, h.Meta, h.Companions, h.Parsed
	return &r, nil
}
