package read

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/extract"
)

// TestDump writes what the readers make of the files named in GONGKAI_DUMP (paths apart by commas): for looking at, not a check.
func TestDump(t *testing.T) {
	files := os.Getenv("GONGKAI_DUMP")
	if files == "" {
		t.Skip("GONGKAI_DUMP names no files")
	}
	for name := range strings.SplitSeq(files, ",") {
		body, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		d, err := Document(context.Background(), name, body, Options{})
		if err != nil {
			t.Fatal(err)
		}
		fmt.Printf("=== %s reader %q media %q charset %q title %q problems %v\n", name, d.Reader, d.MediaType, d.Charset, d.Title, d.Problems)
		for _, k := range d.Blocks {
			switch k.Kind {
			case extract.Paragraph:
				fmt.Printf("%q\n", k.Text)
			case extract.Image:
				fmt.Println("IMG", k.Source)
			case extract.Table:
				fmt.Printf("GRID %dx%d flat=%v continues=%v %s", k.Grid.Rows, k.Grid.Cols, k.Grid.Flat, k.Grid.Continues, k.Place.Locator())
				row := -1
				for _, c := range k.Grid.Cells {
					if c.Row != row {
						row = c.Row
						fmt.Print("\n  ")
					}
					fmt.Printf("[%d", c.Col)
					if c.RowSpan != 1 || c.ColSpan != 1 {
						fmt.Printf(" %dx%d", c.RowSpan, c.ColSpan)
					}
					fmt.Printf(" %s%s]", strings.ReplaceAll(c.Text, "\n", "/"), c.Image)
				}
				fmt.Println()
			}
		}
	}
}
