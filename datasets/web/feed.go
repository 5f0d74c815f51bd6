package web

import (
	"encoding/xml"
	"fmt"
	"net/http"
	"path/filepath"
	"strconv"

	"github.com/gongkai-data/gongkai/datasets/diff"
	"github.com/gongkai-data/gongkai/datasets/frozen"
)

// maxEntries is the number of entries of the feed.
const maxEntries = 500

// atomFeed is a feed of RFC 4287.
type atomFeed struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	ID      string      `xml:"id"`
	Title   string      `xml:"title"`
	Updated string      `xml:"updated"`
	Author  atomAuthor  `xml:"author"`
	Links   []atomLink  `xml:"link"`
	Entries []atomEntry `xml:"entry"`
}

type atomAuthor struct {
	Name string `xml:"name"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr,omitempty"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	ID      string   `xml:"id"`
	Title   string   `xml:"title"`
	Updated string   `xml:"updated"`
	Link    atomLink `xml:"link"`
	Summary string   `xml:"summary"`
}

// feed sends the feed of releases, and of the reports that they add or change, the newest first.
func (s *Shelf) feed(w http.ResponseWriter, req *http.Request) error {
	all, err := s.List()
	if err != nil {
		return err
	}
	host := originOf(req)
	own := host + "/releases/atom.xml"
	f := atomFeed{
		ID: own, Title: "公开年报 Gongkai", Author: atomAuthor{"gongkai"}, Updated: moment("1970-01-01"),
		Links: []atomLink{{"self", own}, {"", host + "/latest"}},
	}
	for i, r := range all {
		if i == 0 {
			f.Updated = moment(r.Date)
		}
		entries, err := entriesOf(r, filepath.Join(s.folder, r.Name), host)
		if err != nil {
			return err
		}
		f.Entries = append(f.Entries, entries...)
		if len(f.Entries) >= maxEntries {
			f.Entries = f.Entries[:maxEntries]
			break
		}
	}
	body, err := xml.MarshalIndent(f, "", " ")
	if err != nil {
		return fmt.Errorf("writing the feed: %w", err)
	}
	w.Header().Set("Content-Type", "application/atom+xml; charset=utf-8")
	w.Header().Set("Cache-Control", "no-cache")
	_, _ = w.Write(append([]byte(xml.Header), body...)) // the reader went away: nobody is left to tell
	return nil
}

func moment(day string) string { return day + "T00:00:00Z" }

// entriesOf are the release itself and the reports that it adds or changes.
func entriesOf(r frozen.Record, dir, host string) ([]atomEntry, error) {
	changes, err := frozen.ReadChanges(dir)
	if err != nil {
		return nil, err
	}
	of := "urn:gongkai:" + r.Name
	out := []atomEntry{{of, "版本 Release " + r.Name, moment(r.Date), atomLink{"", host + BaseOf(r.Name) + "/"}, strconv.FormatInt(r.Reports, 10) + " 份报告 reports"}}
	for _, c := range changes {
		if len(out) > maxEntries {
			break
		}
		year := "?"
		if c.Year != nil {
			year = strconv.Itoa(int(*c.Year))
		}
		name := c.IssuerName + " " + year
		link := atomLink{"", host + BaseOf(r.Name) + "/zh/report/" + c.ReportID}
		switch c.Change {
		case diff.Added:
			out = append(out, atomEntry{of + ":" + c.ReportID, "新报告 New: " + name, moment(r.Date), link, "版本 release " + r.Name})
		case diff.Changed:
			out = append(out, atomEntry{of + ":" + c.ReportID, "有变化 Changed: " + name, moment(r.Date), link, strconv.Itoa(c.Cells) + " 个单元格 cells, 版本 release " + r.Name})
		}
	}
	return out, nil
}
