package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/datasets/gazetteer"
	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/normalize"
	"github.com/gongkai-data/gongkai/normalize/issuer"
	"github.com/gongkai-data/gongkai/normalize/rule"
)

// template is the form that was in use for the reports on a year.
func template(year int) string {
	switch {
	case year < 2019:
		return "2014"
	case year < 2021:
		return "2019"
	}
	return "2021"
}

// documents are the reports of one township for the years given, read as if from pages.
func (t *town) documents(years []int) []normalize.Document {
	docs := make([]normalize.Document, len(years))
	who := t.issuer()
	for i, year := range years {
		form := template(year)
		report := t.report(year, form, t.year(form))
		t.doubt(report)
		docs[i] = normalize.Document{Capture: t.capture(year, report.Text), Reading: normalize.Read(report), Issuer: who}
	}
	return docs
}

// doubt adds what readers tell of some reports: cells that were read as nothing, and a row that the form does not have.
func (t *town) doubt(r *extract.Report) {
	for t.doubts.Float64() < problemShare {
		f := r.Facts[t.doubts.IntN(len(r.Facts))]
		p := extract.Tell(extract.LeftoverCell, "leftover")
		if t.doubts.IntN(3) == 0 {
			p = extract.Tell(extract.UnmatchedLabel, "row_unknown")
		}
		p.TableNo, p.RowNo, p.ColumnNo, p.Locator, p.Raw = f.TableNo, f.RowNo+1, f.ColumnNo, f.Locator, "其中："+strconv.Itoa(t.doubts.IntN(100))
		r.Problems = append(r.Problems, p)
	}
}

func (t *town) issuer() issuer.Issuer {
	d := t.division
	i := issuer.Issuer{ID: d.Code, Name: d.Name + "人民政府", State: issuer.Resolved, Kind: d.Level.String(), DivisionCode: &d.Code, Township: &d.Name}
	for _, a := range gazetteer.Ancestors(d.Code) {
		switch a.Level {
		case gazetteer.Province:
			i.Province = &a.Name
		case gazetteer.Prefecture:
			i.Prefecture = &a.Name
		case gazetteer.County:
			i.County = &a.Name
		}
	}
	return i
}

func (t *town) capture(year int, text string) schema.Capture {
	sum := sha256.Sum256([]byte(t.division.Code + text))
	digest, size, status := hex.EncodeToString(sum[:]), int64(len(text)), int32(200)
	media, charset := "text/html", "utf-8"
	return schema.Capture{URL: fmt.Sprintf("http://www.%s.example/zfxxgk/nb/%d/%s.html", t.division.Code[:6], year, digest[:12]), FetchedAt: time.Date(year+1, 2, 1, 0, 0, 0, 0, time.UTC),
		Status: &status, MediaType: &media, Charset: &charset, Bytes: &size, SHA256: &digest, WarcFile: fmt.Sprintf("nationwide-%d.warc.gz", year), Outcome: schema.OutcomeOK}
}

func (t *town) report(year int, form string, values rule.Table) *extract.Report {
	r := &extract.Report{Title: fmt.Sprintf("%s人民政府%d年政府信息公开工作年度报告", t.division.Name, year), Reader: "html", MediaType: "text/html", Charset: "utf-8"}
	t.text(r, year)
	number := 0
	for _, f := range codebook.Forms() {
		if f.Template != form {
			continue
		}
		number++
		r.Templates = append(r.Templates, form)
		r.Expected += f.Cells()
		for i, row := range f.Rows {
			for j, column := range f.Columns {
				if len(row.Replaces) == 0 && len(column.Replaces) == 0 {
					r.Facts = append(r.Facts, t.fact(f, row.Key, column.Key, number, i+1, j+1, values))
				}
			}
		}
	}
	return r
}

func (t *town) fact(f *codebook.Form, row, column string, table, i, j int, values rule.Table) extract.Fact {
	id, applicant := f.Indicator(row, column)
	fact := extract.Fact{Indicator: id, State: extract.Reported, Unit: unitOf[id], TableNo: table, RowNo: i, ColumnNo: j,
		Locator: "body > table:nth-of-type(" + strconv.Itoa(table) + ") > tr:nth-child(" + strconv.Itoa(i) + ") > td:nth-child(" + strconv.Itoa(j) + ")"}
	if applicant != "" {
		fact.Applicant = &applicant
	}
	v := values[rule.Key{Indicator: id, Applicant: applicant}]
	switch {
	case v == 0 && t.dash == "":
		fact.State = extract.Blank
	case v == 0 && t.dash != "0":
		fact.State, fact.Raw = extract.NotApplicable, t.dash
	default:
		fact.Value, fact.Raw = &v, strconv.FormatFloat(v, 'f', -1, 64)
	}
	return fact
}

var unitOf = func() map[string]string {
	units := map[string]string{}
	for _, in := range codebook.All() {
		units[in.ID] = in.Unit
	}
	return units
}()

// text writes the narrative and its mentions: a total and four categories that add up to it, as most real reports have.
func (t *town) text(r *extract.Report, year int) {
	total := t.count(0, medianItems, spreadItems)
	r.Text = fmt.Sprintf("%s\n"+headings[0]+"\n%d年，%s认真贯彻落实《中华人民共和国政府信息公开条例》，", r.Title, year, t.division.Name)
	section, first := 1, 0
	add := func(words, label string, n float64) {
		start := utf8.RuneCountInString(r.Text)
		r.Text += words + strconv.FormatFloat(n, 'f', -1, 64) + "条"
		m := extract.Mention{Seq: len(r.Mentions), Section: &section, Label: label, Count: n, Unit: "条", StartOffset: start, EndOffset: utf8.RuneCountInString(r.Text)}
		if m.Seq > 0 {
			m.PartOf = &first
		}
		r.Mentions = append(r.Mentions, m)
		r.Text += "，"
	}
	add("全年主动公开政府信息", "政府信息", total)
	rest := total
	for i, label := range []string{"机构职能类信息", "政策法规类信息", "财政类信息"} {
		n := math.Floor(rest * []float64{0.1, 0.2, 0.3}[i])
		add(label, label, n)
		rest -= n
	}
	add("其他信息", "其他信息", rest)
	for i := range r.Mentions {
		r.Mentions[i].Sentence = r.Text[len(r.Title):]
	}
	r.Text += "\n" + t.prose(1) + "\n"
	r.Opening = "body > h1"
	t.sections(r)
}
