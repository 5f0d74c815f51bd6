package normalize

import (
	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/normalize/reuse"
	"github.com/gongkai-data/gongkai/normalize/rule"
)

// Bounds of report.copied: of a text of copiedCharacters or more, boilerplate left out, less than copiedShare is new.
const (
	copiedCharacters = 200
	copiedShare      = 0.1
)

// CopiedText is report.copied of a report's text: enough of it is not in the issuer's earlier reports. It is not tried
// on a report without an earlier one, or with little text of its own.
func CopiedText(r reuse.Result) (schema.Check, bool) {
	if r.NewShare == nil || r.Characters < copiedCharacters {
		return schema.Check{}, false
	}
	c := schema.Check{ReportID: r.ReportID, IssuerID: r.IssuerID, Year: r.Year, Rule: "report.copied", Class: codebook.LookupRule("report.copied").Class.ID,
		Expression: "text_new_share >= 0.1", LHS: r.NewShare, RHS: new(copiedShare), Delta: new(*r.NewShare - copiedShare), Outcome: rule.Pass, Cells: []string{}}
	if *r.NewShare < copiedShare {
		c.Outcome, c.Note = rule.Fail, codebook.Note("text_copied")
	}
	return c, true
}
