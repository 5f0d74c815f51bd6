package gazetteer

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// bodiesCSV holds what reforms made of departments of one name everywhere, by the plans that ordered them.
//
//go:embed data/bodies.csv
var bodiesCSV string

// Reform says what a department of one name became by a reform of all governments. Where a place went another way than
// the plan, it has no body of the second name, or one beside that of the first.
type Reform struct {
	Was, Became string // names without the place: 农业局, 农业农村局
	How         string // Renamed or Merged
	Since       int    // year from which on a place may have done so
	Source      string
}

// Reforms lists them, in the order of the file.
func Reforms() []Reform { return reforms() }

var reforms = sync.OnceValue(func() []Reform {
	all, err := readReforms(bodiesCSV)
	if err != nil {
		panic("gazetteer: " + err.Error()) // a fault of the build: the file is part of the program
	}
	return all
})

func readReforms(text string) ([]Reform, error) {
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("reading embedded bodies.csv: %w", err)
	}
	var all []Reform
	for i, r := range rows[1:] {
		since, err := strconv.Atoi(r[3])
		if err != nil || r[0] == "" || r[1] == "" || r[4] == "" || !slices.Contains([]string{Renamed, Merged}, r[2]) {
			return nil, fmt.Errorf("reading embedded bodies.csv: line %d: %q", i+2, r)
		}
		all = append(all, Reform{r[0], r[1], r[2], since, r[4]})
	}
	return all, nil
}
