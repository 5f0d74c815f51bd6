package pipeline

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"

	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/normalize"
	"github.com/gongkai-data/gongkai/normalize/reuse"
	"github.com/gongkai-data/gongkai/normalize/rule"
	"github.com/gongkai-data/gongkai/store"
)

// issuerRecord is what is kept of an issuer for the next build: all that tables over issuers follow from, and what its
// own rows were made of. Its rows themselves stand in the dataset.
type issuerRecord struct {
	ID            string
	Inputs        string // digest of what its rows follow from beside the other issuers
	Parts         string // the sums over parts that its reports were compared with
	Reports       []reportRecord
	Contributions []normalize.Contribution `json:",omitempty"`
	Counts        counts
	Unread        []Unread          `json:",omitempty"`
	Files         map[string]string // digest of its rows by file, of the tables of many rows
}

// reportRecord is what is kept of a report.
type reportRecord struct {
	ID, URL, SHA256, Name, Kind string
	Division                    *string       `json:",omitempty"`
	Year                        *int32        `json:",omitempty"`
	Older                       bool          `json:",omitempty"` // a later version supersedes it
	Unreadable                  bool          `json:",omitempty"`
	Text                        *reuse.Report `json:",omitempty"` // where its text is searched for what others have
}

// texts are the reports whose texts are searched.
func (r *issuerRecord) texts() (out []*reuse.Report) {
	for i := range r.Reports {
		if t := r.Reports[i].Text; t != nil {
			out = append(out, t)
		}
	}
	return out
}

// counts are the numbers of a Summary that the rows of an issuer add to.
type counts struct{ Cells, Mentions, Passed, Failed, Problems, Unreadable, Corrected, Refused int }

// report is the row of a report as far as tables over issuers need it.
func (r *reportRecord) report(issuer string) schema.Report {
	return schema.Report{ReportID: r.ID, IssuerID: issuer, IssuerName: r.Name, IssuerKind: r.Kind, DivisionCode: r.Division, Year: r.Year, URL: r.URL, SHA256: r.SHA256}
}

// recordOf makes the record of an issuer from its rows, those of its texts included.
func recordOf(r *issuerRows, corrected int) issuerRecord {
	rows := &r.rows
	out := issuerRecord{ID: r.issuer, Inputs: r.inputs, Contributions: rows.Contributions, Files: digestRows(rows)}
	out.Counts = counts{Cells: len(rows.Facts), Mentions: len(rows.Mentions), Problems: len(rows.Problems), Corrected: corrected}
	for _, c := range rows.Checks {
		switch c.Outcome {
		case rule.Pass:
			out.Counts.Passed++
		case rule.Fail:
			out.Counts.Failed++
		}
	}
	for _, p := range rows.Problems {
		if p.Kind == normalize.CorrectionRefused {
			out.Counts.Refused++
		}
	}
	unread, names := unreadOf(*rows)
	out.Unread, out.Counts.Unreadable = names, len(unread)
	older := olderOf(rows.Reports)
	texts := map[string]*reuse.Report{}
	for i := range r.texts {
		texts[r.texts[i].report.ID] = &r.texts[i].report
	}
	for _, rep := range rows.Reports {
		out.Reports = append(out.Reports, reportRecord{ID: rep.ReportID, URL: rep.URL, SHA256: rep.SHA256, Name: rep.IssuerName, Kind: rep.IssuerKind, Division: rep.DivisionCode,
			Year: rep.Year, Older: older[rep.ReportID], Unreadable: unread[rep.ReportID], Text: texts[rep.ReportID]})
	}
	return out
}

// olderOf are the versions that a later one supersedes.
func olderOf(reports []schema.Report) map[string]bool {
	older := map[string]bool{}
	for _, r := range reports {
		if r.Supersedes != nil {
			older[*r.Supersedes] = true
		}
	}
	return older
}

// digestRows is a digest of the rows of an issuer for each file that they go to, of the tables of many rows.
func digestRows(rows *normalize.Rows) map[string]string {
	d := digester{files: map[string]hash.Hash{}}
	for i := range rows.Facts {
		addRow(&d, schema.Facts.Name, rows.Facts[i].Year, &rows.Facts[i])
	}
	for i := range rows.Mentions {
		addRow(&d, schema.Mentions.Name, rows.Mentions[i].Year, &rows.Mentions[i])
	}
	for i := range rows.Checks {
		addRow(&d, schema.Checks.Name, rows.Checks[i].Year, &rows.Checks[i])
	}
	for i := range rows.Problems {
		addRow(&d, schema.Problems.Name, rows.Problems[i].Year, &rows.Problems[i])
	}
	for i := range rows.Texts {
		addRow(&d, schema.Texts.Name, rows.Texts[i].Year, &rows.Texts[i])
	}
	for i := range rows.Series {
		addRow(&d, schema.SeriesTable.Name, nil, &rows.Series[i])
	}
	out := make(map[string]string, len(d.files))
	for name, h := range d.files {
		out[name] = hex.EncodeToString(h.Sum(nil)[:16])
	}
	return out
}

type digester struct {
	files map[string]hash.Hash
	row   []byte
}

func addRow[R any](d *digester, table string, year *int32, row *R) {
	name := fileName(table, year)
	h := d.files[name]
	if h == nil {
		h = sha256.New()
		d.files[name] = h
	}
	d.row = store.AppendRow(d.row[:0], row)
	h.Write(d.row)
}

// fileName names a file of a table as records do.
func fileName(table string, year *int32) string {
	if table == schema.SeriesTable.Name {
		return table
	}
	return table + "/" + store.Partition(year)
}

// digestInputs is a digest of what the rows of an issuer follow from: its documents, what was resolved of them, the page
// that offers one, and the corrections of its reports.
func digestInputs(group []document, corrections []normalize.Correction) (string, error) {
	h := sha256.New()
	e := json.NewEncoder(h)
	for i := range group {
		d := &group[i]
		if err := e.Encode([]any{d.key, d.capture, d.issuer, d.year, d.unread, d.page, d.stated, d.companions}); err != nil {
			return "", fmt.Errorf("digesting what is built from: %w", err)
		}
	}
	for _, c := range corrections {
		if err := e.Encode([]any{c.Record(), c.Line}); err != nil {
			return "", fmt.Errorf("digesting what is built from: %w", err)
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:16]), nil
}

// correctionsOf sorts corrections by the issuer of their report.
func correctionsOf(all []normalize.Correction) map[string][]normalize.Correction {
	out := map[string][]normalize.Correction{}
	for _, c := range all {
		id := store.IssuerOfReport(c.ReportID)
		out[id] = append(out[id], c)
	}
	return out
}
