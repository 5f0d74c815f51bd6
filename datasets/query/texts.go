package query

import (
	"context"
	"encoding/binary"
	"fmt"
	"strings"
	"time"

	"github.com/apache/arrow/go/v15/arrow/array"
	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/store"
)

// texts holds what every page says of a report (title, address, day of the fetch), and the gaps that coverage explains.
type texts struct {
	at   []uint32 // by position of the issuer, into rows: its reports one after the other
	rows arena
	gaps map[string][]schema.Coverage
}

// header is what texts keeps of a report.
type header struct {
	fetched    int64 // microseconds
	title, url string
}

var headerColumns = []string{"report_id", "year", "title", "url", "fetched_at", "quality", "checks_failed"}

// LoadTexts reads the titles and addresses of the reports and the gaps into memory, once. Until it is done, questions
// read their row groups.
func (r *Release) LoadTexts(ctx context.Context) error {
	t := &texts{at: make([]uint32, len(r.issuers)), gaps: map[string][]schema.Coverage{}}
	var of *Issuer // whose rows are being collected; the table is sorted by issuer
	headers := map[string]header{}
	var row []byte
	keep := func() (err error) {
		if of != nil {
			for _, ref := range of.Reports {
				if _, ok := headers[ref.ID]; !ok {
					return fmt.Errorf("the table reports is not in the order of its issuers at %s", of.ID)
				}
			}
			row = packHeaders(row[:0], of, headers)
			t.at[of.at], err = t.rows.add(row)
		}
		clear(headers)
		return err
	}
	for rec, err := range store.Records(ctx, r.Data, schema.Reports, store.Query{Columns: []string{"report_id", "issuer_id", "title", "url", "fetched_at"}}) {
		if err != nil {
			return err
		}
		var c [4]*array.String
		for i, name := range []string{"report_id", "issuer_id", "title", "url"} {
			c[i] = column[*array.String](rec, name)
		}
		fetched := column[*array.Timestamp](rec, "fetched_at")
		for i := range int(rec.NumRows()) {
			if of == nil || of.ID != c[1].Value(i) {
				if err := keep(); err != nil {
					return err
				}
				of = r.byID[c[1].Value(i)]
			}
			headers[strings.Clone(c[0].Value(i))] = header{int64(fetched.Value(i)), strings.Clone(c[2].Value(i)), strings.Clone(c[3].Value(i))}
		}
	}
	if err := keep(); err != nil {
		return err
	}
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

// Headers returns what a list says of the reports of an issuer: ID, year, title, address, time of the fetch, quality,
// number of failed checks.
func (r *Release) Headers(ctx context.Context, is *Issuer) ([]schema.Report, error) {
	t := r.texts.Load()
	if t == nil {
		return r.ReportRows(ctx, is, headerColumns...)
	}
	out := make([]schema.Report, len(is.Reports))
	bytes := t.rows.from(t.at[is.at])
	var h header
	for k := range is.Reports {
		ref := &is.Reports[k]
		h, bytes = unpackHeader(bytes, h)
		out[k] = schema.Report{ReportID: ref.ID, IssuerID: is.ID, Title: h.title, URL: h.url, Quality: ref.Quality, ChecksFailed: ref.ChecksFailed, FetchedAt: time.UnixMicro(h.fetched).UTC()}
		if ref.Year != 0 {
			out[k].Year = &ref.Year
		}
	}
	return out, nil
}

// packHeaders writes the headers of an issuer's reports in their order. Titles and addresses of one issuer differ in
// little from year to year, so each is written as what it shares with the one before at its beginning and end, and what
// stands between.
func packHeaders(row []byte, is *Issuer, headers map[string]header) []byte {
	var before header
	for _, ref := range is.Reports {
		h := headers[ref.ID]
		row = binary.LittleEndian.AppendUint64(row, uint64(h.fetched))
		for _, s := range [][2]string{{before.title, h.title}, {before.url, h.url}} {
			old, now := s[0], s[1]
			from := 0
			for from < min(len(old), len(now)) && old[from] == now[from] {
				from++
			}
			to := 0
			for to < min(len(old), len(now))-from && old[len(old)-1-to] == now[len(now)-1-to] {
				to++
			}
			row = binary.AppendUvarint(row, uint64(from))
			row = binary.AppendUvarint(row, uint64(to))
			row = binary.AppendUvarint(row, uint64(len(now)-from-to))
			row = append(row, now[from:len(now)-to]...)
		}
		before = h
	}
	return row
}

// unpackHeader reads a header behind the one before it, and returns the bytes that follow.
func unpackHeader(bytes []byte, before header) (header, []byte) {
	h := header{fetched: int64(binary.LittleEndian.Uint64(bytes))}
	bytes = bytes[8:]
	for _, s := range []struct {
		old string
		now *string
	}{{before.title, &h.title}, {before.url, &h.url}} {
		var n [3]int
		for i := range n {
			v, size := binary.Uvarint(bytes)
			n[i], bytes = int(v), bytes[size:]
		}
		*s.now = s.old[:n[0]] + string(bytes[:n[2]]) + s.old[len(s.old)-n[1]:]
		bytes = bytes[n[2]:]
	}
	return h, bytes
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
