package codebook

import (
	"embed"
	"encoding/csv"
	"fmt"
	"io/fs"
	"strconv"
)

//go:embed *.csv
var tables embed.FS

// Book is the legal form as data: its tables with their labels, the applicants and the identities between its cells.
// A new generation of the form is new rows of these files and no code.
type Book struct {
	Applicants []Applicant
	Forms      []*Form
	Identities []Identity
}

// Standard is the book of the three generations that the state has issued. Do not change it.
var Standard = func() *Book {
	b, err := Load(tables)
	if err != nil {
		panic(err) // a table of the program is broken
	}
	return b
}()

// Load reads a book out of applicants.csv, tables.csv, forms.csv and identities.csv. It fails where a file is missing
// or broken, and where one names a table, a row or a column that the others do not have.
func Load(fsys fs.FS) (*Book, error) {
	b := &Book{}
	applicants, err := records(fsys, "applicants.csv", 3)
	if err != nil {
		return nil, err
	}
	for _, r := range applicants {
		b.Applicants = append(b.Applicants, Applicant{ID: r[0], LabelZH: r[1], LabelEN: r[2]})
	}
	shapes, err := tableShapes(fsys)
	if err != nil {
		return nil, err
	}
	forms, err := records(fsys, "forms.csv", 7)
	if err != nil {
		return nil, err
	}
	for _, r := range forms {
		if _, known := shapes[r[1]]; !known {
			return nil, fmt.Errorf("codebook: forms.csv has the table %q, tables.csv has not", r[1])
		}
	}
	b.addForms(forms, shapes)
	identities, err := records(fsys, "identities.csv", 7)
	if err != nil {
		return nil, err
	}
	return b, b.addIdentities(identities)
}

func tableShapes(fsys fs.FS) (map[string]tableShape, error) {
	rows, err := records(fsys, "tables.csv", 4)
	if err != nil {
		return nil, err
	}
	shapes := map[string]tableShape{}
	for _, r := range rows {
		section, err := strconv.Atoi(r[1])
		if err != nil {
			return nil, fmt.Errorf("codebook: the section of the table %s: %w", r[0], err)
		}
		shapes[r[0]] = tableShape{section: section, cell: r[2], levels: r[3] == "1"}
	}
	return shapes, nil
}

// records reads a table without its header.
func records(fsys fs.FS, name string, fields int) ([][]string, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, fmt.Errorf("codebook: %w", err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.FieldsPerRecord = fields
	rows, err := r.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("codebook: reading the table %s: %w", name, err)
	}
	if len(rows) == 0 {
		return nil, fmt.Errorf("codebook: the table %s is empty", name)
	}
	return rows[1:], nil
}

// embedded reads a table of the program. A broken one is a bug and panics.
func embedded(name string, fields int) [][]string {
	rows, err := records(tables, name, fields)
	if err != nil {
		panic(err)
	}
	return rows
}
