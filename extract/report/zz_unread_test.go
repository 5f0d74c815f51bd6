package report

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

func TestUnreadTmp(t *testing.T) {
	shown := 0
	for seed := range 400 {
		m := &maker{Rand: rand.New(rand.NewPCG(uint64(seed), 7))}
		d := m.document()
		r := Build(d)
		have := map[factKey]string{}
		for _, f := range r.Facts {
			k := factKey{f.Indicator, ""}
			if f.Applicant != nil {
				k.applicant = *f.Applicant
			}
			have[k] = f.State
		}
		n := 0
		ex := ""
		for k, v := range m.truth {
			if s, ok := have[k]; !ok || s == "unreadable" {
				n++
				ex = fmt.Sprint(k, " ", v, " ", s)
			}
		}
		if n > 0 && shown < 40 {
			shown++
			p := ""
			for i, x := range r.Problems {
				if i < 2 {
					p += fmt.Sprintf(" | %s %s %q t%d r%d c%d", x.Kind, x.Detail, x.Raw, x.TableNo, x.RowNo, x.ColumnNo)
				}
			}
			fmt.Println(seed, n, ex, len(r.Problems), p)
		}
	}
}
