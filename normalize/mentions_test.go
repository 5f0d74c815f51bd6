package normalize

import (
	"testing"

	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/mention"
	"github.com/gongkai-data/gongkai/normalize/rule"
)

// A share may be one of a number told before its total.
func TestShareOfAnother(t *testing.T) {
	whole, total, share := extract.Mention{Seq: 0, Count: 32, Unit: "件"}, extract.Mention{Seq: 1, Count: 30, Unit: "件"}, 75.0
	part := extract.Mention{Seq: 2, Count: 24, Unit: "件", SharePct: &share, PartOf: new(1)}
	for want, ms := range map[string][]extract.Mention{rule.NotAssessable: {whole, total, part}, rule.Fail: {{Seq: 0, Count: 40, Unit: "件"}, total, part}} {
		if n := outcomes(mentionChecks(ms), "mentions.share"); n[want] != 1 {
			t.Errorf("24件，占75%%: %v, want %s", n, want)
		}
	}
}

// What was carried over is named beside the results of a total and is no result itself.
func TestCarriedInIsNoResult(t *testing.T) {
	for text, want := range map[string]string{
		"全年完成政府信息依申请公开答复53件，包括上年结转信息公开申请6件。其中，予以公开30件；部分公开9件；不予公开14件。": rule.Pass,
		"全年完成政府信息依申请公开答复53件，包括上年结转信息公开申请6件。其中，予以公开30件；部分公开9件；不予公开17件。": rule.Fail,
		"全年收到政府信息公开申请53件，其中新收47件，上年结转6件。":                              rule.Pass,
		"全年收到政府信息公开申请15件，按申请方式分，网络12件、信函3件；按申请人分，公民14件、法人1件。":          rule.Pass,
		"全年收到政府信息公开申请15件，按申请方式分，网络12件、信函3件；按申请人分，公民14件、法人2件。":          rule.Fail,
		"全年收到政府信息公开申请32件，办结30件，分别为予以公开20件，部分公开7件，其他处理5件。":              rule.NotAssessable,
		"全年收到政府信息公开申请32件，办结30件，分别为予以公开20件，部分公开7件，其他处理6件。":              rule.Fail,
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
