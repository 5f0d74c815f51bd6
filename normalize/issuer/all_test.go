package issuer

import (
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/gazetteer"
)

// TestEveryDivision resolves every division of today by its path and by its county and name: it must find itself or say
// that it cannot tell.
func TestEveryDivision(t *testing.T) {
	var n, found, wrong int
	var missed []string
	for i, d := range gazetteer.All() {
		if i%step != 0 || d.ValidTo != "" || d.Pseudo {
			continue
		}
		path, county := "", ""
		for _, a := range gazetteer.Ancestors(d.Code) {
			if !a.Pseudo {
				path += a.Name
				if a.Level >= gazetteer.Prefecture {
					county = a.Name
				}
			}
		}
		for _, name := range []string{path + d.Name + "人民政府", path + d.Name, county + d.Name + "人民政府", path + d.Name + "教育局"} {
			if d.Level == gazetteer.Township && strings.HasSuffix(name, "教育局") {
				continue
			}
			n++
			got := Resolve(Input{Name: name, Year: 2023})
			switch {
			case got.State != Resolved:
				missed = append(missed, name)
			case *got.DivisionCode == d.Code:
				found++
			default:
				wrong++
				if wrong < 60 {
					t.Errorf("%s %s: %s %v", d.Code, name, got.ID, got.Evidence)
				}
			}
		}
	}
	t.Logf("%d names, %d found, %d wrong, not told: %v", n, found, wrong, missed)
	if len(missed) > n/500 {
		t.Errorf("%d of %d names are not told", len(missed), n)
	}
}
