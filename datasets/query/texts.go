package query

import (
	"context"
	"encoding/binary"
	"math"
	"slices"
	"time"

	"github.com/apache/arrow/go/v15/arrow/array"
	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/store"
)

// texts holds what every page says of a report (title, address, day of the fetch), one after the other, and the gaps that coverage explains.
type texts struct {
	at    []uint32 // by position of the report, into bytes; 0: none
	bytes []byte
	gaps  map[string][]schema.Coverage
}

var headerColumns = []string{"report_id", "year", "title", "url", "fetched_at", "quality", "checks_failed"}

// LoadTexts reads the titles and addresses of the reports and the gaps into memory, once. Until it is done, questions read their row groups.
func (r *Release) LoadTexts(ctx context.Context) error {
	t := &texts{at: make([]uint32, r.positions()), bytes: []byte{0}, gaps: map[string][]schema.Coverage{}}
	for rec, err := range store.Records(ctx, r.Data, schema.Reports, store.Query{Columns: []string{"report_id", "title", "url", "fetched_at"}}) {
		if err != nil {
			return err
		}
		report, title, url, fetched := column[*array.String](rec, "report_id"), column[*array.String](rec, "title"), column[*array.String](rec, "url"), column[*array.Timestamp](rec, "fetched_at")
		for i := range int(rec.NumRows()) {
			is, ref := r.Report(report.Value(i))
			if is == nil || len(t.bytes) > math.MaxUint32-1<<20 {
				continue
			}
			t.at[is.position+slices.IndexFunc(is.Reports, func(o Ref) bool { return o.ID == ref.ID })] = uint32(len(t.bytes))
			t.bytes = binary.LittleEndian.AppendUint64(t.bytes, uint64(fetched.Value(i)))
			for _, s := range []string{title.Value(i), url.Value(i)} {
				t.bytes = binary.AppendUvarint(t.bytes, uint64(len(s)))
				t.bytes = append(t.bytes, s...)
			}
		}
	}
	t.bytes = slices.Clip(t.bytes)
	details := map[string]string{} // few different ones
	for c, err := range store.Rows[schema.Coverage](ctx, r.Data, schema.CoverageTable, store.Query{Columns: []string{"issuer_id", "year", "status", "detail"}}) {
		if err != nil {
			return err
		}
		if is := r.byID[c.IssuerID]; is != nil && c.Status != schema.CoverageFound {
			if same, ok := details[c.Detail]; ok {
				c.Detail = same
			} else {
				details[c.Detail] = c.Detail
			}
			t.gaps[is.ID] = append(t.gaps[is.ID], schema.Coverage{IssuerID: is.ID, Year: c.Year, Status: c.Status, Detail: c.Detail})
		}
	}
	r.texts.Store(t)
	return nil
}

// Headers returns what a list says of the reports of an issuer: ID, year, title, address, time of the fetch, quality, number of failed checks.
func (r *Release) Headers(ctx context.Context, is *Issuer) ([]schema.Report, error) {
	t := r.texts.Load()
	if t == nil {
		return r.ReportRows(ctx, is, headerColumns...)
	}
	var out []schema.Report
	for k, ref := range is.Reports {
		at := t.at[is.position+k]
		if at == 0 {
			continue
		}
		bytes := t.bytes[at:]
		row := schema.Report{ReportID: ref.ID, IssuerID: is.ID, Quality: ref.Quality, ChecksFailed: ref.ChecksFailed, FetchedAt: time.UnixMicro(int64(binary.LittleEndian.Uint64(bytes))).UTC()}
		bytes = bytes[8:]
		if ref.Year != 0 {
			row.Year = &ref.Year
		}
		for _, field := range []*string{&row.Title, &row.URL} {
			n, size := binary.Uvarint(bytes)
			*field = string(bytes[size : size+int(n)])
			bytes = bytes[size+int(n):]
		}
		out = append(out, row)
	}
	return out, nil
}

// URLs returns the source addresses of the issuers' reports, by report.
func (r *Release) URLs(ctx context.Context, issuers []*Issuer) (map[string]string, error) {
	out := map[string]string{}
	for _, is := range issuers {
		rows, err := r.Headers(ctx, is)
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			out[row.ReportID] = row.URL
		}
	}
	return out, nil
}
