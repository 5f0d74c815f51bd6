package web

import (
	"slices"
	"strings"
)

// formats are the documents that are shown, by their media types: the ending of their files and that of their view, a
// picture of a page or a page.
var formats = map[string]struct{ ending, view string }{
	"text/html":          {".html", ".html"},
	"text/plain":         {".txt", ".html"},
	"application/pdf":    {".pdf", ".png"},
	"application/ofd":    {".ofd", ".html"},
	"application/rtf":    {".rtf", ".html"},
	"application/msword": {".doc", ".html"},
	"application/vnd.openxmlformats-officedocument.wordprocessingml.document": {".docx", ".html"},
	"application/vnd.oasis.opendocument.text":                                 {".odt", ".html"},
	"application/vnd.oasis.opendocument.spreadsheet":                          {".ods", ".html"},
	"application/vnd.ms-excel":                                                {".xls", ".html"},
	"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet":       {".xlsx", ".html"},
}

// endings are those that a static site gives to its files as they are.
var endings = func() []string {
	all := []string{".csv", ".svg", ".png", ".css", ".js", ".json", ".parquet", ".md", ".cff", ".bin", zipEnding}
	for _, f := range formats {
		all = append(all, f.ending)
	}
	return all
}()

// zipEnding is that of the originals that a static site keeps zipped: pages and texts, which are a third as large so,
// and whose scripts the site's host would else run as its own.
const zipEnding = ".zip"

// bare takes off the endings that a static site gives to the file of a document.
func bare(name string) string {
	name = strings.TrimSuffix(name, zipEnding)
	i := strings.LastIndexByte(name, '.')
	if i < 0 || !slices.Contains(endings, name[i:]) {
		return name
	}
	return name[:i]
}

// shownAs is the ending of the view of a document, empty where it is not shown.
func shownAs(mediaType *string) string {
	if mediaType == nil {
		return ""
	}
	return formats[*mediaType].view
}

// wholeAs is the ending of the view of a whole document, which is a page whatever its format; empty where it is not
// shown.
func wholeAs(mediaType *string) string {
	if shownAs(mediaType) == "" {
		return ""
	}
	return ".html"
}

// CellAnchor is the name of a cell's anchor on the page of its whole document.
func CellAnchor(indicator string, applicant *string) string {
	if applicant == nil {
		return indicator
	}
	return indicator + "." + *applicant
}

// extension is the ending of the file of a document, empty where its format is not known.
func extension(mediaType *string) string {
	if mediaType == nil {
		return ""
	}
	return formats[*mediaType].ending
}
