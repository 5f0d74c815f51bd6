// Package identity writes the sums that the form states of its cells (datasets/codebook, identities.csv) out for every
// row and column, as package rule tries them.
package identity

import (
	"slices"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/normalize/rule"
)

// All holds the identities of the standard forms. Do not change it.
var All = Of(codebook.Standard)

// Sums holds those that state a sum, not a bound. Do not change it.
var Sums = slices.DeleteFunc(Of(codebook.Standard), func(i rule.Identity) bool { return i.AtMost })

// Of writes the identities of a book out, in the book's order. Rows of the table of identities that differ in their
// left side only are wordings of one identity.
func Of(b *codebook.Book) (out []rule.Identity) {
	done := make([]bool, len(b.Identities))
	for n, i := range b.Identities {
		if done[n] {
			continue
		}
		wordings := []codebook.Identity{i}
		for m := n + 1; m < len(b.Identities); m++ {
			if same(b.Identities[m], i) {
				wordings, done[m] = append(wordings, b.Identities[m]), true
			}
		}
		for _, across := range lines(b, i) {
			out = append(out, written(wordings, across))
		}
	}
	return out
}

func same(a, b codebook.Identity) bool {
	return a.Rule == b.Rule && a.Table == b.Table && a.Scope == b.Scope && a.AtMost == b.AtMost && slices.Equal(a.Right, b.Right)
}

// line is a row or a column of a form along which an identity holds.
type line struct {
	form *codebook.Form
	key  string
}

// lines lists the rows or columns that any generation of the identity's table has, each once.
func lines(b *codebook.Book, i codebook.Identity) (out []line) {
	for _, f := range b.Forms {
		if f.Table != i.Table || i.Template != "" && !takesPart(b, i, f) {
			continue
		}
		labels := f.Columns
		if i.Scope == codebook.PerRow {
			labels = f.Rows
		}
		for _, l := range labels {
			if !slices.ContainsFunc(out, func(have line) bool { return have.key == l.Key }) {
				out = append(out, line{f, l.Key})
			}
		}
	}
	return out
}

// takesPart reports whether a wording of the identity is of the form.
func takesPart(b *codebook.Book, i codebook.Identity, f *codebook.Form) bool {
	return slices.ContainsFunc(b.Identities, func(o codebook.Identity) bool { return same(o, i) && o.Of(f) })
}

func written(wordings []codebook.Identity, at line) rule.Identity {
	i := rule.Identity{Rule: wordings[0].Rule, AtMost: wordings[0].AtMost, Right: side(wordings[0], wordings[0].Right, at)}
	for _, w := range wordings {
		i.Left = append(i.Left, side(w, w.Left, at))
	}
	return i
}

func side(i codebook.Identity, terms []codebook.Term, at line) []rule.Term {
	out := make([]rule.Term, len(terms))
	for n, t := range terms {
		row, column := t.Key, at.key
		if i.Scope == codebook.PerRow {
			row, column = at.key, t.Key
		}
		out[n] = rule.Term{Minus: t.Minus, Before: t.Before}
		out[n].Indicator, out[n].Applicant = at.form.Indicator(row, column)
	}
	return out
}
