package html

import (
	"golang.org/x/net/html"

	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/html/tree"
)

// wholeSources makes the addresses of a page's pictures whole, in the open and in cells.
func wholeSources(root *html.Node, d *extract.Document, address string) {
	whole := tree.Whole(root, address)
	for i := range d.Blocks {
		b := &d.Blocks[i]
		if b.Kind == extract.Image {
			b.Source = whole(b.Source)
		}
		if b.Grid == nil {
			continue
		}
		for k := range b.Grid.Cells {
			if c := &b.Grid.Cells[k]; c.Image != "" {
				c.Image = whole(c.Image)
			}
		}
	}
}
