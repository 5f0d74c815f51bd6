package query

import (
	"context"
	"encoding/binary"
	"errors"
	"math"
	"slices"
	"strings"

	"github.com/apache/arrow/go/v15/arrow/array"
	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/store"
)

// Reading is how the headline cell of an indicator stands in one report: its state as in facts.state, empty where the
// form or the page has no such cell, the unit that it is published in, and the rules that fail on it.
type Reading struct {
	State, Unit string
	Failed      []string
}

// vector codes the readings of a report's headline cells, in the order of the code book; 0 is the absent cell.
type vector []uint16

// marks holds the readings of every report. Reports whose cells all stand alike share one vector, which most do.
type marks struct {
	readings []Reading
	vectors  []vector
	of       []uint32 // by position of the report
}

// reader collects the readings of reports from rows of facts, which come report by report.
type reader struct {
	m       *marks
	codes   map[string]uint16
	vectors map[string]uint32
	key     []byte // of a vector in vectors, used again
	full    bool   // more kinds of readings than codes: what was read is of no use
}

func newReader() *reader {
	return &reader{m: &marks{readings: []Reading{{}}, vectors: []vector{nil}}, codes: map[string]uint16{"": 0}, vectors: map[string]uint32{}}
}

var markColumns = []string{"report_id", "indicator", "applicant", "state", "unit", "failed_checks"}

// read goes over the facts that q selects and calls each with the readings of one report. The vector is valid during
// the call only.
func (rd *reader) read(ctx context.Context, d *store.Dataset, q store.Query, each func(report string, v vector)) error {
	q.Columns = markColumns
	current, v := "", make(vector, len(codebook.All()))
	for rec, err := range store.Records(ctx, d, schema.Facts, q) {
		if err != nil {
			return err
		}
		report, indicator, applicant := column[*array.String](rec, "report_id"), column[*array.String](rec, "indicator"), column[*array.String](rec, "applicant")
		state, unit := column[*array.String](rec, "state"), column[*array.String](rec, "unit")
		failed := column[*array.List](rec, "failed_checks")
		for i := range int(rec.NumRows()) {
			if report.Value(i) != current {
				if current != "" {
					each(current, v)
				}
				current = strings.Clone(report.Value(i))
				clear(v)
			}
			at, known := codebook.Position(indicator.Value(i))
			if !known || applicant.IsValid(i) && applicant.Value(i) != codebook.Total {
				continue
			}
			code := rd.code(state.Value(i)+"\x00"+unit.Value(i), failed, i)
			// a cell that a report prints twice is known by the better of the two; the first of equals stays
			if v[at] == 0 || rd.m.readings[v[at]].State != "reported" && state.Value(i) == "reported" {
				v[at] = code
			}
		}
	}
	if current != "" {
		each(current, v)
	}
	if rd.full {
		return errors.New("the cells stand in more than 65,535 ways: their marks cannot be kept in memory")
	}
	return nil
}

// code numbers a kind of reading: state and unit, and the rules that fail.
func (rd *reader) code(cell string, failed *array.List, row int) uint16 {
	from, to := failed.ValueOffsets(row)
	if from == to {
		if c, ok := rd.codes[cell]; ok {
			return c
		}
	}
	var rules []string
	for k := from; k < to; k++ {
		rules = append(rules, failed.ListValues().(*array.String).Value(int(k)))
	}
	key := cell
	for _, r := range rules {
		key += "\x00" + r
	}
	c, ok := rd.codes[key]
	if !ok {
		if len(rd.m.readings) > math.MaxUint16 {
			rd.full = true
			return 0
		}
		key = strings.Clone(key)
		parts := strings.Split(key, "\x00")
		c = uint16(len(rd.m.readings))
		rd.m.readings = append(rd.m.readings, Reading{State: parts[0], Unit: parts[1], Failed: parts[2:]})
		rd.codes[key] = c
	}
	return c
}

// share returns the number of a vector, the same for equal ones.
func (rd *reader) share(v vector) uint32 {
	rd.key = rd.key[:0]
	for _, code := range v {
		rd.key = binary.LittleEndian.AppendUint16(rd.key, code)
	}
	n, ok := rd.vectors[string(rd.key)]
	if !ok {
		n = uint32(len(rd.m.vectors))
		rd.m.vectors = append(rd.m.vectors, slices.Clone(v))
		rd.vectors[string(rd.key)] = n
	}
	return n
}

// LoadMarks reads the state and the failed checks of every headline cell into memory, once. Until it is done, and where
// it failed, questions read the facts of the issuers they are about, which takes longer and gives the same.
func (r *Release) LoadMarks(ctx context.Context) error {
	rd := newReader()
	rd.m.of = make([]uint32, r.positions())
	err := rd.read(ctx, r.Data, store.Query{}, func(report string, v vector) {
		if position := r.position(report); position >= 0 {
			rd.m.of[position] = rd.share(v)
		}
	})
	if err != nil {
		return err
	}
	r.marks.Store(rd.m)
	return nil
}

// readings returns a function that tells, for a report of the issuers, how the cell of an indicator stands in it.
func (r *Release) readings(ctx context.Context, issuers []*Issuer) (func(of ReportOf) func(indicator string) Reading, error) {
	m, of := r.marks.Load(), map[string]vector{}
	loaded := m != nil
	if !loaded {
		rd := newReader()
		m = rd.m
		q := store.Query{}
		for _, is := range issuers {
			q.Issuers = append(q.Issuers, is.ID)
		}
		if err := rd.read(ctx, r.Data, q, func(report string, v vector) { of[report] = slices.Clone(v) }); err != nil {
			return nil, err
		}
	}
	return func(report ReportOf) func(indicator string) Reading {
		v := of[report.Ref.ID]
		if loaded {
			v = m.vectors[m.of[report.position()]]
		}
		return func(indicator string) Reading {
			at, known := codebook.Position(indicator)
			if v == nil || !known {
				return Reading{}
			}
			return m.readings[v[at]]
		}
	}, nil
}
