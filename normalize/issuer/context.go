package issuer

import (
	"slices"
	"strings"
	"sync"

	"github.com/gongkai-data/gongkai/datasets/gazetteer"
	"github.com/gongkai-data/gongkai/extract/lazyregexp"
)

// witness is one source that says where a report belongs.
type witness struct {
	place  *gazetteer.Division
	source string
}

// context is what surrounds a name.
type context struct {
	witnesses []witness
	text      func() string // the title and the parts of the text that are searched for places; made only when it is needed
}

const searched = 8_000 // bytes of the text's beginning and of its end that are searched for places

var siteWords = lazyregexp.New(`(?:人民政府)?(?:门户)?(?:政府)?(?:公众|信息|官方)?(?:信息公开)?(?:门户)?(?:网站|网|门户|平台|公开专栏)+$`)

func newContext(in Input) *context {
	c := &context{}
	if d, ok := division(in.SeedCode); ok {
		c.witnesses = append(c.witnesses, witness{d, "the seed's division code"})
	}
	if id := in.Meta["siteidcode"]; len(id) >= 6 {
		// The first six digits of a site's code are its county's code (国办发〔2017〕47号).
		if d, ok := division(id[:6]); ok {
			c.witnesses = append(c.witnesses, witness{d, "the page's SiteIDCode"})
		}
	}
	for _, s := range []struct{ text, source string }{
		{in.SeedName, "the seed's name"}, {in.Meta["sitename"], "the page's SiteName"}, {in.Meta["contentsource"], "the page's ContentSource"},
	} {
		if d := sole(s.text); d != nil {
			c.witnesses = append(c.witnesses, witness{d, s.source})
		}
	}
	c.text = sync.OnceValue(func() string {
		text := in.Text
		if len(text) > 2*searched {
			text = text[:searched] + "\n" + text[len(text)-searched:]
		}
		return normalizeLines(in.Title + "\n" + strings.ToValidUTF8(text, ""))
	})
	return c
}

func division(code string) (*gazetteer.Division, bool) {
	if len(code) < 2 || strings.Trim(code, "0123456789") != "" || len(code) > 12 {
		return nil, false
	}
	for len(code) > 2 && strings.HasSuffix(code, "00") && len(code)%2 == 0 && len(code) <= 6 {
		code = code[:len(code)-2]
	}
	return gazetteer.Lookup(code)
}

// sole returns the one place that a site or a source names in full, or nil.
func sole(text string) *gazetteer.Division {
	if len(text) > 300 {
		return nil
	}
	name := siteWords.ReplaceAllString(normalize(text), "")
	var found *gazetteer.Division
	for _, c := range candidates(parse(name), 0) {
		if c.short || found != nil && found != c.place {
			return nil
		}
		found = c.place
	}
	return found
}

// near reports whether a place and a witness's place lie on one line: one is the other or below it.
func near(place, other *gazetteer.Division) bool {
	return gazetteer.Within(place.Code, other.Code) || gazetteer.Within(other.Code, place.Code)
}

// choose picks the one body that the context allows.
func choose(in Input, name string, cands []candidate, c *context) Issuer {
	if len(cands) == 1 {
		return c.single(in, cands[0])
	}
	left := cands
	var said []string
	for _, w := range c.witnesses {
		fits := slices.DeleteFunc(slices.Clone(cands), func(x candidate) bool { return !near(x.place, w.place) })
		if len(fits) == 0 {
			continue // the site of another government: no evidence
		}
		both := slices.DeleteFunc(slices.Clone(left), func(x candidate) bool { return !slices.ContainsFunc(fits, x.same) })
		if len(both) == 0 {
			return ambiguous(in, name, cands, "the witnesses disagree: "+strings.Join(append(said, w.source), ", "))
		}
		if len(both) < len(left) {
			said = append(said, w.source)
		}
		left = both
	}
	if len(left) > 1 {
		if one, how := c.inText(left); one != nil {
			left, said = []candidate{*one}, append(said, how)
		}
	}
	if len(left) > 1 {
		if one := byHost(in.URL, left); one != nil {
			left, said = []candidate{*one}, append(said, "the host of the official site spells its upper division")
		}
	}
	if len(left) == 1 {
		return left[0].answer(in, append([]string{"the name fits several divisions"}, said...)...)
	}
	return ambiguous(in, name, left, "the name fits several divisions and nothing tells which")
}

// single judges the only body of a name. A name that gives its county is enough; a town's bare name must not be
// contradicted.
func (c *context) single(in Input, x candidate) Issuer {
	var with, against []string
	for _, w := range c.witnesses {
		if near(x.place, w.place) {
			with = append(with, w.source)
		} else {
			against = append(against, w.source)
		}
	}
	weak := x.short || x.bare && x.place.Level == gazetteer.Township && !x.place.Pseudo || x.foundling()
	switch {
	case !weak:
		return x.answer(in, "the name fits one division of the gazetteer")
	case len(with) > 0 && len(against) == 0:
		return x.answer(in, append([]string{"the only division of that name"}, with...)...)
	}
	if one, how := c.inText([]candidate{x}); one != nil && len(against) == 0 {
		return x.answer(in, "the only division of that name", how)
	}
	if len(against) > 0 {
		return ambiguous(in, normalize(in.Name), []candidate{x}, "the only division of that name lies elsewhere than "+strings.Join(against, " and ")+" says")
	}
	if x.homonym() || x.foundling() {
		return ambiguous(in, normalize(in.Name), []candidate{x}, "a zone may be named so without being "+x.place.Name+"'s")
	}
	if in.Year > 0 && in.Year < 2015 && x.place.Level == gazetteer.Township {
		return ambiguous(in, normalize(in.Name), []candidate{x}, "the only division of that name in the editions since 2015, but the report is older")
	}
	return x.answer(in, "the only division of that name in the gazetteer")
}

// own follows a division's name, or stands before it, where a report speaks of its own county or city and not of one
// that was visited or praised.
var (
	ownAfter  = lazyregexp.New(`^(?:人民)?(?:政府|委|政务公开|政务网|信息公开|门户|网|区域内|境内|[^\n]{0,12}(?:路|街|号|村|办公楼))`)
	ownBefore = lazyregexp.New(`(?:地址|地点|地处|位于|邮寄|根据|按照|上报)[^\n]{0,12}$`)
)

// owned counts how often the text names a division, and reports whether it does so once as its own.
func owned(text, name string) (times int, own bool) {
	for from := 0; ; {
		i := strings.Index(text[from:], name)
		if i < 0 {
			return times, own
		}
		i += from
		from = i + len(name)
		times++
		own = own || ownAfter.MatchString(text[from:min(len(text), from+90)]) || ownBefore.MatchString(text[max(0, i-60):i])
	}
}

// inText finds the one candidate whose upper divisions the report speaks of: best as one word (栖霞市寺口镇), else twice by
// name, once as its own, and the others never.
func (c *context) inText(cands []candidate) (*candidate, string) {
	var joined, spoken []int
	for i, x := range cands {
		word, times, own := false, 0, false
		for _, d := range gazetteer.Ancestors(x.place.Code) {
			if d.Pseudo || d.Level == gazetteer.Province && x.place.Level == gazetteer.Township {
				continue
			}
			for _, n := range append(shorts(d.Name, d), d.Name) {
				word = word || strings.Contains(c.text(), n+x.town)
			}
			n, o := owned(c.text(), d.Name)
			times, own = times+n, own || o
		}
		if word {
			joined = append(joined, i)
		}
		if times > 0 {
			spoken = append(spoken, i)
		}
		if !word && (times == 1 || times > 1 && !own) {
			spoken = append(spoken, -1) // too little, but it speaks against the others
		}
	}
	switch {
	case len(joined) == 1:
		return &cands[joined[0]], "the text writes the name with its upper division"
	case len(joined) == 0 && len(spoken) == 1:
		return &cands[spoken[0]], "the text speaks of its upper division"
	}
	return nil, ""
}

func ambiguous(in Input, name string, cands []candidate, why string) Issuer {
	ans := unresolved(in, name, why)
	ans.State = Ambiguous
	for _, x := range cands {
		ans.Candidates = append(ans.Candidates, x.place.Code)
	}
	slices.Sort(ans.Candidates)
	return ans
}
