// Package inputs describes the CSV files that people write for gongkai: seeds, columns of lists, corrections,
// overrides, manifests of imports, denominators. Their columns stand as data, so that what reads a file, what prints a
// template of it and what says how a header is wrong agree.
package inputs

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
)

// Column is one column of a file.
type Column struct {
	Name    string `json:"name"`
	Needed  bool   `json:"needed"` // the header must have it
	About   string `json:"about"`
	Example string `json:"example"`
}

// File is one kind of file.
type File struct {
	Name    string // as `gongkai template` takes it
	About   string
	Columns []Column
}

var (
	//go:embed files.csv
	filesText string
	//go:embed known.csv
	knownText string
	//go:embed columns.csv
	columnsText string
	files       = parse(filesText, columnsText)
)

// Names of the files.
const (
	Seeds        = "seeds"
	Columns      = "columns"
	Corrections  = "corrections"
	Overrides    = "overrides"
	Manifest     = "manifest"
	Denominators = "denominators"
)

// Files lists the kinds of files, in the order of the work.
func Files() []File { return files }

// Lookup finds a kind of file by its name.
func Lookup(name string) (File, bool) {
	i := slices.IndexFunc(files, func(f File) bool { return f.Name == name })
	if i < 0 {
		return File{}, false
	}
	return files[i], true
}

// Header is the first line of a file with all columns.
func (f File) Header() []string {
	names := make([]string, len(f.Columns))
	for i, c := range f.Columns {
		names[i] = c.Name
	}
	return names
}

// KnownSites is a file of seeds with official sites on which annual reports stand or stood, and whose site each is
// where its host says so. They are facts to start from: nobody promises that a site is still there.
func KnownSites() string {
	seeds, _ := Lookup(Seeds)
	return seeds.about() + "# known sites; name and division_code stand where the name of the host tells whose site it is\n" + knownText
}

// Template is a file to fill in: what each column holds in lines that begin with #, the header, and an example behind a
// #.
func (f File) Template() string {
	example := make([]string, len(f.Columns))
	for i, c := range f.Columns {
		example[i] = c.Example
	}
	return f.about() + record(f.Header()) + "\n#" + record(example) + "\n"
}

// about says in lines that begin with # what each column holds.
func (f File) about() string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n#\n", f.About)
	for _, c := range f.Columns {
		fmt.Fprintf(&b, "# %-16s %s\n", c.Name, c.About)
	}
	return b.String()
}

func record(fields []string) string {
	var b strings.Builder
	w := csv.NewWriter(&b)
	w.Write(fields) // to memory
	w.Flush()
	return strings.TrimSuffix(b.String(), "\n")
}

// parse reads the two bundled tables; a fault in them is one of the program.
func parse(filesText, columnsText string) []File {
	var all []File
	for _, r := range rows(filesText) {
		all = append(all, File{Name: r[0], About: r[1]})
	}
	for _, r := range rows(columnsText) {
		i := slices.IndexFunc(all, func(f File) bool { return f.Name == r[0] })
		if i < 0 {
			panic("inputs: column " + r[1] + " of the unknown file " + r[0])
		}
		all[i].Columns = append(all[i].Columns, Column{Name: r[1], Needed: r[2] == "yes", About: r[3], Example: r[4]})
	}
	return all
}

func rows(text string) [][]string {
	all, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		panic(fmt.Sprintf("inputs: %v", err))
	}
	return all[1:]
}
