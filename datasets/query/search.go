package query

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/agnivade/levenshtein"
	"github.com/gongkai-data/gongkai/datasets/gazetteer"
	"github.com/mozillazg/go-pinyin"
)

// names is what an issuer may be called: looked through by every search, so kept flat.
type names struct {
	local    int    // runes of the name before the part that is its own: 栖霞市|寺口镇
	initials string // one letter a rune: qxsskz; a rune that is no Chinese character stands for itself, lower-case
	syllable []string
	aliases  []string
}

func (r *Release) nameIssuers() {
	letters := map[rune]string{} // a few thousand characters make all names
	args := pinyin.NewArgs()
	read := func(c rune) string {
		s, ok := letters[c]
		if !ok {
			if p := pinyin.SinglePinyin(c, args); len(p) > 0 {
				s = p[0]
			} else {
				s = string(unicode.ToLower(c))
			}
			letters[c] = s
		}
		return s
	}
	r.names = make([]names, len(r.issuers))
	for k, is := range r.issuers {
		n := &r.names[k]
		var initials strings.Builder
		for _, c := range is.Name {
			s := read(c)
			first, _ := utf8.DecodeRuneInString(s)
			initials.WriteRune(first)
			n.syllable = append(n.syllable, s)
		}
		n.initials = initials.String()
		if d, ok := gazetteer.Lookup(is.Division); ok && is.Division != "" {
			if i := strings.Index(is.Name, d.Name); i > 0 {
				n.local = utf8.RuneCountInString(is.Name[:i])
			}
			n.aliases = d.Aliases
		}
		if n.local == 0 {
			n.local = ownPart(is.Name)
		}
	}
}

// ownPart is where the part of a name that is its own begins, by the words of the name alone: 蘅平县|霏陂镇人民政府, 某省某市|水务局.
func ownPart(name string) int {
	runes := []rune(strings.TrimSuffix(name, "人民政府"))
	for i := len(runes) - 2; i > 0; i-- { // two characters at least are its own
		if strings.ContainsRune("省市县区旗州盟", runes[i-1]) && i > 1 && !strings.ContainsRune("街镇乡中", runes[i]) { // not 城区|街道, 市|中区
			return i
		}
	}
	return 0
}

// Initials are the first letters of the pinyin of an issuer's name, from its own part on: skz.
func (r *Release) Initials(i *Issuer) string {
	n := &r.names[i.at]
	return n.from(n.local)
}

// Spelling is the pinyin of an issuer's name, from its own part on: sikouzhen.
func (r *Release) Spelling(i *Issuer) string {
	n := &r.names[i.at]
	return strings.Join(n.syllable[min(n.local, len(n.syllable)):], "")
}

// Hit is one answer of a search.
type Hit struct {
	Issuer *Issuer `json:"issuer"`
	Alias  string  `json:"alias,omitempty"` // the former or other name that matched
	rank   int
}

// maxQuery bounds the text of a search, in runes.
const maxQuery = 64

// Search finds issuers by ID, by name (the whole, its beginning, the place's own name, a part), by a former name, by
// pinyin initials (skz) or by pinyin (sikou), best first, at most limit, and says how many there are.
func (r *Release) Search(text string, limit int) ([]Hit, int) {
	text = strings.TrimSpace(strings.ToValidUTF8(text, ""))
	if text == "" {
		return nil, 0
	}
	if utf8.RuneCountInString(text) > maxQuery {
		text = string([]rune(text)[:maxQuery])
	}
	latin := strings.ToLower(strings.ReplaceAll(text, " ", ""))
	isLatin := !strings.ContainsFunc(latin, func(c rune) bool { return c > unicode.MaxASCII })
	var hits []Hit
	for k, is := range r.issuers {
		n := &r.names[k]
		h := Hit{Issuer: is, rank: -1}
		switch i := strings.Index(is.Name, text); {
		case is.ID == text || is.Name == text || is.Division == text:
			h.rank = 0
		case i >= 0 && utf8.RuneCountInString(is.Name[:i]) == n.local:
			h.rank = 1
		case i == 0:
			h.rank = 2
		case i > 0:
			h.rank = 3
		case isLatin && strings.HasPrefix(n.from(n.local), latin):
			h.rank = 4
		case isLatin && strings.HasPrefix(n.initials, latin):
			h.rank = 5
		case isLatin && len(latin) > 1 && n.spells(latin):
			h.rank = 6
		default:
			for _, a := range n.aliases {
				if strings.Contains(a, text) {
					h.rank, h.Alias = 4, a
					break
				}
			}
		}
		if h.rank >= 0 {
			hits = append(hits, h)
		}
	}
	slices.SortStableFunc(hits, func(a, b Hit) int {
		return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(len(a.Issuer.Name), len(b.Issuer.Name)))
	})
	return hits[:min(limit, len(hits))], len(hits)
}

// from returns the initials from a rune on.
func (n *names) from(rune int) string {
	for i := range n.initials {
		if rune == 0 {
			return n.initials[i:]
		}
		rune--
	}
	return ""
}

// spells reports whether the text is the beginning of the pinyin of the name from one of its characters on.
func (n *names) spells(text string) bool {
next:
	for from := range n.syllable {
		rest := text
		for _, s := range n.syllable[from:] {
			if strings.HasPrefix(s, rest) {
				return true
			}
			tail, ok := strings.CutPrefix(rest, s)
			if !ok {
				continue next
			}
			rest = tail
		}
	}
	return false
}

// Nearest returns up to limit issuers whose name, or whose own part of it, is spelled nearly like text: for "did you
// mean".
func (r *Release) Nearest(text string, limit int) []*Issuer {
	wanted := []rune(strings.TrimSpace(text))
	if len(wanted) == 0 || len(wanted) > maxQuery {
		return nil
	}
	type near struct {
		issuer   *Issuer
		distance int
	}
	var found []near
	for k, is := range r.issuers {
		name := []rune(is.Name)
		best := len(wanted)
		own := name[min(r.names[k].local, len(name)):]
		for _, part := range [][]rune{name, own, []rune(strings.TrimSuffix(string(own), "人民政府"))} {
			if d := len(part) - len(wanted); d <= 2 && d >= -2 {
				best = min(best, levenshtein.ComputeDistance(string(part), string(wanted)))
			}
		}
		if best <= max(1, len(wanted)/3) {
			found = append(found, near{is, best})
		}
	}
	slices.SortStableFunc(found, func(a, b near) int { return cmp.Compare(a.distance, b.distance) })
	var out []*Issuer
	for _, f := range found[:min(limit, len(found))] {
		out = append(out, f.issuer)
	}
	return out
}

// Find settles the one issuer that a reader means by a place: an ID, a whole name, the place's own name, a part. Where
// several fit equally it returns them all as an Ambiguous error, and where none fits those of nearly the same name as
// an Unknown one.
func (r *Release) Find(place string) (*Issuer, error) {
	if is := r.byID[place]; is != nil {
		return is, nil
	}
	if is := r.alone[place]; is != nil {
		return is, nil
	}
	hits, _ := r.Search(place, len(r.issuers))
	if len(hits) == 0 {
		return nil, &Unknown{Place: place, Near: r.Nearest(place, 5)}
	}
	best := hits[:1]
	for _, h := range hits[1:] {
		if h.rank == best[0].rank {
			best = append(best, h)
		}
	}
	if len(best) == 1 {
		return best[0].Issuer, nil
	}
	e := &Ambiguous{Place: place}
	for _, h := range best {
		e.Among = append(e.Among, h.Issuer)
	}
	return nil, e
}

// Alone reports whether an issuer bears its name alone, so that Find settles the name on it.
func (r *Release) Alone(i *Issuer) bool { return r.alone[i.Name] == i }

// arrange prepares the questions that need not look through all issuers: who bears a name alone, and who is in a
// division. A name that a search would cut or take for a code bears nobody.
func (r *Release) arrange() {
	r.alone = make(map[string]*Issuer, len(r.issuers))
	for _, is := range r.issuers {
		if strings.TrimSpace(is.Name) != is.Name || utf8.RuneCountInString(is.Name) > maxQuery || strings.Trim(is.Name, "0123456789") == "" {
			continue
		}
		if _, several := r.alone[is.Name]; several {
			r.alone[is.Name] = nil
			continue
		}
		r.alone[is.Name] = is
	}
	for _, is := range r.issuers {
		if is.Division != "" {
			r.placed = append(r.placed, is)
		} else {
			r.unplaced = append(r.unplaced, is)
		}
	}
	slices.SortStableFunc(r.placed, func(a, b *Issuer) int { return cmp.Compare(a.Division, b.Division) })
}

// within are the issuers whose division's code begins so.
func (r *Release) within(prefix string) []*Issuer {
	from, _ := slices.BinarySearchFunc(r.placed, prefix, func(is *Issuer, p string) int { return cmp.Compare(is.Division, p) })
	to := from
	for to < len(r.placed) && strings.HasPrefix(r.placed[to].Division, prefix) {
		to++
	}
	return r.placed[from:to]
}

// Unknown says that no issuer is called so.
type Unknown struct {
	Place string
	Near  []*Issuer
}

func (e *Unknown) Error() string {
	s := "no report of " + quote(e.Place) + " in the dataset"
	if len(e.Near) > 0 {
		s += "; did you mean " + list(e.Near) + "?"
	}
	return s
}

// Ambiguous says that several issuers are called so.
type Ambiguous struct {
	Place string
	Among []*Issuer
}

func (e *Ambiguous) Error() string {
	return quote(e.Place) + " fits several places: " + list(e.Among) + "; name one by its whole name or its issuer_id"
}

func quote(s string) string { return "\"" + s + "\"" }

func list(of []*Issuer) string {
	var names []string
	for _, i := range of[:min(5, len(of))] {
		names = append(names, i.Name+" ("+i.ID+")")
	}
	if len(of) > 5 {
		names = append(names, "…")
	}
	return strings.Join(names, ", ")
}
