package web

import (
	"strconv"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/query"
)

// textChoice is one of the two texts as the form asks for it.
type textChoice struct {
	Field string  // a or b; the year's is this and a y
	Place string  // as the reader wrote it
	Year  int32   // 0 for the latest
	Lost  *lost   // why the place could not be settled
	Other []int32 // years of the place's reports where there is none of the year asked for
}

// choiceOf is a text that is chosen.
func (r *request) choiceOf(field string, of query.ReportOf) textChoice {
	return textChoice{Field: field, Place: r.Called(of.Issuer), Year: of.Ref.Year}
}

// chooseWording is the page that lays two texts side by side that the reader names by place and year. Without a year it
// is the latest report; of one place in both fields, or in the first alone, the last two.
func (r *request) chooseWording() error {
	var page wordingPage
	var texts [2]*reportText
	var chosen [2]query.ReportOf
	for i, field := range []string{"a", "b"} {
		var err error
		if page.Sides[i], chosen[i], err = r.readChoice(field); err != nil {
			return err
		}
	}
	if a, b := &chosen[0], chosen[1]; a.Issuer != nil && a.Issuer == b.Issuer && page.Sides[0].Year == 0 {
		if before := a.Issuer.Before(b.Ref); before != nil {
			a.Ref = before
		}
	}
	for i, of := range chosen {
		if of.Ref == nil {
			continue
		}
		text, err := r.textOf(of.Ref.ID)
		if err != nil {
			return err
		}
		texts[i], page.Sides[i] = &text, r.choiceOf(page.Sides[i].Field, of)
	}
	return r.besides(page, texts[0], texts[1])
}

// readChoice reads one text of the form; its report is nil where it is not settled.
func (r *request) readChoice(field string) (c textChoice, of query.ReportOf, err error) {
	given := r.URL.Query()
	c = textChoice{Field: field, Place: strings.TrimSpace(given.Get(field))}
	if c.Place == "" && field == "b" {
		c.Place = strings.TrimSpace(given.Get("a"))
	}
	if year, err := strconv.Atoi(given.Get(field + "y")); err == nil && year > 0 && year < 10_000 {
		c.Year = int32(year)
	}
	if c.Place == "" {
		return c, of, nil
	}
	if of.Issuer, c.Lost, err = r.find(c.Place); err != nil || c.Lost != nil {
		return c, of, err
	}
	c.Place = r.Called(of.Issuer)
	for i := range of.Issuer.Reports {
		if ref := &of.Issuer.Reports[i]; c.Year == 0 || ref.Year == c.Year {
			of.Ref = ref // by year, so the latest
		}
		if year := of.Issuer.Reports[i].Year; year != 0 {
			c.Other = append(c.Other, year)
		}
	}
	if of.Ref != nil {
		c.Other = nil
	}
	return c, of, nil
}

// Instead is the address of this page with another place or year for one of the texts.
func (r *request) Instead(field string, value any) string {
	q := r.URL.Query()
	switch v := value.(type) {
	case int32:
		q.Set(field+"y", strconv.Itoa(int(v)))
	case string:
		q.Set(field, v)
	}
	return r.address("/"+r.lang+"/wording", q)
}
