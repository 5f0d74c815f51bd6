package normalize

import (
	"fmt"

	"github.com/gongkai-data/gongkai/datasets/gazetteer"
	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/normalize/issuer"
)

// Stated is what the person who imported a document said of it: evidence beside the document's own words, never in
// their place. The zero value is nothing.
type Stated struct {
	Issuer, DivisionCode string
	Year                 int    // reported on; 0 where it is not said
	PublishedOn          string // YYYY-MM-DD, or empty
}

// TakeYear takes the stated year where the document tells none, and adds a problem either way: one that it rests on a
// person's word, or one that the document says another.
func (r *Reading) TakeYear(s Stated) {
	if s.Year == 0 || r.Parsed.Year != nil && *r.Parsed.Year == s.Year {
		return
	}
	if own := r.Parsed.Year; own != nil {
		r.doubtIdentity("stated_year_differs", s.Year, *own)
		return
	}
	formless := r.form() == ""
	r.Parsed.Year = &s.Year
	r.Parsed.Evidence = append(r.Parsed.Evidence, fmt.Sprintf("year: %d, said by who imported the document", s.Year))
	if formless {
		r.missingTables()
	}
	r.doubtIdentity("stated_year", s.Year)
}

// CheckIssuer adds a problem where the body that the document names does not lie where the person said.
func (r *Reading) CheckIssuer(s Stated, found issuer.Issuer) {
	if s.DivisionCode == "" || found.DivisionCode == nil {
		return
	}
	stated, ok := gazetteer.Lookup(s.DivisionCode)
	if ok && !gazetteer.Within(stated.Code, *found.DivisionCode) && !gazetteer.Within(*found.DivisionCode, stated.Code) {
		r.doubtIdentity("stated_place_differs", s.DivisionCode, s.Issuer, *found.DivisionCode, found.Name)
	}
}

func (r *Reading) doubtIdentity(code string, args ...any) {
	r.Problems = append(r.Problems, extract.Tell(extract.DoubtfulIdentity, code, args...))
}
