package fit

import (
	"sync"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/extract/text"
)

type ordinal = text.Ordinal

var (
	splitOrdinal = text.SplitOrdinal
	gloss        = text.Gloss
)

// printed holds the labels of the standard forms folded, as the forms print them and as most pages write them.
var printed = sync.OnceValue(func() map[string]string {
	m := map[string]string{}
	for _, f := range codebook.Forms() {
		for _, labels := range [][]codebook.Label{f.Rows, f.Columns, f.Groups} {
			for _, l := range labels {
				for _, wording := range append(append([]string{}, l.Path...), l.Aliases...) {
					_, bare := splitOrdinal(wording)
					m[wording], m[bare] = text.Fold(wording), text.Fold(bare)
				}
			}
		}
		for _, words := range [][]string{f.Titles, f.Heads, f.Serials} {
			for _, w := range words {
				m[w] = text.Fold(w)
			}
		}
	}
	return m
})

// fold folds a label.
func fold(s string) string {
	if folded, ok := printed()[s]; ok {
		return folded
	}
	return text.Fold(s)
}
