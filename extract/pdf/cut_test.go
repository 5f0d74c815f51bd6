package pdf

import (
	"strings"
	"testing"
)

func TestCut(t *testing.T) {
	head := "%PDF-1.7\n1 0 obj<</Linearized 1/O 5/H[ 676 158]/L 2048/E 900/N 1>>endobj\n"
	body := head + strings.Repeat("x", 2048-len(head)-len("startxref\n9\n%%EOF\n")) + "startxref\n9\n%%EOF\n"
	for name, c := range map[string]struct{ body, says string }{
		"whole":                            {body, ""},
		"junk behind the end":              {body + "<!-- served -->", ""},
		"no end mark":                      {body[:1500], "without the end mark"},
		"shorter than promised":            {head + "%%EOF\n" + strings.Repeat("x", 900), "of the 2048 bytes"},
		"in an update":                     {body + "7 0 obj<</Length 9>>stream\nxx", "within an update"},
		"an update with an end of its own": {body + "7 0 obj<<>>endobj\nstartxref\n9\n%%EOF\n", ""},
	} {
		if got := cut([]byte(c.body)); c.says == "" && got != "" || !strings.Contains(got, c.says) {
			t.Errorf("%s: %q, want %q", name, got, c.says)
		}
	}
}
