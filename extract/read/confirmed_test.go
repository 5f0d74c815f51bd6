package read

import (
	"testing"

	"github.com/gongkai-data/gongkai/extract"
)

// TestConfirmByText: a number that nothing in its table confirms stands where the text names it, and the same one only.
func TestConfirmByText(t *testing.T) {
	business := "business"
	for name, c := range map[string]struct {
		fact     extract.Fact
		mentions []extract.Mention
		stands   bool
	}{
		"named":             {extract.Fact{Unconfirmed: true}, []extract.Mention{{Indicator: "a", Count: 34}}, true},
		"another number":    {extract.Fact{Unconfirmed: true}, []extract.Mention{{Indicator: "a", Count: 84}}, false},
		"another indicator": {extract.Fact{Unconfirmed: true}, []extract.Mention{{Indicator: "b", Count: 34}}, false},
		"about":             {extract.Fact{Unconfirmed: true}, []extract.Mention{{Indicator: "a", Count: 34, Approximate: true}}, false},
		"two numbers":       {extract.Fact{Unconfirmed: true}, []extract.Mention{{Indicator: "a", Count: 34}, {Indicator: "a", Count: 31}}, false},
		"one applicant":     {extract.Fact{Unconfirmed: true, Applicant: &business}, []extract.Mention{{Indicator: "a", Count: 34}}, false},
		"other doubt":       {extract.Fact{}, []extract.Mention{{Indicator: "a", Count: 34}}, false},
	} {
		c.fact.Indicator, c.fact.Raw, c.fact.State, c.fact.Locator = "a", "34", extract.Unreadable, "1:2,3,4,5"
		r := &extract.Report{Facts: []extract.Fact{c.fact}, Mentions: c.mentions,
			Problems: []extract.Problem{{Kind: extract.UnreadNumber, Locator: "1:2,3,4,5", Indicator: "a"}, {Kind: extract.UnreadNumber, Locator: "1:2,3,4,5", Indicator: "b"}}}
		confirmByText(r)
		f := r.Facts[0]
		if got := f.Value != nil && *f.Value == 34 && f.State == extract.Reported; got != c.stands || got != (len(r.Problems) == 1) {
			t.Errorf("%s: %+v, %d problems", name, f, len(r.Problems))
		}
	}
}
