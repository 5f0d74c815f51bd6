package pipeline

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/normalize"
	"github.com/gongkai-data/gongkai/normalize/issuer"
	"github.com/gongkai-data/gongkai/store"
)

// site writes reports of a county, its towns and offices into an archive, with text that they share.
type site struct {
	t       *testing.T
	r       *rand.Rand
	archive *store.Archive
	phrases []string
	at      int // of captures
}

func newSite(t *testing.T) *site {
	archive, err := store.Open(t.Context(), t.TempDir(), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { archive.Close() })
	s := &site{t: t, r: rand.New(rand.NewPCG(5, 6)), archive: archive}
	for range 12 {
		s.phrases = append(s.phrases, prose(s.r, 40))
	}
	return s
}

// report puts the report of a body and a year into the archive; another report under the same address is a later
// version, or another format of the same.
func (s *site) report(address, body string, year int) {
	s.t.Helper()
	s.at++
	text := fmt.Sprintf("<html><head><title>%s%d年政府信息公开工作年度报告</title></head><body><h1>%[1]s%d年政府信息公开工作年度报告</h1><p>一、总体情况</p><p>", body, year, year)
	for range 4 {
		text += s.phrases[s.r.IntN(len(s.phrases))]
	}
	received := 2 + s.r.IntN(90)
	text += prose(s.r, 50) + fmt.Sprintf("全年主动公开政府信息%d条，收到申请%d件。</p>", 3+s.r.IntN(200), received)
	text += "<p>二、主动公开政府信息情况</p><table><tr><td colspan=4>第二十条第（一）项</td></tr><tr><td>信息内容</td><td>本年制发件数</td><td>本年废止件数</td><td>现行有效件数</td></tr>"
	text += fmt.Sprintf("<tr><td>规章</td><td>0</td><td>0</td><td>0</td></tr><tr><td>行政规范性文件</td><td>%d</td><td>0</td><td>%d</td></tr></table>", s.r.IntN(4), 5+s.r.IntN(4))
	text += "<p>四、政府信息公开行政复议、行政诉讼情况</p><table><tr><td colspan=5>行政复议</td><td colspan=5>未经复议直接起诉</td><td colspan=5>复议后起诉</td></tr><tr>" +
		strings.Repeat("<td>结果维持</td><td>结果纠正</td><td>其他结果</td><td>尚未审结</td><td>总计</td>", 3) + "</tr><tr>"
	for range 3 {
		a, b := s.r.IntN(4), s.r.IntN(3)
		text += fmt.Sprintf("<td>%d</td><td>%d</td><td>0</td><td>0</td><td>%d</td>", a, b, a+b+s.r.IntN(8)/7)
	}
	text += "</tr></table></body></html>"
	c := schema.Capture{URL: address, FetchedAt: time.Unix(int64(1_700_000_000+s.at), 0).UTC(), Outcome: schema.OutcomeOK}
	if _, err := s.archive.WriteExchange(s.t.Context(), store.Exchange{Capture: c, Request: []byte("GET / HTTP/1.1\r\n\r\n"),
		Response: []byte("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"), Body: strings.NewReader(text)}); err != nil {
		s.t.Fatal(err)
	}
}

var bodies = []string{"栖霞市人民政府", "栖霞市财政局", "栖霞市教育局", "栖霞市寺口镇", "栖霞市蛇窝泊镇", "栖霞市观里镇", "栖霞市臧家庄镇", "栖霞市桃村镇", "栖霞市唐家泊镇", "栖霞市杨础镇", "栖霞市西城镇",
	"栖霞市官道镇", "栖霞市亭口镇", "栖霞市庙后镇", "海阳市郭城镇", "海阳市徐家店镇", "海阳市发城镇", "海阳市朱吴镇", "海阳市二十里店镇", "海阳市人民政府", "某某学校", "海阳市小纪镇", "海阳市行村镇", "海阳市辛安镇", "海阳市留格庄镇"}

func addressOf(body, year int) string {
	return fmt.Sprintf("http://www.sdqixia.gov.cn/%d/%d.html", body, year)
}

// TestRewrite: after any change a build upon the dataset that stands writes what a build from nothing writes, byte for
// byte, sums up the same, and keeps the same for the next.
func TestRewrite(t *testing.T) {
	if testing.Short() {
		t.Skip("builds ten times, in continuous integration some twenty")
	}
	defer func(n int) { changedLeast = n }(changedLeast)
	changedLeast = 1000
	ctx := t.Context()
	s := newSite(t)
	for b, body := range bodies {
		for year := 2019; year < 2024; year++ {
			if (b+year)%7 > 0 {
				s.report(addressOf(b, year), body, year)
			}
		}
	}
	readings, err := store.OpenObjects(ctx, t.TempDir(), "")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	opt := Options{Archive: s.archive, Out: filepath.Join(dir, "dataset"), Readings: readings, Resolver: issuer.New(nil), Software: "test"}
	if _, err := Build(ctx, opt); err != nil {
		t.Fatal(err)
	}
	steps := []struct {
		name   string
		change func()
		stays  string // a file that stays as it is; empty where all is written
	}{
		{"another version", func() { s.report(addressOf(4, 2021), bodies[4], 2021) }, "facts/year=2019/part-0.parquet"},
		{"the whole of the parts", func() { s.report(addressOf(0, 2020), bodies[0], 2020) }, "mentions/year=2023/part-0.parquet"},
		{"a body whose name is a place", func() { s.report(addressOf(91, 2018), "海阳市盘石店镇", 2018) }, "facts/year=2022/part-0.parquet"},
		{"no year", func() { s.report("http://www.sdqixia.gov.cn/x.html", "栖霞市松山街道", 0) }, "facts/year=2022/part-0.parquet"},
		{"an override", func() {
			opt.Resolver = issuer.New([]issuer.Override{{Name: bodies[9], DivisionCode: "370686000000", Body: "某某局", Reason: "a test"}})
		}, "problems/year=2018/part-0.parquet"},
		{"a correction", func() { opt.Corrections = s.correction(opt.Out) }, "facts/year=2022/part-0.parquet"},
		{"another program", func() { opt.Software = "test 2" }, ""},
		{"what is kept is cut short", func() {
			s.report(addressOf(3, 2017), bodies[3], 2017)
			truncate(t, filepath.Join(dir, ".dataset.kept", "fingerprints"))
		}, ""},
		{"a text that is kept is damaged", func() {
			s.report(addressOf(91, 2019), "海阳市盘石店镇", 2019)
			truncate(t, filepath.Join(dir, ".dataset.kept", "texts"))
		}, ""},
		{"what a killed build left", func() {
			s.report(addressOf(4, 2017), bodies[4], 2017)
			write := filepath.Join(dir, ".dataset.kept-new")
			if err := os.Mkdir(write, 0o777); err != nil {
				t.Fatal(err)
			}
		}, "facts/year=2019/part-0.parquet"},
	}
	if os.Getenv("CI") != "true" {
		steps = steps[:4] // each builds twice
	}
	for i, step := range steps {
		step.change()
		before, _ := os.Stat(filepath.Join(opt.Out, filepath.FromSlash(step.stays)))
		sum, err := Build(ctx, opt)
		if err != nil {
			t.Fatalf("%s: %v", step.name, err)
		}
		whole := opt
		whole.Out = filepath.Join(dir, fmt.Sprint("whole", i))
		want, err := Build(ctx, whole)
		if err != nil {
			t.Fatalf("%s: %v", step.name, err)
		}
		sameFiles(t, step.name, opt.Out, whole.Out)
		if got := fmt.Sprintf("%+v", sum); step.name != "another program" && strings.ReplaceAll(got, fmt.Sprint("Reused:", sum.Reused), "") != strings.ReplaceAll(fmt.Sprintf("%+v", want), fmt.Sprint("Reused:", want.Reused), "") {
			t.Errorf("%s: the build says\n%s\none from nothing\n%+v", step.name, got, want)
		}
		if step.stays != "" {
			after, err := os.Stat(filepath.Join(opt.Out, filepath.FromSlash(step.stays)))
			if err != nil || !os.SameFile(before, after) {
				t.Errorf("%s: %s was written anew (%v)", step.name, step.stays, err)
			}
		}
		if _, err := os.Stat(filepath.Join(dir, ".dataset.kept-new")); err == nil {
			t.Errorf("%s: what was to be kept is left beside", step.name)
		}
	}
}

func truncate(t *testing.T, name string) {
	t.Helper()
	info, err := os.Stat(name)
	if err == nil {
		err = os.Truncate(name, info.Size()/2)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// correction is one of a cell of the latest report of a body.
func (s *site) correction(out string) []normalize.Correction {
	s.t.Helper()
	d, err := store.OpenDataset(out)
	if err != nil {
		s.t.Fatal(err)
	}
	defer d.Close()
	for f, err := range store.Rows[schema.Fact](s.t.Context(), d, schema.Facts, store.Query{}) {
		if err != nil {
			s.t.Fatal(err)
		}
		if f.Indicator == "review.total" && f.Value != nil && f.Year != nil && *f.Year == 2019 {
			return []normalize.Correction{{ReportID: f.ReportID, Indicator: f.Indicator, Published: f.Value, Corrected: new(*f.Value + 1), Reason: "a test", Who: "me", When: 20000, Line: 2}}
		}
	}
	s.t.Fatal("no cell to correct")
	return nil
}

// sameFiles checks that two folders hold the same files.
func sameFiles(t *testing.T, when, got, want string) {
	t.Helper()
	files := func(root string) (names []string, bodies map[string]string) {
		bodies = map[string]string{}
		err := fs.WalkDir(os.DirFS(root), ".", func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			body, err := os.ReadFile(filepath.Join(root, name))
			names, bodies[name] = append(names, name), string(body)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return names, bodies
	}
	a, as := files(got)
	b, bs := files(want)
	if !slices.Equal(a, b) {
		t.Fatalf("%s: the files are\n%v, want\n%v", when, a, b)
	}
	for _, name := range a {
		if as[name] != bs[name] {
			t.Errorf("%s: %s differs from what a build from nothing writes", when, name)
		}
	}
}
