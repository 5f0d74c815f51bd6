package fit

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"strings"
)

//go:embed sentences.csv
var sentencesCSV string

// codes holds the code of every sentence that the fitter says.
var codes = func() map[string]string {
	rows, err := csv.NewReader(strings.NewReader(sentencesCSV)).ReadAll()
	if err != nil {
		panic(fmt.Sprintf("fit: reading the embedded sentences.csv: %v", err))
	}
	m := make(map[string]string, len(rows))
	for _, r := range rows[1:] {
		m[r[1]] = r[0]
	}
	return m
}()

// coded returns the code of a sentence and what stands in it. A sentence that only says why something is in doubt has the code of the reason.
func coded(format string, args []any) (code string, said []string) {
	code = codes[format]
	for _, a := range args {
		s := fmt.Sprint(a)
		if reason, ok := codes[s]; ok && code == "" {
			code = reason
			continue
		}
		said = append(said, s)
	}
	if code == "" && len(said) > 1 {
		code = "no_number" // the number grammar's own words stand behind the cell
	}
	return code, said
}
