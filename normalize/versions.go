package normalize

import (
	"github.com/gongkai-data/gongkai/datasets/codebook"
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/gongkai-data/gongkai/normalize/identity"
	"github.com/gongkai-data/gongkai/normalize/rule"
)

// published is the date the page prints for its report, YYYY-MM-DD, or empty.
func published(d Document) string {
	for _, name := range []string{"pubdate", "publishdate", "firstpublishedtime", "others"} {
		if s := d.Reading.Meta[name]; len(s) >= 10 && dateShape.MatchString(s[:10]) {
			return strings.NewReplacer("/", "-", ".", "-").Replace(s[:10])
		}
	}
	return d.Stated.PublishedOn
}

// twins reports whether two documents of one issuer and year are one report published twice: one stands on the page of
// the other, or they say the same.
func twins(a, b Document) bool {
	if a.Capture.SHA256 != nil && b.Capture.SHA256 != nil && *a.Capture.SHA256 == *b.Capture.SHA256 {
		return true
	}
	linked := a.Capture.FoundOn != nil && *a.Capture.FoundOn == b.Capture.URL || b.Capture.FoundOn != nil && *b.Capture.FoundOn == a.Capture.URL
	ta, tb := Table(a.Reading.Facts), Table(b.Reading.Facts)
	switch {
	case len(ta) > 0 && len(tb) > 0:
		return sameValues(ta, tb)
	case linked, len(ta) == 0 && len(tb) > 0 && offers(a), len(tb) == 0 && len(ta) > 0 && offers(b):
		return true // the page of a report and its attachment, one of them without tables
	case len(ta) != len(tb):
		return false
	}
	return sameText(a.Reading.Text, b.Reading.Text)
}

// offers reports whether a page only offers its report as a file: a title, a link, a date.
func offers(d Document) bool { return utf8.RuneCountInString(letters(d.Reading.Text)) < 200 }

// sameValues reports whether two tables hold the same numbers in the same cells; blanks agree with each other and with
// absent cells.
func sameValues(a, b rule.Table) bool {
	for k, v := range a {
		w, ok := b[k]
		if math.IsNaN(v) && (!ok || math.IsNaN(w)) {
			continue
		}
		if !ok || math.IsNaN(w) || !rule.Equal(v, w) {
			return false
		}
	}
	for k, w := range b {
		if _, ok := a[k]; !ok && !math.IsNaN(w) {
			return false
		}
	}
	return true
}

func sameText(a, b string) bool { return a != "" && letters(a) == letters(b) }

// letters keeps what a report says, letters and digits, without spaces and punctuation.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
}

func twinCheck(twin Document) Check {
	return Check{Rule: "report.duplicate", Expression: codebook.Note("documents_agree"), Outcome: rule.Pass,
		Note: codebook.Note("also_published", twin.Reading.Reader, twin.Capture.URL), Cells: []string{}}
}

func versionCheck(earlier, later Document) Check {
	return Check{Rule: "report.duplicate", Expression: codebook.Note("documents_agree"), Outcome: rule.Fail,
		Note: codebook.Note("version_differs", earlier.Capture.URL), Cells: differing(Table(earlier.Reading.Facts), Table(later.Reading.Facts))}
}

// differing lists the cells of b whose number is not that of a, at most fifty.
func differing(a, b rule.Table) []string {
	var keys []string
	for _, k := range sortedKeys(b) {
		v, w := a[k], b[k]
		if _, ok := a[k]; ok && (rule.Equal(v, w) || math.IsNaN(v) && math.IsNaN(w)) {
			continue
		}
		if keys = append(keys, k.String()); len(keys) == 50 {
			break
		}
	}
	return keys
}

// acrossYears tries the rules between the latest report of the year before and the latest of this year. A gap of a year
// leaves nothing to try.
func acrossYears(before, after *version) []Check {
	checks := yearMismatch(after)
	if before == nil || *after.year != *before.year+1 {
		return checks
	}
	a, b := Table(before.Reading.Facts), Table(after.Reading.Facts)
	for _, c := range rule.Years(a, b, identity.All) {
		checks = append(checks, fromRule(c))
	}
	return append(checks, copied(before, a, b))
}

// yearMismatch is report.year_mismatch: the year in the title and the period stated in the text.
func yearMismatch(v *version) []Check {
	title, text := v.Reading.Parsed.TitleYear, v.Reading.Parsed.TextYear
	if title == nil || text == nil {
		return nil
	}
	l, r := float64(*title), float64(*text)
	d := l - r
	c := Check{Rule: "report.year_mismatch", Expression: codebook.Note("years_agree"), LHS: &l, RHS: &r, Delta: &d, Outcome: rule.Pass, Cells: []string{}}
	if d != 0 {
		c.Outcome = rule.Fail
	}
	return []Check{c}
}

// copied is report.copied of a report's numbers: they are not those of the year before. A report of zeros proves
// nothing, so they count only where at least five cells are not zero. Of the text see CopiedText.
func copied(before *version, a, b rule.Table) Check {
	c := Check{Rule: "report.copied", Expression: codebook.Note("numbers_new"), Outcome: rule.Pass, Cells: []string{}}
	nonzero := 0
	for _, v := range b {
		if v != 0 && !math.IsNaN(v) {
			nonzero++
		}
	}
	if nonzero >= 5 && sameValues(a, b) {
		c.Outcome, c.Note = rule.Fail, codebook.Note("numbers_copied", before.id)
	}
	return c
}
