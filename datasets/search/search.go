package search

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/gongkai-data/gongkai/datasets/gazetteer"
	"github.com/gongkai-data/gongkai/datasets/lexicon"
)

// Query is what is looked for.
type Query struct {
	Text    string  // words that all must stand in one section; what is written together must stand together
	Area    string  // division code, whole or shortened; empty for everywhere
	Years   []int32 // none for all
	Section int32   // 1 to 6; 0 for all
	After   int64   // Hit.Place of the last answer of the page before; 0 for the first page
	Limit   int     // answers of a page, default 20
}

// Hit is one section that holds the words.
type Hit struct {
	Place      int64    `json:"place"` // in the order of the answers, for Query.After
	ReportID   string   `json:"report_id"`
	IssuerID   string   `json:"issuer_id"`
	IssuerName string   `json:"issuer_name"`
	Division   string   `json:"division_code,omitempty"`
	Year       *int32   `json:"year"`
	Section    *int32   `json:"section"`
	Heading    string   `json:"heading"`
	Locator    string   `json:"locator"`
	Passage    string   `json:"passage"` // around the first place of the words; line ends as spaces
	Marks      [][2]int `json:"marks"`   // where they stand in it: from, to, in characters
	Superseded bool     `json:"superseded"`
}

// Answer is one page of hits, the newest year first, then by place.
type Answer struct {
	Hits []Hit `json:"hits"`
	More bool  `json:"more"`
}

// ErrNoWords says that a query holds no word to look for.
var ErrNoWords = errors.New("there is no word to search for")

// maxText bounds a query, in characters.
const maxText = 64

// Search finds the sections that a query selects. A page costs as much as its answers are far apart: it is never more
// than one walk over the places of the words.
func (x *Index) Search(ctx context.Context, q Query) (Answer, error) {
	match, words, err := q.match()
	if err != nil {
		return Answer{}, err
	}
	if q.Limit <= 0 {
		q.Limit = 20
	}
	rows, err := x.db.QueryContext(ctx, `SELECT p.id, p.report_id, r.issuer_id, r.name, r.division, r.year, r.superseded, p.section, p.heading, p.locator, p.body
		FROM (SELECT rowid AS id FROM terms WHERE terms MATCH ? AND rowid > ? ORDER BY rowid LIMIT ?) AS t
		JOIN passages AS p ON p.id = t.id JOIN reports AS r ON r.report_id = p.report_id ORDER BY p.id`, match, q.After, q.Limit+1)
	if err != nil {
		return Answer{}, fmt.Errorf("searching for %q: %w", q.Text, err)
	}
	defer rows.Close()
	answer := Answer{Hits: []Hit{}}
	for rows.Next() {
		if len(answer.Hits) == q.Limit {
			answer.More = true
			break
		}
		var h Hit
		var body []byte
		if err := rows.Scan(&h.Place, &h.ReportID, &h.IssuerID, &h.IssuerName, &h.Division, &h.Year, &h.Superseded, &h.Section, &h.Heading, &h.Locator, &body); err != nil {
			return Answer{}, fmt.Errorf("searching for %q: %w", q.Text, err)
		}
		text, err := x.decoder.DecodeAll(body, nil)
		if err != nil {
			return Answer{}, fmt.Errorf("reading the text of %s: %w", h.ReportID, err)
		}
		h.Passage, h.Marks = passage(h.Heading, string(text), words)
		answer.Hits = append(answer.Hits, h)
	}
	if err := rows.Err(); err != nil {
		return Answer{}, fmt.Errorf("searching for %q: %w", q.Text, err)
	}
	return answer, nil
}

// match is the query in the language of FTS5, and the words that it looks for.
func (q Query) match() (string, []string, error) {
	text := strings.ToValidUTF8(q.Text, "")
	if utf8.RuneCountInString(text) > maxText {
		text = string([]rune(text)[:maxText])
	}
	var phrases, words []string
	for _, word := range strings.Fields(text) {
		word = strings.Trim(word, "\"'“”‘’")
		terms := lexicon.Terms(word)
		for len(terms) > 0 && terms[0] == lexicon.Break {
			terms = terms[1:]
		}
		for len(terms) > 0 && terms[len(terms)-1] == lexicon.Break {
			terms = terms[:len(terms)-1]
		}
		if len(terms) == 0 {
			continue
		}
		phrase := `words : "` + terms[0] + `"` // terms hold letters, digits and Break only: nothing of them ends the quotes
		if len(terms) > 1 {
			phrase = `pairs : "` + pairsOf(terms) + `"`
		}
		phrases, words = append(phrases, phrase), append(words, word)
	}
	if len(phrases) == 0 {
		return "", nil, ErrNoWords
	}
	if strings.Trim(q.Area, "0123456789") != "" || len(q.Area) == 1 {
		return "", nil, fmt.Errorf("%q is no code of an area", q.Area)
	}
	if q.Area != "" {
		terms := areaTerms(gazetteer.Pad(q.Area))
		phrases = append(phrases, `place : "`+terms[len(terms)-1]+`"`)
	}
	if q.Section > 0 {
		phrases = append(phrases, `place : "`+sectionTerm(q.Section)+`"`)
	}
	if len(q.Years) > 0 {
		var years []string
		for _, y := range q.Years {
			years = append(years, `place : "`+yearTerm(&y)+`"`)
		}
		phrases = append(phrases, "("+strings.Join(years, " OR ")+")")
	}
	return strings.Join(phrases, " AND "), words, nil
}
