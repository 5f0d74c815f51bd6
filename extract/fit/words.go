package fit

import "github.com/gongkai-data/gongkai/extract/text"

type ordinal = text.Ordinal

var (
	fold         = text.Fold
	splitOrdinal = text.SplitOrdinal
	gloss        = text.Gloss
)
