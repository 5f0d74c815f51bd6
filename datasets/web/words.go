package web

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"strings"
)

//go:embed words.csv
var wordsCSV string

// words are the fixed texts of the pages: key to zh and en.
var words = func() map[string][2]string {
	rows, err := csv.NewReader(strings.NewReader(wordsCSV)).ReadAll()
	if err != nil {
		panic(fmt.Sprintf("web: reading the embedded words.csv: %v", err))
	}
	m := make(map[string][2]string, len(rows))
	for _, r := range rows[1:] {
		if _, twice := m[r[0]]; twice {
			panic("web: words.csv has two lines for " + r[0])
		}
		m[r[0]] = [2]string{r[1], r[2]}
	}
	return m
}()

// T returns a fixed text in the language of the page. A key without a text shows itself, and a test finds it.
func (r *request) T(key string) string {
	w, ok := words[key]
	if !ok {
		return key
	}
	if r.lang == "zh" {
		return w[0]
	}
	return w[1]
}
