package crawl

import (
	"archive/zip"
	"bytes"
	"path"
	"regexp"
	"strings"

	"github.com/gongkai-data/gongkai/crawl/title"
	"github.com/gongkai-data/gongkai/extract/charset"
)

// maxMembers bounds the names that are read from a zip file.
const maxMembers = 5000

// bundle returns the names of the files in a zip file; nil when it is none, or a document whose format is zip.
func bundle(body []byte) []string {
	z, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		return nil
	}
	var names []string
	for i, f := range z.File {
		name := f.Name
		if f.NonUTF8 {
			text, _ := charset.Decode([]byte(name), "")
			name = string(text)
		}
		switch base := path.Base(strings.ReplaceAll(name, `\`, "/")); {
		case base == "[Content_Types].xml" || base == "OFD.xml" || base == "mimetype":
			return nil
		case strings.HasSuffix(name, "/") || i >= maxMembers:
		default:
			names = append(names, base)
		}
	}
	return names
}

var memberExt = regexp.MustCompile(`(?i)\.(?:pdf|docx?|wps|ofd|html?|txt|xlsx?|rtf)$`)

// bundled judges a zip file by the names in it: whether it holds reports, and their year where they are all of one.
func bundled(names []string, listed bool) (report bool, year int) {
	years := map[int]bool{}
	for _, name := range names {
		v := title.Judge(strings.TrimSuffix(name, path.Ext(name)))
		switch {
		case !memberExt.MatchString(name) || v.Kind == title.Never || title.Foreign(name):
		case v.Kind == title.Report || v.Kind == title.Weak && listed || listed && v.Kind != title.Column:
			report = true
			years[v.Year] = true
		}
	}
	if len(years) == 1 {
		for y := range years {
			year = y
		}
	}
	return report, year
}
