package report_test

import (
	"context"
	"fmt"
	"os"
	"testing"

	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/read"
)

func TestDumpTmp(t *testing.T) {
	f := os.Getenv("DUMP")
	if f == "" {
		t.Skip()
	}
	body, _ := os.ReadFile(f)
	d, err := read.Document(context.Background(), f, body, read.Options{})
	if err != nil {
		t.Fatal(err)
	}
	no := 0
	for _, b := range d.Blocks {
		switch b.Kind {
		case extract.Paragraph:
			fmt.Printf("P p%d %.90q\n", b.Place.Page, b.Text)
		case extract.Image:
			fmt.Println("IMG", b.Source)
		case extract.Table:
			no++
			fmt.Printf("T%d %dx%d cont=%v flat=%v\n", no, b.Grid.Rows, b.Grid.Cols, b.Grid.Continues, b.Grid.Flat)
			r := -1
			for _, c := range b.Grid.Cells {
				if c.Row != r {
					r = c.Row
					fmt.Printf("\n  r%d p%d:", r+1, c.Place.Page)
				}
				fmt.Printf(" [%d+%dx%d %q]", c.Col+1, c.RowSpan, c.ColSpan, c.Text)
			}
			fmt.Println()
		}
	}
	for _, p := range d.Problems {
		fmt.Println(p)
	}
}
