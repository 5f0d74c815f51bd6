package query_test

import (
	"context"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/query"
	"github.com/gongkai-data/gongkai/datasets/query/querytest"
)

// Only a sum of the form that does not hold leaves a number out of a ranking; what is unusual or differs from the text
// is ranked. By corrected values the corrected number is ranked.
func TestOnlyTheFormsSumsLeaveOut(t *testing.T) {
	towns := append(querytest.Towns(), querytest.Towns()[0], querytest.Towns()[0])
	towns[5].ID, towns[5].Division, towns[5].Name = "370686105000", "370686105000", "栖霞市甲镇"
	towns[6].ID, towns[6].Division, towns[6].Name = "370686106000", "370686106000", "栖霞市乙镇"
	for i, rule := range map[int]string{0: "series.outlier", 1: "text_vs_table", 2: "carry_over", 3: "aggregate.sum", 4: "requests.balance", 5: "requests.row"} {
		towns[i].Years[2].Failed = map[string][]string{"requests.received": {rule}}
	}
	towns[5].Years[2].Corrected = map[string]*float64{"requests.received": new(900.0)}
	r := open(t, towns...)
	for v, want := range map[query.Values]map[string]int{
		query.Published: {towns[0].ID: 4, towns[1].ID: 3, towns[2].ID: 2, towns[3].ID: 1, towns[4].ID: 0, towns[5].ID: 0, towns[6].ID: 4},
		query.Corrected: {towns[0].ID: 5, towns[1].ID: 4, towns[2].ID: 3, towns[3].ID: 2, towns[4].ID: 0, towns[5].ID: 1, towns[6].ID: 5},
	} {
		k, err := r.Rank(context.Background(), "370686", "township", "requests.received", 2022, v)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range k.Ranked {
			if p.Rank != want[p.Issuer.ID] {
				t.Errorf("%s: %s has rank %d, want %d", v, p.Issuer.Name, p.Rank, want[p.Issuer.ID])
			}
		}
		if len(k.Ranked) != 7 || k.Unit != "count" || k.Values != v {
			t.Errorf("%s: %d places in %s of %s", v, len(k.Ranked), k.Unit, k.Values)
		}
	}
}

// Amounts are ranked in one unit; those of a unit that is not stated have no rank among them.
func TestRankingIsInOneUnit(t *testing.T) {
	towns := querytest.Towns()
	towns = append(towns, querytest.Towns()[0])
	towns[5].ID, towns[5].Division, towns[5].Name = "370686105000", "370686105000", "栖霞市甲镇"
	for i := range towns {
		y := &towns[i].Years[1]
		y.Values["procurement.amount"], y.Units = float64(100+i), map[string]string{"procurement.amount": "CNY_10k"}
	}
	towns[0].Years[1].Values["procurement.amount"], towns[0].Years[1].Units = 9_990_000, map[string]string{"procurement.amount": "CNY"}
	towns[1].Years[1].Units = nil // the page states none
	k, err := open(t, towns...).Rank(context.Background(), "", "township", "procurement.amount", 2020, query.Published)
	if err != nil {
		t.Fatal(err)
	}
	if k.Unit != "CNY_10k" || k.Ranked[0].Issuer.ID != towns[0].ID || k.Ranked[0].Value != 999 || k.Ranked[0].Rank != 1 || k.Summary.N != 5 {
		t.Errorf("in %s: %+v", k.Unit, k.Ranked)
	}
	if last := k.Ranked[5]; last.Issuer.ID != towns[1].ID || last.Rank != 0 {
		t.Errorf("an amount of no stated unit is ranked: %+v", last)
	}
}
