package issuer

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/gongkai-data/gongkai/datasets/gazetteer"
	"github.com/gongkai-data/gongkai/extract/lazyregexp"
)

// lost is a place that the gazetteer lacks, below the places that the name gives.
type lost struct {
	places []*gazetteer.Division
	key    string
}

func unknownPlace(rs []reading) lost {
	var l lost
	for _, r := range rs {
		if d := r.chain[len(r.chain)-1].Division; r.tail.kind == unknown && !slices.Contains(l.places, d) {
			l.places = append(l.places, d)
			l.key = r.tail.key
		}
	}
	return l
}

var governmentEnd = lazyregexp.New(`(?:人民政府|政府|办事处)$`)

// bare is the name of a place without its government or the office that signs for it, whatever the spelling.
func bare(name string) string {
	return governmentEnd.ReplaceAllString(townshipOffice.ReplaceAllString(name, "$1$2"), "")
}

// answer is unresolved, but with the upper divisions that the name gives, and with one id for all spellings.
func (l lost) answer(in Input, name string) Issuer {
	if len(l.places) != 1 {
		return unresolved(in, name, "the gazetteer lacks the place")
	}
	d := l.places[0]
	if near := l.alike(d); len(near) > 0 {
		ans := ambiguous(in, name, near, d.Name+" has no "+l.key+" in the gazetteer but a division of that stem: an older form of it, or a body that was merged into it")
		ans.above(append(gazetteer.Ancestors(d.Code), d))
		return ans
	}
	ans := unresolved(in, d.Code+"|"+bare(l.key), d.Name+" has no "+l.key+" in the gazetteer")
	ans.above(append(gazetteer.Ancestors(d.Code), d))
	return ans
}

// alike returns the townships of the place that differ from the lost one in their class only: 兴华镇 for 兴华乡.
func (l lost) alike(place *gazetteer.Division) []candidate {
	stem, class := townStem(bare(l.key))
	if class == 0 {
		return nil
	}
	stem = strings.TrimSuffix(stem, people(stem))
	var out []candidate
	for _, t := range forms().towns[stem] {
		c := candidate{place: t.Division, tail: tail{kind: government}}
		if gazetteer.Within(t.Division.Code, place.Code) && !slices.ContainsFunc(out, c.same) {
			out = append(out, c)
		}
	}
	return out
}

var levelFirst = lazyregexp.New(`^(省|市|州|盟|县|区|旗|镇|乡|街道|苏木)(.*)$`)

// relative resolves a name without a place (教育局, 县教育局, 镇政府): by the text where it gives the name whole, else by the
// witnesses.
func relative(in Input, name string, c *context) Issuer {
	t, ok := classify(name, false, false, false)
	word := ""
	if m := levelFirst.FindStringSubmatch(name); m != nil {
		if u, good := classify(m[2], m[1] == "镇" || m[1] == "乡" || m[1] == "街道", false, false); good && (u.kind != government || m[2] != "") {
			word, t, ok = m[1], u, true
		}
	}
	if !ok || t.kind == unknown {
		return unresolved(in, name, "the name gives no place and no body that is known")
	}
	if cands := c.preceded(name, in.Year); len(cands) > 0 {
		ans := choose(in, name, cands, c)
		ans.Evidence = append(ans.Evidence, "the text gives the name with its place")
		return ans
	}
	if t.kind == government && word == "" {
		return unresolved(in, name, "the name gives no place")
	}
	var found *gazetteer.Division
	var said []string
	for _, w := range c.witnesses {
		d := at(w.place, word)
		if d == nil {
			continue
		}
		if found != nil && found != d {
			return unresolved(in, name, "the name gives no place and the witnesses differ")
		}
		found, said = d, append(said, w.source)
	}
	if found == nil {
		return unresolved(in, name, "the name gives no place")
	}
	return candidate{place: found, tail: t}.answer(in, append([]string{"the name gives no place"}, said...)...)
}

// at returns the division of that level word that a witness stands for. A body without any level word on a county's
// site is the county's; on a prefecture's site it may be anybody's.
func at(d *gazetteer.Division, word string) *gazetteer.Division {
	if word == "" {
		if d.Level == gazetteer.County {
			return d
		}
		return nil
	}
	for _, x := range append(gazetteer.Ancestors(d.Code), d) {
		if strings.HasSuffix(x.Name, word) && !x.Pseudo && !(word == "区" && x.Level < gazetteer.County) && !(word == "州" && x.Level != gazetteer.Prefecture) {
			// 市 may be the prefecture or a county-level city below it: take it only when one of the two is there.
			if word == "市" && x.Level == gazetteer.Prefecture && strings.HasSuffix(d.Name, "市") && d.Level == gazetteer.County {
				continue
			}
			return x
		}
	}
	return nil
}

const placeRunes = 14 // the longest run before a body's name that is tried as its place

// preceded collects the bodies that the text names with the given name at their end.
func (c *context) preceded(name string, year int) []candidate {
	var out []candidate
	for from, hits := 0, 0; hits < 20; hits++ {
		i := strings.Index(c.text()[from:], name)
		if i < 0 {
			break
		}
		i += from
		from = i + len(name)
		start := i
		for range placeRunes {
			r, n := utf8.DecodeLastRuneInString(c.text()[:start])
			if n == 0 || r == '\n' {
				break
			}
			start -= n
			for _, x := range candidates(parse(c.text()[start:i]+name), year) {
				if !x.short && !slices.ContainsFunc(out, x.same) {
					out = append(out, x)
				}
			}
		}
	}
	return out
}

// nameless judges a report that names nobody: the seed or the page's source, if they name a township and the text
// speaks of it.
func nameless(in Input, c *context) Issuer {
	for _, w := range c.witnesses {
		if w.place.Level == gazetteer.Township && w.source != "the page's SiteName" && strings.Contains(c.text(), w.place.Name) {
			return candidate{place: w.place, tail: tail{kind: government}}.answer(in, "nobody is named", w.source, "the text speaks of "+w.place.Name)
		}
	}
	return unresolved(in, "", "nobody is named")
}
