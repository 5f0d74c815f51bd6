package read_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sort"
	"strings"
	"sync"
	"testing"

	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/read"
)

// The accuracy gate: every document of testdata/corpus is read and compared with its gold, cell by cell and count by
// count. The documents are written by testdata/generate, which shares nothing with the readers. floors.json pins what
// was reached, with a digest of the corpus.
var (
	corpusDir    = flag.String("corpus", filepath.Join("testdata", "corpus"), "folder of documents with DOC.gold.json beside each; floors apply to the committed corpus only")
	updateFloors = flag.Bool("update-floors", false, "write the reached scores as the new floors")
	allowLower   = flag.Bool("allow-lower", false, "let -update-floors lower a floor")
)

type goldFact struct {
	Indicator string   `json:"indicator"`
	Applicant *string  `json:"applicant"`
	Value     *float64 `json:"value"`
	State     string   `json:"state"`
}

type goldMention struct {
	Label       string   `json:"label"`
	Count       float64  `json:"count"`
	Unit        string   `json:"unit"`
	Approximate bool     `json:"approximate"`
	Cumulative  bool     `json:"cumulative"`
	SharePct    *float64 `json:"share_pct"`
	PartOf      *int     `json:"part_of"`
	Category    *string  `json:"category"`
}

type gold struct {
	Year          int           `json:"year"`
	Template      string        `json:"template"`
	Facts         []goldFact    `json:"facts"`
	Mentions      []goldMention `json:"mentions"`
	Trap          bool          `json:"trap"`           // a guess is forbidden: facts hold what is true, a fact may be missing but not be another
	ExpectProblem string        `json:"expect_problem"` // a problem of this kind (or one of several, a|b) must be told
}

// floors are the pinned scores. Digest is of the committed corpus: documents and gold.
type floors struct {
	Digest     string  `json:"corpus_sha256"`
	Documents  int     `json:"documents"`
	Cells      float64 `json:"cells"`        // share of cells that are exact
	Silent     int     `json:"silent_wrong"` // most wrong cells without a problem
	Whole      float64 `json:"whole"`        // share of documents without any difference
	Precision  float64 `json:"mention_precision"`
	Recall     float64 `json:"mention_recall"`
	Approx     float64 `json:"mention_approximate"`
	Share      float64 `json:"mention_share"`
	PartOf     float64 `json:"mention_part_of"`
	Category   float64 `json:"mention_category"`
	Cumulative float64 `json:"mention_cumulative"`
}

// least is what the project demands whatever floors.json says.
var least = floors{Cells: 1, Whole: 1, Precision: 0.95, Recall: 0.95, Approx: 0.9, Share: 0.9, PartOf: 0.9, Category: 0.9, Cumulative: 0.9}

func TestCorpus(t *testing.T) {
	names, digest := listCorpus(t, *corpusDir)
	scores := make([]score, len(names))
	var wg sync.WaitGroup
	next := make(chan int)
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for i := range next {
				scores[i] = scoreFile(t, filepath.Join(*corpusDir, names[i]))
			}
		})
	}
	for i := range names {
		next <- i
	}
	close(next)
	wg.Wait()
	var sum score
	for i, s := range scores {
		for _, line := range s.lines {
			t.Logf("%s: %s", names[i], line)
		}
		sum.add(s)
	}
	got := sum.floors()
	got.Digest, got.Documents = digest, len(names)
	t.Logf("%d documents, whole %d; cells %d/%d, silent wrong %d; mentions P %.4f R %.4f, approximate %.4f share %.4f part_of %.4f category %.4f cumulative %.4f",
		len(names), sum.whole, sum.exact, sum.cells, sum.silent, got.Precision, got.Recall, got.Approx, got.Share, got.PartOf, got.Category, got.Cumulative)
	if !strings.HasSuffix(filepath.ToSlash(*corpusDir), "testdata/corpus") {
		return
	}
	gate(t, got)
}

// gate holds the scores against the floors, or writes new floors when asked to.
func gate(t *testing.T, got floors) {
	path := filepath.Join(*corpusDir, "floors.json")
	var pinned floors
	body, err := os.ReadFile(path)
	if err == nil {
		err = json.Unmarshal(body, &pinned)
	}
	if err != nil && !*updateFloors {
		t.Fatalf("floors of the corpus: %v", err)
	}
	below := append(got.below(pinned, "the pinned floor"), got.below(least, "the least allowed")...)
	if *updateFloors && (len(below) == 0 || *allowLower) {
		body, err := json.MarshalIndent(got, "", " ")
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, append(body, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	for _, line := range below {
		t.Error(line)
	}
	if got.Digest != pinned.Digest || got.Documents != pinned.Documents {
		t.Errorf("the corpus changed (%d documents, %s; pinned %d, %s): confirm its floors with -update-floors", got.Documents, got.Digest, pinned.Documents, pinned.Digest)
	}
}

// below reports in which scores f is worse than g.
func (f floors) below(g floors, what string) []string {
	const rounding = 1e-9
	var out []string
	for _, p := range []struct {
		name    string
		is, min float64
	}{
		{"cells", f.Cells, g.Cells}, {"whole documents", f.Whole, g.Whole}, {"mention precision", f.Precision, g.Precision}, {"mention recall", f.Recall, g.Recall},
		{"approximate", f.Approx, g.Approx}, {"share", f.Share, g.Share}, {"part_of", f.PartOf, g.PartOf}, {"category", f.Category, g.Category}, {"cumulative", f.Cumulative, g.Cumulative},
		{"silent wrong cells", -float64(f.Silent), -float64(g.Silent)},
	} {
		if p.is < p.min-rounding {
			out = append(out, fmt.Sprintf("%s: %.4f is below %s, %.4f", p.name, p.is, what, p.min))
		}
	}
	return out
}

// listCorpus names the documents of a folder and digests them with their gold. For the committed corpus it also holds
// them against corpus.json.
func listCorpus(t *testing.T, dir string) (names []string, digest string) {
	golds, err := filepath.Glob(filepath.Join(dir, "*.gold.json"))
	if err != nil || len(golds) == 0 {
		t.Fatalf("no document with gold in %s (%v)", dir, err)
	}
	sums := map[string]string{}
	all := sha256.New()
	for _, g := range golds {
		name := strings.TrimSuffix(filepath.Base(g), ".gold.json")
		names = append(names, name)
		for _, path := range []string{filepath.Join(dir, name), g} {
			body, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			sum := sha256.Sum256(body)
			sums[filepath.Base(path)] = hex.EncodeToString(sum[:])
		}
	}
	sort.Strings(names)
	for _, name := range names {
		_, _ = fmt.Fprintf(all, "%s %s %s\n", name, sums[name], sums[name+".gold.json"])
	}
	body, err := os.ReadFile(filepath.Join(dir, "corpus.json"))
	if err == nil {
		var rows []struct{ File, Kind, SHA256, Tests string }
		if err := json.Unmarshal(body, &rows); err != nil {
			t.Fatalf("corpus.json: %v", err)
		}
		if len(rows) != len(names) {
			t.Errorf("corpus.json lists %d documents, the folder holds %d", len(rows), len(names))
		}
		for _, r := range rows {
			if sums[r.File] != r.SHA256 || r.Tests == "" {
				t.Errorf("corpus.json: %s is %s, the file is %s", r.File, r.SHA256, sums[r.File])
			}
		}
	}
	return names, hex.EncodeToString(all.Sum(nil))
}

func scoreFile(t *testing.T, path string) score {
	body, err := os.ReadFile(path)
	if err != nil {
		t.Error(err)
		return score{}
	}
	var g gold
	if raw, err := os.ReadFile(path + ".gold.json"); err != nil {
		t.Error(err)
	} else if err := json.Unmarshal(raw, &g); err != nil {
		t.Errorf("%s.gold.json: %v", path, err)
	}
	r, err := read.Report(context.Background(), path, body, read.Options{})
	if err != nil {
		t.Errorf("%s: %v", path, err)
		return score{}
	}
	worded(t, path, r.Problems)
	s := compareFacts(g, r)
	s.compareMentions(g, r)
	return s
}

// template folds the templates of a report's tables into one, as package normalize does for the column `template`.
func template(r *extract.Report) string {
	out := ""
	for _, t := range r.Templates {
		switch {
		case t == "" || t == out:
		case out == "":
			out = t
		default:
			out = "mixed"
		}
	}
	return out
}
