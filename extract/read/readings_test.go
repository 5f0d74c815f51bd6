package read

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/report"
)

// TestSumsChooseAmongReadings: of the numbers that recognitions see in a cell the sums of the form choose, where they
// leave one, and nothing else does.
func TestSumsChooseAmongReadings(t *testing.T) {
	body, err := os.ReadFile(filepath.Join("testdata", "scans", "form-3.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		text, readings string // of the cell that is made unread
		indicator      string
		want           float64 // 0 for unreadable
	}{
		"one fits":             {"1489", "1439\n1489", "requests.received", 1489},
		"none fits":            {"1489", "1439\n1439.", "requests.received", 0},
		"no readings":          {"1489", "", "requests.received", 0},
		"no sum for the table": {"108", "108\n103", "regulations.made", 0},
	} {
		d, err := Document(context.Background(), "form-3.pdf", body, Options{})
		if err != nil {
			t.Fatal(err)
		}
		changed := 0
		for i := range d.Blocks {
			if d.Blocks[i].Grid == nil {
				continue
			}
			for k := range d.Blocks[i].Grid.Cells {
				cell := &d.Blocks[i].Grid.Cells[k]
				cell.Recognised = true
				if cell.Text == c.text {
					cell.Text, cell.Readings, cell.Doubt = "\uFFFD", c.readings, "the two recognitions of this picture differ"
					changed++
				}
			}
		}
		if changed != 1 {
			t.Fatalf("%s: %d cells hold %s", name, changed, c.text)
		}
		for _, f := range report.Build(d).Facts {
			if f.Indicator != c.indicator || f.Applicant != nil && *f.Applicant != "natural_person" {
				continue
			}
			if got := f.State == extract.Reported && *f.Value == c.want; got != (c.want != 0) || c.want == 0 && f.State != extract.Unreadable {
				t.Errorf("%s: %s is %s, %q", name, f.Indicator, f.State, f.Raw)
			}
		}
	}
}
