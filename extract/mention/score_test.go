package mention

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/shared"
	"github.com/gongkai-data/gongkai/extract"
)

// passage is one line of a gold file: a snippet of a report with every count in it.
type passage struct {
	Issuer  string `json:"issuer"`
	Snippet string `json:"snippet"`
	Facts   []fact `json:"facts"`
}

type fact struct {
	Label      string   `json:"label_raw"`
	Count      *float64 `json:"count"`
	Unit       *string  `json:"unit"`
	Approx     bool     `json:"approx"`
	Cumulative *bool    `json:"cumulative"`
	Share      *float64 `json:"share_pct"`
	Parent     *int     `json:"parent"`
	Kind       string   `json:"kind"`
	Category   *string  `json:"category"`
	Indicator  *string  `json:"indicator"`
}

func passages(t testing.TB, path string) []passage {
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var all []passage
	s := bufio.NewScanner(f)
	s.Buffer(nil, 1<<20)
	for s.Scan() {
		var p passage
		if err := json.Unmarshal(s.Bytes(), &p); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		all = append(all, p)
	}
	return all
}

// report wraps a snippet as a report, as the acceptance script does.
func (p *passage) report() *extract.Report {
	head := p.Issuer + "年政府信息公开工作年度报告\n一、总体情况\n"
	text := head + p.Snippet + "\n二、主动公开政府信息情况\n"
	n := len([]rune(head))
	return &extract.Report{Text: text, Sections: []extract.Section{{Number: 1, Title: "一、总体情况", Start: n - 7, End: n + len([]rune(p.Snippet)) + 1}}}
}

type tally struct {
	tp, fp, fn                int
	share, shares             int
	approx, partOf, cat, cats int
	cumulative, cumulatives   int
	indicator, indicators     int
	sharesExtra               int
	errs                      []string
}

func (s *tally) f1() float64 {
	p := float64(s.tp) / float64(max(1, s.tp+s.fp))
	r := float64(s.tp) / float64(max(1, s.tp+s.fn))
	return 2 * p * r / max(1e-9, p+r)
}

func (s *tally) String() string {
	return fmt.Sprintf("F1 %.4f (tp %d fp %d fn %d) approx %d/%d part_of %d/%d shares %d/%d (+%d) category %d/%d cumulative %d/%d indicator %d/%d",
		s.f1(), s.tp, s.fp, s.fn, s.approx, s.tp, s.partOf, s.tp, s.share, s.shares, s.sharesExtra, s.cat, s.cats, s.cumulative, s.cumulatives, s.indicator, s.indicators)
}

func overlap(a, b string) bool {
	if strings.Contains(a, b) || strings.Contains(b, a) {
		return true
	}
	in := map[rune]bool{}
	for _, r := range a {
		in[r] = true
	}
	set := map[rune]bool{}
	n := 0
	for _, r := range b {
		if !set[r] {
			set[r] = true
			if in[r] {
				n++
			}
		}
	}
	return float64(n)/float64(max(1, min(len(in), len(set)))) >= 0.6
}

func unitText(u string) string { return strings.TrimSpace(strings.ReplaceAll(u, "余", "")) }

// kinds maps the gold's sort of count to the categories that agree with it.
var kinds = map[string]string{
	"requests_received": "requests", "requests_answered": "requests", "reviews": "review", "lawsuits": "lawsuit", "normative_documents": "policy",
	"meetings_training": "training audience staff", "proactive_total": "proactive channel policy news finance", "proactive_by_channel": "channel proactive news finance policy annual_report account",
}

func score(ps []passage, find func(*extract.Report)) *tally {
	s := &tally{}
	for i := range ps {
		p := &ps[i]
		r := p.report()
		find(r)
		used := map[int]int{} // mention -> fact
		of := map[int]int{}   // fact -> mention
		for k, f := range p.Facts {
			if f.Count == nil {
				continue
			}
			found := -1
			for j, m := range r.Mentions {
				if _, is := used[j]; !is && m.Count == *f.Count && (f.Unit == nil || *f.Count == 0 || unitText(m.Unit) == unitText(*f.Unit)) && overlap(m.Label, f.Label) {
					found = j
					break
				}
			}
			if found < 0 {
				s.fn++
				s.errs = append(s.errs, fmt.Sprintf("%d missed %s %v %s", i, f.Label, *f.Count, deref(f.Unit)))
				continue
			}
			used[found], of[k] = k, found
			s.tp++
		}
		for j, m := range r.Mentions {
			if _, is := used[j]; !is {
				s.fp++
				s.errs = append(s.errs, fmt.Sprintf("%d extra %q %v %s", i, m.Label, m.Count, m.Unit))
			}
		}
		for k, f := range p.Facts {
			j, is := of[k]
			if !is {
				continue
			}
			m := &r.Mentions[j]
			note := func(ok bool, n *int, format string, args ...any) {
				if ok {
					*n++
				} else {
					s.errs = append(s.errs, fmt.Sprintf("%d %s: ", i, f.Label)+fmt.Sprintf(format, args...))
				}
			}
			note(m.Approximate == f.Approx, &s.approx, "approximate %v", m.Approximate)
			want := -1
			if f.Parent != nil {
				if w, is := of[*f.Parent]; is {
					want = w
				}
			}
			got := -1
			if m.PartOf != nil {
				got = *m.PartOf
			}
			note(got == want, &s.partOf, "part_of %d, want %d", got, want)
			if f.Share != nil {
				s.shares++
				note(m.SharePct != nil && *m.SharePct == *f.Share, &s.share, "share %v", m.SharePct)
			} else if m.SharePct != nil {
				s.sharesExtra++
			}
			if f.Category != nil {
				s.cats++
				note(deref(m.Category) == *f.Category, &s.cat, "category %q, want %q", deref(m.Category), *f.Category)
			} else if want, is := kinds[f.Kind]; is {
				s.cats++
				note(strings.Contains(want, deref(m.Category)) && m.Category != nil, &s.cat, "category %q (%s) is not of %s", deref(m.Category), m.Label, f.Kind)
			}
			if f.Cumulative != nil {
				s.cumulatives++
				note(m.Cumulative == *f.Cumulative, &s.cumulative, "cumulative %v", m.Cumulative)
			}
			if f.Indicator != nil {
				s.indicators++
				note(m.Indicator == *f.Indicator, &s.indicator, "indicator %q, want %q", m.Indicator, *f.Indicator)
			}
		}
	}
	return s
}

func deref(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// TestRealPassages pins the floors on the shared gold of real passages.
func TestRealPassages(t *testing.T) {
	ps := passages(t, filepath.Join(shared.Path(t), "gold", "narrative_dev.jsonl"))
	s := score(ps, Find)
	t.Log(s)
	for _, e := range s.errs {
		t.Log(e)
	}
	var even, odd []passage
	for i, p := range ps {
		if i%2 == 0 {
			even = append(even, p)
		} else {
			odd = append(odd, p)
		}
	}
	t.Logf("halves: %.4f and %.4f", score(even, Find).f1(), score(odd, Find).f1())
	floors(t, s, 0.995)
}

func floors(t *testing.T, s *tally, f1 float64) {
	t.Helper()
	check := func(name string, got, floor float64) {
		if got < floor {
			t.Errorf("%s is %.4f, below its floor of %.2f", name, got, floor)
		}
	}
	check("F1", s.f1(), f1)
	check("approximate", float64(s.approx)/float64(s.tp), 0.95)
	check("part_of", float64(s.partOf)/float64(s.tp), 0.95)
	check("share", float64(s.share)/float64(max(1, s.shares)), 0.95)
	check("category", float64(s.cat)/float64(max(1, s.cats)), 0.9)
}

// TestInventedPassages scores the package's own corpus: invented places and figures in the forms that real reports
// take.
func TestInventedPassages(t *testing.T) {
	s := score(passages(t, filepath.Join("testdata", "passages.jsonl")), Find)
	t.Log(s)
	for _, e := range s.errs {
		t.Log(e)
	}
	floors(t, s, 0.98)
}
