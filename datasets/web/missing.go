package web

import (
	"strconv"

	"github.com/gongkai-data/gongkai/datasets/query"
	"github.com/gongkai-data/gongkai/datasets/schema"
)

// missingList is the expected reports of an area that nobody found.
type missingList struct {
	Area  string
	Year  int32
	Years []int32
	Rows  []schema.Coverage
	Known map[string]*query.Issuer // bodies with a page
	Pager pager
	Query string
}

// missingOf reads area= and year=.
func (r *request) missingOf() (area string, year int32, err error) {
	if area, err = r.areaOf(); err != nil {
		return "", 0, err
	}
	year, err = r.year("year")
	return area, year, err
}

// missing is the page that lists who has not published, or where it could not be found.
func (r *request) missing() error {
	area, year, err := r.missingOf()
	if err != nil {
		return err
	}
	l := missingList{Area: area, Year: year, Years: r.release.Years(), Known: map[string]*query.Issuer{}}
	page, n := r.pageNumber(), 0
	for c, err := range r.release.EachMissing(r.Context(), area, year) {
		if err != nil {
			return err
		}
		if n++; n > (page-1)*perPage && len(l.Rows) < perPage {
			l.Rows = append(l.Rows, c)
			if is := r.release.Issuer(c.IssuerID); is != nil {
				l.Known[c.IssuerID] = is
			}
		}
	}
	l.Pager = pages(page, len(l.Rows), n)
	q := r.URL.Query()
	q.Del("page")
	l.Query = q.Encode()
	r.title = r.T("missing_list")
	return r.render("missing", l)
}

func (r *request) missingCSV() error {
	area, year, err := r.missingOf()
	if err != nil {
		return err
	}
	r.attach("missing.csv", "text/csv; charset=utf-8")
	return writeCSV(r.body, []string{"issuer_id", "issuer_name", "division_code", "year", "status", "detail"}, func(line func(...string) error) error {
		n := 0
		for c, err := range r.release.EachMissing(r.Context(), area, year) {
			if err != nil {
				return err
			}
			if n++; n > maxDownload {
				return nil
			}
			code, of := "", ""
			if c.DivisionCode != nil {
				code = *c.DivisionCode
			}
			if c.Year != nil {
				of = strconv.Itoa(int(*c.Year))
			}
			if err := line(c.IssuerID, c.IssuerName, code, of, c.Status, c.Detail); err != nil {
				return err
			}
		}
		return nil
	})
}
