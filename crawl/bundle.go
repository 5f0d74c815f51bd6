package crawl

import (
	"path"
	"strings"

	"github.com/gongkai-data/gongkai/crawl/title"
	"github.com/gongkai-data/gongkai/extract/bundle"
)

// bundled judges a zip file by the names in it: whether it holds reports, and their year where they are all of one.
func bundled(names []string, listed bool) (report bool, year int) {
	years := map[int]bool{}
	for _, name := range names {
		name = path.Base(name)
		v := title.Judge(strings.TrimSuffix(name, path.Ext(name)))
		switch {
		case !bundle.Readable(name) || v.Kind == title.Never || title.Foreign(name):
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
