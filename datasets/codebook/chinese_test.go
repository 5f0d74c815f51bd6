package codebook

import "testing"

// Every text of the code book has its Chinese.
func TestChinese(t *testing.T) {
	var texts []string
	for _, in := range All() {
		texts = append(texts, in.Definition, in.Note)
	}
	for _, p := range Crosswalk() {
		texts = append(texts, p.Reason)
	}
	for _, s := range texts {
		if s != "" && Chinese(s) == s {
			t.Errorf("no Chinese for %q", s)
		}
	}
}
