package main

import (
	"fmt"
	"io"

	"github.com/gongkai-data/gongkai/datasets/sample"
	"github.com/gongkai-data/gongkai/store"
)

// tellSample says where a dataset holds reports of the bundled sample, whose places are invented.
func tellSample(w io.Writer, s *store.Sample) {
	if s != nil {
		fmt.Fprintln(w, wrapped(s.Note, ""))
	}
}

// originWords are what the commands say of a document of the bundled sample; empty of any other.
var originWords = map[sample.Origin]string{
	sample.Invented: "of the bundled sample (样例): place and figures are invented",
	sample.Real:     "the one real report of the bundled sample",
}
