package mention

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/lexicon"
	"github.com/gongkai-data/gongkai/datasets/shared"
	"github.com/gongkai-data/gongkai/extract"
)

// longestMatch is the dictionary without gse: the longest word that begins at each place. It is the baseline that gse
// is measured against.
type longestMatch map[string]byte

func newLongestMatch() longestMatch {
	m := longestMatch{}
	for _, line := range strings.Split(strings.TrimSpace(lexicon.Field), "\n") {
		if f := strings.Fields(line); len(f) == 3 {
			m[f[0]] = f[2][0]
		}
	}
	return m
}

func (m longestMatch) cut(_ []token, phrase []rune) []token {
	var all []token
	for i := 0; i < len(phrase); {
		n, class := 1, byte('x')
		for k := min(10, len(phrase)-i); k > 0; k-- {
			if c, is := m[string(phrase[i:i+k])]; is {
				n, class = k, c
				break
			}
		}
		all = append(all, token{i, i + n, class})
		i += n
	}
	return all
}

// noWords knows no word at all.
func noWords(_ []token, phrase []rune) []token {
	all := make([]token, len(phrase))
	for i := range phrase {
		all[i] = token{i, i + 1, 'x'}
	}
	return all
}

// TestSegmenters measures what segmentation is worth; gse must not do worse than the plain dictionary.
func TestSegmenters(t *testing.T) {
	ps := passages(t, filepath.Join("testdata", "passages.jsonl"))
	ps = append(ps, passages(t, filepath.Join(shared.Path(t), "gold", "narrative_dev.jsonl"))...)
	f1 := map[string]float64{}
	for name, seg := range map[string]segmenter{"gse": defaultSegmenter(), "longest match": newLongestMatch().cut, "no words": noWords} {
		s := score(ps, func(r *extract.Report) { r.Mentions, _ = scan(r.Text, seg) })
		f1[name] = s.f1()
		t.Logf("%s: %v", name, s)
	}
	if f1["gse"] < f1["longest match"] {
		t.Errorf("gse %.4f is below longest match %.4f", f1["gse"], f1["longest match"])
	}
}

// TestDictionary: every line has a word, a weight and a known class, and no word stands twice.
func TestDictionary(t *testing.T) {
	seen := map[string]bool{}
	for i, line := range strings.Split(strings.TrimSpace(lexicon.Field), "\n") {
		f := strings.Fields(line)
		if len(f) != 3 || len(f[2]) != 1 || !strings.Contains("tsdmvpna", f[2]) || seen[f[0]] {
			t.Errorf("field.txt:%d: %q", i+1, line)
			continue
		}
		seen[f[0]] = true
	}
}
