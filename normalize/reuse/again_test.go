package reuse

import (
	"bytes"
	"fmt"
	"iter"
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"strconv"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/schema"
)

// inMemory is a Sorter that holds all.
type inMemory[T any] struct {
	all     []T
	compare func(a, b T) int
}

func (s *inMemory[T]) Add(v T) error { s.all = append(s.all, v); return nil }
func (s *inMemory[T]) Close() error  { s.all = nil; return nil }
func (s *inMemory[T]) Sorted() iter.Seq2[T, error] {
	slices.SortFunc(s.all, s.compare)
	return func(yield func(T, error) bool) {
		for _, v := range s.all {
			if !yield(v, nil) {
				return
			}
		}
	}
}

// file is what a test writes texts to.
type file struct{ bytes.Buffer }

func (f *file) ReadAt(p []byte, off int64) (int, error) { return copy(p, f.Bytes()[off:]), nil }

// search is what one search found and keeps.
type search struct {
	results  map[string]Result
	postings []Posting
	texts    [][]byte
	table    *Table
	csv      string
}

type paper struct {
	report Report
	text   string
}

func storeFor(s *search) Store {
	return Store{Postings: &inMemory[Posting]{compare: ComparePostings}, Links: func() Sorter[Link] { return &inMemory[Link]{compare: CompareLinks} }, Texts: &file{},
		Keep: func(p Posting) error { s.postings = append(s.postings, p); return nil }}
}

func (s *search) end(t *testing.T, f *Finder, table *Table) {
	t.Helper()
	for i := range f.reports {
		packed, err := f.Packed(i)
		if err != nil {
			t.Fatal(err)
		}
		s.texts = append(s.texts, bytes.Clone(packed))
	}
	var b bytes.Buffer
	if err := table.Write(&b); err != nil {
		t.Fatal(err)
	}
	s.table, s.csv = table, b.String()
}

func searchWhole(t *testing.T, papers []paper) *search {
	t.Helper()
	s := &search{results: map[string]Result{}}
	f := NewFinder(storeFor(s))
	for _, p := range papers {
		if err := f.Add(p.report, p.text, fold(p.text)); err != nil {
			t.Fatal(err)
		}
	}
	table, err := f.Find(t.Context(), nil, func(r Result) error { s.results[r.ReportID] = r; return nil })
	if err != nil {
		t.Fatal(err)
	}
	s.end(t, f, table)
	return s
}

// searchAgain searches papers after those of before. It returns how many reports were examined.
func searchAgain(t *testing.T, before *search, old, papers []paper) (*search, int) {
	t.Helper()
	was := map[string]int{}
	for i, p := range old {
		was[p.report.ID] = i
	}
	// the reports of an issuer of which one changed are all new
	anew := map[string]bool{}
	for _, side := range [][2][]paper{{old, papers}, {papers, old}} {
		for _, p := range side[0] {
			if !slices.ContainsFunc(side[1], func(o paper) bool { return reflect.DeepEqual(o, p) }) {
				anew[p.report.IssuerID] = true
			}
		}
	}
	s := &search{results: maps.Clone(before.results)}
	f := NewFinderAfter(storeFor(s), Before{Reports: len(old), Table: before.table,
		Postings: (&inMemory[Posting]{all: before.postings, compare: ComparePostings}).Sorted,
		Text:     func(n int) ([]byte, error) { return before.texts[n], nil }})
	for _, p := range papers {
		if !anew[p.report.IssuerID] {
			f.Stays(p.report, was[p.report.ID])
		} else if err := f.Add(p.report, p.text, fold(p.text)); err != nil {
			t.Fatal(err)
		}
	}
	affected, table, err := f.Affected(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	examined := 0
	compared := func(number int) string { return before.results[papers[number].report.ID].Compared }
	if err := f.Examine(t.Context(), table, affected, compared, func(number int, r Result) error {
		if r.ReportID != papers[number].report.ID {
			t.Errorf("report %d is called %s", number, r.ReportID)
		}
		s.results[r.ReportID] = r
		examined++
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	maps.DeleteFunc(s.results, func(id string, _ Result) bool {
		return !slices.ContainsFunc(papers, func(p paper) bool { return p.report.ID == id })
	})
	s.end(t, f, table)
	return s, examined
}

// TestSearchAgain: after any change a search that examines only what it says is affected finds what a whole one finds,
// and keeps the same for the next.
func TestSearchAgain(t *testing.T) {
	few := 0
	for seed := range uint64(9) {
		r := rand.New(rand.NewPCG(seed, 7))
		common := make([]string, 8)
		for i := range common {
			common[i] = random(r, 30)
		}
		write := func(issuer, year, version int) paper {
			id := fmt.Sprintf("%04d", issuer)
			p := paper{Report{ID: fmt.Sprintf("%s-%d-%d", id, year, version), IssuerID: id, Year: new(int32(year)), Template: strconv.Itoa(2019 + 2*(year%2)),
				DivisionCode: new(fmt.Sprintf("37068%03d000", issuer))}, ""}
			for range 3 {
				p.text += common[r.IntN(len(common))] + random(r, 5+r.IntN(30))
			}
			return p
		}
		var papers []paper
		for issuer := range 30 {
			for year := 2020; year < 2022+issuer%2; year++ {
				papers = append(papers, write(issuer, year, 0))
			}
		}
		before := searchWhole(t, papers)
		for step := range 8 {
			next := slices.Clone(papers)
			at := r.IntN(len(next))
			switch r.IntN(4) {
			case 0:
				next = slices.Delete(next, at, at+1)
			case 1:
				p := next[at]
				next[at] = write(mustAtoi(t, p.report.IssuerID), int(*p.report.Year), step+1)
			case 2:
				next = slices.Insert(next, 0, write(100+step, 2021, 0))
				slices.SortStableFunc(next, func(a, b paper) int { return bytes.Compare([]byte(a.report.IssuerID), []byte(b.report.IssuerID)) })
			case 3:
				next[at].report.PublishedOn = new(schema.Date(step + 1))
			}
			whole := searchWhole(t, next)
			again, examined := searchAgain(t, before, papers, next)
			if examined < len(next)/2 {
				few++
			}
			if again.csv != whole.csv || !slices.Equal(again.postings, whole.postings) || !reflect.DeepEqual(again.texts, whole.texts) {
				t.Fatalf("seed %d, step %d: what is kept differs", seed, step)
			}
			if !reflect.DeepEqual(again.results, whole.results) {
				t.Fatalf("seed %d, step %d: the results differ", seed, step)
			}
			papers, before = next, again
		}
	}
	if few == 0 {
		t.Error("every step examined at least half of the reports")
	}
}

func mustAtoi(t *testing.T, s string) int {
	t.Helper()
	n, err := strconv.Atoi(s)
	if err != nil {
		t.Fatal(err)
	}
	return n
}
