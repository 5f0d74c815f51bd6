package mention

import "cmp"

// subjectOf is draft i with what stands around it, on which the rules of topics.csv, category_words.csv and cells.csv
// are tried.
type subjectOf struct {
	*view
	drafts       []draft
	i            int
	d            *draft
	sentenceFrom int
	core, clause span // once asked for
	outcome      answer
}

// answer is to a question that is asked once.
type answer uint8

const (
	unknown answer = iota
	no
	yes
)

func (s *subjectOf) unitOf() uint8     { return s.d.kind }
func (s *subjectOf) place() (int, int) { return s.d.start, s.d.end }

// alone is a draft of which only the label and the unit are asked. It lasts until the next call.
func (v *view) alone(d *draft) *subjectOf {
	v.scratch.alone.view, v.scratch.alone.d = v, d
	return &v.scratch.alone
}

// about is the range of the label of a draft.
func (d *draft) about() span { return span{d.label.from, max(d.label.from, d.label.to)} }

// setLabel gives a draft another label.
func (d *draft) setLabel(s span) { d.label, d.topic = s, "" }

var topicFacts = facts[*subjectOf]{spans: map[string]func(*subjectOf) span{
	"label": func(s *subjectOf) span { return s.d.about() },
}}

// topic is what sort of thing a count counts, as far as its label tells; used to see where a breakdown ends. See
// topics.csv; "none" where it does not tell.
func (v *view) topic(d *draft) string {
	if d.topic == "" {
		d.topic = cmp.Or(v.rules.topics.does(v.alone(d)), "none")
	}
	return d.topic
}

// isChannel reports a part named after a publication channel; one document goes out on several, so channels never add
// up.
func (v *view) isChannel(d *draft) bool { return v.rules.channel.holds(v.words(), d.about()) }

// isOutcome reports a count of requests, or of what else was asked for, with one outcome.
func (v *view) isOutcome(d *draft) bool {
	return v.rules.outcomes.does(v.alone(d)) != ""
}

// inRequests reports that draft i speaks of requests: by its own label, or by that of a count before it in the
// sentence.
func (v *view) inRequests(drafts []draft, i int) bool {
	k := i
	for ; drafts[k].speaks == unasked; k-- {
		own := v.ownRequests(&drafts[k])
		if own == unasked && (k == 0 || v.sentenceEnds(drafts[k-1].end, drafts[k].start)) {
			own = ofOthers
		}
		if drafts[k].speaks = own; own != unasked {
			break
		}
	}
	for speaks := drafts[k].speaks; k <= i; k++ {
		drafts[k].speaks = speaks
	}
	return drafts[i].speaks == ofRequests
}

// speaks reports whether a count speaks of requests.
type speaks uint8

const (
	unasked speaks = iota
	ofRequests
	ofOthers
)

// ownRequests tells what the label of a draft alone speaks of, unasked where it does not tell.
func (v *view) ownRequests(d *draft) speaks {
	switch {
	case v.rules.otherRequests.in(v, d.about()):
		return ofOthers
	case v.topic(d) == "request":
		return ofRequests
	}
	return unasked
}

// maxBack bounds how many counts of a sentence are looked back at for what it speaks of.
const maxBack = 40
