package codebook

import (
	"fmt"
	"slices"
	"strings"
)

// Scopes of an Identity.
const (
	PerColumn = "column" // its keys are rows of the table; it holds in every column
	PerRow    = "row"    // its keys are columns of the table; it holds in every row
)

// Identity is one sum that the form states of its own cells: left adds up to right, in every column or every row of a
// table.
type Identity struct {
	Rule     string // name of the check
	Template string // the generation it is of; empty: every one that has the table
	Table    string
	Scope    string // PerColumn or PerRow
	AtMost   bool   // left is at most right, instead of equal to it
	Left     []Term
	Right    []Term
}

// Term is one summand.
type Term struct {
	Key    string // row or column key, by Scope
	Minus  bool   // it is subtracted
	Before bool   // it is the cell of the report of the year before
}

// String writes the term as identities.csv holds it.
func (t Term) String() string {
	s := t.Key
	if t.Before {
		s = "before:" + s
	}
	if t.Minus {
		s = "-" + s
	}
	return s
}

// Of reports whether the identity is of a form.
func (i Identity) Of(f *Form) bool {
	return i.Table == f.Table && (i.Template == "" || i.Template == f.Template)
}

// AcrossYears reports whether the identity needs the report of the year before.
func (i Identity) AcrossYears() bool {
	return slices.ContainsFunc(i.Left, func(t Term) bool { return t.Before })
}

func (b *Book) addIdentities(rows [][]string) error {
	for _, r := range rows {
		i := Identity{Rule: r[0], Template: r[1], Table: r[2], Scope: r[3], AtMost: r[4] == "<=", Left: terms(r[5]), Right: terms(r[6])}
		if i.Scope != PerColumn && i.Scope != PerRow || r[4] != "=" && r[4] != "<=" {
			return fmt.Errorf("codebook: the identity %s of %s has the scope %q and the relation %q", i.Rule, i.Table, r[3], r[4])
		}
		if err := b.known(i); err != nil {
			return err
		}
		b.Identities = append(b.Identities, i)
	}
	return nil
}

func terms(field string) (out []Term) {
	for _, s := range list(field, ";") {
		t := Term{}
		s, t.Minus = strings.CutPrefix(s, "-")
		t.Key, t.Before = strings.CutPrefix(s, "before:")
		out = append(out, t)
	}
	return out
}

// known fails where no form of the identity has one of its keys.
func (b *Book) known(i Identity) error {
	for _, t := range slices.Concat(i.Left, i.Right) {
		onForm := func(f *Form) bool {
			labels := f.Rows
			if i.Scope == PerRow {
				labels = f.Columns
			}
			return i.Of(f) && slices.ContainsFunc(labels, func(l Label) bool { return l.Key == t.Key })
		}
		if !slices.ContainsFunc(b.Forms, onForm) {
			return fmt.Errorf("codebook: the identity %s of %s names %q, which no form has", i.Rule, i.Table, t.Key)
		}
	}
	return nil
}
