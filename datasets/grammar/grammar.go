// Package grammar is the grammar of counts in running text as data: tables of rules, word lists, units and categories. extract/mention reads by it and the
// code book prints it. README.md says how a rule is written and tested. It is a leaf: it imports nothing of ours.
package grammar

import (
	"embed"
	"encoding/csv"
	"fmt"
	"strings"
)

//go:embed *.csv
var files embed.FS

// Table is one table of the grammar.
type Table struct {
	Name   string
	Header []string
	Rows   [][]string
}

// Read returns the table that NAME.csv holds.
func Read(name string) (Table, error) {
	body, err := files.ReadFile(name + ".csv")
	if err != nil {
		return Table{}, fmt.Errorf("grammar: %w", err)
	}
	rows, err := csv.NewReader(strings.NewReader(string(body))).ReadAll()
	if err != nil {
		return Table{}, fmt.Errorf("grammar: %s.csv: %w", name, err)
	}
	if len(rows) == 0 {
		return Table{}, fmt.Errorf("grammar: %s.csv is empty", name)
	}
	return Table{Name: name, Header: rows[0], Rows: rows[1:]}, nil
}

// Column returns the index of the column called name, -1 where there is none.
func (t Table) Column(name string) int {
	for i, h := range t.Header {
		if h == name {
			return i
		}
	}
	return -1
}

// tables are the tables of rules in the order in which they are applied, with what each decides.
var tables = []string{"numbers", "about", "members", "edges", "labels", "lists", "shares", "zeros", "scopes", "topics", "outcomes", "category_rules", "cells"}

// Rules returns the tables of rules in the order in which they are applied.
func Rules() []Table {
	var all []Table
	for _, name := range tables {
		t, err := Read(name)
		if err != nil {
			panic(err) // a table of the program is broken
		}
		all = append(all, t)
	}
	return all
}
