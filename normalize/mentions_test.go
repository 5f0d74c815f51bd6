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
		"全年收到政府信息公开申请9件，上年结转1件，其中网络申请6件，信函申请4件。":                       rule.Pass,
		"全年收到政府信息公开申请9件，上年结转1件，其中网络申请6件，信函申请5件。":                       rule.Fail,
		"全年收到政府信息公开申请9件，其中网络申请6件，信函申请2件。":                              rule.NotAssessable,
		"全年收到政府信息公开申请9件，其中网络申请6件，信函申请2件，其他1件。":                         rule.Pass,
		"全年收到政府信息公开申请9件，其中网络申请6件，信函申请1件，其他1件。":                         rule.Fail,
	} {
		r := &extract.Report{Text: text}
		mention.Find(r)
		checks := mentionChecks(r.Mentions)
		if len(checks) != 1 || checks[0].Outcome != want {
			t.Errorf("%s: %+v, want %s", text, checks, want)
		}
	}
}
