package scan

import (
	"bytes"
	"context"
	_ "embed"
	"fmt"
	"strings"

	"github.com/gongkai-data/gongkai/extract/pdf/geometry"
)

// sample is a picture of a table of two rows of numbers, drawn by this project.
//
//go:embed sample.png
var sample []byte

// sampleNumbers is what it shows.
const sampleNumbers = "2776 84 0 95 31 7 1508 62"

// Check reads a sample and compares it with what it shows.
func Check(ctx context.Context) error {
	s, _, err := File(ctx, bytes.Clone(sample), 0)
	if err != nil {
		return err
	}
	if got := numbersOf(s); got != sampleNumbers {
		return fmt.Errorf("it shows %q and was read as %q", sampleNumbers, got)
	}
	return nil
}

// numbersOf lists the numbers of a sheet's tables.
func numbersOf(s *geometry.Sheet) string {
	var out []string
	for _, t := range s.Tables {
		for _, c := range t.Cells {
			if c.Text != "" {
				out = append(out, c.Text)
			}
		}
	}
	return strings.Join(out, " ")
}
