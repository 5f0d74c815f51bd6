package mention

import (
	_ "embed"
	"encoding/csv"
	"strings"
)

// wordsCSV holds the word lists of the grammar: the name of a list, its words set apart by |, and what it is for.
//
//go:embed words.csv
var wordsCSV string

// wordLists are the lists of words.csv by name.
var wordLists = func() map[string]string {
	m := map[string]string{}
	for _, row := range table("words.csv", wordsCSV) {
		m[row[0]] = row[1]
	}
	return m
}()

// words returns the words of the list called name.
func words(name string) []string {
	list := wordLists[name]
	if list == "" {
		panic("mention: words.csv has no list " + name)
	}
	return strings.Split(list, "|")
}

// table returns the rows of an embedded CSV file without its header.
func table(name, text string) [][]string {
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		panic("mention: " + name + ": " + err.Error())
	}
	return rows[1:]
}
