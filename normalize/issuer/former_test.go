package issuer

import (
	"testing"

	"github.com/gongkai-data/gongkai/datasets/gazetteer"
)

// TestEveryFormerName resolves every former name below its former parent, for a year in which it was in use: the
// division that goes on, the former division's own row, or no answer.
func TestEveryFormerName(t *testing.T) {
	var n, found, wrong int
	gazetteer.EveryName(func(x gazetteer.Name) {
		if x.Until == "" || x.Division.Pseudo {
			return
		}
		p, ok := gazetteer.Lookup(x.Parent)
		if !ok || p.Pseudo {
			return
		}
		n++
		year := atoi(x.Until[:4]) - 1
		got := Resolve(Input{Name: p.Name + x.Text + "人民政府", Year: year})
		if got.State != Resolved {
			return
		}
		if *got.DivisionCode == x.Division.Code {
			found++
			return
		}
		if wrong++; wrong < 60 {
			t.Errorf("%s%s %d: %s %v, want %s %s", p.Name, x.Text, year, got.ID, got.Evidence, x.Division.Code, x.Division.Name)
		}
	})
	t.Logf("%d former names, %d found, %d wrong", n, found, wrong)
	if found*100 < n*90 {
		t.Errorf("only %d of %d former names are found", found, n)
	}
}
