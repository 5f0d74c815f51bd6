package normalize

import (
	"testing"

	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/mention"
	"github.com/gongkai-data/gongkai/normalize/rule"
)

// What was carried over is named beside the results of a total and is no result itself.
func TestCarriedInIsNoResult(t *testing.T) {
	for text, want := range map[string]string{
		"全年完成政府信息依申请公开答复53件，包括上年结转信息公开申请6件。其中，予以公开30件；部分公开9件；不予公开14件。": rule.Pass,
		"全年完成政府信息依申请公开答复53件，包括上年结转信息公开申请6件。其中，予以公开30件；部分公开9件；不予公开17件。": rule.Fail,
		"全年收到政府信息公开申请53件，其中新收47件，上年结转6件。":                              rule.Pass,
	} {
		r := &extract.Report{Text: text}
		mention.Find(r)
		checks := mentionChecks(r.Mentions)
		if len(checks) != 1 || checks[0].Outcome != want {
			t.Errorf("%s: %+v, want %s", text, checks, want)
		}
	}
}
