package columns

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/apache/arrow/go/v15/parquet"
	"github.com/apache/arrow/go/v15/parquet/file"
	"github.com/apache/arrow/go/v15/parquet/schema"
)

// ErrOther says that a file holds a column in another way than Writer writes it. A Reader reads it all the same.
var ErrOther = errors.New("the column is stored in a way that is read as a whole only")

// pages goes through the data pages of one column of a row group.
type pages struct {
	*source
	descr       *schema.Column
	dictionary  *plain // nil where the column has none
	left        int64  // levels of the pages to come
	count       int    // levels of the page: rows, or of a list its elements and empty lists
	definitions *runs  // nil where no value can be null
	repetitions *runs  // nil unless it is a list
	places      *runs  // of values in the dictionary; nil where they stand in the page themselves
	values      *plain // where they stand in the page
}

// next turns to the next data page, or returns io.ErrUnexpectedEOF behind the last.
func (p *pages) next() error {
	for p.pages.Next() {
		switch page := p.pages.Page().(type) {
		case *file.DictionaryPage:
			if e := parquet.Encoding(page.Encoding()); e != parquet.Encodings.Plain && e != parquet.Encodings.PlainDict {
				return ErrOther
			}
			p.dictionary = &plain{data: page.Data(), of: p.descr, entries: p.entries[:0]}
			if err := p.dictionary.index(int(page.NumValues())); err != nil {
				return err
			}
			p.entries = p.dictionary.entries
		case *file.DataPageV1:
			return p.open(page)
		default:
			return ErrOther
		}
	}
	if err := p.pages.Err(); err != nil {
		return err
	}
	return io.ErrUnexpectedEOF
}

// open takes a data page apart: levels, then values or their places in the dictionary.
func (p *pages) open(page *file.DataPageV1) (err error) {
	body := page.Data()
	p.count = int(page.NumValues())
	p.left -= int64(p.count)
	for _, of := range []struct {
		most     int16
		encoding parquet.Encoding
		levels   **runs
	}{{p.descr.MaxRepetitionLevel(), parquet.Encoding(page.RepetitionLevelEncoding()), &p.repetitions},
		{p.descr.MaxDefinitionLevel(), parquet.Encoding(page.DefinitionLevelEncoding()), &p.definitions}} {
		if *of.levels = nil; of.most == 0 {
			continue
		}
		if of.encoding != parquet.Encodings.RLE {
			return ErrOther
		}
		if len(body) < 4 || int64(binary.LittleEndian.Uint32(body)) > int64(len(body)-4) {
			return errDamaged
		}
		size := int(binary.LittleEndian.Uint32(body))
		*of.levels = &runs{data: body[4 : 4+size], width: bitsOf(of.most)}
		body = body[4+size:]
	}
	p.places, p.values = nil, nil
	switch parquet.Encoding(page.Encoding()) {
	case parquet.Encodings.Plain:
		p.values = &plain{data: body, of: p.descr}
	case parquet.Encodings.PlainDict, parquet.Encodings.RLEDict:
		if p.dictionary == nil {
			return fmt.Errorf("places in a dictionary that is not there: %w", errDamaged)
		}
		if len(body) == 0 { // every value is null
			body = []byte{0}
		}
		if body[0] > 32 {
			return errDamaged
		}
		p.places = &runs{data: body[1:], width: int(body[0])}
	default:
		return ErrOther
	}
	return nil
}

// pass passes over n values of the page, those that are null not counted.
func (p *pages) pass(n int) error {
	if p.places != nil {
		return p.places.pass(n)
	}
	return p.values.pass(n)
}

// value returns the bytes of the next value of the page.
func (p *pages) value() ([]byte, error) {
	if p.places == nil {
		return p.values.next()
	}
	place, _, err := p.places.next(1)
	if err != nil {
		return nil, err
	}
	return p.dictionary.at(place)
}

func bitsOf(most int16) (bits int) {
	for ; most > 0; most >>= 1 {
		bits++
	}
	return bits
}

// plain is values one after the other.
type plain struct {
	data    []byte
	of      *schema.Column
	bit     int      // of booleans, the next one
	entries [][]byte // of a dictionary
}

// index takes a dictionary apart.
func (p *plain) index(n int) error {
	if n > len(p.data) {
		return errDamaged
	}
	p.entries = slices.Grow(p.entries, n)
	for range n {
		entry, err := p.next()
		if err != nil {
			return err
		}
		p.entries = append(p.entries, entry)
	}
	return nil
}

func (p *plain) at(place uint32) ([]byte, error) {
	if int64(place) >= int64(len(p.entries)) {
		return nil, errDamaged
	}
	return p.entries[place], nil
}

// truth are the values of a boolean.
var truth = [2][]byte{{0}, {1}}

func (p *plain) next() ([]byte, error) {
	size := 0
	switch p.of.PhysicalType() {
	case parquet.Types.Boolean:
		if p.bit/8 >= len(p.data) {
			return nil, errDamaged
		}
		p.bit++
		return truth[p.data[(p.bit-1)/8]>>((p.bit-1)%8)&1], nil
	case parquet.Types.Int32:
		size = 4
	case parquet.Types.Int64, parquet.Types.Double:
		size = 8
	case parquet.Types.ByteArray:
		if len(p.data) < 4 || int64(binary.LittleEndian.Uint32(p.data)) > int64(len(p.data)-4) {
			return nil, errDamaged
		}
		size = int(binary.LittleEndian.Uint32(p.data))
		p.data = p.data[4:]
	default:
		return nil, ErrOther
	}
	if size > len(p.data) {
		return nil, errDamaged
	}
	v := p.data[:size]
	p.data = p.data[size:]
	return v, nil
}

func (p *plain) pass(n int) error {
	switch p.of.PhysicalType() {
	case parquet.Types.Boolean:
		p.bit += n
		return nil
	case parquet.Types.Int32, parquet.Types.Int64, parquet.Types.Double:
		size := 8 * n
		if p.of.PhysicalType() == parquet.Types.Int32 {
			size = 4 * n
		}
		if size > len(p.data) {
			return errDamaged
		}
		p.data = p.data[size:]
		return nil
	}
	for range n {
		if _, err := p.next(); err != nil {
			return err
		}
	}
	return nil
}
