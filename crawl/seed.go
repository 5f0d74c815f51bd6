package crawl

import (
	"errors"
	"fmt"
	"io"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/gongkai-data/gongkai/datasets/inputs"
	"github.com/gongkai-data/gongkai/extract/lazyregexp"
)

// Seed is one line of a seed file: a site's home page or its column of annual reports.
type Seed struct {
	Site                string        // http or https address; a bare host name gets http://
	Name                string        // of the issuer, may be empty
	DivisionCode        string        // 6, 9 or 12 digits, may be empty
	FirstYear, LastYear int           // years reported on that are wanted, both 0 for all
	Delay               time.Duration // between two requests, 0 for the crawl's own
}

// ErrNoSite says that an address is none of a web site.
var ErrNoSite = errors.New("is no http or https address")

var yearRange = lazyregexp.New(`^\s*(\d{4})\s*(?:[-–—~至]\s*(\d{4})\s*)?$`)

// ReadSeeds reads a seed file as package inputs describes it: only site is needed. An error names the line.
func ReadSeeds(r io.Reader) ([]Seed, error) {
	var seeds []Seed
	seen := map[string]bool{}
	file, _ := inputs.Lookup(inputs.Seeds)
	err := file.Read(r, func(l inputs.Line) error {
		s, err := parseSeed(l.Field("site"), l.Field("name"), l.Field("division_code"), l.Field("years"), l.Field("delay"))
		if err == nil && !seen[s.Site] {
			seen[s.Site] = true
			seeds = append(seeds, s)
		}
		return err
	})
	return seeds, err
}

// IsSite reports whether s is a whole http or https address.
func IsSite(s string) bool {
	_, err := parseSeed(s, "", "", "", "")
	return err == nil && strings.Contains(s, "://")
}

func parseSeed(site, name, code, years, delay string) (Seed, error) {
	s := Seed{Name: name, DivisionCode: code}
	if !strings.Contains(site, "://") {
		site = "http://" + site
	}
	u, err := url.Parse(site)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.User != nil {
		return s, fmt.Errorf("site %q %w", site, ErrNoSite)
	}
	s.Site = u.String()
	if err := inputs.CheckDivisionCode(code); err != nil {
		return s, err
	}
	if years != "" {
		m := yearRange.FindStringSubmatch(years)
		if m == nil {
			return s, fmt.Errorf("years %q are not like 2019-2024", years)
		}
		s.FirstYear, _ = strconv.Atoi(m[1]) // four digits by the pattern
		s.LastYear = s.FirstYear
		if m[2] != "" {
			s.LastYear, _ = strconv.Atoi(m[2])
		}
		if s.LastYear < s.FirstYear || s.FirstYear < 1990 || s.LastYear > 2100 {
			return s, fmt.Errorf("years %q are out of range", years)
		}
	}
	if delay != "" {
		if seconds, err := strconv.ParseFloat(delay, 64); err == nil {
			s.Delay = time.Duration(seconds * float64(time.Second))
		} else if s.Delay, err = time.ParseDuration(delay); err != nil {
			return s, fmt.Errorf("delay %q is not like 2s", delay)
		}
		if s.Delay < 0 {
			return s, fmt.Errorf("delay %q is negative", delay)
		}
	}
	return s, nil
}
