package sample

import (
	"flag"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
)

var writeDigests = flag.Bool("digests", false, "write digests.txt anew, after a change of the sample")

// The list of digests is that of the files of the site.
func TestDigests(t *testing.T) {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(files())) {
		b.WriteString(Digest(File(name)) + "  " + name + "\n")
	}
	if *writeDigests {
		if err := os.WriteFile("digests.txt", []byte(b.String()), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	if digests != b.String() {
		t.Error("digests.txt is not that of the files; go test ./datasets/sample -run TestDigests -digests writes it")
	}
}
