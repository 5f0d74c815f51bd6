package release

import (
	"cmp"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/codebook"
)

// equation writes an identity of the form in the words of its rows or columns.
func equation(i codebook.Identity, language string) string {
	relation := " = "
	if i.AtMost {
		relation = " ≤ "
	}
	return sum(i, i.Left, language) + relation + sum(i, i.Right, language)
}

func sum(i codebook.Identity, side []codebook.Term, language string) string {
	var b strings.Builder
	for n, t := range side {
		switch {
		case t.Minus:
			b.WriteString(" − ")
		case n > 0:
			b.WriteString(" + ")
		}
		b.WriteString(termLabel(i, t.Key, language))
		if t.Before {
			b.WriteString(map[string]string{"zh": "（上年）", "en": " (year before)"}[language])
		}
	}
	return b.String()
}

// termLabel is the printed label of a row or column, or in English the name that the code book gives it.
func termLabel(i codebook.Identity, key, language string) string {
	if in, ok := codebook.Lookup(key); ok && language != "zh" {
		return in.LabelEN
	}
	for _, a := range codebook.Applicants {
		if a.ID == key && language != "zh" {
			return a.LabelEN
		}
	}
	for _, f := range codebook.Forms() {
		labels := f.Rows
		if i.Scope == codebook.PerRow {
			labels = f.Columns
		}
		for _, l := range labels {
			if i.Of(f) && l.Key == key && language == "zh" {
				return l.Text()
			}
		}
	}
	return key
}

// scopes words where an identity holds.
var scopes = map[string]map[string]string{
	"zh": {codebook.PerColumn: "逐列", codebook.PerRow: "逐行"},
	"en": {codebook.PerColumn: "in every column", codebook.PerRow: "in every row"},
}

func scope(i codebook.Identity, language string) string { return scopes[language][i.Scope] }

func templateOf(i codebook.Identity) string { return cmp.Or(i.Template, "–") }
