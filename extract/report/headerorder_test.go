package report

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/extract"
)

// TestGroupLabelBeforeNaturalPerson: a table without rules whose header was put together wrongly, so that 法人或其他组织 and 商业企业 lie over the
// column of 自然人. Row sums hold in any order of the applicants, so nothing else would tell a wrong one.
func TestGroupLabelBeforeNaturalPerson(t *testing.T) {
	for _, flat := range []bool{false, true} {
		m := &maker{Rand: rand.New(rand.NewPCG(1, 2)), truth: truth{}}
		s := m.requests("2021", codebook.FindForm("2021", codebook.Requests).Columns, false)
		s[0][0].rows = 4
		header := sheet{s[0], {head("法人或其他组织", 1, 4)}, {head("商业企业", 1, 3)},
			{head("自然人", 1, 1), head("", 1, 1), head("科研机构", 1, 1), head("社会公益组织", 1, 1), head("法律服务机构", 1, 1), head("其他", 1, 1), head("总计", 1, 1)}}
		g := append(header, s[3:]...).grid()
		g.Flat = flat
		r := Build(&extract.Document{Reader: "test", Blocks: []extract.Block{{Kind: extract.Paragraph, Text: "三、收到和处理政府信息公开申请情况"}, {Kind: extract.Table, Grid: g}}})
		for _, f := range r.Facts {
			k := factKey{f.Indicator, ""}
			if f.Applicant != nil {
				k.applicant = *f.Applicant
			}
			if f.State == extract.Reported && fmt.Sprint(*f.Value) != m.truth[k] {
				t.Fatalf("flat %v: %v is %s, read as %v", flat, k, m.truth[k], *f.Value)
			}
		}
		if len(r.Facts) == 0 && len(r.Problems) == 0 {
			t.Errorf("flat %v: nothing read and nothing said", flat)
		}
	}
}
