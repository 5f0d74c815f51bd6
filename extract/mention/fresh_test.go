package mention

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// freshSentences reads testdata/fresh.txt, whose head says how a line is written.
func freshSentences(t testing.TB) []passage {
	body, err := os.ReadFile(filepath.Join("testdata", "fresh.txt"))
	if err != nil {
		t.Fatal(err)
	}
	var all []passage
	for i, line := range strings.Split(strings.TrimSpace(string(body)), "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		fields := strings.Split(line, "\t")
		p := passage{Issuer: "青禾县", Snippet: strings.ReplaceAll(fields[0], "⏎", "\n")}
		for _, written := range fields[1:] {
			f, err := parseFact(written)
			if err != nil {
				t.Fatalf("fresh.txt:%d: %s: %v", i+1, written, err)
			}
			p.Facts = append(p.Facts, f)
		}
		all = append(all, p)
	}
	return all
}

// parseFact reads label|count|unit|part of|share|category.
func parseFact(s string) (fact, error) {
	parts := strings.Split(s, "|")
	if len(parts) > 6 {
		return fact{}, fmt.Errorf("%d fields", len(parts))
	}
	parts = append(parts, make([]string, 6-len(parts))...)
	cumulative := strings.HasPrefix(parts[1], "+")
	f := fact{Label: parts[0], Approx: strings.HasPrefix(parts[1], "~"), Cumulative: &cumulative, Unit: &parts[2]}
	n, err := strconv.ParseFloat(strings.TrimLeft(parts[1], "~+"), 64)
	if err != nil {
		return f, err
	}
	f.Count = &n
	if parts[3] != "" {
		of, err := strconv.Atoi(parts[3])
		if err != nil {
			return f, err
		}
		f.Parent = &of
	}
	if parts[4] != "" {
		share, err := strconv.ParseFloat(parts[4], 64)
		if err != nil {
			return f, err
		}
		f.Share = &share
	}
	if parts[5] != "" {
		f.Category = &parts[5]
	}
	return f, nil
}

// TestFreshSentences pins the floors on sentences that were labelled before this grammar was tried on them.
func TestFreshSentences(t *testing.T) {
	s := score(freshSentences(t), Find)
	t.Log(s)
	for _, e := range s.errs {
		t.Log(e)
	}
	floors(t, s, 0.99)
}
