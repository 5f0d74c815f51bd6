package issuer

import (
	"encoding/csv"
	"os"
	"strconv"
	"strings"
	"testing"
)

// TestNames holds the resolver to a list of real issuer names: what it resolves must be right without exception, and it
// must resolve at least 97% of what can be resolved from the name and the year alone. Column want: 12 digits for a
// government, 12 digits and '-' for a body below one, or a state. The codes were looked up in the source of the
// gazetteer by full path, not by this program.
func TestNames(t *testing.T) {
	f, err := os.Open("testdata/names.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var resolvable, found int
	for _, r := range rows[1:] {
		name, want := r[0], r[2]
		year, _ := strconv.Atoi(r[1])
		got := Resolve(Input{Name: name, Year: year})
		if want == Ambiguous || want == Unresolved {
			if got.State != want {
				t.Errorf("%s %d: %s %s, want %s", name, year, got.State, got.ID, want)
			}
			continue
		}
		resolvable++
		switch {
		case got.State != Resolved:
			t.Logf("not resolved: %s %d: %s %v %v", name, year, got.State, got.Candidates, got.Evidence)
		case got.ID == want || strings.HasSuffix(want, "-") && strings.HasPrefix(got.ID, want) && len(got.ID) == len(want)+8:
			found++
		default:
			t.Errorf("wrong: %s %d: %s %v, want %s", name, year, got.ID, got.Evidence, want)
		}
	}
	recall := float64(found) / float64(resolvable)
	t.Logf("%d names, %d resolvable, recall %.2f%%", len(rows)-1, resolvable, 100*recall)
	if len(rows) < 301 || recall < 0.97 {
		t.Errorf("%d names with recall %.4f; want at least 300 and 0.97", len(rows)-1, recall)
	}
}
