package normalize

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"

	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/normalize/issuer"
)

// Document is one archived document with what was read from it and whose it is.
type Document struct {
	Capture schema.Capture
	Reading *Reading
	Issuer  issuer.Issuer
	Stated  Stated // by the person who imported it
}

// Rows are the rows of the dataset that the documents of one issuer make.
type Rows struct {
	Reports  []schema.Report
	Facts    []schema.Fact
	Mentions []schema.Mention
	Checks   []schema.Check
	Problems []schema.Problem
	Texts    []schema.Text
	Panel    []schema.Panel
	Series   []schema.Series

	Corrections []schema.Correction // set by Corrections.Apply

	Contributions []Contribution // for Aggregates
}

// version is one annual report of the issuer: a document, and its twins that say the same in another format or place.
type version struct {
	Document
	year       *int
	id         string
	supersedes string
	series     []schema.Series // of the latest version of a year, as published
}

// Issuer makes the rows of one issuer from all of its documents, of any years and in any order.
//
// Documents of one year that say the same (an HTML page and its PDF) are one report: the best read is kept and check
// report.duplicate names the others. Documents of one year that differ are versions: the later supersedes the earlier,
// and only the latest enters panel and series. Rules over years (carry_over, in_force, report.copied of numbers) are
// tried between the latest versions of consecutive years, series.outlier over all of them.
//
// A body that is not resolved is known by its name alone, and 教育局 is the name of many: its documents are held together
// only within one site.
func Issuer(docs []Document) Rows {
	var rows Rows
	for _, group := range bodies(docs) {
		rows.body(group)
	}
	return rows
}

// bodies splits documents of one issuer_id into those that are known to be of one body.
func bodies(docs []Document) [][]Document {
	groups := map[string][]Document{}
	var order []string
	for i, d := range docs {
		key, alone := BodyOf(d.Issuer.State, d.Capture.URL)
		if alone {
			key = strconv.Itoa(i)
		}
		if groups[key] == nil {
			order = append(order, key)
		}
		groups[key] = append(groups[key], d)
	}
	out := make([][]Document, len(order))
	for i, key := range order {
		out[i] = groups[key]
	}
	return out
}

// BodyOf returns what tells the bodies of one issuer_id apart: nothing where it is resolved, else the site. A local
// file of an ambiguous name may be of any of the candidates, so it is held together with no other: it is alone.
func BodyOf(issuerState, address string) (key string, alone bool) {
	if issuerState == "resolved" {
		return "", false
	}
	if u, err := url.Parse(address); err == nil && u.Host != "" {
		return u.Host, false
	}
	return "", issuerState == "ambiguous"
}

// body adds the rows of the documents of one body.
func (rows *Rows) body(docs []Document) {
	byYear := map[int][]Document{}
	var years []int
	for _, d := range docs {
		y := yearKey(d)
		if byYear[y] == nil {
			years = append(years, y)
		}
		byYear[y] = append(byYear[y], d)
	}
	slices.Sort(years)
	var before *version
	var all, headlines []*version
	for _, y := range years {
		group := versions(byYear[y])
		for i := range group {
			all = append(all, &group[i])
		}
		if y == unknownYear {
			continue
		}
		latest := &group[len(group)-1]
		latest.Reading.add(acrossYears(before, latest)...)
		latest.series = seriesRows(latest, headlinesOf(latest.Reading.Facts))
		headlines = append(headlines, latest)
		before = latest
	}
	outliers(headlines)
	for _, v := range all {
		rows.add(v, slices.Contains(headlines, v))
	}
}

// unknownYear keys the documents whose year cannot be told; they are never compared with each other.
const unknownYear = -1

func yearKey(d Document) int {
	if d.Reading.Parsed.Year == nil {
		return unknownYear
	}
	return *d.Reading.Parsed.Year
}

// versions orders the documents of one year from the first to the latest version and folds twins into the best read of
// them. A page without any cell of the forms (the one that only offers the report as a file) never follows one with
// cells, whatever its date.
func versions(docs []Document) []version {
	withCells := func(d Document) int { return min(1, d.Reading.CellsReported()) }
	slices.SortFunc(docs, func(a, b Document) int {
		return cmp.Or(cmp.Compare(withCells(a), withCells(b)), cmp.Compare(published(a), published(b)), a.Capture.FetchedAt.Compare(b.Capture.FetchedAt), cmp.Compare(a.Capture.URL, b.Capture.URL))
	})
	var groups [][]Document
next:
	for _, d := range docs {
		for i, g := range groups {
			if twins(g[0], d) {
				groups[i] = append(g, d)
				continue next
			}
		}
		groups = append(groups, []Document{d})
	}
	out := make([]version, 0, len(groups))
	for i, g := range groups {
		best := slices.MaxFunc(g, func(a, b Document) int {
			return cmp.Or(cmp.Compare(a.Reading.CellsReported(), b.Reading.CellsReported()), cmp.Compare(len(a.Reading.Text), len(b.Reading.Text)),
				cmp.Compare(preference(a), preference(b)), cmp.Compare(b.Capture.URL, a.Capture.URL))
		})
		v := version{Document: best, year: best.Reading.Parsed.Year, id: ReportID(best.Issuer.ID, best.Reading.Parsed.Year, *orEmpty(best.Capture.SHA256))}
		for _, d := range g {
			if d.Capture.URL != best.Capture.URL || *orEmpty(d.Capture.SHA256) != *orEmpty(best.Capture.SHA256) {
				v.Reading.add(twinCheck(d))
			}
		}
		if i > 0 && v.year != nil {
			v.supersedes = out[i-1].id
			v.Reading.add(versionCheck(out[i-1].Document, best))
		}
		out = append(out, v)
	}
	return out
}

// formats are the readers of the formats in which one report is published, the best last: the table on the page before
// its copies, cells that are written before cells that are drawn, a file before what a converter made of it.
var formats = []string{"", "ocr", "pdf", "pdfium", "ofd", "xls", "ods", "xlsx", "rtf", "odt", "txt", "doc", "docx", "html"}

func preference(d Document) int { return slices.Index(formats, d.Reading.Reader) }

// ReportID is the identifier of a report: its issuer, its year or "unknown", and the beginning of the hexadecimal
// SHA-256 of its document.
func ReportID(issuer string, year *int, digest string) string {
	text := "unknown"
	if year != nil {
		text = strconv.Itoa(*year)
	}
	return issuer + "-" + text + "-" + digest[:min(8, len(digest))]
}

func orEmpty(s *string) *string {
	if s == nil {
		return new(string)
	}
	return s
}
