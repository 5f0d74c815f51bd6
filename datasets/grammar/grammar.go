// Package grammar is the grammar of counts in running text as data: tables of rules, word lists, units and categories.
// extract/mention reads by it and the code book prints it. README.md says how a rule is written and tested. It is a
// leaf: it imports nothing of ours.
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
	Name             string
	TitleZH, TitleEN string // of a table of rules
	Header           []string
	Rows             [][]string
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

// Rules returns the tables of rules in the order in which they are applied: that of tables.csv.
func Rules() []Table { return listed("rules") }

// Lists returns what the rules name: conditions, words and units.
func Lists() []Table { return listed("lists") }

func listed(kind string) (all []Table) {
	for _, r := range must("tables").Rows {
		if r[3] == kind {
			t := must(r[0])
			t.TitleZH, t.TitleEN = r[1], r[2]
			all = append(all, t)
		}
	}
	return all
}

// Called returns what a column of a table of rules is called in zh or en.
func Called(column, language string) string {
	for _, r := range must("columns").Rows {
		if r[0] == column && language == "zh" {
			return r[1]
		} else if r[0] == column {
			return r[2]
		}
	}
	return column
}

// must reads a table of the program, which is not broken: every table is read by a test.
func must(name string) Table {
	t, err := Read(name)
	if err != nil {
		panic(err)
	}
	return t
}
