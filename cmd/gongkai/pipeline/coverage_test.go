package pipeline

import (
	"testing"

	"github.com/gongkai-data/gongkai/crawl"
	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/normalize/issuer"
)

// A page that names nobody and could not be had is told of the site's own body, not of every body that the site should
// hold reports of; one that names a body is that body's.
func TestABlockedPageIsBlamedOnItsIssuerOnly(t *testing.T) {
	forbidden := crawl.Reason{Status: schema.CoverageForbidden, Detail: "robots.txt forbids it (http://a.example/draft.html)"}
	blocked := crawl.Reason{Status: schema.CoverageBlocked, Detail: "challenge (http://a.example/town.html)"}
	ledger := crawl.Ledger{Sites: []crawl.SiteLedger{{Site: "http://a.example/", Name: "栖霞市人民政府", DivisionCode: "370686", Years: []int{2023},
		Gap:    crawl.Reason{Status: schema.CoverageNotFound, Detail: "no report of that year in the 2 columns of the site"},
		Listed: []crawl.ListedReport{{Year: 2023, Reason: forbidden}, {Issuer: "栖霞市寺口镇人民政府", Year: 2023, Reason: blocked}}}}}
	statuses := map[string]int{}
	for _, row := range newCoverage(nil).gaps(ledger, issuer.New(nil)) {
		statuses[row.Status]++
		switch want := map[string]string{"370686000000": schema.CoverageForbidden, "370686107000": schema.CoverageBlocked}[row.IssuerID]; {
		case want == "" && row.Status != schema.CoverageNotFound, want != "" && row.Status != want:
			t.Errorf("%s %s: %s, %s", row.IssuerID, row.IssuerName, row.Status, row.Detail)
		}
	}
	if statuses[schema.CoverageForbidden] != 1 || statuses[schema.CoverageBlocked] != 1 || statuses[schema.CoverageNotFound] < 5 {
		t.Errorf("%v", statuses)
	}
}
