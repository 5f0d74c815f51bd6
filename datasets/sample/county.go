package sample

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"maps"
	"math"
	"strconv"
	"strings"
)

// The invented county is three small tables: who reports (bodies.csv), what each report counts (reports.csv) and the
// phrases that its text is made of (prose.csv). All else follows from them and from the forms of the code book.
var (
	//go:embed bodies.csv
	bodiesCSV string
	//go:embed reports.csv
	reportsCSV string
	//go:embed prose.csv
	proseCSV string
)

// Body is a body of the county or of a neighbour, which does not exist.
type Body struct {
	Key        string // names it in reports.csv
	Code       string // of its division, 12 digits
	Department string // empty for a government
	Name       string // as its reports write it
	who        string // 全镇, 我局: how it calls itself
	site       string // folder of its site
	look       string // what its reports are written as: plain, word or gbk pages, txt, docx
}

// Cell names a cell of the form; Applicant is empty where the table has no applicant columns.
type Cell struct{ Indicator, Applicant string }

// Report is one report of the county.
type Report struct {
	*Body
	Year      int
	Version   int    // 2 for one published again
	Published string // YYYY-MM-DD
	Path      string // of its document below the site
	form      string // template
	posts     int    // pieces of information published, in the text
	total     map[Cell]float64
	written   map[Cell]string // as printed
	text      string          // seeds of its phrases: those of another report where it copies
	closing   string
}

// Written are the cells as the document prints them. Do not change the map.
func (r *Report) Written() map[Cell]string { return r.written }

// Title is that of the document.
func (r *Report) Title() string {
	return fmt.Sprintf("%s%d年政府信息公开工作年度报告", r.Name, r.Year)
}

// table reads an embedded CSV file into one map a line, by the names of its columns.
func table(name, text string) []map[string]string {
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		panic("sample: " + name + ": " + err.Error()) // a fault of the build; a test reads it
	}
	var out []map[string]string
	for _, r := range rows[1:] {
		line := map[string]string{}
		for i, column := range rows[0] {
			line[column] = r[i]
		}
		out = append(out, line)
	}
	return out
}

// county reads the tables.
func county() []*Report {
	bodies := map[string]*Body{}
	for _, l := range table("bodies.csv", bodiesCSV) {
		bodies[l["body"]] = &Body{l["body"], l["code"], l["department"], l["name"], l["who"], l["site"], l["look"]}
	}
	var out []*Report
	for i, l := range table("reports.csv", reportsCSV) {
		r := &Report{Body: bodies[l["body"]], Year: int(count(l["year"])), Version: int(count(l["version"])), Published: l["published"], posts: int(count(l["posts"])),
			text: l["text"], closing: l["closing"], form: "2021"}
		if r.Year < 2021 {
			r.form = "2019"
		}
		r.fill(l)
		r.Path = r.path(i)
		out = append(out, r)
	}
	carryOver(out)
	for i, l := range table("reports.csv", reportsCSV) {
		out[i].write(l["as_written"])
	}
	return out
}

func count(s string) float64 {
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		panic("sample: reports.csv: " + err.Error())
	}
	return v
}

// path is where a report's document lies on the site: in a folder of its month, as content management systems do.
func (r *Report) path(number int) string {
	day := strings.ReplaceAll(r.Published, "-", "")
	ext := map[string]string{"txt": ".txt", "docx": ".docx", "gbk": ".htm"}[r.look]
	if ext == "" {
		ext = ".html"
	}
	return fmt.Sprintf("%s/nb/%s/t%s_%d%s", r.site, day[:6], day, 1000+number, ext)
}

// fill takes the counts of a line; those of requests are of all applicants.
func (r *Report) fill(l map[string]string) {
	r.total = map[Cell]float64{}
	for column, text := range l {
		if !strings.Contains(column, ".") {
			continue
		}
		kind, what, _ := strings.Cut(column, ".")
		v := count(text)
		switch {
		case kind == "documents" && r.form == "2019":
			for _, as := range map[string][]string{"issued": {"made", "newly_disclosed"}, "in_force": {"disclosed_total"}}[what] {
				r.total[Cell{"normative_documents." + as, ""}] = v
			}
		case kind == "documents":
			r.total[Cell{"normative_documents." + what, ""}] = v
		case kind == "requests":
			r.share(column, v)
		case kind == "fees" && r.form == "2019":
			r.total[Cell{"procurement.items", ""}], r.total[Cell{"procurement.amount", ""}] = math.Floor(v/4), math.Round(v*30)/10
		default:
			r.total[Cell{column, ""}] = v
		}
	}
	if r.form == "2019" {
		for row, items := range map[string]float64{"licensing": 12, "other_services": 9, "penalties": 23, "coercion": 4, "fees": 2} {
			r.total[Cell{row + ".items_last_year", ""}] = items
		}
	}
	for _, kind := range []string{"review", "suit_direct", "suit_after_review"} {
		for _, result := range []string{"upheld", "corrected", "other", "pending"} {
			r.total[Cell{kind + ".total", ""}] += r.total[Cell{kind + "." + result, ""}]
		}
	}
}

// share gives a quarter of the requests to companies, now and then one to a law firm, and the rest to persons. What is
// carried over is of persons.
func (r *Report) share(indicator string, n float64) {
	if n == 0 {
		return
	}
	business, firm := math.Floor(n/4), 0.0
	if n >= 9 {
		firm = 1
	}
	if indicator == "requests.carried_out" {
		business, firm = 0, 0
	}
	r.total[Cell{indicator, "business"}], r.total[Cell{indicator, "legal_service"}] = business, firm
	r.total[Cell{indicator, "natural_person"}] = n - business - firm
}

// carryOver fills what follows: what the year before carried out is carried in, and what was received is what was
// resolved and is left.
func carryOver(all []*Report) {
	left := map[string]float64{} // by body and year
	key := func(r *Report, year int) string { return r.Key + strconv.Itoa(year) }
	for _, r := range all {
		left[key(r, r.Year)] = r.total[Cell{"requests.carried_out", "natural_person"}]
	}
	for _, r := range all {
		in := left[key(r, r.Year-1)]
		for _, applicant := range []string{"natural_person", "business", "legal_service"} {
			var resolved float64
			for c, v := range r.total {
				if c.Applicant == applicant && strings.HasPrefix(c.Indicator, "requests.") && c.Indicator != "requests.carried_out" {
					resolved += v
				}
			}
			r.total[Cell{"requests.resolved", applicant}] = resolved
			received := resolved + r.total[Cell{"requests.carried_out", applicant}]
			if applicant == "natural_person" {
				r.total[Cell{"requests.carried_in", applicant}] = in
				received -= in
			}
			if received < 0 {
				panic(fmt.Sprintf("sample: %s of %d resolved less than was carried in", r.Name, r.Year))
			}
			r.total[Cell{"requests.received", applicant}] = received
		}
		for c, v := range maps.Clone(r.total) {
			if c.Applicant != "" {
				r.total[Cell{c.Indicator, "total"}] += v
			}
		}
	}
}

//go:embed corrections.csv
var correctionsCSV string

// Corrections are the lines of a corrections file for reports of the county. The table names a report by body and year;
// its digest is put behind.
func Corrections() []byte {
	text := correctionsCSV
	for _, r := range Reports() {
		id := fmt.Sprintf("%s-%d", r.Code, r.Year)
		text = strings.ReplaceAll(text, "\n"+id+",", "\n"+id+"-"+Digest(File(r.Path))[:8]+",")
	}
	return []byte(text)
}
