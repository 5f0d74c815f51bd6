package issuer

import (
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/gazetteer"
	"github.com/gongkai-data/gongkai/datasets/inputs"
	"github.com/gongkai-data/gongkai/extract/lazyregexp"
)

// Override is one line of the override file: it settles who issued the reports that its conditions fit. The file is
// append-only, so a mistaken line is corrected by a later one, and each line says why.
type Override struct {
	Name         string // condition: the issuer's name as the title writes it; empty fits any
	Host         string // condition: host of the report's address; empty fits any
	URL          string // condition: the report's exact address; empty fits any
	DivisionCode string // answer: 12 digits
	Body         string // answer: the body below the division (教育局); empty for the government itself
	Kind         string // answer: issuer_kind; empty takes the division's level, or department for a body
	Reason       string
	Evidence     string // an address or a document that shows it
	Who          string
	On           string // YYYY-MM-DD
}

var day = lazyregexp.New(`^\d{4}-\d{2}-\d{2}$`)

// ReadOverrides reads an override file as package inputs describes it. Every line needs a condition, a division of the
// gazetteer, a reason and evidence.
func ReadOverrides(r io.Reader) ([]Override, error) {
	var all []Override
	file, _ := inputs.Lookup(inputs.Overrides)
	err := file.Read(r, func(l inputs.Line) error {
		o := Override{Name: l.Field("name"), Host: l.Field("host"), URL: l.Field("url"), DivisionCode: l.Field("division_code"), Body: l.Field("body"),
			Kind: l.Field("kind"), Reason: l.Field("reason"), Evidence: l.Field("evidence"), Who: l.Field("who"), On: l.Field("on")}
		if err := o.check(); err != nil {
			return err
		}
		all = append(all, o)
		return nil
	})
	return all, err
}

func (o Override) check() error {
	d, ok := gazetteer.Lookup(o.DivisionCode)
	switch {
	case o.Name == "" && o.URL == "":
		return errors.New("a line needs a name or a url as its condition; a host alone is no evidence")
	case len(o.DivisionCode) != 12 || !ok || d.Code != o.DivisionCode:
		return fmt.Errorf("%q is no 12-digit code of the gazetteer", o.DivisionCode)
	case o.Reason == "" || o.Evidence == "":
		return errors.New("reason and evidence must not be empty")
	case o.On != "" && !day.MatchString(o.On):
		return fmt.Errorf("%q is no date YYYY-MM-DD", o.On)
	}
	switch o.Kind {
	case "", "township", "county", "prefecture", "province", Department, Other:
		return nil
	}
	return fmt.Errorf("%q is no issuer_kind", o.Kind)
}

// apply settles an answer by the last override whose conditions all fit.
func (r *Resolver) apply(in Input, ans Issuer) Issuer {
	for i := len(r.overrides) - 1; i >= 0; i-- {
		o := r.overrides[i]
		if o.Name != "" && normalize(o.Name) != normalize(in.Name) || o.URL != "" && o.URL != in.URL {
			continue
		}
		if o.Host != "" {
			if u, err := url.Parse(in.URL); err != nil || !strings.EqualFold(u.Hostname(), o.Host) {
				continue
			}
		}
		d, ok := gazetteer.Lookup(o.DivisionCode)
		if !ok {
			continue // ReadOverrides lets none of these through
		}
		c := candidate{place: d, tail: tail{kind: government}}
		if o.Body != "" {
			c.tail = tail{kind: Department, key: bodyKey(normalize(o.Body))}
			if t, ok := classify(normalize(o.Body), false, false, false); ok && t.kind != unknown {
				c.tail = t
			}
		}
		out := c.answer(in, "override: "+o.Reason+" ("+o.Evidence+")")
		if o.Kind != "" {
			out.Kind = o.Kind
		}
		out.Override = true
		return out
	}
	return ans
}
