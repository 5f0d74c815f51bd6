package crawl

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"
	"unicode/utf8"
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

var (
	yearRange    = regexp.MustCompile(`^\s*(\d{4})\s*(?:[-–—~至]\s*(\d{4})\s*)?$`)
	divisionForm = regexp.MustCompile(`^(\d{6}|\d{9}|\d{12})$`)
)

// ReadSeeds reads a seed file: CSV with the header site,name,division_code,years,delay in any order, of which only site is needed. UTF-8
// with or without a byte order mark, or GB18030 as Excel writes it. An error names the line.
func ReadSeeds(r io.Reader) ([]Seed, error) {
	var seeds []Seed
	seen := map[string]bool{}
	err := readTable(r, "seeds", []string{"site", "name", "division_code", "years", "delay"}, "site", func(field func(string) string) error {
		s, err := parseSeed(field("site"), field("name"), field("division_code"), field("years"), field("delay"))
		if err == nil && !seen[s.Site] {
			seen[s.Site] = true
			seeds = append(seeds, s)
		}
		return err
	})
	return seeds, err
}

// readTable reads a CSV file with a header of the named columns in any order, of which one is needed, and hands each line's fields to f. UTF-8 with or without
// a byte order mark, or GB18030; an error names the line.
func readTable(r io.Reader, what string, columns []string, needed string, f func(field func(name string) string) error) error {
	body, err := io.ReadAll(io.LimitReader(r, 64<<20))
	if err != nil {
		return fmt.Errorf("read the %s: %w", what, err)
	}
	if !utf8.Valid(body) {
		if body, err = simplifiedchinese.GB18030.NewDecoder().Bytes(body); err != nil {
			return fmt.Errorf("read the %s as GB18030: %w", what, err)
		}
	}
	c := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(body), "\uFEFF")))
	c.FieldsPerRecord = -1
	c.TrimLeadingSpace = true
	c.Comment = '#'
	header, err := c.Read()
	if err != nil {
		return fmt.Errorf("read the header of the %s: %w", what, err)
	}
	at := map[string]int{}
	for i, name := range header {
		name = strings.ToLower(strings.TrimSpace(name))
		if !slices.Contains(columns, name) {
			return fmt.Errorf("%s: column %q is none of %s", what, name, strings.Join(columns, ", "))
		}
		at[name] = i
	}
	if _, ok := at[needed]; !ok {
		return fmt.Errorf("%s: the header has no column %s (header: %s)", what, needed, strings.Join(columns, ","))
	}
	for {
		record, err := c.Read()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read the %s: %w", what, err)
		}
		line, _ := c.FieldPos(0)
		if strings.TrimSpace(strings.Join(record, "")) == "" {
			continue
		}
		if err := f(func(name string) string {
			if i, ok := at[name]; ok && i < len(record) {
				return strings.TrimSpace(record[i])
			}
			return ""
		}); err != nil {
			return fmt.Errorf("%s, line %d: %w", what, line, err)
		}
	}
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
	if code != "" && !divisionForm.MatchString(code) {
		return s, fmt.Errorf("division_code %q has not 6, 9 or 12 digits", code)
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
