package codebook

// Rate is a quotient of sums of indicators, as the panel holds it. Unlike a count it says nothing where it stands on
// few cases.
type Rate struct {
	ID                     string
	LabelZH, LabelEN       string
	Numerator, Denominator []string // indicators that are added up
}

// SmallSample is the number of cases under which a rate says little.
const SmallSample = 30

var denied = []string{"requests.denied.state_secret", "requests.denied.prohibited_by_law", "requests.denied.safety_stability", "requests.denied.third_party_rights",
	"requests.denied.internal_affairs", "requests.denied.process_information", "requests.denied.enforcement_files", "requests.denied.administrative_inquiry"}

var rates = []Rate{
	{"grant_rate", "公开率（予以公开与部分公开占办结）", "Grant rate: granted in full or part, of resolved",
		[]string{"requests.granted", "requests.granted_in_part"}, []string{"requests.resolved"}},
	{"denial_rate", "不予公开率（占办结）", "Denial rate: denied, of resolved", denied, []string{"requests.resolved"}},
	{"review_correction_rate", "行政复议纠正率（纠正占已审结）", "Review correction rate: corrected, of decided",
		[]string{"review.corrected"}, []string{"review.upheld", "review.corrected", "review.other"}},
	{"suit_loss_rate", "行政诉讼纠正率（纠正占已审结）", "Lawsuit loss rate: corrected, of decided",
		[]string{"suit_direct.corrected", "suit_after_review.corrected"},
		[]string{"suit_direct.upheld", "suit_direct.corrected", "suit_direct.other", "suit_after_review.upheld", "suit_after_review.corrected", "suit_after_review.other"}},
}

// Rates lists the rates of the panel. Do not change the slice.
func Rates() []Rate { return rates }

// Of makes the rate of a report from its headline values by indicator. The two sums are nil where one of their cells
// holds no number, for a blank is not zero; the share is nil where one of them is, where there is no case, and where
// the numerator is the larger.
func (r Rate) Of(value func(indicator string) *float64) (share, numerator, denominator *float64) {
	sum := func(ids []string) *float64 {
		total := 0.0
		for _, id := range ids {
			v := value(id)
			if v == nil {
				return nil
			}
			total += *v
		}
		return &total
	}
	numerator, denominator = sum(r.Numerator), sum(r.Denominator)
	if numerator == nil || denominator == nil || *denominator <= 0 || *numerator > *denominator {
		return nil, numerator, denominator
	}
	q := *numerator / *denominator
	return &q, numerator, denominator
}

// Parts are the indicators that the rate stands on, without repetition.
func (r Rate) Parts() []string {
	var all []string
	seen := map[string]bool{}
	for _, ids := range [][]string{r.Numerator, r.Denominator} {
		for _, id := range ids {
			if !seen[id] {
				seen[id] = true
				all = append(all, id)
			}
		}
	}
	return all
}
