package read

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/datasets/shared"
	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/scan"
	"github.com/gongkai-data/gongkai/normalize/identity"
	"github.com/gongkai-data/gongkai/normalize/rule"
)

// TestCoarseScan: a page at 72 dots an inch in black and white, on which a person guesses at half of the digits.
// Whatever is given must be right.
func TestCoarseScan(t *testing.T) {
	withOCR(t)
	body, err := os.ReadFile(filepath.Join("testdata", "corpus", "scanned-0.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	r, err := Report(context.Background(), "scanned-0.pdf", body, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if r.Reader != scan.Reader {
		t.Errorf("read by %q", r.Reader)
	}
	right := map[string]float64{"requests.received/natural_person": 7557, "requests.denied.state_secret/total": 2427, "requests.granted/total": 2421,
		"requests.carried_in/natural_person": 845, "requests.denied.state_secret/natural_person": 363, "requests.denied.internal_affairs/natural_person": 62}
	for _, f := range r.Facts {
		key := f.Indicator
		if f.Applicant != nil {
			key += "/" + *f.Applicant
		}
		if want, known := right[key]; known && f.Value != nil && *f.Value != want {
			t.Errorf("%s is %v, not %v", key, *f.Value, want)
		}
		if f.ReadBy != extract.ReadByOCR || f.State == extract.Blank {
			t.Errorf("%s: read by %s, %s", key, f.ReadBy, f.State)
		}
	}
}

// TestScansOfTheShared: the scans with known cells, where the shared folder is.
func TestScansOfTheShared(t *testing.T) {
	withOCR(t)
	folder := shared.Path(t, "formats")
	files, err := filepath.Glob(filepath.Join(folder, "*.scan.pdf"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no scans in %s: %v", folder, err)
	}
	if testing.Short() || os.Getenv("GONGKAI_SCANS") == "" {
		files = files[:1] // all of them take a minute: GONGKAI_SCANS=all
	}
	all := tally{whole: true}
	for _, file := range files {
		all.add(t, file)
	}
	t.Logf("%d of %d cells exact, %d wrong", all.exact, all.cells, all.wrong)
	if all.wrong > 0 || float64(all.exact) < leastShared*float64(all.cells) {
		t.Errorf("%d of %d cells exact, %d wrong", all.exact, all.cells, all.wrong)
	}
}

func ruleKey(indicator string, applicant *string) rule.Key {
	k := rule.Key{Indicator: indicator}
	if applicant != nil {
		k.Applicant = *applicant
	}
	return k
}

// inFailing names the tables with a sum that fails as published.
func inFailing(published rule.Table) map[string]bool {
	out := map[string]bool{}
	for _, c := range rule.Report(published, identity.Of(codebook.Standard)) {
		if c.Outcome == rule.Fail {
			out[tableOf(c.Cells[0].Indicator)] = true
		}
	}
	return out
}

// tableOf names the table of the forms that an indicator stands in.
func tableOf(indicator string) string {
	table, _, _ := strings.Cut(indicator, ".")
	switch table {
	case "review", "suit_direct", "suit_after_review":
		return codebook.Litigation
	}
	return table
}

// leastShared is the share of cells that are read at least, tables left out whose published sums fail.
const leastShared = 0.97

// tally counts the cells of scans. Those of tables whose published sums fail are counted apart: such a table is not
// read.
type tally struct {
	cells, exact, wrong, failing int
	whole                        bool // all pages were read, so what is missing is lost
}

func (n *tally) add(t *testing.T, file string) {
	t.Helper()
	body, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	r, err := Report(context.Background(), file, body, Options{})
	if err != nil {
		t.Fatal(err)
	}
	n.count(t, filepath.Base(file), file, r)
}

// count compares a report with the gold beside a file.
func (n *tally) count(t *testing.T, name, file string, r *extract.Report) {
	t.Helper()
	var gold struct {
		Facts []struct {
			Indicator string
			Applicant *string
			Value     *float64
			State     string
		}
	}
	known, err := os.ReadFile(file + ".gold.json")
	if err == nil {
		err = json.Unmarshal(known, &gold)
	}
	if err != nil {
		t.Fatal(err)
	}
	key := func(indicator string, applicant *string) string {
		if applicant != nil {
			return indicator + "/" + *applicant
		}
		return indicator
	}
	got := map[string]extract.Fact{}
	for _, f := range r.Facts {
		got[key(f.Indicator, f.Applicant)] = f
	}
	published := rule.Table{}
	for _, want := range gold.Facts {
		if want.Value != nil {
			published[ruleKey(want.Indicator, want.Applicant)] = *want.Value
		}
	}
	apart := inFailing(published)
	for _, want := range gold.Facts {
		f, found := got[key(want.Indicator, want.Applicant)]
		switch {
		case apart[tableOf(want.Indicator)]:
			n.failing++
		case found || n.whole:
			n.cells++
		}
		switch {
		case !found || f.State == extract.Unreadable:
		case f.Value != nil && want.Value != nil && *f.Value == *want.Value, f.Value == nil && want.Value == nil && f.State == want.State:
			if !apart[tableOf(want.Indicator)] {
				n.exact++
			}
		default:
			n.wrong++
			v := "no number"
			if want.Value != nil {
				v = fmt.Sprint(*want.Value)
			}
			t.Errorf("%s: %s is %q (%s), not %s", name, key(want.Indicator, want.Applicant), f.Raw, f.State, v)
		}
		delete(got, key(want.Indicator, want.Applicant))
	}
	for k, f := range got {
		if f.Value != nil {
			n.wrong++
			t.Errorf("%s: %s is %v, and the page has no such cell", name, k, *f.Value)
		}
	}
}
