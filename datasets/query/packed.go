package query

import (
	"context"
	"encoding/binary"
	"math"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/gongkai-data/gongkai/store"
)

// packed holds the numbers of the panel in memory: most cells are empty or small whole numbers, so a report takes about
// a hundred bytes where its row of 64-bit floats takes a thousand. For each report: the distance to the next column
// that has a number (0 ends), then the number, as twice its value if it is a small whole one, else as 1 and eight
// bytes.
type packed struct {
	column map[string]int
	at     []uint32 // by position of the report, into rows; 0: none
	rows   arena

	flagged map[int][]string // by position of the report, for those that have flagged columns
}

const wholeLimit = 1 << 50

// LoadValues packs the panel into memory, once. Until it is done, questions read the row groups of the issuers they are
// about.
func (r *Release) LoadValues(ctx context.Context) error {
	p := &packed{column: map[string]int{}, flagged: map[int][]string{}}
	names := map[string]string{} // one copy of each
	var columns []string
	for _, c := range r.Data.Panel().Columns {
		if c.Type.ID() == arrow.FLOAT64 {
			p.column[c.Name] = len(columns)
			columns = append(columns, c.Name)
		}
	}
	p.at = make([]uint32, r.positions())
	var row []byte
	err := r.scanPanel(ctx, store.Query{}, columns, func(_ string, v values) error {
		position := r.position(v.report)
		if position < 0 {
			return nil
		}
		for i, name := range v.flagged {
			if _, known := names[name]; !known {
				names[name] = name
			}
			v.flagged[i] = names[name]
		}
		if len(v.flagged) > 0 {
			p.flagged[position] = v.flagged
		}
		row = row[:0]
		last := -1
		for i, x := range v.columns {
			if !v.valid[i] {
				continue
			}
			row = binary.AppendUvarint(row, uint64(i-last))
			last = i
			if x >= 0 && x < wholeLimit && x == math.Trunc(x) {
				row = binary.AppendUvarint(row, uint64(x)<<1)
			} else {
				row = binary.AppendUvarint(row, 1)
				row = binary.LittleEndian.AppendUint64(row, math.Float64bits(x))
			}
		}
		var err error
		p.at[position], err = p.rows.add(append(row, 0))
		return err
	})
	if err != nil {
		return err
	}
	r.packed.Store(p)
	return nil
}

// positions is the number of reports in the index.
func (r *Release) positions() int {
	if n := len(r.issuers); n > 0 {
		return r.issuers[n-1].position + len(r.issuers[n-1].Reports)
	}
	return 0
}

// places says where each column of the panel goes among those asked for: 1 + its place, 0 for one not asked for. One
// that the panel does not have, for the release is older than the code book, has no values.
func (p *packed) places(columns []string) []int16 {
	place := make([]int16, len(p.column))
	for k, c := range columns {
		if i, ok := p.column[c]; ok {
			place[i] = int16(k + 1)
		}
	}
	return place
}

// of unpacks n columns of one report to their places; nil where the panel has no row of it.
func (p *packed) of(position int, report string, n int, place []int16) *values {
	at := p.at[position]
	if at == 0 {
		return nil
	}
	out := &values{report: report, columns: make([]float64, n), valid: make([]bool, n), flagged: p.flagged[position]}
	bytes := p.rows.from(at)
	for i := -1; ; {
		step, n := binary.Uvarint(bytes)
		bytes = bytes[n:]
		if step == 0 {
			return out
		}
		i += int(step)
		whole, n := binary.Uvarint(bytes)
		bytes = bytes[n:]
		x := float64(whole >> 1)
		if whole&1 == 1 {
			x = math.Float64frombits(binary.LittleEndian.Uint64(bytes))
			bytes = bytes[8:]
		}
		if k := place[i]; k > 0 {
			out.columns[k-1], out.valid[k-1] = x, true
		}
	}
}

// Loaded reports whether values and marks are in memory.
func (r *Release) Loaded() bool { return r.packed.Load() != nil && r.marks.Load() != nil }
