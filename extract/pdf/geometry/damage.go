package geometry

import (
	"fmt"
	"unicode"

	"github.com/gongkai-data/gongkai/extract"
)

// TolerableDamage is the share of undecodable, private-use and control characters up to which text is believed.
const TolerableDamage = 0.03

// Damage returns the share of characters of a document that carry no meaning, and the number of characters.
func Damage(d *extract.Document) (damage float64, letters int) {
	bad := 0
	count := func(s string) {
		for _, r := range s {
			letters++
			if Senseless(r) {
				bad++
			}
		}
	}
	for _, b := range d.Blocks {
		if b.Kind == extract.Paragraph {
			count(b.Text)
		}
		if b.Grid != nil {
			for _, c := range b.Grid.Cells {
				count(c.Text)
			}
		}
	}
	if letters == 0 {
		return 0, 0
	}
	return float64(bad) / float64(letters), letters
}

// Senseless reports whether a rune is one of the replacement, private-use and control characters; a line end is none of
// them.
func Senseless(r rune) bool {
	return r == unicode.ReplacementChar || unicode.Is(unicode.Co, r) || unicode.IsControl(r) && r != '\n'
}

// TellDamage adds a problem to a document whose damage is beyond the tolerable.
func TellDamage(d *extract.Document, damage float64) {
	if damage > TolerableDamage {
		d.Problems = append(d.Problems, extract.Tell(extract.DamagedText, "characters_undecodable", fmt.Sprintf("%.0f", damage*100)))
	}
}
