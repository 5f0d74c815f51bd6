package issuer

import (
	"testing"

	"github.com/gongkai-data/gongkai/datasets/gazetteer"
)

// TestShortCounties resolves departments whose county stands without its level word: it must be that county's, or no
// answer.
func TestShortCounties(t *testing.T) {
	var n, found, wrong int
	for i, d := range gazetteer.All() {
		if i%step != 0 || d.Level != gazetteer.County || d.Pseudo || d.ValidTo != "" {
			continue
		}
		p, _ := gazetteer.Lookup(d.Parent)
		if p.Pseudo {
			p, _ = gazetteer.Lookup(p.Parent)
		}
		for _, s := range shorts(d.Name, d) {
			for _, name := range []string{p.Name + s + "教育局", s + "水利局", p.Name + s + "公安局", s + "市场监督管理局", p.Name + s + "政务服务管理局"} {
				n++
				got := Resolve(Input{Name: name, Year: 2023})
				if got.State != Resolved {
					continue
				}
				if *got.DivisionCode == d.Code {
					found++
				} else if wrong++; wrong < 60 {
					t.Errorf("%s: %s %s, want %s %s", name, got.ID, *got.Province, d.Code, d.Name)
				}
			}
		}
	}
	t.Logf("%d names, %d found, %d wrong", n, found, wrong)
}
