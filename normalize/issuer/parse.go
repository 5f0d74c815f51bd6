package issuer

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/gongkai-data/gongkai/datasets/gazetteer"
	"github.com/gongkai-data/gongkai/extract/lazyregexp"
)

// reading is one way to read a name: a chain of places, each below the one before, and a body.
type reading struct {
	chain  []gazetteer.Name
	shorts int // places written without their level word
	tail   tail
}

const maxReadings = 4096 // a name has a handful; a hostile one must not take for ever

// parse returns the best ways to read a name: those in which the gazetteer explains most of it (淮安市|洪泽|教育局 and not
// 淮安市|洪泽教育局), then those that write every place in full.
func parse(name string) []reading {
	if len(name) > 200 {
		return nil
	}
	p := parser{x: forms()}
	p.walk(zoneWords.Replace(name), nil, 0)
	if len(p.out) == 0 {
		return nil
	}
	rank := func(r reading) int { // smaller is better
		n := utf8.RuneCountInString(r.tail.key)*100 + r.shorts
		if r.tail.kind == unknown {
			n += 100_000
		}
		return n
	}
	best := rank(p.out[0])
	for _, r := range p.out {
		best = min(best, rank(r))
	}
	return slices.DeleteFunc(p.out, func(r reading) bool { return rank(r) > best })
}

type parser struct {
	x         *index
	out       []reading
	lastShort bool // the place read last is written without its level word
}

func (p *parser) walk(rest string, chain []gazetteer.Name, shorts int) {
	if len(p.out) >= maxReadings || len(chain) > 5 {
		return
	}
	if len(chain) > 0 {
		last := chain[len(chain)-1]
		if t, ok := classify(rest, last.Division.Level == gazetteer.Township, last.Division.Pseudo, p.lastShort); ok && !p.hidden(t, rest, chain) {
			p.out = append(p.out, reading{slices.Clone(chain), shorts, t})
		}
		if rest == "" || last.Division.Level == gazetteer.Township {
			return
		}
	}
	if after, ok := strings.CutPrefix(rest, "人民政府"); ok && after != "" && len(chain) > 0 {
		rest = after // 越秀区人民政府|北京街道办事处
	}
	for i := range rest {
		if i == 0 {
			continue
		}
		if i > p.x.reach {
			break
		}
		p.step(rest, i, chain, shorts)
	}
	if len(rest) <= p.x.reach {
		p.step(rest, len(rest), chain, shorts)
	}
	p.unlisted(rest, chain, shorts)
}

// unlisted reads a township of a zone that the gazetteer lacks: 成都市|高新区|桂溪街道, which the bureau counts to 武侯区. It is a
// last resort: any reading without it is better.
func (p *parser) unlisted(rest string, chain []gazetteer.Name, shorts int) {
	if len(chain) == 0 {
		return
	}
	if d := chain[len(chain)-1].Division; d.Level != gazetteer.Prefecture && !(d.Level == gazetteer.Province && strings.HasSuffix(d.Name, "市")) {
		return
	}
	m := zoneLead.FindString(rest)
	if m == "" {
		return
	}
	rest = rest[len(m):]
	for i := range rest {
		if i > p.x.reach {
			break
		}
		if i > 0 {
			p.town(rest, i, chain, shorts+lastResort)
		}
	}
}

const lastResort = 50 // weighs more than all short places and less than one character of a body

var zoneLead = lazyregexp.New(`^\p{Han}{0,8}?(?:高新区|经开区|开发区|新区|示范区|度假区|管理区|试验区|实验区|园区)(?:管理委员会|管委会)?`)

// hidden reports whether a body's name starts with the short form of a place below (烟台市|栖霞某物局): then it is that place's
// body, of a kind that classify does not know, and must not be given to the place above. 荆州市|公安局 is none although 公安县
// lies in 荆州市.
func (p *parser) hidden(t tail, rest string, chain []gazetteer.Name) bool {
	if t.kind == government || t.kind == unknown {
		return false
	}
	for i := range rest {
		after := rest[i:]
		if i == 0 || utf8.RuneCountInString(after) < 2 || offWord.MatchString(after) {
			continue
		}
		for _, f := range p.x.upper[rest[:i]] {
			if f.short && below(f.Name, chain) {
				return true
			}
		}
	}
	return false
}

var offWord = lazyregexp.New(`^(?:局|厅|委|处|办|分局|管理|服务|中心)`)

// step tries to read rest[:i] as the next place.
func (p *parser) step(rest string, i int, chain []gazetteer.Name, shorts int) {
	head, after := rest[:i], rest[i:]
	for _, f := range p.x.upper[head] {
		if !below(f.Name, chain) || f.inner && (len(chain) == 0 || chain[len(chain)-1].Division.Code != f.Division.Parent) {
			continue
		}
		n, keep := shorts, p.lastShort
		if p.lastShort = f.short; f.short {
			n++
		}
		p.walk(after, append(chain, f.Name), n)
		p.lastShort = keep
	}
	p.town(rest, i, chain, shorts)
}

// town tries to read rest[:i] as the stem of a township.
func (p *parser) town(rest string, i int, chain []gazetteer.Name, shorts int) {
	head, after := rest[:i], rest[i:]
	for _, t := range p.x.towns[head] {
		tail, ok := t.end(after)
		if !ok || !below(t.Name, chain) {
			continue
		}
		keep := p.lastShort
		p.lastShort = false
		p.walk(tail, append(chain, t.Name), shorts)
		p.lastShort = keep
	}
}

// end cuts the end of a township's name off rest, in all spellings of its class: 街道, 街道办事处, 办事处, 街; 仫佬族乡, 乡.
func (t townForm) end(rest string) (string, bool) {
	switch t.class {
	case street:
		if after, ok := cutAny(rest, "街道办事处", "街道办公室", "街道办", "街道", "地区办事处", "办事处"); ok {
			return after, true
		}
		if after, ok := strings.CutPrefix(rest, "街"); ok && governmentTail.MatchString(after) { // 广州 and 武汉 write 北京街
			return after, true
		}
		return "", false
	case district:
		if after, ok := cutAny(rest, "地区办事处", "地区"); ok || !strings.HasPrefix(t.Division.Code, "11") {
			return after, ok
		}
		return cutAny(rest, "镇", "乡") // 苏家坨地区办事处 and 苏家坨镇 of Beijing are one office under two names
	case banner:
		return cutAny(rest, "民族苏木", "苏木")
	}
	word := "乡"
	if t.class == town {
		word = "镇"
	}
	if m := ethnicCut.FindStringSubmatch(rest); m != nil && m[1] == word {
		return rest[len(m[0]):], true
	}
	return rest, strings.HasSuffix(t.Text, "镇镇") && governmentTail.MatchString(rest) // 乌镇镇 is called 乌镇
}

func cutAny(s string, prefixes ...string) (string, bool) {
	for _, p := range prefixes {
		if r, ok := strings.CutPrefix(s, p); ok {
			return r, true
		}
	}
	return s, false
}

// below reports whether a name can follow the chain: its division is, or was under that name, below the last place.
func below(n gazetteer.Name, chain []gazetteer.Name) bool {
	if len(chain) == 0 {
		return true
	}
	last := chain[len(chain)-1].Division
	if n.Division.Level <= last.Level || n.Division == last {
		return false
	}
	for _, above := range []string{last.Code, last.Successor} {
		if above != "" && (gazetteer.Within(n.Division.Code, above) || n.Parent == above || gazetteer.Within(n.Parent, above)) {
			return true
		}
	}
	// The bureau counts some towns to the development zone of their city and not to the county that the town itself
	// names.
	return last.Level == gazetteer.County && n.Division.Level == gazetteer.Township && zoned(n.Division, last)
}

// zoned reports whether a township stands under a development zone of the same city as the county.
func zoned(d, county *gazetteer.Division) bool {
	p, ok := gazetteer.Lookup(d.Parent)
	return ok && p.Pseudo && p.Level == gazetteer.County && p.Parent == county.Parent
}

// candidates turns readings into bodies, each once, and drops bearers of a name who cannot have borne it in that year
// while others could.
func candidates(rs []reading, year int) []candidate {
	var out []candidate
	for _, r := range rs {
		if r.tail.kind == unknown {
			continue
		}
		last := r.chain[len(r.chain)-1]
		c := candidate{place: last.Division, tail: r.tail, bare: len(r.chain) == 1, short: r.shorts > 0, since: last.Since, until: last.Until, town: last.Text}
		if len(r.chain) > 1 {
			above := r.chain[len(r.chain)-2].Division
			c.zoned = above.Level == gazetteer.County && zoned(last.Division, above) && !gazetteer.Within(last.Parent, above.Code)
		}
		out = append(out, c)
	}
	if slices.ContainsFunc(out, func(c candidate) bool { return !c.zoned }) {
		out = slices.DeleteFunc(out, func(c candidate) bool { return c.zoned })
	}
	if year > 0 && len(out) > 1 {
		could := func(c candidate) bool {
			return (c.since == "" || year >= atoi(c.since[:4])) && (c.until == "" || year <= atoi(c.until[:4]))
		}
		if slices.ContainsFunc(out, could) {
			out = slices.DeleteFunc(out, func(c candidate) bool { return !could(c) })
		}
	}
	var once []candidate // only now: one body may be reached by its old and by its present name
	for _, c := range out {
		if !slices.ContainsFunc(once, c.same) {
			once = append(once, c)
		}
	}
	return once
}

func atoi(s string) int {
	n := 0
	for _, r := range s {
		n = n*10 + int(r-'0')
	}
	return n
}
