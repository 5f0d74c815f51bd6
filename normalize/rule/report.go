package rule

import "fmt"

// Applicants are the six applicant columns of the requests table, without the total.
var Applicants = []string{"natural_person", "business", "research", "social_org", "legal_service", "other_org"}

// Total is the applicant column that the six others add up to.
const Total = "total"

// outcomes are the rows between received and resolved whose sum is requests.resolved, 其他处理 left to otherRows.
var outcomes = []string{"requests.granted", "requests.granted_in_part",
	"requests.denied.state_secret", "requests.denied.prohibited_by_law", "requests.denied.safety_stability", "requests.denied.third_party_rights",
	"requests.denied.internal_affairs", "requests.denied.process_information", "requests.denied.enforcement_files", "requests.denied.administrative_inquiry",
	"requests.unavailable.not_held", "requests.unavailable.no_existing_information", "requests.unavailable.unclear_after_correction",
	"requests.not_processed.complaint", "requests.not_processed.repeated", "requests.not_processed.publication", "requests.not_processed.excessive", "requests.not_processed.confirm_obtained"}

// Outcomes returns the rows of the requests table between received and resolved, 其他处理 left out.
func Outcomes() []string { return append([]string{}, outcomes...) }

// otherRows are the three rows that the 2021 form makes of requests.other.
var otherRows = []string{"requests.other.overdue_correction", "requests.other.overdue_fee", "requests.other.remaining"}

// rows are all rows of the requests table.
var rows = append(append([]string{"requests.received", "requests.carried_in"}, outcomes...),
	append(append([]string{"requests.other"}, otherRows...), "requests.resolved", "requests.carried_out")...)

// Groups are the three groups of the litigation table.
var Groups = []string{"review", "suit_direct", "suit_after_review"}

// Report tries every identity that needs one report only, in a fixed order. Identities none of whose cells are on the page are left out.
func Report(t Table) []Check {
	var checks []Check
	add := func(c Check, ok bool) {
		if ok {
			checks = append(checks, c)
		}
	}
	for _, a := range append(append([]string{}, Applicants...), Total) {
		add(t.equation("requests.balance", []Key{{"requests.received", a}, {"requests.carried_in", a}}, []Key{{"requests.resolved", a}, {"requests.carried_out", a}}))
		add(t.outcomeSum(a))
	}
	for _, row := range rows {
		parts := make([]Key, len(Applicants))
		for i, a := range Applicants {
			parts[i] = Key{row, a}
		}
		add(t.equation("requests.row", parts, []Key{{row, Total}}))
	}
	for _, g := range Groups {
		add(t.equation("litigation.sum", []Key{{g + ".upheld", ""}, {g + ".corrected", ""}, {g + ".other", ""}, {g + ".pending", ""}}, []Key{{g + ".total", ""}}))
	}
	for _, s := range stat2014 {
		add(t.stat2014(s))
	}
	return checks
}

// outcomeSum is requests.sum for one column. A page may print 其他处理 as one row, as three, or as a row with its three parts; the last is tried
// with the parts, and where only the one row makes the sum it passes with a note.
func (t Table) outcomeSum(applicant string) (Check, bool) {
	base := make([]Key, len(outcomes))
	for i, o := range outcomes {
		base[i] = Key{o, applicant}
	}
	right := []Key{{"requests.resolved", applicant}}
	var three []Key
	for _, o := range otherRows {
		if k := (Key{o, applicant}); has(t, k) {
			three = append(three, k)
		}
	}
	one := Key{"requests.other", applicant}
	if len(three) == 0 {
		return t.equation("requests.sum", append(base, one), right)
	}
	c, ok := t.equation("requests.sum", append(append([]Key{}, base...), three...), right)
	if !ok || c.Outcome == Pass || !has(t, one) {
		return c, ok
	}
	if alt, ok := t.equation("requests.sum", append(base, one), right); ok && alt.Outcome == Pass {
		alt.Note = "passes with 其他处理 as one row, not with its three parts"
		return alt, true
	}
	return c, ok
}

func has(t Table, k Key) bool { _, there := t[k]; return there }

// stat2014Rule is one identity of the appendix 政府信息公开情况统计表: the parts add up to the whole, or are at most the whole.
type stat2014Rule struct {
	whole  string
	parts  []string
	atMost bool
}

var stat2014 = []stat2014Rule{
	{"req_received", []string{"req_received_in_person", "req_received_fax", "req_received_online", "req_received_letter"}, false},
	{"req_closed", []string{"req_closed_on_time", "req_closed_extended"}, false},
	{"req_replied", []string{"reply_already_public", "reply_granted", "reply_partial", "reply_denied", "reply_not_this_agency", "reply_not_exist", "reply_asked_to_correct", "reply_other_channel"}, false},
	{"reply_denied", []string{"denied_state_secret", "denied_trade_secret", "denied_privacy", "denied_security_stability", "denied_not_gov_info", "denied_other_legal"}, false},
	{"review_total", []string{"review_upheld", "review_corrected", "review_other"}, false},
	{"suit_total", []string{"suit_upheld", "suit_corrected", "suit_other"}, false},
	{"staff_total", []string{"staff_fulltime", "staff_parttime"}, false},
	{"proactive_total", []string{"proactive_normdocs_disclosed"}, true},
	{"press_conferences", []string{"press_conferences_by_leader"}, true},
	{"online_interviews", []string{"online_interviews_by_leader"}, true},
}

func (t Table) stat2014(s stat2014Rule) (Check, bool) {
	parts := make([]Key, len(s.parts))
	for i, p := range s.parts {
		parts[i] = Key{"stat2014." + p, ""}
	}
	whole := []Key{{"stat2014." + s.whole, ""}}
	c, ok := t.equation("stat2014.sum", parts, whole)
	if !ok || !s.atMost {
		return c, ok
	}
	c.Expression = fmt.Sprintf("%s <= %s", parts[0], whole[0])
	if c.LHS != nil && c.RHS != nil {
		if c.Outcome = Pass; *c.LHS > *c.RHS && !Equal(*c.LHS, *c.RHS) {
			c.Outcome = Fail
		}
	}
	return c, ok
}
