package read

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/scan"
)

// TestCoarseScan: a page at 72 dots an inch in black and white, on which a person guesses at half of the digits. Whatever is given must be right.
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
	shared := os.Getenv("GONGKAI_SHARED")
	if shared == "" {
		t.Skip("GONGKAI_SHARED is not set")
	}
	if !filepath.IsAbs(shared) {
		shared = filepath.Join("..", "..", shared)
	}
	files, err := filepath.Glob(filepath.Join(shared, "formats", "*.scan.pdf"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no scans in %s: %v", shared, err)
	}
	if testing.Short() || os.Getenv("GONGKAI_SCANS") == "" {
		files = files[:1] // all of them take a minute: GONGKAI_SCANS=all
	}
	var all tally
	for _, file := range files {
		all.add(t, file)
	}
	t.Logf("%d of %d cells exact, %d wrong", all.exact, all.cells, all.wrong)
	if all.wrong > 0 || float64(all.exact) < leastShared*float64(all.cells) {
		t.Errorf("%d of %d cells exact, %d wrong", all.exact, all.cells, all.wrong)
	}
}

// leastShared is the share of cells that are read at least.
const leastShared = 0.90

// tally counts the cells of scans.
type tally struct{ cells, exact, wrong int }

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
	for _, want := range gold.Facts {
		n.cells++
		f, found := got[key(want.Indicator, want.Applicant)]
		switch {
		case !found || f.State == extract.Unreadable:
		case f.Value != nil && want.Value != nil && *f.Value == *want.Value, f.Value == nil && want.Value == nil && f.State == want.State:
			n.exact++
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
