package query

import (
	"context"
	"encoding/binary"
	"math"
	"slices"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/gongkai-data/gongkai/store"
)

// packed holds the numbers of the panel in memory: most cells are empty or small whole numbers, so a report takes about a hundred bytes where its
// row of 64-bit floats takes a thousand. For each report: the distance to the next column that has a number (0 ends), then the number, as twice its
// value if it is a small whole one, else as 1 and eight bytes.
type packed struct {
	column map[string]int
	at     []uint32 // by position of the report, into bytes; 0: none
	bytes  []byte
}

const wholeLimit = 1 << 50

// LoadValues packs the panel into memory, once. Until it is done, questions read the row groups of the issuers they are about.
func (r *Release) LoadValues(ctx context.Context) error {
	p := &packed{column: map[string]int{}, bytes: []byte{0}}
	var columns []string
	for _, c := range r.Data.Panel().Columns {
		if c.Type.ID() == arrow.FLOAT64 {
			p.column[c.Name] = len(columns)
			columns = append(columns, c.Name)
		}
	}
	p.at = make([]uint32, r.positions())
	err := r.scanPanel(ctx, store.Query{}, columns, func(_ string, v values) {
		is, ref := r.Report(v.report)
		if is == nil || len(p.bytes) > math.MaxUint32-1<<16 {
			return
		}
		p.at[is.position+slices.IndexFunc(is.Reports, func(o Ref) bool { return o.ID == ref.ID })] = uint32(len(p.bytes))
		last := -1
		for i, x := range v.columns {
			if !v.valid[i] {
				continue
			}
			p.bytes = binary.AppendUvarint(p.bytes, uint64(i-last))
			last = i
			if x >= 0 && x < wholeLimit && x == math.Trunc(x) {
				p.bytes = binary.AppendUvarint(p.bytes, uint64(x)<<1)
			} else {
				p.bytes = binary.AppendUvarint(p.bytes, 1)
				p.bytes = binary.LittleEndian.AppendUint64(p.bytes, math.Float64bits(x))
			}
		}
		p.bytes = append(p.bytes, 0)
	})
	if err != nil {
		return err
	}
	p.bytes = slices.Clip(p.bytes)
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

// of unpacks columns of one report; nil where the panel has no row of it.
func (p *packed) of(position int, report string, columns []string) *values {
	at := p.at[position]
	if at == 0 {
		return nil
	}
	out := &values{report: report, columns: make([]float64, len(columns)), valid: make([]bool, len(columns))}
	place := make([]int16, len(p.column)) // 1 + where a column goes, 0 for one not asked for
	for k, c := range columns {
		place[p.column[c]] = int16(k + 1)
	}
	bytes := p.bytes[at:]
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

// Loaded tells whether values and marks are in memory.
func (r *Release) Loaded() bool { return r.packed.Load() != nil && r.marks.Load() != nil }
