package mention

import (
	"strings"
	"sync"

	"github.com/gongkai-data/gongkai/extract/mention/pattern"
)

// lookup is a list of words.csv, looked for in ranges of the text.
type lookup struct{ *pattern.Pattern }

func (l lookup) in(v *view, s span) bool { return s.from <= s.to && l.In(v.words(), s.from, s.to) }

// ending is a list of words.csv, one of which stands before a place.
type ending struct{ *pattern.Around }

func (e ending) endsAt(v *view, i int) bool {
	_, _, ok := e.Match(v.words(), i, i)
	return ok
}

// tables are the compiled rules and lists.
type tables struct {
	numbers, members *rules[*number]
	about            *rules[*number]
	edges            *rules[*edge]
	labels           *rules[*site]
	shares           *rules[*ratio]
	lists            *rules[*clause]
	scopes           *rules[*scope]
	zeros            *rules[*negation]
	topics, outcomes *rules[*subjectOf]
	categories       *rules[*subjectOf]
	cells            *rules[*subjectOf]

	request, channel, decided, deniedRequest *named

	sentence, adverb, and, bare, self, negation, preposition, open, ofAmount, copula, respectively                                      lookup
	difference, onRequest, onMotion, carried, disclosed, andSoOn, rest, results, resolved                                               lookup
	otherRequests, shareBefore, quoted, etc, nameless, amountTail, done                                                                 lookup
	attribute, normative, regulation, acts, licence                                                                                     lookup
	sinceYear, years, ofOneYear, ofThisYear, titleYear, termYear, timeLead, onlyTime, kindsOf, requestHeading, compares, someOf, cameIn lookup
	denials, bareDenials, suitGoesOn, caused, causes, appeals                                                                           lookup
	deniedWords                                                                                                                         map[zeroKind][]lookup

	office, thisYear, postposition, inside, total, goesOn ending
}

// loaded compiles the grammar once.
var loaded = sync.OnceValue(func() *tables {
	find := func(name string) lookup { return lookup{list(name)} }
	each := func(name string) (all []lookup) { // in the order of the list
		for _, w := range strings.Split(wordLists()[name], "|") {
			p, err := pattern.New(w, lists)
			if err != nil {
				panic("mention: words.csv: " + err.Error())
			}
			all = append(all, lookup{p})
		}
		return all
	}
	ends := func(name string) ending {
		a, err := pattern.NewAround("@"+name+"#", lists)
		if err != nil {
			panic("mention: words.csv: " + err.Error())
		}
		return ending{a}
	}
	return &tables{
		numbers: compile("numbers", numberFacts), members: compile("members", numberFacts), about: compile("about", numberFacts),
		edges: compile("edges", edgeFacts), labels: compile("labels", siteFacts), shares: compile("shares", ratioFacts), lists: compile("lists", clauseFacts),
		scopes: compile("scopes", scopeFacts), zeros: compile("zeros", negationFacts), topics: compile("topics", topicFacts), outcomes: compile("outcomes", topicFacts),
		categories: compile("category_rules", categoryFacts), cells: compile("cells", cellFacts),

		request: names()["request"], channel: names()["channel"], decided: names()["decided"], deniedRequest: names()["denied_request"],

		sentence: find("sentence"), adverb: find("only_adverbs"), and: find("and"), bare: find("bare"), self: find("only_body"), negation: find("only_negation"),
		preposition: find("only_preposition"), open: find("only_open"), ofAmount: find("only_amount"), copula: find("copula"), respectively: find("respectively"),
		difference: find("difference"), onRequest: find("on_request"), onMotion: find("on_motion"), carried: find("carried"), disclosed: find("disclosed"),
		andSoOn: find("and_so_on"), rest: find("rest"), results: find("results"), resolved: find("resolved"),
		otherRequests: find("other_requests"), shareBefore: find("share_before"), quoted: find("quoted"), etc: find("etc"), nameless: find("nameless"), amountTail: find("amount_tail"), done: find("done"),
		attribute: find("attribute"), normative: find("normative"), regulation: find("regulation"), acts: find("acts"), licence: find("licence"),
		titleYear: find("title_year"), termYear: find("term_year"), timeLead: find("time_lead"), onlyTime: find("only_time"), kindsOf: find("kinds_of"), requestHeading: find("request_heading"), compares: find("compares"), someOf: find("some_of"), cameIn: find("came_in"), sinceYear: find("since_year"), years: find("years"), ofOneYear: find("of_one_year"), ofThisYear: find("of_this_year"),
		denials: find("denials"), bareDenials: find("bare_denials"), suitGoesOn: find("suit_goes_on"), caused: find("caused"), causes: find("causes"), appeals: find("appeals"),
		deniedWords: map[zeroKind][]lookup{zeroRequests: each("denied_requests"), zeroReview: each("denied_reviews"), zeroSuit: each("denied_suits")},

		office: ends("offices"), thisYear: ends("this_year"), postposition: ends("postposition"), inside: ends("inside"), total: ends("totals"), goesOn: ends("goes_on"),
	}
})

// lastIn returns the last match of a pattern in a range, an empty span where there is none.
func (v *view) lastIn(s span, p lookup) (last span) {
	for from := s.from; from < s.to; {
		start, end, ok := p.Find(v.words(), from, s.to)
		if !ok {
			break
		}
		last = span{start, end}
		from = max(end, start+1)
	}
	return last
}
