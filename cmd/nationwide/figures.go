package main

import (
	"math"
	"math/rand/v2"
	"strconv"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/datasets/gazetteer"
	"github.com/gongkai-data/gongkai/normalize/rule"
)

// The distributions of the README. A township of its own has a level that lasts over the years, and each year is drawn
// around it.
const (
	noRequests    = 0.73 // of township years: 11 of 15 real townships that state a number state 0
	medianRequest = 2.0  // of the others: 1, 2, 2, 16
	spreadRequest = 1.2  // standard deviation of the logarithm of the same
	medianItems   = 116  // 条 disclosed in a year: median of 37 real townships, 12 to 1,134
	spreadItems   = 1.2
	noDecisions   = 0.5 // assumed: one of two townships has no power to license or punish
	spreadLarge   = 1.6 // assumed: decisions, documents and money have few large values
	openShare     = 0.05
	errorShare    = 0.02 // of reports: one printed total is wrong (hongze-2023 and others of the design's collection)
	problemShare  = 0.25 // assumed: of reports with a problem, and of those again with a further one
	dashShare     = 0.10 // of townships: zeros are printed as a dash or left blank
)

// outcomeShare says how requests end; the rest is evenly over the other rows of the form. After the four complete
// reports of the design.
var outcomeShare = []struct {
	indicator string
	share     float64
}{{"requests.granted", 0.50}, {"requests.granted_in_part", 0.08}, {"requests.unavailable.not_held", 0.17}, {"requests.denied.third_party_rights", 0.04},
	{"requests.denied.internal_affairs", 0.03}, {"requests.not_processed.complaint", 0.05}}

var applicantShare = []struct {
	applicant string
	share     float64
}{{"natural_person", 0.88}, {"business", 0.07}, {"legal_service", 0.02}, {"social_org", 0.01}, {"research", 0.01}}

// applicants are those that a request can be of: all but the total.
var applicants = func() (ids []string) {
	for _, a := range codebook.Applicants {
		if a.ID != codebook.Total {
			ids = append(ids, a.ID)
		}
	}
	return ids
}()

// outcomes are the rows of the form that say how a request ended, 其他处理 left out.
var outcomes = func() (ids []string) {
	for _, l := range codebook.FindForm("2021", codebook.Requests).Rows {
		if len(l.Path) > 1 && l.Key != "requests.resolved" && !strings.HasPrefix(l.Key, "requests.other") {
			ids = append(ids, l.Key)
		}
	}
	return ids
}()

// town draws the figures of one township, year after year.
type town struct {
	division *gazetteer.Division
	random   *rand.Rand
	doubts   *rand.Rand // of the problems: figures are the same with and without them
	level    float64    // factor of this town on every median
	dash     string     // what it prints for nought
	inForce  float64
	open     map[string]int // requests open at the year's end, by applicant
}

func newTown(d *gazetteer.Division, seed uint64) *town {
	code, err := strconv.ParseUint(d.Code, 10, 64)
	if err != nil {
		panic("nationwide: the gazetteer holds the code " + d.Code)
	}
	t := &town{division: d, random: rand.New(rand.NewPCG(seed, code)), doubts: rand.New(rand.NewPCG(^seed, code)), dash: "0", open: map[string]int{}}
	t.level = math.Exp(0.8 * t.random.NormFloat64())
	if t.random.Float64() < dashShare {
		t.dash = []string{"", "-", "/", "无"}[t.random.IntN(4)]
	}
	t.inForce = t.count(0.4, 3, spreadLarge)
	return t
}

// count draws a number that is nought with probability none and else log-normal around median.
func (t *town) count(none, median, spread float64) float64 {
	if t.random.Float64() < none {
		return 0
	}
	return math.Ceil(median * t.level * math.Exp(spread*t.random.NormFloat64()))
}

// year draws the cells of the forms of a template that hold more than nought; the others are nought.
func (t *town) year(template string) rule.Table {
	v := rule.Table{}
	if template == "2014" {
		t.appendix(v)
		return v
	}
	t.requests(v)
	t.litigation(v)
	set := func(id string, x float64) { v[rule.Key{Indicator: id}] = x }
	issued, repealed := t.count(0.7, 1, spreadLarge), 0.0
	if t.inForce > 0 {
		repealed = math.Min(t.inForce, t.count(0.9, 1, 1))
	}
	t.inForce += issued - repealed
	if template == "2021" {
		set("normative_documents.issued", issued)
		set("normative_documents.repealed", repealed)
		set("normative_documents.in_force", t.inForce)
		set("fees.amount", math.Round(100*t.count(0.9, 5, spreadLarge))/100)
	} else {
		set("normative_documents.made", issued)
		set("normative_documents.newly_disclosed", issued)
		set("normative_documents.disclosed_total", t.inForce)
		for _, kind := range []string{"licensing", "other_services", "penalties", "coercion"} {
			set(kind+".items_last_year", t.count(noDecisions, 20, 1))
		}
		set("procurement.items", t.count(0.6, 3, 1))
		set("procurement.amount", t.count(0.6, 80, 2))
	}
	for _, kind := range []string{"licensing", "penalties", "coercion"} {
		set(kind+".decisions", t.count(noDecisions, 40, spreadLarge))
	}
	return v
}

func (t *town) requests(v rule.Table) {
	add := func(indicator, applicant string, n int) {
		v[rule.Key{Indicator: indicator, Applicant: applicant}] += float64(n)
		v[rule.Key{Indicator: indicator, Applicant: codebook.Total}] += float64(n)
	}
	handle := map[string]int{}
	for _, a := range applicants {
		if n := t.open[a]; n > 0 {
			add("requests.carried_in", a, n)
			handle[a] += n
		}
	}
	for range int(math.Min(t.count(noRequests, medianRequest, spreadRequest), 5000)) {
		a := t.applicant()
		add("requests.received", a, 1)
		handle[a]++
	}
	t.open = map[string]int{}
	for _, a := range applicants {
		for range handle[a] {
			if t.random.Float64() < openShare {
				t.open[a]++
				add("requests.carried_out", a, 1)
				continue
			}
			add(t.outcome(), a, 1)
			add("requests.resolved", a, 1)
		}
	}
	if t.random.Float64() < errorShare {
		v[rule.Key{Indicator: "requests.resolved", Applicant: codebook.Total}]++
	}
}

func (t *town) applicant() string {
	x := t.random.Float64()
	for _, s := range applicantShare {
		if x -= s.share; x < 0 {
			return s.applicant
		}
	}
	return "other_org"
}

func (t *town) outcome() string {
	x := t.random.Float64()
	for _, s := range outcomeShare {
		if x -= s.share; x < 0 {
			return s.indicator
		}
	}
	return outcomes[t.random.IntN(len(outcomes))]
}

func (t *town) litigation(v rule.Table) {
	for _, group := range []string{"review", "suit_direct", "suit_after_review"} {
		for range int(math.Min(t.count(0.95, 1, 1), 500)) {
			result := []string{"upheld", "upheld", "upheld", "corrected", "other", "pending"}[t.random.IntN(6)]
			v[rule.Key{Indicator: group + "." + result}]++
			v[rule.Key{Indicator: group + ".total"}]++
		}
	}
}

// appendix draws the rows of the 2014 form that real townships fill.
func (t *town) appendix(v rule.Table) {
	set := func(id string, x float64) { v[rule.Key{Indicator: "stat2014." + id}] = x }
	items := t.count(0, medianItems, spreadItems)
	set("proactive_total", items)
	set("channel_website", math.Ceil(items*0.8))
	set("channel_other", math.Ceil(items*0.4))
	received := t.count(noRequests, medianRequest, spreadRequest)
	for _, id := range []string{"req_received", "req_received_online", "req_closed", "req_closed_on_time", "req_replied", "reply_granted"} {
		set(id, received)
	}
	staff := 1 + t.count(0.3, 1, 0.5)
	set("staff_parttime", staff)
	set("staff_total", staff)
	set("meetings", t.count(0.2, 2, 0.5))
}
