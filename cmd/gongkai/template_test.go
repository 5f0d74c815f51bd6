package main

import (
	"os"
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/inputs"
	"github.com/gongkai-data/gongkai/normalize"
)

// A printed template is a file of its kind, and a file begun from it takes what review adds.
func TestTemplate(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, f := range inputs.Files() {
		if code, out, errOut := gongkai(t, "template", f.Name); code != exitDone || !strings.Contains(out, strings.Join(f.Header(), ",")) {
			t.Errorf("%s: exit %d: %s%s", f.Name, code, out, errOut)
		}
	}
	if code, _, errOut := gongkai(t, "template", "seed"); code != exitUsage || !strings.Contains(errOut, "seeds") {
		t.Errorf("an unknown template: exit %d: %s", code, errOut)
	}
	write(t, "s.csv", []byte("site,nam\nhttp://a.test/,x\n"))
	if code, _, errOut := gongkai(t, "crawl", "--seeds", "s.csv", "--contact", "a@example.org"); code != exitFailed || !strings.Contains(errOut, "did you mean name?") {
		t.Errorf("a wrong header: exit %d: %s", code, errOut)
	}
}

// A line is added only where its fields meet the columns of the file.
func TestACorrectionIsNotPutInWrongColumns(t *testing.T) {
	t.Chdir(t.TempDir())
	nought, twelve := 0.0, 12.0
	c := normalize.Correction{ReportID: "x-1-2023-00000000", Indicator: "review.total", Published: &nought, Corrected: &twelve, Reason: "r",
		Evidence: "https://a.example/", Who: "me"}
	_, template, _ := gongkai(t, "template", "corrections")
	header := strings.Join(func() []string { f, _ := inputs.Lookup(inputs.Corrections); return f.Header() }(), ",")
	for body, fits := range map[string]bool{
		template: true,
		strings.Replace(template, header, strings.Replace(header, "published_value,corrected_value", "corrected_value,published_value", 1), 1): false,
	} {
		write(t, "corrections.csv", []byte(body))
		err := appendCorrection("corrections.csv", c)
		after, _ := os.ReadFile("corrections.csv")
		if (err == nil) != fits || !fits && string(after) != body {
			t.Errorf("%v, want added %v; the file is now %q", err, fits, after)
		}
	}
}
