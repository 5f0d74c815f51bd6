package read_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/read"
	"github.com/gongkai-data/gongkai/normalize"
)

// Cuts of each document that are tried: as many tags and as many random bytes. GONGKAI_CUTS=0 tries every tag and 1,000
// random bytes, any other number that many of each; GONGKAI_SEED chooses them.
const (
	cutsByDefault = 6
	allCuts       = 1000
	cutsOfPDF     = 1 // each costs two engines a tenth of a second
)

func fromEnvironment(t *testing.T, name string, without uint64) uint64 {
	s := os.Getenv(name)
	if s == "" {
		return without
	}
	n, err := strconv.ParseUint(s, 10, 64)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return n
}

// TestCutDocuments cuts the documents of the corpus before the end of their last table of the form. No number of a cut
// document is another than that of the whole one, none is called blank, and none of them is graded A or B.
func TestCutDocuments(t *testing.T) {
	seed, cuts := fromEnvironment(t, "GONGKAI_SEED", 1), int(fromEnvironment(t, "GONGKAI_CUTS", cutsByDefault))
	names, _ := listCorpus(t, *corpusDir)
	var mu sync.Mutex
	tried := map[string]int{}
	next := make(chan string)
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for name := range next {
				n, faults := tryCuts(t, name, seed, cuts)
				mu.Lock()
				tried[filepath.Ext(name)] += n
				for _, f := range faults[:min(len(faults), 4)] {
					t.Errorf("%s: %s", name, f)
				}
				if len(faults) > 4 {
					t.Errorf("%s: and %d more of %d cuts", name, len(faults)-4, n)
				}
				mu.Unlock()
			}
		})
	}
	for _, name := range names {
		next <- name
	}
	close(next)
	wg.Wait()
	t.Logf("seed %d, cuts tried: %v", seed, tried)
}

func tryCuts(t *testing.T, name string, seed uint64, cuts int) (tried int, faults []string) {
	body, err := os.ReadFile(filepath.Join(*corpusDir, name))
	if err != nil {
		return 0, []string{err.Error()}
	}
	whole := reading(t, name, body)
	end := endOfTables(body, whole.Report)
	if end == 0 {
		return 0, nil
	}
	truth := goldOf(t, name)
	for _, at := range places(name, body[:end], seed, cuts) {
		tried++
		if err := compareCut(truth, whole, reading(t, name, body[:at])); err != nil {
			faults = append(faults, fmt.Sprintf("cut at byte %d of %d, behind %q: %v", at, len(body), tail(body[:at]), err))
		}
	}
	return tried, faults
}

func goldOf(t *testing.T, name string) (g gold) {
	raw, err := os.ReadFile(filepath.Join(*corpusDir, name+".gold.json"))
	if err == nil {
		err = json.Unmarshal(raw, &g)
	}
	if err != nil {
		t.Errorf("%s: its gold: %v", name, err)
	}
	return g
}

func tail(b []byte) []byte { return b[max(0, len(b)-40):] }

func reading(t *testing.T, name string, body []byte) *normalize.Reading {
	r, err := read.Report(context.Background(), name, body, read.Options{})
	if err != nil {
		t.Errorf("%s: %v", name, err)
		return normalize.Read(&extract.Report{})
	}
	n := normalize.Read(r)
	worded(t, name, r.Problems)
	return n
}

// worded checks that every problem has its sentence in both languages, and its English words from there or with the
// cell before them.
func worded(t *testing.T, name string, problems []extract.Problem) {
	for _, p := range problems {
		_, zh := codebook.Say("zh", p.Code, p.Args...)
		if en, ok := codebook.Say("en", p.Code, p.Args...); !ok || !zh || p.Detail == "" || !strings.HasSuffix(p.Detail, en) {
			t.Errorf("%s: the problem %q has the code %q %q: %q", name, p.Detail, p.Code, p.Args, en)
		}
	}
}

// endOfTables is the byte with which the last table of the form ends, as far as that can be told without reading: 0
// where it cannot.
func endOfTables(body []byte, whole *extract.Report) int {
	if len(whole.Facts) == 0 || strings.HasPrefix(whole.Facts[len(whole.Facts)-1].Indicator, "stat2014.") {
		return 0
	}
	switch {
	case bytes.HasPrefix(body, []byte("\x1f\x8b")):
	case whole.Reader == "html":
		if i := max(bytes.LastIndex(body, []byte("</table>")), bytes.LastIndex(body, []byte("</TABLE>"))); i > 0 {
			return i
		}
		return max(0, bytes.LastIndex(body, []byte("五、")))
	case whole.Reader == "txt":
		last := 0
		for _, f := range whole.Facts {
			var from, to int
			if _, err := fmt.Sscanf(f.Locator, "line:%d-%d", &from, &to); err == nil && f.Applicant != nil || !strings.HasPrefix(f.Indicator, "processing_fee") {
				last = max(last, to)
			}
		}
		at := 0
		for ; last > 0; last-- {
			n := bytes.IndexByte(body[at:], '\n')
			if n < 0 {
				return len(body)
			}
			at += n + 1
		}
		return max(0, at-1)
	}
	return len(body) * 9 / 10
}

// places chooses where to cut: at tags of a page, at cells of a text, and anywhere.
func places(name string, body []byte, seed uint64, cuts int) (out []int) {
	all := cuts == 0
	if all {
		cuts = allCuts
	}
	if strings.HasSuffix(name, ".pdf") {
		cuts = min(cuts, cutsOfPDF)
	}
	random := rand.New(rand.NewPCG(seed, uint64(len(body))))
	var tags []int
	for i, c := range body {
		if c == '<' || c == '|' || c == '\t' || c == '\n' {
			tags = append(tags, i)
		}
	}
	if !all || strings.HasSuffix(name, ".pdf") || strings.HasSuffix(name, ".docx") {
		random.Shuffle(len(tags), func(i, j int) { tags[i], tags[j] = tags[j], tags[i] })
		tags = tags[:min(len(tags), cuts)]
	}
	out = append(out, tags...)
	for range cuts {
		out = append(out, 1+random.IntN(max(1, len(body)-1)))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// compareCut says what the reading of a cut document claims that is not true of the whole one.
func compareCut(truth gold, whole, cut *normalize.Reading) error {
	if q := cut.Quality(); q == "A" || q == "B" {
		return errors.New("quality " + q)
	}
	is := map[cellKey]goldFact{}
	for _, f := range truth.Facts {
		is[keyOf(f.Indicator, f.Applicant)] = f
	}
	for _, f := range cut.Facts {
		w, ok := is[keyOf(f.Indicator, f.Applicant)]
		switch {
		case f.Value != nil && (!ok || !same(f.Value, w.Value)):
			return fmt.Errorf("%v is %s, the whole document has %s", keyOf(f.Indicator, f.Applicant), say(f.State, f.Value), say(w.State, w.Value))
		case f.State == extract.Blank && ok && w.Value != nil:
			return fmt.Errorf("%v is blank, the whole document has %s", keyOf(f.Indicator, f.Applicant), say(w.State, w.Value))
		}
	}
	counts := map[int]float64{}
	for _, m := range whole.Mentions {
		counts[m.StartOffset] = m.Count
	}
	for _, m := range cut.Mentions {
		if c, ok := counts[m.StartOffset]; ok && c != m.Count {
			return fmt.Errorf("the text counts %g (%s), the whole one %g", m.Count, m.Label, c)
		}
	}
	return nil
}
