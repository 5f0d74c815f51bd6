package read_test

import (
	"bytes"
	"context"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/read"
	"github.com/gongkai-data/gongkai/normalize"
)

// mutantsByDefault is how many damaged copies of each page and text of the corpus are read; GONGKAI_CUTS and
// GONGKAI_SEED try more and others.
const mutantsByDefault = 4

// TestMutatedDocuments damages whole documents of the corpus: no stage of the reading breaks off.
func TestMutatedDocuments(t *testing.T) {
	seed, each := fromEnvironment(t, "GONGKAI_SEED", 1), int(fromEnvironment(t, "GONGKAI_CUTS", mutantsByDefault))
	names, _ := listCorpus(t, *corpusDir)
	var bodies [][]byte
	for _, name := range names {
		if ext := filepath.Ext(name); ext == ".html" || ext == ".txt" {
			body, err := os.ReadFile(filepath.Join(*corpusDir, name))
			if err != nil {
				t.Fatal(err)
			}
			if len(body) > 0 {
				bodies = append(bodies, body)
			}
		}
	}
	random := rand.New(rand.NewPCG(seed, 7))
	tried := 0
	for i, body := range bodies {
		for range each {
			tried++
			mutant := mutate(random, body, bodies[random.IntN(len(bodies))])
			if p := broken(t, mutant); p != nil {
				t.Errorf("seed %d, a copy of document %d: %s", seed, i, p.Detail)
			}
		}
	}
	t.Logf("seed %d, %d damaged documents", seed, tried)
}

// mutate damages a document in one to four ways: lines and tags lost, doubled, moved or put into another place, pieces
// of another document, bytes changed.
func mutate(random *rand.Rand, body, other []byte) []byte {
	out := slices.Clone(body)
	for range 1 + random.IntN(4) {
		pieces := bytes.SplitAfter(out, []byte("\n"))
		if random.IntN(2) == 0 || len(pieces) < 4 {
			pieces = bytes.SplitAfter(out, []byte(">"))
		}
		a, b := random.IntN(len(pieces)), random.IntN(len(pieces))
		n := min(1+random.IntN(8), len(pieces)-a)
		switch random.IntN(6) {
		case 0:
			pieces = slices.Delete(pieces, a, a+n)
		case 1:
			pieces = slices.Insert(pieces, b, slices.Clone(pieces[a:a+n])...)
		case 2:
			pieces[a], pieces[b] = pieces[b], pieces[a]
		case 3:
			at := random.IntN(len(other))
			pieces[a] = slices.Concat(pieces[a], other[at:min(at+200, len(other))])
		case 4:
			pieces[a] = shorten(random, pieces[a])
		case 5:
			pieces[a] = bytes.Map(func(r rune) rune {
				if r >= '0' && r <= '9' && random.IntN(3) == 0 {
					return rune("0123456789/-— \t|；，（"[random.IntN(12)])
				}
				return r
			}, pieces[a])
		}
		out = bytes.Join(pieces, nil)
	}
	return out
}

// shorten takes characters from the end of a line.
func shorten(random *rand.Rand, line []byte) []byte {
	for range 1 + random.IntN(6) {
		_, n := utf8.DecodeLastRune(line)
		line = line[:len(line)-n]
	}
	return line
}

// broken reads a document and returns the problem of a stage that broke off, if one did.
func broken(t *testing.T, body []byte) *extract.Problem {
	r, err := read.Report(context.Background(), "mutant", body, read.Options{})
	if err != nil {
		t.Fatal(err)
	}
	normalize.Read(r)
	worded(t, "a mutant", r.Problems)
	for _, p := range r.Problems {
		if p.Kind == extract.ReadingFailed || p.Code == "stage_failed" {
			return &p
		}
	}
	return nil
}

// FuzzReport reads whole documents: no stage breaks off. Its seeds are in testdata/fuzz: both faults that once lost a
// whole report.
func FuzzReport(f *testing.F) {
	f.Add([]byte("2023年甲镇政府信息公开工作年度报告\n一、总体情况\n全年公开信息12件，其中政策3条；依申请公开0件。\n"))
	f.Add([]byte("<p>四、政府信息公开行政复议、行政诉讼情况</p><table><tr><td>行政复议<td>结果维持<tr><td>1<td>2"))
	f.Fuzz(func(t *testing.T, body []byte) {
		if len(body) > 1<<16 || strings.HasPrefix(string(body), "%PDF") {
			return // the engines of PDF have processes of their own
		}
		if p := broken(t, body); p != nil {
			t.Error(p.Detail)
		}
	})
}
