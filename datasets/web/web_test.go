package web_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/gongkai-data/gongkai/datasets/query"
	"github.com/gongkai-data/gongkai/datasets/query/querytest"
	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/datasets/search"
	"github.com/gongkai-data/gongkai/datasets/web"
	"github.com/gongkai-data/gongkai/store"
	"golang.org/x/net/html"
)

// papers is an archive of one page.
type papers struct{ page string }

func (p papers) Show(_ context.Context, _ schema.Report, f *schema.Fact) (web.View, error) {
	if f != nil && f.Page != nil {
		return web.View{MediaType: "image/png", Body: []byte("\x89PNG")}, nil
	}
	return web.View{MediaType: "text/html; charset=utf-8", Body: []byte(p.page)}, nil
}
func (p papers) Whole(context.Context, schema.Report, []schema.Fact) (web.View, error) {
	return web.View{MediaType: "text/html; charset=utf-8", Body: []byte(p.page)}, nil
}
func (papers) Labels(context.Context, schema.Report, schema.Fact) ([]string, error) {
	return []string{"行政复议", "<b>总计"}, nil
}
func (papers) Characters(_ context.Context, r schema.Report) (int, error) {
	return 1000 + int([]rune(r.Title)[1]), nil
}
func (p papers) Original(context.Context, schema.Report) (io.ReadCloser, error) {
	return io.NopCloser(strings.NewReader(p.page)), nil
}

func serve(t *testing.T, places ...querytest.Place) (*httptest.Server, *web.Server, string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "dataset")
	querytest.Write(t, dir, places...)
	current, err := query.OpenCurrent(context.Background(), dir, 20*time.Millisecond, func(err error) { t.Error(err) })
	if err != nil {
		t.Fatal(err)
	}
	texts := search.NewKeeper(dir + ".search.sqlite")
	s, err := web.New(web.Options{Current: current, Evidence: papers{"<p>原文"}, Texts: texts})
	if err != nil {
		t.Fatal(err)
	}
	h := httptest.NewServer(s)
	t.Cleanup(func() { h.Close(); _ = texts.Close(); current.Close() })
	return h, s, dir
}

func get(t *testing.T, h *httptest.Server, address string, header ...string) (*http.Response, string) {
	t.Helper()
	req, err := http.NewRequest(http.MethodGet, h.URL+address, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res, string(body)
}

func decode(t *testing.T, body string, into any) {
	t.Helper()
	if err := json.Unmarshal([]byte(body), into); err != nil {
		t.Fatalf("%v: %s", err, body)
	}
}

var sikou = querytest.ReportID("370686107000", 2022)

// Every page that can be reached answers, in both languages, with every word translated and every link alive.
func TestEveryPage(t *testing.T) {
	h, _, _ := serve(t, querytest.Towns()...)
	seen, queue := map[string]bool{}, []string{"/zh/", "/en/", "/zh/search?q=skz", "/en/compare?p=寺口镇&p=观里镇&years=2020-2022&m=requests.received", "/zh/search?q=丁镇", "/zh/rank?m=requests.received&year=2022"}
	untranslated := regexp.MustCompile(`>\s*(rule|quality|status|kind|state|outcome|comparability|unit)_[a-z_.]*\s*<`)
	for len(queue) > 0 {
		address := queue[0]
		queue = queue[1:]
		if seen[address] || strings.HasPrefix(address, "http") || strings.HasSuffix(strings.Split(address, "?")[0], ".png") {
			continue
		}
		seen[address] = true
		res, body := get(t, h, address)
		if res.StatusCode != http.StatusOK {
			t.Errorf("%s answers %d: %.200s", address, res.StatusCode, body)
			continue
		}
		if !strings.HasPrefix(res.Header.Get("Content-Type"), "text/html") || strings.HasPrefix(address, "/copy/") {
			continue
		}
		if found := untranslated.FindString(body); found != "" || strings.Contains(body, "%!") || strings.Contains(body, ">0xc") {
			t.Errorf("%s shows %q", address, found)
		}
		doc, err := html.Parse(strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		for n := range doc.Descendants() {
			for _, a := range n.Attr {
				if n.Type == html.ElementNode && (a.Key == "style" || strings.HasPrefix(a.Key, "on")) {
					t.Errorf("%s has an inline %s", address, a.Key)
				}
				if a.Key == "href" || a.Key == "src" {
					u, err := url.Parse(a.Val)
					if err != nil {
						t.Errorf("%s links to %q", address, a.Val)
						continue
					}
					if u.Fragment = ""; u.String() != "" && len(seen) < 900 {
						queue = append(queue, u.String())
					}
				}
			}
			if n.Type == html.ElementNode && n.Data == "script" && n.FirstChild != nil {
				t.Errorf("%s has an inline script", address)
			}
		}
	}
	if len(seen) < 100 {
		t.Errorf("only %d pages", len(seen))
	}
}

func TestPlaceShowsMarksAndEvidence(t *testing.T) {
	h, _, _ := serve(t, querytest.Towns()...)
	_, body := get(t, h, "/zh/place/370686107000")
	for _, want := range []string{"栖霞市寺口镇", "空白", "≈", "‖", "4/5", "°", `href="/zh/evidence/` + sikou + `/review.total/-"`, "表内校验不成立", "2019 没有年报"} {
		if !strings.Contains(body, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	_, body = get(t, h, "/zh/evidence/"+sikou+"/review.total/-")
	for _, want := range []string{"行政复议", "&lt;b&gt;总计", "不成立", "review.total = 0", "<iframe sandbox ", "/copy/" + sikou + "/review.total/-#gongkai-cell"} {
		if !strings.Contains(body, want) {
			t.Errorf("the evidence lacks %q:\n%s", want, body)
		}
	}
	_, body = get(t, h, "/en/evidence/"+sikou+"/grant_rate/-")
	if !strings.Contains(body, "80.0%") || !strings.Contains(body, "80 / 100") || strings.Count(body, `class="part"`) != 3 {
		t.Errorf("a rate without its parts:\n%s", body)
	}
}

func TestAPI(t *testing.T) {
	h, _, _ := serve(t, querytest.Towns()...)
	res, body := get(t, h, "/api/v1/issuers?limit=2")
	var l struct {
		Total int
		Next  string
		Items []map[string]any
	}
	if err := json.Unmarshal([]byte(body), &l); err != nil || l.Total != 5 || len(l.Items) != 2 || l.Next == "" {
		t.Fatalf("%v %s", err, body)
	}
	ids := []string{}
	for next := "/api/v1/issuers?limit=2"; next != ""; next = l.Next {
		_, body := get(t, h, next)
		l.Next, l.Items = "", nil
		if err := json.Unmarshal([]byte(body), &l); err != nil {
			t.Fatal(err)
		}
		for _, i := range l.Items {
			ids = append(ids, i["issuer_id"].(string))
		}
	}
	if len(ids) != 5 || !slices.IsSorted(ids) {
		t.Errorf("pages give %v", ids)
	}
	if res, _ := get(t, h, "/api/v1/issuers", "If-None-Match", res.Header.Get("Etag")); res.StatusCode != http.StatusNotModified {
		t.Errorf("Etag: %d", res.StatusCode)
	}
	_, body = get(t, h, "/api/v1/compare?p=寺口镇&years=2022&m=requests.carried_in&m=review.total")
	var c struct {
		Rows []struct {
			Cells []struct {
				Value *float64
				State string
				Marks []string
			}
		}
	}
	if err := json.Unmarshal([]byte(body), &c); err != nil || len(c.Rows) != 2 || c.Rows[0].Cells[0].Value != nil || c.Rows[0].Cells[0].State != "blank" || *c.Rows[1].Cells[0].Value != 1 || c.Rows[1].Cells[0].Marks[0] != "!" {
		t.Fatalf("%v %s", err, body)
	}
	// every address of the description answers, and every address that answers is described
	_, body = get(t, h, "/api/v1/openapi.json")
	var doc struct {
		OpenAPI string
		Paths   map[string]any
	}
	if err := json.Unmarshal([]byte(body), &doc); err != nil || !strings.HasPrefix(doc.OpenAPI, "3.") {
		t.Fatal(err)
	}
	for path := range doc.Paths {
		if path == "/tables/{table}" {
			continue // no JSON: TestArrowOfATable
		}
		address := strings.NewReplacer("{issuer}", "370686107000", "{report}", sikou, "{first}", sikou, "{second}", querytest.VersionID("370686101000", 2020, 0)).Replace(path)
		if path == "/compare" {
			address += "?p=370686107000"
		}
		if path == "/texts" {
			address += "?q=公开"
			for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
				if res, _ := get(t, h, "/api/v1"+address); res.StatusCode != http.StatusServiceUnavailable {
					break // the index is made
				}
			}
		}
		if res, body := get(t, h, "/api/v1"+address); res.StatusCode != http.StatusOK || !json.Valid([]byte(body)) {
			t.Errorf("%s answers %d: %s", path, res.StatusCode, body)
		}
	}
}

func TestRanges(t *testing.T) {
	h, _, dir := serve(t, querytest.Towns()...)
	whole, err := os.ReadFile(filepath.Join(dir, "panel.parquet"))
	if err != nil {
		t.Fatal(err)
	}
	res, body := get(t, h, "/data/panel.parquet", "Range", "bytes=-8")
	if res.StatusCode != http.StatusPartialContent || body != string(whole[len(whole)-8:]) || !strings.HasSuffix(body, "PAR1") || res.Header.Get("Content-Range") == "" {
		t.Errorf("%d %q", res.StatusCode, body)
	}
	res, body = get(t, h, "/data/panel.parquet", "Range", "bytes=4-9", "If-Range", res.Header.Get("Etag"))
	if res.StatusCode != http.StatusPartialContent || body != string(whole[4:10]) {
		t.Errorf("%d %q", res.StatusCode, body)
	}
	if res, _ := get(t, h, "/data/panel.parquet", "Range", "bytes=99999999-"); res.StatusCode != http.StatusRequestedRangeNotSatisfiable {
		t.Errorf("beyond the end: %d", res.StatusCode)
	}
	if _, body := get(t, h, "/data/manifest.json"); !strings.Contains(body, "schema_version") {
		t.Errorf("manifest: %s", body)
	}
}

// The download holds the same numbers as the Parquet files.
func TestCSVEqualsParquet(t *testing.T) {
	h, _, dir := serve(t, querytest.Towns()...)
	_, body := get(t, h, "/zh/compare.csv?p=寺口镇&p=观里镇&m=requests.received&m=review.total&m=requests.granted&m=fees.amount")
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(body, "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	d, err := store.OpenDataset(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	panel := map[string]schema.Panel{}
	for row, err := range store.Rows[schema.Panel](context.Background(), d, d.Panel(), store.Query{}) {
		if err != nil {
			t.Fatal(err)
		}
		panel[row.ReportID] = row
	}
	at := func(column string) int { return slices.Index(rows[0], column) }
	compared := 0
	for _, r := range rows[1:] {
		value, measure, report := r[at("value")], r[at("measure")], r[at("report_id")]
		if r[at("year")] == "2018" {
			continue // the series of that year is another indicator
		}
		want, has := panel[report].Values[measure]
		got, err := strconv.ParseFloat(value, 64)
		if has != (err == nil) || has && got != want {
			t.Errorf("%v: the panel holds %v %v", r, want, has)
		}
		if has {
			compared++
		}
	}
	if compared < 8 {
		t.Errorf("only %d values compared", compared)
	}
}

// A build that takes the dataset's place is taken up, and what was rendered before is not shown any more.
func TestNewRelease(t *testing.T) {
	h, _, dir := serve(t, querytest.Towns()...)
	res, _ := get(t, h, "/zh/place/370686107000")
	towns := querytest.Towns()
	towns[0].Name = "栖霞市新寺口镇"
	querytest.Write(t, dir, towns...)
	for range 200 {
		now, body := get(t, h, "/zh/place/370686107000")
		if strings.Contains(body, "新寺口镇") {
			if now.Header.Get("Etag") == res.Header.Get("Etag") {
				t.Error("the tag stays the same")
			}
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatal("the new release is never shown")
}

func TestLanguageIsChosen(t *testing.T) {
	h, _, _ := serve(t, querytest.Towns()[0])
	for accept, want := range map[string]string{"": "/zh/", "en-GB,en;q=0.9": "/en/", "zh-CN,zh;q=0.9,en;q=0.8": "/zh/", "fr,en;q=0.5": "/en/"} {
		if res, _ := get(t, h, "/", "Accept-Language", accept); res.Header.Get("Location") != want {
			t.Errorf("%q goes to %s", accept, res.Header.Get("Location"))
		}
	}
}

// The static site holds the same pages, and every link in it leads to a file.
func TestSite(t *testing.T) {
	_, s, _ := serve(t, querytest.Towns()...)
	out := filepath.Join(t.TempDir(), "site")
	sum, err := web.WriteSite(context.Background(), s, out, nil)
	if err != nil {
		t.Fatal(err)
	}
	if sum.Pages < 100 {
		t.Errorf("%+v", sum)
	}
	if files := checkLinks(t, out); files < 100 {
		t.Fatalf("%d pages", files)
	}
	if _, err := web.WriteSite(context.Background(), s, out, nil); err != nil {
		t.Errorf("replacing a site: %v", err)
	}
	other := t.TempDir()
	if err := os.WriteFile(filepath.Join(other, "mine.txt"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := web.WriteSite(context.Background(), s, other, nil); err == nil {
		t.Error("a folder with other files was replaced")
	}
}

// checkLinks holds every link of the pages of a site against its files and returns the number of pages.
func checkLinks(t *testing.T, out string) int {
	t.Helper()
	files := 0
	err := filepath.Walk(out, func(name string, info os.FileInfo, err error) error {
		if err != nil || info.IsDir() || filepath.Ext(name) != ".html" || strings.Contains(name, "/copy/") {
			return err
		}
		files++
		body, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		doc, err := html.Parse(bytes.NewReader(body))
		if err != nil {
			return err
		}
		for n := range doc.Descendants() {
			for _, a := range n.Attr {
				u, err := url.Parse(a.Val)
				if a.Key != "href" && a.Key != "src" || err == nil && (u.Host != "" || u.Path == "") {
					continue
				}
				if err != nil || strings.HasPrefix(u.Path, "/") {
					t.Errorf("%s links to %q", name, a.Val)
				} else if _, err := os.Stat(filepath.Join(filepath.Dir(name), filepath.FromSlash(u.Path))); err != nil {
					t.Errorf("%s links to %q, which is not there", name, a.Val)
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// A page and its charts are of one release: a chart that is asked for of a release gone by says so instead of showing
// other numbers.
func TestChartsAreOfThePagesRelease(t *testing.T) {
	h, _, dir := serve(t, querytest.Towns()...)
	_, body := get(t, h, "/zh/place/370686107000")
	src := html.UnescapeString(regexp.MustCompile(`<img src="([^"]+)"`).FindStringSubmatch(body)[1])
	if res, body := get(t, h, src); res.StatusCode != http.StatusOK || !strings.Contains(body, "<svg") {
		t.Fatalf("%s answers %d", src, res.StatusCode)
	}
	towns := querytest.Towns()
	towns[0].Years[1].Values["requests.received"] = 987654
	querytest.Write(t, dir, towns...)
	for range 200 {
		if res, body := get(t, h, src); res.StatusCode == http.StatusConflict {
			if !strings.Contains(body, "刷新") || strings.Contains(body, "987") {
				t.Errorf("the chart of a release gone by: %s", body)
			}
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatal("a page of the old release gets the charts of the new one")
}

// The texts are searched without a script, as soon as they are indexed, and found on the page of their report.
func TestTextSearch(t *testing.T) {
	h, _, _ := serve(t, querytest.Towns()...)
	res, body := get(t, h, "/zh/texts?q=政务公开&area=栖霞市&years=2020&section=1")
	for range 500 {
		if res.StatusCode != http.StatusServiceUnavailable {
			break
		}
		time.Sleep(20 * time.Millisecond)
		res, body = get(t, h, "/zh/texts?q=政务公开&area=栖霞市&years=2020&section=1")
	}
	if id := querytest.ReportID("370686107000", 2020); res.StatusCode != http.StatusOK || !strings.Contains(body, `加强<mark>政务公开</mark>培训。`) ||
		!strings.Contains(body, `href="/zh/report/`+id+`#section-1"`) || strings.Count(body, "<mark>") != 5 {
		t.Errorf("%d %s", res.StatusCode, body)
	}
	if _, body := get(t, h, "/en/report/"+querytest.ReportID("370686107000", 2020)); !strings.Contains(body, `id="section-1"`) || !strings.Contains(body, "<bdi>加强政务公开培训。</bdi>") {
		t.Errorf("the page of the report lacks its text:\n%s", body)
	}
	for address, want := range map[string]string{"/zh/texts": "<form", "/en/texts?q=不存在": "Nothing found", "/zh/texts?q=。": "没有找到", "/zh/texts?q=<script>": "没有找到"} {
		if res, body := get(t, h, address); res.StatusCode != http.StatusOK || !strings.Contains(body, want) || strings.Contains(body, "<script>") {
			t.Errorf("%s: %d %s", address, res.StatusCode, body)
		}
	}
	for _, address := range []string{"/zh/texts?q=公开&years=x", "/zh/texts?q=公开&area=无此地"} {
		if res, _ := get(t, h, address); res.StatusCode != http.StatusBadRequest {
			t.Errorf("%s: %d", address, res.StatusCode)
		}
	}
}

func TestWords(t *testing.T) {
	h, _, _ := serve(t, querytest.Towns()...)
	for address, wants := range map[string][]string{
		"/zh/nothing/here":                          {"没有这个页面", "<form"},
		"/en/nothing":                               {"There is no such page"},
		"/zh/compare?p=镇":                           {"适合多个地方", "/zh/compare?p=370686107000"},
		"/zh/compare?p=寺囗镇":                         {"您是不是要找", `value="寺囗镇"`, "栖霞市寺口镇"},
		"/zh/compare?p=寺口镇&years=2031":              {"没有年报数字", "2018 2020 2022"},
		"/zh/compare?years=x":                       {"年份写作"},
		"/zh/rank?area=山东&m=requests.received":      {"山东省", `value="山东省"`},
		"/zh/rank?area=海":                           {"没有这个地区"},
		"/zh/checks?area=栖霞市":                       {"行政复议：总计 = 0"},
		"/en/evidence/" + sikou + "/review.total/-": {"Administrative reviews: total = 0", "the form&#39;s sum does not hold"},
		"/zh/data":                                  {"数据包说明"},
	} {
		_, body := get(t, h, address)
		for _, want := range wants {
			if !strings.Contains(body, want) {
				t.Errorf("%s lacks %q:\n%s", address, want, body)
			}
		}
	}
}
