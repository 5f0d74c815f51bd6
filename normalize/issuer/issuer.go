// Package issuer tells which body published a report: from the name in its title, with the page's tags, the seed and
// the text as context, to an issuer id that stays the same over years and spellings.
//
// 栖霞市寺口镇人民政府, 寺口镇 and 寺口镇政府 are one issuer, 鼓楼区 of four cities are four. What cannot be told is ambiguous or
// unresolved, never guessed. The host of a page says little, as reports stand on the sites of upper governments and on
// copies: that of an official site may choose among the bodies that a name allows, and no more.
package issuer

import (
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/gazetteer"
)

// States of an Issuer (dataset contract: issuer_state).
const (
	Resolved   = "resolved"
	Ambiguous  = "ambiguous"
	Unresolved = "unresolved"
)

// Kinds of an Issuer besides the levels of divisions (dataset contract: issuer_kind).
const (
	Department = "department"
	Other      = "other"
)

// Input is what is known of a report's issuer. Any field may be empty.
type Input struct {
	Title              string            // report title
	Name               string            // the issuer as the title writes it: title.Parsed.IssuerName
	Text               string            // the report's text
	Meta               map[string]string // page tags by lower-case name: sitename, siteidcode, contentsource
	URL                string            // chooses among bodies of one name, and keeps apart documents that name nobody
	SeedName, SeedCode string            // the seed's place and division_code
	Year               int               // year reported on, 0 if unknown: tells former from present bearers of a name
}

// Issuer is the answer. Division fields are nil where unknown.
type Issuer struct {
	ID           string // see package comment of the dataset contract: code, code-8hex, or x-16hex
	Name         string // as the title writes it
	State        string // resolved, ambiguous, unresolved
	Kind         string // township, county, prefecture, province, department, other; empty while unresolved
	DivisionCode *string
	Province     *string
	Prefecture   *string
	County       *string
	Township     *string
	Candidates   []string // codes of the divisions it may be, when ambiguous
	Evidence     []string // what the answer rests on, one English sentence each
	Override     bool     // settled by the override file
}

// Resolver resolves issuers and applies overrides last. It is safe for all goroutines.
type Resolver struct{ overrides []Override }

// New returns a Resolver with overrides; later lines win over earlier ones.
func New(overrides []Override) *Resolver { return &Resolver{overrides} }

// Overrides are those given to New. Do not change them.
func (r *Resolver) Overrides() []Override { return r.overrides }

// Resolve finds the issuer of a report without overrides.
func Resolve(in Input) Issuer { return New(nil).Resolve(in) }

// Resolve finds the issuer of a report.
func (r *Resolver) Resolve(in Input) Issuer {
	ans := resolve(in)
	return r.apply(in, ans)
}

func resolve(in Input) Issuer {
	name := plain(normalize(in.Name))
	c := newContext(in)
	if strings.ContainsAny(name, "某×xX*") {
		return unresolved(in, name, "the name is made anonymous")
	}
	if name == "" {
		return nameless(in, c)
	}
	parses := parse(name)
	if len(parses) == 0 {
		return relative(in, name, c)
	}
	cands := candidates(parses, in.Year)
	unknown := unknownPlace(parses)
	if len(cands) == 0 {
		return unknown.answer(in, name)
	}
	return choose(in, name, cands, c)
}

// candidate is one body that a name may stand for.
type candidate struct {
	place *gazetteer.Division
	tail  tail
	bare  bool   // the name gives nothing above the place
	short bool   // a place is written without its level word
	zoned bool   // the place stands under a development zone, not under the county that the name gives
	since string // of the name used
	until string
	town  string // the text of the place's own name, for a search in the report
}

func (c candidate) same(d candidate) bool { return c.place == d.place && c.tail.key == d.tail.key }

// answer makes an Issuer of a candidate.
func (c candidate) answer(in Input, evidence ...string) Issuer {
	ans := Issuer{ID: c.place.Code, Name: in.Name, State: Resolved, Kind: c.place.Level.String(), Evidence: evidence}
	if c.place.Pseudo {
		ans.Kind = Other
	}
	if c.tail.kind != government {
		ans.ID = c.place.Code + "-" + hash(c.tail.key, 4)
		ans.Kind = c.tail.kind
	}
	ans.place(c.place)
	return ans
}

// place fills the division's code and the names of the levels. The bureau's own rows (市辖区 as a prefecture) give no
// name.
func (a *Issuer) place(d *gazetteer.Division) {
	code := d.Code
	a.DivisionCode = &code
	a.above(append(gazetteer.Ancestors(code), d))
}

func (a *Issuer) above(chain []*gazetteer.Division) {
	for _, d := range chain {
		name := d.Name
		switch d.Level {
		case gazetteer.Province:
			a.Province = &name
			if strings.HasSuffix(name, "市") { // 北京, 天津, 上海, 重庆
				a.Prefecture = nil
			}
		case gazetteer.Prefecture:
			if !d.Pseudo {
				a.Prefecture = &name
			}
		case gazetteer.County:
			a.County = &name
		case gazetteer.Township:
			a.Township = &name
		}
	}
}

func unresolved(in Input, name, why string) Issuer {
	key := bodyKey(bare(name)) // one id for 霏安区 and 霏安区人民政府, whatever they are
	if key == "" {             // nobody named: keep such documents apart instead of making them one issuer
		host := ""
		if u, err := url.Parse(in.URL); err == nil {
			host = u.Hostname()
		}
		key = "?" + normalize(in.Title) + "|" + host + "|" + in.SeedCode
	}
	return Issuer{ID: "x-" + hash(key, 8), Name: in.Name, State: Unresolved, Evidence: []string{why}}
}

func hash(s string, bytes int) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:bytes])
}
